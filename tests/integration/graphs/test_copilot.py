"""The copilot's service on real Postgres: threads, approvals, durability, crashes."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from core.errors import ConflictError, NotFoundError, PermissionDeniedError, UnavailableError
from core.principal import Permission, Principal
from graphs.copilot.question import Question
from storage.run_events import StoredEvent
from storage.runs import RunStatus, TakenOverError
from storage.threads import ThreadRepository

QUESTION = Question(question="What was revenue?")


async def test_a_thread_goes_on(bench, script, principal):
    model = script("One.", "Two.")
    copilot = bench.copilot(model.chain)
    first = await copilot.ask(principal, QUESTION)
    again = QUESTION.model_copy(update={"thread_id": first.thread_id})
    second = await copilot.ask(principal, again)
    assert (first.answer, second.answer) == ("One.", "Two.")
    assert second.thread_id == first.thread_id
    assert [m.text for m in model.seen[1][1:]] == [QUESTION.question, "One.", QUESTION.question]


async def test_a_thread_is_its_subject_s_alone(bench, script, principal, stranger):
    copilot = bench.copilot(script("One.").chain)
    thread_id = (await copilot.ask(principal, QUESTION)).thread_id
    again = QUESTION.model_copy(update={"thread_id": thread_id})
    colleague = replace(principal, subject="bob")
    impostor = replace(stranger, subject=principal.subject)
    for other in (colleague, stranger, impostor):
        with pytest.raises(NotFoundError):
            await copilot.ask(other, again)
        with pytest.raises(NotFoundError):
            await copilot.resume(other, thread_id, {})
        with pytest.raises(NotFoundError):
            await anext(copilot.stream(other, again))
    with pytest.raises(NotFoundError):
        await copilot.ask(principal, QUESTION.model_copy(update={"thread_id": uuid4()}))


async def test_a_plain_turn_is_written_once(bench, script, principal, search, count):
    copilot = bench.copilot(script([search], [search], "Done.").chain)
    answer = await copilot.ask(principal, QUESTION)
    assert answer.usage["tool_calls"] == 2
    assert await count("checkpoints", principal, answer.thread_id) == 1


async def test_a_streamed_turn_is_written_once_and_answers_last(
    bench, script, principal, search, count
):
    copilot = bench.copilot(script([search], "Done.").chain)
    events = [event async for event in copilot.stream(principal, QUESTION)]
    *told, answer = events
    assert [event["type"] for event in told] == ["tool_started", "tool_finished", "token"]
    assert answer.answer == "Done."
    assert await count("checkpoints", principal, answer.thread_id) == 1


async def test_a_side_effect_is_approved_and_each_step_recorded(
    bench, script, principal, webhook, count
):
    await bench.register(principal)
    copilot = bench.copilot(script([webhook], "Sent.").chain)
    paused = await copilot.ask(principal, QUESTION)
    assert (paused.status, bench.sent) == ("awaiting_approval", [])
    before = await count("checkpoints", principal, paused.thread_id)
    (request,) = paused.approvals
    done = await copilot.resume(principal, paused.thread_id, {request.call_id: True})
    assert (done.status, done.answer, len(bench.sent)) == ("answered", "Sent.", 1)
    assert await count("checkpoints", principal, paused.thread_id) >= before + 3


async def test_a_call_left_out_is_refused(bench, script, principal, webhook):
    await bench.register(principal)
    copilot = bench.copilot(script([webhook], "Not sent.").chain)
    paused = await copilot.ask(principal, QUESTION)
    done = await copilot.resume(principal, paused.thread_id, {})
    assert (done.status, done.answer, bench.sent) == ("answered", "Not sent.", [])


async def test_what_can_not_be_resumed(bench, script, principal, webhook):
    await bench.register(principal)
    copilot = bench.copilot(script([webhook], "Sent.").chain)
    paused = await copilot.ask(principal, QUESTION)
    with pytest.raises(ConflictError, match="other"):
        await copilot.resume(principal, paused.thread_id, {"other": True})
    again = QUESTION.model_copy(update={"thread_id": paused.thread_id})
    with pytest.raises(ConflictError, match="waits for an approval"):
        await copilot.ask(principal, again)
    asker = replace(principal, permissions=frozenset({Permission.QUERY_DOCUMENT}))
    with pytest.raises(PermissionDeniedError, match="approve:action"):
        await copilot.resume(asker, paused.thread_id, {})
    await copilot.resume(principal, paused.thread_id, {paused.approvals[0].call_id: True})
    with pytest.raises(ConflictError, match="Nothing"):
        await copilot.resume(principal, paused.thread_id, {paused.approvals[0].call_id: True})
    assert len(bench.sent) == 1


async def test_a_crash_after_an_approval_goes_on_without_sending_twice(
    bench, script, principal, webhook, search
):
    await bench.register(principal)
    model = script([webhook], [search], "Done.")
    paused = await bench.copilot(model.chain).ask(principal, QUESTION)
    approvals = {paused.approvals[0].call_id: True}
    bench.broken = MemoryError("the process is gone")
    with pytest.raises(MemoryError):
        await bench.copilot(model.chain).resume(principal, paused.thread_id, approvals)
    assert len(bench.sent) == 1
    done = await bench.copilot(model.chain).resume(principal, paused.thread_id, {})
    assert (done.answer, len(bench.sent)) == ("Done.", 1)


async def test_a_crash_while_sending_repeats_with_the_same_id(bench, script, principal, webhook):
    await bench.register(principal)
    model = script([webhook], "Done.")
    paused = await bench.copilot(model.chain).ask(principal, QUESTION)
    approvals = {paused.approvals[0].call_id: True}
    bench.dies_sending = MemoryError()
    with pytest.raises(MemoryError):
        await bench.copilot(model.chain).resume(principal, paused.thread_id, approvals)
    await bench.copilot(model.chain).resume(principal, paused.thread_id, {})
    first, second = (request.headers["webhook-id"] for request in bench.sent)
    assert first == second


async def test_a_turn_that_failed_is_taken_back(bench, script, principal, search):
    model = script("One.", [search], "Two.")
    copilot = bench.copilot(model.chain)
    thread_id = (await copilot.ask(principal, QUESTION)).thread_id
    again = Question(question="And costs?", thread_id=thread_id)
    bench.broken = MemoryError("the process is gone")
    with pytest.raises(MemoryError):
        await copilot.ask(principal, again)
    assert (await copilot.ask(principal, again)).answer == "Two."
    shown = [message.text for message in model.seen[-1][1:]]
    assert shown == [QUESTION.question, "One.", "And costs?"]


async def test_a_first_turn_without_a_model_can_be_asked_again(bench, script, principal):
    model = script("One.", ConnectionError(), ConnectionError(), "Two.")
    copilot = bench.copilot(model.chain)
    thread_id = (await copilot.ask(principal, QUESTION)).thread_id
    again = QUESTION.model_copy(update={"thread_id": thread_id})
    for _ in range(2):
        with pytest.raises(UnavailableError):
            await copilot.ask(principal, again)
    assert (await copilot.ask(principal, again)).answer == "Two."


async def test_an_approved_turn_that_broke_off_is_resumed_not_forgotten(
    bench, script, principal, webhook, search
):
    await bench.register(principal)
    copilot = bench.copilot(script([webhook], [search], "Done.").chain)
    paused = await copilot.ask(principal, QUESTION)
    bench.broken = MemoryError("the process is gone")
    with pytest.raises(MemoryError):
        await copilot.resume(principal, paused.thread_id, {paused.approvals[0].call_id: True})
    with pytest.raises(ConflictError, match="resume it"):
        await copilot.ask(principal, QUESTION.model_copy(update={"thread_id": paused.thread_id}))
    assert (await copilot.resume(principal, paused.thread_id, {})).answer == "Done."


async def test_questions_need_a_permission_and_known_documents(bench, script, principal):
    copilot = bench.copilot(script("x").chain)
    nobody = Principal("jo", principal.organization_id, frozenset())
    with pytest.raises(PermissionDeniedError):
        await copilot.ask(nobody, QUESTION)
    with pytest.raises(NotFoundError):
        await copilot.ask(principal, QUESTION.model_copy(update={"document_ids": (uuid4(),)}))


@pytest.fixture
def gate(bench):
    bench.gate = asyncio.Event()
    return bench.gate


async def test_a_second_run_of_a_thread_waits(bench, script, principal, search, gate):
    copilot = bench.copilot(script([search], "One.", "Two.").chain)
    first = await copilot.start(principal, QUESTION)
    again = QUESTION.model_copy(update={"thread_id": first.thread_id})
    second = asyncio.create_task(copilot.ask(principal, again))
    await asyncio.sleep(0.1)
    assert not second.done()
    gate.set()
    assert (await asyncio.wait_for(second, 20)).answer == "Two."


async def test_or_it_is_refused(bench, script, principal, search, gate):
    copilot = bench.copilot(script([search], "One.").chain, queues=False)
    first = await copilot.start(principal, QUESTION)
    again = QUESTION.model_copy(update={"thread_id": first.thread_id})
    with pytest.raises(ConflictError, match="goes on"):
        await copilot.ask(principal, again)
    gate.set()
    await copilot.carrier.aclose()


async def test_a_run_that_is_cancelled_leaves_no_trace(bench, script, principal, search, gate):
    copilot = bench.copilot(script([search], "One.").chain)
    asked = asyncio.create_task(copilot.ask(principal, QUESTION))
    runs = []
    while not runs:
        await asyncio.sleep(0.02)
        rows = await ThreadRepository(bench.database).page(principal, 1)
        runs = await copilot.runs.of_thread(principal, rows[0].id) if rows else []
    await copilot.cancel(principal, runs[0].id)
    with pytest.raises(ConflictError, match="cancelled"):
        await asyncio.wait_for(asked, 20)
    assert await copilot.turns.broken_off(principal.organization_id, runs[0].thread_id) is None
    gate.set()
    again = QUESTION.model_copy(update={"thread_id": runs[0].thread_id})
    assert (await copilot.ask(principal, again)).answer == "One."


async def test_who_lost_a_run_stops(bench, script, principal, search, gate):
    """As if its process had slept while another one took the run over."""
    copilot = bench.copilot(script([search], "One.").chain)
    run = await copilot.start(principal, QUESTION)
    await copilot.runs.reopen(run)
    with pytest.raises(TakenOverError):
        await copilot.runs.append(run, [StoredEvent(1, "token", "{}")])
    with pytest.raises(TakenOverError):
        await copilot.runs.renew(run)
    with pytest.raises(TakenOverError):
        await copilot.runs.end(run, RunStatus.ANSWERED)
    gate.set()
    await copilot.carrier.aclose()
    assert (await copilot.runs.get(principal, run.id)).status is RunStatus.RUNNING
