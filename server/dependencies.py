"""What handlers are given: the runtime that the app was started with."""

from typing import Annotated

from fastapi import Depends, Request

from graphs.runtime import Runtime


def _runtime(request: Request) -> Runtime:
    runtime: Runtime = request.app.state.runtime
    return runtime


RuntimeDep = Annotated[Runtime, Depends(_runtime)]
