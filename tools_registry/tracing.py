"""Tool calls and searches as runs that LangChain's callbacks see.

So `astream_events`, LangSmith and any other tracer show them with name, input and output. Where no
handler listens, which is the usual case, none of this costs more than a look at the config.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from langchain_core.callbacks import AsyncCallbackManager, BaseCallbackManager
from langchain_core.messages import ToolCall, ToolMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import (
    get_async_callback_manager_for_config,
    patch_config,
    set_config_context,
    var_child_runnable_config,
)

from core.principal import Principal
from knowledge.langchain_retriever import to_document
from knowledge.passages import Passage
from tools.search_documents import PassageSearch

Result = TypeVar("Result")


async def traced(
    call: ToolCall,
    work: Callable[[], Coroutine[Any, Any, Result]],
    show: Callable[[Result], ToolMessage],
) -> Result:
    """The result of `work`, run as a tool; runs that it begins are that run's children.

    Args:
        call: its name and arguments are the run's.
        work: carries the call out. An error that ends the run is passed on.
        show: the run's output. A call that failed in a way that the model can mend has a message
            with the status `error`, and no `on_tool_error`, as with LangChain's own tools.
    """
    config = _traced_config()
    if config is None:
        return await work()
    run = await _manager(config).on_tool_start(
        {"name": call["name"]},
        str(call["args"]),
        name=call["name"],
        inputs=call["args"],
        tool_call_id=call["id"],
    )
    try:
        with set_config_context(patch_config(config, callbacks=run.get_child())) as context:
            result = await asyncio.create_task(work(), context=context)
    except BaseException as error:
        await run.on_tool_error(error, tool_call_id=call["id"])
        raise
    await run.on_tool_end(show(result), name=call["name"])
    return result


class TracedSearch:
    """A search that is run as a retriever, by the tool that asks for it."""

    def __init__(self, search: PassageSearch) -> None:
        self._search = search

    async def search(
        self,
        principal: Principal,
        query: str,
        *,
        limit: int,
        document_ids: Sequence[UUID] | None,
        as_of: datetime | None,
    ) -> list[Passage]:
        async def find() -> list[Passage]:
            return await self._search.search(
                principal, query, limit=limit, document_ids=document_ids, as_of=as_of
            )

        config = _traced_config()
        if config is None:
            return await find()
        run = await _manager(config).on_retriever_start(None, query, name="retriever")
        try:
            passages = await find()
        except BaseException as error:
            await run.on_retriever_error(error)
            raise
        await run.on_retriever_end([to_document(passage) for passage in passages])
        return passages


def _manager(config: RunnableConfig) -> AsyncCallbackManager:
    callbacks = config.get("callbacks")
    if isinstance(callbacks, AsyncCallbackManager):  # in a graph it is made already
        return callbacks
    return get_async_callback_manager_for_config(config)


def _traced_config() -> RunnableConfig | None:
    """The surrounding run's config, if a handler listens to it."""
    config = var_child_runnable_config.get()
    callbacks = config.get("callbacks") if config else None
    handlers = callbacks.handlers if isinstance(callbacks, BaseCallbackManager) else callbacks
    return config if handlers else None
