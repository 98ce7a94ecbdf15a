"""JSON that can be stored and passed on: Postgres, UTF-8 and other parsers refuse some of it."""

import json
import re

MAX_DEPTH = 64
MIN_INTEGER, MAX_INTEGER = -(2**63), 2**64 - 1
"""As far as MessagePack goes, in which conversations are stored."""
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""An escaped NUL, with the backslashes before it in pairs."""


class UnfitJsonError(ValueError):
    """The value isn't plain JSON; the message says what to change."""


def parse_plain(text: str) -> object:
    """Parse JSON.

    Raises:
        json.JSONDecodeError: it isn't JSON.
        UnfitJsonError: it is, and holds what `require_plain` refuses.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise UnfitJsonError("Values are nested too deep.") from None
    except json.JSONDecodeError:
        raise
    except ValueError:  # Python's bound on the digits of an integer
        raise _too_long() from None
    require_plain(value)
    return value


def require_plain(value: object) -> None:
    """Refuse NUL characters, lone surrogates, NaN, infinities, long integers and 65 levels.

    Raises:
        UnfitJsonError: the value holds one of these.
    """
    _require_shallow(value)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except UnicodeEncodeError:
        raise UnfitJsonError("Text holds half of a surrogate pair: send valid Unicode.") from None
    except ValueError:
        raise UnfitJsonError(
            "A number is infinite, too large or NaN: send finite numbers."
        ) from None
    if _NUL.search(text):
        raise UnfitJsonError("Text holds a NUL character: remove it.")


def _require_shallow(value: object) -> None:
    """Level by level, since a recursion of ours would end before the parser's own."""
    level = [value]
    for depth in range(MAX_DEPTH + 1):
        containers = [each for each in level if isinstance(each, dict | list)]
        if any(isinstance(each, int) and not MIN_INTEGER <= each <= MAX_INTEGER for each in level):
            raise _too_long()
        if not containers:
            return
        if depth == MAX_DEPTH:
            raise UnfitJsonError(f"Values are nested more than {MAX_DEPTH} levels deep.")
        level = [
            child
            for each in containers
            for child in (each.values() if isinstance(each, dict) else each)
        ]


def _too_long() -> UnfitJsonError:
    return UnfitJsonError("A whole number has more than 64 bits: send it as text.")
