"""LangServe's playground, by a route of ours: LangServe's own decompresses a query parameter."""

from pathlib import Path
from typing import Any, cast

import langserve
from fastapi import APIRouter, Response
from langchain_core.runnables import Runnable
from langserve.playground import serve_playground
from pydantic import BaseModel

from core.errors import NotFoundError

_FOLDER = Path(langserve.__file__).parent / "playground" / "dist"
FILES = frozenset(
    path.relative_to(_FOLDER).as_posix() for path in _FOLDER.rglob("*") if path.is_file()
)
"""Nothing but these is ever opened, whatever a path says."""


def playground_router(runnable: Runnable[Any, Any], config_keys: tuple[str, ...]) -> APIRouter:
    """The page at `/playground/`, with its files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/playground/{path:path}")
    async def playground(path: str) -> Response:
        file = path or "index.html"
        if file not in FILES:
            raise NotFoundError("The playground has no such file. Open /agent/playground/.")
        served: Response = await serve_playground(
            runnable,
            cast("type[BaseModel]", runnable.get_input_schema()),
            cast("type[BaseModel]", runnable.get_output_schema()),
            config_keys,
            "/agent/playground",
            file,
            feedback_enabled=False,
            public_trace_link_enabled=False,
            playground_type="default",
        )
        if file.startswith("assets/"):  # a new version has new names
            served.headers["cache-control"] = "private, max-age=86400"
        return served

    return router
