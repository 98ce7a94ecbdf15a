"""The secret of an installation, from which all of its others are made."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from pydantic import SecretStr

from core.errors import ConfigurationError
from core.secret_keys import HOW_TO_MAKE_ONE, why_weak
from storage.data_folder import prepare_data_folder

PRIVATE = 0o600


def installation_key(folder: Path, secret: SecretStr | None) -> str:
    """Return the secret that was set, or one made once and kept in a folder.

    Raises:
        ConfigurationError: the folder or the key that is kept there can't be used.
    """
    return _kept(folder) if secret is None else secret.get_secret_value()


def _kept(folder: Path) -> str:
    prepare_data_folder(folder)
    path = folder / "secret_key"
    try:
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o777 & ~PRIVATE:
            with suppress(PermissionError):  # somebody else's file: reading it decides
                path.chmod(PRIVATE)
        key = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise _unusable(path, why or "") from error
    if weakness := why_weak(key):
        raise _unusable(path, weakness)
    return key


def _make(path: Path) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=PRIVATE)
    fresh.write_text(secrets.token_urlsafe(32))
    try:
        os.link(fresh, path)  # fails if another process was first: then theirs counts
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _unusable(path: Path, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"The secret key in {path} can't be used: {why}. Restore the file from a backup, or set "
        f"COPILOT_SECRET_KEY. {HOW_TO_MAKE_ONE}. With a new key, people sign in again, and what "
        "was masked before can't be shown any more."
    )
