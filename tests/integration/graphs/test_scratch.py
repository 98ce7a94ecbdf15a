"""A store that goes away again, beside one that stays."""

import tempfile

import pytest

from core.principal import local_principal
from graphs.scratch import open_scratch, settings_within


@pytest.fixture
def place(folder, monkeypatch):
    """Where temporary folders are made; passable for Postgres's own user."""
    place = folder / "scratch"
    place.mkdir(exist_ok=True)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


async def test_it_is_empty_keeps_a_filing_and_leaves_nothing(settings, filings, place):
    path = min((filings / "pdfs").glob("*.pdf"))
    principal = local_principal()
    async with open_scratch(settings) as runtime:
        assert await runtime.documents.versions(principal) == []
        await runtime.ingestion.accept(principal, path.name, path)
        assert [v.name for v in await runtime.documents.versions(principal)] == [path.name]
        assert list(place.glob("copilot-scratch-*"))
    assert not list(place.glob("copilot-scratch-*"))


async def test_it_goes_when_what_is_done_in_it_fails(settings, place):
    with pytest.raises(ZeroDivisionError):
        async with open_scratch(settings):
            raise ZeroDivisionError
    assert not list(place.glob("copilot-scratch-*"))


def test_the_database_and_the_blobs_that_settings_name_are_left_alone(settings, place):
    remote = settings.model_copy(update={"blob_url": "s3://bucket/prefix"})
    own = settings_within(remote, place)
    assert (own.data_dir, own.database_url, own.blob_url) == (place, None, None)
    assert own.models == settings.models
