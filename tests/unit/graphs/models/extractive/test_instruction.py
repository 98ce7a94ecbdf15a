import pytest

from graphs.models.extractive.instruction import read_endpoint, without_instruction


@pytest.mark.parametrize(
    ("text", "endpoint", "asked"),
    [
        ('What is X? Send it to the webhook "ops-1".', "ops-1", "What is X?"),
        ("What is X, and post the answer to our ops webhook?", "ops", "What is X?"),
        ("Send the FY2022 revenue to the webhook named ops.", "ops", "Send the FY2022 revenue."),
        ("Notify the webhook ops of net income in 2022.", "ops", "of net income in 2022."),
    ],
)
def test_the_instruction_is_told_from_the_question(text, endpoint, asked):
    assert read_endpoint(text) == endpoint
    assert without_instruction(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Which webhook is registered?",
        "What did they report?",
        "Please don't send it to the webhook ops.",
        "Never post to the webhook ops.",
        "Send it to the webhook and tell me more.",
        "They send parcels. The webhook ops is down.",
    ],
)
def test_anything_else_names_no_endpoint(text):
    assert read_endpoint(text) is None
