"""Two sample filings, so that a new installation has something to answer from."""

import asyncio
import logging
import tempfile
from dataclasses import replace
from pathlib import Path

from core.principal import local_principal
from evals.filings.companies import HALVORSEN, MARROWBY
from evals.filings.dataset import write_dataset
from graphs.runtime import Runtime

logger = logging.getLogger(__name__)

COMPANIES = tuple(replace(company, filings=((2023, None),)) for company in (HALVORSEN, MARROWBY))


async def load_demo(runtime: Runtime) -> None:
    """Accept the samples unless there are documents already; the worker indexes them."""
    principal = local_principal()
    if await runtime.documents.versions(principal):
        return
    with tempfile.TemporaryDirectory(prefix="copilot-demo-") as folder:
        await asyncio.to_thread(write_dataset, Path(folder), companies=COMPANIES)
        for path in sorted(Path(folder).glob("pdfs/*.pdf")):
            await runtime.ingestion.accept(principal, path.name, path)
            logger.info("indexing the sample filing %s", path.name)
