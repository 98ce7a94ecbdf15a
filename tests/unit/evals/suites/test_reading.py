"""The suite `reading` needs PDFs alone, and fails where words are lost."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from core.errors import InvalidInputError
from evals.evaluators.text_agreement import text_agreement
from evals.suites.reading import ReadDocument, ReadingReport, pdfs_of, read_documents


def written(path, text):
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.drawString(72, 700, text)
    canvas.save()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(target.getvalue())
    return path


def test_pdfs_lie_in_the_folder_or_below_pdfs(tmp_path):
    one = written(tmp_path / "one.pdf", "One")
    assert pdfs_of(tmp_path) == (one,)
    two = written(tmp_path / "pdfs" / "two.pdf", "Two")
    assert pdfs_of(tmp_path) == (two,)


def test_folder_without_pdfs_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="No PDF files"):
        pdfs_of(tmp_path)


def test_broken_pdf_stops_the_gate_and_not_the_others(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    good = written(tmp_path / "good.pdf", "Net revenue")
    report = ReadingReport("folder", list(read_documents([broken, good])))
    assert report.agreement.expected == 2
    assert [line.split(":")[0] for line in report.failures] == ["broken.pdf"]


def test_glued_words_stop_the_gate():
    glued = text_agreement("the sum of the parts", "the sum ofthe parts")
    report = ReadingReport("folder", [ReadDocument("one.pdf", glued, [glued])])
    assert [line.split(" is ")[0] for line in report.failures] == [
        "reading recall",
        "reading precision",
    ]
    assert report.to_json()["documents"][0]["worst_pages"][0]["missing"] == {"of": 1, "the": 1}
