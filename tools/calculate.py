"""The calculator: exact decimal arithmetic and the formulas of finance."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tools.arithmetic.answer import decimal_value, display
from tools.arithmetic.evaluation import evaluate
from tools.arithmetic.parser import parse
from tools.arithmetic.quantity import Unit
from tools.arithmetic.syntax import render


class Input(BaseModel):
    """What to calculate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    expression: str = Field(
        description=(
            "One expression of at most 1000 characters, every figure in the same scale, such as"
            " 'growth(11588, 12392)', '(1577 - 1200) / 1200' or 'npv(8%, -1000, 300, 420, 680)'."
        ),
        examples=["growth(11588, 12392)", "margin(1577, 12392)", "(394328 - 365817) * 21%"],
    )


class Output(BaseModel):
    """The result, ready to be cited."""

    model_config = ConfigDict(frozen=True)

    expression: str = Field(description="What was calculated, in normalised form.")
    value: Decimal = Field(description="In the unit: 6.94 with 'percent' means 6.94 %.")
    unit: Literal["number", "percent"]
    display: str = Field(description="The value rounded for people, such as '6.94 %'.")
    exact: bool = Field(
        description=(
            "Whether value is true to its last digit; if not, it is rounded half to even to 28"
            " significant digits."
        )
    )


async def calculate(arguments: Input) -> Output:
    """Calculates one expression exactly and returns its value, its unit and a rounded display.

    Use it for every figure that you derive from others: a sum, a difference, a growth rate, a
    margin, a ratio, a present value. Never do such arithmetic yourself. Don't use it to look
    figures up: find them in the documents first and write the numbers in. It has no variables and
    converts no currencies. Bring all figures to one scale first (all in USD millions, say): an
    amount comes back in that scale.

    Args:
        arguments: `expression`, made of
            - numbers: 1234.5, 1.2e6, and 5% which is 0.05. $1,234.5 is fine outside of functions;
              inside of one write no thousands separators, and a blank after each comma:
              growth(11588, 12392).
            - + - * / ^ and ( ). Parentheses only group: write a loss shown as (250) as -250. -2^2
              is -4.
            - functions that return a percent: growth(old, new); margin(part, revenue);
              percent(part, whole); cagr(begin, end, years), years being the number of intervals (5
              from 2019 to 2024); irr(cf0, cf1, ...), per period, with payments negative.
            - functions that return a number: ratio(a, b); sqrt(x).
            - functions that keep the unit of their figures: change(old, new), which is new - old
              (percentage points between two percents); npv(rate, cf0, cf1, ...), rate per period
              as 8% or 0.08, with cf0 today (a spreadsheet's NPV puts it a period later); sum,
              average, min, max of (a, b, ...); abs(x); round(x, digits), half away from zero.

    A percent stays one through * and / by a number, and percent + percent is a percent; percent +
    number is refused. To apply a percent to an amount, divide by 100%:
    2000 * margin(69, 1000) / 100% is 138.

    Raises:
        ToolError: the expression can't be calculated; the message says at which column and what to
            write instead.
    """
    tree = parse(arguments.expression)
    quantity = evaluate(tree)
    value, exact = decimal_value(quantity)
    return Output(
        expression=render(tree),
        value=value,
        unit="percent" if quantity.unit is Unit.PERCENT else "number",
        display=display(quantity),
        exact=exact,
    )
