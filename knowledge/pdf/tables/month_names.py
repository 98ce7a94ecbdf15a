"""Names of months in the languages of reports, in full and as they are shortened."""

_NAMES = (
    "jan january januar jänner janvier janv enero ene januari gennaio janeiro",
    "feb february februar février fevrier févr febrero februari febbraio fevereiro",
    "mar march märz maerz mär mrz mars marzo maart março",
    "apr april avril avr abril abr aprile",
    "may mai mayo mei maggio maio maj",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet juil julio luglio julho",
    "aug august août aout agosto ago augustus augusti",
    "sep sept september septembre septiembre setiembre settembre setembro",
    "oct october okt oktober octobre octubre ottobre outubro",
    "nov november novembre noviembre novembro",
    "dec december dez dezember décembre decembre déc diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_LETTER = r"[^\W\d_]"


def _alternatives() -> str:
    """By first letter, so that few are tried where no month begins."""
    longest_first = sorted(MONTHS, key=len, reverse=True)
    return "|".join(
        f"{first}(?:{'|'.join(name[1:] for name in longest_first if name[0] == first)})"
        for first in dict.fromkeys(name[0] for name in longest_first)
    )


MONTH = rf"(?:(?<!{_LETTER})(?:{_alternatives()})(?!{_LETTER})\.?)"
"""A month's name as a word; figures may touch it: "December31,"."""


def month_number(name: str) -> int:
    """From 1; the name is one that `MONTH` matches."""
    return MONTHS[name.lower().rstrip(".")]
