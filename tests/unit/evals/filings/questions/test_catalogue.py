import re
from collections import Counter

from evals.examples import Category
from evals.filings.questions.catalogue import ask

AT_LEAST = {
    Category.LOOKUP: 60,
    Category.MULTI_PERIOD: 40,
    Category.MULTI_DOCUMENT: 24,
    Category.COMPUTATION: 60,
    Category.SCALED_TABLE: 30,
    Category.FOOTNOTE: 30,
    Category.NEAR_DUPLICATE: 30,
    Category.UNANSWERABLE: 24,
    Category.AMBIGUOUS: 10,
    Category.OUT_OF_DATE: 12,
}


def test_each_category_is_asked_about_often_enough(asked):
    counts = Counter(question.category for question in asked if question.language == "en")
    assert {each: counts[each] for each in AT_LEAST if counts[each] < AT_LEAST[each]} == {}
    assert sum(counts.values()) >= 320


def test_some_are_asked_in_other_languages(asked):
    counts = Counter(question.language for question in asked)
    assert sorted(counts) == ["de", "en", "es", "fr"]
    assert 12 <= len(asked) - counts["en"] <= 16


def test_ids_tell_what_is_asked_and_are_there_once(asked):
    ids = [question.id for question in asked]
    assert len(set(ids)) == len(ids)
    for question in asked:
        of, category, slug = question.id.split(".")
        assert category == question.category
        assert re.fullmatch(r"[a-z0-9_]+", of)
        assert re.fullmatch(r"[a-z0-9_]+", slug)
        if question.doc_name and category != Category.AMBIGUOUS:
            assert of == question.doc_name.lower()


def test_no_question_is_asked_twice(asked):
    wordings = Counter(question.question for question in asked)
    assert [each for each, count in wordings.items() if count > 1] == []


def test_every_blank_of_a_wording_is_filled(asked):
    for question in asked:
        for text in (question.question, question.answer, *(f.fact for f in question.key_facts)):
            assert not re.search(r"[{}]|  |\bNone\b", text)


def test_an_answerable_question_has_facts_evidence_and_a_search(asked):
    for question in asked:
        if question.category != Category.UNANSWERABLE:
            assert 1 <= len(question.key_facts) <= 4
            assert question.evidence
            assert question.tool_calls[0].tool == "search_documents"


def test_a_search_has_words_that_the_question_has_or_implies(asked):
    for question in asked:
        for call in question.tool_calls:
            if call.tool == "search_documents":
                words = call.arguments["query"].split()
                named = question.question + " ".join(r.company.short for r in question.reports)
                assert all(word in named for word in words[:1])
                assert all(re.fullmatch(r"20[12]\d", word) for word in words[1:])


def test_adding_filings_renames_no_question_about_the_others(asked, sheets):
    """Two filings alone are asked the same, but for what takes those that they lack."""
    pair = [sheets[name] for name in ("HALVORSEN_2024Q2_10Q", "TESSELINE_2024Q2_10Q")]
    few = {question.id: question for question in ask(pair)}
    every = {question.id: question for question in asked}
    assert few.keys() <= every.keys()
    assert {question.question for question in few.values()} <= {q.question for q in asked}
    written = {sheet.report.doc_name for sheet in pair}
    assert {e.doc_name for question in few.values() for e in question.evidence} == written
    assert not any("marrowby" in id_ for id_ in few)


def test_an_amount_is_asked_for_with_its_rounding(asked):
    """But what a paragraph tells, which has it as it is."""
    for question in asked:
        is_rounded = re.fullmatch(r"-?\$[\d,]+\.\d+ \w+", question.answer)
        if is_rounded and question.language == "en" and question.question_type != "novel-generated":
            assert re.search(r"decimals?\b", question.question), question.id
