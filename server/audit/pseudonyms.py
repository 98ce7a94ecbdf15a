"""Names for addresses in entries that outlive an erasure."""

import hashlib


class Pseudonyms:
    """The same name for the same thing, from which nobody without the key learns the thing."""

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(key.encode()).digest()

    def __call__(self, text: str) -> str:
        return hashlib.blake2s(text.encode(), key=self._key, digest_size=8).hexdigest()
