"""The calculator against `fractions.Fraction`, and its algebra."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub, truediv

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.errors import ToolError
from tools.arithmetic.answer import decimal_value
from tools.arithmetic.evaluation import evaluate
from tools.arithmetic.parser import parse
from tools.arithmetic.powers import integer_root
from tools.arithmetic.quantity import Quantity
from tools.arithmetic.syntax import render
from tools.calculate import Input, Output, calculate

Tree = tuple[str, Fraction]
OPERATORS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
}
quickly = settings(max_examples=60, deadline=None)

FRAGMENTS = [
    *("growth(", "irr(", "npv(", "round(", "sqrt(", "cagr(", "min(", "average(", "nan", "foo("),
    *(")", "(", ", ", "-", "+", "^", "/", "*", "%", "1e9", "0", "3", "2.5", "1,234", "€", "\x00"),
]

amounts = st.decimals("-1e9", "1e9", places=2)
positives = st.decimals("0.01", "1e9", places=2)
rates = st.decimals("-0.5", "0.9", places=4)


def calculated(expression: str) -> Output:
    return asyncio.run(calculate(Input(expression=expression)))


def value_of(expression: str) -> Fraction:
    return evaluate(parse(expression)).value


def joined(values: list[Decimal]) -> str:
    return ", ".join(map(str, values))


def binary(left: Tree, operator: str, right: Tree) -> Tree:
    assume(operator != "/" or right[1])
    return f"({left[0]}) {operator} ({right[0]})", OPERATORS[operator](left[1], right[1])


def raised(base: Tree, exponent: int) -> Tree:
    assume(base[1])
    return f"({base[0]})^{exponent}", base[1] ** exponent


def negated(tree: Tree) -> Tree:
    return f"-({tree[0]})", -tree[1]


literals = st.decimals(0, "1e6", places=3).map(lambda value: (str(value), Fraction(value)))
trees = st.recursive(
    literals,
    lambda inner: st.one_of(
        st.builds(binary, inner, st.sampled_from("+-*/"), inner),
        st.builds(raised, inner, st.integers(-3, 3)),
        st.builds(negated, inner),
    ),
    max_leaves=12,
)


def in_the_language(tree: Tree) -> bool:
    size = max(tree[1].numerator.bit_length(), tree[1].denominator.bit_length())
    return len(tree[0]) < 900 and size < 2000


@quickly
@given(trees.filter(in_the_language))
def test_a_tree_equals_its_fraction(tree: Tree) -> None:
    quantity = evaluate(parse(tree[0]))
    assert (quantity.value, quantity.exact) == (tree[1], True)


@quickly
@given(trees.filter(in_the_language))
def test_exact_means_equal_and_else_half_a_unit_of_28_digits(tree: Tree) -> None:
    output = calculated(tree[0])
    error = abs(Fraction(output.value) - tree[1])
    assert output.exact == (error == 0)
    assert error <= abs(tree[1]) * Fraction(1, 2 * 10**27)


@quickly
@given(trees.filter(in_the_language))
def test_the_normalised_expression_says_the_same(tree: Tree) -> None:
    output = calculated(tree[0])
    assert calculated(output.expression) == output
    assert render(parse(output.expression)) == output.expression


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.text(alphabet="0123456789.,%()+-*/^ $e", max_size=40),
        st.lists(
            st.sampled_from(FRAGMENTS),
            max_size=30,
        ).map("".join),
    )
)
def test_any_text_is_calculated_or_refused(text: str) -> None:
    try:
        output = calculated(text)
    except ToolError as refused:
        assert refused.detail  # noqa: PT017 - either outcome is right
    else:
        assert output.value.is_finite()


@quickly
@given(rates, st.lists(st.tuples(amounts, amounts), min_size=1, max_size=8), st.integers(1, 9))
def test_npv_is_linear(rate: Decimal, pairs: list[tuple[Decimal, Decimal]], factor: int) -> None:
    left, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    both = [a + factor * b for a, b in pairs]
    sum_of_values = (
        f"npv({rate}, {joined(left)}) + {factor} * npv({rate}, {joined(right)})"
        f" - npv({rate}, {joined(both)})"
    )
    assert value_of(sum_of_values) == 0


@quickly
@given(rates, st.lists(amounts, min_size=1, max_size=8))
def test_npv_is_the_sum_of_discounted_flows(rate: Decimal, flows: list[Decimal]) -> None:
    expected = sum(Fraction(flow) / (1 + Fraction(rate)) ** t for t, flow in enumerate(flows))
    assert value_of(f"npv({rate}, {joined(flows)})") == expected


@quickly
@given(positives, st.lists(positives, min_size=1, max_size=8))
def test_npv_at_irr_is_zero(paid: Decimal, received: list[Decimal]) -> None:
    flows = f"-{paid}, {joined(received)}"
    assert abs(value_of(f"npv(irr({flows}), {flows})")) < Fraction(1, 10**20)


@quickly
@given(positives, rates, st.integers(1, 8))
def test_irr_finds_a_rate_of_four_decimals_exactly(
    paid: Decimal, rate: Decimal, years: int
) -> None:
    end = Fraction(paid) * (1 + Fraction(rate)) ** years
    flows = ", ".join(["0"] * (years - 1) + [f"{end.numerator}/{end.denominator}"])
    quantity = evaluate(parse(f"irr(-{paid}, {flows})"))
    assert (quantity.value, quantity.exact) == (Fraction(rate), True)


@quickly
@given(positives, positives, st.integers(1, 40))
def test_cagr_undone_is_the_end(begin: Decimal, end: Decimal, years: int) -> None:
    back = value_of(f"{begin} * (1 + cagr({begin}, {end}, {years}) / 100%)^{years}")
    assert abs(back - Fraction(end)) < Fraction(1, 10**40)


@quickly
@given(positives, positives)
def test_growth_is_zero_to_itself_and_undone_gives_the_new(old: Decimal, new: Decimal) -> None:
    assert value_of(f"growth({old}, {old})") == 0
    assert value_of(f"{old} * (100% + growth({old}, {new})) / 100%") == Fraction(new)


@quickly
@given(st.lists(amounts, min_size=1, max_size=12))
def test_aggregates_lie_where_they_should(values: list[Decimal]) -> None:
    exact = [Fraction(value) for value in values]
    assert value_of(f"sum({joined(values)})") == sum(exact)
    assert value_of(f"average({joined(values)})") * len(values) == sum(exact)
    assert value_of(f"min({joined(values)})") == min(exact)
    assert value_of(f"max({joined(values)})") == max(exact)


@quickly
@given(st.integers(0, 10**200), st.integers(2, 64))
def test_integer_root_is_the_floor(number: int, degree: int) -> None:
    root = integer_root(number, degree)
    assert root**degree <= number < (root + 1) ** degree


@quickly
@given(st.fractions())
def test_a_terminating_decimal_is_shown_in_full(value: Fraction) -> None:
    shown, exact = decimal_value(Quantity(value))
    assert exact == (Fraction(shown) == value)
