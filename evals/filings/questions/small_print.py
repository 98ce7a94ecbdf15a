"""What notes and small print say in words, and how to pick the answer out of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    wordings: tuple[str, ...]
    pattern: str
    """Its first group is the answer; a filing that doesn't match isn't asked about."""
    also: tuple[str, ...] = ()
    """Other ways to say the same."""


SAID: Mapping[str, Said] = {
    "attribution_of_revenue": Said(
        (
            (
                "By what does {name} attribute revenue to a region, in the small print of its "
                "{filing}?"
            ),
            (
                "On what basis is {name}'s revenue assigned to geographies in its {filing}? See "
                "below the table."
            ),
        ),
        r"Attributed by the (place of delivery)",
        ("where it is delivered", "delivery location", "location of delivery"),
    ),
    "revolver": Said(
        (
            (
                "What does the small print below the debt table of {name}'s {filing} say was drawn "
                "under the revolving credit facility?"
            ),
            "How much had {name} drawn under its revolving credit facility at {day}?",
        ),
        r"(Nothing was drawn) under the revolving credit facility",
        ("nothing", "no amount", "undrawn", "not drawn"),
    ),
    "interest_rate": Said(
        (
            (
                "What interest rate do {name}'s senior notes bear, according to the debt note of "
                "its {filing}?"
            ),
            (
                "At what rate do the senior notes of {name} bear interest, by the notes of its "
                "{filing}?"
            ),
        ),
        r"senior notes bear (\d\.\d+%) interest",
    ),
    "vesting": Said(
        (
            (
                "Over how many years do {name}'s restricted stock units vest, according to its "
                "{filing}?"
            ),
        ),
        r"vest over (three or four years)",
        ("three to four years", "3 or 4 years"),
    ),
    "depreciation_lives": Said(
        (
            (
                "Over what range of years does {name} depreciate property on a straight line, "
                "according to its {filing}?"
            ),
        ),
        r"straight line over (three to forty years)",
        ("3 to 40 years",),
    ),
    "legal_accrual": Said(
        (
            (
                "How much has {name} accrued for the Sable Creek Water District matter, according "
                "to its {filing}?"
            ),
        ),
        r"We have accrued (\$[\d.]+ million) for this matter",
    ),
    "settlement": Said(
        (
            (
                "For what amount did {name} reach an agreement in its litigation, according to the "
                "commitments and contingencies note of its {filing}?"
            ),
        ),
        r"(?:agreement in principle for|litigation for) (\$[\d.]+ million)",
    ),
}
