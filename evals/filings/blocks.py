"""What a filing is made of, before it is laid out."""

from dataclasses import dataclass
from typing import Literal

from evals.filings.tables import Table


@dataclass(frozen=True)
class Heading:
    text: str
    level: Literal[0, 1, 2] = 1  # 0 an Item (listed in the contents), 1 a section, 2 a topic


@dataclass(frozen=True)
class Prose:
    text: str
    key: str | None = None  # a key makes its page known, for evidence
    centred: bool = False
    bold: bool = False


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Contents:
    """The table of contents goes here."""


Block = Heading | Prose | PageBreak | Contents | Table
