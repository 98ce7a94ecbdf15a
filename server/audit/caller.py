"""What a request's entry says of its caller and of what was asked for."""

import hashlib
import re
from dataclasses import dataclass

from fastapi import Request

from core.principal import LOCAL_SUBJECT, Principal

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


class Pseudonyms:
    """The same name for the same thing, from which nobody without the key learns the thing."""

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).digest()

    def __call__(self, text: str) -> str:
        return hashlib.blake2s(text.encode(), key=self._key, digest_size=8).hexdigest()

    def actor(self, principal: Principal) -> str:
        """Machines and the laptop's own user by name, people by a pseudonym."""
        subject = principal.subject
        is_person = subject != LOCAL_SUBJECT and not subject.startswith("key:")
        return f"person:{self(subject)}" if is_person else subject
