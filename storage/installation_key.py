"""The secret of an installation, from which all of its others are made."""

import os
import secrets
from pathlib import Path

from pydantic import SecretStr


def installation_key(folder: Path, secret: SecretStr | None) -> str:
    """The secret that was set, or one made once and kept in a folder, for its owner alone."""
    return secret.get_secret_value() if secret else _kept(folder)


def _kept(folder: Path) -> str:
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f"secret_key.{os.getpid()}"
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(32))
        try:
            os.link(fresh, path)  # fails if another process was first: then theirs counts
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text()
