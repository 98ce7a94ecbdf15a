"""What a question says about periods, company, rounding and the webhook to tell."""

import re
from dataclasses import dataclass
from functools import cached_property

from graphs.models.extractive.formulas import is_term
from graphs.models.extractive.instruction import read_endpoint, without_instruction
from knowledge.query.asked_periods import asked_periods, without_asked_periods
from knowledge.query.cleaning import clean
from knowledge.query.periods import Period

_LONGEST = 4_000
_LONGEST_NAMING = 1_000
_ASIDE = re.compile(r"(?<=[.?!;] )if [^.?!]{0,300}(?:[.?!]|$)")
YEAR = re.compile(r"(?:\bfy ?'?|\b)((?:19|20)\d\d)(?!\d|-k|-q)|\bfy ?'?(\d\d)\b(?!\d)")
_REPORT = re.compile(
    r"(?:fy ?|fiscal (?:year )?)?((?:19|20)\d\d) (?:10-?[kq]s?|annual report|filing|report)\b|"
    r"\b(?:filing|report|10-?k) (?:for|of) (?:fy ?|fiscal (?:year )?)?((?:19|20)\d\d)\b"
)
_QUARTERLY_REPORT = re.compile(r"\b10-?qs? for the quarter ended [a-z]{3,9} \d{1,2}, \d{4}")
_OR_LOSS = re.compile(
    r"(?<=income|profit)(?: or loss| \(loss\)|/\(loss\))|(?<=earnings) or loss\b", re.IGNORECASE
)
_AS_FIRST_REPORTED = re.compile(
    r"\b(?:first|originally|initially|previously) report(?:ed)?\b|"
    r"\bbefore (?:it was |they were |being |the |its )?restate(?:d|ment)\b"
)
_AS_RESTATED = re.compile(
    r"\b(?:latest|newest|most recent) (?:filing|report|10-?[kq])\b|"
    r"\b(?:as|when) (?:restated|revised|recast)\b|\bafter the (?:correction|restatement)\b|"
    r"\brestated (?:figure|amount)"
)
_AMOUNT = re.compile(r"\bhow (?:much|many)\b|\bwhat (?:share|percentage|amount|is the amount)\b")
_DIGITS = re.compile(r"\b(one|two|three|four|five|\d) decimal(?: place| point|s)?")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_WHOLE = re.compile(r"nearest (?:whole|integer|percent)|\bwhole (?:number|percent)")
_UNIT = re.compile(r"\bin (?:units of )?(?:usd |us |\$ ?)?(thousand|million|billion)s?\b")
_ONES = re.compile(r"\bin (?:full |whole )?(?:us |u\.s\. )?(?:usd|dollars)\b")
_DUE = re.compile(
    r"\b(?:falls? due|due|matur(?:e|es|ing)|payable) in (?:fy ?|fiscal (?:year )?)?(20\d\d)\b|"
    r"\b(?:due )?(thereafter)\b|\b(?:falls? due |due )after (?:the )?(?:five years|20\d\d)"
    r"(?: that (?:its|the) schedule names)?",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:(?:as )?(?:first|originally|initially|previously) report(?:ed)?|as filed|"
    r"(?:by|in|from|of|using|according to|per) (?:its|their|the) (?:notes?|10-?[kq]s?|"
    r"filings?|reports?|"
    r"(?:statement of )?cash flows?(?: statement)?|income statement|balance sheet)|"
    r"after the (?:correction|restatement)|(?:the )?notes to|before (?:it was |they were |"
    r"being |the |its )?restate(?:d|ment)|"
    r"on (?:a|the basis of a) 36[05]-day year|year[- ]end|"
    r"(?:in|to) (?:full |whole )?(?:us |u\.s\. )?(?:thousands?|millions?|billions?|dollars?|"
    r"usd|percent)"
    r"(?: of (?:us |u\.s\. )?dollars?)?(?: (?:thousands?|millions?|billions?))?|"
    r"(?:to )?(?:one|two|three|four|no|zero|\d) decimals?(?: places?)?|all digits written out|"
    r"(?:one|two|three|four|five|six)[- ]year|over the (?:two|three|four|five) (?:fiscal )?years|"
    r"of the (?:two|three|four|five) (?:fiscal )?years|for each of|side by side|"
    r"taking [^.?!]{2,60} as [^.?!;,]{2,80}(?=[.?!;,]|$))\b",
    re.IGNORECASE,
)
"""How an answer should be given, rather than what is asked."""
_CURRENCIES = {
    name: code
    for code, names in (
        ("EUR", "euro|eur"),
        ("USD", "dollar|us dollar|usd"),
        ("GBP", "pound|sterling|gbp"),
        ("JPY", "yen|jpy"),
        ("CHF", "franc|swiss franc|chf"),
        ("INR", "rupee|inr"),
        ("CNY", "yuan|renminbi|rmb|cny"),
        ("SEK", "krona|sek"),
    )
    for name in names.split("|")
}
_CURRENCY_WORDS = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
_CURRENCY_ASKED = re.compile(
    rf"\b(?:converted |expressed |stated )?(?:in|into|to) (?:thousands?|millions?|"
    rf"billions?)?(?: of )?"
    rf"({_CURRENCY_WORDS})s?\b|\bhow many ({_CURRENCY_WORDS})s?\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z0-9][\w&.-]{0,40}+(?: (?:& )?[A-Z][\w&.-]{0,40}+){0,4}"
_OWNER = re.compile(rf"\b({_NAME})['\u2019]s?(?!\w)")
_OBJECT = re.compile(rf"\b(?:about|for|of|at|by|did|does|has|is|was|are|were|from|do) ({_NAME})")
_NOT_A_NAME = re.compile(
    r"(?:FY|Q|H)?'?\d+|(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December|FY|Q[1-4]|USD|US|EPS|FCF|EBITDA|EBIT|PP&E|PPE|COGS|CAGR|ROA|ROE|SG&A|R&D|"
    r"GAAP|Non-GAAP|DPO|Inc|Corp|Co|Ltd|LLC|PLC|10-?[KQ]|Fiscal|The|What|Which|Who|How|Is|Are|"
    r"Was|Did|Does|Do|In|If)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """One human message."""

    original: str

    @cached_property
    def text(self) -> str:
        """Without the instruction to tell a webhook, whitespace collapsed."""
        whole = " ".join(self.original[:_LONGEST].split())
        return without_instruction(whole) if self.webhook else whole

    @cached_property
    def lower(self) -> str:
        """What is asked, lower case, without "if it doesn't apply, say so" at the end.

        Of `income or loss`, as one line of a statement, the first word is enough.
        """
        asked = _ASIDE.sub(" ", self.text.lower().replace("\u2019", "'"))
        return _OR_LOSS.sub("", asked)

    @cached_property
    def _told(self) -> str:
        """Without the report that is named, if a period is named beside it."""
        rest = _QUARTERLY_REPORT.sub("", _REPORT.sub("", _DUE.sub(" ", self.lower)))
        return rest if YEAR.search(rest) else _DUE.sub(" ", self.lower)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Ascending; a date tells more than the year in it."""
        return asked_periods(self._told)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Ascending."""
        return tuple(sorted({period.year for period in self.periods}))

    @cached_property
    def item(self) -> str:
        """What to look up: the question without instructions, the report and the periods named."""
        plainly = _MANNER.sub(" ", _DUE.sub(" ", _ASIDE.sub(" ", self.text)))
        asked = _OR_LOSS.sub("", clean(plainly))
        for pattern in (_QUARTERLY_REPORT, _REPORT, _CURRENCY_ASKED):
            asked = pattern.sub(" ", asked)
        item = without_asked_periods(asked) or self.text
        if self.wants_first:
            return f"{item} as originally reported"
        return f"{item} as restated" if self.wants_restated else item

    @cached_property
    def asks_basis_points(self) -> bool:
        """Whether a change of a rate is asked for in hundredths of a percentage point."""
        return "basis point" in self.lower or " bps" in self.lower

    @cached_property
    def row(self) -> str | None:
        """The row of a schedule that is asked for: `2026`, `Thereafter`."""
        found = _DUE.search(self.text)
        return (found[1] or "Thereafter") if found else None

    @cached_property
    def currency(self) -> str | None:
        """The code of the currency that an amount is asked in."""
        found = _CURRENCY_ASKED.search(self.lower)
        return _CURRENCIES[(found[1] or found[2]).lower()] if found else None

    @cached_property
    def asks_amount(self) -> bool:
        """Then a sentence without a figure is no answer."""
        return bool(_AMOUNT.search(self.lower))

    @cached_property
    def report_year(self) -> str:
        """`2022` where the report of that year is named: `according to its FY2022 10-K`."""
        found = _REPORT.search(self.lower)
        return (found[1] or found[2]) if found else ""

    @cached_property
    def wants_first(self) -> bool:
        """The figure before any restatement."""
        return bool(_AS_FIRST_REPORTED.search(self.lower))

    @cached_property
    def wants_restated(self) -> bool:
        return bool(_AS_RESTATED.search(self.lower)) and not self.wants_first

    @cached_property
    def digits(self) -> int | None:
        """Decimal places asked for."""
        found = _DIGITS.search(self.lower)
        if found:
            return _NUMBERS.get(found[1]) or int(found[1])
        return 0 if _WHOLE.search(self.lower) else None

    @cached_property
    def scale(self) -> str | None:
        """thousand, million, billion; empty for single dollars, None where none is named."""
        found = _UNIT.search(self.lower)
        if found:
            return found[1]
        return "" if _ONES.search(self.lower) else None

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Words that can be a company's name, as written; possessives first."""
        text = self.text[:_LONGEST_NAMING]
        found = [*_OWNER.findall(text), *_OBJECT.findall(text)]
        names = (_trim(name) for name in found)
        return tuple(dict.fromkeys(name for name in names if name and not is_term(name.lower())))

    @cached_property
    def webhook(self) -> str | None:
        """The registered endpoint that the person tells us to notify."""
        return read_endpoint(self.original[:_LONGEST])


def _trim(name: str) -> str:
    words = name.strip(".").split(" ")
    while words and _NOT_A_NAME.fullmatch(words[0].strip(".,")):
        words.pop(0)
    while words and _NOT_A_NAME.fullmatch(words[-1].strip(".,")):
        words.pop()
    return " ".join(words)
