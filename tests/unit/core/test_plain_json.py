"""JSON that can be stored, and JSON that can't."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.plain_json import (
    MAX_DEPTH,
    MAX_INTEGER,
    MIN_INTEGER,
    UnfitJsonError,
    parse_plain,
    require_plain,
)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r'"a\u0000b"', "NUL"),
        (r'{"a\u0000b": 1}', "NUL"),
        (r'{"a": [{"b": "\\\u0000"}]}', "NUL"),
        (r'"\ud800"', "surrogate"),
        (r'{"\udfff": 1}', "surrogate"),
        ("NaN", "finite"),
        ('{"a": -Infinity}', "finite"),
        ("1e999", "finite"),
        ("1" * 5000, "64 bits"),
        ("[[18446744073709551616]]", "64 bits"),
        ("-9223372036854775809", "64 bits"),
        (nested(MAX_DEPTH + 1), "levels"),
        (nested(100_000), "nested"),
        ('{"a":' * 100 + "1" + "}" * 100, "levels"),
    ],
)
def test_unfit_json_is_refused(text, words):
    with pytest.raises(UnfitJsonError, match=words):
        parse_plain(text)


@pytest.mark.parametrize(
    "text",
    [
        r'"\\u0000"',
        r'"\\\\u0000 \ud83d\ude00"',
        '"[[[["',
        nested(MAX_DEPTH),
        "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH,
        "1e308",
        "[18446744073709551615, -9223372036854775808]",
        '{"a": [null, true, 1.5]}',
    ],
)
def test_plain_json_is_parsed_as_usual(text):
    assert parse_plain(text) == json.loads(text)


def test_what_is_not_json_raises_the_parser_s_error():
    with pytest.raises(json.JSONDecodeError):
        parse_plain("{")


TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
NUMBERS = st.integers(MIN_INTEGER, MAX_INTEGER) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda each: st.lists(each) | st.dictionaries(TEXT, each),
    max_leaves=20,
)


@given(VALUES)
def test_every_plain_value_is_taken(value):
    require_plain(value)
    assert parse_plain(json.dumps(value)) == value


@given(st.text(), st.text())
def test_a_nul_is_found_wherever_it_stands(before, after):
    with pytest.raises(UnfitJsonError):
        parse_plain(json.dumps({"a": [f"{before}\x00{after}"]}))
