"""The kinds of personal data, and a place where some was found."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """As a mask names it."""

    EMAIL = "email"
    PHONE = "phone"
    SSN = "SSN"
    IBAN = "IBAN"
    CARD = "card"
    TAX_ID = "tax id"


class Found(NamedTuple):
    """`text[start:end]` is personal data."""

    start: int
    end: int
    kind: Kind
