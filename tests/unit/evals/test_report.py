import json
from dataclasses import replace

import pytest
from rich.console import Console
from unit.evals.guessing import DATASET, header_of, is_right, suite_of

from evals.examples import Category
from evals.report import Report, print_report, print_rows, write_json
from evals.results import Row
from evals.suite import Metric


def row(at, repetition=0, **scores):
    named = {f"all {name}": score for name, score in scores.items()}
    return Row(
        example_id=f"q{at:02}",
        repetition=repetition,
        outcome={"guess": str(at), "seconds": 0.5},
        scores=named,
        comments={"all right": "why"} if at == 0 else {},
    )


HARD = replace(
    DATASET,
    examples=(
        *DATASET.examples[:2],
        replace(DATASET.examples[2], category=Category.FOOTNOTE),
    ),
)
SUITE = suite_of(right=Metric(is_right), never=Metric(is_right))
REPORT = Report(
    SUITE,
    HARD,
    header_of(HARD, notes={"failed_documents": ["b.pdf"]}),
    [row(2, right=0.0), row(0, right=1.0), row(1, right=1.0)],
)


def lines_of(show, *arguments):
    console = Console(width=100, force_terminal=False)
    with console.capture() as captured:
        show(*arguments, console)
    return captured.get().splitlines()


def test_the_json_holds_sections_intervals_notes_and_examples_in_their_order(tmp_path):
    write_json(REPORT.to_json(), tmp_path / "new" / "out.json")
    found = json.loads((tmp_path / "new" / "out.json").read_text())
    assert found["suite"] == "guessing"
    assert found["all"] == {"n": 3, "right": 0.6667, "never": None}
    assert found["by_category"]["footnote"] == {"n": 1, "right": 0.0, "never": None}
    assert found["failed_documents"] == ["b.pdf"]
    assert found["run"]["commit"] == "0123456789ab"
    low, high = found["intervals"]["all right"]
    assert 0 <= low < 0.6667 < high <= 1
    assert [each["id"] for each in found["examples"]] == ["q00", "q01", "q02"]
    first = found["examples"][0]
    assert (first["guess"], first["gold"]) == ("0", "0")
    assert first["comments"] == {"all right": "why"}
    assert first["evidence_pages"] == ["a.pdf, page 1"]


def test_the_table_tells_a_metric_that_was_not_scored_from_a_zero():
    lines = lines_of(print_report, REPORT)
    (never,) = [line for line in lines if "never" in line and "none scored" in line]
    assert never
    assert any("0.667 [" in line for line in lines)
    assert any("footnote" in line and "0.000" in line for line in lines)
    assert lines[-1] == "failed_documents: ['b.pdf']"


def test_repetitions_count_as_one_example():
    rows = [row(0, 0, right=1.0), row(0, 1, right=0.0), row(1, 0, right=1.0)]
    report = Report(SUITE, HARD, header_of(HARD, repetitions=2), rows)
    assert report.scores("all right") == {"q00": 0.5, "q01": 1.0}
    assert report.sections["all"]["right"] == 0.75


@pytest.mark.parametrize("name", ["without part 3", "everything"])
def test_many_rows_stand_below_one_another(name):
    rows = {f"without part {at}": {"mrr@10": at / 10, "n": 3} for at in range(5)}
    lines = lines_of(print_rows, "ablation", rows | {"everything": {"mrr@10": 0.3, "n": 3}})
    assert [line for line in lines if name in line and "0.300" in line]
