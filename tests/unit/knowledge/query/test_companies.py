"""Whether a question names a company."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.query.companies import mention

FULL, SURE = 1.0, 0.5


@pytest.mark.parametrize(
    ("question", "company", "ticker", "document", "least"),
    [
        (
            "What was Halvorsen Pumpworks' revenue?",
            "Halvorsen Pumpworks, Inc.",
            None,
            "a.pdf",
            FULL,
        ),
        ("What was Halvorsen\u2019s revenue?", "Halvorsen Pumpworks, Inc.", None, "a.pdf", SURE),
        ("HVPW's margin?", "Halvorsen Pumpworks, Inc.", "HVPW", "a.pdf", FULL),
        ("Did J&J grow?", "Johnson & Johnson", None, "a.pdf", SURE),
        ("Did JnJ grow?", "JOHNSON & JOHNSON", None, "a.pdf", SURE),
        ("Did AmEx grow?", "American Express Company", None, "a.pdf", SURE),
        ("Did General Mills grow?", None, None, "GENERALMILLS_2020_10K.pdf", SURE),
        ("Did Best Buy grow?", "BEST BUY CO., INC.", "BBY", "BESTBUY_2023_10K.pdf", FULL),
    ],
)
def test_named(question, company, ticker, document, least):
    assert mention(question, company, ticker, document) >= least


@pytest.mark.parametrize(
    ("question", "company", "ticker", "document"),
    [
        ("What was Halvorsen's revenue?", "Quillfeather Foods plc", "QF", "QUILLFEATHER_2022.pdf"),
        ("Is the best margin in general improving?", "Best Buy Co., Inc.", None, "a.pdf"),
        ("Is American demand improving?", "American Express Company", "AXP", "a.pdf"),
        ("Is it a good company?", "It Is Company, Inc.", None, "a.pdf"),
        ("", "Halvorsen Pumpworks", "HVPW", "a.pdf"),
        ("Anything?", None, None, "2022.pdf"),
    ],
)
def test_not_named(question, company, ticker, document):
    assert mention(question, company, ticker, document) < SURE


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_read(question, company, document):
    assert 0 <= mention(question, company, None, document) <= FULL
