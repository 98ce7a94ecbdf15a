"""Titles, captions and headers of columns say whether figures are the group's."""

import pytest

from knowledge.basis import Entity, entity_of, entity_within


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("COMPANY STATEMENT OF CASH FLOWS", Entity.PARENT),
        ("Parent company balance sheet", Entity.PARENT),
        ("Company 2021 \u00a3m", Entity.PARENT),
        ("Standalone statement of profit and loss", Entity.PARENT),
        ("Separate financial statements", Entity.PARENT),
        ("Einzelabschluss der Velmar SE", Entity.PARENT),
        ("Comptes sociaux", Entity.PARENT),
        ("Unconsolidated balance sheet", Entity.PARENT),
        ("Condensed information of the parent company", Entity.PARENT),
        ("Consolidated income statement", Entity.GROUP),
        ("Group 2021 \u00a3m", Entity.GROUP),
        ("Konzernbilanz", Entity.GROUP),
        ("Bilan consolid\u00e9", Entity.GROUP),
        ("Orchard Lane Company and its subsidiaries", Entity.GROUP),
        ("Revenue by region", Entity.SEGMENT),
        ("Reportable segments", Entity.SEGMENT),
        ("Unaudited pro forma balance sheet", Entity.PRO_FORMA),
        ("Group and Company balance sheets", None),
        ("Profit attributable to owners of the parent", None),
        ("Balance sheet", None),
        ("The Company's net assets per unit", None),
    ],
)
def test_a_text_says_of_whom_figures_are(text, entity):
    assert entity_of(text) is entity


def test_the_nearest_text_decides():
    caption = "Company balance sheet"
    assert entity_within("Group 2021", caption) is Entity.GROUP
    assert entity_within("2021", caption) is Entity.PARENT
    assert entity_within("2021", "Balance sheet") is None
