"""Results of look-ups, read back from their words."""

from graphs.models.extractive.formulas import Need
from graphs.models.extractive.look_ups import (
    LookUps,
    arguments_of,
    findings_of,
    is_ambiguous,
    nearest_rows,
    own_periods,
)
from graphs.models.extractive.turn import Called
from knowledge.query.periods import Period
from tools_registry.evidence import EARLIER, SEVERAL

LINE = (
    "F{number} | item: {item} | period: {period} | value: {value} | printed: {value} | unit: USD | "
    "scale: 1000 | company: {company} | {note}source: a.pdf page 1 [2]"
)


def line(value=5, note="", **fields):
    given = {"number": 1, "item": "Rent", "period": "FY2022", "company": "Acme"} | fields
    return LINE.format(value=value, note=f"note: {note} | " if note else "", **given)


def called(*lines, item="rent", periods=("2022",), failed=False):
    text = "\n".join(
        ["<figures-ab>", *lines, "Searched: Acme 10-K fiscal 2022 (a.pdf)", "</figures-ab>"]
    )
    return Called("look_up_figures", {"item": item, "periods": list(periods)}, text, failed)


def amounts(finding):
    return [int(each.line.value) for each in finding.found]


def test_lines_of_one_company_and_period_are_one_finding():
    found = findings_of("\n".join([line(5), line(6, period="FY2021"), line(7, company="Oak")]))
    assert [(each.company, each.period, amounts(each)) for each in found] == [
        ("Acme", "FY2022", [5]),
        ("Acme", "FY2021", [6]),
        ("Oak", "FY2022", [7]),
    ]


def test_what_an_older_document_says_belongs_to_the_line_before():
    (finding,) = findings_of("\n".join([line(5), line(4, note=EARLIER)]))
    (found,) = finding.found
    assert (found.line.value, found.earlier.value) == (5, 4)
    assert not is_ambiguous(finding)


def test_several_rows_are_ambiguous():
    (finding,) = findings_of("\n".join([line(5, SEVERAL), line(6, SEVERAL)]))
    assert is_ambiguous(finding)
    assert amounts(finding) == [5, 6]


def test_need_has_the_figure_of_its_own_look_up_alone():
    need, other = Need("rent", Period(2022)), Need("rent", Period(2021))
    look_ups = LookUps([called(line(5)), called(line(6), item="wages")])
    assert look_ups.by_company([need, other])["Acme"][need].line.value == 5
    assert other not in look_ups.by_company([need, other])["Acme"]


def test_need_with_several_rows_has_none():
    look_ups = LookUps([called(line(5, SEVERAL), line(6, SEVERAL))])
    assert look_ups.by_company([Need("rent", Period(2022))]) == {}


def test_failed_look_up_is_made_but_found_nothing():
    look_ups = LookUps([called(line(5), failed=True)])
    assert ("rent", "2022") in look_ups.made
    assert look_ups.direct() == []
    assert look_ups.by_company([Need("rent", Period(2022))]) == {}


def test_arguments_of_a_need_are_those_by_which_it_is_found_again():
    need = Need("rent", Period(2022, quarter=3))
    look_ups = LookUps([Called("look_up_figures", arguments_of(need), line(5), failed=False)])
    assert need in look_ups.by_company([need])["Acme"]


def test_periods_of_the_searched_documents_are_read():
    text = "Searched: Acme 10-K fiscal 2021 (a.pdf); Acme 10-Q Q2 fiscal 2022 (b.pdf); c.pdf"
    assert own_periods([text]) == [Period(2021), Period(2022, 2)]


def test_nearest_rows_are_read():
    assert nearest_rows(["No figure.\nNearest rows: Rent > Shops; Rent paid\nSearched: a"]) == [
        "Rent > Shops",
        "Rent paid",
    ]
    assert nearest_rows(["No similar row."]) == []


def test_arguments_that_are_no_list_are_read_as_none():
    odd = Called("look_up_figures", {"item": 5, "periods": "2022"}, line(5), failed=False)
    assert LookUps([odd]).made == {("5", "")}
