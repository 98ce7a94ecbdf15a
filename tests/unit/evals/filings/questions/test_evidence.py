from decimal import Decimal

from evals.examples import Category
from evals.figures import amounts, within_half
from evals.filings.questions.amounts import SIZES


def squeezed(text: str) -> str:
    return "".join(text.split()).lower()


def is_printed(way: str, text: str, size: Decimal) -> bool:
    """As words or as a figure; `size` is what the filing's tables count in."""
    wanted, shown = amounts(way), amounts(text)
    if not any(each.is_figure for each in wanted):
        return squeezed(way) in squeezed(text)
    return all(any(is_same(each, one, size) for one in shown) for each in wanted)


def is_same(wanted, shown, size: Decimal) -> bool:
    """A table's fall is asked for as what was spent."""
    if wanted.percent != shown.percent:
        return False
    scale = wanted.scale or 1
    sizes = (shown.scale,) if shown.scale else (1, size)
    target, quantum = wanted.magnitude * scale, wanted.quantum * scale
    return any(within_half(shown.magnitude * each, target, quantum) for each in sizes)


def is_result(way: str, results, sizes) -> bool:
    for each in amounts(way):
        scale = each.scale or 1
        target = each.magnitude * scale * (-1 if each.signs == {-1} else 1)
        for result in results:
            if any(within_half(result.value * s, target, each.quantum * scale) for s in sizes):
                return True
    return False


async def test_each_key_fact_is_on_an_evidence_page_or_is_calculated(
    asked, sheets, results_of, sizes_of
):
    for question in asked:
        pages = [
            (sheet.page_text(each.page), SIZES[sheet.report.company.scale])
            for each in question.evidence
            for sheet in [sheets[each.doc_name]]
        ]
        results = await results_of(question)
        for fact in question.key_facts:
            way = fact.any_of[0]
            printed = any(is_printed(way, *page) for page in pages)
            assert printed or is_result(way, results, {1, *sizes_of(question)}), (question.id, way)


def test_each_evidence_page_has_what_it_is_cited_for(asked, sheets):
    for question in asked:
        for piece in question.evidence:
            text = squeezed(sheets[piece.doc_name].page_text(piece.page)).replace("$", "")
            lines = piece.text.splitlines()
            rows = lines[-1:] if len(lines) > 1 else lines
            for row in rows:
                if len(lines) > 1:
                    assert squeezed(row).replace("$", "") in text, question.id


def test_no_page_of_another_year_answers_a_question_that_names_its_filing(asked):
    for question in asked:
        if question.category == Category.NEAR_DUPLICATE:
            assert {each.doc_name for each in question.evidence} == {question.doc_name}


def test_a_figure_that_another_filing_prints_too_may_be_cited_from_there(asked):
    cash = next(each for each in asked if each.id == "halvorsen_2022_10k.lookup.cash")
    assert {each.doc_name for each in cash.evidence} == {"HALVORSEN_2022_10K", "HALVORSEN_2023_10K"}


def test_a_question_across_filings_has_evidence_in_each(asked):
    for question in asked:
        if question.category == Category.MULTI_DOCUMENT:
            assert question.doc_name is None
            about = {report.doc_name for report in question.reports}
            assert {each.doc_name for each in question.evidence} == about
            assert len(about) > 1
