"""What is asked of all six filings, as a dataset that evals read."""

from pathlib import Path

import pytest

from evals.datasets import Dataset, load_dataset
from evals.examples import Category, ReferenceCall
from evals.filings.dataset import write_dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("samples")).folder


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return load_dataset(folder)


def test_all_filings_are_written_the_same_every_time(folder: Path, tmp_path: Path):
    write_dataset(tmp_path)
    for path in (p for p in folder.rglob("*") if p.is_file()):
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()


def test_every_category_is_read(dataset: Dataset):
    assert len(dataset.examples) > 320
    assert {each.category for each in dataset.examples} == set(Category) - {Category.OTHER}
    assert {each.is_answerable for each in dataset.examples} == {True, False}
    assert sum(not each.is_gated for each in dataset.examples) == 12


def test_a_question_keeps_its_truth(dataset: Dataset):
    asked = next(
        e for e in dataset.examples if e.id == "halvorsen_2023_10k.computation.gross_margin"
    )
    assert asked.question == (
        "What gross margin did Halvorsen Pumpworks, Inc. earn in FY2023, in percent to one decimal?"
    )
    assert asked.is_computed
    assert asked.document == "HALVORSEN_2023_10K.pdf"
    assert asked.key_facts[0].any_of == ("36.2%",)
    assert asked.tool_calls == (
        ReferenceCall("search_documents", {"query": "Halvorsen 2023"}),
        ReferenceCall("calculate", {"expression": "margin(347396, 959657)"}),
    )
    assert asked.contradictions == ("33.0%",)


def test_a_question_across_companies_is_about_no_one_document(dataset: Dataset):
    asked = next(e for e in dataset.examples if e.id == "any_company.ambiguous.net_revenue_2022")
    assert asked.document == ""
    assert {page.document for page in asked.evidence} == {
        "HALVORSEN_2022_10K.pdf",
        "MARROWBY_2022_10K.pdf",
    }
