"""Words without their endings, so that `customers` meets `customer`."""

import re
from functools import lru_cache

_STEM = 7
_WORD = re.compile(r"[a-z0-9][a-z0-9&'-]*")
_STOPS = (
    "a about an and any are as at be been by can did do does for from has have how if in into is "
    "it its made many much of on or our that the their them there these this those to was we were "
    "what when where which who why will with you your year fiscal company state explain explains "
    "tell give please between than then also per such not no fy q1 q2 q3 q4 s most roughly inc "
    "approximately report reports filing according main major primary key 10-k 10-q disclose "
    "discloses us usd million millions answer over other change changes corp more"
)
_STOP = frozenset(_STOPS.split())


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Endings off and long words cut, so that `cyclicality` meets `cyclical`."""
    for ending in ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) > len("ab"):
            word = word[: -len(ending)]
            break
    bare = word[:-1] if word.endswith(("e", "y")) and len(word) > len("abc") else word
    return bare[:_STEM].removesuffix("e")


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower().replace("\u2019", "'"))
    return frozenset(stem(w.removesuffix("'s").strip("'-")) for w in words if w not in _STOP)
