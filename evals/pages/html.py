"""The page: one file that opens from disk, asks nobody for anything, and trusts no text in it."""

import base64
import hashlib
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.pages import numbers
from evals.pages.contents import Contents

TEMPLATES = Path(__file__).with_name("templates")
PAGE = "page.html.j2"


def html(contents: Contents, written: datetime) -> str:
    """Args: written: when it is made."""
    style, script = _read("page.css"), _read("page.js")
    return (
        _environment()
        .get_template(PAGE)
        .render(
            contents=contents,
            written=written,
            style=style,
            script=script,
            policy=policy(style, script),
        )
    )


def policy(style: str, script: str) -> str:
    """A Content-Security-Policy that lets the page's own style and script run, and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)};"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evals.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": numbers.number,
        "signed": numbers.signed,
        "words": lambda name: name.replace("_", " "),
    }
    environment.globals |= {"interval": numbers.interval, "difference": numbers.difference}
    return environment
