"""Blobs in a folder and in S3: the same behaviour."""

from uuid import uuid4

import boto3
import pytest

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


async def test_another_organization_has_a_prefix_of_its_own(blobs, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"x")
    await blobs.put(uuid4(), SHA, source)
    with pytest.raises(FileNotFoundError):
        await blobs.fetch(uuid4(), SHA, tmp_path / "target")
    assert not (tmp_path / "target").exists()
