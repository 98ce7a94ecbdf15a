"""E-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

from knowledge.redaction.kinds import Found, Kind

# Local part and labels as long as RFC 5321 allows; it begins where nothing of it stands before.
_EMAIL = re.compile(
    r"(?<![\w.%+'&-])[\w.%+'&-]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w-])"
)

# What only phones are written like; the rest needs the word, or the plus of another country.
_PHONE = re.compile(
    r"""
    (?<![\w.,$/+-])(?:
        (?:1[-. ])? (?: \(\d{3}\)[ ]? | \d{3}[-.] ) \d{3}[-.]\d{4}
      | (?:1[ ])? \(\d{3}\)[ ]\d{3}[ ]\d{4}
      | (?:\+|00)(?:[ ]?[(]?\d[)]?)(?:[ .()/-]{0,2}\d){6,13}
    )
    (?:[ ]?(?:x|ext\.?|extension)[ ]?\d{1,5})? (?![\w-]) (?![.,]\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    r"(?<!\[)\b(?:tel|telephone|phone|mobile|cell|fax|call|ring|contact|hotline)\b[^\d+(\n]{0,20}\n?"
    r"(?P<number>[+(]?\d(?:[ .()/-]{0,2}\d){6,14})(?![\w-])(?![.,]\d)",
    re.IGNORECASE,
)
REGIONS = ("US", "GB", "DE")
"""Whose numbers are recognized without a plus, after a word."""


def find_emails(text: str) -> Iterator[Found]:
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        yield Found(match.start(), match.end(), Kind.EMAIL)


def find_phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        if _is_phone(match[0], ("US",)):
            yield Found(match.start(), match.end(), Kind.PHONE)
    for match in _AFTER_WORD.finditer(text):
        if _is_phone(match["number"], REGIONS):
            yield Found(*match.span("number"), Kind.PHONE)


def _is_phone(written: str, regions: tuple[str, ...]) -> bool:
    import phonenumbers  # noqa: PLC0415  # a tenth of a second, for the few texts with a candidate

    number = re.sub(r"^00", "+", written)
    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False
