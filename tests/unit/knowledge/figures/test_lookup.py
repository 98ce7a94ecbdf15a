"""Figures of one report that are easily taken for one another."""

import pytest
from langserve.serialization import WellKnownLCSerializer

THIS_QUARTER = "Q3 2023"
NINE_MONTHS = "first nine months of 2023"


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("net sales", "560"),
        ("total net sales", "560"),
        ("net sales of Looms", "$410"),
        ("Services revenue", "150"),
        ("cost of sales for looms", "290"),
        ("cost of sales", "350"),
        ("operating income", "98"),
        ("Weaving operating income", "61"),
        ("operating income of the Dyeing segment", "37"),
        ("Weaving net sales", "$330"),
        ("net sales in Portugal", "140"),
        ("net sales in the United States", "$300"),
        ("net sales in other countries", "120"),
        ("Weaving depreciation", "14"),
    ],
)
def test_part_is_answered_by_its_row_or_column_and_whole_by_the_total(
    ostrander, found, item, printed
):
    (figure,) = found(ostrander, item, THIS_QUARTER)
    assert figure.removeprefix("$") == f"{printed.removeprefix('$')} USD million"


@pytest.mark.parametrize(
    "item",
    [
        "net sales Germany",
        "net sales of the Spinning segment",
        "Looms operating income",
        "Portugal operating income",
        "organic net sales",
        "adjusted net income",
        "net sales per employee",
        "deferred net sales",
        "unit sales of looms",
        "net sales in the United Kingdom",
        "net sales to related parties",
    ],
)
def test_part_or_qualifier_that_no_row_names_has_no_figure(ostrander, found, item):
    assert found(ostrander, item, THIS_QUARTER) == []
    assert ostrander.find(item, periods=[THIS_QUARTER]).nearest


@pytest.mark.parametrize(
    ("item", "printed"),
    [("operating income", "98"), ("adjusted operating income", "$103")],
)
def test_adjusted_figure_and_unadjusted_one_are_two(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} USD million"]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("Services gross margin percentage", "60.0%"),
        ("gross margin percentage of Looms", "29.3%"),
    ],
)
def test_percentage_is_answered_by_a_row_of_percentages(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} percent"]


@pytest.mark.parametrize(
    ("item", "printed"),
    [
        ("diluted EPS", "$0.70"),
        ("basic earnings per share", "$0.71"),
        ("earnings per share", "$0.70"),
        ("Diluted earnings per share", "$0.70"),
    ],
)
def test_figure_per_share_is_no_count_of_shares_and_has_no_scale(ostrander, found, item, printed):
    assert found(ostrander, item, THIS_QUARTER) == [f"{printed} USD/share"]


@pytest.mark.parametrize(
    "item", ["diluted shares", "number of basic shares", "net income per share of Looms"]
)
def test_count_of_shares_is_not_answered_by_a_figure_per_share(ostrander, found, item):
    assert not any("USD/share" in each for each in found(ostrander, item, THIS_QUARTER))


@pytest.mark.parametrize(
    ("item", "period", "printed"),
    [
        ("inventories", "September 30, 2023", "175"),
        ("inventories", "December 31, 2022", "160"),
        ("inventories", THIS_QUARTER, "175"),
        ("inventories", "FY2022", "160"),
        ("accounts payable", THIS_QUARTER, "120"),
        ("accounts receivable", "September 30, 2023", "301"),
        ("cash", "September 30, 2023", "$212"),
    ],
)
def test_balance_is_never_its_change_in_the_cash_flow_statement(
    ostrander, found, item, period, printed
):
    assert found(ostrander, item, period) == [f"{printed} USD million"]


@pytest.mark.parametrize(
    ("item", "period"),
    [
        ("inventories", "Q3 2022"),
        ("inventories", "first nine months of 2022"),
        ("net sales", "FY2023"),
        ("net sales", "Q2 2023"),
        ("dividends paid", THIS_QUARTER),
        ("net sales", "December 31, 2022"),
    ],
)
def test_figure_of_another_period_is_none(ostrander, found, item, period):
    assert found(ostrander, item, period) == []


@pytest.mark.parametrize(
    ("item", "printed"),
    [("net sales", "1,670"), ("dividends paid", "(60)"), ("Services net sales", "440")],
)
@pytest.mark.parametrize("period", [NINE_MONTHS, "nine months ended September 30, 2023", "9M 2023"])
def test_year_to_date_is_found_by_each_of_its_names(ostrander, found, item, printed, period):
    assert found(ostrander, item, period) == [f"{printed} USD million"]


def test_year_to_date_ends_with_the_report_s_own_quarter(ostrander, found):
    assert found(ostrander, "net sales year to date") == ["1,670 USD million"]
    assert found(ostrander, "net sales year to date", "2023") == ["1,670 USD million"]


def test_several_periods_are_answered_in_their_order(ostrander, found):
    assert found(ostrander, "operating income", "Q3 2023", "Q3 2022") == [
        "96 USD million",
        "98 USD million",
    ]


def test_period_of_the_document_is_taken_where_none_is_named(ostrander, found):
    assert found(ostrander, "operating income") == ["98 USD million"]


def test_periods_may_stand_in_the_item(ostrander, found):
    assert found(ostrander, "operating income in Q3 2022") == ["96 USD million"]


def test_answer_holds_the_passage_and_the_printed_row(ostrander):
    looked_up = ostrander.find("operating income", periods=[THIS_QUARTER])
    (figure,) = looked_up.answers[0].figures
    (passage,) = looked_up.passages
    assert passage.text[figure.start : figure.end] == figure.text == "98"
    assert figure.printed_row == "Operating income 98 96 310 300"
    assert looked_up.searched == (
        "Ostrander Mills, Inc. 10-Q Q3 fiscal 2023 (Ostrander_Q3_2023.pdf)",
    )


@pytest.mark.parametrize(
    ("item", "period", "printed"),
    [
        ("number of basic shares", "Q3 2023", ["98,700 shares thousand"]),
        ("diluted shares", "Q3 2023", ["100,100 shares thousand"]),
        ("unit sales of looms", "Q3 2023", []),
        ("inventories", "first nine months of 2022", []),
    ],
)
def test_words_that_are_nearly_the_same_are_told_apart(ostrander, found, item, period, printed):
    assert found(ostrander, item, period) == printed


def test_shown_figure_passes_langserve_s_serializer(ostrander):
    (figure,) = ostrander.find("operating income", periods=[THIS_QUARTER]).answers[0].figures
    assert b'"98"' in WellKnownLCSerializer().dumps({"figures": [figure]})
