"""What a request's entry says of its caller and of what was asked for."""

import re
from dataclasses import dataclass

from fastapi import Request

from core.principal import Principal

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Caller:
    """Who asks for what, once that is known."""

    principal: Principal
    action: str
    target: str

    @classmethod
    def of(cls, request: Request, principal: Principal) -> "Caller":
        """The route as it is declared, and the ids in its path: no other text of the caller's."""
        route = request.scope.get("route")
        ids = filter(_ID.fullmatch, map(str, request.path_params.values()))
        return cls(principal, f"{request.method} {getattr(route, 'path', '')}", " ".join(ids))
