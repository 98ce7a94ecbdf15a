"""Buckets that documents are read from: on a loopback server that speaks S3's protocol."""

import boto3
import pytest

from core.errors import InvalidInputError, UnavailableError
from knowledge.sources.buckets import bucket_source
from storage.buckets import Bucket


@pytest.fixture
def bucket(s3):
    client = boto3.client("s3", endpoint_url=s3)
    client.create_bucket(Bucket="inbox")
    keys = ("2023/q1/10-Q.pdf", "2023/10-K.PDF", "2023/notes.txt", "2024/10-K.pdf")
    for key in keys:
        client.put_object(Bucket="inbox", Key=key, Body=key.encode())


async def test_pdfs_below_a_prefix_are_called_by_their_places(bucket, tmp_path):
    source = await bucket_source("s3://inbox/2023")
    assert [item.name for item in source.items] == ["10-K.PDF", "q1 - 10-Q.pdf"]
    assert source.skipped == 1
    await source.items[1].fetch(tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"2023/q1/10-Q.pdf"


async def test_a_bucket_that_isnt_there(s3):
    with pytest.raises(UnavailableError, match="s3://nowhere/a can't be read"):
        await bucket_source("s3://nowhere/a")


async def test_an_object_that_has_gone_since(bucket, tmp_path):
    with pytest.raises(UnavailableError, match="Check its name"):
        await Bucket.open("s3://inbox").fetch("gone.pdf", tmp_path / "out")


def test_what_is_no_url_of_a_bucket():
    with pytest.raises(InvalidInputError, match="s3:// can't be opened"):
        Bucket.open("s3://")
