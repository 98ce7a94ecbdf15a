"""Which currency a document means by `$`, `\u00a5`, `kr`, or by no sign at all."""

import re
from collections import Counter
from dataclasses import dataclass

from knowledge.pdf.tables.currencies import CODES, SIGNS, currency_of

MAIN = 0.6
"""Share of all signs from which a currency is the document's."""
UNCLEAR_DOLLAR = "which dollar is unclear"
POUNDS = "pounds"
_DOLLAR = re.compile(r"[A-Z]{1,3}\$")
_CODE = re.compile(r"[A-Z]{3}(?<![A-Za-z][A-Z]{3})(?![A-Za-z])")
_NAMED = re.compile(
    r"\b(?:(?:Canadian|Australian|New\s+Zealand|Hong\s+Kong|Singapore)\s+dollars|[Ee]uros?|RMB|Rs\.|kr|"
    r"(?:pounds?\s+)?[Ss]terling)(?![A-Za-z])"
)
_COUNTRY = re.compile(
    r"\b(?:(?P<US>United\s+States|U\.S\.(?=\W)|Form\s+(?:10-?[KQ]|8-?K|20-?F)|Nasdaq|NASDAQ|NYSE|Delaware|SEC)|"
    r"(?P<AUD>Australia\w{0,2}|ASX|Pty)|(?P<CAD>Canad(?:a|ian)|TSX|Ontario|Alberta)|"
    r"(?P<HKD>Hong\s+Kong)|(?P<SGD>Singapore|SGX)|(?P<NZD>New\s+Zealand|NZX)|"
    r"(?P<elsewhere>plc|PLC|Limited|Ltd|AG|SE|N\.V|S\.A|AB|ASA|Oyj|A/S|GmbH|IFRS|Konzern\w{0,20}))(?!\w)"
)
_CODES = frozenset(CODES)
_DOLLARS = ("CAD", "AUD", "HKD", "SGD", "NZD")
_PENCE = re.compile(
    r"\bper\s+(?:\w{1,20}\s)?share\b[^.;]{0,60}\bpence\b|\bpence\s+(?:per|a)\s+(?:\w{1,20}\s)?share\b|"
    r"\d\s?p\s+per\s+(?:\w{1,20}\s)?share\b",
    re.IGNORECASE,
)
ELSEWHERE = "elsewhere"
_SPECIAL = {"kr": ("SEK", "NOK", "DKK", "ISK"), "\u00a5": ("JPY", "CNY")}


@dataclass(frozen=True)
class Money:
    """A document's currencies."""

    main: str | None = None
    """The one of amounts that name none; None if the document leaves it open."""
    dollar: str | None = "USD"
    """What `$` alone means; None if that is unclear."""
    yen: str = "JPY"
    """What `\u00a5` means: JPY or CNY."""
    krone: str | None = None
    has_pence: bool = False
    """Whether amounts per share are in pence."""

    def code(self, printed: str | None) -> str | None:
        """The ISO 4217 code of a printed currency, or None where that is unclear."""
        known = {"$": self.dollar, "\u00a5": self.yen, "kr": self.krone}
        return known.get(printed, printed) if printed else None


US_MONEY = Money("USD")


@dataclass
class MoneyEvidence:
    """What pages say of currencies."""

    said: Counter[str]
    countries: Counter[str]
    pence: int = 0
    """Pages that name pence a share."""

    def money(self) -> Money:
        """What the pages seen so far come to."""
        said = Counter(self.said)
        dollar = self._dollar()
        yen = "CNY" if said["CNY"] > said["JPY"] else "JPY"
        krone = _most(said, _SPECIAL["kr"])
        for sign, code in (("$", dollar), ("\u00a5", yen), ("kr", krone)):
            said[code or ""] += said.pop(sign, 0)
        total = sum(said.values())
        code, count = said.most_common(1)[0]
        if not total:
            # Filings in the United States may print no sign at all.
            code, count = ("USD", 1) if not self.countries[ELSEWHERE] else ("", 0)
        return Money(
            code if code and count >= MAIN * total else None, dollar, yen, krone, self.pence > 0
        )

    def _dollar(self) -> str | None:
        """The dollar that the text names; of the country where else the company seems to be."""
        named = _most(self.said, _DOLLARS)
        if named and self.said[named] > self.said["USD"] + self.countries["US"]:
            return named
        elsewhere = max([self.countries[code] for code in _DOLLARS], default=0)
        if self.said["USD"] or 2 * self.countries["US"] >= elsewhere:
            return "USD"
        return None


def money_in(text: str) -> MoneyEvidence:
    """What one page says of currencies."""
    said = Counter({code: text.count(sign) for sign, code in SIGNS.items() if sign in text})
    for printed in _DOLLAR.findall(text):
        if code := currency_of(printed):
            said.update((code,))
            said.subtract(("$",))
    said.update(code for code in _CODE.findall(text) if code in _CODES)
    said.update(currency_of(name) or "" for name in _NAMED.findall(text))
    countries = Counter(found.lastgroup or "" for found in _COUNTRY.finditer(text))
    pence = ("pence" in text or "p per " in text) and _PENCE.search(text) is not None
    return MoneyEvidence(said, countries, pence)


def _most(said: Counter[str], codes: tuple[str, ...]) -> str | None:
    best = max(codes, key=lambda code: said[code])
    return best if said[best] else None
