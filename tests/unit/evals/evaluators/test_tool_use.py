import pytest

from evals.evaluators.tool_use import comes_to_the_same, right_tools, searches_for


@pytest.mark.parametrize(
    ("made", "wanted", "same"),
    [
        ("growth(895410, 959657)", "growth(895410, 959657)", True),
        ("growth(895.410, 959.657)", "growth(895410, 959657)", True),
        ("(959657 - 895410) / 895410", "growth(895410, 959657)", True),
        ("959657 - 895410", "959.657 - 895.410", True),
        ("895410 - 959657", "959657 - 895410", False),
        ("growth(895410, 959658)", "growth(895410, 959657)", False),
        ("round(growth(895410, 959657), 1)", "growth(895410, 959657)", True),
        ("round((571449 - 204314) / 1000, 2)", "571449 - 204314", True),
        ("round(571449 / 204314, 2)", "ratio(571449, 204313)", True),
        ("round(571449 / 204314, 2)", "ratio(600000, 204314)", False),
        ("round(percent(89522, 23776), 1)", "percent(23776, 89522)", False),
        ("round(0.4, 0)", "0.3", False),
        ("1 +", "1 + 1", False),
        ("", "1 + 1", False),
        ("0", "0", True),
    ],
)
def test_calculations_are_the_same_by_their_value(made, wanted, same):
    assert comes_to_the_same({"expression": made}, {"expression": wanted}) is same


def test_a_search_needs_the_words_in_any_order():
    assert searches_for({"query": "net revenue, ACME Corp. FY 2023"}, {"query": "Acme 2023"})
    assert searches_for({"query": "What was ACME's net revenue in FY2023?"}, {"query": "Acme 2023"})
    assert not searches_for({"query": "net revenue Acme FY20231"}, {"query": "Acme 2023"})
    assert not searches_for({"query": "net revenue Acme 2022"}, {"query": "Acme 2023"})
    assert not searches_for({}, {"query": "Acme"})


def test_without_a_reference_there_is_nothing_to_score():
    assert right_tools([], ()) is None
