import secrets

import pytest

from core.secret_keys import why_weak


@pytest.mark.parametrize("key", ["", "x", "a" * 64, "ab" * 32, "\u00e9" * 15])
def test_key_that_could_be_guessed_is_weak(key):
    assert why_weak(key)


def test_short_random_key_is_weak():
    assert why_weak(secrets.token_hex(15))


@pytest.mark.parametrize(
    ("make", "size"),
    [(secrets.token_urlsafe, 48), (secrets.token_urlsafe, 32), (secrets.token_hex, 32)],
)
def test_random_key_is_not_weak(make, size):
    assert why_weak(make(size)) is None
