"""Masks hide personal data, all of it, and leave figures and places alone."""

import time
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.filings.personal import planted
from knowledge.pages import Box, Cell, Page, Row, Section, Table
from knowledge.redaction.kinds import Kind
from knowledge.redaction.masking import detect, mask, masked

BOX = Box(0, 0, 1, 1)


@pytest.mark.parametrize("kind", Kind)
def test_of_each_kind_98_of_100_are_found(kind):
    lines = [each for each in planted() if each.kind is kind]
    missed = [each.line for each in lines if each.written not in _found(each.line)]
    assert len(lines) == 60
    assert len(missed) <= 0.02 * len(lines), missed


def test_what_only_looks_like_it_stays():
    decoys = [each.line for each in planted() if each.kind is None]
    wrong = [line for line in decoys if masked(line) != line]
    assert len(decoys) == 600
    assert wrong == []


def _found(line: str) -> list[str]:
    return [line[each.start : each.end] for each in detect(line)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to jane.doe@example.com.", "Write to [email" + "\u2022" * 13 + "]."),
        ("SSN 536-90-4399", "SSN [SSN\u2022\u2022\u2022\u2022\u2022\u2022]"),
        ("a@b.co", "[emai]"),
        ("IBAN DE89 3704 0044\n0532 0130 00, BIC X", "IBAN [IBAN" + "\u2022" * 21 + "], BIC X"),
        ("Revenue 1,404 1,234 (29)", "Revenue 1,404 1,234 (29)"),
    ],
)  # fmt: skip
def test_a_mask_says_what_it_hides(text, expected):
    assert masked(text) == expected


@given(st.text(max_size=200))
def test_any_text_keeps_its_length_and_its_second_mask_changes_nothing(text):
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


@given(st.lists(st.sampled_from(planted()), min_size=1, max_size=6))
def test_so_does_any_mix_of_personal_data(lines):
    text = "\n".join(each.line for each in lines)
    once = masked(text)
    assert len(once) == len(text)
    assert masked(once) == once


@pytest.mark.parametrize(
    "hostile", ["a" * 20_000, "a." * 10_000, "1 " * 10_000, "+1" * 10_000, "DE00 " * 1_000,
                "@" * 20_000, "1-" * 10_000, "tax id " * 3_000, "tel 1" * 4_000],
)  # fmt: skip
def test_no_text_takes_long(hostile):
    began = time.thread_time()  # whatever else the machine does
    masked(hostile)
    assert time.thread_time() - began < 5


def page(text, *, sections=(), tables=()) -> Page:
    return Page(3, 612, 792, text, sections=sections, tables=tables)


def test_a_page_is_masked_wherever_it_says_it_again():
    text = "Contact jane.doe@example.com\nBonus of jane.doe@example.com 1,404"
    at = text.index("1,404")
    cell = Cell("1,404", Decimal(1404), at, at + 5, BOX, "To jane.doe@example.com", None, None, 1)
    cell = replace(cell, unit="jane.doe@example.com", doubts=("no jane.doe@example.com",))
    row = Row(29, len(text), "Bonus of jane.doe@example.com", ("By jane.doe@example.com",), (cell,))
    table = Table(29, len(text), "Pay of jane.doe@example.com", is_continued=False, rows=(row,))
    section = Section(0, len(text), ("Item 1", "Call jane.doe@example.com"))
    hidden, personal = mask(page(text, sections=(section,), tables=(table,)))
    assert "jane.doe" not in str(hidden)
    assert hidden.text[at : at + 5] == hidden.tables[0].rows[0].cells[0].text == "1,404"
    assert [(each.page, each.kind, each.text) for each in personal] == [
        (3, Kind.EMAIL, "jane.doe@example.com")
    ] * 2
    assert all(text[each.start : each.end] == each.text for each in personal)
    assert len(hidden.text) == len(text)


def test_a_figure_of_a_table_stays_whatever_it_looks_like():
    text = "Units 536-90-4399"
    cell = Cell("536-90-4399", Decimal(1), 6, 17, BOX, "2023", None, None, 1)
    row = Row(0, 17, "Units", (), (cell,))
    table = Table(0, 17, "", is_continued=False, rows=(row,))
    same, personal = mask(page(text, tables=(table,)))
    assert (same.text, personal) == (text, [])


def test_a_page_without_any_is_the_same():
    plain = page("Net income was 17 million.")
    assert mask(plain) == (plain, [])
