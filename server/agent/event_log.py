"""The log of a run, as LangServe's Python client can read it."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.runnables import RunnableBinding
from langchain_core.tracers import RunLog, RunLogPatch


class WithReadableLog(RunnableBinding[Any, Any]):  # type: ignore[no-redef]  # its field `kwargs`
    """Leaves tool runs out of `astream_log`; `astream_events` has them.

    The client takes each part of a log with `"type": "tool"` for a ToolMessage and fails on it.
    """

    async def astream_log(  # type: ignore[override]  # one signature for the base's overloads
        self,
        *args: Any,  # noqa: ANN401  # as the base has it
        exclude_types: Sequence[str] | None = None,
        **options: Any,  # noqa: ANN401  # as the base has it
    ) -> AsyncIterator[RunLogPatch | RunLog]:
        kinds = [*(exclude_types or ()), "tool"]
        async for patch in super().astream_log(*args, exclude_types=kinds, **options):
            yield patch
