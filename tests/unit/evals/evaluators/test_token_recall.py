from evals.evaluators.token_recall import token_recall


def test_words_and_figures_of_the_evidence_are_counted_once():
    evidence = ["Net revenue 959,657", "net REVENUE 895,410"]
    assert token_recall(evidence, ["Net revenue was 959,657"]) == 0.75
    assert token_recall(evidence, ["Net revenue 959,657 895,410"]) == 1.0
    assert token_recall(evidence, []) == 0.0


def test_a_figure_is_one_token():
    assert token_recall(["1,234.5"], ["1,234"]) == 0.0


def test_without_evidence_there_is_nothing_to_score():
    assert token_recall([], ["anything"]) is None
