"""The notebook runs from top to bottom, with no key and no network."""

import sys
import warnings
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.xdist_group("notebook")
def test_the_notebook_answers_and_names_a_page(monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of jupyter's own imports
        from nbclient import NotebookClient  # noqa: PLC0415  # where its warnings are caught

        notebook = nbformat.read(ROOT / "notebooks" / "ask_a_filing.ipynb", as_version=4)
        client = NotebookClient(notebook, timeout=120, kernel_name="python3")
        client.create_kernel_manager().kernel_spec.argv[0] = sys.executable
        client.execute(cwd=str(ROOT))
    printed = [
        output["text"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output["name"] == "stdout"
    ]
    assert any("extractive model" in text for text in printed)
    assert any(text.startswith("[") and "page" in text for text in printed)
    assert any("search_documents" in text for text in printed)
