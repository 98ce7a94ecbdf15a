"""The cells of a printed table: `(1,234)`, `$12.5`, `6.9 %`, and the dash that stands for nil."""

import re
from dataclasses import dataclass
from decimal import Decimal

_CELL = re.compile(
    r"-?(?P<open>\()?[$€£]?(?P<inner>\()?(?P<digits>\d[\d,]*(?:\.\d+)?)\)?(?P<percent>%?)\)?"
)
_DASHES = ("\u2014", "\u2013", "-")
_NIL = frozenset(
    f"{before}{dash}{after}" for dash in _DASHES for before in ("", "$") for after in ("", "%")
)
_GLUED = re.compile(r"(?P<word>[A-Za-z]{2,40})(?P<cell>[$(]{0,2}\d{1,3}(?:,\d{3})+\)?)")
_FOOTNOTE = re.compile(r"(?<=[A-Za-z.,)])\(\d{1,2}\)(?=\s|$)")
_FOOTNOTE_AT_END = re.compile(r"(?<=[A-Za-z)]) \(\d\)$")
_NOTE = re.compile(r"\((?:See )?Notes?\s[^()]{1,40}\)", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1950, 2099


@dataclass(frozen=True)
class Cell:
    """One printed figure, before its scale and period are known."""

    printed: str
    value: Decimal
    percent: bool

    @property
    def is_year(self) -> bool:
        return self.printed.isdigit() and _FIRST_YEAR <= self.value <= _LAST_YEAR


def read_cell(token: str) -> Cell | None:
    """None where the token is not a figure alone."""
    if token in _NIL:
        return Cell(token, Decimal(0), percent=token.endswith("%"))
    if token[:1].isalpha():
        return None
    found = _CELL.fullmatch(token)
    if not found or token.endswith(",") or not _grouped(found["digits"]):
        return None
    value = Decimal(found["digits"].replace(",", ""))
    negative = token.startswith("-") or found["open"] or found["inner"]
    return Cell(token, -value if negative else value, percent=bool(found["percent"]))


def _grouped(digits: str) -> bool:
    """Commas, if any, stand before groups of three."""
    whole = digits.split(".", 1)[0].split(",")
    return len(whole) == 1 or all(len(group) == len("000") for group in whole[1:])


def tokens_of(line: str) -> list[str]:
    """Words and cells of a line; a sign, bracket or percent set apart rejoins its figure."""
    line = _NOTE.sub(" ", " ".join(line.split()))
    line = _FOOTNOTE.sub(" ", line)
    marked = _FOOTNOTE_AT_END.search(line)
    if marked and not any(char.isdigit() for char in line[: marked.start()]):
        line = line[: marked.start()]
    for apart, joined in (("$ ", "$"), ("( ", "("), (" )", ")"), (" %", "%"), ("$(", "($")):
        line = line.replace(apart, joined)
    tokens: list[str] = []
    for token in line.split(" "):
        glued = _GLUED.fullmatch(token)
        tokens += [glued["word"], glued["cell"]] if glued else [token] if token else []
    return tokens
