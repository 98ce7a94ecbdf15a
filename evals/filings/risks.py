"""Item 1A: long prose from a bank of sentences, the same each year but for a few words."""

from collections.abc import Iterator
from random import Random

from evals.filings.blocks import Block, Heading, Prose
from evals.filings.report import Report

TOPICS = (
    "Demand from {customers} moves with their budgets and could fall",
    "Our costs depend on {inputs}, whose price and supply vary",
    "We compete with {rivals}",
    "We depend on {channel} to reach the market",
    "A failure or breach of our information systems could harm us",
    "Changes in {rule} could raise our costs",
    "We may not realize the benefits of acquisitions or of restructuring",
    "Our indebtedness could limit how we run the business",
    "Movements of exchange and interest rates affect our results",
    "We could lose people whom we need and may not find others",
    "Claims about {offering} could be costly",
    "Weaknesses in internal control could lead to errors in our statements",
    "Goodwill and other intangible assets could become impaired",
    "Severe weather, epidemics and conflict could interrupt our operations",
    "Our quarterly results vary and aren't a guide to later quarters",
    "Taxes may rise through new laws or the outcome of audits",
    "The price of our stock may fluctuate and dividends are not assured",
    "Our insurance may not cover the losses that we suffer",
)
OPENINGS = (
    "{short} {business}, and therefore our revenue depends on decisions that {customers} take.",
    "We have experienced this in the past, most recently in {before}, and expect it again.",
    (
        "In {year} this risk was greater than in {before}, in part because of conditions that we "
        "describe in Management's Discussion and Analysis."
    ),
    "The matter described here has affected our industry for many years.",
)
MIDDLES = (
    (
        "If {customers} delay, reduce or cancel orders, our revenue could decline on short notice, "
        "while most of our costs in the short term are fixed."
    ),
    (
        "We buy {inputs} under agreements that seldom last more than twelve months, and we can't "
        "always pass an increase on to {customers}."
    ),
    "Some of {rivals} have greater resources than we do and may accept lower prices for longer.",
    (
        "About {share}% of our revenue in {year} came through {channel}, and partners may prefer "
        "the products of others."
    ),
    "We spend considerable amounts to comply with {rule}, and what we spend may prove too little.",
    (
        "Attempts to enter our systems grew by about {growth}% in {year}; none of those that "
        "we know of was material."
    ),
    (
        "As of the date of this report about {people} people work for us, and wages in several "
        "of the places where we operate have risen faster than our prices."
    ),
    (
        "A change of ten percent in the relevant rates would have changed income before taxes of "
        "{year} by an amount that we don't consider material, but larger changes are possible."
    ),
    (
        "Our credit agreement requires us to keep a ratio of debt to earnings, as defined, no "
        "higher than 3.75 to 1.00, and a breach that isn't waived would let lenders demand payment."
    ),
    (
        "Estimates of this kind need judgment about growth, margins and discount rates, and actual "
        "results have differed from our estimates and will differ again."
    ),
    "We carry insurance against some of these events with deductibles that rose in {year}.",
    "We have adopted plans to keep operating in such a case, but have not tested all of them.",
    "Part of the demand for {offering} falls in certain months of the year.",
    "The loss of a partner, a site or a supplier could take a year or more to make good.",
)
CLOSINGS = (
    (
        "Any of these events could materially harm our business, financial condition, results of "
        "operations or cash flows."
    ),
    "We can't assure you that the measures which we have taken will be enough.",
    "As a result, our results could differ materially from those that we or analysts expect.",
    "Were that to happen, the price of our common stock could decline.",
)
PARAGRAPHS = 3


def risk_factors(report: Report) -> Iterator[Block]:
    words = _words(report)
    for number, topic in enumerate(TOPICS):
        random = Random(f"{report.company.code}-{number}")  # noqa: S311 - the same each year
        yield Heading(topic.format_map(words) + ".", 2)
        for _ in range(PARAGRAPHS):
            sentences = [
                random.choice(OPENINGS), *random.sample(MIDDLES, 4), random.choice(CLOSINGS)
            ]  # fmt: skip
            yield Prose(" ".join(sentences).format_map(words))


def _words(report: Report) -> dict[str, object]:
    story = report.company.story
    return {
        "short": report.company.short,
        "business": story.business,
        "customers": story.customers,
        "inputs": story.inputs,
        "rivals": story.rivals,
        "channel": story.channel,
        "rule": story.rule,
        "offering": story.offering,
        "year": report.year_name,
        "before": report.fiscal_year - 1,
        "share": 31 + report.fiscal_year % 7,
        "growth": 12 + report.fiscal_year % 5,
        "people": f"{story.people[report.fiscal_year]:,}",
    }
