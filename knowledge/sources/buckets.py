"""PDFs in a bucket, or below a prefix of it."""

from functools import partial

from knowledge.sources.item import Item, Source, is_pdf, name_below
from storage.buckets import Bucket


async def bucket_source(url: str) -> Source:
    """What is below `s3://bucket/prefix` or `gs://bucket/prefix`, by its place there.

    Raises:
        UnavailableError, InvalidInputError: it can't be listed.
    """
    bucket = Bucket.open(url)
    keys = sorted(await bucket.keys())
    pdfs = [key for key in keys if is_pdf(key)]
    items = [Item(name_below(key), partial(bucket.fetch, key)) for key in pdfs]
    return Source(items, len(keys) - len(pdfs))
