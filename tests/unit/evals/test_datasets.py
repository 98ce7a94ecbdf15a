import json
from pathlib import Path

import pytest

from core.errors import InvalidInputError
from evals.datasets import load_dataset

LINE = {
    "financebench_id": "q1",
    "question": "What was revenue?",
    "answer": "$1,577.00",
    "doc_name": "ACME_2022_10K",
    "question_reasoning": "Numerical reasoning OR information extraction",
    "evidence": [
        {"doc_name": "ACME_2022_10K", "evidence_page_num": 0},
        {"doc_name": "ACME_2022_10K", "evidence_page_num": 46},
        {"doc_name": "ANOTHER_2022_10K", "evidence_page_num": 3},
    ],
}


def write(folder: Path, *lines: str) -> Path:
    (folder / "pdfs").mkdir()
    (folder / "pdfs" / "ACME_2022_10K.pdf").write_bytes(b"%PDF-1.4")
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_pages_count_from_1_and_other_documents_evidence_is_left_out(tmp_path):
    dataset = load_dataset(write(tmp_path, json.dumps(LINE)), "acme")
    (example,) = dataset.examples
    assert dataset.name == "acme"
    assert [pdf.name for pdf in dataset.pdfs] == ["ACME_2022_10K.pdf"]
    assert example.document == "ACME_2022_10K.pdf"
    assert example.pages == {1, 47}
    assert example.is_computed


def test_null_reasoning_is_not_computed(tmp_path):
    folder = write(tmp_path, json.dumps(LINE | {"question_reasoning": None}), "")
    assert not load_dataset(folder).examples[0].is_computed


def test_a_line_separator_inside_of_a_string_ends_no_line(tmp_path):
    folder = write(tmp_path, json.dumps(LINE | {"answer": "one\u2028two"}, ensure_ascii=False))
    assert load_dataset(folder).examples[0].answer == "one\u2028two"


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("{", "line 2: Invalid JSON"),
        ("[]", "line 2: Input should be an object"),
        (json.dumps(LINE), "line 2: q1 is there twice"),
        (json.dumps(LINE | {"evidence": []}), "line 2: evidence"),
        (json.dumps(LINE | {"evidence": [{"evidence_page_num": -1}]}), "evidence_page_num"),
        (json.dumps({**LINE, "question": None}), "line 2: question"),
        (json.dumps(LINE | {"doc_name": "../secret"}), "line 2: doc_name"),
        (
            json.dumps(LINE | {"financebench_id": "q2", "doc_name": "GONE"}),
            "line 2: pdfs/GONE.pdf is missing",
        ),
    ],
)
def test_a_broken_line_is_named(tmp_path, second, message):
    folder = write(tmp_path, json.dumps(LINE), second)
    with pytest.raises(InvalidInputError, match=r"questions\.jsonl, ") as raised:
        load_dataset(folder)
    assert message in raised.value.detail


def test_evidence_of_other_documents_alone_is_refused(tmp_path):
    folder = write(tmp_path, json.dumps(LINE | {"evidence": LINE["evidence"][2:]}))
    with pytest.raises(InvalidInputError, match="no evidence"):
        load_dataset(folder)


def test_a_folder_without_questions_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match=r"questions\.jsonl is missing"):
        load_dataset(tmp_path)
    with pytest.raises(InvalidInputError, match="no question"):
        load_dataset(write(tmp_path, ""))


def test_bytes_that_are_not_utf_8_are_refused(tmp_path):
    (write(tmp_path) / "questions.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidInputError, match="not UTF-8"):
        load_dataset(tmp_path)
