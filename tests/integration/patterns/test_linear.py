"""Every regular expression of the product is linear: foreign text can't make it take for ever.

A pattern that fails here can be rewritten with a possessive repeat (`\\s*+`), an atomic group
(`(?>...)`), a bound (`{0,40}`) or a look behind that lets it begin at a run's start only. See
docs/adr/0023-linear-patterns.md.
"""

import re

import pytest
from integration.patterns.collecting import Collected, collected, compiled, dynamic
from integration.patterns.growth import slow

from graphs.models.extractive.instruction import without_instruction
from knowledge.query.analysis import _pattern

PUT_TOGETHER = {
    "evals.filings.sheet.find",  # of what the evals' own filings say, over their own pages
    "graphs.models.extractive.instruction.without_instruction",
    "graphs.models.extractive.request.qualifier_of",  # a metric's name, escaped
    "knowledge.finance.topics._topic",  # made when the module is loaded, and held by it
    "knowledge.query.analysis._pattern",
    "knowledge.query.companies._has_ticker",  # a ticker's letters, escaped
    "knowledge.redaction.numbers._word",  # as topics
    "knowledge.redaction.numbers._written",
}
"""Functions that put patterns together: a new one is looked at by a person, and named here."""


def test_every_pattern_takes_linear_time():
    found = [each for each in map(slow, collected().values()) if each]
    assert not found, "\n".join(map(str, found))


def test_every_function_that_puts_patterns_together_is_named():
    assert dynamic() == PUT_TOGETHER


def test_a_phrase_of_many_words_takes_linear_time():
    assert slow(Collected(_pattern("return on average total assets"), "_pattern")) is None


@pytest.mark.parametrize("unit", ["send ", "and then send it to ", "a\t", "'a", ". ", "to the "])
def test_a_question_of_instructions_takes_linear_time(unit):
    assert len(without_instruction(unit * (8_000 // len(unit)))) < 8_100


@pytest.mark.parametrize(
    ("pattern", "flags", "method"),
    [
        (r"\d+x", 0, "finditer"),
        (r"\s*,?\s*$", 0, "finditer"),
        (r"\(\s*\$?\s*(?:thousand|million)s?\b", re.IGNORECASE, "finditer"),
        (r"\([^)]*\)", 0, "finditer"),
        (r"\bbalances?\b.*\d", 0, "finditer"),
        (r"(?:US)?[$€]?[(-]*[$€]?(?:[\d,]*\.?\d+|[\u2014-]+)", 0, "fullmatch"),
        (r"(?<![\w.,$-])[A-Z0-9]{1,13}(?:[ ./-]?[A-Z0-9]{1,13}){0,4}(?![\w-])", 0, "finditer"),
    ],
)
def test_a_pattern_that_backtracks_is_found(pattern, flags, method):
    assert slow(Collected(re.compile(pattern, flags), "here", method)) is not None


@pytest.mark.parametrize(
    "place",
    [
        "knowledge.redaction.numbers.NUMBERS.11.written",  # a field of a dataclass in a tuple
        "knowledge.redaction.contacts._EMAIL",
        "knowledge.statement_words.SIGNATURE.equity.0",  # in a list of a dictionary
    ],
)
def test_patterns_are_found_wherever_a_module_keeps_them(place):
    assert place in {each.place for each in compiled()}


def test_patterns_within_functions_are_found():
    places = {each.place for each in collected().values()}
    assert "knowledge.figures.item.read_item" in places
