"""The folder that COPILOT_DATA_DIR names."""

import os
from pathlib import Path

from core.errors import ConfigurationError


def prepare_data_folder(folder: Path) -> None:
    """Make the folder if it is missing.

    Raises:
        ConfigurationError: it isn't a folder, or can't be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ConfigurationError(
            f"COPILOT_DATA_DIR: {folder} is, or lies below, a file. Name a folder."
        ) from error
    except OSError as error:
        raise _not_writable(folder, error.strerror or "") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_writable(folder, "permission denied")


def _not_writable(folder: Path, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"COPILOT_DATA_DIR: can't write to {folder} ({why}). "
        "Make it writable for this user, or name another folder."
    )
