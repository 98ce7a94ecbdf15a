"""The copilot for LangGraph Studio: the same graph, tools and store, under its checkpointer.

`langgraph dev` calls the factory for each run, so what it needs is opened once for a process.
"""

import asyncio
import signal
import threading
from contextlib import AsyncExitStack

from core.principal import local_principal
from core.settings import load_settings
from graphs.copilot.graph import StudioGraph, build_studio_graph
from graphs.copilot.prompt import load_prompt
from graphs.runtime import open_runtime

_OPENED: dict[asyncio.AbstractEventLoop, asyncio.Task[StudioGraph]] = {}
_STACK = AsyncExitStack()
"""Never closed: what is open lives as long as the process, whose exit stops embedded Postgres."""


async def copilot() -> StudioGraph:
    """The graph, acting for the laptop's own user: whoever can start Studio owns the machine."""
    loop = asyncio.get_running_loop()
    if loop not in _OPENED:
        _OPENED[loop] = loop.create_task(_open())
    return await asyncio.shield(_OPENED[loop])


async def _open() -> StudioGraph:
    _exit_cleanly_on_sigterm()
    settings = await asyncio.to_thread(load_settings)
    prompt = await asyncio.to_thread(load_prompt, settings.system_prompt)
    runtime = await _STACK.enter_async_context(open_runtime(settings))
    return build_studio_graph(runtime.models, runtime.registry, local_principal(), prompt=prompt)


def _exit_cleanly_on_sigterm() -> None:
    """Treat SIGTERM as SIGINT, after which Python runs its exit handlers.

    uvicorn raises the signal that it was stopped by again once it has shut down: SIGTERM then ends
    the process before the embedded Postgres is stopped.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
