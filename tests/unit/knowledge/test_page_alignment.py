"""Which page stands for which, whatever was inserted, removed, changed or stamped on all."""

import random

import pytest

from knowledge.page_alignment import FEW_PAIRS, align


def page(name, lines=8):
    """With lines that no other has, and words that others share."""
    return "\n".join(f"{name} line {n} of the report" for n in range(lines))


A, B, C, D = map(page, "ABCD")


def stamped(stamp, *pages):
    return [f"{stamp}\n{each}\nConfidential" for each in pages]


def changed(text):
    return text.replace("line 3", "line three")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], []),
        ([A], [], [(0, None)]),
        ([], [A], [(None, 0)]),
        ([A, B, C], [A, B, C], [(0, 0), (1, 1), (2, 2)]),
        ([A, C], [A, B, C], [(0, 0), (None, 1), (1, 2)]),
        ([A, B, C], [A, C], [(0, 0), (1, None), (2, 1)]),
        ([A, B, C], [A, changed(B), C], [(0, 0), (1, 1), (2, 2)]),
        ([A, C], [D, changed(A), changed(C)], [(None, 0), (0, 1), (1, 2)]),
        ([A, B, C], [changed(B), changed(C), D], [(0, None), (1, 0), (2, 1), (None, 2)]),
        (["", "", A], ["", A, ""], [(0, None), (1, 0), (2, 1), (None, 2)]),
        (["Revenue was 1."], ["Revenue was 2."], [(0, 0)]),
        (["Costs were 7.", "Revenue was 1."], ["Revenue was 2."], [(0, None), (1, 0)]),
    ],
)
def test_pages_find_each_other(before, after, expected):
    assert align(before, after) == expected


def test_a_stamp_on_every_page_and_an_inserted_one():
    before = stamped("Draft of May", A, B, D)
    after = stamped("Final of June", A, B, C, D)
    assert align(before, after) == [(0, 0), (1, 1), (None, 2), (2, 3)]


def test_so_do_hundreds():
    pages = [page(f"P{n}") for n in range(300)]
    after = stamped("June", *pages[:100], page("new"), *pages[100:])
    expected = [(n, n) for n in range(100)]
    expected += [(None, 100), *((n, n + 1) for n in range(100, 300))]
    assert align(stamped("May", *pages), after) == expected


def test_hundreds_that_share_nothing_stand_in_order():
    before, after = [f"a{n}" for n in range(FEW_PAIRS)], [f"b{n}" for n in range(3)]
    pairs = align(before, after)
    assert pairs[:3] == [(0, 0), (1, 1), (2, 2)]
    assert pairs[3:] == [(n, None) for n in range(3, FEW_PAIRS)]


@pytest.mark.parametrize("seed", range(20))
def test_each_page_comes_once_and_in_order(seed):
    chance = random.Random(seed)  # noqa: S311  # nothing is kept secret by it
    before, after = ([chance.choice([A, B, C, D, "", changed(A)]) for _ in range(9)] for _ in "ab")
    pairs = align(before, after)
    assert [index for index, _ in pairs if index is not None] == list(range(9))
    assert [other for _, other in pairs if other is not None] == list(range(9))
