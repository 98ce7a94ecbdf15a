"""A form: labels are printed, what was filled in is held by its fields alone."""

from decimal import Decimal

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Document,
    Field,
    Heading,
    Page,
    Prose,
)

FIELDS = (
    Field("Company", "Oakbourne Bearings BV"),
    Field("Registration number", "NL-6610-2208"),
    Field("Annual turnover (EUR)", "3,418,700", Decimal(3418700), "EUR"),
    Field("Number of employees", "46", Decimal(46), "count"),
    Field("Credit requested (EUR)", "275,000", Decimal(275000), "EUR"),
    Field("Term in months", "36", Decimal(36), "months"),
    Field("Interest rate offered (%)", "5.85", Decimal("5.85"), "percent"),
    Field("Date", "4 March 2024"),
)

FILLED_FORM = Document(
    "Oakbourne_Credit_Request",
    "Oakbourne Bearings BV",
    2024,
    "form with fields",
    (
        Page(
            (
                Heading("Request for a credit line", 16),
                Prose("To be filled in by the applicant. Amounts in euros."),
                *FIELDS,
            )
        ),
    ),
    (
        Ask(
            "turnover",
            "What annual turnover does Oakbourne Bearings give in its credit request?",
            "EUR 3,418,700",
            says=("Annual turnover (EUR): 3,418,700",),
        ),
        Ask(
            "requested",
            "how much credit does oakbourne ask for",
            "EUR 275,000",
            says=("Credit requested (EUR): 275,000",),
        ),
        Ask(
            "rate",
            "What interest rate is offered to Oakbourne?",
            "5.85%",
            says=("Interest rate offered (%): 5.85",),
        ),
        Ask(
            "profit",
            "What profit does Oakbourne Bearings state in the form?",
            "The form doesn't ask for profit.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
