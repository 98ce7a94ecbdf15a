"""A German group: Mio. EUR with decimal commas, German statements and dates."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Prose,
    Table,
    heading,
    row,
    total,
)
from evals.filings.world.numbers import GERMAN

INCOME = Table(
    "Konzern-Gewinn- und Verlustrechnung",
    "für die Zeit vom 1. Januar bis 31. Dezember 2023 (in Mio. EUR)",
    (
        Column(("Anhang",), is_text=True, width=52),
        Column(("1.1.\N{EN DASH}", "31.12.2023"), "FY2023"),
        Column(("1.1.\N{EN DASH}", "31.12.2022"), "FY2022"),
    ),
    (
        row("Umsatzerlöse", "(4)", 2418.6, 2287.9),
        row("Bestandsveränderungen", None, -14.2, 21.7),
        row("Sonstige betriebliche Erträge", "(5)", 63.4, 58.1),
        row("Materialaufwand", "(6)", -1196.3, -1184.5),
        row("Personalaufwand", "(7)", -684.7, -651.2),
        row("Abschreibungen", "(8)", -131.5, -127.8),
        row("Sonstige betriebliche Aufwendungen", "(9)", -268.9, -259.4),
        total("Betriebsergebnis (EBIT)", None, 186.4, 144.8),
        row("Finanzergebnis", "(10)", -31.8, -22.6),
        total("Ergebnis vor Steuern", None, 154.6, 122.2),
        row("Ertragsteuern", "(11)", -46.1, -37.3),
        total("Konzernjahresüberschuss", None, 108.5, 84.9),
        row("Ergebnis je Aktie in EUR", "(12)", 3.62, 2.83, unit="EUR/share", places=2),
    ),
    "EUR",
    "millions",
    GERMAN,
    places=1,
)
BALANCE = Table(
    "Konzernbilanz",
    "zum 31. Dezember 2023 (in Mio. EUR)",
    (Column(("31.12.2023",), "2023-12-31"), Column(("31.12.2022",), "2022-12-31")),
    (
        heading("Aktiva"),
        row("Sachanlagen", 912.4, 887.3),
        row("Vorräte", 418.2, 446.9),
        row("Forderungen aus Lieferungen und Leistungen", 361.7, 344.0),
        row("Zahlungsmittel und Zahlungsmitteläquivalente", 203.5, 168.1),
        total("Summe Aktiva", 1895.8, 1846.3),
        heading("Passiva"),
        row("Eigenkapital", 874.9, 806.2),
        row("Finanzverbindlichkeiten", 623.3, 668.7),
        row("Verbindlichkeiten aus Lieferungen und Leistungen", 397.6, 371.4),
        total("Summe Passiva", 1895.8, 1846.3),
    ),
    "EUR",
    "millions",
    GERMAN,
    places=1,
)
REVIEW = (
    "Kesselring entwickelt und fertigt Antriebe für Aufzüge und Förderanlagen. Der Umsatz stieg,"
    " weil die Nachfrage nach Ersatzteilen in Asien hoch blieb und Preiserhöhungen griffen. Zum"
    " Jahresende beschäftigte der Konzern 11.340 Mitarbeiter."
)

GERMAN_GROUP = Document(
    "Kesselring_Geschaeftsbericht_2023",
    "Kesselring Antriebe AG",
    2023,
    "annual report, Germany",
    (
        Page(
            (
                Heading("Kesselring Antriebe AG", 16),
                Heading("Geschäftsbericht 2023"),
                Prose(REVIEW),
                INCOME,
            )
        ),
        Page((Heading("Kesselring Antriebe AG", 10), BALANCE)),
    ),
    (
        Ask(
            "umsatz",
            "Wie hoch waren die Umsatzerlöse von Kesselring im Jahr 2023?",
            "2.418,6 Mio. EUR",
            ((INCOME.title, "Umsatzerlöse"),),
            language="de",
        ),
        Ask(
            "ebit_2022",
            "Welches Betriebsergebnis (EBIT) erzielte Kesselring 2022?",
            "144,8 Mio. EUR",
            ((INCOME.title, "Betriebsergebnis (EBIT)"),),
            language="de",
        ),
        Ask(
            "vorraete",
            "Wie hoch waren die Vorräte von Kesselring zum 31.12.2022?",
            "446,9 Mio. EUR",
            ((BALANCE.title, "Vorräte"),),
            language="de",
        ),
        Ask(
            "ergebnis_je_aktie",
            "Ergebnis je Aktie Kesselring 2023?",
            "3,62 EUR",
            ((INCOME.title, "Ergebnis je Aktie in EUR"),),
            language="de",
            ways=("3.62",),
        ),
        Ask(
            "wachstum",
            "Um wie viel Prozent ist der Umsatz von Kesselring 2023 gewachsen?",
            "5,7 %",
            ((INCOME.title, "Umsatzerlöse"),),
            expression="growth(2287.9, 2418.6)",
            category=Category.COMPUTATION,
            language="de",
        ),
        Ask(
            "bereinigt",
            "Wie hoch war das bereinigte EBIT von Kesselring 2023?",
            "Ein bereinigtes EBIT weist der Bericht nicht aus.",
            category=Category.UNANSWERABLE,
            language="de",
        ),
        Ask(
            "revenue",
            "What was Kesselring's revenue in 2023?",
            "EUR 2,418.6 million",
            ((INCOME.title, "Umsatzerlöse"),),
        ),
        Ask(
            "equity",
            "Kesselring group equity at year-end 2023",
            "EUR 874.9 million",
            ((BALANCE.title, "Eigenkapital"),),
        ),
        Ask(
            "net_margin",
            "What was Kesselring's net profit margin in 2023? One decimal.",
            "4.5%",
            ((INCOME.title, "Konzernjahresüberschuss"), (INCOME.title, "Umsatzerlöse")),
            expression="margin(108.5, 2418.6)",
            category=Category.COMPUTATION,
        ),
        Ask(
            "other_year",
            "What was Kesselring's EBIT in 2019?",
            "The report covers 2023 and 2022 alone.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
