"""What people think of answers: one opinion a person and run."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from core.errors import ConflictError
from core.principal import Principal
from storage.database import Database
from storage.runs import RunRepository, RunStatus


@dataclass(frozen=True)
class Feedback:
    """Of a person on an answer."""

    score: int
    """1 is good, -1 is bad, 0 is neither."""
    comment: str
    """Masked."""


class FeedbackRepository:
    """Every call is one transaction, bound to the principal."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._runs = RunRepository(database)

    async def give(self, principal: Principal, run_id: UUID, feedback: Feedback) -> None:
        """Keep an opinion in the place of the person's earlier one.

        Raises:
            NotFoundError: no such run of the principal's.
            ConflictError: it has no answer.
        """
        run = await self._runs.get(principal, run_id)
        if run.status is not RunStatus.ANSWERED:
            raise ConflictError(f"This run is {run.status}: there is no answer to judge.")
        values = {
            "organization_id": principal.organization_id,
            "run_id": run_id,
            "subject": principal.subject,
            "score": feedback.score,
            "comment": feedback.comment,
        }
        async with self._database.transaction(principal) as connection:
            await connection.execute(text(_GIVE), values)

    async def of_run(self, principal: Principal, run_id: UUID) -> list[Feedback]:
        """Everybody's opinions on one answer of the principal's, oldest first.

        Raises:
            NotFoundError: no such run of the principal's.
        """
        await self._runs.get(principal, run_id)
        async with self._database.transaction(principal) as connection:
            rows = await connection.execute(text(_OF_RUN), {"run_id": run_id})
            return [Feedback(row.score, row.comment) for row in rows]


_OF_RUN = "select score, comment from feedback where run_id = :run_id order by given_at"
_GIVE = """
insert into feedback (organization_id, run_id, subject, score, comment)
values (:organization_id, :run_id, :subject, :score, :comment)
on conflict (run_id, subject) do update
    set score = excluded.score, comment = excluded.comment, given_at = now()
"""
