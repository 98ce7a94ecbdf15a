"""Names for people and addresses in entries that outlive an erasure."""

import hashlib

from core.principal import LOCAL_SUBJECT, Principal


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
