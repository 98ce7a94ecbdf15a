from decimal import Decimal
from pathlib import Path

import pytest

from evals.filings.companies import MARROWBY, SMALL
from evals.filings.dataset import write_dataset
from evals.filings.report import Report
from evals.filings.sheet import build_sheet

DOCUMENTS = ("HALVORSEN_2024Q2_10Q", "TESSELINE_2024Q2_10Q")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_same_bytes_every_time(filings: Path, tmp_path: Path):
    write_dataset(tmp_path, companies=SMALL)
    for path in (p for p in filings.rglob("*") if p.is_file()):
        assert (tmp_path / path.relative_to(filings)).read_bytes() == path.read_bytes()


def test_each_filing_has_pages_and_questions(questions, page_texts):
    assert sorted(page_texts) == sorted(DOCUMENTS)
    for name, pages in page_texts.items():
        assert 20 <= len(pages) <= 60
        assert sum(each["doc_name"] == name for each in questions) > 40


def test_every_figure_is_on_its_page(figures, page_texts):
    for figure in figures:
        text = squeezed(page_texts[figure["doc_name"]][figure["page"]])
        label = figure["row_label"].split(":")[0]
        assert squeezed(label) in text
        assert squeezed(figure["printed"]) in text


def test_evidence_is_on_its_page(questions, page_texts):
    for question in questions:
        assert bool(question["evidence"]) == question["answerable"]
        for piece in question["evidence"]:
            text = page_texts[piece["doc_name"]][piece["evidence_page_num"]]
            assert text == piece["evidence_text_full_page"]
            lines = piece["evidence_text"].splitlines()
            rows = lines[3:] if len(lines) > 3 else lines
            for row in rows:
                assert squeezed(row).replace("$", "") in squeezed(text).replace("$", "")


def test_printed_page_numbers_differ_from_the_index(page_texts):
    for pages in page_texts.values():
        assert pages[5].split()[-1] == "4" or "\n4" in pages[5]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_income_statement_adds_up(figures, name: str):
    rows: dict[str, dict[str, Decimal]] = {}
    for each in figures:
        if each["doc_name"] == name and "Statements of" in each["statement"]:
            rows.setdefault(each["period"], {})[each["row_label"]] = Decimal(each["value"])
    quarter = rows["Q2 2024"]
    assert quarter["Net revenue"] - quarter["Cost of revenue"] == quarter["Gross profit"]
    half = rows["H1 2024"]
    assert (
        half["Cash, beginning of period"] + half["Net increase (decrease) in cash"]
        == half["Cash, end of period"]
    )


def test_long_tables_run_over_a_page_with_and_without_their_header():
    sheet = build_sheet(Report(MARROWBY, 2023, None))
    stores = {f.page for f in sheet.figures if f.statement.startswith("Properties at")}
    products = {f.page for f in sheet.figures if f.statement.startswith("Revenue by Product")}
    headers = [sheet.page_text(page).count("2022 (as restated)") for page in sorted(products)]
    assert len(stores) > 1
    assert len(products) > 1
    assert all(headers)


def test_a_restated_year_is_marked_and_explained():
    sheet = build_sheet(Report(MARROWBY, 2023, None))
    note = sheet.prose("restatement")
    assert "loyalty points" in " ".join(sheet.page_text(note.page).split())
    restated = sheet.figure(
        "Effects of the Restatement on 2022", "Net revenue: As restated", "FY2022"
    )
    column = sheet.figure("Consolidated Statements of Income", "Net revenue", "FY2022")
    assert restated.value == column.value


def test_a_quarter_is_headed_by_its_calendar_year():
    first = Report(SMALL[1], 2024, 2).income_spans[0].column
    assert (first.header, first.period) == ("2023", "Q2 2024")
