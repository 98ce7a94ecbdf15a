import pytest
from unit.evals.pages.runs import DATASET, header, row, store

from core.errors import InvalidInputError
from evals.baseline import Baseline
from evals.judging import KEY
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.report import Report
from evals.suites.answers import ANSWERS


@pytest.fixture
def baseline(tmp_path):
    return Baseline(tmp_path / "baseline.json")


def rows_of(correct: float):
    return [row(at, figure_correct=correct) for at in range(11)]


def test_the_newest_complete_run_of_a_kind_is_shown_and_the_others_are_its_trend(
    tmp_path, baseline
):
    store(tmp_path, rows_of(0.5), days=1, commit="first")
    store(tmp_path, rows_of(0.75), days=2, commit="second")
    store(tmp_path, rows_of(1.0), days=3, commit="second")
    store(tmp_path, rows_of(1.0)[:4], days=4, commit="third")
    store(tmp_path, days=5, model="groq:a")
    found = collect(tmp_path, DATASET, baseline)
    shown, other = found.runs
    assert (shown.report.header.model, other.report.header.model) == ("extractive", "groq:a")
    assert [each.commit for each in shown.points] == ["first", "second"]
    assert [p.means["all_documents figure_correct"] for p in shown.points] == [0.5, 1.0]
    (left_out,) = found.left_out
    assert left_out.endswith("the run broke off after 4 of 11 answers.")


def test_accepted_runs_are_part_of_the_trend_of_their_kind(tmp_path, baseline):
    for model in ("extractive", "groq:a"):
        accepted = header(commit="accepted", model=model, digest=5)
        baseline.accept(Report(ANSWERS, DATASET, accepted, rows_of(0.25)))
    store(tmp_path / "results", days=1)
    (shown,) = collect(tmp_path / "results", DATASET, baseline).runs
    old, new = shown.points
    assert (old.commit, old.is_accepted, old.digest) == ("accepted", True, 5)
    assert (new.commit, new.is_accepted) == ("0123456789ab", False)
    assert old.means["all_documents figure_correct"] == 0.25


def test_a_suite_that_is_gone_is_left_out_with_a_word(tmp_path, baseline):
    store(tmp_path)
    store(tmp_path, suite="guessing", days=1)
    (line,) = collect(tmp_path, DATASET, baseline).left_out
    assert line.endswith("there is no suite guessing any more.")


def test_a_folder_without_a_complete_run_is_refused(tmp_path, baseline):
    with pytest.raises(InvalidInputError, match=r"holds no complete run"):
        collect(tmp_path / "none", DATASET, baseline)
    store(tmp_path, rows_of(1.0)[:4])
    with pytest.raises(InvalidInputError, match=r"broke off after 4 of 11"):
        collect(tmp_path, DATASET, baseline)


def test_a_judges_scores_are_shown_without_the_judge(tmp_path, baseline):
    key = f"all_documents {KEY}"
    rows = [each.model_copy(update={"scores": {**each.scores, key: 0.5}}) for each in rows_of(1.0)]
    store(tmp_path, rows, judge="groq:judge")
    (run,) = contents_of(collect(tmp_path, DATASET, baseline), baseline).runs
    judged = {each.name: each for each in run.sections["all_documents"]}[KEY]
    assert judged.estimate.mean == 0.5


def test_what_stands_in_the_products_place_is_held_against_nothing(tmp_path, baseline):
    store(tmp_path, rows_of(0.0), suite="retrieval", model="plain")
    (run,) = contents_of(collect(tmp_path, DATASET, baseline), baseline).runs
    assert (run.failures, run.verdict) == ([], "not held")
    assert run.unheld.startswith("plain stands in the product's place")


def test_the_product_comes_before_what_it_is_compared_with(tmp_path, baseline):
    for day, model in enumerate(("any other", "none", "without dense")):
        store(tmp_path, suite="retrieval", model=model, days=day)
    runs = collect(tmp_path, DATASET, baseline).runs
    assert [each.report.header.model for each in runs] == ["none", "any other", "without dense"]


def test_a_score_that_could_not_be_made_stops_a_run(tmp_path, baseline):
    broken = {"all_documents figure_correct": "ZeroDivisionError: no figure"}
    rows = [*rows_of(1.0)[:10], rows_of(1.0)[10].model_copy(update={"errors": broken})]
    store(tmp_path, rows)
    contents = contents_of(collect(tmp_path, DATASET, baseline), baseline)
    assert contents.verdict == "1 of 1 run would be stopped by the gate."
    (line,) = contents.runs[0].failures
    assert line == "answers: scores that couldn't be made, and count as 0: 1."
