"""The person's instruction to tell a webhook, apart from what is asked.

Read in human messages only: the text of a passage never comes here.
"""

import re

_QUOTE = "[\"'`\u201c\u201d\u2018\u2019]"
_NOT_A_NAME = (
    "the|a|an|to|our|my|this|that|it|and|then|when|with|for|please|if|of|about|on|"
    "named|called|endpoint|webhooks?|which"
)
_NAME = (
    rf"(?:{_QUOTE}(?P<quoted>[\w.-]{{1,80}}){_QUOTE}|"
    rf"\b(?!(?:{_NOT_A_NAME})\b)(?P<plain>\w(?:[\w.-]{{0,78}}\w)?))"
)
_AFTER = rf"\bwebhook (?:named |called |endpoint )?{_NAME}"
_BEFORE = rf"{_NAME} webhook\b"
_SEND = r"\b(?:send|post|notify|push|forward|deliver|report|publish|tell)\b"
_NEGATION = re.compile(
    r"(?:\b(?:not|never|without)|n['\u2019]t)\s+(?:\w{1,20}\s+)?$", re.IGNORECASE
)
_REACH = 160
_LEAD = r"(?:\b(?:to|via|at)\s)?(?:\b(?:the|our|my)\s)?"
_ITSELF = (
    rf",?\s?(?:\b(?:and|then|also|please)\s){{0,3}}{_SEND}"
    r"(?:\s(?:it|this|that|me|the (?:answer|result|figure|number)s?))?\s"
)
_AFTER_SENDING = re.compile(_SEND, re.IGNORECASE)
_PLACES = tuple(re.compile(place, re.IGNORECASE) for place in (_AFTER, _BEFORE))


def read_endpoint(text: str) -> str | None:
    """The name in `send it to the webhook "ops"` or `notify the ops webhook`."""
    for verb in _AFTER_SENDING.finditer(text):
        clause = re.split(r"[.?!]\s|\n", text[verb.end() : verb.end() + _REACH], maxsplit=1)[0]
        if _NEGATION.search(text[max(verb.start() - 40, 0) : verb.start()]):
            continue
        for place in _PLACES:
            found = place.search(clause)
            if found:
                return str(found["quoted"] or found["plain"])
    return None


def without_instruction(text: str) -> str:
    """What is asked: "the answer" goes with its verb, a figure to send stays."""
    for lead in (_ITSELF, r"\s"):
        for place in (_AFTER, _BEFORE):
            rest, count = re.subn(f"{lead}{_LEAD}{place}", " ", text, count=1, flags=re.IGNORECASE)
            if count:
                return re.sub(r"([.?!]?)\s?([.?!])$", _one_mark, " ".join(rest.split()))
    return text


def _one_mark(ending: re.Match[str]) -> str:
    return ending[1] or ending[2]
