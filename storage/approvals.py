"""Tool calls that wait for a person, and who may let which tool act."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.principal import Permission, Principal
from storage.database import Database
from storage.outbox import EventType, publish
from storage.run_events import StoredEvent
from storage.runs import (
    Run,
    RunStatus,
    append_events,
    close_run,
    reopen_run,
)

EXPIRE_APPROVALS = "expire_approvals"
"""The job that ends what nobody decided in time."""
EVERY_MINUTE = "* * * * *"
DEFAULT_HOURS = 72


class Rule(StrEnum):
    """Who decides on a tool's calls."""

    AUTOMATIC = "automatic"
    """Nobody, unless text of a document was in sight: such a call is for the caller to decide."""
    CALLER = "caller"
    """Who asked the question."""
    SOMEONE_ELSE = "someone_else"
    """Anybody with the permission but who asked."""


class ApprovalStatus(StrEnum):
    """Where an approval stands."""

    PENDING = "pending"
    """A person has to decide."""
    APPROVED = "approved"
    """The stored payload is carried out."""
    REJECTED = "rejected"
    """A person said no; `reason` may say why."""
    EXPIRED = "expired"
    """Nobody decided in time, which means no."""


@dataclass(frozen=True)
class Policy:
    """What an organization has settled about a tool."""

    tool: str
    rule: Rule = Rule.CALLER
    expires_hours: int = DEFAULT_HOURS


@dataclass(frozen=True)
class Proposal:
    """A tool call before anybody decided."""

    step: str
    """The model's message that asks for it."""
    call_id: str
    tool: str
    arguments: dict[str, Any]
    payload: str
    tainted: bool
    """Whether text of a document was in the context before the model asked for the call."""


@dataclass(frozen=True)
class Approval:
    """A row."""

    id: UUID
    thread_id: UUID
    run_id: UUID
    step: str
    call_id: str
    tool: str
    arguments: dict[str, Any]
    payload: str
    """Byte for byte what is carried out."""
    tainted: bool
    rule: Rule
    requested_by: str
    requested_for: str
    """The person behind `requested_by`: the same, or whom an API key acts for."""
    status: ApprovalStatus
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    created_at: datetime
    expires_at: datetime

    def refuse_unless_theirs(self, principal: Principal) -> None:
        """Raises: PermissionDeniedError: somebody else decides on this one."""
        principal.require(Permission.APPROVE_ACTION)
        is_own = self.requested_for == principal.person
        if is_own and self.rule is Rule.SOMEONE_ELSE:
            raise PermissionDeniedError(
                "Somebody else has to decide on this: you asked for it, or a key of yours did."
            )
        if not is_own and self.rule is not Rule.SOMEONE_ELSE:
            raise PermissionDeniedError("Only who asked for this can decide on it.")


@dataclass(frozen=True)
class Decision:
    """What a person decided."""

    approved: bool
    reason: str = ""
    arguments: dict[str, Any] | None = None
    """Edited; None for those that were shown."""
    payload: str | None = None
    """Made of the edited arguments."""


def approval_id(run_id: UUID, step: str, call_id: str) -> UUID:
    """The same for the same call."""
    return uuid5(run_id, f"{step}/{call_id}")


class ApprovalRepository:
    """Every call is one transaction, bound to the principal's organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def pause(
        self, run: Run, proposals: Sequence[Proposal], events: Sequence[StoredEvent]
    ) -> bool:
        """Store what a run wants to do, and have it wait for whoever decides.

        Returns: whether it waits; if policy has decided on all of it, the run goes on.

        Raises:
            TakenOverError: nothing was written.
        """
        async with self._database.transaction(run.organization_id) as connection:
            policies = await _policies(connection)
            await append_events(connection, run, ())
            waits = False
            for each in proposals:
                waits = await _store(connection, run, each, policies) or waits
            if waits:
                await append_events(connection, run, events)
                await close_run(connection, run, RunStatus.AWAITING_APPROVAL)
            return waits

    async def of_run(self, organization_id: UUID, run_id: UUID) -> list[Approval]:
        """In the order in which they were asked for."""
        query = text(f"{_SELECT} where run_id = :run_id order by created_at, id")
        async with self._database.transaction(organization_id) as connection:
            rows = await connection.execute(query, {"run_id": run_id})
            return [_to_approval(row) for row in rows.mappings()]

    async def pending(self, run: Run) -> list[Approval]:
        """What a run waits for."""
        asked = await self.of_run(run.organization_id, run.id)
        return [each for each in asked if each.status is ApprovalStatus.PENDING]

    async def visible(self, principal: Principal, status: ApprovalStatus | None) -> list[Approval]:
        """What the principal asked for, and what is theirs to decide; newest first."""
        values = {**_who(principal), "status": status}
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(text(_VISIBLE), values)
            return [_to_approval(row) for row in rows.mappings()]

    async def get(self, principal: Principal, approval: UUID) -> Approval:
        """Raises: NotFoundError: there is none that the principal may see."""
        async with self._database.transaction(principal) as connection:
            return await _get(connection, principal, approval)

    async def decide(self, principal: Principal, decisions: Mapping[UUID, Decision]) -> Run | None:
        """Decide on calls of one run, all or none.

        Returns: the run once nothing of it waits any more: the caller holds it from now on.

        Raises:
            NotFoundError: there is no such approval that the principal may see.
            PermissionDeniedError: it is somebody else's to decide.
            ConflictError: it was decided before, or has expired.
        """
        run_id = None
        async with self._database.transaction(principal) as connection:
            for each, decision in sorted(decisions.items()):
                approval = await _get(connection, principal, each, lock=True)
                approval.refuse_unless_theirs(principal)
                await _decide(connection, approval, decision, principal.subject)
                run_id = approval.run_id
            return None if run_id is None else await _go_on(connection, run_id)

    async def expire(self, organization_id: UUID) -> list[Run]:
        """End what nobody decided in time.

        Returns: the runs that wait for nothing more: the caller holds them from now on.
        """
        async with self._database.transaction(organization_id) as connection:
            waited = set((await connection.execute(text(_EXPIRE))).scalars())
            runs = [await _go_on(connection, run_id) for run_id in sorted(waited)]
            return [run for run in runs if run is not None]

    async def policies(self, organization_id: UUID) -> dict[str, Policy]:
        """By tool; what isn't there is as `Policy` says."""
        async with self._database.transaction(organization_id) as connection:
            return await _policies(connection)

    async def settle(self, organization_id: UUID, policy: Policy) -> None:
        """Let a policy count for calls from now on."""
        values = {
            "organization_id": organization_id,
            "tool": policy.tool,
            "rule": policy.rule,
            "expires_hours": policy.expires_hours,
        }
        async with self._database.transaction(organization_id) as connection:
            await connection.execute(text(_SETTLE), values)


async def _store(
    connection: AsyncConnection, run: Run, proposal: Proposal, policies: Mapping[str, Policy]
) -> bool:
    """Returns: whether a person has to decide."""
    policy = policies.get(proposal.tool, Policy(proposal.tool))
    rule = policy.rule
    if rule is Rule.AUTOMATIC and proposal.tainted:
        rule = Rule.CALLER
    waits = rule is not Rule.AUTOMATIC
    row = {
        "organization_id": run.organization_id,
        "id": approval_id(run.id, proposal.step, proposal.call_id),
        "thread_id": run.thread_id,
        "run_id": run.id,
        "step": proposal.step,
        "call_id": proposal.call_id,
        "tool": proposal.tool,
        "arguments": json.dumps(proposal.arguments),
        "payload": proposal.payload,
        "tainted": proposal.tainted,
        "rule": rule,
        "requested_by": run.subject,
        "status": ApprovalStatus.PENDING if waits else ApprovalStatus.APPROVED,
        "decided_by": None if waits else "policy",
        "hours": policy.expires_hours,
    }
    await connection.execute(text(_INSERT), row)
    if waits:
        told = ("id", "tool", "thread_id", "run_id", "rule", "tainted")
        data = {name: row[name] for name in told}
        await publish(connection, run.organization_id, EventType.APPROVAL_REQUESTED, data)
    return waits


async def _decide(
    connection: AsyncConnection, approval: Approval, decision: Decision, subject: str
) -> None:
    if approval.status is not ApprovalStatus.PENDING:
        raise ConflictError(f"This is decided: it was {approval.status} before. Nothing was done.")
    values = {
        "id": approval.id,
        "status": ApprovalStatus.APPROVED if decision.approved else ApprovalStatus.REJECTED,
        "subject": subject,
        "reason": decision.reason,
        "arguments": json.dumps(decision.arguments) if decision.arguments is not None else None,
        "payload": decision.payload,
    }
    decided = await connection.execute(text(_DECIDE), values)
    if decided.rowcount == 0:
        raise ConflictError("This has expired: ask again. Nothing was done.")


async def _go_on(connection: AsyncConnection, run_id: UUID) -> Run | None:
    waiting = await connection.execute(text(_STILL_WAITS), {"run_id": run_id})
    if waiting.first() is not None:
        return None
    return await reopen_run(connection, run_id)


async def _get(
    connection: AsyncConnection, principal: Principal, approval: UUID, *, lock: bool = False
) -> Approval:
    query = _GET + (" for update of approvals" if lock else "")
    values = {"id": approval, **_who(principal)}
    row = (await connection.execute(text(query), values)).mappings().first()
    if row is None:
        raise NotFoundError(f"No such approval: {approval}. GET /approvals lists yours.")
    return _to_approval(row)


def _who(principal: Principal) -> dict[str, Any]:
    return {
        "subject": principal.subject,
        "person": principal.person,
        "decides": principal.may(Permission.APPROVE_ACTION),
    }


async def _policies(connection: AsyncConnection) -> dict[str, Policy]:
    rows = await connection.execute(text("select tool, rule, expires_hours from approval_policies"))
    return {tool: Policy(tool, Rule(rule), hours) for tool, rule, hours in rows}


def _to_approval(row: RowMapping) -> Approval:
    columns = {name: row[name] for name in Approval.__dataclass_fields__}
    return Approval(
        **columns | {"rule": Rule(row["rule"]), "status": ApprovalStatus(row["status"])}
    )


_PERSON = """
coalesce((select acts_for from api_keys where 'key:' || api_keys.id = requested_by), requested_by)
"""
_SELECT = f"select approvals.*, {_PERSON} as requested_for from approvals"  # noqa: S608  # our own words
_MAY_SEE = f"""
(requested_by = :subject
    or cast(:decides as boolean) and (rule = 'someone_else' or {_PERSON} = :person))
"""
_GET = f"{_SELECT} where id = :id and {_MAY_SEE}"
_VISIBLE = f"""
{_SELECT} where {_MAY_SEE}
    and (cast(:status as text) is null or status = cast(:status as text))
order by created_at desc, id limit 500
"""
_INSERT = """
insert into approvals (organization_id, id, thread_id, run_id, step, call_id, tool, arguments,
    payload, tainted, rule, requested_by, status, decided_by, decided_at, expires_at)
values (:organization_id, :id, :thread_id, :run_id, :step, :call_id, :tool,
    cast(:arguments as jsonb), :payload, :tainted, :rule, :requested_by, :status, :decided_by,
    case when cast(:decided_by as text) is null then null else now() end,
    now() + make_interval(hours => :hours))
on conflict (id) do nothing
"""
_DECIDE = """
update approvals set status = :status, decided_by = :subject, decided_at = now(), reason = :reason,
    arguments = coalesce(cast(:arguments as jsonb), arguments),
    payload = coalesce(cast(:payload as text), payload)
where id = :id and status = 'pending' and expires_at > now()
"""
_EXPIRE = """
update approvals set status = 'expired', decided_at = now()
where status = 'pending' and expires_at <= now()
returning run_id
"""
_STILL_WAITS = "select 1 from approvals where run_id = :run_id and status = 'pending' limit 1"
_SETTLE = """
insert into approval_policies (organization_id, tool, rule, expires_hours)
values (:organization_id, :tool, :rule, :expires_hours)
on conflict (organization_id, tool) do update
    set rule = excluded.rule, expires_hours = excluded.expires_hours
"""
