"""Writes an entry for each request of a known caller, before it is answered."""

import logging
from http import HTTPStatus

import psycopg
import sqlalchemy.exc
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.errors import UnavailableError
from server.audit.caller import Caller
from server.audit.pseudonyms import Pseudonyms
from server.problems import MEDIA_TYPE, problem
from server.request_id import current_request_id
from storage.audit_log import AuditLog, NewEntry

logger = logging.getLogger(__name__)
UNRECORDED = (
    "What you asked for was carried out or refused, but could not be recorded, so its answer is "
    "withheld. Look at the state before you ask again."
)


class Recording:
    """ASGI middleware. An answer that can't be recorded is not given.

    But for "try again": the database is away, which is why neither could be done.
    """

    def __init__(self, app: ASGIApp, pseudonyms: Pseudonyms) -> None:
        self._app = app
        self._pseudonyms = pseudonyms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        withheld = False

        async def recording(message: Message) -> None:
            nonlocal withheld
            if message["type"] == "http.response.start" and "caller" in scope["state"]:
                recorded = await self._record(scope, message["status"])
                withheld = not (recorded or message["status"] == HTTPStatus.SERVICE_UNAVAILABLE)
                if withheld:
                    answer = problem(UnavailableError(UNRECORDED))
                    await JSONResponse(answer, 503, media_type=MEDIA_TYPE)(scope, receive, send)
            if not withheld:
                await send(message)

        await self._app(scope, receive, recording)

    async def _record(self, scope: Scope, status: int) -> bool:
        caller: Caller = scope["state"]["caller"]
        client = scope.get("client")
        entry = NewEntry(
            caller.principal.subject,
            caller.action,
            caller.target,
            str(status),
            self._pseudonyms(client[0]) if client else "",
            current_request_id(),
        )
        log = AuditLog(scope["app"].state.runtime.database)
        try:
            await log.append(caller.principal.organization_id, entry)
        except (psycopg.Error, sqlalchemy.exc.SQLAlchemyError, OSError):
            logger.exception("an audit entry could not be written")
            return False
        return True
