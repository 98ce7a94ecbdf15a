"""The documents of the world as written: what they print, with the faults they are there for."""

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from evals.datasets import load_dataset
from evals.filings.world.catalogue import DOCUMENTS
from evals.filings.world.dataset import write_world

IN_FIELDS = "Oakbourne_Credit_Request"
GLUED = "Gilcrest_Mills_Annual_Report_2023"
SIDEWAYS = "Ferrow_Mining_Sites_2023"
LIGATURES = str.maketrans({"\ufb01": "fi", "\ufb02": "fl"})


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Path:
    return write_world(tmp_path_factory.mktemp("world")).folder


@pytest.fixture(scope="module")
def pdf(world) -> Callable[[str], PdfReader]:
    return lambda name: PdfReader(world / "pdfs" / f"{name}.pdf")


def squeezed(text: str) -> str:
    return "".join(text.translate(LIGATURES).split())


def test_same_bytes_every_time(world, tmp_path):
    write_world(tmp_path)
    for path in (each for each in world.rglob("*") if each.is_file()):
        assert (tmp_path / path.relative_to(world)).read_bytes() == path.read_bytes()


def test_dataset_is_read_as_any_other(world):
    dataset = load_dataset(world)
    assert len(dataset.pdfs) == len(DOCUMENTS)
    assert len(dataset.examples) == sum(len(each.asks) for each in DOCUMENTS)


def test_every_figure_is_printed_on_its_page(world, pdf):
    lines = (world / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    for line in map(json.loads, lines):
        if line["doc_name"] != IN_FIELDS:
            text = squeezed(pdf(line["doc_name"]).pages[line["page"]].extract_text())
            assert squeezed(line["row_label"]) in text
            assert squeezed(line["printed"]) in text


def test_values_of_the_form_are_in_its_fields_alone(pdf):
    form = pdf(IN_FIELDS)
    values = {each["/V"] for each in form.get_fields().values()}
    assert {"3,418,700", "275,000", "5.85"} <= values
    assert "275,000" not in form.pages[0].extract_text()


def test_glued_words_have_no_painted_space(world):
    document = pypdfium2.PdfDocument(world / "pdfs" / f"{GLUED}.pdf")
    text = document[0].get_textpage().get_text_bounded()
    generated = pypdfium2.raw.FPDFText_IsGenerated
    page = document[0].get_textpage()
    spaces = [at for at, character in enumerate(text) if character == " "]
    assert len(spaces) > 50
    assert all(generated(page, at) == 1 for at in spaces[:20])


def test_sideways_page_is_printed_upright_on_paper(world):
    document = pypdfium2.PdfDocument(world / "pdfs" / f"{SIDEWAYS}.pdf")
    page = document[1].get_textpage()
    first, second = (page.get_charbox(at) for at in (0, 1))
    assert document[1].get_rotation() == 0
    assert second[1] > first[1]
    assert second[0] == pytest.approx(first[0], abs=6)
