import pytest

from core.errors import InvalidInputError
from evals.baseline import Baseline
from evals.readme import END, README, START, rewrite, table


def line(suite, model, **metrics):
    sections = {"all_documents": {"n": 70, **metrics}}
    return {"suite": suite, "dataset": "samples", "model": model, "sections": sections}


def test_the_newest_figures_stand_side_by_side():
    history = [
        line("retrieval", "none", **{"page_hit@1": 0.75}),
        line("answers", "extractive", figure_correct=0.5),
        line("answers", "extractive", figure_correct=0.8, refused=None),
        line("answers", "scripted", figure_correct=0.7),
        line("answers", "groq:a", figure_correct=0.9) | {"dataset": "mine"},
    ]
    rows = table(history).splitlines()
    assert rows[0] == (
        "| on the sample filings | extractive, 70 questions | scripted, 70 questions |"
    )
    assert "| the page that answers is found first (`page_hit@1`) | 0.750 |  |" in rows
    assert "| the answer states the right figures (`figure_correct`) | 0.800 | 0.700 |" in rows


def test_only_what_stands_between_the_marks_is_written(tmp_path):
    baseline = Baseline(tmp_path / "baseline.json", README.parent / "evals" / "history.jsonl")
    (tmp_path / "README.md").write_text(f"before\n{START}\nold\n{END}\nafter\n")
    rewrite(tmp_path / "README.md", baseline)
    text = (tmp_path / "README.md").read_text()
    assert text.startswith(f"before\n{START}\n| on ")
    assert text.endswith(f"|\n{END}\nafter\n")
    assert "old" not in text


def test_the_figures_of_readme_are_those_that_were_accepted():
    made = f"{START}\n{table(Baseline().history())}\n{END}"
    assert made in README.read_text(encoding="utf-8")


def test_a_readme_without_marks_and_an_empty_history_are_refused(tmp_path):
    (tmp_path / "README.md").write_text("nothing")
    with pytest.raises(InvalidInputError, match="has no"):
        rewrite(tmp_path / "README.md")
    with pytest.raises(InvalidInputError, match="make accept"):
        table([])
