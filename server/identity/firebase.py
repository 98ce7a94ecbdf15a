"""Firebase's ID tokens, checked by firebase-admin, revocation too."""

import asyncio
import hashlib
import json
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import firebase_admin
from cachetools import TTLCache
from firebase_admin import auth, credentials, exceptions
from google.auth.exceptions import GoogleAuthError

from core.errors import ConfigurationError, UnauthenticatedError, UnavailableError

ISSUER = "https://securetoken.google.com/"
REMEMBERED_SECONDS = 30
"""Asking Google whether a token was revoked takes a request; one that was works so much longer."""
REMEMBERED_TOKENS = 10_000
CLOCK_SKEW_SECONDS = 10
TIMEOUT_SECONDS = 5
WHY: dict[type[Exception], str] = {
    auth.ExpiredIdTokenError: "has expired: let the Firebase SDK refresh it",
    auth.RevokedIdTokenError: "was revoked: sign in again",
    auth.UserDisabledError: "is of a user that is disabled: ask who manages your Firebase project",
    auth.UserNotFoundError: "is of a user that is gone: sign in again",
}
INVALID = "is not valid: send the ID token that the Firebase SDK gives after signing in"


class FirebaseTokens:
    """Of one Firebase project."""

    def __init__(self, service_account: str) -> None:
        """Args: service_account: its JSON, or the path of a file with it.

        Raises:
            ConfigurationError: it can't be read.
        """
        credential, project = _credential(service_account)
        self.issuer = f"{ISSUER}{project}"
        options = {"projectId": project, "httpTimeout": TIMEOUT_SECONDS}
        self._app = firebase_admin.initialize_app(credential, options, f"copilot-{uuid4()}")
        self._verified: TTLCache[bytes, dict[str, Any]] = TTLCache(
            REMEMBERED_TOKENS, REMEMBERED_SECONDS
        )

    async def claims(self, token: str) -> dict[str, Any]:
        """Of a token that holds.

        Raises:
            UnauthenticatedError: says why it doesn't.
            UnavailableError: Google can't be asked.
        """
        digest = hashlib.sha256(token.encode()).digest()
        claims = self._verified.get(digest)
        if claims is None or claims["exp"] <= time.time():
            claims = await asyncio.to_thread(self._verify, token)  # it blocks
            self._verified[digest] = claims
        return claims

    def _verify(self, token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = auth.verify_id_token(
                token, self._app, check_revoked=True, clock_skew_seconds=CLOCK_SKEW_SECONDS
            )
        except (auth.InvalidIdTokenError, auth.UserDisabledError, auth.UserNotFoundError) as error:
            raise UnauthenticatedError(
                f"This Firebase token {WHY.get(type(error), INVALID)}."
            ) from error
        except ValueError as error:
            raise UnauthenticatedError(f"This Firebase token {INVALID}.") from error
        except (exceptions.FirebaseError, GoogleAuthError, OSError) as error:
            raise UnavailableError(
                "Firebase can't be asked about this token. Try again soon."
            ) from error
        return claims

    def close(self) -> None:
        firebase_admin.delete_app(self._app)


def _credential(service_account: str) -> tuple[credentials.Certificate, str]:
    try:
        text = service_account
        if not text.lstrip().startswith("{"):
            text = Path(text).expanduser().read_text("utf-8")
        told = json.loads(text)
        return credentials.Certificate(told), told["project_id"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        # Without its text: it may hold the private key.
        raise ConfigurationError(
            "FIREBASE_SERVICE_ACCOUNT_JSON is neither the JSON of a service account nor the path "
            "of a file with it. Get one from the Firebase console, Project settings."
        ) from error
