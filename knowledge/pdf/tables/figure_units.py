"""Each figure's unit and scale: what it prints itself, else its row, its column, its table."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.pdf.tables.figures import Figure
from knowledge.pdf.tables.money import POUNDS, UNCLEAR_DOLLAR, US_MONEY, Money
from knowledge.pdf.tables.row_units import (
    Named,
    is_of_equity,
    named_by_column,
    named_by_heading,
    named_by_label,
)
from knowledge.pdf.tables.units import (
    COUNTED_COLUMN,
    COUNTED_LABEL,
    UnitNote,
    column_note,
    unit_note,
)

NOT_MONEY = frozenset({"percent", "times", "points", "basis points", "years", "months", "days"})
PARTS = frozenset({"pence", "cents"})
WITHOUT_DECIMALS = frozenset({"JPY", "KRW", "IDR", "VND", "CLP", "COP", "HUF"})
LARGE = 1000
SHARE = "share"
"""A fund's unit is one, too."""
RATE_OR_AMOUNT = "rate or amount unclear"
POUNDS_OR_PENCE = "pounds or pence unclear"
UNCLEAR_SCALE = "scale of a row per {} unclear"
UNCLEAR_COUNT = "scale of a count unclear"
COLUMN_CONTRADICTS = "unit of the column contradicts the table's"
_NOT_SHARES = re.compile(
    r"\$|\b(?:values?|prices?|amounts?|costs?|exercise|life|lives|terms?)\b", re.IGNORECASE
)
_THING = re.compile(r"[A-Za-z]{4,20}")
_COUNT_COLUMN = re.compile(
    r"^(?:qty\.?|quantity|menge|quantit\u00e9|cantidad|no\.|hours)$", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[][^)\]]{1,60}[)\]]|(?<!\s)\s{1,3}in\s[^,]{1,30}$")


@dataclass(frozen=True)
class Surroundings:
    """What is said around one figure."""

    label: str
    group: tuple[str, ...]
    column: str
    note: UnitNote
    is_percent_column: bool
    printed: str | None
    """The currency that most figures of the table print."""
    may_count_shares: bool = True
    money: Money = US_MONEY
    is_per: bool = False
    """Whether all of the table's figures are per share or unit, as its note says."""


@dataclass(frozen=True)
class Unit:
    """What a figure counts, and what its value is multiplied by."""

    unit: str | None
    scale: int = 1
    doubt: str | None = None


def unit_of(figure: Figure, around: Surroundings) -> Unit:
    """One figure's unit and scale."""
    if figure.unit in NOT_MONEY:
        return Unit(figure.unit, figure.scale or 1)
    named = _named(around)
    if named is not None and named.per is not None:
        return _per_or_amount(named.per, figure, around)
    if figure.unit is None and (other := _no_money(figure, named, around)):
        return other
    if around.is_per:
        return _per(SHARE, figure, around)
    return _amount(figure, around)


def _no_money(figure: Figure, named: Named | None, around: Surroundings) -> Unit | None:
    """Shares, percent or a count, where words around a figure that prints no unit say so."""
    if named is not None and named.is_shares and around.may_count_shares:
        own = column_note(around.column).scale
        return Unit("shares", figure.scale or (own if own > 1 else around.note.share_scale))
    is_percent = around.is_percent_column or around.note.is_percent
    if is_percent or (named is not None and named.is_percent):
        return Unit("percent")
    return _counted(around)


def _per_or_amount(thing: str, figure: Figure, around: Surroundings) -> Unit:
    """Without decimals, "Net income" under "Earnings per share" is what these are computed from."""
    has_decimals = figure.value.as_tuple().exponent != 0
    if figure.is_nil or has_decimals or _is_cheap(figure, around):
        return _per(thing, figure, around)
    by_itself = named_by_column(around.column) or named_by_label(around.label)
    if by_itself is None:
        return _amount(figure, around)
    rate = _per(thing, figure, around)
    return replace(rate, doubt=rate.doubt or RATE_OR_AMOUNT) if abs(figure.value) >= LARGE else rate


def _is_cheap(figure: Figure, around: Surroundings) -> bool:
    """Whether the currency has rates without decimals: yen, won, pence."""
    printed = figure.unit or around.note.currency or around.printed or around.money.main
    return around.money.code(printed) in WITHOUT_DECIMALS or printed in PARTS


def _amount(figure: Figure, around: Surroundings) -> Unit:
    label, column, note = label_note(around.label), column_note(around.column), around.note
    if figure.unit in PARTS:
        return Unit(figure.unit)
    says_money = any(each.scale > 1 or each.is_money for each in (label, column, note))
    printed = figure.unit or label.currency or column.currency or note.currency or around.printed
    if printed is None and (says_money or figure.scale):
        printed = around.money.main
    scale = figure.scale or next(
        (each.scale for each in (label, column, note) if each.scale > 1), 1
    )
    if (label.part or column.part) and figure.unit is None:
        return Unit(label.part or column.part)
    doubt = label.doubt or column.doubt or note.doubt
    is_apart = column.scale > 1 and note.scale > 1 and column.scale != note.scale
    if is_apart and not note.is_of_columns:
        doubt = COLUMN_CONTRADICTS
    return _resolved(printed, scale, doubt, around.money)


def _resolved(printed: str | None, scale: int, doubt: str | None, money: Money) -> Unit:
    if printed == POUNDS:
        return Unit("GBP" if money.main == "GBP" else POUNDS, scale, doubt)
    code = money.code(printed)
    if printed == "$" and code is None:
        doubt = doubt or UNCLEAR_DOLLAR
    return Unit(code, scale, doubt)


def _per(thing: str, figure: Figure, around: Surroundings) -> Unit:
    """A rate is never scaled by its table's note, only by what its own row says."""
    label, column = label_note(around.label), column_note(around.column)
    part = figure.unit if figure.unit in PARTS else None
    part = part or (
        None if figure.unit else label.part or _part_of_group(around) or around.note.part
    )
    if part is not None:
        return Unit(f"{part}/share" if thing == SHARE else part)
    whole = _amount(figure, around)
    scale = figure.scale or label.scale
    doubt = None if whole.doubt == COLUMN_CONTRADICTS else whole.doubt
    if whole.unit == "GBP" and thing == SHARE and not (figure.unit or label.currency):
        doubt = POUNDS_OR_PENCE
    elif (
        scale == 1
        and max(column.scale, around.note.scale) > 1
        and thing != SHARE
        and not label.currency
    ):
        doubt = doubt or UNCLEAR_SCALE.format(thing)
    code = whole.unit or (around.money.main if figure.unit is None else None)
    if thing != SHARE:
        return Unit(code, scale, doubt)
    if code == "GBP" and around.money.has_pence and not (figure.unit or label.currency):
        return Unit("pence/share")
    return Unit(f"{code}/share" if code else "per share", scale, doubt)


def _part_of_group(around: Surroundings) -> str | None:
    return next((part for text in around.group if (part := label_note(text).part)), None)


def _counted(around: Surroundings) -> Unit | None:
    if found := COUNTED_LABEL.match(around.label):
        scale = label_note(around.label).scale
        doubt = UNCLEAR_COUNT if scale == 1 < around.note.scale else None
        return Unit((found["thing"] or found["staff"]).lower(), scale, doubt)
    if _is_excepted(around):
        return Unit(None)
    if counted := column_note(around.column).counted or around.note.counted:
        is_shares = counted == "shares"
        if is_shares and _NOT_SHARES.search(around.column):
            return None
        return Unit(counted, around.note.share_scale if is_shares else around.note.counted_scale)
    return _counted_by_column(around)


def _is_excepted(around: Surroundings) -> bool:
    """Whether the note leaves out what the label counts: "in thousands, except ... stores"."""
    word = around.label.split(maxsplit=1)[:1]
    return (
        bool(word)
        and _THING.fullmatch(word[0]) is not None
        and (word[0].lower() in around.note.excepted)
    )


def _counted_by_column(around: Surroundings) -> Unit | None:
    if _COUNT_COLUMN.match(around.column.strip()):
        return Unit(None)
    is_money = around.note.is_money or around.printed is not None
    if not is_money and (counted := COUNTED_COLUMN.search(around.column)):
        return Unit((counted[1] or counted[2]).lower(), around.note.scale)
    return None


def _named(around: Surroundings) -> Named | None:
    """Per share, shares or percent, as the words around a figure say, the nearest first."""
    if (named := named_by_column(around.column)) or is_of_equity(around.column):
        return named
    said = (named_by_label(around.label), *map(named_by_heading, reversed(around.group)))
    return next(filter(None, said), None)


@lru_cache(maxsize=256)
def label_note(label: str) -> UnitNote:
    """What a row's own label says of its unit, in brackets or behind "in"."""
    said = " ".join(_BRACKETS.findall(label[:400]))
    return unit_note(said) if said else UnitNote()
