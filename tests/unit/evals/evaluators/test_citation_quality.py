import pytest

from evals.evaluators.citation_quality import citation_precision, citation_recall

CITED = {1: "Net revenue 959,657 895,410", 2: "Gross profit 347,382"}


@pytest.mark.parametrize(
    ("answer", "recall"),
    [
        ("Net revenue was $959.657 million [1].", 1.0),
        ("Net revenue was $959.657 million [2].", 0.0),
        ("Net revenue was $959.657 million.", 0.0),
        ("Net revenue was $959.657 million [1].\nAgain: $959,657 thousand", 1.0),
        ("Net revenue was $959.657 million [1].\nGross profit was $347.382 million", 0.5),
        ("The margin was 36.2%.", 1.0),
        ("Of the 8% that was asked about, nothing is told.", 1.0),
        ("Nothing is told.", None),
    ],
)
def test_each_figure_needs_a_source_where_it_stands(answer, recall):
    assert citation_recall(answer, CITED, ["36.198"], "At 8%?") == recall


@pytest.mark.parametrize(
    ("text", "line", "precision"),
    [
        (CITED[1], "Net revenue was $959.657 million [1]", 1.0),
        (CITED[2], "Net revenue was $959.657 million [1]", 0.0),
        ("Sable Creek Water District sued", "The district of Sable Creek sued [1]", 1.0),
        ("The plant in Penang was closed", "Sable Creek Water District sued [1]", 0.0),
    ],
)
def test_a_citation_holds_a_line_it_stands_in(text, line, precision):
    assert citation_precision([(text, [line])]) == precision


def test_every_citation_counts():
    line = "Net revenue was $959.657 million [1] [2]"
    assert citation_precision([(CITED[1], [line]), (CITED[2], [line])]) == 0.5
    assert citation_precision([]) is None
