"""Figures as people and filings write them, read to be compared: `$1,404`, `(1,404) thousand`.

Other countries' formats are read where they can't be taken for an English one: `1.234,5`,
`1,23,456.78`, `1'234`, no-break spaces; and, before a word of theirs, `12,5 Mio. EUR`, `1.234 Mio.`
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

THOUSAND, MILLION, BILLION = Decimal(10**3), Decimal(10**6), Decimal(10**9)
LAKH, CRORE = Decimal(10**5), Decimal(10**7)
SCALES = (Decimal(1), THOUSAND, MILLION, BILLION)
YEARS = range(1900, 2101)
CODE_DIGITS = 4
"""A bare number with fewer digits is as likely a page, a count or a product's name."""

_CONTINENTAL = (
    r"Mio|Mrd|Tsd|Millionen|Milliarden|Tausend|Prozent|Cent\b|ct\b|[kM]d?€|€|EUR\b"
    r"|millions?\sd['\u2019e]|milliards?\b|milliers\b|millones\b|euros?\b"
)
_NUMBER = re.compile(
    rf"""
    (?<!\w)(?<!\d\.)                         # not inside of a word, a name or another number
    (?P<open>\()?\s?
    (?P<sign>[-\u2212\u2013]\s?)?
    (?P<currency>(?:US)?[$€£₹]\s?[-(]?|(?:USD|EUR|GBP|INR|CHF|Rs\.?)\s)?
    (?P<digits>
        (?P<comma>                           # before the decimals
            \d{{1,3}}(?:\.\d{{3}}){{1,6}},\d{{1,4}} | \d{{1,3}}(?:\.\d{{3}}){{2,6}}(?![.\d])
          | \d{{1,3}}(?:[\u00a0\u202f\u2009]\d{{3}}){{1,6}}(?:,\d{{1,4}})?(?![.,]?\d)
          | \d{{1,3}}(?:[.\ ]\d{{3}}){{1,6}} (?=\s?(?:{_CONTINENTAL}))
          | \d{{1,3}}(?:\ \d{{3}}){{0,6}},\d{{1,2}} (?=\s?(?:%|{_CONTINENTAL}))
        )
      | \d{{1,2}}(?:,\d{{2}}){{1,6}},\d{{3}}(?:\.\d+)?
      | \d{{1,3}}(?:['\u2019]\d{{3}}){{1,6}}(?:\.\d+)?
      | \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+
    )
    (?!\w*[_\d])(?!-[A-Za-z])                # nor the start of one: 10-K, 5-year
    (?P<letter>bn|mn|mm|[bmk])?(?!\w)        # $1.8bn
    (?:\s?(?P<percent>%|percent\b|Prozent\b|percentage\spoints?\b))?
    (?P<close>\s?\))?
    (?:\s?(?P<percent_after>%))?
    (?:\s?\(?(?:in\s)?(?P<scale>thousands?|millions?|billions?|bn|mn|lakhs?|crores?|cr
        |Mio|Mrd|Tsd|Tausend|Millionen|Milliarden|milliards?|milliers|millones|k€|M€|Md€)(?!\w))?
    (?:\.?\s?(?:d['\u2019]|de\s)?(?P<currency_after>€|EUR\b|GBP\b|USD\b|CHF\b|INR\b|euros?\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CURRENCIES = {
    "$": "USD",
    "€": "EUR",
    "EURO": "EUR",
    "£": "GBP",
    "₹": "INR",
    "RS": "INR",
    **{code: code for code in ("USD", "EUR", "GBP", "INR", "CHF")},
}
_GROUPING = re.compile(r"[\s'\u2019]")
_FALLING = re.compile(
    r"\b(?:loss|decline|declined|decrease|decreased|fell|down|drop|dropped|used|outflow|negative)\b"
    r"[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_WORDS = {
    **dict.fromkeys(("mrd", "milliard", "md€", "b"), BILLION),
    **dict.fromkeys(("milliers", "t", "k"), THOUSAND),
    "lakh": LAKH,
    "cr": CRORE,
    "m": MILLION,
}
"""By how words begin, the longer ones first."""


@dataclass(frozen=True)
class Amount:
    """A figure in a text."""

    printed: str
    magnitude: Decimal
    """Without sign and scale: 1404 of `(1,404) thousand`."""
    quantum: Decimal
    """The place of its last shown digit, before scaling."""
    scale: Decimal | None
    """None where the text names none."""
    percent: bool
    currency: str | None
    """ISO 4217; a dollar sign alone is read as USD. None where the figure has none."""
    signs: frozenset[int]
    """Both where the text leaves it open: `(1,404)`, "a loss of 1,404"."""
    is_bare: bool
    """A whole number without currency, percent, scale or separator."""

    @property
    def is_figure(self) -> bool:
        """Whether it states an amount, rather than a year, a page, a count or part of a name."""
        if not self.is_bare:
            return True
        return self.magnitude >= 10 ** (CODE_DIGITS - 1) and int(self.magnitude) not in YEARS


def amounts(text: str) -> list[Amount]:
    """Every number of a text that is not part of a word, in order."""
    return [amount for _, amount in placed_amounts(text)]


def figures(text: str) -> list[Amount]:
    """Those that state an amount."""
    return [amount for amount in amounts(text) if amount.is_figure]


def within_half(value: Decimal, target: Decimal, quantum: Decimal) -> bool:
    """Whether a value rounds to a target whose last shown digit is worth `quantum`; ties do."""
    return abs(value - target) * 2 <= quantum


def placed_amounts(text: str) -> Iterator[tuple[int, Amount]]:
    """The same, each with the offset in the text at which `printed` begins."""
    for match in _NUMBER.finditer(text):
        digits = _plain(match)
        is_money = bool(match["currency"] or match["currency_after"])
        percent = bool(match["percent"] or match["percent_after"])
        scale = _scale(match)
        is_enclosed = "(" in match.group() and match["close"]
        printed = match.group().strip() if is_enclosed else match.group().strip(" ()\n")
        amount = Amount(
            printed=printed,
            magnitude=Decimal(digits),
            quantum=_quantum(digits, is_money=bool(match["currency"])),
            scale=scale,
            percent=percent,
            currency=_currency(match),
            signs=_signs(match),
            is_bare=match["digits"].isdecimal() and not (is_money or percent or scale),
        )
        yield text.index(printed, match.start()), amount


def _plain(match: re.Match[str]) -> str:
    """Its digits with a point before the decimals and nothing between thousands."""
    if match["comma"]:
        return _GROUPING.sub("", match["comma"].replace(".", "")).replace(",", ".")
    return _GROUPING.sub("", match["digits"].replace(",", ""))


def _quantum(digits: str, *, is_money: bool) -> Decimal:
    """`$4180.00` is money's way to write 4180, not a claim about cents."""
    decimals = digits.partition(".")[2]
    if is_money and decimals == "00":
        decimals = ""
    return Decimal(1).scaleb(-len(decimals))


def _currency(match: re.Match[str]) -> str | None:
    """As it stands before or after the digits, or within the scale (`M€`)."""
    near = (
        f"{match['currency'] or ''} {match['currency_after'] or ''} {match['scale'] or ''}".upper()
    )
    return next((code for sign, code in _CURRENCIES.items() if sign in near), None)


def _scale(match: re.Match[str]) -> Decimal | None:
    """A single letter scales money alone: `$10K`, but a 10K is a form."""
    letter = match["letter"] if match["currency"] else None
    word = match["scale"] or letter
    known = (scale for start, scale in _WORDS.items() if (word or "").lower().startswith(start))
    return next(known, None)


def _signs(match: re.Match[str]) -> frozenset[int]:
    if match["sign"] or "-" in (match["currency"] or ""):
        return frozenset({-1})
    opened = match["open"] or "(" in (match["currency"] or "")
    in_parentheses = opened and match["close"]
    if in_parentheses or _FALLING.search(match.string, max(0, match.start() - 60), match.start()):
        return frozenset({1, -1})
    return frozenset({1})
