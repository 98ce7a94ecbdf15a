"""What stands above a row: the table's title, its scale, its columns and the section."""

import re
from dataclasses import dataclass, replace

from graphs.models.extractive.headers import LINE_END, Header, read_header
from graphs.models.extractive.passages import Passage, collapse
from knowledge.statements import Statement

_SCALE = re.compile(
    r"(?:^|\()(?:[^()]{0,40}\s)?in\s(?:[^\s()]{1,12}\s){0,2}?(thousand|million|billion)s?\b",
    re.IGNORECASE,
)
_SCALE_WORD = re.compile(r"(?:thousand|million|billion)s?\b", re.IGNORECASE)
_MOST_WORDS_OF_CAPTION = 14
_PARTS_TABLES = re.compile(r"^(?:note|item)\s\d{1,2}[a-z]?\b|^part\s[iv]{1,3}\b", re.IGNORECASE)
_LEAST_WORDS_OF_SENTENCE = 5
_NOT_PERIODS = re.compile(
    r"as (?:previously|originally|first)?\s?reported|previously reported|^as previously$|"
    r"^adjustments?$|level [123]\b|eliminations?\b|^(?:fair value|carrying (?:value|amount))$|"
    r"^(?>.*?(?:americas|europe|asia\b|domestic|international|segment)).*\btotal$",
    re.IGNORECASE,
)
_TITLES = 9
_LONGEST_TITLE = 90
_STATEMENTS = {
    Statement.CASH: re.compile(r"\bstatements? of (?:consolidated )?cash flows?", re.IGNORECASE),
    Statement.BALANCE: re.compile(
        r"\bbalance sheets?|\bstatements? of (?:consolidated )?financial (?:position|condition)",
        re.IGNORECASE,
    ),
    Statement.INCOME: re.compile(
        r"\bstatements? of (?:consolidated )?(?:comprehensive )?"
        r"(?:operations|earnings|income|profit|loss)",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True)
class Above:
    """Goes from line to line, and from one passage of a page to the one that continues it."""

    title: tuple[str, ...] = ()
    """The lines right above the columns, nearest last."""
    pending: tuple[str, ...] = ()
    """Lines without figures since the last row: a title, if columns follow."""
    scale: str = ""
    section: str = ""
    """The last line that ends in a colon: `Segment operating income:`."""
    heading: tuple[str, ...] = ()
    """The tokens of the heading while it goes on."""
    header: Header | None = None

    @property
    def name(self) -> str:
        """The nearest line of the title that is no caption in brackets."""
        lines = [line for line in self.title if not line.startswith("(")]
        return lines[-1] if lines else ""

    @property
    def statement(self) -> Statement | None:
        """The primary statement that the title names, if it does."""
        for line in reversed(self.title):
            for statement, pattern in _STATEMENTS.items():
                if _is_title(line) and pattern.search(line):
                    return statement
        return None

    def with_heading(self, tokens: list[str], passage: Passage) -> "Above":
        """A heading that doesn't go on from the line above is that of another table."""
        whole = (*self.heading, LINE_END, *tokens) if self.heading else tuple(tokens)
        header = read_header(whole, passage.year, passage.quarter)
        title = self.title if self.heading or not self.pending else self.pending
        scale = caption_scale(collapse(" ".join(tokens))) or self.scale
        return Above(title, (), scale, "", whole, header)

    def with_label(self, line: str) -> "Above":
        """A line without figures: a caption, a title, the end of a paragraph, or a row's label."""
        text = collapse(line)
        pending = (*self.pending, text)[-_TITLES:]
        scale = caption_scale(text, self.pending)
        if scale and self.heading:
            return replace(self, scale=scale, heading=() if self.header else self.heading)
        if scale:
            return Above(self.pending or self.title, pending, scale)
        if _NOT_PERIODS.search(text):
            return replace(self, header=None, heading=(), title=pending, pending=pending)
        if _ends_table(text):
            return Above(pending=(text,) if _PARTS_TABLES.search(text) else ())
        section = text.rstrip(":") if text.endswith(":") else self.section
        return replace(self, pending=pending, section=section, heading=())

    def with_row(self) -> "Above":
        return replace(self, pending=(), heading=())


def _is_title(line: str) -> bool:
    return line[:1].isupper() and not line.endswith(".") and len(line) <= _LONGEST_TITLE


def _ends_table(text: str) -> bool:
    if _PARTS_TABLES.search(text):
        return True
    sentence = text.endswith(".") and not text.endswith("Inc.")
    return sentence and len(text.split()) >= _LEAST_WORDS_OF_SENTENCE


def caption_scale(text: str, before: tuple[str, ...] = ()) -> str:
    """thousand, million or billion in `(in millions, except per share data)`, also over lines."""
    if not _SCALE_WORD.search(text):
        return ""
    for whole in (text, " ".join([*before[-2:], text])):
        found = _SCALE.search(collapse(whole))
        opens = found and (found[0].startswith("(") or len(text.split()) <= _MOST_WORDS_OF_CAPTION)
        if found and opens and not text.endswith("."):
            return found[1].lower()
    return ""
