"""The sample filings as files, and a filing of any length made of their pages."""

from pathlib import Path

from pypdf import PdfReader, PdfWriter

from evals.filings.dataset import write_dataset


def sample_filings(folder: Path) -> list[Path]:
    return sorted((write_dataset(folder).folder / "pdfs").glob("*.pdf"))


def long_filing(samples: list[Path], pages: int, target: Path) -> Path:
    """Args: pages: so many of the samples', from the first again when they run out."""
    writer = PdfWriter()
    while (missing := pages - len(writer.pages)) > 0:
        for sample in samples:
            taken = min(missing, len(PdfReader(sample).pages))
            if taken > 0:
                writer.append(sample, pages=(0, taken))
            missing -= taken
    writer.write(target)
    return target
