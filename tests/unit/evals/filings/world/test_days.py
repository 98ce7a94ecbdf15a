from datetime import date

import pytest

from evals.filings.world.days import days


@pytest.mark.parametrize(
    ("period", "year_end", "starts_on", "ends_on"),
    [
        ("FY2023", (12, 31), date(2023, 1, 1), date(2023, 12, 31)),
        ("FY2023", (3, 31), date(2022, 4, 1), date(2023, 3, 31)),
        ("FY2024", (2, 29), date(2023, 3, 1), date(2024, 2, 29)),
        ("Q2 2024", (12, 31), date(2024, 4, 1), date(2024, 6, 30)),
        ("Q1 2024", (6, 30), date(2023, 7, 1), date(2023, 9, 30)),
        ("H1 2024", (12, 31), date(2024, 1, 1), date(2024, 6, 30)),
        ("H2 2024", (6, 30), date(2024, 1, 1), date(2024, 6, 30)),
        ("2023-03-31", (12, 31), None, date(2023, 3, 31)),
        (None, (12, 31), None, None),
    ],
)
def test_days_of_a_period(period, year_end, starts_on, ends_on):
    assert days(period, year_end) == (starts_on, ends_on)
