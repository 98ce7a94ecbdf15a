"""Headers of reports from many countries give each column its words, its period and its days."""

from datetime import date

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from unit.knowledge.pdf.tables.drawing import lines

TWO = [360, 470]
FOUR = [260, 330, 400, 470]
INCOME = ("Revenue", "512", "480")
COSTS = ("Costs", "(100)", "(90)")


def columns(table):
    return [cell.column for cell in table.rows[0].cells]


def periods(table):
    return [cell.period for cell in table.rows[0].cells]


def days(table):
    return [
        tuple(day.isoformat() if day else None for day in (cell.starts_on, cell.ends_on))
        for cell in table.rows[0].cells
    ]


@pytest.mark.parametrize(
    ("now", "before", "periods_read", "last_days"),
    [
        ("31 March 2022", "31 March 2021", ["2022-03-31", "2021-03-31"], None),
        ("31.12.2022", "31.12.2021", ["2022-12-31", "2021-12-31"], None),
        ("31. Dezember 2023", "31. Dezember 2022", ["2023-12-31", "2022-12-31"], None),
        ("31 décembre 2023", "31 décembre 2022", ["2023-12-31", "2022-12-31"], None),
        ("31 de marzo de 2023", "31 de marzo de 2022", ["2023-03-31", "2022-03-31"], None),
        ("31-Mar-23", "31-Mar-22", ["2023-03-31", "2022-03-31"], None),
        ("1.1.\u201331.12.2022", "1.1.\u201331.12.2021", ["FY2022", "FY2021"], None),
        ("FY22", "FY21", ["FY2022", "FY2021"], [None, None]),
        ("FY2022", "FY2021", ["FY2022", "FY2021"], [None, None]),
        ("2022/23", "2021/22", ["FY2023", "FY2022"], [None, None]),
        ("H1 2023", "H1 2022", ["H1 2023", "H1 2022"], [None, None]),
        ("2. Halbjahr 2023", "2. Halbjahr 2022", ["H2 2023", "H2 2022"], [None, None]),
        ("9M 2023", "9M 2022", ["9M 2023", "9M 2022"], [None, None]),
    ],
)
def test_dates_and_years_of_the_world(table_of, now, before, periods_read, last_days):
    table = table_of(("", now, before), INCOME, COSTS, columns=TWO)
    assert periods(table) == periods_read
    if last_days:
        assert [cell.ends_on for cell in table.rows[0].cells] == last_days
    else:
        assert all(cell.ends_on for cell in table.rows[0].cells)


def test_year_alone_takes_its_days_from_the_text(table_of):
    table = table_of(
        ("", "2022", "2021"),
        INCOME,
        COSTS,
        columns=TWO,
        titles=["for the year ended 31 March 2022"],
    )
    assert days(table) == [("2021-04-01", "2022-03-31"), ("2020-04-01", "2021-03-31")]


def test_balance_has_a_last_day_only(table_of):
    table = table_of(
        ("", "2022", "2021"),
        INCOME,
        COSTS,
        columns=TWO,
        titles=["Statement of financial position", "as at 31 March 2022"],
    )
    assert days(table) == [(None, "2022-03-31"), (None, "2021-03-31")]


def test_years_of_weeks_begin_behind_the_year_before(table_of):
    table = table_of(
        ("Fiscal years ended", "February 3, 2024", "January 28, 2023"),
        INCOME,
        COSTS,
        columns=TWO,
        titles=["For the fiscal year ended February 3, 2024"],
    )
    assert days(table)[0] == ("2023-01-29", "2024-02-03")


def test_printed_weeks_count(table_of):
    table = table_of(
        ("", "53 weeks ended", "52 weeks ended"),
        ("", "3 February 2024", "28 January 2023"),
        INCOME,
        COSTS,
        columns=TWO,
    )
    assert days(table) == [("2023-01-29", "2024-02-03"), ("2022-01-30", "2023-01-28")]


def test_day_above_its_year_belongs_to_each_column(table_of):
    table = table_of(
        ("", "Three Months Ended", None, "Nine Months Ended", None),
        ("", "July 1,", "June 25,", "July 1,", "June 25,"),
        ("", "2023", "2022", "2023", "2022"),
        ("Net sales", "512", "480", "1,470", "1,450"),
        ("Net income", "51", "48", "147", "145"),
        columns=FOUR,
        titles=["For the quarterly period ended July 1, 2023", "nine months ended July 1, 2023"],
    )
    assert periods(table) == ["Q3 2023", "Q3 2022", "9M 2023", "9M 2022"]
    assert days(table)[0] == ("2023-04-02", "2023-07-01")


def test_note_on_units_beside_the_years_is_no_header(table_of):
    table = table_of(
        ("", None, "YEAR ENDED MAY 31,"),
        ("(in millions, except per share data)", "2023", "2022"),
        INCOME,
        COSTS,
        columns=TWO,
    )
    assert columns(table) == ["YEAR ENDED MAY 31, 2023", "YEAR ENDED MAY 31, 2022"]
    assert {cell.scale for cell in table.rows[0].cells} == {10**6}


@pytest.mark.parametrize(
    ("left", "right"), [("Group", "Company"), ("USD", "EUR"), ("Continuing", "Discontinued")]
)
def test_headings_side_by_side_go_with_both_of_their_years(table_of, left, right):
    table = table_of(
        ("", left, None, right, None),
        ("", "2023", "2022", "2023", "2022"),
        ("Inventories", "512", "480", "47", "45"),
        ("Cash", "51", "48", "14", "15"),
        columns=FOUR,
    )
    assert columns(table) == [f"{left} 2023", f"{left} 2022", f"{right} 2023", f"{right} 2022"]
    assert periods(table) == ["FY2023", "FY2022"] * 2


def test_restated_columns_share_the_year_of_their_title(table_of):
    table = table_of(
        ("", "As previously", None, None),
        ("", "reported", "Adjustments", "As restated"),
        ("Revenue", "912.4", "(37.6)", "874.8"),
        ("Net income", "88.1", "(21.7)", "66.4"),
        columns=[300, 385, 470],
        titles=["Annual report 2023", "Effect of restatement on income for fiscal 2022"],
    )
    assert columns(table) == ["As previously reported", "Adjustments", "As restated"]
    assert periods(table) == ["FY2022"] * 3


def test_columns_of_segments_have_the_year_beside_them(table_of):
    table = table_of(
        ("Year ended December 31, 2023", "Pumps", "Valves", "Total"),
        ("Net sales", "300", "212", "512"),
        ("Operating income", "30", "21", "51"),
        columns=[300, 385, 470],
    )
    assert columns(table) == ["Pumps", "Valves", "Total"]
    assert periods(table) == ["FY2023"] * 3


def test_range_of_a_caption_is_no_balance(table_of):
    table = table_of(
        ("Shares granted", "512"),
        ("Shares forfeited", "(45)"),
        columns=[360],
        titles=["Activity from June 1, 2020 through May 31, 2023 was as follows:"],
    )
    cell = table.rows[0].cells[0]
    assert (cell.period, cell.starts_on, cell.ends_on) == (
        None,
        date(2020, 6, 1),
        date(2023, 5, 31),
    )


def test_headers_of_six_levels_are_read_in_bounded_time(table_of):
    years = ("", "2023", "2022", "2023", "2022")
    table = table_of(
        ("", "Continuing operations", None, None, None),
        ("", "Europe", None, "Asia", None),
        ("", "Year ended 31 March", None, "Year ended 31 March", None),
        years,
        ("", "£m", "£m", "£m", "£m"),
        ("Revenue", "512", "480", "470", "450"),
        ("Profit", "51", "48", "47", "45"),
        columns=FOUR,
    )
    assert ["Europe" in column for column in columns(table)] == [True, True, False, False]
    assert ["Asia" in column for column in columns(table)] == [False, False, True, True]
    assert periods(table) == ["FY2023", "FY2022"] * 2


def test_both_lines_of_a_heading_go_with_all_of_its_columns(pages_of, draw):
    def centered(middle, down, text):
        return middle - stringWidth(text, "Helvetica", 10) / 2, down, text

    heads = [
        *(centered(at, 87, text) for at, text in ((277, "Notional"), (437, "Accrued"))),
        *(centered(at, 100, text) for at, text in ((277, "amounts"), (437, "liabilities"))),
    ]
    rows = lines(
        ("", "2022", "2021", "2022", "2021"),
        ("Currency contracts", "2,815", "2,630", "122", "152"),
        ("Commodity contracts", "1,412", "1,760", "141", "150"),
        columns=[250, 320, 410, 480],
        top=113,
    )
    (table,) = pages_of(draw([*heads, *rows]))[0].tables
    assert columns(table) == [
        "Notional amounts 2022",
        "Notional amounts 2021",
        "Accrued liabilities 2022",
        "Accrued liabilities 2021",
    ]


def test_year_below_its_day_is_part_of_the_row_s_label(table_of):
    table = table_of(
        ("(in millions)", "Common stock", "Total"),
        ("Balance at December 31,", None, None),
        ("2020", "1,984", "2,125"),
        ("Net income", "-", "120"),
        ("Balance at March 31, 2021", "1,984", "2,245"),
        columns=TWO,
    )
    assert table.rows[0].label == "Balance at December 31, 2020"
    assert [row.cells[0].period for row in table.rows] == ["2020-12-31", "Q1 2021", "2021-03-31"]


def test_years_flush_right_stand_over_amount_and_change(table_of):
    table = table_of(
        ("", None, "2023", None, "2022", "2021"),
        ("", "Amount", "Change", "Amount", "Change", "Amount"),
        ("Net sales", "512", "7%", "480", "5%", "457"),
        ("Net income", "51", "6%", "48", "9%", "44"),
        columns=[230, 290, 350, 410, 470],
    )
    assert columns(table) == [
        "2023 Amount", "2023 Change", "2022 Amount", "2022 Change", "2021 Amount",
    ]  # fmt: skip
    assert periods(table) == ["FY2023", None, "FY2022", None, "FY2021"]


def test_label_of_a_sentence_s_length_does_not_end_a_table(table_of):
    table = table_of(
        ("", "2023", "2022"),
        ("Inventories", "512", "480"),
        (
            "Common stock, one cent of par value and paid-in capital of which there are authorized",
            None,
            None,
        ),
        ("11,000 shares and outstanding 3,997 shares", "2,895", "2,706"),
        ("Retained earnings", "184", "275"),
        columns=[490, 560],
    )
    assert [row.label for row in table.rows][::2] == ["Inventories", "Retained earnings"]
    assert [cell.column for cell in table.rows[2].cells] == ["2023", "2022"]
