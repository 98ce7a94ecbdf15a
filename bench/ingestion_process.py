"""One way of taking a filing in, in a process of its own: prints its seconds and peak megabytes.

Run by `ingestion`: what one way loads would count as the other's memory. The clock starts once the
embedding model answers, as it does in a service that runs.
"""

import asyncio
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self
from uuid import uuid4

from bench.embedding_process import QUERY, load
from storage.urls import DatabaseUrls

STEP_SECONDS = 0.02
CHARACTERS, OVERLAP = 1000, 200


async def plain(urls: DatabaseUrls, pdf: Path, folder: Path) -> float:
    """As tutorials show it: pypdf, a splitter, the model on torch, PGVectorStore.

    Returns:
        Seconds.
    """
    # Each side loads its own libraries alone.
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # noqa: PLC0415
    from pypdf import PdfReader  # noqa: PLC0415

    from bench.plain_store import plain_engine, plain_store  # noqa: PLC0415

    embeddings = load("torch", folder)
    embeddings.embed_query(QUERY)
    async with plain_engine(urls) as engine:
        store = await plain_store(engine, embeddings)
        started = time.perf_counter()
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS, chunk_overlap=OVERLAP)
        for page in PdfReader(pdf).pages:
            await store.aadd_texts(splitter.split_text(page.extract_text()))
        return time.perf_counter() - started


async def ours(urls: DatabaseUrls, pdf: Path, folder: Path) -> float:
    """The whole product is wired, as in the service, and takes the filing in.

    Returns:
        Seconds from bytes to searchable.
    """
    # As above.
    from pydantic import SecretStr  # noqa: PLC0415

    from core.principal import local_principal  # noqa: PLC0415
    from core.settings import Settings  # noqa: PLC0415
    from graphs.runtime import open_runtime  # noqa: PLC0415

    settings = Settings(
        _env_file=None,
        data_dir=folder,
        database_url=SecretStr(urls.owner),
        app_database_url=SecretStr(urls.app),
        models=("extractive",),
    )
    principal = local_principal()
    async with open_runtime(settings) as runtime:
        await runtime.embeddings.warm_up()
        started = time.perf_counter()
        version, _ = await runtime.ingestion.accept(principal, f"{uuid4()}.pdf", pdf)
        await runtime.ingestion.index(principal, version.id)
        return time.perf_counter() - started


SIDES = {"plain": plain, "ours": ours}


class Peak:
    """The most resident memory of this process and its children together, in megabytes."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(STEP_SECONDS):
            self.megabytes = max(self.megabytes, sum(map(_resident, ["self", *_children()])))


def _children() -> Iterator[str]:
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # it ended meanwhile
            yield from (task / "children").read_text().split()


def _resident(process: str) -> float:
    with suppress(OSError):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def main() -> None:
    side, owner, app, pdf, folder = sys.argv[1:]
    urls = DatabaseUrls(owner=owner, app=app, app_takes_role=False)
    with Peak() as peak:
        seconds = asyncio.run(SIDES[side](urls, Path(pdf), Path(folder)))
    print(seconds, peak.megabytes)


if __name__ == "__main__":
    main()
