"""Approvals over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from server.approvals.schemas import DecisionIn, PolicyIn
from server.approvals.service import decided, policies_of, require_tool
from server.dependencies import RuntimeDep
from server.identity.dependencies import ApprovalManager, Approver, Reader
from storage.approvals import Approval, ApprovalStatus, Policy

router = APIRouter(tags=["approvals"])


@router.get("/approvals")
async def list_approvals(
    runtime: RuntimeDep,
    principal: Reader,
    status: Annotated[ApprovalStatus | None, Query()] = None,
) -> list[Approval]:
    """What you asked for, and what is yours to decide; newest first."""
    return await runtime.approvals.visible(principal, status)


@router.get("/approvals/{approval_id}")
async def show_approval(runtime: RuntimeDep, principal: Reader, approval_id: UUID) -> Approval:
    """One of them, with exactly what would be carried out."""
    return await runtime.approvals.get(principal, approval_id)


@router.post("/approvals/{approval_id}")
async def decide_approval(
    runtime: RuntimeDep, principal: Approver, approval_id: UUID, said: DecisionIn
) -> Approval:
    """Decide. Approved bytes are carried out once; a second decision does nothing and gets 409.

    Once nothing of its run waits any more, the run goes on: listen at `/runs/{run_id}/events`.
    """
    approval = await runtime.approvals.get(principal, approval_id)
    decision = await decided(runtime.registry, principal, approval, said)
    await runtime.copilot.decide(principal, {approval_id: decision})
    return await runtime.approvals.get(principal, approval_id)


@router.get("/approval-policies")
async def list_policies(runtime: RuntimeDep, principal: ApprovalManager) -> list[Policy]:
    """Who decides on the calls of each tool that has a side effect."""
    settled = await runtime.approvals.policies(principal.organization_id)
    return policies_of(runtime.registry, settled)


@router.put("/approval-policies/{tool}")
async def settle_policy(
    runtime: RuntimeDep,
    principal: ApprovalManager,
    tool: Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")],
    policy: PolicyIn,
) -> Policy:
    """Change it, for calls from now on."""
    require_tool(runtime.registry, tool)
    settled = Policy(tool, policy.rule, policy.expires_hours)
    await runtime.approvals.settle(principal.organization_id, settled)
    return settled
