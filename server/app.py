"""The service: routes, middleware, and what runs as long as it does."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from core.settings import Settings
from graphs.runtime import Runtime, open_runtime
from server import problems
from server.access_log import AccessLog
from server.agent.router import serve_agent
from server.allowed_hosts import AllowedHosts, known_names
from server.api_docs.router import router as api_docs
from server.api_docs.router import static_files as api_docs_files
from server.approvals.router import router as approvals
from server.asking.router import router as asking
from server.audit.pseudonyms import Pseudonyms
from server.audit.recording import Recording
from server.audit.router import router as audit
from server.body_limit import BodyLimit
from server.documents.router import router as documents
from server.health.router import router as health
from server.home.router import router as home
from server.home.router import static_files as home_files
from server.identity.authentication import Authentication
from server.identity.router import router as identity
from server.jobs.router import router as jobs
from server.keys.router import router as keys
from server.limits.dependencies import count_write
from server.limits.failed_sign_ins import FailedSignIns
from server.limits.limits import Limits, Share
from server.openapi.document import complete_openapi, operation_id
from server.outdated_documents import report_outdated
from server.plain_input import PlainInput
from server.privacy.receipts import ReceiptSigner
from server.privacy.router import router as privacy
from server.request_id import RequestId
from server.runs.router import router as runs
from server.security_headers import SecurityHeaders
from server.stopping import Stopping
from server.threads.router import router as threads
from server.users.router import router as users
from server.versions.router import router as versions
from server.webhooks.inbound import router as inbound
from server.webhooks.router import router as webhooks
from storage.installation_key import installation_key
from storage.jobs import end

logger = logging.getLogger(__name__)


EXPOSED = ("ratelimit", "ratelimit-policy", "retry-after", "x-request-id")
"""Headers that a page of FRONTEND_ORIGINS may read."""
OnStart = Callable[[Runtime], Awaitable[None]]


def create_app(
    settings: Settings, *, worker: bool = True, on_start: OnStart | None = None
) -> FastAPI:
    """The service as an ASGI app; Postgres starts with its lifespan.

    Args:
        settings: of this process.
        worker: whether documents are indexed in this process too.
        on_start: runs beside the first requests.
    """
    beside: list[OnStart] = [_warm_up, report_outdated]
    if worker:
        beside.append(lambda runtime: runtime.queue.work_on())
    if on_start:
        beside.append(on_start)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_runtime(settings) as runtime:
            app.state.runtime = runtime
            async with (
                aclosing(app.state.authentication),
                aclosing(app.state.limits),
                _background(each(runtime) for each in beside),
            ):
                yield

    app = FastAPI(
        title="AI Financial Copilot",
        version=version("ai-financial-copilot"),
        lifespan=lifespan,
        docs_url=None,  # server/api_docs has them, without a CDN
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    key = installation_key(settings.data_dir, settings.secret_key)
    app.state.authentication = Authentication(settings, key)
    app.state.receipts = ReceiptSigner(key)
    app.state.limits = Limits(settings)
    app.state.public_url = settings.public_url
    own = [settings.public_url.rstrip("/")] if settings.public_url else []
    app.state.origins = frozenset([*settings.frontend_origins, *own])
    counted_routers = (threads, runs, approvals, documents, versions, jobs, webhooks, keys, users)
    for router in counted_routers:
        app.include_router(router, dependencies=[Depends(count_write)])
    for router in (asking, inbound, audit, identity, privacy, health, home, api_docs):
        app.include_router(router)
    app.mount("/home", home_files)
    app.mount("/docs/assets", api_docs_files)
    serve_agent(app)
    problems.install(app)
    complete_openapi(app)
    app.add_middleware(Stopping)
    app.add_middleware(Share)
    app.add_middleware(FailedSignIns, count=app.state.limits.failed_sign_in)
    app.add_middleware(Recording, pseudonyms=Pseudonyms(key))
    app.add_middleware(PlainInput)
    app.add_middleware(BodyLimit, max_upload_bytes=settings.max_upload_megabytes * 2**20)
    if settings.frontend_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.frontend_origins),
            allow_credentials=True,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=["authorization", "content-type", "last-event-id", "x-api-key"],
            expose_headers=EXPOSED,
        )
    app.add_middleware(AllowedHosts, names=known_names(settings))
    app.add_middleware(SecurityHeaders)
    app.add_middleware(AccessLog)
    app.add_middleware(RequestId)
    if settings.trusted_proxies:
        networks = [str(network) for network in settings.trusted_proxies]
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=networks)
    return app


@asynccontextmanager
async def _background(jobs: Iterable[Awaitable[None]]) -> AsyncIterator[None]:
    """Run what goes on while the service answers, and stop it with the service."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        yield
    finally:
        await asyncio.gather(*map(end, tasks))


async def _warm_up(runtime: Runtime) -> None:
    try:
        await runtime.embeddings.warm_up()
    except Exception:  # an endpoint may come up later: /ready tells
        logger.exception("the embedding model could not be loaded")
