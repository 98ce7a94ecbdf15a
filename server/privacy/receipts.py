"""Receipts that anybody can verify with the public key that the service shows."""

from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jwt
from joserfc.jwk import OKPKey

from server.privacy.schemas import Receipt, SignedReceipt

ALGORITHM = "Ed25519"
"""RFC 9864's name for it."""


class ReceiptSigner:
    """Signs with a key of its own, which the installation's key gives."""

    def __init__(self, installation_key: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"receipts").derive(installation_key.encode())
        private = Ed25519PrivateKey.from_private_bytes(derived)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._key = OKPKey.import_key(pem)

    def sign(self, receipt: Receipt) -> SignedReceipt:
        claims = receipt.model_dump(mode="json")
        header = {"alg": ALGORITHM, "kid": self._key.thumbprint()}
        jws = jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])
        return SignedReceipt(receipt=receipt, jws=jws)

    def jwks(self) -> dict[str, list[dict[str, Any]]]:
        """The public key as a JSON Web Key Set (RFC 7517, RFC 8037)."""
        public = self._key.as_dict(private=False)
        more = {"kid": self._key.thumbprint(), "alg": ALGORITHM, "use": "sig"}
        return {"keys": [public | more]}
