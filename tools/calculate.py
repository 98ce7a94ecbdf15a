"""The calculator: exact decimal arithmetic and the formulas of finance."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from core.errors import ToolError
from tools.arithmetic.answer import decimal_value, display, unit_in_words
from tools.arithmetic.evaluation import Evaluation
from tools.arithmetic.operand import NO_OPERANDS, Operands
from tools.arithmetic.parser import parse
from tools.arithmetic.refusal import DomainError
from tools.arithmetic.syntax import references, render


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
    unit: str = Field(
        description=(
            "'number' and 'percent'; of figures also 'percentage points', 'USD', 'USD/share' or"
            " 'shares'."
        )
    )
    display: str = Field(description="The value rounded for people, such as '6.94 %'.")
    exact: bool = Field(
        description=(
            "Whether value is true to its last digit; if not, it is rounded half to even to 28"
            " significant digits."
        )
    )
    scale: int = Field(
        default=1, description="What value is multiplied by: 1000000 for USD million."
    )
    operands: tuple[str, ...] = Field(
        default=(), description="The figures that it was calculated from: F3, F7."
    )
    warnings: tuple[str, ...] = Field(
        default=(), description="What to check, and to say beside the result."
    )


async def calculate(arguments: Input, *, figures: Operands = NO_OPERANDS) -> Output:
    """Calculates one expression exactly and returns its value, its unit and a rounded display.

    Use it for every figure that you derive from others: a sum, a difference, a growth rate, a
    margin, a ratio, a present value. Never do such arithmetic yourself. Don't use it to look
    figures up. Name figures by the ids that look_up_figures showed, as in growth(F3, F7): their
    units, scales and periods are known then. It has no variables and converts no currencies.
    Numbers that you write are in no unit: bring them to one scale first (all in USD millions, say),
    and an amount comes back in that scale.

    Args:
        arguments: `expression`, made of
            - figures: F3, F12. Thousands and millions are converted. Amounts of different units are
              refused in + and -; USD / shares is USD per share. The difference of two percents is
              in percentage points. A number that is added to, subtracted from or compared with a
              figure counts in the figure's unit and scale: F3 + 100 is USD 100 million more if F3
              is in USD million.
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
        figures: those that the conversation has shown; they are passed for you.

    A percent stays one through * and / by a number, and percent + percent is a percent; percent +
    number is refused. A ratio of figures times 100% is a percent: F3 / F9 * 100%. To apply a
    percent to a number, divide by 100%: 2000 * margin(69, 1000) / 100% is 138; a figure in percent
    times an amount is an amount.

    Raises:
        ToolError: the expression can't be calculated; the message says at which column and what to
            write instead.
    """
    tree = parse(arguments.expression)
    evaluation = Evaluation(figures)
    quantity = evaluation.value(tree)
    value, exact = decimal_value(quantity)
    try:
        unit, shown = unit_in_words(quantity), display(quantity)
    except DomainError as error:
        raise ToolError(str(error)) from error
    return Output(
        expression=render(tree),
        value=value,
        unit=unit,
        display=shown,
        exact=exact,
        scale=quantity.scale,
        operands=tuple(dict.fromkeys(references(tree))),
        warnings=evaluation.warnings,
    )
