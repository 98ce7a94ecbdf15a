"""call_model and call_tools in turn, until the model answers or its limits end it."""

import pytest
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from unit.ledger import Ledger, Report

from core.errors import UnavailableError
from core.principal import Permission, Principal
from graphs.copilot.context import Limits
from graphs.copilot.nodes.call_model import WRAP_UP
from graphs.copilot.nodes.call_tools import OVER_LIMIT
from graphs.copilot.prompt import system_prompt
from tools_registry.evidence import shown_numbers
from tools_registry.figure_lines import read_figure_lines

REPORT = Report(
    "ACME_2022_10K.pdf",
    (
        """
                      Consolidated Statements of Operations
                                 (in millions)
                                             Years ended December 31,
                                               2022          2021
Total revenues                                  $12           $11
Income tax expense                                1             1
Net income                                       $2            $2
""",
    ),
    company="ACME Corp.",
)


def search(query="revenue"):
    return ("search_documents", {"query": query})


def results(state):
    return [message for message in state["messages"] if isinstance(message, ToolMessage)]


async def test_a_turn_searches_and_then_answers(rig, script, passage):
    found = passage("Revenue was 12.")
    rig.found["revenue"] = [found]
    model = script([search()], "It was 12 [1].")
    state = await rig.build(model.chain).ask()
    kinds = [message.type for message in state["messages"]]
    assert kinds == ["human", "ai", "tool", "ai"]
    assert state["messages"][-1].text == "It was 12 [1]."
    assert state["passages"] == [found]
    assert "Revenue was 12." in results(state)[0].text
    assert model.seen[0][0] == model.seen[1][0] == system_prompt()
    assert (
        model.offered == [["search_documents", "look_up_figures", "calculate", "send_webhook"]] * 2
    )


async def test_tools_act_for_the_run_s_principal_on_its_documents(rig, script):
    only = (rig.principal.organization_id,)
    await rig.build(script([search()], "none").chain).ask(documents=only)
    assert rig.searches == [(rig.principal, "revenue", only)]


async def test_parallel_calls_are_numbered_in_their_order(rig, script, passage):
    rig.found = {"a": [passage("A1"), passage("A2")], "b": [passage("B1")]}
    state = await rig.build(script([search("a"), search("b"), search("a")], "ok").chain).ask()
    assert [p.text for p in state["passages"]] == ["A1", "A2", "B1"]
    first, second, again = (message.text for message in results(state))
    assert 'id="1"' in first
    assert 'id="2"' in first
    assert 'id="3"' in second
    assert shown_numbers(again) == shown_numbers(first) == [1, 2]


async def test_numbers_go_on_in_the_next_turn(rig, script, passage):
    rig.found = {"a": [passage("A1")], "b": [passage("B1")]}
    rig.build(script([search("a")], "x [1]", [search("b"), search("a")], "y").chain)
    await rig.ask()
    state = await rig.ask("And then?")
    assert 'id="2"' in results(state)[1].text
    assert 'id="1"' in results(state)[2].text
    assert [p.text for p in state["passages"]] == ["A1", "B1"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("buy_shares", {}), "There is no tool 'buy_shares'. Use one of: search_documents"),
        (("search_documents", {"q": 1}), "The arguments don't fit."),
        (("calculate", {"expression": "1/0"}), ""),
    ],
)
async def test_what_the_model_can_mend_is_told_to_it(rig, script, call, said):
    state = await rig.build(script([call], "sorry").chain).ask()
    (result,) = results(state)
    assert result.status == "error"
    assert said in result.text
    assert state["messages"][-1].text == "sorry"


async def test_a_tool_that_breaks_ends_the_run(rig, script, monkeypatch):
    async def out(*_, **__):
        raise UnavailableError("The database is out of reach.")

    monkeypatch.setattr(type(rig), "search", out)
    with pytest.raises(UnavailableError):
        await rig.build(script([search()], "never").chain).ask()


async def test_the_last_step_gets_no_tools_and_is_told_to_wrap_up(rig, script):
    rig.limits = Limits(steps=3)
    model = script([search("a")], [search("b")], "That is all I have.")
    state = await rig.build(model.chain).ask()
    assert model.offered[-1] == []
    assert model.seen[-1][-1] == WRAP_UP
    assert WRAP_UP not in state["messages"]
    assert state["messages"][-1].text == "That is all I have."


async def test_a_tool_call_made_while_wrapping_up_is_not_kept(rig, script):
    rig.limits = Limits(steps=2)
    state = await rig.build(script([search()]).chain).ask()
    last = state["messages"][-1]
    assert (last.tool_calls, last.response_metadata["finish_reason"]) == ([], "limit")
    assert len(rig.searches) == 1


async def test_tool_calls_over_the_limit_are_not_run(rig, script):
    rig.limits = Limits(tool_calls=3)
    model = script([search("a"), search("b")], [search("c"), search("d")], "done")
    state = await rig.build(model.chain).ask()
    assert [query for _, query, _ in rig.searches] == ["a", "b", "c"]
    assert results(state)[-1].text == OVER_LIMIT
    assert model.offered[-1] == []


async def test_a_run_out_of_tokens_asks_no_model(rig, script):
    rig.limits = Limits(tokens=150)
    model = script([search()], tokens=100)
    state = await rig.build(model.chain).ask()
    assert len(model.seen) == 2
    last = state["messages"][-1]
    assert last.response_metadata == {
        "model": "none",
        "finish_reason": "limit",
        "prompt_version": "system.v3",
    }
    assert "150 tokens" in last.text


async def test_limits_count_a_turn_not_the_thread(rig, script):
    rig.limits = Limits(steps=2, tool_calls=1)
    model = script([search()], "one", [search()], "two")
    rig.build(model.chain)
    await rig.ask()
    state = await rig.ask()
    assert state["messages"][-1].text == "two"
    assert len(rig.searches) == 2


async def test_a_principal_without_the_permission_is_offered_no_tool(rig, script):
    rig.principal = Principal("jo", rig.principal.organization_id, frozenset())
    model = script([search()], "I can't.")
    state = await rig.build(model.chain).ask()
    assert model.offered == [[], []]
    assert rig.searches == []
    assert results(state)[0].status == "error"


async def test_there_is_no_default_principal(rig, script):
    rig.build(script("hi").chain)
    assert Permission.QUERY_DOCUMENT in rig.principal.permissions
    with pytest.raises(ValueError, match="RunContext"):
        await rig.graph.ainvoke({"messages": [HumanMessage("hi")]}, rig.config)


async def test_an_answer_says_who_wrote_it(rig, script):
    state = await rig.build(script("hi").chain).ask()
    answer = state["messages"][-1]
    assert type(answer) is AIMessage
    assert answer.response_metadata["model"] == "scripted"


async def test_figure_ids_go_on_in_the_next_turn(rig, script):
    rig.ledger = Ledger(REPORT)

    def look_up(item):
        return ("look_up_figures", {"item": item, "periods": ["FY2022"]})

    model = script(
        [look_up("revenue")], "12 [1]", [look_up("net income"), look_up("revenue")], "2 [1]"
    )
    rig.build(model.chain)
    await rig.ask()
    state = await rig.ask("And net income?")
    revenue, income, again = (read_figure_lines(each.text)[0] for each in results(state))
    assert [each.id for each in (revenue, income, again)] == ["F1", "F2", "F1"]
    assert [figure.label for figure in state["figures"]] == ["Total revenues", "Net income"]
    assert len(state["passages"]) == 1


async def test_figures_of_side_by_side_calls_are_numbered_in_their_order(rig, script):
    rig.ledger = Ledger(REPORT)
    items = ["net income", "revenue", "net income"]
    calls = [("look_up_figures", {"item": item, "periods": ["FY2022"]}) for item in items]
    state = await rig.build(script(calls, "ok").chain).ask()
    ids = [read_figure_lines(each.text)[0].id for each in results(state)]
    assert ids == ["F1", "F2", "F1"]


async def test_calculator_takes_the_ids_that_the_thread_was_shown(rig, script):
    rig.ledger = Ledger(REPORT)
    look_up = ("look_up_figures", {"item": "revenue", "periods": ["FY2021", "FY2022"]})
    grown = ("calculate", {"expression": "growth(F1, F2)"})
    unseen = ("calculate", {"expression": "F1 + F3"})
    rig.build(script([look_up], "11 and 12", [grown, unseen], "9.09 %").chain)
    await rig.ask()
    state = await rig.ask("How much did it grow?")
    _, result, refused = results(state)
    assert '"9.09 %"' in result.text
    assert refused.status == "error"
    assert "F3 was not shown" in refused.text
