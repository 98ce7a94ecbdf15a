"""Every text ends soon: what is large is refused at once or rounded."""

import time

import pytest

from core.errors import ToolError
from tools.calculate import Input, calculate

SECONDS = 0.5  # of CPU: it takes tens of milliseconds, and without bounds it would take hours


@pytest.mark.parametrize(
    "expression",
    [
        "9^9^9^9",
        "9^9^9",
        "2^" * 30 + "2",
        "0.1^999999",
        "10^3000 * 10^3000",
        "1.000001^1e7",
        "2^1e100",
        "1e101",
        "1e-999999999999999999",
        "9" * 51,
        "1" * 1001,
        " " * 2001 + "1",
        "(" * 33 + "1" + ")" * 33,
        "-" * 33 + "1",
        "sqrt(" * 40 + "1" + ")" * 40,
        "1+" * 201 + "1",
        "sum(" + "1, " * 200 + "1)",
        "irr(" + "1, " * 200 + "1)",
        "(" * 1000,
    ],
)
async def test_refused_at_once(expression: str) -> None:
    started = time.process_time()
    with pytest.raises(ToolError):
        await calculate(Input(expression=expression))
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "expression",
    [
        "1^1e100 + (-1)^1e100",
        "(" * 32 + "1" + ")" * 32,
        "1+" * 200 + "1",
        "*".join(["2^4990/3^3100"] * 50),
        "+".join(f"1/{10 + i}^99" for i in range(66)),
        "+".join(["1.1^71111.1"] * 83),
        "+".join(["cagr(2, 3, 7)"] * 66),
        "+".join(["irr(-2,3)"] * 90),
        "irr(-900" + ", 9.1" * 199 + ")",
        "irr(-1e100^20" + ", 9.1" * 190 + ", 1e100^20)",
        "npv(7.12345678901234567%" + ", 9.1" * 200 + ")",
        "npv(irr(-2, 3, 4)" + ", 9.1" * 190 + ")",
    ],
)
async def test_heavy_but_allowed(expression: str) -> None:
    started = time.process_time()
    output = await calculate(Input(expression=expression))
    assert time.process_time() - started < SECONDS
    assert len(output.value.as_tuple().digits) <= 1000


@pytest.mark.parametrize("separator", ["+", " + "])
async def test_the_normalised_form_of_the_longest_input_is_valid(separator: str) -> None:
    longest = separator.join(["10000"] * 166)
    output = await calculate(Input(expression=longest))
    assert await calculate(Input(expression=output.expression)) == output
