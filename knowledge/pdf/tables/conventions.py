"""How a document prints figures and what currency it means, learnt from its pages."""

from collections import Counter
from collections.abc import Iterable

from knowledge.pdf.tables.money import Money, MoneyEvidence, money_in
from knowledge.pdf.tables.number_styles import (
    NumberEvidence,
    NumberStyle,
    evidence_of,
    may_differ,
    style_of,
)

ENOUGH_PAGES = 12
"""From which on most pages are told by a glance."""
MAX_CHARACTERS = 20_000
"""Of a page, by which it is judged."""


class Conventions:
    """What the pages seen so far say; the first pages are seen before any is read."""

    def __init__(self) -> None:
        self._numbers = NumberEvidence()
        self._money = MoneyEvidence(Counter(), Counter())
        self._pages: dict[int, NumberEvidence] = {}
        self._styles: dict[int, NumberStyle] = {}
        self._learnt: Money | None = None

    def learn(self, number: int, text: str) -> None:
        """Takes account of page `number`, once."""
        if number in self._styles or number in self._pages:
            return
        text = text[:MAX_CHARACTERS]
        settled = self._settled()
        if settled is not None and not may_differ(text, settled):
            self._styles[number] = settled
            return
        evidence = self._pages[number] = evidence_of(text)
        self._numbers.add(evidence)
        if settled is None:
            found = money_in(text)
            self._money.said.update(found.said)
            self._money.countries.update(found.countries)
            self._money.pence += found.pence
            self._learnt = None

    def _settled(self) -> NumberStyle | None:
        """The document's format, once its first pages agree on it."""
        if len(self._pages) < ENOUGH_PAGES or self._numbers.decimal() is None:
            return None
        return style_of(NumberEvidence(), self._numbers)

    def style(self, number: int) -> NumberStyle:
        """How figures are printed on a page that was learnt."""
        return self._styles.get(number) or style_of(self._pages[number], self._numbers)

    def money(self) -> Money:
        """The document's currencies."""
        if self._learnt is None:
            self._learnt = self._money.money()
        return self._learnt


def conventions_of(pages: Iterable[tuple[int, str]]) -> Conventions:
    """From the numbers and texts of a document's first pages."""
    conventions = Conventions()
    for number, text in pages:
        conventions.learn(number, text)
    return conventions
