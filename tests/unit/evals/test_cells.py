from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from evals.cells import Tally, Truth, faults, tally
from knowledge.pages import Box, Cell, Page, Row, Table

BOX = Box(0, 0, 1, 1)
TRUTH = Truth("acme", "Net sales", "FY2023", Decimal(-1404), "USD", "thousands", 0, "Valves")
TRUTH = replace(TRUTH, starts_on="2023-01-01", ends_on="2023-12-31")
CELL = Cell("(1,404)", Decimal(-1404), 0, 7, BOX, "Valves 2023", "FY2023", "USD", 1000)
OTHER = replace(CELL, value=Decimal(77), period="FY2022")


def page(*cells: Cell, label: str = "Net sales") -> Page:
    row = Row(0, 9, label, (), cells)
    return Page(1, 600, 800, "", tables=(Table(0, 9, "", is_continued=False, rows=(row,)),))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"period": "FY2022"}, ("period",)),
        ({"period": None}, ("period",)),
        ({"ends_on": date(2023, 12, 31)}, ()),
        ({"ends_on": date(2023, 1, 28)}, ("days",)),
        ({"starts_on": date(2022, 1, 1)}, ("days",)),
        ({"value": Decimal(1404)}, ("sign",)),
        ({"value": Decimal(-140)}, ("value",)),
        ({"unit": "EUR"}, ("unit",)),
        ({"unit": None}, ("unit",)),
        ({"scale": 1}, ("scale",)),
        ({"column": "Sensors 2023"}, ("column",)),
        ({"column": "Sensors", "scale": 1}, ("column", "scale")),
        ({"value": Decimal(-140), "period": "FY2022"}, ("missing",)),
    ],
)
def test_fault_is_named(change, found):
    assert faults(TRUTH, page(OTHER, replace(CELL, **change))) == found


@pytest.mark.parametrize("label", ["Net sales", "NET  SALES", "2 May Net sales"])
def test_label_may_differ_in_case_spaces_and_a_day_before_it(label):
    assert faults(TRUTH, page(CELL, label=label)) == ()


def test_another_label_is_a_fault():
    assert faults(TRUTH, page(CELL, label="Netsales")) == ("label",)


def test_column_may_be_part_of_the_label():
    truth = replace(TRUTH, row_label="Net sales: Valves 2023", column="")
    assert faults(truth, page(CELL)) == ()


def test_figure_without_any_cell_is_missing():
    assert faults(TRUTH, page()) == ("missing",)


@pytest.mark.parametrize(("unit", "found"), [(None, ()), ("stores", ()), ("USD", ("unit",))])
def test_count_has_no_currency(unit, found):
    truth = replace(TRUTH, unit="count")
    assert faults(truth, page(replace(CELL, unit=unit))) == found


def test_period_that_the_truth_leaves_open_is_not_compared():
    assert faults(replace(TRUTH, period=None), page(replace(CELL, period=None))) == ()


def test_rates_are_shares_of_the_figures_of_a_document():
    other = replace(TRUTH, value=Decimal(77), period="FY2022")
    found = tally([TRUTH, other], {"acme": [page(CELL, replace(OTHER, scale=1))]})
    assert (found["acme"].right, found["acme"].rate("scale"), found["acme"].rate("sign")) == (
        0.5,
        0.5,
        1.0,
    )
    assert found["acme"].examples == [(other, ("scale",))]
    assert Tally().right == 1.0
