"""Numbers that say by themselves, or by the words before them, whose they are.

A pattern only proposes: python-stdnum checks digits, lengths and ranges. What looks like a figure
needs a word that says otherwise.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from knowledge.redaction.kinds import Found, Kind

BEFORE = 60
"""Characters in which a word stands that says what the number is."""


@dataclass(frozen=True)
class Number:
    """A kind of number: how it is written, and what checks it."""

    kind: Kind
    written: re.Pattern[str]
    checks: tuple[str, ...]
    """Modules of python-stdnum, one of which has to agree."""
    word: re.Pattern[str] | None = None
    """Has to stand right before."""

    def find(self, text: str) -> Iterator[Found]:
        for match in self.written.finditer(text):
            if self.word and not self.word.search(_before(text, match.start())):
                continue
            if any(_valid(check)(match[0]) for check in self.checks):
                yield Found(match.start(), match.end(), self.kind)


def _before(text: str, start: int) -> str:
    """What stands before, from the last digit on: no word reaches over one."""
    furthest = max(0, start - BEFORE)
    for at in range(start - 1, furthest, -1):
        if text[at].isdecimal():
            return text[at:start]
    return text[furthest:start]


def _valid(check: str) -> Callable[[str], bool]:
    valid: Callable[[str], bool] = import_module(f"stdnum.{check}").is_valid
    return valid


def _written(pattern: str) -> re.Pattern[str]:
    """Not within a longer number or word."""
    return re.compile(rf"(?<![\w.,$-]){pattern}(?![\w-])(?![.,]\d)")


def _word(words: str) -> re.Pattern[str]:
    """No figure stands between, and it isn't a mask's."""
    return re.compile(rf"(?<!\[)\b(?:{words})\b[^\d\n]{{0,25}}\n?\Z", re.IGNORECASE)


TAX = (
    r"tax(?:payer)?['\u2019s]{0,2} (?:id|identification|identity|reference|file|number|no)|taxpayer"
    r"|EIN|ITIN|TIN|VAT|UTR|TFN|SIN|NIF|NIE|ABN|USt-?Id(?:Nr)?|TVA|BTW|IVA|Steuer-?(?:ID|nummer)"
    r"|CPF|CNPJ|PAN|social insurance|codice fiscale|employer identification"
)
EU = "AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK"

NUMBERS = (
    Number(Kind.SSN, _written(r"\d{3}-\d{2}-\d{4}"), ("us.ssn",)),
    Number(
        Kind.SSN,
        _written(r"\d{3} ?\d{2} ?\d{4}"),
        ("us.ssn",),
        _word(r"SSN|social security"),
    ),
    Number(Kind.TAX_ID, _written(r"9\d{2}-\d{2}-\d{4}"), ("us.itin", "us.atin")),
    Number(Kind.TAX_ID, _written(r"\d{2}-\d{7}"), ("us.ein",)),
    Number(Kind.TAX_ID, _written(rf"(?:{EU})[A-Z0-9]{{8,12}}"), ("eu.vat",)),
    Number(Kind.TAX_ID, _written(r"GB ?\d{3} ?\d{4} ?\d{2}"), ("gb.vat",)),
    Number(Kind.TAX_ID, _written(rf"(?:{EU})[ .-][A-Z0-9. ]{{8,14}}"), ("eu.vat",), _word(TAX)),
    Number(Kind.TAX_ID, _written(r"CHE-?\d{3}\.?\d{3}\.?\d{3}"), ("ch.uid",)),
    Number(Kind.TAX_ID, _written(r"\d{3}\.\d{3}\.\d{3}-\d{2}"), ("br.cpf",)),
    Number(Kind.TAX_ID, _written(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}"), ("br.cnpj",)),
    Number(Kind.TAX_ID, _written(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"), ("it.codicefiscale",)),
    Number(
        Kind.TAX_ID,
        _written(r"(?=\d|[A-Z]\d|[A-Z]{5}\d)[A-Z0-9]{1,13}+(?:[ ./-]?[A-Z0-9]{1,13}+){0,4}"),
        ("us.ein", "us.itin", "gb.utr", "de.idnr", "de.stnr", "es.nif", "fr.nif", "ca.sin",
         "au.tfn", "au.abn", "in_.pan", "nl.bsn", "br.cpf"),
        _word(TAX),
    ),
)  # fmt: skip

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?=[ \n]?[A-Z0-9])")
_CARD = re.compile(
    r"(?<![\w.,$-])(?:\d{13,19}|\d{4}(?:([ \n-])\d{4}){3}|\d{4}[ \n-]\d{6}[ \n-]\d{5})"
    r"(?![\w-])(?![.,]\d)"
)
_CARD_PREFIX = re.compile(r"4|5[1-5]|2[2-7]|3[0-9]|6")
_CARD_WORD = _word(
    r"cards?|visa|mastercard|amex|american express|maestro|discover|credit|debit|payments?|paid"
)
_VALUES = {each: int(each, 36) for each in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_HEAD = 4
"""Characters for the country and the check digits, six digits once letters are numbers."""
SHORTEST_IBAN, LONGEST_IBAN = 15, 34
"""Characters, without spaces: Norway's, and what ISO 13616 allows."""


def find_ibans(text: str) -> Iterator[Found]:
    """Written in one piece or in groups, on one line or two."""
    for match in _IBAN.finditer(text):
        end = _iban_end(text, match.start())
        if end is not None:
            yield Found(match.start(), end, Kind.IBAN)


def _iban_end(text: str, start: int) -> int | None:
    """Where one ends that begins here: its country says how long it is."""
    written, remainder = "", 0
    for at in range(start, min(len(text), start + 2 * LONGEST_IBAN)):
        character = text[at]
        if character in " \n":
            if text[at - 1] in " \n":
                return None
            continue
        if character not in _VALUES or len(written) == LONGEST_IBAN:
            return None
        written += character
        if len(written) > _HEAD:
            value = _VALUES[character]
            remainder = (remainder * (10 if value < 10 else 100) + value) % 97  # noqa: PLR2004
        if len(written) >= SHORTEST_IBAN and _is_checked(written, remainder):
            return at + 1
    return None


def _is_checked(written: str, remainder: int) -> bool:
    """Whether the checksum of ISO 7064 holds; python-stdnum checks the rest, which takes longer.

    Args:
        written: the whole number.
        remainder: of what follows its country and check digits, divided by 97.
    """
    head = int("".join(str(_VALUES[each]) for each in written[:_HEAD]))
    return (remainder * 10**6 + head) % 97 == 1 and _valid("iban")(written)


def find_cards(text: str) -> Iterator[Found]:
    """In groups with spaces between, they look like a row of figures: then a word has to help."""
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        in_columns = " " in match[0] or "\n" in match[0]
        if in_columns and not _CARD_WORD.search(_before(text, match.start())):
            continue
        if _CARD_PREFIX.match(digits) and _valid("luhn")(digits):
            yield Found(match.start(), match.end(), Kind.CARD)
