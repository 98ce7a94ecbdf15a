"""Puts a question together with its evidence, its key facts and what a good run calls."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from evals.examples import Category, KeyFact, ReferenceCall
from evals.filings.questions.amounts import written
from evals.filings.questions.citing import cited, pieces_of
from evals.filings.questions.contradictions import contradicting
from evals.filings.questions.desk import Desk
from evals.filings.questions.items import Item
from evals.filings.questions.question import ARITHMETIC, EXTRACTION, Piece, Question
from evals.filings.sheet import Saying
from evals.filings.tables import Figure


@dataclass(frozen=True)
class Asked:
    """What is asked of one filing."""

    desk: Desk
    category: Category
    slug: str
    question: str
    only_here: bool = False
    """The question names the filing, so that no other answers it."""
    wrong: Sequence[str] = ()
    """What the answer may be mistaken for."""

    @property
    def id(self) -> str:
        return f"{self.desk.slug}.{self.category}.{self.slug}"

    @property
    def search(self) -> tuple[ReferenceCall, ...]:
        return searches(self.desk.search_words(self.question))


@dataclass(frozen=True)
class Work:
    """How a figure is computed."""

    figures: Sequence[Figure]
    expression: str
    """For the calculator, in the filing's scale."""
    how: str
    """In words."""


@dataclass(frozen=True)
class Joint:
    """What is asked of several figures, of one filing or more."""

    id: str
    category: Category
    question: str
    parts: Sequence[tuple[Desk, Sequence[Figure]]]
    words: Sequence[str]
    """Of each search."""
    how: str | None = None
    wrong: Sequence[str] = ()


def phrased(wordings: Sequence[str], key: str) -> str:
    """One of several wordings, the same for a key whatever else is asked."""
    return wordings[zlib.crc32(key.encode()) % len(wordings)]


def searches(*words: str) -> tuple[ReferenceCall, ...]:
    """One for each distinct pair of company and period, in order."""
    return tuple(
        ReferenceCall("search_documents", {"query": each}) for each in dict.fromkeys(words)
    )


def calculation(expression: str) -> ReferenceCall:
    return ReferenceCall("calculate", {"expression": expression})


def item_question(desk: Desk, category: Category, item: Item, wordings: Sequence[str]) -> Question:
    """What one row shows, in one of the category's wordings."""
    figure = desk.figure(item)
    question = phrased(wordings, f"{desk.slug}.{item.slug}").format(
        name=desk.name,
        words=item.words,
        when=desk.words(figure),
        version=desk.version([figure]),
        unit=f", {desk.unit}" if figure.unit == "USD" else "",
    )
    return looked_up(Asked(desk, category, item.slug, question), item)


def looked_up(
    asked: Asked, item: Item, *, figure: Figure | None = None, answer: str | None = None
) -> Question:
    """One figure of one line: not of another period, version or company."""
    desk = asked.desk
    strangers = [] if figure else desk.of_strangers(item)
    figure = figure or desk.figure(item)
    answer = answer or written(figure, outflow=item.outflow)
    facts = (KeyFact(f"{desk.name}, {item.words} {desk.words(figure)}: {answer}", (answer,)),)
    mistakable = [*_mistakable(desk, figure), *strangers]
    mistaken = [written(each, outflow=item.outflow) for each in mistakable]
    return Question(
        asked.id,
        asked.category,
        asked.question,
        answer,
        (desk.report,),
        cited(desk, [figure], only_here=asked.only_here),
        facts,
        contradicting([*asked.wrong, *mistaken], facts),
        asked.search,
        justification=f"{figure.row_label}, {figure.period}: {figure.printed} ({figure.scale}).",
    )


def _mistakable(desk: Desk, figure: Figure) -> list[Figure]:
    row = desk.sheet.row(figure.statement, figure.row_label)
    return [*desk.other_versions(figure), *(each for each in row if each.period != figure.period)]


def computed(asked: Asked, answer: str, fact: str, work: Work) -> Question:
    """Arithmetic on figures of one filing."""
    # Who is asked for days may leave the word out.
    ways = tuple(dict.fromkeys((answer, answer.removesuffix(" days"))))
    facts = (KeyFact(f"{asked.desk.name}, {fact}: {answer}", ways),)
    values = "; ".join(f"{f.row_label} {f.period} = {f.printed}" for f in work.figures)
    return Question(
        asked.id,
        asked.category,
        asked.question,
        answer,
        (asked.desk.report,),
        cited(asked.desk, work.figures, only_here=asked.only_here),
        facts,
        contradicting(asked.wrong, facts, map(written, work.figures)),
        (*asked.search, calculation(work.expression)),
        ARITHMETIC,
        justification=f"{work.how}. {values}.",
    )


def told(
    asked: Asked,
    saying: Saying,
    *,
    answer: str | None = None,
    any_of: Sequence[Sequence[str]] = (),
) -> Question:
    """An answer in prose: the paragraph, or what a pattern picks out of it.

    Args:
        asked: what is asked.
        saying: what the filing says.
        answer: the gold, if it isn't what was picked.
        any_of: for each key fact, the ways to say it.
    """
    picked = answer or saying.match.group(1)
    ways = any_of or [[picked]]
    facts = tuple(KeyFact(f"{asked.desk.name}: {each[0]}", tuple(each)) for each in ways)
    return Question(
        asked.id,
        asked.category,
        asked.question,
        picked,
        (asked.desk.report,),
        pieces_of(asked.desk, saying),
        facts,
        contradicting(asked.wrong, facts),
        asked.search,
        question_type="novel-generated",
    )


def joined(
    joint: Joint, answer: str, facts: Sequence[KeyFact], expressions: Sequence[str] = ()
) -> Question:
    """Several key facts, or several filings."""
    pieces: list[Piece] = []
    for desk, figures in joint.parts:
        pieces += (p for p in cited(desk, figures, only_here=True) if p not in pieces)
    return Question(
        joint.id,
        joint.category,
        joint.question,
        answer,
        tuple(desk.report for desk, _ in joint.parts),
        tuple(pieces),
        tuple(facts),
        contradicting(joint.wrong, facts, (written(f) for _, row in joint.parts for f in row)),
        (*searches(*joint.words), *map(calculation, expressions)),
        ARITHMETIC if expressions else EXTRACTION,
        justification=joint.how,
    )
