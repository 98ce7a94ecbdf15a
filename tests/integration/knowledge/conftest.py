import pytest

from evals.filings import broken


@pytest.fixture
def pdf(tmp_path):
    """Writes a PDF of so many pages, or of these bytes."""

    def write(content: bytes | int, name: str = "filing.pdf"):
        path = tmp_path / name
        path.write_bytes(broken.text_pages(content) if isinstance(content, int) else content)
        return path

    return write


@pytest.fixture
def take_in(runtime):
    """Accepts and indexes a PDF; returns its version as it then stands."""

    async def take_in(principal, path, name=None):
        version, _ = await runtime.ingestion.accept(principal, name or path.name, path)
        await runtime.ingestion.index(principal, version.id)
        return await runtime.documents.version(principal, version.id)

    return take_in
