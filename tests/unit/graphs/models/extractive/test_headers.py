import pytest

from graphs.models.extractive.headers import read_header
from graphs.models.extractive.passages import Passage
from graphs.models.extractive.periods import Period, dated_periods, fits
from graphs.models.extractive.rows import read_rows

ANNUAL, QUARTERLY = "VANTOR_2023_10K.pdf", "VANTOR_2024Q2_10Q.pdf"


def columns(text: str, document: str = ANNUAL) -> list[tuple[int, int | None, bool]]:
    row = read_rows(Passage(1, document, 1, text))[-1]
    return [(c.year, c.months, c.restated) for c in row.columns]


YEARS = [(2023, 12, False), (2022, 12, True), (2021, 12, False)]
SALES = "\nNet sales\n$\n30 \n$\n20 \n$\n10 "


@pytest.mark.parametrize(
    "heading",
    [
        " Year Ended December 31,\n 2023\n 2022 (as restated)\n 2021",
        "Year Ended December 31, 2023 2022 (as adjusted) 2021",
        "Fiscal Year\n2023\n2022 (as\n restated)\n2021",
        "Years ended December 31,\n2023 (1) 2022 (a) (revised) 2021",
    ],
)
def test_years_stand_a_line_each_or_in_one_with_marks_behind(heading):
    assert columns(heading + SALES) == YEARS


@pytest.mark.parametrize(
    "heading",
    [
        "December 31, 2022\nDecember 31, 2023  (as restated)",
        "January 28, 2023 (as\nJanuary 27, 2024  restated)",
    ],
)
def test_a_mark_that_makes_its_date_a_line_higher_restates_the_earlier_one(heading):
    assert columns(f"{heading}\nInventories 165 151") == [(2023, None, False), (2022, None, True)]


def test_an_amended_report_restates_its_own_year():
    heading = "December 31, 2023 (as restated)\nDecember 31, 2022"
    assert columns(f"{heading}\nInventories 165 151") == [(2023, None, True), (2022, None, False)]


def test_marks_that_do_not_tell_whose_they_are_leave_no_year():
    heading = "December 31, 2022 December 31, 2021\nDecember 31, 2023 (as restated)"
    assert [year for year, *_ in columns(f"{heading}\nInventories 3 2 1")] == [0, 0, 0]


def test_two_durations_stand_above_their_years():
    text = (
        "Three Months Ended\n June 30,\n Six Months Ended June\n 30,\n 2024\n 2023\n 2024\n 2023"
        "\nNet sales 4 3 8 7"
    )
    assert columns(text, QUARTERLY) == [
        (2024, 3, False), (2023, 3, False), (2024, 6, False), (2023, 6, False),
    ]  # fmt: skip


NOT_PERIODS = {
    "restatement": " As previously\n reported\n Adjustment\n As restated",
    "regions": "Americas Europe Total",
    "levels": "Level 1 Level 2 Level 3",
    "quarters": "Q1 Q2 Q3",
}


@pytest.mark.parametrize("caption", NOT_PERIODS)
def test_columns_that_are_no_periods_are_never_taken_for_years(caption):
    text = f"Year Ended December 31,\n2023 2022 2021\nRent 1 2 3\n{{}}{NOT_PERIODS[caption]}"
    for between in ("Effects by column\n(in millions)\n", "It was as the table below shows it.\n"):
        assert columns(f"{text.format(between)}\nNet sales 30 20 10") == []


def test_a_row_with_another_number_of_cells_has_no_columns():
    assert columns("2023 2022\nNet sales 3 2 1") == []


def test_a_fiscal_year_that_ends_in_january_is_called_as_the_document_calls_it():
    text = "Fiscal Year Ended\nJanuary 28, 2023 January 29, 2022\nNet sales 3 2"
    assert [year for year, *_ in columns(text, "OAKEN_2022_10K.pdf")] == [2022, 2021]
    assert [year for year, *_ in columns(text, "OAKEN_2023_10K.pdf")] == [2023, 2022]
    assert [year for year, *_ in columns(text, "upload.pdf")] == [0, 0]


def test_a_quarterly_balance_sheet_tells_the_year_end_of_a_fiscal_year():
    header = read_header(["December", "31,", "2023", "June", "30,", "2023"], 2024, 2)
    assert [column.year for column in header.columns] == [2024, 2023]


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ("in the six months ended june 30, 2024", Period(2024, None, 6, 6)),
        ("at january 28, 2023?", Period(2023, None, None, 1)),
        ("for the quarter ended june 30, 2024", Period(2024, None, 3, 6)),
        ("in the year ended may 31, 2020", Period(2020, None, 12, 5)),
    ],
)
def test_dates_are_read(asked, period):
    assert dated_periods(asked) == [period]


def test_a_span_goes_for_the_date_that_is_joined_to_its_own():
    asked = "six months ended june 30, 2024 and december 31, 2023"
    assert [period.months for period in dated_periods(asked)] == [6, 6]


def test_a_quarter_is_no_year_nor_the_other_way_round():
    header = read_header(["Three", "Months", "Ended", "June", "30,", "2024", "2023"], 2024, 2)
    passage = Passage(1, QUARTERLY, 1, "")
    first = header.columns[0]
    assert not fits(Period(2024), first, header.columns, passage, instant=False)
    assert fits(Period(2024, quarter=2), first, header.columns, passage, instant=False)
    annual = read_header(["Year", "Ended", "June", "30,", "2024", "2023"], 2024, None)
    assert not fits(
        Period(2024, None, 3, 6), annual.columns[0], annual.columns, passage, instant=False
    )


def test_a_caption_a_word_a_line_does_not_push_the_title_out():
    text = (
        "Consolidated Balance Sheets\n(Dollars\nin\nmillions,\nexcept\nper\nshare\ndata)\n"
        "December 31,\n2023 2022\nTotal assets 9 8"
    )
    above = read_rows(Passage(1, ANNUAL, 1, text))[-1].above
    assert above.statement
    assert above.scale == "million"


def test_a_date_line_above_a_caption_is_not_added_to_the_years_below():
    text = (
        "CONSOLIDATED BALANCE SHEETS\nAt January 1, 2024 and January 2, 2023\n"
        "(Dollars in Millions) (Note 1)\n2023 2022\nInventories (Notes 1 and 3) 12 10"
    )
    assert [year for year, *_ in columns(text)] == [2023, 2022]
