"""Pages that say the same are kept: only what stands around a text can be a running header."""

from evals.filings.broken import text_pages
from knowledge.pdf.reader import read_pages


def test_duplicated_pages_keep_their_text(tmp_path):
    path = tmp_path / "same.pdf"
    path.write_bytes(text_pages(12))
    texts = [page.text for page in read_pages(path)]
    assert len(texts) == 12
    assert all(text.strip() for text in texts)
