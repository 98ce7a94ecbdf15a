"""Two readings of a page agree word by word, in whatever order."""

from evals.evaluators.text_agreement import Agreement, text_agreement


def test_order_does_not_count():
    found = text_agreement("net profit of the year", "the year of net profit")
    assert (found.recall, found.precision) == (1.0, 1.0)


def test_glued_words_cost_recall_and_precision():
    found = text_agreement("profit of the year", "profit ofthe year")
    assert (found.recall, found.precision) == (0.5, 2 / 3)
    assert found.told()["missing"] == {"of": 1, "the": 1}
    assert found.told()["added"] == {"ofthe": 1}


def test_repeated_words_count_each_time():
    assert text_agreement("of of of", "of").recall == 1 / 3


def test_pages_add_up_by_words_not_by_page():
    total = Agreement()
    total.add(text_agreement("a b c d e f g h i", "a b c d e f g h i"))
    total.add(text_agreement("j", ""))
    assert total.recall == 0.9
    assert total.precision == 1.0
