"""On langsmith's `aevaluate`, in a process that can reach no network."""

import asyncio
import time
from dataclasses import replace

import pytest
from rich.console import Console
from unit.evals.guessing import DATASET, Guess, examples, guessing, header_of, is_right, suite_of

from core.errors import CopilotError
from evals.harness import BudgetSpentError, Pace, Session
from evals.report import Report
from evals.results import Results, broken_off
from evals.suite import Metric, Score

CONSOLE = Console(quiet=True)


async def run(suite, folder, pace=None, results=None, dataset=DATASET, **header) -> Results:
    results = results or Results.begin(folder, header_of(dataset, **header))
    await Session(suite, dataset, pace or Pace()).run(None, results, CONSOLE)
    return results


async def test_each_example_is_asked_scored_and_stored(tmp_path, capfd):
    results = await run(suite_of(guessing(lambda example: example.id != "q01")), tmp_path)
    scores = {row.example_id: row.scores["all right"] for row in results.rows}
    assert scores == {"q00": 1.0, "q01": 0.0, "q02": 1.0}
    assert Results.read(results.path).rows == results.rows
    assert results.rows[0].outcome["guess"] == "0"
    assert capfd.readouterr() == ("", "")


async def test_a_score_may_say_why_and_not_apply(tmp_path):
    async def explained(example, outcome):
        await asyncio.sleep(0)
        return Score(0.5, "half of it") if example.id == "q00" else None

    results = await run(suite_of(why=Metric(explained)), tmp_path)
    first = next(row for row in results.rows if row.example_id == "q00")
    assert (first.scores, first.comments) == ({"all why": 0.5}, {"all why": "half of it"})
    assert [row.scores for row in results.rows if row is not first] == [{}, {}]


async def test_an_evaluator_that_raises_is_an_error_never_a_pass_and_the_run_goes_on(tmp_path):
    def broken(example, outcome):
        if example.id == "q01":
            raise ZeroDivisionError("no figure")
        return float("nan") if example.id == "q02" else 1.0

    suite = suite_of(broken=Metric(broken), right=Metric(is_right))
    results = await run(suite, tmp_path)
    report = Report(suite, DATASET, results.header, results.rows)
    assert sorted(report.errors) == [
        "q01: all broken: ZeroDivisionError: no figure",
        "q02: all broken: the score is nan",
    ]
    assert report.sections["all"] == {"n": 3, "broken": 0.3333, "right": 1.0}


async def test_a_target_that_raises_is_an_error_of_its_example(tmp_path):
    async def fails(store, example):
        if example.id == "q01":
            raise RuntimeError("a bug\nof two lines")
        return Guess(seconds=0.1, guess=example.answer)

    suite = suite_of(fails)
    results = await run(suite, tmp_path)
    report = Report(suite, DATASET, results.header, results.rows)
    assert any("RuntimeError" in each and "a bug" in each for each in report.errors)
    assert report.sections["all"]["right"] == 0.6667


async def test_repetitions_are_told_apart_and_averaged(tmp_path):
    asked: dict[str, int] = {}

    async def wavering(store, example):
        asked[example.id] = asked.get(example.id, 0) + 1
        guess = example.answer if asked[example.id] % 2 else "?"
        return Guess(seconds=0.1, guess=guess)

    suite = suite_of(wavering)
    results = await run(suite, tmp_path, repetitions=4)
    assert sorted((row.example_id, row.repetition) for row in results.rows) == [
        (example.id, at) for example in DATASET.examples for at in range(4)
    ]
    report = Report(suite, DATASET, results.header, results.rows)
    assert report.scores("all right") == {"q00": 0.5, "q01": 0.5, "q02": 0.5}


async def test_a_run_stops_at_its_budget_and_goes_on_with_a_larger_one(tmp_path):
    with pytest.raises(BudgetSpentError, match=r"20 tokens are spent, 2 of 3"):
        await run(suite_of(), tmp_path, Pace(budget_tokens=15))
    (path,) = tmp_path.glob("*.jsonl")
    cut = Results.read(path)
    assert len(cut.rows) == 2
    with pytest.raises(BudgetSpentError):
        await run(suite_of(), tmp_path, Pace(budget_tokens=20), results=cut)
    await run(suite_of(), tmp_path, Pace(budget_tokens=21), results=Results.read(path))
    rows = Results.read(path).rows
    assert sorted(row.example_id for row in rows) == ["q00", "q01", "q02"]


async def test_what_is_stored_already_is_not_asked_again(tmp_path):
    results = await run(suite_of(), tmp_path, repetitions=2)
    kept = results.rows[:4]
    left = Results.begin(tmp_path / "cut", results.header)
    for row in kept:
        left.append(row)
    asked = []

    async def noted(store, example):
        asked.append(example.id)
        return Guess(seconds=0.1, guess=example.answer)

    await run(suite_of(noted), tmp_path, results=left)
    assert len(asked) == 2
    assert left.is_complete
    assert len({(row.example_id, row.repetition) for row in left.rows}) == 6


async def test_what_found_no_model_is_asked_again_when_a_run_is_gone_on_with(tmp_path):
    async def unreachable(store, example):
        if example.id == "q01":
            return Guess(seconds=0.1, guess="", failure="No model could answer.")
        return Guess(seconds=0.1, guess=example.answer)

    results = await run(suite_of(unreachable), tmp_path)
    assert results.is_complete
    gone_on = broken_off(tmp_path, results.header)
    await run(suite_of(), tmp_path, results=gone_on)
    assert {row.example_id: row.scores["all right"] for row in gone_on.rows} == {
        "q00": 1.0,
        "q01": 1.0,
        "q02": 1.0,
    }
    assert len(results.path.read_text().splitlines()) == 1 + 3 + 1
    read = Results.read(results.path)
    assert sorted(read.rows, key=str) == sorted(gone_on.rows, key=str)
    assert not read.has_gaps


async def test_as_many_are_under_way_as_were_asked_for(tmp_path):
    under_way, most, three = 0, 0, asyncio.Barrier(3)

    async def slow(store, example):
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await three.wait()
        under_way -= 1
        return Guess(seconds=0.1, guess=example.answer)

    dataset = replace(DATASET, examples=examples(12))
    await run(suite_of(slow), tmp_path, Pace(concurrency=3), dataset=dataset)
    assert most == 3


async def test_questions_are_begun_no_faster_than_was_asked_for(tmp_path):
    start = time.monotonic()
    await run(suite_of(), tmp_path, Pace(per_minute=600, concurrency=3))
    assert time.monotonic() - start >= 0.2  # 3 questions at 10 a second, the first at once or not


async def test_stored_answers_are_scored_again_without_asking(tmp_path):
    answered = await run(suite_of(guessing(lambda example: example.id != "q01")), tmp_path)

    async def never(store, example):
        raise AssertionError("asked")

    again = suite_of(never, wrong=Metric(lambda example, out: 1 - is_right(example, out)))
    results = Results.begin(tmp_path / "again", answered.header)
    await Session(again, DATASET, Pace()).rescore(results, answered)
    report = Report(again, DATASET, results.header, results.rows)
    assert report.scores("all wrong") == {"q00": 0.0, "q01": 1.0, "q02": 0.0}


def test_a_spent_budget_is_something_a_caller_can_mend():
    assert issubclass(BudgetSpentError, CopilotError)
