"""What a comparison tells of each page, and where it stops."""

import time

import pytest

from knowledge import version_diff
from knowledge.version_diff import PageDiff, compare
from storage.pages import PageText


def pages(*texts):
    return [PageText(number, text) for number, text in enumerate(texts, start=1)]


def told(before, after):
    return compare((1, 2), pages(*before), pages(*after))


STATEMENT = ["Consolidated statements of operations", "Net revenue 4,100", "Cost 3,000", "Tax 10"]


def test_a_changed_figure_is_shown_with_both_its_lines():
    corrected = ["\n".join(STATEMENT).replace("4,100", "5,300")]
    found = told(
        ["Cover", "\n".join(STATEMENT), "Notes"], ["Cover", "Contents", *corrected, "Notes"]
    )
    assert (found.before, found.after) == (1, 2)
    assert (found.added, found.removed, found.changed, found.unchanged) == (1, 0, 1, 2)
    assert found.pages[0] == PageDiff(1, 1, "unchanged")
    assert found.pages[1] == PageDiff(None, 2, "added")
    assert found.pages[3] == PageDiff(3, 4, "unchanged")
    assert found.pages[2] == PageDiff(
        2,
        3,
        "changed",
        (
            "@@ -1,4 +1,4 @@",
            f" {STATEMENT[0]}",
            "-Net revenue 4,100",
            "+Net revenue 5,300",
            " Cost 3,000",
            " Tax 10",
        ),
    )


def test_a_removed_page():
    assert told(["a", "b"], ["a"]).pages[1] == PageDiff(2, None, "removed")


def lines(letter, count):
    return "\n".join(f"{letter} {n}" for n in range(count))


def test_a_page_s_lines_are_bounded(monkeypatch):
    monkeypatch.setattr(version_diff, "LINES_OF_A_PAGE", 7)
    (cut,) = told([lines("a", 4)], [lines("b", 4)]).pages
    assert (len(cut.lines), cut.is_cut) == (7, True)
    (whole,) = told([lines("a", 3)], [lines("b", 3)]).pages
    assert (len(whole.lines), whole.is_cut) == (7, False)


def test_so_is_a_line():
    (page,) = told(["a" * 9_999], ["b"]).pages
    assert page.is_cut
    assert max(map(len, page.lines)) == version_diff.CHARACTERS_OF_A_LINE


def test_so_are_the_lines_that_are_looked_at(monkeypatch):
    monkeypatch.setattr(version_diff, "LINES_COMPARED", 3)
    (page,) = told([lines("a", 5)], [lines("a", 4) + "\nb"]).pages
    assert page == PageDiff(1, 1, "changed", (), is_cut=True)


def test_so_is_the_whole(monkeypatch):
    monkeypatch.setattr(version_diff, "LINES_IN_ALL", 5)
    found = told([f"{n}\nold" for n in range(9)], [f"{n}\nnew" for n in range(9)])
    assert found.changed == 9
    assert sum(len(page.lines) for page in found.pages) == 5
    assert found.pages[-1] == PageDiff(9, 9, "changed", (), is_cut=True)


@pytest.mark.parametrize("change", ["nothing", "a page", "each page"])
def test_fifteen_hundred_pages_take_little(change):
    def statement(n, figure):
        return "\n".join(
            [f"Page {n} {figure}", *(f"Item {n}.{row} 1,{row}00" for row in range(50))]
        )

    before = [statement(n, 0) for n in range(1500)]
    after = {
        "nothing": before,
        "a page": [*before[:9], "inserted", *before[9:]],
        "each page": [statement(n, 1) for n in range(1500)],
    }[change]
    begin = time.thread_time()
    found = told(before, after)
    assert time.thread_time() - begin < 2
    assert found.changed == (1500 if change == "each page" else 0)
