"""Filings of neighbouring years say nearly the same: which of them is asked decides."""

from collections.abc import Iterator, Mapping

from evals.examples import Category
from evals.filings.questions import items
from evals.filings.questions.amounts import written
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, looked_up, phrased, told
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question

ITEMS = (
    items.REPURCHASES,
    items.DIVIDENDS,
    items.PAYABLES,
    Item("debt_thereafter", "Maturities of Long-Term", "Thereafter",
         "long-term debt due after the five years that its schedule names"),
)  # fmt: skip
WORDINGS = (
    "According to its {filing}, what were {name}'s {words} {when}, {unit}?",
    "In its {filing}, what amount of {words} does {name} show {when}, {unit}?",
)
SAID: Mapping[str, tuple[str, str]] = {
    "largest_customer": (
        (
            "According to its {filing}, what share of revenue did {name}'s largest customer "
            "account for?"
        ),
        r"Brightwater Municipal Alliance, accounted for (\d+%) of revenue",
    ),
    "second_customer": (
        "What share of {name}'s revenue does its {filing} give for Okonta Chemicals?",
        r"Okonta Chemicals for (\d+%)",
    ),
    "club_share": (
        "What share of sales did members of the Quill Club make, according to {name}'s {filing}?",
        r"members of the Quill Club made (\d+%) of sales",
    ),
    "comparable_sales": (
        "By how much did {name}'s comparable sales grow, according to its {filing}?",
        r"Comparable sales grew (\d\.\d%)",
    ),
    "employees": (
        "How many people did {name} employ at its fiscal year end, by its {filing}?",
        r"employed ([\d,]+) people",
    ),
    "employees_abroad": (
        "In its {filing}, what share of {name}'s employees worked outside the United States?",
        r"of whom (\d+%) worked outside the United States",
    ),
    "attacks": (
        (
            "By about what percentage did attempts to enter {name}'s systems grow, according to "
            "the risk factors of its {filing}?"
        ),
        r"Attempts to enter our systems grew by about (\d+%)",
    ),
    "channel_share": (
        (
            "The risk factors of {name}'s {filing} say what share of revenue came through its "
            "sales channel. About what percentage?"
        ),
        r"About (\d+%) of our revenue in .{4,11} came through",
    ),
    "legal_accrual": (
        "In its {filing}, what accrual does {name} report for the Sable Creek suit?",
        r"We have accrued (\$[\d.]+ million) for this matter",
    ),
    "outlook_capex": (
        "What capital expenditures does {name} expect for the next year, in its {filing}?",
        r"we expect capital expenditures of (\$\d+ million to \$\d+ million)",
    ),
    "outlook_openings": (
        "How many stores does {name} expect to open in the next fiscal year, by its {filing}?",
        r"we expect to open (\d+ stores)",
    ),
}


def near_duplicate(desk: Desk) -> Iterator[Question]:
    """Of annual reports that have a neighbour."""
    if not desk.is_annual or not any(s.report.quarter is None for s in desk.siblings):
        return
    yield from (_figure(desk, item) for item in ITEMS)
    for slug, (wording, pattern) in SAID.items():
        saying = desk.sheet.find(pattern)
        others = [found.match.group(1) for s in desk.siblings if (found := s.find(pattern))]
        if saying and others:
            question = wording.format(name=desk.name, filing=desk.filing)
            yield told(Asked(desk, Category.NEAR_DUPLICATE, slug, question, wrong=others), saying)


def _figure(desk: Desk, item: Item) -> Question:
    figure = desk.figure(item)
    question = phrased(WORDINGS, f"{desk.slug}.{item.slug}").format(
        name=desk.name,
        filing=desk.filing,
        words=item.words,
        when=desk.words(figure),
        unit=desk.unit,
    )
    neighbours = (Desk(sheet) for sheet in desk.siblings if sheet.report.quarter is None)
    wrong = [written(each.figure(item), outflow=item.outflow) for each in neighbours]
    return looked_up(
        Asked(desk, Category.NEAR_DUPLICATE, item.slug, question, only_here=True, wrong=wrong), item
    )
