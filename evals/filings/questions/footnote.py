"""In the notes' tables, in their prose, or in the small print below a table."""

from collections.abc import Iterator

from evals.examples import Category
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, item_question, looked_up, phrased, told
from evals.filings.questions.items import Item
from evals.filings.questions.question import Question
from evals.filings.questions.small_print import SAID

WORDINGS = (
    "By the notes, what amount of {words} does {name} show {when}{version}{unit}?",
    "The notes to {name}'s statements show {words} {when}{version}. How much{unit}?",
    "How much did {name} disclose in its notes as {words} {when}{version}{unit}?",
)
ITEMS = (
    Item("senior_notes", "Long-Term Debt", "Senior notes", "senior notes outstanding"),
    Item("imputed_interest", "Maturities of Operating Lease", "Less imputed interest",
         "imputed interest on operating leases", outflow=True),
    Item("accrued_compensation", "Accrued Liabilities", "Compensation and benefits",
         "accrued compensation and benefits"),
    Item("construction_in_progress", "Property, Plant and Equipment", "Construction in progress",
         "assets under construction (construction in progress)"),
    Item("corporate_expense", "Segment Information", "Unallocated corporate expense",
         "unallocated corporate expenses", outflow=True),
    Item("goodwill_acquired", "Changes in Goodwill", "Acquired", "additions to goodwill"),
)  # fmt: skip
RATE = Item("effective_tax_rate", "Reconciliation of Tax", "Effective tax rate",
            "effective tax rate")  # fmt: skip
YEARS_TO_MATURITY = 4


def footnote(desk: Desk) -> Iterator[Question]:
    yield from (
        item_question(desk, Category.FOOTNOTE, item, WORDINGS) for item in ITEMS if desk.has(item)
    )
    yield from _small_print(desk)
    if desk.is_annual:
        yield _debt_due(desk)
        yield looked_up(
            Asked(
                desk,
                Category.FOOTNOTE,
                RATE.slug,
                (
                    f"What effective tax rate does {desk.name} disclose for FY{desk.year}"
                    f"{desk.version([desk.figure(RATE)])}?"
                ),
            ),
            RATE,
        )
    else:
        yield _region(desk)


def _debt_due(desk: Desk) -> Question:
    due = str(desk.year + YEARS_TO_MATURITY)
    item = Item("debt_due", "Maturities of Long-Term", due, f"long-term debt due in {due}, as seen")
    return looked_up(
        Asked(
            desk,
            Category.FOOTNOTE,
            f"debt_due_{due}",
            (
                f"How much of {desk.name}'s long-term debt falls due in {due}, as scheduled at "
                f"{desk.day}? Answer {desk.unit}."
            ),
        ),
        item,
    )


def _region(desk: Desk) -> Question:
    region = desk.company.regions[1]
    item = Item("revenue_of_region", "Revenue by Geography", region, f"revenue in {region}")
    return looked_up(
        Asked(
            desk,
            Category.FOOTNOTE,
            item.slug,
            (
                f"How much revenue did {desk.name} attribute to {region} in the three months ended "
                f"{desk.day}? Answer {desk.unit}."
            ),
        ),
        item,
        figure=desk.quarter_row(item)[0],
    )


def _small_print(desk: Desk) -> Iterator[Question]:
    for slug, each in SAID.items():
        if saying := desk.sheet.find(each.pattern):
            question = phrased(each.wordings, f"{desk.slug}.{slug}").format(
                name=desk.name, filing=desk.filing, day=desk.day
            )
            said = saying.match.group(1)
            ways = [[said, *each.also]]
            yield told(Asked(desk, Category.FOOTNOTE, slug, question), saying, any_of=ways)
