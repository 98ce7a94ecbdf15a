import json

import pytest
from rich.console import Console

from evals.gates import FLOORS, below_floor
from evals.report import Report, mean, print_report, write_report

REPORT = Report(
    "answers",
    "acme",
    {"all_documents": {"n": 2, "answered": 0.5, "figure_correct": None}},
    [{"id": "q1"}, {"id": "q2"}],
    {"models": ["extractive"]},
)


def test_the_json_holds_sections_notes_and_examples(tmp_path):
    write_report(REPORT, tmp_path / "new" / "out.json")
    assert json.loads((tmp_path / "new" / "out.json").read_text()) == {
        "suite": "answers",
        "dataset": "acme",
        "all_documents": {"n": 2, "answered": 0.5, "figure_correct": None},
        "models": ["extractive"],
        "examples": [{"id": "q1"}, {"id": "q2"}],
    }


def test_the_table_tells_a_metric_that_was_not_scored_from_a_zero():
    console = Console(width=80, record=True, quiet=False, file=None, force_terminal=False)
    with console.capture() as captured:
        print_report(REPORT, console)
    lines = {
        line.split("│")[1].strip(): line for line in captured.get().splitlines() if "│" in line
    }
    assert "none scored" in lines["figure_correct"]
    assert "0.500" in lines["answered"]


def test_a_mean_leaves_out_what_was_not_scored():
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([None]) is None


@pytest.mark.parametrize(
    ("floors", "failures"),
    [
        ("[answers.all_documents]\nanswered = 0.5", 0),
        ("[answers.all_documents]\nanswered = 0.51", 1),
        ("[answers.all_documents]\nfigure_correct = 0.0", 1),
        ("[retrieval.own_document]\n'mrr@10' = 0.9", 0),
    ],
)
def test_a_floor_holds_for_its_suite(tmp_path, floors, failures):
    (tmp_path / "gates.toml").write_text(floors)
    assert len(below_floor(REPORT, tmp_path / "gates.toml")) == failures


def test_a_floor_of_a_metric_that_does_not_exist_is_a_mistake(tmp_path):
    (tmp_path / "gates.toml").write_text("[answers.all_documents]\nanswred = 0.5")
    with pytest.raises(KeyError):
        below_floor(REPORT, tmp_path / "gates.toml")


def test_the_floors_can_be_read():
    assert below_floor(Report("unknown", "acme", {}, []), FLOORS) == []


def test_many_sections_stand_below_one_another():
    sections = {f"without part {at}": {"mrr@10": at / 10, "n": 3} for at in range(5)}
    console = Console(width=80, force_terminal=False)
    with console.capture() as captured:
        print_report(Report("ablation", "acme", sections, [], {"gain": {"mrr@10": 0.1}}), console)
    lines = captured.get().splitlines()
    assert [line for line in lines if "without part 3" in line and "0.300" in line]
    assert lines[-2:] == ["gain:", "  mrr@10: 0.1"]
