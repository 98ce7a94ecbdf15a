"""Whether a question is about a part of a company, whose figures the statements don't print."""

import re

from graphs.models.extractive.formulas import METRIC

_PART = re.compile(
    r"\b(?:segments?|geograph\w{1,6}|by region|categor(?:y|ies)|product lines?|attribut\w{1,5} to|"
    r"falls? due|fall due|due (?:after|in|within)|matur\w{1,5}|scheduled?|subsidiar(?:y|ies)|"
    r"reportable|countr(?:y|ies))\b"
)
_QUALIFIED = re.compile(
    r"\b(?:u\.?s\.?|united states|international|domestic|foreign|american?|european?|asian?|"
    r"adjusted|non-gaap|organic|comparable|same-store|online|digital|service|services|product|"
    r"subscription|licen[sc]e|advertising|cloud|hardware|software|wholesale|retail|quarterly|"
    r"deferred|unearned|pro forma|core|underlying|additions? to|impairments? of|changes? in fair) $"
)
_FROM_PART = re.compile(
    r"^,? (?:from|in|within|outside|of) (?:the )?(?:u\.?s\.?|united states|europe|asia|americas?|"
    r"china|latin america|emea|domestic|international)\b|"
    r"^ (?:under construction|acquired|pledged|held (?:for|by|in)|impairments?)\b"
)
_REACH = 30


def is_part_of_company(text: str) -> bool:
    """For a question in lower case: a segment's, a region's or an adjusted figure is asked."""
    if _PART.search(text):
        return True
    return any(
        _QUALIFIED.search(text[max(found.start() - _REACH, 0) : found.start()])
        or _FROM_PART.search(text[found.end() : found.end() + _REACH])
        for found in METRIC.finditer(text)
    )
