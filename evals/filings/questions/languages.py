"""Some questions in German, French and Spanish; the filings stay English."""

from collections.abc import Iterator
from dataclasses import replace

from evals.examples import Category, KeyFact
from evals.filings.questions import items
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, Work, computed, looked_up, told
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.questions.ratios import RATIOS

ASKED: dict[str, dict[str, str]] = {
    "de": {
        "net_revenue": "Wie hoch war der Nettoumsatz von {name} im Geschäftsjahr {year}, in "
        "Millionen US-Dollar{digits}?",
        "interest_expense": "Wie hoch war der Zinsaufwand von {name} im Geschäftsjahr {year}, in "
        "Millionen US-Dollar{digits}?",
        "gross_margin": "Welche Bruttomarge erzielte {name} im Geschäftsjahr {year}, in Prozent "
        "mit einer Nachkommastelle?",
        "employees": "Wie viele Menschen beschäftigte {name} am Ende des Geschäftsjahres {year}?",
    },
    "fr": {
        "net_revenue": "Quel a été le chiffre d'affaires net de {name} pour l'exercice {year}, en "
        "millions de dollars{digits} ?",
        "interest_expense": "À combien se sont élevées les charges d'intérêts de {name} pour "
        "l'exercice {year}, en millions de dollars{digits} ?",
        "gross_margin": "Quelle marge brute {name} a-t-elle réalisée pour l'exercice {year}, en "
        "pourcentage avec une décimale ?",
        "employees": "Combien de personnes {name} employait-elle à la fin de l'exercice {year} ?",
    },
    "es": {
        "net_revenue": "¿Cuáles fueron los ingresos netos de {name} en el ejercicio {year}, en "
        "millones de dólares{digits}?",
        "interest_expense": "¿A cuánto ascendieron los gastos por intereses de {name} en el "
        "ejercicio {year}, en millones de dólares{digits}?",
        "gross_margin": "¿Qué margen bruto obtuvo {name} en el ejercicio {year}, en porcentaje "
        "con un decimal?",
        "employees": "¿Cuántas personas empleaba {name} al final del ejercicio {year}?",
    },
}
DIGITS = {
    "de": " mit zwei Nachkommastellen", "fr": " avec deux décimales", "es": " con dos decimales"
}  # fmt: skip
ABOUT = {
    "HALVORSEN": ("net_revenue", "gross_margin"),
    "MARROWBY": ("interest_expense", "employees"),
}
LATEST = 2023
"""A year that no later filing restates."""


def other_languages(desk: Desk) -> Iterator[Question]:
    if not desk.is_annual or desk.year != LATEST:
        return
    for language, asked in ASKED.items():
        for slug in ABOUT.get(desk.company.code, ()):
            question = asked[slug].format(
                name=desk.name,
                year=desk.year,
                digits=DIGITS[language] if desk.company.scale == "thousands" else "",
            )
            yield _translated(_english(desk, slug, question), language)


def _english(desk: Desk, slug: str, question: str) -> Question:
    match slug:
        case "gross_margin":
            return _margin(desk, question)
        case "employees":
            saying = desk.sheet.find(r"employed ([\d,]+) people")
            if saying is None:
                raise ValueError(f"{desk.report.doc_name} doesn't tell its employees")
            return told(Asked(desk, Category.LOOKUP, slug, question), saying)
        case _:
            item: Item = {"net_revenue": items.REVENUE, "interest_expense": items.INTEREST}[slug]
            return looked_up(Asked(desk, Category.LOOKUP, item.slug, question), item)


def _margin(desk: Desk, question: str) -> Question:
    ratio = next(each for each in RATIOS if each.slug == "gross_margin")
    amounts = [desk.value(item) for item in ratio.items]
    return computed(
        Asked(desk, Category.COMPUTATION, ratio.slug, question),
        ratio.answer(amounts, desk.company.scale),
        f"{ratio.how}, {desk.when}",
        Work(
            [desk.figure(item) for item in ratio.items],
            ratio.expression.format(*amounts),
            ratio.how,
        ),
    )


def _translated(question: Question, language: str) -> Question:
    facts = tuple(_as_written_there(fact) for fact in question.key_facts)
    id_ = f"{question.id}_{language}"
    return replace(question, id=id_, key_facts=facts, language=language)


def _as_written_there(fact: KeyFact) -> KeyFact:
    """With a decimal comma too, and without the English words for currency and scale."""
    if not {",", "."} & set(fact.any_of[0]):
        return fact
    there = fact.any_of[0].translate(str.maketrans(",.", ".,")).strip("$").partition(" ")[0]
    ways = (there, there.replace("%", " %"), there.replace(".", "\N{NARROW NO-BREAK SPACE}"))
    return KeyFact(fact.fact, tuple(dict.fromkeys((*fact.any_of, *ways))))
