"""A metric of faults is shown as one: less is better, and an answer with one comes first."""

import pytest
from unit.evals.pages.runs import DATASET, header, row

from evals.pages.heat import LEVELS, heat_table
from evals.pages.looked_at import look_at
from evals.pages.worst import worst
from evals.report import Report
from evals.suite import Metric
from evals.suites.answers import ANSWERS


@pytest.fixture
def report():
    """All is right, but the seventh answer states a wrong figure."""
    rows = [row(at, wrong_figure=float(at == 7)) for at in range(11)]
    return Report(ANSWERS, DATASET, header(), rows)


def test_answer_with_a_fault_is_among_the_worst(report):
    assert [each.example.id for each in worst(report, DATASET.examples)] == ["q07"]


def test_fault_is_marked_and_its_absence_is_not(report):
    def is_short(at: int) -> bool:
        (found,) = (
            each for each in look_at(report, report.rows[at]).scores if each.name == "wrong_figure"
        )
        (score,) = found.scores
        return score.is_short

    assert is_short(7)
    assert not is_short(6)


def test_share_of_faults_is_shaded_as_it_is(report):
    table = heat_table(report, report.by_category)
    at = table.metrics.index("wrong_figure")
    levels = {row.name: row.cells[at].level for row in table.rows}
    assert levels == {"footnote": LEVELS, "lookup": LEVELS - 2}


@pytest.mark.parametrize(
    ("metric", "score", "lack"),
    [
        (Metric(lambda *_: 0), 0.25, 0.75),
        (Metric(lambda *_: 0, lower_is_better=True, is_fault=True), 0.25, 0.25),
        (Metric(lambda *_: 0, lower_is_better=True), 300.0, None),
    ],
)
def test_lack_is_the_distance_from_the_best(metric, score, lack):
    assert metric.lack(score) == lack
