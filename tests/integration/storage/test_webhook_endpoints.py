from dataclasses import replace

import pytest

from core.errors import ConflictError
from storage import webhook_endpoints
from storage.webhook_endpoints import WebhookEndpoint, WebhookEndpointRepository


async def test_an_organization_has_so_many_and_no_more(database, principal, stranger, monkeypatch):
    monkeypatch.setattr(webhook_endpoints, "MAX_ENDPOINTS", 2)
    endpoints = WebhookEndpointRepository(database)
    first = WebhookEndpoint("a", "https://ops.example", "whsec_" + "A" * 44)
    await endpoints.add(principal.organization_id, first)
    with pytest.raises(ConflictError, match="named 'a'"):
        await endpoints.add(principal.organization_id, replace(first, id=stranger.organization_id))
    await endpoints.add(principal.organization_id, WebhookEndpoint("b", first.url, first.secret))
    third = WebhookEndpoint("c", first.url, first.secret)
    with pytest.raises(ConflictError, match="There are 2 webhooks already"):
        await endpoints.add(principal.organization_id, third)
    await endpoints.add(stranger.organization_id, third)
    await endpoints.delete(principal.organization_id, "a")
    await endpoints.add(principal.organization_id, replace(third, id=first.id))
