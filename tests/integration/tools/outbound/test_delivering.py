"""What is due is sent, logged, tried again, given up; a dead endpoint is disabled with notice."""

import asyncio
import base64
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from standardwebhooks import Webhook

from core.errors import ConflictError
from storage.audit_log import AuditLog
from storage.jobs import JobQueue, end
from storage.notifications import Notifications
from storage.outbox import DELIVER, EventType, publish
from storage.webhook_deliveries import DeliveryStatus, WebhookDeliveryRepository
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository
from tools.outbound.client import OutboundClient
from tools.outbound.delivering import IN_FLIGHT, Delivering
from tools.outbound.outbox import Outbox
from tools.outbound.retrying import WAITS_SECONDS
from tools.outbound.scripted_receiver import hang, receiving, status

SECRETS = [f"whsec_{base64.b64encode(bytes([n]) * 24).decode()}" for n in range(3)]


class World:
    """An organization with endpoints, and a worker's job at hand."""

    def __init__(self, database, reach, principal) -> None:
        self.database = database
        self.principal = principal
        self.organization_id = principal.organization_id
        self.endpoints = WebhookEndpointRepository(database)
        self.deliveries = WebhookDeliveryRepository(database)
        self.delivering = Delivering(database, OutboundClient(reach, seconds=0.7))

    async def register(self, name, url, *events) -> WebhookEndpoint:
        endpoint = WebhookEndpoint(name, url, SECRETS[0], events or ("*",))
        await self.endpoints.add(self.organization_id, endpoint)
        return endpoint

    async def publish(self, event=EventType.DOCUMENT_INDEXED, **data) -> None:
        async with self.database.transaction(self.organization_id) as connection:
            await publish(connection, self.organization_id, event, data)

    async def drain(self, endpoint) -> None:
        await self.delivering.drain(self.organization_id, endpoint.id)

    async def log(self, endpoint) -> list:
        """(delivery, attempts), the oldest first."""
        page = await self.deliveries.page(self.organization_id, endpoint.id)
        ids = [(self.organization_id, endpoint.id, each.id) for each in reversed(page)]
        return [await self.deliveries.get(*each) for each in ids]

    async def make_due(self, **values) -> None:
        """As if time had passed; `values` are set too."""
        sets = "".join(f", {name} = :{name}" for name in values)
        async with self.database.transaction(self.organization_id) as connection:
            query = f"update webhook_deliveries set next_attempt_at = now(){sets}"  # noqa: S608  # ours
            await connection.execute(text(query), values)

    async def forget_jobs(self) -> None:
        """As if a worker had taken them."""
        async with self.database.transaction(self.organization_id) as connection:
            await connection.execute(text("delete from procrastinate_jobs"))

    async def jobs(self, endpoint) -> list:
        query = text("select scheduled_at from procrastinate_jobs where lock = :lock")
        async with self.database.transaction(self.organization_id) as connection:
            return list((await connection.execute(query, {"lock": str(endpoint.id)})).scalars())


@pytest.fixture
def world(database, loopback_reach, principal):
    return World(database, loopback_reach, principal)


def signed(request: bytes) -> tuple[dict[str, str], str]:
    """The headers as they were sent: signatures heed case."""
    head, _, body = request.decode().partition("\r\n\r\n")
    lines = (line.split(": ", 1) for line in head.splitlines()[1:])
    return {name.lower(): value for name, value in lines}, body


async def test_an_event_is_sent_signed_and_logged(world):
    async with receiving(status(200, body=b"thanks")) as receiver:
        endpoint = await world.register("ops", receiver.url, "document.indexed")
        await world.publish(document="a.pdf")
        await world.publish(EventType.DOCUMENT_FAILED, document="b.pdf")
        await world.drain(endpoint)
        await world.drain(endpoint)
    (request,) = receiver.requests
    headers, body = signed(request)
    message = Webhook(SECRETS[0]).verify(body, headers)
    assert (message["type"], message["data"]) == ("document.indexed", {"document": "a.pdf"})
    ((delivery, (attempt,)),) = await world.log(endpoint)
    assert (delivery.status, delivery.message_id) == ("delivered", headers["webhook-id"])
    assert delivery.body == body
    assert (attempt.status, attempt.response, attempt.error) == (200, "thanks", None)
    assert attempt.address == "127.0.0.1"
    assert attempt.request_headers["webhook-signature"] == headers["webhook-signature"]
    assert SECRETS[0] not in str(attempt)


async def test_a_rotated_secret_is_valid_beside_the_new_one_for_a_while(world):
    async with receiving(status(200)) as receiver:
        endpoint = await world.register("ops", receiver.url)
        for secret, until in ((SECRETS[1], 1), (SECRETS[2], -1)):
            at = datetime.now(UTC) + timedelta(hours=until)
            await world.endpoints.rotate(world.organization_id, "ops", secret, at)
            await world.publish()
            await world.drain(endpoint)
    overlapping, after = map(signed, receiver.requests)
    for secret in SECRETS[:2]:
        Webhook(secret).verify(overlapping[1], overlapping[0])
    assert len(after[0]["webhook-signature"].split(" ")) == 1
    Webhook(SECRETS[2]).verify(after[1], after[0])


async def test_what_is_not_taken_is_sent_again_later_under_the_same_id(world):
    async with receiving(status(500, body=b"broken")) as receiver:
        endpoint = await world.register("ops", receiver.url)
        await world.publish()
        await world.drain(endpoint)
        await world.drain(endpoint)
        assert receiver.connections == 1  # the next isn't due yet
        ((delivery, _),) = await world.log(endpoint)
        assert delivery.status is DeliveryStatus.PENDING
        assert delivery.next_attempt_at > datetime.now(UTC)
        await world.make_due()
        await world.forget_jobs()
        await world.drain(endpoint)
    ids = {signed(each)[0]["webhook-id"] for each in receiver.requests}
    assert (len(receiver.requests), len(ids)) == (2, 1)
    ((delivery, attempts),) = await world.log(endpoint)
    assert [each.number for each in attempts] == [1, 2]
    assert (attempts[0].status, attempts[0].response) == (500, "broken")
    assert attempts[0].error == "status: answered 500"
    (at,) = await world.jobs(endpoint)
    assert at == delivery.next_attempt_at
    shown = await world.endpoints.get(world.organization_id, "ops")
    assert shown.failing_since is not None


async def test_a_receiver_says_when_to_come_back(world):
    async with receiving(status(503, "retry-after: 1800")) as receiver:
        endpoint = await world.register("ops", receiver.url)
        await world.publish()
        await world.drain(endpoint)
    ((delivery, _),) = await world.log(endpoint)
    assert delivery.next_attempt_at > datetime.now(UTC) + timedelta(minutes=29)


async def test_after_a_day_of_nothing_the_endpoint_is_disabled_with_notice(world):
    async with receiving(status(500)) as receiver, receiving(status(200)) as other:
        endpoint = await world.register("ops", receiver.url, "document.indexed")
        told = await world.register("told", other.url, "webhook.disabled")
        await world.publish()
        await world.make_due(attempts=len(WAITS_SECONDS))
        await world.drain(endpoint)
        await world.publish()
        await world.drain(endpoint)
        await world.drain(told)
        assert receiver.connections == 1
    ((delivery, (attempt,)),) = await world.log(endpoint)  # none is made for a disabled one
    assert (delivery.status, attempt.number) == ("failed", len(WAITS_SECONDS) + 1)
    shown = await world.endpoints.get(world.organization_id, "ops")
    assert not shown.enabled
    assert "answered 500" in shown.disabled_because
    (request,) = other.requests
    assert '"endpoint": "ops"' in signed(request)[1]
    (entry,) = await AuditLog(world.database).page(world.organization_id, None, 10)
    assert (entry.action, entry.target, entry.outcome) == (DELIVER, str(endpoint.id), "disabled")


async def test_an_endpoint_that_took_something_meanwhile_stays(world):
    async with receiving(status(500)) as bad, receiving(status(200)) as good:
        endpoint = await world.register("ops", bad.url)
        await world.publish()
        await world.drain(endpoint)
        await world.endpoints.change(world.organization_id, "ops", url=good.url)
        await world.publish()
        await world.drain(endpoint)
        await world.endpoints.change(world.organization_id, "ops", url=bad.url)
        await world.make_due(attempts=len(WAITS_SECONDS))
        await world.drain(endpoint)
    states = [delivery.status for delivery, _ in await world.log(endpoint)]
    assert states == ["failed", "delivered"]
    assert (await world.endpoints.get(world.organization_id, "ops")).enabled


async def test_410_disables_at_once_and_what_waits_is_sent_once_it_is_enabled(world):
    async with receiving(status(410)) as gone, receiving(status(200)) as back:
        endpoint = await world.register("ops", gone.url)
        await world.publish(number=1)
        await world.drain(endpoint)
        shown = await world.endpoints.get(world.organization_id, "ops")
        assert "410" in shown.disabled_because
        async with world.database.transaction(world.organization_id) as connection:
            await connection.execute(text("update webhook_endpoints set enabled = true"))
        await world.publish(number=2)
        await world.endpoints.change(world.organization_id, "ops", enabled=False)
        await world.drain(endpoint)
        assert (gone.connections, back.connections) == (1, 0)
        await world.endpoints.change(world.organization_id, "ops", enabled=True, url=back.url)
        await world.drain(endpoint)
    assert ['"number": 2' in signed(each)[1] for each in back.requests] == [True]


async def test_a_failed_one_is_sent_again_by_hand(world):
    async with receiving(status(410)) as gone, receiving(status(200)) as back:
        endpoint = await world.register("ops", gone.url)
        await world.publish()
        await world.drain(endpoint)
        await world.endpoints.change(world.organization_id, "ops", enabled=True, url=back.url)
        ((delivery, _),) = await world.log(endpoint)
        await world.deliveries.redeliver(world.organization_id, endpoint.id, delivery.id)
        await world.drain(endpoint)
    first, second = signed(gone.requests[0]), signed(back.requests[0])
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])
    ((delivery, attempts),) = await world.log(endpoint)
    assert (delivery.status, len(attempts)) == ("delivered", 2)


async def test_an_endpoint_has_a_few_requests_at_once_and_no_more(world):
    running = most = 0

    async def count(_reader, writer):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        writer.write(b"HTTP/1.1 204 X\r\n\r\n")
        await writer.drain()

    async with receiving(count) as receiver:
        endpoint = await world.register("ops", receiver.url)
        for number in range(30):
            await world.publish(number=number)
        assert len(await world.jobs(endpoint)) == 1
        await world.drain(endpoint)
    assert (most, len(receiver.requests)) == (IN_FLIGHT, 30)


async def test_a_job_that_was_killed_sends_the_same_message_again(world):
    async with receiving(hang) as receiver:
        endpoint = await world.register("ops", receiver.url)
        await world.publish()
        job = asyncio.create_task(world.drain(endpoint))
        await until(lambda: receiver.requests)
        await end(job)
        again = asyncio.create_task(world.drain(endpoint))
        await until(lambda: len(receiver.requests) == 2)
        await end(again)
    first, second = map(signed, receiver.requests)
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])


async def test_a_killed_worker_s_job_waits_again_though_another_one_waits_by_then(world, database):
    """As the outbox queues them: once, under the endpoint's lock."""
    async with receiving(status(200)) as receiver:
        endpoint = await world.register("ops", receiver.url)
        await world.publish(number=1)
        async with database.transaction(world.organization_id) as connection:
            await connection.execute(text("update procrastinate_jobs set status = 'doing'"))
        await world.publish(number=2)
        async with database.transaction(world.organization_id) as connection:
            await connection.execute(
                text("update procrastinate_jobs set status = 'todo' where status = 'doing'")
            )
        assert len(await world.jobs(endpoint)) == 2
        async with working(world):
            await until(lambda: len(receiver.requests) == 2)


@asynccontextmanager
async def working(world):
    """A worker of the organization's jobs."""

    async def deliver(organization_id, endpoint_id):
        if organization_id == str(world.organization_id):
            endpoint = await world.endpoints.by_id(world.organization_id, endpoint_id)
            await world.drain(endpoint)

    queue = JobQueue(world.database)
    queue.register(DELIVER, deliver)
    worker = asyncio.create_task(queue.work())
    try:
        yield
    finally:
        await end(worker)


async def until(true, seconds: float = 60) -> None:
    deadline = asyncio.get_running_loop().time() + seconds
    while not true():
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)


async def test_the_outbox_tells_how_the_first_attempt_went(world):
    body = '{"type": "answer.ready", "data": {}}'
    async with (
        receiving(status(201)) as good,
        receiving(status(307, "location: http://10.0.0.1/")) as bad,
        Notifications(world.database).listening() as notifications,
        working(world),
    ):
        await world.register("good", good.url)
        await world.register("bad", bad.url)
        outbox = Outbox(world.database, notifications)
        taken = await outbox.send(world.principal, "good", "call_1", body)
        again = await outbox.send(world.principal, "good", "call_1", '{"type": "other"}')
        refused = await outbox.send(world.principal, "bad", "call_1", body)
    assert (taken.delivered, taken.status, again) == (True, 201, taken)
    assert [signed(each)[1] for each in good.requests] == [body]
    assert (refused.delivered, refused.pending, refused.status) == (False, True, 307)
    assert "10.0.0.1" in refused.error


async def test_the_outbox_queues_where_nobody_works_and_refuses_a_disabled_endpoint(world):
    outbox = Outbox(world.database, Notifications(world.database), patience_seconds=0)
    endpoint = await world.register("ops", "https://ops.example")
    sent = await outbox.send(world.principal, "ops", "call_1", '{"type": "a.b"}')
    assert (sent.pending, sent.status, sent.error) == (True, None, None)
    assert len(await world.jobs(endpoint)) == 1
    await world.endpoints.change(world.organization_id, "ops", enabled=False)
    with pytest.raises(ConflictError, match="switched it off"):
        await outbox.send(world.principal, "ops", "call_2", '{"type": "a.b"}')
