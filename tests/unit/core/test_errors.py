"""Every error is a problem document: a title, a stable type and a status."""

import pytest

from core import errors
from core.errors import CopilotError
from knowledge import errors as pdf_errors


def subclasses(kind: type[CopilotError]) -> list[type[CopilotError]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in subclasses(sub))]


OURS = [
    kind
    for kind in subclasses(CopilotError)
    if kind.__module__ in (errors.__name__, pdf_errors.__name__)
]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_an_error_has_a_title_a_type_and_a_status(kind):
    assert kind.title()
    assert not kind.title().endswith(".")
    assert kind.type == kind.type.lower()
    assert " " not in kind.type
    assert 400 <= kind.status < 600


def test_types_are_unique():
    assert len({kind.type for kind in OURS}) == len(OURS) > 15


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotFoundError, 404),
        (errors.ConflictError, 409),
        (errors.PermissionDeniedError, 403),
        (errors.UnauthenticatedError, 401),
        (errors.InvalidInputError, 422),
        (errors.UnavailableError, 503),
        (errors.ConfigurationError, 500),
        (pdf_errors.NotAPdfError, 415),
        (pdf_errors.TooLargeError, 413),
        (pdf_errors.PasswordError, 422),
    ],
)
def test_statuses_that_clients_rely_on(kind, status):
    assert kind.status == status


def test_an_error_carries_its_detail_and_extensions():
    error = errors.ConflictError("Ask again.", approvals=[1])
    assert str(error) == error.detail == "Ask again."
    assert error.extensions == {"approvals": [1]}
    assert error.title() == "The request doesn't fit the present state"
