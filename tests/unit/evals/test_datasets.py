import json
from pathlib import Path

import pytest

from core.errors import InvalidInputError
from evals.datasets import load_dataset
from evals.examples import Category, KeyFact, ReferenceCall

LINE = {
    "financebench_id": "q1",
    "question": "What was revenue?",
    "answer": "$1,577.00",
    "doc_name": "ACME_2022_10K",
    "question_reasoning": "Numerical reasoning OR information extraction",
    "evidence": [
        {"doc_name": "ACME_2022_10K", "evidence_page_num": 0},
        {"doc_name": "ACME_2022_10K", "evidence_page_num": 46},
        {"doc_name": "OTHER_2022_10K", "evidence_page_num": 3, "evidence_text": "Revenue 1,577"},
    ],
}


def write(folder: Path, *lines: str) -> Path:
    (folder / "pdfs").mkdir()
    for name in ("ACME_2022_10K", "OTHER_2022_10K"):
        (folder / "pdfs" / f"{name}.pdf").write_bytes(b"%PDF-1.4")
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_a_line_of_financebench_is_read_and_its_pages_count_from_1(tmp_path):
    dataset = load_dataset(write(tmp_path, json.dumps(LINE)), "acme")
    (example,) = dataset.examples
    assert dataset.name == "acme"
    assert [pdf.name for pdf in dataset.pdfs] == ["ACME_2022_10K.pdf", "OTHER_2022_10K.pdf"]
    assert example.document == "ACME_2022_10K.pdf"
    assert example.evidence == {
        ("ACME_2022_10K.pdf", 1),
        ("ACME_2022_10K.pdf", 47),
        ("OTHER_2022_10K.pdf", 4),
    }
    assert example.evidence_texts == ("Revenue 1,577",)
    assert example.is_computed
    assert example.is_answerable
    assert example.is_gated
    assert example.category is Category.OTHER


def test_our_own_fields_are_read(tmp_path):
    own = {
        "category": "out_of_date",
        "key_facts": [{"fact": "Revenue was restated to $1,577", "any_of": ["1,577"]}],
        "contradictions": ["1,612"],
        "tool_calls": [{"name": "calculate", "arguments": {"expression": "1 + 1"}}],
        "language": "de",
    }
    (example,) = load_dataset(write(tmp_path, json.dumps(LINE | own))).examples
    assert example.category is Category.OUT_OF_DATE
    assert example.key_facts == (KeyFact("Revenue was restated to $1,577", ("1,577",)),)
    assert example.contradictions == ("1,612",)
    assert example.tool_calls == (ReferenceCall("calculate", {"expression": "1 + 1"}),)
    assert not example.is_gated


def test_a_sample_has_one_question_of_so_many(tmp_path):
    lines = [json.dumps(LINE | {"financebench_id": f"q{at}"}) for at in range(5)]
    dataset = load_dataset(write(tmp_path, *lines))
    sampled = dataset.sampled(2)
    assert [example.id for example in sampled.examples] == ["q0", "q2", "q4"]
    assert (sampled.one_in, sampled.pdfs) == (2, dataset.pdfs)
    assert sampled.digest != dataset.digest == dataset.sampled(1).digest


def test_a_question_that_no_page_answers_needs_no_document(tmp_path):
    line = {"financebench_id": "q1", "question": "?", "answer": "Not told.", "answerable": False}
    (example,) = load_dataset(write(tmp_path, json.dumps(line))).examples
    assert not example.is_answerable
    assert (example.document, example.evidence) == ("", frozenset())


def test_what_is_asked_and_answered_is_in_the_digest_and_its_order_is_not(tmp_path):
    lines = [json.dumps(LINE), json.dumps(LINE | {"financebench_id": "q2"})]
    digest = load_dataset(write(tmp_path, *lines)).digest
    (tmp_path / "questions.jsonl").write_text("\n".join(reversed(lines)))
    assert load_dataset(tmp_path).digest == digest
    (tmp_path / "questions.jsonl").write_text("\n".join(lines).replace("1,577.00", "1,578.00"))
    assert load_dataset(tmp_path).digest != digest


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
        (json.dumps(LINE | {"evidence": []}), "line 2: evidence: an answerable question"),
        (json.dumps(LINE | {"evidence": [{"evidence_page_num": -1}]}), "evidence_page_num"),
        (json.dumps({**LINE, "question": None}), "line 2: question"),
        (json.dumps(LINE | {"doc_name": "../secret"}), "line 2: doc_name"),
        (
            json.dumps(LINE | {"financebench_id": "q2", "doc_name": "GONE"}),
            "line 2: pdfs/GONE.pdf is missing",
        ),
        (
            json.dumps(LINE | {"evidence": [{"doc_name": "GONE", "evidence_page_num": 0}]}),
            "line 2: pdfs/GONE.pdf is missing",
        ),
        (json.dumps(LINE | {"answerable": False}), "line 2: evidence: no page answers"),
        (
            json.dumps(LINE | {"doc_name": None, "evidence": [{"evidence_page_num": 0}]}),
            "line 2: evidence: doc_name",
        ),
        (json.dumps(LINE | {"category": "hard"}), "line 2: category"),
        (json.dumps(LINE | {"language": "German"}), "line 2: language"),
        (json.dumps(LINE | {"key_facts": [{"fact": "?"}]}), "line 2: key_facts.0.any_of"),
    ],
)
def test_a_broken_line_is_named(tmp_path, second, message):
    folder = write(tmp_path, json.dumps(LINE), second)
    with pytest.raises(InvalidInputError, match=r"questions\.jsonl, ") as raised:
        load_dataset(folder)
    assert message in raised.value.detail


def test_evidence_of_other_documents_alone_is_refused(tmp_path):
    folder = write(tmp_path, json.dumps(LINE | {"evidence": LINE["evidence"][2:]}))
    with pytest.raises(InvalidInputError, match="none is on a page"):
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
