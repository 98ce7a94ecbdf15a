"""Blobs in a folder and in S3: the same behaviour."""

import stat
from uuid import uuid4

import boto3
import pytest

from core.errors import ConfigurationError, UnavailableError
from storage.blobs import BlobStore

SHA = "a" * 64


@pytest.fixture(params=["folder", "s3"])
def blobs(request, tmp_path):
    if request.param == "folder":
        return BlobStore.open(None, tmp_path / "blobs")
    _make_bucket(request.getfixturevalue("s3"))
    return BlobStore.open("s3://filings/production", tmp_path / "unused")


def _make_bucket(endpoint: str) -> None:
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket="filings")


@pytest.mark.parametrize("size", [0, 10, 12 * 2**20])
async def test_what_was_put_is_fetched(blobs, tmp_path, size):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(b"x" * size)
    organization = uuid4()
    await blobs.put(organization, SHA, source)
    await blobs.put(organization, SHA, source)
    await blobs.fetch(organization, SHA, target)
    assert target.stat().st_size == size


async def test_stored_bytes_are_closed_to_other_users(tmp_path):
    source, folder, organization = tmp_path / "source", tmp_path / "blobs", uuid4()
    source.write_bytes(b"x" * 10)
    folder.mkdir(mode=0o755)
    blobs = BlobStore.open(None, folder)
    await blobs.put(organization, SHA, source)
    paths = (folder, folder / str(organization), folder / str(organization) / SHA)
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("call", ["put", "ensure", "check"])
async def test_bucket_that_is_missing_makes_the_store_unavailable(s3, tmp_path, call):
    source = tmp_path / "source"
    source.write_bytes(b"x")
    blobs = BlobStore.open("s3://nowhere/production", tmp_path / "unused")
    arguments = () if call == "check" else (uuid4(), SHA, source)
    with pytest.raises(UnavailableError, match="COPILOT_BLOB_URL") as refused:
        await getattr(blobs, call)(*arguments)
    assert refused.value.retry_after_seconds


async def test_store_that_can_be_reached_is_ready(blobs):
    await blobs.check()


def test_blob_url_that_cant_be_read_stops_the_start(tmp_path):
    with pytest.raises(ConfigurationError, match="COPILOT_BLOB_URL"):
        BlobStore.open("ftp//nowhere", tmp_path)


async def test_another_organization_has_a_prefix_of_its_own(blobs, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x")
    await blobs.put(uuid4(), SHA, source)
    with pytest.raises(FileNotFoundError):
        await blobs.fetch(uuid4(), SHA, tmp_path / "target")
    assert not (tmp_path / "target").exists()
