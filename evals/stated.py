"""What an answer states itself: its lines without what it quotes, cites, lists or works with.

Left out are quotations, citations and their places, dates and periods, the paragraphs that list
inputs ("Figures used:") or closest passages, and all that follows the statement that nothing
answers: what is told after it is offered as a help, not as the answer.
"""

import re
from collections.abc import Iterator

from evals.figures import Amount, amounts
from evals.refusals import says_nothing_answers

_QUOTATION = re.compile(r'"[^"\n]*"|“[^“”\n]*”|„[^„“”\n]*[“”]|«[^«»\n]*»')
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|janv|févr|avr|juin|juil"
    r"|août|déc|ene|abr|ago|dic)[^\W\d]{0,7}\.?"
)
_NO_FIGURE = re.compile(
    rf"""
      \[\s?\d{{1,4}}(?:\s?[,\u2013-]\s?\d{{1,4}})*\s?\]                             # citations
    | \([^()\n]{{0,80}}\b(?:page|p\.|S\.|Seite|página)\s?\d[^()\n]{{0,40}}\)        # their places
    | \b(?:pages?|pp?\.|Seiten?|note|item|table|section|chapter|part|step)
        \s?\#?\d{{1,4}}(?:[.\u2013-]\d{{1,4}})?(?!\d)
    | \b\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?(?:19|20)\d\d\b)?                            # 31.12.2022
    | \b\d{{1,4}}[-/]\d{{1,2}}[-/]\d{{1,4}}\b                                       # 2022-12-31
    | \b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s(?:de\s)?{_MONTH}(?=\W|$)                  # 31 December
    | \b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?![.,]?\d)                            # December 31
    | \b(?:first\s|last\s)?\d{{1,3}}[-\s](?:days?|weeks?|months?|quarters?|years?
        |Monaten?|Wochen|mois|semaines|meses)\b
    | \b(?:Q|H|FY|fiscal\s|GJ\s?)'?\d{{1,4}}(?:[/\u2013-]\d{{2,4}})?\b
    | \b(?:19|20)\d\d(?:[/\u2013-]\d{{2,4}})?(?![\d.,]?\d)
        (?!\s?(?:%|percent|thousand|million|billion))                               # years
    | \b[^\W\d_]\w*[-_]\d+\b                                                        # INV-20417
    | (?m:^[ \t]{{0,8}}(?:\d{{1,2}}[.)]|[-*\u2022])\s)                              # list marks
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"""
    ^\W{0,4}(?:figures?\s(?:used|behind)|inputs?|computed|calculation|workings?|sources?|where
    |how|(?:the\s)?(?:closest|nearest)|berechn\w*|eingangs\w*|quellen?|calcul\w*|données|cálculo
    )\b[^:\n]{0,60}:""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING = re.compile(r"^answered by the \w+ model\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_STATES = re.compile(
    r"(?:[:=]|\b(?:was|were|is|are|to|of|at|total(?:l?ed)?|war(?:en)?|ist|beträgt|betrug"
    r"|est|était|fue|es))\s*$",
    re.IGNORECASE,
)
_WORD_FOLLOWS = re.compile(r"\s*[^\W\d_]")


def statements(answer: str) -> list[str]:
    """The lines that state something, up to the statement that nothing answers."""
    found = []
    for line in _own_lines(answer):
        sentences = _SENTENCE_END.split(line)
        told = [without_places(each) for each in _before_refusal(sentences)]
        found += [" ".join(told)] if told else []
        if len(told) < len(sentences):
            break
    return found


def without_places(text: str) -> str:
    """The text with blanks for citations, pages, dates, periods and names that hold digits."""
    return _NO_FIGURE.sub(lambda found: " " * len(found[0]), text)


def stated_figures(statement: str, *, with_counts: bool = False) -> list[Amount]:
    """The figures of a statement.

    Args:
        statement: a line of `statements`.
        with_counts: with every small whole number; otherwise only those that are told as a value,
            as in "Net sales: 684".
    """
    found, end = [], 0
    for amount in amounts(statement):
        start = statement.index(amount.printed, end)
        end = start + len(amount.printed)
        is_value = _STATES.search(statement, max(0, start - 20), start) and not (
            _WORD_FOLLOWS.match(statement, end)
        )
        if amount.is_figure or (amount.is_bare and (with_counts or is_value)):
            found.append(amount)
    return found


def _own_lines(answer: str) -> Iterator[str]:
    is_support = False
    for printed in answer.split("\n"):
        line = printed.strip()
        is_support = bool(line) and (is_support or bool(_SUPPORT.match(line)))
        if line and not (is_support or line.startswith(">") or _CLOSING.match(line)):
            yield _QUOTATION.sub(" ", line)


def _before_refusal(sentences: list[str]) -> Iterator[str]:
    for sentence in sentences:
        if says_nothing_answers(sentence):
            return
        yield sentence
