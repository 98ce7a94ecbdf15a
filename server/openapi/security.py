"""Who may call: the security schemes, and which operations ask for one of them."""

from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from server.identity.dependencies import COOKIE, authenticate

SCHEMES: dict[str, dict[str, str]] = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token from POST /sign-in, or your identity provider's.",
    },
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "Made by POST /keys or `copilot keys add`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "Set by signing in with a browser.",
    },
}
"""What `authenticate` reads. Declared here and not as dependencies, which cost 50 µs a request."""


def add_security(app: FastAPI, document: dict[str, Any]) -> None:
    """Name the schemes, with every operation that asks who calls."""
    document["components"]["securitySchemes"] = SCHEMES
    for route in iter_route_contexts(app.routes):
        operations = document["paths"].get(getattr(route, "path_format", None), {})
        for method in getattr(route, "methods", None) or ():
            operation = operations.get(method.lower())
            if operation is not None and _asks_who_calls(route.dependant):
                operation["security"] = [{name: []} for name in SCHEMES]


def _asks_who_calls(dependant: Dependant) -> bool:
    return dependant.call is authenticate or any(map(_asks_who_calls, dependant.dependencies))
