"""`kill -9` of services, workers and Postgres at random moments: nothing accepted is lost.

CHAOS_KILLS says how often (`make chaos`: 200), CHAOS_SEED repeats a run.
"""

import os
import random
import threading
import time

import psycopg
import pytest
from chaos.harm import harm
from chaos.invariants import Findings, unsettled
from chaos.load import SIZES, Client, Ledger, Load, register, upload

KILLS = int(os.environ.get("CHAOS_KILLS") or 8)
SETTLED_WITHIN_SECONDS = 120.0


@pytest.fixture
def fleet(fleet_of, receiver):
    fleet = fleet_of()
    register(fleet, receiver.url)
    return fleet


def undisturbed(fleet, name="reference"):
    """An upload of each size that was indexed while nothing was killed, by pages."""
    client = Client(fleet, Ledger(), threading.Event(), 0)
    kept = {pages: upload(client, f"{name}-{pages}.pdf", pages, wait=60) for pages in SIZES}
    client.close()
    assert {each["status"] for each in kept.values()} == {"current"}
    return kept


def settle(fleet):
    """Wait until all is over. Returns: what isn't by then."""
    deadline = time.monotonic() + SETTLED_WITHIN_SECONDS
    while (left := unsettled(fleet)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def kill(fleet, chance):
    """One of them, or two, at a random moment, and start them again."""
    names = chance.sample(sorted(fleet.mortals), chance.choice((1, 1, 1, 2)))
    time.sleep(chance.uniform(0.1, 2))
    for name in names:
        fleet.mortals[name].kill()
    time.sleep(chance.uniform(0, 1))
    for name in sorted(names):  # Postgres first: without it nothing starts
        fleet.mortals[name].start()
    return "+".join(names)


def test_nothing_accepted_is_lost(fleet, receiver, seed, tell):
    references = undisturbed(fleet)
    chance = random.Random(seed)  # noqa: S311  # repeatable
    with Load(fleet, seed) as ledger:
        killed = [kill(fleet, chance) for _ in range(KILLS)]
    left = settle(fleet)
    undisturbed(fleet, "afterwards")
    left += settle(fleet)
    tell(
        f"killed {', '.join(killed)}: {len(ledger.uploads)} uploads, {len(ledger.runs)} runs,"
        f" {len(ledger.answers)} answers, {len(ledger.approved)} approvals,"
        f" {len(receiver.received)} messages, {ledger.retries} requests tried again"
    )
    told = Findings(fleet, ledger, receiver.received)
    findings = [*(f"never over: {each}" for each in left), *told.all(references)]
    assert not findings, "\n".join([f"CHAOS_SEED={seed}", *findings])
    for statement, row_id, finding in harm(ledger) if ledger.approved else ():
        with psycopg.connect(fleet.postgres.superuser) as connection:
            assert connection.execute(statement, (row_id,)).rowcount, statement
        assert any(finding in each for each in told.all(references)), statement
