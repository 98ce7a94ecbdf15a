"""An invoice: lines with quantity, price and amount, then subtotal, VAT and total."""

from evals.examples import Category
from evals.filings.world.content import (
    Ask,
    Column,
    Document,
    Heading,
    Page,
    Prose,
    Table,
    row,
    total,
)

LINES = Table(
    "Invoice",
    "Number DS-7731, 12 February 2024, all amounts in EUR",
    (
        Column(("Quantity",), name="Quantity", unit="count", places=0, width=56),
        Column(("Unit price",), name="Unit price", width=70),
        Column(("Amount",), name="Amount", width=80),
    ),
    (
        row("Illuminated sign 240 x 60 cm", 2, 1480.0, 2960.0),
        row("Door plate, brushed steel", 14, 38.5, 539.0),
        row("Mounting and wiring (hours)", 9, 72.0, 648.0),
        total("Subtotal", None, None, 4147.0),
        row("VAT 21 %", None, None, 870.87),
        total("Total due", None, None, 5017.87),
    ),
    "EUR",
    "ones",
    places=2,
)

INVOICE = Document(
    "Dunmore_Signs_Invoice_DS-7731",
    "Dunmore Signs Ltd",
    2024,
    "invoice",
    (
        Page(
            (
                Heading("Dunmore Signs Ltd", 16),
                Prose("Unit 4, Quayside Works, Galway. To: Ardnagreen Credit Union, Main Street."),
                LINES,
                Prose("Payable within 30 days. Please quote DS-7731."),
            )
        ),
    ),
    (
        Ask(
            "total",
            "What is the total due on invoice DS-7731?",
            "EUR 5,017.87",
            ((LINES.title, "Total due"),),
            contradictions=("EUR 4,147.00",),
        ),
        Ask(
            "vat",
            "How much VAT does Dunmore Signs charge?",
            "EUR 870.87",
            ((LINES.title, "VAT 21 %"),),
        ),
        Ask(
            "door_plates",
            "price per door plate on the dunmore invoice",
            "EUR 38.50",
            ((LINES.title, "Door plate, brushed steel"),),
            contradictions=("EUR 539.00",),
        ),
        Ask(
            "discount",
            "What discount did Dunmore Signs give on invoice DS-7731?",
            "The invoice states no discount.",
            category=Category.UNANSWERABLE,
        ),
    ),
)
