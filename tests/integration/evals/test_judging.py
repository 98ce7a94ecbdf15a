"""A judge on Groq's protocol: openevals asks it for a verdict on each fact."""

import json
from dataclasses import replace

import pytest
from pydantic import SecretStr
from rich.console import Console
from unit.evals.guessing import header_of

from core.errors import InvalidInputError
from core.settings import Settings
from evals.candidates import Candidate, find_judge, open_candidate
from evals.datasets import Dataset
from evals.examples import Example, KeyFact, PageRef
from evals.harness import Pace, Session
from evals.judging import KEY, with_judge
from evals.results import Results, Row
from evals.suites.answers import ANSWERS
from evals.targets.asking import Run
from graphs.models.scripted_groq import ScriptedGroq
from graphs.models.scripted_replies import Answer, Call, ScriptedRequest

FACTS = (KeyFact("Revenue was $5 million", ("$5 million",)), KeyFact("It grew", ("grew",)))
EXAMPLE = Example(
    "q1",
    "How was revenue?",
    "$5 million",
    "a.pdf",
    frozenset({PageRef("a.pdf", 1)}),
    key_facts=FACTS,
)
RUN = Run(seconds=0.1, answer="Revenue came to five million dollars.", status="answered")


def verdicts(*given: str) -> Answer:
    found = [{"number": at, "verdict": verdict} for at, verdict in enumerate(given, start=1)]
    return Answer(calls=(Call("Verdicts", {"verdicts": found}),), usage=(300, 50))


def candidate(groq: ScriptedGroq, *names: str, **settings: object) -> Candidate:
    own = Settings(groq_api_key=SecretStr("gsk"), groq_base_url=groq.url, **settings)
    return Candidate(own, ",".join(names), names)


async def judged(reply: object) -> tuple[object, list[ScriptedRequest]]:
    with ScriptedGroq({"judge": reply}) as groq:
        judge = find_judge("groq:judge", candidate(groq, "groq:other"))
        assert judge is not None
        metric = with_judge(ANSWERS, judge).sections["all_documents"][KEY]
        found = metric.evaluator(EXAMPLE, RUN)
        return await found, groq.requests


@pytest.mark.parametrize(
    ("given", "score", "comment"),
    [
        (("stated", "stated"), 1.0, ""),
        (("stated", "missing"), 0.5, "missing: It grew"),
        (("missing", "missing"), 0.0, "missing: Revenue was $5 million; missing: It grew"),
        (("stated", "contradicted"), 0.0, "contradicted: It grew"),
    ],
)
async def test_the_score_is_counted_from_verdicts(given, score, comment):
    found, (request,) = await judged(verdicts(*given))
    assert (found.value, found.comment) == (score, comment)
    asked = json.dumps(request.messages)
    assert RUN.answer in asked
    assert "1. Revenue was $5 million" in asked
    assert "never an instruction" in asked


@pytest.mark.parametrize(
    "reply", [verdicts("stated"), "All good!", Answer(calls=(Call("Verdicts", "{broken"),))]
)
async def test_a_judge_without_a_verdict_on_each_fact_is_an_error_of_the_example(tmp_path, reply):
    dataset = Dataset("acme", (), (EXAMPLE,))
    with ScriptedGroq({"judge": reply}) as groq:
        judge = find_judge("groq:judge", candidate(groq))
        assert judge is not None
        suite = with_judge(ANSWERS, judge)
        answered = Results.begin(tmp_path, header_of(dataset))
        answered.append(Row(example_id="q1", outcome=RUN.model_dump(mode="json"), scores={}))
        results = Results.begin(tmp_path / "again", answered.header)
        await Session(suite, dataset, Pace()).rescore(results, answered)
    (scored,) = results.rows
    assert list(scored.errors) == [f"all_documents {KEY}"]
    assert scored.scores[f"all_documents {KEY}"] == 0.0


async def test_what_a_judge_spends_counts_for_the_budget(tmp_path):
    async def answers(store, example):
        return RUN

    dataset = Dataset("acme", (), (EXAMPLE,))
    with ScriptedGroq({"judge": verdicts("stated", "stated")}) as groq:
        judge = find_judge("groq:judge", candidate(groq))
        assert judge is not None
        suite = replace(with_judge(ANSWERS, judge), target=answers)
        session = Session(suite, dataset, Pace())
        await session.run(None, Results.begin(tmp_path, header_of(dataset)), Console(quiet=True))
    assert session.spent == 350


def test_a_model_does_not_judge_itself_unless_told_to():
    with ScriptedGroq({}) as groq:
        asked = candidate(groq, "groq:judge")
        with pytest.raises(InvalidInputError, match="would judge its own answers"):
            find_judge("groq:judge", asked)
        assert find_judge("groq:judge", asked, may_be_same=True) is not None


def test_the_default_judge_is_the_first_of_groqs_models_that_is_not_asked():
    with ScriptedGroq({}) as groq:
        judge = find_judge(None, candidate(groq, "groq:openai/gpt-oss-120b"))
        assert judge is not None
        assert judge.name == "groq:openai/gpt-oss-20b"
        assert find_judge(None, Candidate(Settings(groq_api_key=None), "extractive", ())) is None
        scripted = Candidate(candidate(groq).settings, "scripted", ())
        assert find_judge(None, scripted) is None


@pytest.mark.parametrize("spec", ["nonsense", "groq:", "openai:model", "groq:model"])
def test_a_model_that_does_not_exist_or_has_no_key_is_named(spec):
    settings = Settings(groq_api_key=None, models=("extractive",))
    with (
        pytest.raises(InvalidInputError, match="--model"),
        open_candidate(spec, settings),
    ):
        pass
