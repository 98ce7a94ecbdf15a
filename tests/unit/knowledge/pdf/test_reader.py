"""Odd pages are read, or come out empty, and never raise."""

from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject, StreamObject

from evals.filings import broken

LINES = [(72, 100, "Net revenue rose by 12% in the year."), (72, 120, "Costs fell.")]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_a_viewer_turns_it(pages_of, draw, rewrite, angle):
    page = pages_of(rewrite(draw(LINES), lambda page: page.rotate(angle)))[0]
    assert page.text == "Net revenue rose by 12% in the year.\nCosts fell."
    assert (page.width, page.height) == ((612, 792) if angle % 180 == 0 else (792, 612))
    box = page.lines[0].box
    along = box.right - box.left, box.bottom - box.top
    assert (along[0] > along[1]) == (angle % 180 == 0)
    # The line begins 72 points from the left and 100 from the top of the page unturned.
    begins = {0: box.left, 90: box.top, 180: 612 - box.right, 270: 612 - box.bottom}[angle]
    assert abs(begins - 72) < 3


def test_boxes_count_from_the_crop_box(pages_of, draw, rewrite):
    def crop(page):
        page.cropbox = RectangleObject((50, 500, 550, 750))

    page = pages_of(rewrite(draw([*LINES, (72, 400, "Cut away")]), crop))[0]
    assert (page.width, page.height) == (500, 250)
    assert "Cut away" not in page.text
    assert abs(page.lines[0].box.left - 22) < 3


def test_empty_and_repeated_pages_keep_their_numbers(pages_of, draw):
    pages = pages_of(draw(LINES, [], LINES, LINES))
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert (pages[1].text, pages[1].lines, pages[1].sections) == ("", (), ())
    assert pages[0].text == pages[3].text


def test_sections_cover_each_page(pages_of, draw):
    text = [(72, 60, "Item 1. Business"), (72, 80, "We make pumps."), (72, 94, "We sell them.")]
    more = [(72, 60, "We sell more."), (72, 80, "Item 2. Properties"), (72, 94, "None.")]
    first, second = pages_of(draw([(72, 60, "Cover")], text, more))[1:]
    assert [section.path for section in first.sections] == [("Item 1. Business",)]
    assert [section.path for section in second.sections] == [
        ("Item 1. Business",),
        ("Item 2. Properties",),
    ]
    assert second.sections[0].end == second.sections[1].start
    assert (second.sections[0].start, second.sections[1].end) == (0, len(second.text))


def test_notes_stand_under_their_item(pages_of, draw):
    text = [
        (72, 60, "Item 8. Financial Statements"),
        (72, 80, "Notes to Consolidated Financial Statements"),
        (72, 100, "NOTE 1 - BASIS OF PRESENTATION"),
        (72, 120, "The year ends in December."),
        (72, 140, "2. Leases"),
        (72, 160, "We lease stores."),
    ]
    sections = pages_of(draw([(72, 60, "Cover")], text))[1].sections
    assert [section.path for section in sections] == [
        ("Item 8. Financial Statements", "NOTE 1 - BASIS OF PRESENTATION"),
        ("Item 8. Financial Statements", "2. Leases"),
    ]


SEGMENT = [
    (72, 120, "Selected figures of the Domestic segment were as follows (in millions):"),
    (350, 140, "2023"),
    (420, 140, "2022"),
    *[
        (left, 160 + 20 * at, text)
        for at, label in enumerate(("Net sales", "Gross profit", "Operating income"))
        for left, text in ((72, label), (350, f"{at + 7},104"), (420, f"{at + 6},918"))
    ],
    (
        72,
        240,
        "Sales rose since more people bought pumps than in any of the years before that one.",
    ),
]


@pytest.mark.parametrize(
    ("above", "heading"),
    [("Domestic Segment", ("Domestic Segment",)), ("In the year that ended then", ())],
)
def test_a_title_above_the_caption_of_a_table_is_a_heading(pages_of, draw, above, heading):
    text = [
        (72, 60, "Item 7. Discussion and Analysis"),
        (72, 80, "We sell pumps."),
        (72, 100, above),
    ]
    page = pages_of(draw([(72, 60, "Cover")], text + SEGMENT))[1]
    assert page.tables
    assert page.sections[-1].path == ("Item 7. Discussion and Analysis", *heading)


def test_running_headers_and_page_numbers_are_left_out(pages_of, draw):
    pages = pages_of(
        draw(
            *(
                [
                    (250, 30, "Halvorsen Pumpworks"),
                    (72, 200 + 30 * at, f"Text number {at * 7}."),
                    (300, 770, str(at)),
                ]
                for at in range(1, 6)
            )
        )
    )
    assert [page.text for page in pages] == [f"Text number {at * 7}." for at in range(1, 6)]


def test_an_empty_password_opens(pages_of):
    assert "Net revenue" in pages_of(broken.encrypted(""))[0].text


def test_a_font_with_a_broken_map_is_read_as_marks(pages_of, draw, rewrite):
    def break_map(page):
        stream = StreamObject()
        stream.set_data(b"begincmap 1 beginbfrange <00> <ff> <0000> endbfrange garbage <")
        for font in page["/Resources"]["/Font"].values():
            font.get_object()[NameObject("/ToUnicode")] = stream

    page = pages_of(rewrite(draw(LINES), break_map))[0]
    assert "\0" not in page.text
    page.text.encode()


def test_a_page_that_is_no_page_is_empty(pages_of, draw, rewrite):
    def break_contents(page):
        page[NameObject("/Contents")] = NameObject("/Nothing")

    assert [page.text for page in pages_of(rewrite(draw(LINES), break_contents))] == [""]


def test_a_file_that_pdfium_refuses_is_repaired(pages_of, draw, monkeypatch):
    opened = pypdfium2.PdfDocument

    def refuse_once(path):
        monkeypatch.setattr(pypdfium2, "PdfDocument", opened)
        raise pypdfium2.PdfiumError("Refused.")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse_once)
    assert pages_of(draw(LINES))[0].text.startswith("Net revenue")


def test_pages_stay_in_order_when_one_object_is_many_pages(pages_of, draw):
    page = PdfReader(BytesIO(draw(LINES))).pages[0]
    writer = PdfWriter()
    for _ in range(40):
        writer.add_page(page)
    target = BytesIO()
    writer.write(target)
    assert [page.number for page in pages_of(target.getvalue())] == list(range(1, 41))
