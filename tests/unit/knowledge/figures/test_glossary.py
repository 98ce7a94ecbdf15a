"""Which concept a label or a phrase names: the whole label, or none."""

import pytest

from knowledge.figures.glossary import CONCEPTS, concept_of_label, concepts_in


def named(label):
    concept = concept_of_label(label)
    return concept.name if concept else None


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("Net sales", "Revenue"),
        ("Total net sales", "Revenue"),
        ("Total net revenue", "Revenue"),
        ("Revenue from operations", "Revenue"),
        ("Umsatzerlöse", "Revenue"),
        ("Chiffre d'affaires", "Revenue"),
        ("Importe neto de la cifra de negocios", "Revenue"),
        ("Net income (loss)", "Net income"),
        ("Profit for the year", "Net income"),
        ("Konzernüberschuss", "Net income"),
        ("Consolidated net income", "Net income"),
        ("Accounts receivable, less allowances of $3 and $2", "Accounts receivable"),
        ("Inventories (Note 4)", "Inventories"),
        ("Vorräte", "Inventories"),
        ("Property, plant and equipment, net", "Property, plant and equipment, net"),
        ("Bilanzsumme", "Total assets"),
    ],
)
def test_label_names_its_concept(label, concept):
    assert named(label) == concept


@pytest.mark.parametrize(
    "label",
    [
        "Quarterly net income",
        "Net income per share",
        "Net income attributable to noncontrolling interest",
        "Income before net income of affiliates",
        "Net sales growth",
        "Change in inventories",
        "Deferred net revenue of pumps",
        "Adjusted net income",
        "Interest expense on leases",
        "Services",
        "",
    ],
)
def test_label_that_says_more_or_less_names_none(label):
    assert named(label) is None


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("What were net sales in Germany?", ["Revenue"]),
        ("net income and total assets", ["Net income", "Total assets"]),
        ("long-term debt, current portion included", ["Long-term debt, current portion included"]),
        ("diluted earnings per share", ["Diluted earnings per share"]),
        ("cost of sales", ["Cost of sales"]),
        ("Wie hoch war der Konzernumsatz?", ["Revenue"]),
        ("the weather in Lisbon", []),
    ],
)
def test_longest_name_at_each_place_is_the_concept(text, concepts):
    assert [mention.concept.name for mention in concepts_in(text)] == concepts


def test_mention_tells_which_words_name_the_concept():
    (mention,) = concepts_in("what were the net sales of pumps")
    assert (mention.start, mention.end) == (3, 5)


def test_every_row_name_of_a_concept_is_a_label_of_some_concept():
    for metric in CONCEPTS.values():
        assert all(concept_of_label(row) is not None for row in metric.rows), metric.name


def test_no_label_of_a_flow_names_a_balance():
    for label in ("Increase in inventories", "Decrease in accounts payable", "Changes in cash"):
        assert named(label) is None
