"""Whether a question names a company: in full, in part, by its initials or its ticker."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from knowledge.query.words import COMMON_NAMES, LEGAL_FORMS

_WORD = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['\u2019]s\b|['\u2019]")
_CAPITALS = re.compile(r"\b[\w&]+(?:['\u2019]s)?")
_NAME_YEAR = re.compile(r"(?:19|20)\d\d")
MIN_ABBREVIATION, MAX_ABBREVIATION = 3, 6
MIN_JOINED = 5
"""Letters of a name written as one word, such as a file's `BESTBUY`."""


@lru_cache(maxsize=4096)
def name_words(company: str) -> tuple[str, ...]:
    """`Johnson & Johnson, Inc.` -> (johnson, johnson); lower case, without legal forms."""
    words = _words(company)
    kept = tuple(word for word in words if word not in LEGAL_FORMS)
    return kept or words


def mention(question: str, company: str | None, ticker: str | None, document: str) -> float:
    """How surely a question names the company of a document.

    Args:
        question: as asked.
        company: as on the cover, if known.
        ticker: its symbol, if known.
        document: the file's name, which may begin with the company's.

    Returns:
        0 for not at all, up to 1 for the full name.
    """
    return _mention(question, company, ticker, _owner(document))


@lru_cache(maxsize=4096)
def _mention(
    question: str, company: str | None, ticker: str | None, owner: tuple[str, ...]
) -> float:
    """The same for all filings of a company."""
    asked = _words(question)
    names = {owner, name_words(company) if company else ()}
    best = max((_share(asked, name) for name in names if len("".join(name)) > 1), default=0.0)
    return 1.0 if best < 1 and ticker and _has_ticker(question, ticker) else best


def name_of(company: str | None, document: str) -> tuple[str, ...]:
    """The company's name in words, from the cover or else from the file's name."""
    return name_words(company) if company else _owner(document)


def without_name(question: str, company: str | None, ticker: str | None, document: str) -> str:
    """A question without the company's name, which is on every page and so tells none apart.

    Words are taken out where they are written like a name: `Best Buy`, not `the best`.
    """
    name = (*name_of(company, document), *_owner(document))
    symbols = {ticker.lower()} if ticker else set()

    def is_name(found: re.Match[str]) -> bool:
        words = _words(found[0])
        written = not found[0][0].islower() or not found[0].islower()
        return (
            written
            and bool(words)
            and all(
                word in name or word in symbols or _abbreviates(word, name_of(company, document))
                for word in words
            )
        )

    return _CAPITALS.sub(lambda found: "" if is_name(found) else found[0], question)


def _has_ticker(question: str, ticker: str) -> bool:
    """In capitals; a symbol of one letter would be found in any question."""
    pattern = rf"(?<![A-Za-z]){re.escape(ticker)}(?![A-Za-z])"
    return len(ticker) > 1 and re.search(pattern, question) is not None


@lru_cache(maxsize=4096)
def _owner(document: str) -> tuple[str, ...]:
    """`JOHNSON_JOHNSON_2022_10K.pdf` -> (johnson, johnson)."""
    head = _NAME_YEAR.split(document.rsplit(".", 1)[0])[0]
    return name_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", head)) if head.strip("_- ") else ()


def _share(asked: Sequence[str], name: Sequence[str]) -> float:
    """How surely a name stands in a question: in full, as one word, in part, or abbreviated."""
    joined = "".join(name)
    if _has_run(asked, name):
        return 1.0
    if len(joined) >= MIN_JOINED and any(
        run.startswith(joined) for run in _runs(asked, len(name) + 2)
    ):
        return 0.9
    leading = max((at for at in range(1, len(name)) if _tells(asked, name[:at])), default=0)
    if leading:
        return 0.5 + 0.4 * leading / len(name)
    return 0.8 if len(name) > 1 and _is_abbreviated(asked, name) else 0.0


def _tells(asked: Sequence[str], lead: Sequence[str]) -> bool:
    """Whether the first words of a name stand there and are peculiar to it."""
    return _has_run(asked, lead) and any(
        word not in COMMON_NAMES and len(word) >= MIN_ABBREVIATION for word in lead
    )


def _is_abbreviated(asked: Sequence[str], name: Sequence[str]) -> bool:
    spelled = " and ".join(word[0] for word in name).split()  # "J&J" is read as "j and j"
    return _has_run(asked, spelled) or any(_abbreviates(word, name) for word in asked)


def _has_run(asked: Sequence[str], name: Sequence[str]) -> bool:
    return any(
        tuple(asked[at : at + len(name)]) == tuple(name) for at in range(len(asked) - len(name) + 1)
    )


def _runs(asked: Sequence[str], longest: int) -> set[str]:
    """Neighbouring words written as one."""
    return {
        "".join(asked[at : at + length])
        for at in range(len(asked))
        for length in range(1, longest + 1)
    }


def _abbreviates(word: str, name: Sequence[str]) -> bool:
    """Whether a word is made of the beginnings of a name's words: `jnj`, `amex`, `amd`."""
    if not MIN_ABBREVIATION <= len(word) <= MAX_ABBREVIATION or word in COMMON_NAMES | LEGAL_FORMS:
        return False
    return word in (_initials(name), _initials(name, "n"), _initials(name, "and")) or (
        len(name) == 2 and _begins_both(word, name)  # noqa: PLR2004
    )


def _initials(name: Sequence[str], joint: str = "") -> str:
    return joint.join(word[0] for word in name)


def _begins_both(word: str, name: Sequence[str]) -> bool:
    return any(
        name[0].startswith(word[:cut]) and name[1].startswith(word[cut:])
        for cut in range(2, len(word) - 1)
    )


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    text = _POSSESSIVE.sub("", text.lower().replace("&", " and "))
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return tuple(_WORD.findall(plain))
