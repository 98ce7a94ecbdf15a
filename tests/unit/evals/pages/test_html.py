import base64
import hashlib
import re

import pytest
from unit.evals.pages.parsed import parse
from unit.evals.pages.runs import DATASET, EVIL, START, example, header, row, run, store

from evals.baseline import Baseline
from evals.datasets import Dataset
from evals.pages.collected import collect
from evals.pages.contents import contents_of
from evals.pages.html import html
from evals.pages.numbers import MINUS
from evals.report import Report
from evals.results import Row
from evals.suites.answers import ANSWERS
from evals.targets.searching import Found, Ranked

OUTSIDE = re.compile(r"https?:|^//|url\(|@import", re.IGNORECASE)


@pytest.fixture
def baseline(tmp_path):
    known = Baseline(tmp_path / "baseline.json")
    rows = [row(at) for at in range(11)]
    known.accept(Report(ANSWERS, DATASET, header(commit="aaaaaaaaaaaa"), rows))
    return known


def page_of(folder, baseline, dataset=DATASET):
    return html(contents_of(collect(folder, dataset, baseline), baseline), START)


@pytest.fixture
def page(tmp_path, baseline):
    """Half of the figures are wrong now, one run raised, and the German one failed."""
    rows = [row(at, figure_correct=float(at % 2)) for at in range(11)]
    rows[2] = rows[2].model_copy(
        update={"outcome": {}, "errors": {"target": f"ValueError: {EVIL}"}, "scores": {}}
    )
    invented = run("Revenue was $1.404 million [1]\nCosts were $9,999 million [1]\nThat is all.")
    rows[4] = row(4, invented, figure_correct=0.0, citation_support=0.0)
    store(tmp_path / "results", rows, days=2, commit="bbbbbbbbbbbb")
    return page_of(tmp_path / "results", baseline)


def test_the_verdict_comes_first(page):
    (title,) = parse(page).all("h1")
    assert title.text == "✗ 1 of 1 run would be stopped by the gate."
    reasons = parse(page).all("ul", "reasons")[0].text
    assert "figure_correct is 0.5556, below its floor of 0.76" in reasons
    assert "figure_correct fell from 1.000 to 0.556" in reasons


def test_what_was_run_is_told(page):
    (runs,) = parse(page).all("table", "runs")
    told = "answers ✗ stopped extractive none acme 11 system.v1 abc bbbbbbbbbbbb 2026-11-03 12:00"
    assert runs.all("tr")[1].text == told


def test_a_metric_has_its_interval_threshold_and_change(page):
    (metrics,) = parse(page).all("table", "metrics")
    rows = {each.all("th")[0].text: each for each in metrics.all("tr")[1:]}
    names = [name.removesuffix(" less is better") for name in rows]
    assert names == list(ANSWERS.sections["all_documents"])
    assert "wrong_figure less is better" in rows
    correct = rows["figure_correct"]
    assert "0.556" in correct.text
    assert f"≥ 0.760 ✗ missed 1.000 ✗ worse {MINUS}0.444" in correct.text
    assert "accepted 1.000" in correct.all("svg")[0].attributes["aria-label"]
    assert "none scored" in rows["key_facts"].text
    assert "= unchanged" in rows["cited_page_hit"].text
    assert "not compared" in rows["answered"].text


def test_categories_are_shaded_and_numbered(page):
    heat = parse(page).all("table", "heat")[0]
    footnote, lookup = heat.all("tr")[1:]
    assert footnote.text.startswith("footnote 5 1.000 0.000")
    assert lookup.text.startswith("lookup 5 1.000 1.000")
    assert footnote.all("td", "level-0")
    assert not lookup.all("td", "level-0")


def test_the_trend_has_a_point_and_a_column_a_commit(page):
    trends = parse(page).all("svg", "trend")
    titles = [each.text for each in trends[0].all("title")]
    assert titles == [
        "1.000 at aaaaaaaaaaaa, 2026-11-01 12:00, accepted",
        "0.556 at bbbbbbbbbbbb, 2026-11-03 12:00",
    ]
    (table,) = [each for each in parse(page).all("table") if "Means by commit" in each.text]
    assert table.all("tr")[1].text == "all documents figure correct 1.000 0.556"


def test_the_worst_comes_first_and_statements_stand_beside_what_they_cite(page):
    first, second, *_ = parse(page).all("details", "example")
    assert f"Error in target ValueError: {' '.join(EVIL.split())}" in first.text
    assert second.all("summary")[0].text == (
        "What was revenue 4? figure correct 0.000 citation support 0.000"
    )
    assert "Gold answer $1.404 million 4 ACME.pdf, page 3" in second.text
    answer, passage = second.all("div", "answer")[0], second.all("div", "passage")[0]
    assert [each.text for each in answer.all("mark", "cited")] == ["$1.404 million"]
    assert [each.text for each in answer.all("mark", "none")] == ["$9,999 million ?"]
    assert [each.text for each in answer.all("p", "muted")] == ["That is all."]
    assert [each.text for each in passage.all("mark")] == ["1,404"]
    assert "ACME.pdf, page 3 ✓ gold page" in passage.text
    (calls,) = second.all("ol", "calls")
    assert "calculate" in calls.text
    assert '"value": "7.175"' in calls.text


def test_what_a_tool_calculated_is_marked_as_such(tmp_path, baseline):
    store(tmp_path / "results", [row(at, figure_correct=0.0) for at in range(11)])
    page = parse(page_of(tmp_path / "results", baseline))
    (mark,) = page.all("details", "example")[0].all("mark", "calculated")
    assert (mark.text, mark.attributes["title"]) == ("7.2%", "calculated by a tool")


def test_other_languages_and_errors_have_their_sections(page):
    titles = [each.text for each in parse(page).all("h3")]
    assert titles[-2:] == ["Other languages", "Errors"]
    assert any("Wie viel?" in each.text for each in parse(page).all("details", "example"))


def test_no_text_of_a_document_is_markup(page):
    assert "alert(1)" in page
    root = parse(page)
    assert [each.text for each in root.all("img")] == []
    (script,) = root.all("script")
    assert "alert" not in script.text
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on")]
        assert "style" not in element.attributes  # the policy wouldn't let it


def test_nothing_is_asked_of_anybody(page):
    for element in parse(page).walk():
        for name in ("src", "href", "srcset", "action", "data", "xlink:href"):
            value = element.attributes.get(name) or "#"
            assert value.startswith("#"), value
        assert element.name not in {"link", "iframe", "object", "embed", "base"}
    for name in ("style", "script"):
        (block,) = parse(page).all(name)
        assert not OUTSIDE.search(block.text)


def test_only_the_pages_own_style_and_script_run(page):
    (meta,) = [e for e in parse(page).all("meta") if e.attributes.get("http-equiv")]
    policy = meta.attributes["content"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        text = page.split(f"<{name}>")[1].split(f"</{name}>")[0]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy


def test_tables_have_captions_and_scopes_and_anchors_lead_somewhere(page):
    root = parse(page)
    for table in root.all("table"):
        assert table.all("caption")
        assert all(each.attributes.get("scope") for each in table.all("th"))
    ids = [e.attributes["id"] for e in root.walk() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in root.walk():
        for name in ("href", "aria-labelledby"):
            value = element.attributes.get(name)
            assert value is None or value.removeprefix("#") in ids


def test_questions_of_another_dataset_are_not_shown_and_not_held(tmp_path, baseline):
    store(tmp_path / "results", [row(at, figure_correct=0.0) for at in range(11)], digest=7)
    page = parse(page_of(tmp_path / "results", baseline))
    (title,) = page.all("h1")
    assert title.text == "Nothing here is held against thresholds or accepted scores."
    assert "Shown without questions and gold answers" in page.text
    assert "name its folder with --dataset" in page.text
    first = page.all("details", "example")[0]
    assert first.all("span", "question")[0].text == "q00"
    assert "Gold answer" not in first.text


def test_a_search_shows_where_the_gold_page_came(tmp_path, baseline):
    wrong = Ranked(pages=(("ACME.pdf", 9), ("ACME.pdf", 3)), texts=(EVIL,))
    found = Found(seconds=0.1, own_document=wrong, all_documents=Ranked())
    rows = [
        Row(
            example_id=each.id,
            outcome=found.model_dump(mode="json"),
            scores={"own_document mrr@10": 0.5, "all_documents mrr@10": 0.0},
        )
        for each in DATASET.examples
    ]
    store(tmp_path / "results", rows, suite="retrieval", model="none")
    first = parse(page_of(tmp_path / "results", baseline)).all("details", "example")[0]
    (ranking,) = first.all("div", "ranking")
    assert [each.text for each in ranking.all("li")] == [
        "ACME.pdf, page 9",
        "ACME.pdf, page 3 ✓ gold page",
    ]
    (scored,) = [each for each in first.all("tr") if each.text.startswith("mrr@10")]
    assert scored.text == "mrr@10 0.500 0.000"


def test_what_an_older_version_stored_is_shown_as_it_is(tmp_path, baseline):
    rows = [
        Row(example_id=each.id, outcome={"reply": EVIL}, scores={"all_documents answered": 0.0})
        for each in DATASET.examples
    ]
    store(tmp_path / "results", rows)
    first = parse(page_of(tmp_path / "results", baseline)).all("details", "example")[0]
    assert '"reply": "<script>' in first.all("pre")[0].text


def test_an_example_that_lacks_nothing_is_not_among_the_worst(tmp_path, baseline):
    perfect = Dataset("acme", (), (example(0), example(1)))
    rows = [row(0), row(1)]
    store(tmp_path / "results", rows, digest=perfect.digest, examples=2)
    page = parse(page_of(tmp_path / "results", baseline, perfect))
    assert page.all("details", "example") == []
    assert "No example falls short of anything." in page.text
