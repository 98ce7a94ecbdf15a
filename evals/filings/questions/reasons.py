"""Answers in prose: why a margin moved, who sues, who buys."""

import re
from collections.abc import Iterator, Mapping

from evals.examples import Category
from evals.figures import figures
from evals.filings.questions.desk import Desk
from evals.filings.questions.drafting import Asked, told
from evals.filings.questions.question import Question

WORDINGS = {
    "margin": "What explains the change of {name}'s gross margin in {when}?",
    "legal": "Which lawsuits does {name} report in its filing for {when}?",
    "customers": "Who are {name}'s main customers according to its FY{year} 10-K?",
}
SLUGS = {"margin": "margin_reasons", "legal": "lawsuits", "customers": "customers"}
SAID: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "HALVORSEN_2022_10K": {
        "margin": ("freight", "castings", "Penang"),
        "legal": ("Sable Creek Water District", "$18.5 million", "$2.1 million"),
        "customers": ("Brightwater Municipal Alliance", "Okonta Chemicals"),
    },
    "HALVORSEN_2023_10K": {
        "margin": ("price increases", "freight", "Field Services"),
        "legal": ("Sable Creek Water District", "negligence claim", "$3.4 million"),
        "customers": ("Brightwater Municipal Alliance", "Okonta Chemicals"),
        "restatement": ("costing of inventory",),
    },
    "HALVORSEN_2024Q2_10Q": {
        "margin": ("Field Services", "Tulsa"),
        "legal": ("settle", "$4.9 million"),
    },
    "MARROWBY_2022_10K": {
        "margin": ("clearance", "container rates"),
        "legal": ("Ferrante", "overtime"),
        "customers": ("households", "Quill Club"),
    },
    "MARROWBY_2023_10K": {
        "margin": ("container rates", "markdowns", "shrinkage"),
        "legal": ("Ferrante", "$14 million"),
        "customers": ("households", "Quill Club"),
        "restatement": ("loyalty points",),
    },
    "TESSELINE_2024Q2_10Q": {
        "margin": ("subscriptions", "hosting contract"),
        "legal": ("Corvane Systems LLC", "patents"),
    },
}
"""Distinctive words of each paragraph, in which a test looks for them."""


def explained(desk: Desk) -> Iterator[Question]:
    """The paragraph itself is the answer."""
    for key, wording in WORDINGS.items():
        phrases = SAID[desk.report.doc_name].get(key)
        if phrases:
            yield _explained(desk, key, wording, phrases)


def _explained(desk: Desk, key: str, wording: str, phrases: tuple[str, ...]) -> Question:
    paragraph = desk.sheet.prose(key).text
    saying = desk.sheet.find(re.escape(paragraph))
    if saying is None:
        raise ValueError(f"{desk.report.doc_name} has no paragraph {key!r}")
    question = wording.format(name=desk.name, when=desk.when, year=desk.year)
    return told(
        Asked(
            desk, Category.LOOKUP, SLUGS[key], question, wrong=_of_other_years(desk, key, paragraph)
        ),
        saying,
        answer=paragraph,
        any_of=[[phrase] for phrase in phrases],
    )


def _of_other_years(desk: Desk, key: str, paragraph: str) -> list[str]:
    """The amounts of the other filings' paragraphs, as of an accrual."""
    last = [SAID[sheet.report.doc_name].get(key, ("",))[-1] for sheet in desk.siblings]
    return [phrase for phrase in last if figures(phrase) and phrase not in paragraph]
