import re

import pytest
from unit.evals.pages.parsed import parse

from evals.bootstrap import Estimate
from evals.pages.drawing.axis import Axis, from_zero, limits
from evals.pages.drawing.histogram import bins, histogram
from evals.pages.drawing.interval_bar import EDGE, WIDTH, interval_bar
from evals.pages.drawing.trend_line import Mark, trend_line
from evals.pages.numbers import MINUS, difference, interval, number, signed


def test_an_axis_ends_where_it_ends():
    up = Axis(0, 10, 100, 0)
    assert [up.at(value) for value in (-5, 0, 2.5, 10, 11)] == [100, 100, 75, 0, 0]


@pytest.mark.parametrize(
    "values", [[0.5], [0, 0], [1.0, 1.0], [0.2, 0.9], [5000.0, 5001.0], [-3.0, 4.0]]
)
def test_limits_hold_their_values(values):
    low, high = limits(values)
    assert low <= min(values) <= max(values) <= high
    assert low < high
    if min(values) >= 0 and max(values) <= 1:
        assert 0 <= low < high <= 1


def test_bars_begin_at_zero():
    assert from_zero([0.3, 0.4]) == (0, 1)
    low, high = from_zero([3.0, 200.0])
    assert (low, high > 200) == (0, True)


def test_the_interval_bar_is_in_place_and_told():
    drawn = interval_bar(Estimate(0.5, 0.25, 0.75, 8), (0, 1), threshold=0.0, accepted=1.0)
    (svg,) = parse(drawn).all("svg")
    told = "0.500, 95 % interval 0.250 to 0.750, threshold 0.000, accepted 1.000"
    assert svg.attributes["aria-label"] == svg.all("title")[0].text == told
    at = {name: svg.all(kind, name)[0].attributes for kind, name in PARTS}
    assert float(at["mean"]["cx"]) == WIDTH / 2
    assert float(at["threshold"]["x1"]) == EDGE
    assert float(at["accepted"]["cx"]) == WIDTH - EDGE
    assert float(at["interval"]["x1"]) < WIDTH / 2 < float(at["interval"]["x2"])


PARTS = (("circle", "mean"), ("line", "threshold"), ("circle", "accepted"), ("line", "interval"))


def test_a_bar_without_threshold_has_none():
    svg = parse(interval_bar(Estimate(3, 2, 4, 8), (0, 5)))
    assert svg.all("line", "threshold") == svg.all("circle", "accepted") == []


def test_a_trend_has_a_point_for_each_commit_and_falls_where_it_fell():
    marks = [
        Mark(0.9, "<a>", "first <b>", is_accepted=True, is_comparable=False),
        Mark(0.8, "bbbbbbbbbbbb", "second"),
        Mark(0.7, "cccccccccccc", "third"),
    ]
    drawn = trend_line(marks, 'about "it"')
    (svg,) = parse(drawn).all("svg")
    assert svg.attributes["aria-label"] == 'about "it"'
    points = svg.all("circle")
    assert [each.text for each in points] == ["first <b>", "second", "third"]
    assert "<b>" not in drawn
    heights = [float(each.attributes["cy"]) for each in points]
    assert heights == sorted(heights)
    assert [each.attributes["class"] for each in points] == ["point hollow", "point", "point"]
    assert float(points[0].attributes["r"]) > float(points[1].attributes["r"])
    assert [e.attributes["class"] for e in svg.all("line", "line")] == ["line broken", "line"]
    assert [each.text for each in svg.all("text")][-2:] == ["<a>", "cccccccc"]


def test_a_single_commit_is_a_point():
    svg = parse(trend_line([Mark(1.0, "a", "a")], "it"))
    assert len(svg.all("circle")) == 1
    assert svg.all("line", "line") == []


@pytest.mark.parametrize("values", [[1, 2, 2, 5], [0.1, 0.5, 0.9], [3.0], [7, 7], [1, 1000, 20]])
def test_every_value_is_counted_once(values):
    counted = bins(values)
    assert sum(each.count for each in counted) == len(values)
    assert counted[0].low <= min(values) <= max(values) <= counted[-1].high


def test_few_whole_numbers_have_a_bar_each():
    assert [each.count for each in bins([1, 2, 2, 4])] == [1, 2, 0, 1]


def test_a_histogram_stays_within_its_frame():
    drawn = histogram([0.1, 0.2, 0.2, 5.0], "seconds")
    (svg,) = parse(drawn).all("svg")
    _, _, width, height = map(float, svg.attributes["viewbox"].split())
    for bar in svg.all("rect"):
        x, y, w, h = (float(bar.attributes[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + w <= width
        assert 0 <= y <= y + h <= height
        assert re.match(r"\d+ at ", bar.text)


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.8382, "0.838"), (6103.97, "6,104"), (28.57, "28.6"), (-0.5, f"{MINUS}0.500"), (0, "0.000")],
)
def test_numbers_are_short(value, printed):
    assert number(value) == printed


def test_changes_have_their_signs():
    assert [signed(each) for each in (0.25, -0.25, 0, -0.0001)] == [
        "+0.250",
        f"{MINUS}0.250",
        "0.000",
        "0.000",
    ]
    assert interval(0.1, 0.2) == "0.100 to 0.200"
    assert difference(-0.1, 0.2) == f"{MINUS}0.100 to +0.200"
