"""Commands about jobs."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, TypeVar
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Column, Table

from cli.on_database import on_database
from core.principal import local_principal
from server.jobs.schemas import JobOut
from storage.job_administration import JobAdministration
from storage.job_status import Job, JobStatus

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="What is to be done: watch, cancel, retry, drop.",
)
console = Console(highlight=False, markup=False, soft_wrap=True)
Result = TypeVar("Result")


class Listed(StrEnum):
    """What of jobs can be listed."""

    QUEUED = "queued"
    RUNNING = "running"
    DEAD = "dead"


@app.command("list")
def list_(
    status: Annotated[Listed, typer.Option(help="Given up, waiting or under way.")] = Listed.DEAD,
) -> None:
    """List jobs of any kind."""
    found = _on_jobs("list", "", lambda jobs: jobs.jobs(local_principal(), JobStatus(status.value)))
    table = Table(Column("job", no_wrap=True), "task", "status", "attempts", "document")
    for job in found:
        about = job.indexing.document if job.indexing else ""
        table.add_row(str(job.id), job.task, job.status, str(job.attempts), about)
    console.print(table)


@app.command()
def show(job: UUID) -> None:
    """Show how far a job is, and what to do if it ended without success."""
    _print(_on_jobs("show", job, lambda jobs: jobs.job(local_principal(), job)))


@app.command()
def cancel(job: UUID) -> None:
    """Stop an upload's indexing; its bytes stay until the document is deleted."""
    _print(_on_jobs("cancel", job, lambda jobs: jobs.cancel(local_principal(), job)))


@app.command()
def retry(job: UUID) -> None:
    """Queue a job again that failed, was cancelled or given up."""
    _print(_on_jobs("retry", job, lambda jobs: jobs.retry(local_principal(), job)))


@app.command()
def drop(job: UUID) -> None:
    """Forget a job that was given up; an upload's version fails."""
    _on_jobs("drop", job, lambda jobs: jobs.drop(local_principal(), job))


def _print(job: Job) -> None:
    for name, value in JobOut.of(job).model_dump(mode="json", exclude_none=True).items():
        console.print(f"{name}: {value}")


def _on_jobs(
    command: str, target: object, work: Callable[[JobAdministration], Awaitable[Result]]
) -> Result:
    return on_database(
        f"jobs {command}", lambda database: work(JobAdministration(database)), target
    )
