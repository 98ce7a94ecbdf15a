"""The bounds that make every evaluation short, and the precisions."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context
from fractions import Fraction
from typing import Final

MAX_CHARACTERS: Final = 1000
"""Of an expression, blanks not counted: its normalised form, which has more blanks, stays valid."""
MAX_CHARACTERS_WITH_BLANKS: Final = 2000
MAX_DEPTH: Final = 32
"""Of nested parentheses, calls, signs and exponents."""
MAX_OPERATIONS: Final = 200
"""Operators and calls; a sign is not counted."""
MAX_FLOWS: Final = 200
MAX_LITERAL_DIGITS: Final = 50
MAX_LITERAL_EXPONENT: Final = 100

MAX_BITS: Final = 10_000
"""Of a numerator or a denominator, about 3,000 digits: beyond, a value is rounded, or refused."""
MAX_MAGNITUDE: Final = 3000
"""Decimal places of the largest and the smallest power."""
MAX_INEXACT_EXPONENT: Final = 1_000_000
"""Keeps the error of a rounded power near 10^-74."""
MAX_EXACT_ROOT: Final = 64
"""Roots up to this one are tried on integers first, so that cagr(1, 32, 5) is exactly 100 %."""

EXACT_DIGITS: Final = 1000
"""An exact result is shown in full up to this many digits."""
SHOWN_DIGITS: Final = 28
"""Significant digits of a result that is not exact."""
WORKING: Final = Context(prec=80, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""For what has no exact decimal: roots, fractional powers, irr."""
NOISE: Final = Fraction(1, 10**50)
"""A rounded difference this small beside its terms is rounding error, and counts as zero."""
