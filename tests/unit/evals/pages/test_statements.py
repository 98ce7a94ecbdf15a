import pytest
from unit.evals.pages.runs import PAGE, example, run

from evals.pages.marks import Known, Source, marked_line, marked_passage, stated
from evals.pages.statements import excerpt, statements
from evals.targets.asking import Cited

KNOWN = Known(
    {1: "(in thousands) Net revenue 1,404", 2: "Costs of 77.5 million"}, ["7.175"], "At 8%?"
)


def marked(line):
    return [(each.text, each.source) for each in marked_line(line, KNOWN) if each.source]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Revenue was $1.404 million [1].", [("$1.404 million", Source.CITED)]),
        ("It grew by 7.2% [1].", [("7.2%", Source.CALCULATED)]),
        ("At 8% [1].", [("8%", Source.ASKED)]),
        ("Costs were $77.5 million [1].", [("$77.5 million", Source.ELSEWHERE)]),
        ("Costs were $9,999 million [2].", [("$9,999 million", Source.NONE)]),
        ("In 2023 it was as before [1][2].", []),
    ],
)
def test_a_figure_tells_where_it_comes_from(line, found):
    assert marked(line) == found
    assert "".join(piece.text for piece in marked_line(line, KNOWN)) == line


def test_a_citations_number_is_no_figure():
    assert stated("As told [1404].") == []


def test_a_passage_is_marked_where_the_statements_figure_stands():
    figures = [amount for _, amount in stated("Revenue was $1.404 million, of 3 units [1]")]
    lines = marked_passage("Net revenue (1,404) 1,310\nUnits 3\n", figures)
    assert [[each.text for each in line if each.source] for line in lines] == [["(1,404)"], []]


def test_lines_that_cite_the_same_stand_together():
    passages = tuple(
        Cited(number=at, document="ACME.pdf", page=at, text=f"{at},000,000", statements=())
        for at in (1, 2, 3)
    )
    answer = "A [1][2]\nplain\nB [2]\n\nC [3]\nD [9]"
    first, second, third = statements(run(answer, citations=passages), example(0))
    assert [line.is_statement for line in first.lines] == [True, False, True]
    assert [each.number for each in first.passages] == [1, 2]
    assert [(each.number, each.is_evidence) for each in second.passages] == [(3, PAGE.page == 3)]
    assert third.passages == []


def test_a_long_passage_is_cut_to_what_tells():
    figures = [amount for _, amount in stated("$5,555 [1]")]
    text = "\n".join(["Title", *(f"row {at}" for at in range(9)), "Total 5,555", "end", "last"])
    found = excerpt(marked_passage(text, figures), "")
    told = ["".join(piece.text for piece in line) if line else None for line in found]
    assert told == ["Title", None, "row 8", "Total 5,555", "end", None]


def test_a_passage_without_figures_is_cut_to_the_words_that_are_said():
    lines = [f"row {at}" for at in range(9)]
    lines[5] = "The lenders could demand payment"
    found = excerpt(marked_passage("\n".join(lines), []), "Lenders may demand their payment [1]")
    told = ["".join(piece.text for piece in line) if line else None for line in found]
    assert told == ["row 0", None, "row 4", lines[5], "row 6", None]


def test_a_short_passage_is_whole():
    lines = marked_passage("a\nb\nc", [])
    assert excerpt(lines, "") == lines
