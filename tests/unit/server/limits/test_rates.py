"""How rates are written, whom they hold for, and what an answer says of them."""

from uuid import uuid4

import pytest

from core.errors import ConfigurationError
from core.principal import Principal
from core.settings import Settings
from server.limits.counting import Counter
from server.limits.rates import Rate, Rates, Standing

ASKS = Rate.of("asks", "COPILOT_LIMIT_ASKS", "10/minute")


def person(name="jo", organization_id=None) -> Principal:
    return Principal(f"user:{name}", organization_id or uuid4(), frozenset())


@pytest.mark.parametrize(
    ("written", "quota", "window_seconds"),
    [
        ("10/minute", 10, 60),
        ("2/second", 2, 1),
        ("1000 per hour", 1000, 3600),
        ("3/5 seconds", 3, 5),
    ],
)
def test_a_rate_is_so_many_in_a_while(written, quota, window_seconds):
    rate = Rate.of("asks", "COPILOT_LIMIT_ASKS", written)
    assert (rate.quota, rate.window_seconds) == (quota, window_seconds)


@pytest.mark.parametrize(
    "written", ["", "often", "10", "10/fortnight", "-1/minute", "0/minute", "10/minute;100/hour"]
)
def test_anything_else_is_refused_by_the_name_of_its_setting(written):
    with pytest.raises(ConfigurationError, match=r"COPILOT_LIMIT_ASKS.*10/minute"):
        Rate.of("asks", "COPILOT_LIMIT_ASKS", written)


def test_a_laptop_has_the_rates_of_the_readme():
    rates = Rates.of(Settings(_env_file=None))
    key = Principal("key:1", uuid4(), frozenset())
    assert str(rates.asking(person())) == "10 in 60 seconds"
    assert str(rates.asking(key)) == "1000 in 60 seconds"
    assert str(rates.uploads) == "1000 in 600 seconds"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock stands still."""
    at = 1_700_000_000.0
    monkeypatch.setattr("server.limits.rates.time.time", lambda: at)
    return at


def test_headers_are_structured_fields(now):
    headers = Standing(ASKS, 9, now + 41.5).headers()
    assert headers == {"ratelimit-policy": '"asks";q=10;w=60', "ratelimit": '"asks";r=9;t=42'}


def test_a_wait_is_at_least_a_second_and_nothing_left_is_zero(now):
    standing = Standing(ASKS, -1, now - 5)
    assert standing.headers()["ratelimit"] == '"asks";r=0;t=1'
    assert standing.seconds_until(1) == 1


def test_a_batch_waits_until_all_that_counts_now_has_left(now):
    assert Standing(ASKS, 1, now + 3).seconds_until(5) == 60


async def test_each_organization_and_subject_has_its_own_count():
    counter, rate, here = Counter(None), Rate.of("asks", "X", "1/minute"), uuid4()
    assert (await counter.count(person("jo", here), rate))[0]
    assert not (await counter.count(person("jo", here), rate))[0]
    assert (await counter.count(person("al", here), rate))[0]
    assert (await counter.count(person("jo"), rate))[0]


async def test_what_is_refused_takes_nothing():
    counter, jo = Counter(None), person()
    assert (await counter.count(jo, ASKS, cost=8))[1].remaining == 2
    is_left, standing = await counter.count(jo, ASKS, cost=3)
    assert (is_left, standing.remaining) == (False, 2)
