"""Notes say scale and currency; each figure takes what is said nearest to it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pdf.tables.figure_units import Surroundings, unit_of
from knowledge.pdf.tables.figures import Figure
from knowledge.pdf.tables.money import Money
from knowledge.pdf.tables.units import CONTRADICTION, UnitNote, column_note, unit_note

EXACT = Figure(Decimal("4.25"), None)
WHOLE = Figure(Decimal(1404), None)


def around(label, column="2022", note="", **more):
    options = {"is_percent_column": False, "printed": None, "money": Money("USD")} | more
    return Surroundings(label, (), column, unit_note(note), **options)


@pytest.mark.parametrize(
    ("text", "scale", "share_scale"),
    [
        ("(in millions)", 10**6, 10**6),
        ("(in thousands, except per share data)", 1000, 1000),
        ("(in thousands, except share and per share data)", 1000, 1),
        ("(in millions, except number of shares, which are reflected in thousands)", 10**6, 1000),
        ("$ in billions", 10**9, 10**9),
        ("(000s omitted)", 1000, 1000),
        ("grants of 500,000 options", 1, 1),
        ("", 1, 1),
    ],
)
def test_a_note_says_the_scale(text, scale, share_scale):
    note = unit_note(text)
    assert (note.scale, note.share_scale) == (scale, share_scale)


@pytest.mark.parametrize(
    ("text", "currency", "scale"),
    [
        ("\u20acm", "EUR", 10**6),
        ("in Mio. \u20ac", "EUR", 10**6),
        ("Tsd. \u20ac", "EUR", 1000),
        ("TEUR", "EUR", 1000),
        ("in T\u20ac", "EUR", 1000),
        ("Mrd. EUR", "EUR", 10**9),
        ("\u00a3'000", "GBP", 1000),
        ("\u00a3\u2019000", "GBP", 1000),
        ("\u20ac000", "EUR", 1000),
        ("\u00a3m", "GBP", 10**6),
        ("US$ million", "USD", 10**6),
        ("US$'000", "USD", 1000),
        ("\u20b9 in crores", "INR", 10**7),
        ("Rs. in lakhs", "INR", 10**5),
        ("(\u20b9 in lakh)", "INR", 10**5),
        ("RMB'000", "CNY", 1000),
        ("CHF bn", "CHF", 10**9),
        ("SEKm", "SEK", 10**6),
        ("MSEK", "SEK", 10**6),
        ("NOK million", "NOK", 10**6),
        ("Millions of yen", "JPY", 10**6),
        ("A$m", "AUD", 10**6),
        ("HK$ million", "HKD", 10**6),
        ("(in Canadian dollars)", "CAD", 1),
        ("expressed in thousands of Canadian dollars", "CAD", 1000),
        ("en millions d'euros", "EUR", 10**6),
        ("en milliers d\u2019euros", "EUR", 1000),
        ("en miles de euros", "EUR", 1000),
        ("millones de euros", "EUR", 10**6),
        ("miles de millones de euros", "EUR", 10**9),
        ("in EUR thousand", "EUR", 1000),
    ],
)
def test_a_note_says_currency_and_scale(text, currency, scale):
    note = unit_note(text)
    assert (note.currency, note.scale) == (currency, scale)


def test_a_note_counts_thousands_of_things():
    said = unit_of(WHOLE, around("North pit", note="Output by site, thousands of tonnes"))
    assert (said.unit, said.scale) == ("tonnes", 1000)


def test_what_a_note_excepts_is_not_scaled():
    note = "(in thousands, except per share amounts and stores)"
    said = unit_of(WHOLE, around("Stores at year end", note=note))
    assert (said.unit, said.scale) == (None, 1)


def test_a_rate_of_something_else_in_a_scaled_table_is_doubtful():
    said = unit_of(EXACT, around("Cash cost per tonne", note="(in millions)"))
    assert (said.unit, said.scale, said.doubt) == ("USD", 1, "scale of a row per tonne unclear")


def test_earnings_are_pence_a_share_where_the_document_says_so():
    money = Money("GBP", has_pence=True)
    said = unit_of(EXACT, around("Earnings per share", "\u00a3m", money=money))
    assert (said.unit, said.scale, said.doubt) == ("pence/share", 1, None)


def test_money_and_shares_in_one_note_have_one_scale():
    note = unit_note("$ and shares in millions, except per share amounts")
    assert (note.scale, note.share_scale, note.currency) == (10**6, 10**6, "$")


def test_a_note_on_shares_alone_says_nothing_of_money():
    table = {"note": "summarized as follows (shares in millions):"}
    assert unit_of(WHOLE, around("Awards granted", "2022", **table)).unit == "shares"
    assert unit_of(WHOLE, around("Awards granted", "Exercise price", **table)).scale == 1


def test_two_scales_in_one_note_contradict_each_other():
    assert unit_note("Sales in \u20acm (in thousands of euros)").doubt == CONTRADICTION


def test_a_columns_sign_is_its_currency():
    assert column_note("2022 \u00a3").currency == "GBP"


@pytest.mark.parametrize(
    ("label", "column", "unit", "scale"),
    [
        ("Net revenue", "2022", "USD", 1000),
        ("Diluted earnings per share", "2022", "USD/share", 1),
        ("Net asset value per unit", "2022", "USD/share", 1),
        ("Cash cost per tonne", "2022", "USD", 1),
        ("Weighted-average diluted shares", "2022", "shares", 1000),
        ("Net revenue", "% Change", "percent", 1),
        ("Shares issued under employee plans", "Paid-in capital", "USD", 1000),
        ("Common stock, $0.10 par value: 500 shares issued", "2022", "USD", 1000),
        ("Net revenue (in millions)", "2022", "USD", 10**6),
        ("Net revenue", "2022 \u00a3'000", "GBP", 1000),
        ("Basic earnings per share (pence)", "2022 \u00a3'000", "pence/share", 1),
        ("Number of employees", "2022", "employees", 1),
        ("Pumps", "Qty", None, 1),
        ("Options", "Remaining term (in years)", "years", 1),
    ],
)
def test_row_and_column_name_the_unit(label, column, unit, scale):
    said = unit_of(EXACT, around(label, column, "(in thousands, except per share data)"))
    assert (said.unit, said.scale) == (unit, scale)


def test_two_currencies_stand_side_by_side():
    units = [unit_of(WHOLE, around("Sales", column)).unit for column in ("\u20acm", "US$m")]
    assert units == ["EUR", "USD"]


def test_a_column_that_contradicts_the_caption_is_doubtful():
    said = unit_of(WHOLE, around("Sales", "2022 \u00a3'000", "(\u00a3 million)"))
    assert (said.scale, said.doubt) == (1000, "unit of the column contradicts the table's")


def test_a_whole_amount_that_shares_a_heading_with_earnings_per_share_is_an_amount():
    table = around("Net income", note="(in millions, except per share data)")
    under = Surroundings(
        table.label, ("Basic earnings per share",), "2022", table.note,
        is_percent_column=False, printed="$", money=Money("USD"),
    )  # fmt: skip
    assert (unit_of(WHOLE, under).unit, unit_of(WHOLE, under).scale) == ("USD", 10**6)
    assert (unit_of(EXACT, under).unit, unit_of(EXACT, under).scale) == ("USD/share", 1)


def test_pounds_or_pence_a_share_is_doubtful_where_nothing_says():
    said = unit_of(EXACT, around("Earnings per share", "\u00a3m", money=Money("GBP")))
    assert said.doubt == "pounds or pence unclear"


def test_a_dollar_of_an_unknown_country_is_doubtful():
    said = unit_of(WHOLE, around("Sales", "$'000", money=Money(None, dollar=None)))
    assert (said.unit, said.doubt) == (None, "which dollar is unclear")


def test_a_document_without_currency_has_none():
    assert unit_of(WHOLE, around("Sales", note="(in millions)", money=Money())).unit is None


@given(st.text(max_size=40))
def test_no_text_trips_the_notes(text):
    assert unit_note(text).scale in {1, 1000, 10**5, 10**6, 10**7, 10**9}
    surroundings = Surroundings(
        text, (text,), text, UnitNote(), is_percent_column=False, printed=None
    )
    assert unit_of(WHOLE, surroundings).scale >= 1
