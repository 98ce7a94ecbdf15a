"""Primary statements are recognized by title and rows, in four languages and under IFRS."""

import pytest

from knowledge.pages import Box, Line, Page
from knowledge.statements import Statement, statement_regions


def page(*texts):
    lines, at = [], 0
    for text in texts:
        lines.append(Line(at, at + len(text), Box(0, 0, 1, 1)))
        at += len(text) + 1
    return Page(1, 600.0, 800.0, "\n".join(texts), lines=tuple(lines))


STATEMENTS = {
    "german income": (
        "Konzern-Gewinn- und Verlustrechnung",
        ["Umsatzerl\u00f6se 910,4", "Materialaufwand -410,2", "Ergebnis vor Steuern 88,1"],
        Statement.INCOME,
    ),
    "german balance": (
        "Konzernbilanz zum 31. Dezember 2022",
        ["Vorr\u00e4te 41,0", "Summe Aktiva 610,5", "Eigenkapital 288,1"],
        Statement.BALANCE,
    ),
    "german cash": (
        "Kapitalflussrechnung",
        [
            "Abschreibungen 30,1",
            "Cashflow aus laufender Gesch\u00e4ftst\u00e4tigkeit 84,0",
            "Cashflow aus Finanzierungst\u00e4tigkeit -12,0",
        ],
        Statement.CASH,
    ),
    "french income": (
        "Compte de r\u00e9sultat consolid\u00e9",
        [
            "Chiffre d'affaires 410",
            "Imp\u00f4ts (21)",
            "R\u00e9sultat net 44",
        ],
        Statement.INCOME,
    ),
    "french balance": (
        "\u00c9tat de la situation financi\u00e8re",
        ["Total de l'actif 700", "Capitaux propres 300", "Dettes fournisseurs 90"],
        Statement.BALANCE,
    ),
    "french cash": (
        "Tableau des flux de tr\u00e9sorerie",
        ["Amortissements 30", "Flux d'investissement (40)", "Flux de financement (2)"],
        Statement.CASH,
    ),
    "spanish income": (
        "Cuenta de p\u00e9rdidas y ganancias consolidada",
        ["Importe neto de la cifra de negocios 410", "Impuesto (21)", "Beneficio del ejercicio 44"],
        Statement.INCOME,
    ),
    "spanish balance": (
        "Balance",
        ["Total activo 700", "Patrimonio neto 300", "Efectivo 12"],
        Statement.BALANCE,
    ),
    "spanish cash": (
        "Estado de flujos de efectivo",
        ["Amortizaci\u00f3n 30", "Actividades de inversi\u00f3n (40)", "Efectivo al final 12"],
        Statement.CASH,
    ),
    "ifrs income": (
        "Consolidated statement of profit or loss",
        ["Turnover 410", "Operating profit 60", "Profit before tax 52"],
        Statement.INCOME,
    ),
    "one statement of comprehensive income": (
        "Group statement of comprehensive income",
        ["Revenue 410", "Operating profit 60", "Profit for the year 44", "Diluted 4.1"],
        Statement.INCOME,
    ),
    "other comprehensive income": (
        "Consolidated statements of comprehensive income",
        ["Net income 44", "Currency translation (3)", "Comprehensive income 41"],
        Statement.COMPREHENSIVE_INCOME,
    ),
}


@pytest.mark.parametrize(("title", "rows", "statement"), STATEMENTS.values(), ids=STATEMENTS)
def test_a_statement_is_recognized(title, rows, statement):
    (region,) = statement_regions(page("Lead", title, *rows))
    assert (region.statement, region.start) == (statement, len("Lead") + 1)


@pytest.mark.parametrize(
    "title",
    [
        "Balance",  # the head of a column in English
        "Siehe Konzernbilanz",
        "Level 1  Level 2  Balance Sheet",
        "The components of certain balance sheet accounts are as follows:",
        "Die Entwicklung des vergangenen Jahres in unserem Konzern zeigt die Bilanz",
    ],
)
def test_other_lines_are_no_titles(title):
    rows = ["Total assets 700", "Total liabilities 300", "Cash and cash equivalents 12"]
    assert statement_regions(page(title, *rows)) == []


def test_a_title_without_its_rows_is_no_statement():
    assert statement_regions(page("Konzernbilanz", "Umsatz und Ertrag 2022", "mehr 4")) == []
