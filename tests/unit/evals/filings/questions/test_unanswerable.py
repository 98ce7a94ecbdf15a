import re

import pytest

from evals.filings.questions.unanswerable import STRANGERS, UNTOLD


@pytest.fixture(scope="session")
def texts(sheets):
    """Of each company, all that its filings say, on one line."""
    found: dict[str, str] = {}
    for sheet in sheets.values():
        pages = (sheet.page_text(page) for page in range(len(sheet.reader.pages)))
        code = sheet.report.company.code
        found[code] = " ".join([found.get(code, ""), *(" ".join(p.split()) for p in pages)])
    return found


@pytest.mark.parametrize("untold", STRANGERS, ids=lambda each: each.slug)
def test_a_stranger_is_named_nowhere(untold, texts):
    assert untold.absent in untold.question
    assert not any(untold.absent.lower() in text.lower() for text in texts.values())


@pytest.mark.parametrize("untold", UNTOLD, ids=lambda each: f"{each.company}-{each.slug}")
def test_what_is_asked_for_is_absent(untold, texts):
    assert untold.absent.lower() in untold.question.lower()
    pattern = rf"\b{re.escape(untold.absent)}"
    assert not re.search(pattern, texts[untold.company], re.IGNORECASE)


def test_no_page_is_cited_and_nothing_is_calculated(asked):
    for question in asked:
        if not question.is_answerable:
            assert question.category == "unanswerable"
            assert (question.doc_name, question.evidence, question.key_facts) == (None, (), ())
            assert [call.tool for call in question.tool_calls] in ([], ["search_documents"])


def test_the_answer_says_what_is_missing(asked):
    for question in asked:
        if not question.is_answerable:
            assert re.search(r"\bno\b|n't|\bonly\b", question.answer, re.IGNORECASE)
