"""Receipts that anybody can verify with the public key that the service shows."""

import base64
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from server.privacy.schemas import Receipt, SignedReceipt

ALGORITHM = "EdDSA"


class ReceiptSigner:
    """Signs with a key of its own, which the installation's key gives."""

    def __init__(self, installation_key: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"receipts").derive(installation_key.encode())
        self._key = Ed25519PrivateKey.from_private_bytes(derived)
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._public = base64.urlsafe_b64encode(public).decode().rstrip("=")

    def sign(self, receipt: Receipt) -> SignedReceipt:
        claims = receipt.model_dump(mode="json")
        headers = {"kid": self._key_id}
        return SignedReceipt(receipt=receipt, jws=jwt.encode(claims, self._key, ALGORITHM, headers))

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The public key as a JSON Web Key Set (RFC 7517, RFC 8037)."""
        key = {"kty": "OKP", "crv": "Ed25519", "x": self._public}
        return {"keys": [key | {"kid": self._key_id, "alg": ALGORITHM, "use": "sig"}]}

    @property
    def _key_id(self) -> str:
        return self._public[:16]
