"""What must hold however often what was killed: each check yields what doesn't, in words."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from chaos.fleet import Fleet
from chaos.load import Ledger
from psycopg.rows import dict_row

Row = dict[str, Any]
ENDED = ("answered", "failed", "cancelled")
UNSETTLED = """
select 'version', id::text, status from document_versions where status = 'pending'
union all select 'run', id::text, status from runs where status in ('queued', 'running')
union all select 'delivery', id::text, status from webhook_deliveries where status = 'pending'
union all select 'job', task_name, status::text from procrastinate_jobs
    where status in ('todo', 'doing')
"""


class Findings:
    """Compares what clients and the receiver know with what is in the database."""

    def __init__(
        self, fleet: Fleet, ledger: Ledger, received: list[tuple[dict[str, str], bytes]]
    ) -> None:
        self._fleet = fleet
        self._ledger = ledger
        self._received = received
        self._sent = defaultdict(list)
        for headers, body in received:
            self._sent[headers["webhook-id"]].append(body.decode())

    def all(self, references: Mapping[int, Row]) -> list[str]:
        return [
            *dict.fromkeys(self._ledger.wrong),
            *self.uploads(),
            *self.chunks(references),
            *self.runs(),
            *self.side_effects(),
            *self.events(),
            *self.jobs(),
            *self.processes(),
        ]

    def uploads(self) -> Iterator[str]:
        """No accepted upload is missing, nor any of its bytes."""
        rows = {str(row["id"]): row for row in self._rows("select * from document_versions")}
        newest: dict[str, Row] = {}
        for kept in self._ledger.uploads:
            row = rows.get(kept["version_id"])
            if row is None or row["sha256"] != kept["sha256"]:
                yield f"the upload {kept['name']} is gone: {row}"
                continue
            blob = self._fleet.data_dir / "blobs" / str(row["organization_id"]) / row["sha256"]
            if not blob.exists() or blob.read_bytes() != kept["content"]:
                yield f"the bytes of {kept['name']} are gone"
            newest[kept["name"]] = max(row, newest.get(kept["name"], row), key=_number)
        for row in rows.values():
            if row["status"] not in ("current", "superseded"):
                yield f"a version ended as {row['status']}: {row['failure']}"
        currents = Counter(row["document_id"] for row in rows.values() if _is_current(row))
        for name, row in newest.items():
            if currents[row["document_id"]] != 1:
                yield f"{name} has {currents[row['document_id']]} current versions"
        yield from self._publications(rows)

    def _publications(self, versions: Mapping[str, Row]) -> Iterator[str]:
        """Once each, but for those that newer bytes had overtaken by then."""
        published = Counter(
            str(row["document_version_id"]) for row in self._rows("select * from publications")
        )
        newest = {
            row["document_id"]: row["number"]
            for row in sorted(versions.values(), key=_number)
            if str(row["id"]) in published
        }
        for each, row in versions.items():
            overtaken = row["number"] < newest.get(row["document_id"], 0)
            if published[each] > 1 or not (published[each] or overtaken):
                yield f"version {each} was published {published[each]} times"

    def chunks(self, references: Mapping[int, Row]) -> Iterator[str]:
        """As an undisturbed indexing of the same pages makes them, and none of anything else."""
        query = "select document_version_id as id, ordinal, page, content from chunks"
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._rows(f"{query} order by ordinal"):
            found[str(row["id"])].append((row["ordinal"], row["page"], row["content"]))
        published = {
            str(row["id"])
            for row in self._rows("select id, status from document_versions")
            if row["status"] in ("current", "superseded")
        }
        for each in found.keys() - published:
            yield f"version {each} is half visible: {len(found[each])} chunks"
        for kept in self._ledger.uploads:
            own, wanted = found[kept["version_id"]], found[references[kept["pages"]]["version_id"]]
            if own != wanted:
                ordinals = [row[0] for row in own]
                what = f"{kept['name']}, {kept['pages']} pages"
                yield f"{what}: chunks {ordinals}, {len(wanted)} wanted"

    def runs(self) -> Iterator[str]:
        """Each has one end, and events that are numbered without a gap."""
        runs = {str(row["id"]): row for row in self._rows("select * from runs")}
        events: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows("select * from run_events order by number"):
            events[str(row["run_id"])].append(row)
        for run_id in self._ledger.runs:
            if run_id not in runs:
                yield f"the run {run_id} is gone"
        for run_id, run in runs.items():
            told = events[run_id]
            decided = run_id in self._ledger.approved or run_id in self._ledger.rejected
            open_ends = ENDED if decided else (*ENDED, "awaiting_approval")
            if run["status"] not in open_ends:
                yield f"the run {run_id} is still {run['status']}"
            if [row["number"] for row in told] != list(range(1, len(told) + 1)):
                yield f"the run {run_id} told {[row['number'] for row in told]}"
            ends = [row["number"] for row in told if _is_end(row)]
            wanted = [len(told)] if run["status"] in ENDED else []
            if ends != wanted:
                yield f"the run {run_id}, {run['status']}, has ends {ends} of {len(told)} events"
            if run["status"] == "failed":
                yield f"the run {run_id} failed: {told[-1]['data']}"

    def side_effects(self) -> Iterator[str]:
        """What was approved was carried out once, byte for byte; what was rejected, not at all."""
        approvals = self._rows("select * from approvals")
        sent = self._rows("select * from webhook_deliveries")
        by_body: dict[str, set[str]] = defaultdict(set)
        for message_id, bodies in self._sent.items():
            for body in bodies:
                by_body[body].add(message_id)
        for run_id, count in Counter(str(row["run_id"]) for row in approvals).items():
            if count > 1:
                yield f"the run {run_id} asked {count} times"
        for row in approvals:
            times = len([each for each in sent if each["body"] == row["payload"]])
            ids = by_body[row["payload"]]
            wanted = 1 if row["status"] == "approved" else 0
            if (times, len(ids)) != (wanted, wanted):
                yield (
                    f"the call of run {row['run_id']}, {row['status']}, was queued {times} times"
                    f" and received under {sorted(ids)}"
                )
        for said, status in (
            (self._ledger.approved, "approved"),
            (self._ledger.rejected, "rejected"),
        ):
            stored = {(str(row["run_id"]), row["payload"], row["status"]) for row in approvals}
            yield from (
                f"the decision on run {run_id} is not as it was made: {status}"
                for run_id, payload in said.items()
                if (run_id, payload, status) not in stored
            )

    def events(self) -> Iterator[str]:
        """Each came at least once, always with the same id and body."""
        deliveries = self._rows("select * from webhook_deliveries")
        for row in deliveries:
            came = row["message_id"] in self._sent
            if row["status"] != "delivered" or not came:
                yield f"{row['event_type']} is {row['status']}, received: {came}"
        for message_id, bodies in self._sent.items():
            if len(set(bodies)) > 1:
                yield f"{message_id} came with {len(set(bodies))} bodies"
        for message_id in self._sent.keys() - {row["message_id"] for row in deliveries}:
            yield f"{message_id} was sent, and is not on record"
        told = Counter(_about(row) for row in deliveries)
        yield from (
            f"{name} was told {told[name, each]} times of {each}"
            for name, each in self._wanted_events()
            if told[name, each] != 1
        )

    def _wanted_events(self) -> Iterator[tuple[str, str]]:
        for row in self._rows("select * from publications"):
            yield "document.indexed", str(row["document_version_id"])
        for row in self._rows("select * from runs"):
            if row["status"] in ("answered", "failed"):
                name = "run.completed" if row["status"] == "answered" else "run.failed"
                yield name, str(row["id"])
        for row in self._rows("select * from approvals"):
            yield "approval.requested", str(row["run_id"])

    def jobs(self) -> Iterator[str]:
        for row in self._rows("select * from procrastinate_jobs where status <> 'succeeded'"):
            yield f"the job {row['task_name']} is {row['status']} after {row['attempts']} attempts"

    def processes(self) -> Iterator[str]:
        for each in self._fleet.members:
            if left := each.left_behind():
                yield f"{each.name}, killed, has left processes behind: {left}"
            for line in re.findall(r".* 500 \d+ ms.*", each.log.read_text(errors="replace")):
                yield f"{each.name}: {line}"

    def _rows(self, query: str) -> list[Row]:
        with psycopg.connect(self._fleet.postgres.superuser, row_factory=dict_row) as connection:
            return connection.execute(query).fetchall()


def unsettled(fleet: Fleet) -> list[tuple[Any, ...]]:
    """What isn't over yet."""
    with psycopg.connect(fleet.postgres.superuser) as connection:
        return connection.execute(UNSETTLED).fetchall()


def _number(row: Row) -> int:
    return int(row["number"])


def _is_current(row: Row) -> bool:
    return bool(row["status"] == "current")


def _is_end(row: Row) -> bool:
    if row["event"] == "end":
        return bool(json.loads(row["data"])["status"] != "awaiting_approval")
    return row["event"] in ("error", "cancelled")


def _about(row: Row) -> tuple[str, str]:
    """What a delivery tells of whom."""
    data = json.loads(row["body"])["data"]
    return row["event_type"], data.get("version_id") or data.get("run_id") or ""
