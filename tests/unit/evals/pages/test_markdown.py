import pytest
from unit.evals.pages.runs import DATASET, example, header, row, store

from evals.baseline import Baseline
from evals.datasets import Dataset
from evals.pages import markdown as shortened
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.pages.markdown import markdown, plain
from evals.pages.numbers import MINUS
from evals.report import Report
from evals.suites.answers import ANSWERS


def summary(folder, dataset, before, after, models=("extractive",)):
    """Args: before, after: an example's figure_correct by its place."""
    baseline = Baseline(folder / "baseline.json")
    count = len(dataset.examples)
    for day, model in enumerate(models):
        told = {"digest": dataset.digest, "examples": count, "model": model}
        accepted = [row(at, figure_correct=before(at)) for at in range(count)]
        baseline.accept(Report(ANSWERS, dataset, header(**told), accepted))
        now = [row(at, figure_correct=after(at)) for at in range(count)]
        store(folder / "results", now, days=day, **told)
    return markdown(contents_of(collect(folder / "results", dataset, baseline), baseline))


def test_the_verdict_is_its_first_line_and_a_table_follows(tmp_path):
    lines = summary(tmp_path, DATASET, lambda at: 1.0, lambda at: 1.0).splitlines()
    assert lines[0] == "✅ The gate lets it pass: 1 run."
    (correct,) = [line for line in lines if "figure_correct" in line]
    assert correct == (
        "| answers | extractive | `all_documents figure_correct` | 1.000 | 1.000 to 1.000 "
        "| unchanged |"
    )


def test_what_got_worse_is_told_with_its_examples_folded(tmp_path):
    text = summary(tmp_path, DATASET, lambda at: 1.0, lambda at: float(at % 2))
    assert text.startswith("❌ 1 of 1 run would be stopped by the gate.\n\n- answers ")
    (correct,) = [line for line in text.splitlines() if "| `all_documents figure_correct`" in line]
    assert "**misses ≥ 0.76**" in correct
    assert f"**worse**, {MINUS}0.500 (" in correct
    summary_line, *_ = [line for line in text.splitlines() if line.startswith("<details>")]
    assert "5 worse, 0 better</summary>" in summary_line
    assert "- worse: q04: What was revenue 4?" in text
    assert text.count("<details>") == text.count("</details>") == 1


def test_it_stays_within_its_bound_whatever_is_run(tmp_path, monkeypatch):
    assert shortened.LIMIT <= 60_000
    monkeypatch.setattr(shortened, "LIMIT", 4_300)
    long = "?<b>|" * 300
    many = Dataset("acme", (), tuple(example(at, question=long) for at in range(40)))
    models = [f"groq:{at}" for at in range(3)]
    text = summary(tmp_path, many, lambda at: 1.0, lambda at: 0.0, models)
    assert len(text) <= shortened.LIMIT
    assert text.startswith("❌ 3 of 3 runs")
    assert "more\n" in text
    assert text.endswith("The rest is left out; the page of `copilot eval report` has it.\n")
    assert text.count("<details>") == text.count("</details>") >= 1


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x>",
        "a | b",
        "`x`",
        "[a](b)",
        "*a*",
        "_a_",
        "~a~",
        "$1 and $2",
        "<!-- a -->",
        "a\nb",
    ],
)
def test_a_text_means_nothing_to_markdown(text):
    told = plain(text)
    assert not set(told) & set("<>|`[]*~$\n")
    assert not told.startswith("_")


@pytest.mark.parametrize("text", ["@someone", "see #12", "http://x.example", "www.x.example"])
def test_nobody_is_mentioned_and_nothing_is_linked(text):
    assert "&#8203;" in plain(text)


def test_figures_and_names_stay_readable():
    assert plain("page_hit of ACME_2022.pdf: (1,404) -7.2%") == (
        "page_hit of ACME_2022.pdf: (1,404) -7.2%"
    )


def test_a_long_text_is_cut():
    assert plain("a" * 500, 10) == "aaaaaaaaa…"
