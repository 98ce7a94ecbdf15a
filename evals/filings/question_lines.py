"""Questions as lines of `questions.jsonl`; the fields are told in `docs/datasets.md`."""

from collections.abc import Mapping

from evals.filings.questions.question import Question
from evals.filings.sheet import Sheet


def question_line(question: Question, sheets: Mapping[str, Sheet]) -> dict[str, object]:
    """Args: sheets: the written filings by `doc_name`."""
    reports = question.reports
    return {
        "financebench_id": question.id,
        "company": ", ".join(dict.fromkeys(each.company.name for each in reports)),
        "doc_name": question.doc_name,
        "question_type": question.question_type,
        "question_reasoning": question.reasoning,
        "domain_question_num": None,
        "question": question.question,
        "answer": question.answer,
        "justification": question.justification,
        "dataset_subset_label": "SAMPLE",
        "evidence": [
            {
                "evidence_text": piece.text,
                "doc_name": piece.doc_name,
                "evidence_page_num": piece.page,
                "evidence_text_full_page": sheets[piece.doc_name].page_text(piece.page),
            }
            for piece in question.evidence
        ],
        "doc_type": reports[0].doc_type if question.doc_name else None,
        "doc_period": reports[0].fiscal_year if question.doc_name else None,
        "gics_sector": reports[0].company.sector if question.doc_name else None,
        "doc_link": None,
        **_of_our_own(question),
    }


def _of_our_own(question: Question) -> dict[str, object]:
    return {
        "category": question.category,
        "answerable": question.is_answerable,
        "key_facts": [
            {"fact": each.fact, "any_of": list(each.any_of)} for each in question.key_facts
        ],
        "contradictions": list(question.contradictions),
        "tool_calls": [
            {"name": each.tool, "arguments": dict(each.arguments)} for each in question.tool_calls
        ],
        "language": question.language,
    }
