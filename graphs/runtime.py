"""Puts the product together from settings. Every face starts here, and so does Studio."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

import httpx

from core.clock import SystemClock
from core.errors import NotFoundError
from core.principal import Principal
from core.settings import Settings
from core.telemetry import hide_content_from_traces
from graphs.checkpointer import OrganizationCheckpointer
from graphs.copilot.carrier import Carrier
from graphs.copilot.context import Limits
from graphs.copilot.graph import build_graph
from graphs.copilot.prompt import load_prompt
from graphs.copilot.service import Copilot
from graphs.copilot.threads import Threads
from graphs.copilot.turns import Turns
from graphs.database import open_database
from graphs.forgetting import Forgetting
from graphs.models.chain import ModelChain
from graphs.models.provided_model import ProviderSettings
from graphs.models.providers import build_chain, default_specs
from knowledge.chunking.chunker import Chunker
from knowledge.comparison import Comparison
from knowledge.embeddings.choose import endpoint_embeddings, local_embeddings, torch_embeddings
from knowledge.embeddings.lazy import LazyEmbeddings
from knowledge.embeddings.model import tokenizer_file
from knowledge.embeddings.precision import Precision
from knowledge.figures.lookup import FigureLookup
from knowledge.index import ChunkIndex
from knowledge.ingestion import Ingestion
from knowledge.ingestion import Limits as UploadLimits
from knowledge.pdf.gate import InspectionGate
from knowledge.pdf.ocr import is_available
from knowledge.places import Places
from knowledge.reindexing import VersionReindexing
from knowledge.retrieval import Retriever
from knowledge.search.reranking import EndpointReranker
from storage.approvals import EVERY_MINUTE, EXPIRE_APPROVALS, ApprovalRepository
from storage.audit_log import AuditLog, NewEntry
from storage.blobs import BlobStore
from storage.database import Database
from storage.deletion import DELETE_BLOB, Deletion
from storage.documents import INDEX_VERSION, DocumentRepository
from storage.erasure import Erasure
from storage.feedback import FeedbackRepository
from storage.installation_key import installation_key
from storage.job_administration import JobAdministration
from storage.jobs import JobQueue
from storage.notifications import Notifications
from storage.organizations import all_organizations
from storage.outbox import DELIVER
from storage.pages import PageRepository
from storage.personal_data import PersonalDataRepository, Sealing
from storage.reindexing import REINDEX_VERSION, Reindexing
from storage.retention import APPLY_RETENTION, EVERY_HOUR, Expired, Retention
from storage.runs import CARRY_OUT, RunRepository
from storage.temporary import TemporaryFiles
from storage.threads import ThreadRepository
from storage.version_history import VersionHistory
from storage.webhook_endpoints import WebhookEndpointRepository
from tools.outbound.addresses import Reach
from tools.outbound.client import OutboundClient
from tools.outbound.delivering import Delivering
from tools.outbound.outbox import Outbox
from tools_registry.registry import Ports, Registry, build_registry


@dataclass(frozen=True)
class Runtime:
    """The parts that faces use."""

    database: Database
    documents: DocumentRepository
    history: VersionHistory
    comparison: Comparison
    endpoints: WebhookEndpointRepository
    outbound: OutboundClient
    embeddings: LazyEmbeddings
    index: ChunkIndex
    retriever: Retriever
    places: Places
    personal: PersonalDataRepository
    ingestion: Ingestion
    blobs: BlobStore
    deletion: Deletion
    erasure: Erasure
    retention: Retention
    queue: JobQueue
    jobs: JobAdministration
    reindexing: Reindexing
    notifications: Notifications
    models: ModelChain
    registry: Registry
    copilot: Copilot
    threads: Threads
    approvals: ApprovalRepository
    feedback: FeedbackRepository


@asynccontextmanager
async def open_runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """Start or reach Postgres, bring its schema up to date, and wire the product on it.

    Raises:
        ConfigurationError: a setting is wrong, or something it names can't be reached.
    """
    hide_content_from_traces()
    # A key that can't be used is told before anything is started.
    await asyncio.to_thread(installation_key, settings.data_dir, settings.secret_key)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(settings))
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=10.0))
        # In threads: they read and write files, and build TLS contexts.
        files = TemporaryFiles.open(settings.data_dir / "tmp")
        temporary = await asyncio.to_thread(stack.enter_context, files)
        runtime = await asyncio.to_thread(_assemble, settings, database, http, temporary)
        await stack.enter_async_context(runtime.notifications.listening())
        await stack.enter_async_context(aclosing(runtime.copilot.carrier))
        yield runtime


def build_models(settings: Settings) -> ModelChain:
    """The chain that the settings name, or the default one."""
    specs = settings.models or default_specs(groq_api_key_present=settings.groq_api_key is not None)
    return build_chain(specs, provider_settings(settings), clock=SystemClock())


def provider_settings(settings: Settings) -> ProviderSettings:
    """How the models' providers are reached."""
    return ProviderSettings(
        groq_api_key=settings.groq_api_key,
        groq_base_url=settings.groq_base_url,
        openai_api_key=settings.openai_api_key,
        connect_seconds=settings.model_connect_seconds,
        first_token_seconds=settings.model_first_token_seconds,
        idle_seconds=settings.model_idle_seconds,
    )


def _assemble(
    settings: Settings, database: Database, http: httpx.AsyncClient, temporary: TemporaryFiles
) -> Runtime:
    documents, history = DocumentRepository(database), VersionHistory(database)
    pages = PageRepository(database)
    endpoints = WebhookEndpointRepository(database)
    embeddings = _embeddings(settings)
    index = ChunkIndex(database, embeddings)
    reranker = EndpointReranker(http, settings.reranker_url) if settings.reranker_url else None
    retriever = Retriever(database, embeddings, reranker)
    blobs = BlobStore.open(settings.blob_url, settings.data_dir / "blobs")
    deletion = Deletion(database, blobs)
    chunker = Chunker(tokenizer_file())
    upload = UploadLimits(settings.max_upload_megabytes * 2**20, settings.max_pages)
    reads_scans = settings.ocr == "auto" and is_available()
    key = installation_key(settings.data_dir, settings.secret_key)
    personal = PersonalDataRepository(database, Sealing(key))
    ingestion = Ingestion(
        documents,
        blobs,
        index,
        chunker,
        upload,
        personal=personal,
        temporary=temporary,
        inspections=InspectionGate(settings.inspections_at_once),
        reads_scans=reads_scans,
    )
    models = build_models(settings)
    notifications = Notifications(database)
    outbound = OutboundClient(Reach(settings.webhook_networks))
    registry = build_registry(
        Ports(retriever, Outbox(database, notifications), FigureLookup(database))
    )
    checkpointer = OrganizationCheckpointer(database)
    prompt = load_prompt(settings.system_prompt)
    graph = build_graph(models, registry, prompt=prompt, checkpointer=checkpointer)
    limits = Limits(
        settings.max_steps,
        settings.max_tool_calls,
        settings.max_tokens,
        settings.max_history_tokens,
    )
    turns = Turns(graph, limits)
    copilot = build_copilot(
        database,
        turns,
        notifications,
        queues=settings.busy_threads == "queue",
        runs_at_once=settings.limit_runs_at_once,
    )
    queue = JobQueue(database, indexing_at_once=settings.indexing_at_once)
    reindexing = Reindexing(database, personal)
    again = VersionReindexing(documents, ingestion.indexing, index, reindexing)
    _register(queue, database, ingestion, again, deletion, copilot)
    queue.register(DELIVER, Delivering(database, outbound).run)
    return Runtime(
        database=database,
        documents=documents,
        history=history,
        comparison=Comparison(history, pages),
        endpoints=endpoints,
        outbound=outbound,
        embeddings=embeddings,
        index=index,
        retriever=retriever,
        places=Places(pages),
        personal=personal,
        ingestion=ingestion,
        blobs=blobs,
        deletion=deletion,
        erasure=Erasure(database, deletion, Forgetting(checkpointer.serde)),
        retention=Retention(database),
        queue=queue,
        jobs=JobAdministration(database),
        reindexing=reindexing,
        notifications=notifications,
        models=models,
        registry=registry,
        copilot=copilot,
        threads=Threads(turns, ThreadRepository(database)),
        approvals=ApprovalRepository(database),
        feedback=FeedbackRepository(database),
    )


def build_copilot(
    database: Database,
    turns: Turns,
    notifications: Notifications,
    *,
    queues: bool = True,
    runs_at_once: int | None = None,
) -> Copilot:
    """The copilot over a graph, whose runs this process carries out."""
    runs, approvals = RunRepository(database), ApprovalRepository(database)
    carrier = Carrier(runs, approvals, turns, notifications)
    documents = DocumentRepository(database)
    return Copilot(
        turns,
        carrier,
        runs,
        approvals=approvals,
        documents=documents,
        notifications=notifications,
        queues=queues,
        runs_at_once=runs_at_once,
    )


def _embeddings(settings: Settings) -> LazyEmbeddings:
    if settings.embeddings == "local":
        precision = Precision(settings.embeddings_precision)
        return local_embeddings(settings.data_dir / "models", precision)
    if settings.embeddings == "local-torch":
        return torch_embeddings()
    token = settings.hf_token.get_secret_value() if settings.hf_token else None
    return endpoint_embeddings(url=settings.embeddings_endpoint_url, token=token)


def _register(  # noqa: PLR0913, PLR0917  # what the jobs need
    queue: JobQueue,
    database: Database,
    ingestion: Ingestion,
    reindexing: VersionReindexing,
    deletion: Deletion,
    copilot: Copilot,
) -> None:
    documents = DocumentRepository(database)

    async def delete_blob(organization_id: str, sha256: str) -> None:
        await deletion.blob(UUID(organization_id), sha256)

    async def apply_retention(timestamp: int) -> None:  # noqa: ARG001  # the queue passes when it was due
        await expire(database)

    async def carry_out(organization_id: str, run_id: str) -> None:
        await copilot.take_over(UUID(organization_id), UUID(run_id))

    async def expire_approvals(timestamp: int) -> None:  # noqa: ARG001  # the queue passes when it was due
        approvals = ApprovalRepository(database)
        for organization_id in await all_organizations(database):
            for run in await approvals.expire(organization_id):
                copilot.carrier.begin(run)

    queue.register(CARRY_OUT, carry_out)
    queue.register(EXPIRE_APPROVALS, expire_approvals, cron=EVERY_MINUTE)
    queue.register(INDEX_VERSION, _for_a_version(documents, ingestion.index))
    queue.register(REINDEX_VERSION, _for_a_version(documents, reindexing.run))
    queue.register(DELETE_BLOB, delete_blob)
    queue.register(APPLY_RETENTION, apply_retention, cron=EVERY_HOUR)


def _for_a_version(
    documents: DocumentRepository, work: Callable[[Principal, UUID], Awaitable[None]]
) -> Callable[[str, str], Awaitable[None]]:
    """A job that works on behalf of somebody who sees the version."""

    async def run(organization_id: str, version_id: str) -> None:
        ids = UUID(organization_id), UUID(version_id)
        worker = await documents.on_behalf_of(*ids)
        try:
            await work(worker, ids[1])
        except NotFoundError:
            # Gone means deleted since, and nothing is left to do; or it became private, or shared.
            if await documents.on_behalf_of(*ids) != worker:
                raise

    return run


async def expire(database: Database) -> None:
    """Delete what organizations keep no longer, and write to their audit logs that it was done."""
    async for expired in Retention(database).apply():
        if expired:
            await AuditLog(database).append(expired.organization_id, _entry(expired))


def _entry(expired: Expired) -> NewEntry:
    counts = (
        f"{expired.documents} documents, {expired.versions} versions, {expired.threads} threads"
    )
    return NewEntry(APPLY_RETENTION, APPLY_RETENTION, counts, "deleted", "worker", "-")
