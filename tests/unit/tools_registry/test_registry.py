"""The table of tools: every row says what it may do, and the model sees the truth about it."""

from dataclasses import FrozenInstanceError, replace
from uuid import uuid4

import pytest

from core.principal import Permission, Principal
from tools_registry.registry import Registry
from tools_registry.spec import Approval, SideEffect, ToolSpec

NAMES = ["search_documents", "look_up_figures", "calculate", "send_webhook"]


def test_the_product_s_tools(registry):
    assert list(registry) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_complete(registry, name):
    spec = registry[name]
    assert spec.name == name
    assert isinstance(spec.permission, Permission)
    assert isinstance(spec.side_effect, SideEffect)
    assert isinstance(spec.approval, Approval)
    assert 0 < spec.timeout_seconds <= 60


@pytest.mark.parametrize("name", NAMES)
def test_the_model_reads_the_docstring_and_the_input_schema(registry, name):
    spec = registry[name]
    function = spec.definition()["function"]
    assert function["name"] == name
    assert len(function["description"]) > 100
    assert function["description"].splitlines()[0] == spec.describe.__doc__.splitlines()[0]
    assert function["parameters"] == spec.input.model_json_schema()
    assert function["parameters"]["additionalProperties"] is False
    assert all(field.get("description") for field in function["parameters"]["properties"].values())


@pytest.mark.parametrize("name", NAMES)
def test_no_schema_lets_the_model_say_who_acts_or_where(registry, name):
    fields = {field.lower() for field in registry[name].input.model_fields}
    assert not fields & {"principal", "organization_id", "subject", "url", "path", "document_ids"}


def test_only_the_webhook_has_a_side_effect_and_it_asks_first(registry):
    rows = {name: (spec.side_effect, spec.approval) for name, spec in registry.items()}
    assert rows.pop("send_webhook") == (SideEffect.EXTERNAL, Approval.ALWAYS)
    assert set(rows.values()) == {(SideEffect.NONE, Approval.NEVER)}


def test_a_side_effect_that_asks_nobody_is_refused(registry):
    with pytest.raises(ValueError, match="asks nobody"):
        replace(registry["send_webhook"], approval=Approval.NEVER)


def test_two_tools_of_one_name_are_refused(registry):
    with pytest.raises(ValueError, match="same name"):
        Registry((registry["calculate"], registry["calculate"]))


def test_a_principal_is_offered_what_its_permissions_allow(registry):
    admin: ToolSpec = replace(
        registry["calculate"], name="admin", permission=Permission.MANAGE_WEBHOOKS
    )
    table = Registry((*registry.values(), admin))

    def offered(*permissions):
        principal = Principal("jo", uuid4(), frozenset(permissions))
        return [row["function"]["name"] for row in table.definitions_for(principal)]

    assert offered() == []
    assert offered(Permission.QUERY_DOCUMENT) == NAMES
    assert offered(Permission.MANAGE_WEBHOOKS) == ["admin"]


def test_a_row_can_not_be_changed(registry):
    with pytest.raises(FrozenInstanceError):
        registry["send_webhook"].approval = Approval.NEVER
