"""What foreign text meets first takes time in proportion to it, loops in Python included."""

from collections.abc import Callable
from decimal import Decimal
from itertools import count as counting
from time import thread_time
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from graphs.models.extractive.model import ExtractiveChatModel
from knowledge.pages import Box, Cell, Page, Row, Table
from knowledge.query.analysis import analyse
from knowledge.redaction.masking import mask, masked

UNITS = (
    "1", "a", " ", "\n", "(", "1 ", "a ", "(1", f"{'1' * 66} x ", "DE00 ", "AT12345678 ", "+1",
    "a@",
    "tax id A1 B2 ", "123-45-6789 ", "how man", "send it to the ", "Acme's ", "Q1 ", "2022 ",
    "define x as ", "divide a by ", "if x ", "what was revenue in 2022? ",
)  # fmt: skip
SMALL, LARGE = 1_000, 8_000
GROWTH = 24
"""Linear growth is 8, quadratic 64."""
TOO_SHORT = 0.02
_fresh = counting()


def _ask(text: str) -> None:
    ExtractiveChatModel().bind_tools([]).invoke([HumanMessage(text)])


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("read", [masked, analyse, _ask])
def test_text_takes_linear_time(read, unit):
    def text(size: int) -> str:
        return f"{next(_fresh)} " + unit * (size // len(unit))  # no cache knows it

    assert _grows_as_its_text(read, text)


@pytest.mark.parametrize("figures", ["none", "as many"])
def test_a_page_of_personal_data_and_labels_takes_linear_time(figures):
    def page(size: int) -> Page:
        count = size // 2
        numbers = [f"{at % 500 + 100}-{at % 90 + 10}-{at + 1000}" for at in range(count)]
        text = "\n".join(numbers)
        places = range(len(text), len(text) + (count if figures == "as many" else 1))
        rows = tuple(
            Row(at, at + 1, f"label {at} of {numbers[0]}", (), (_cell(at),)) for at in places
        )
        table = Table(0, 1, "", is_continued=False, rows=rows)
        return Page(1, 612, 792, text + "1" * len(places), tables=(table,))

    assert _grows_as_its_text(mask, page, growth=16)


def _cell(at: int) -> Cell:
    return Cell("1", Decimal(1), at, at + 1, Box(0, 0, 1, 1), "Total of 2022", "FY2022", None, 1)


def _grows_as_its_text(
    read: Callable[[Any], object], made: Callable[[int], Any], growth: int = GROWTH
) -> bool:
    read(made(SMALL))  # what is loaded and compiled once
    return any(_growth(read, made, times) < growth for times in (2, 6))


def _growth(read: Callable[[Any], object], made: Callable[[int], Any], times: int) -> float:
    small, large = (min(_cost(read, made(size)) for _ in range(times)) for size in (SMALL, LARGE))
    return large / small if large > TOO_SHORT else 0.0


def _cost(read: Callable[[Any], object], text: Any) -> float:
    began = thread_time()
    read(text)
    return thread_time() - began
