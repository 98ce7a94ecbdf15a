"""PDFs that a parser must refuse or survive, as bytes."""

import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

MEGABYTE = 1024 * 1024
TEXT = "Net revenue was $1,234 thousand in the period."


def empty() -> bytes:
    return b""


def not_a_pdf() -> bytes:
    return b"<!doctype html><title>Sign in</title><p>Please sign in to download the filing.</p>"


def truncated() -> bytes:
    """The first half of a PDF, as an upload that broke off leaves it."""
    whole = text_pages(3)
    return whole[: len(whole) // 2]


def image_only(pages: int = 1) -> bytes:
    """A scan: a raster image and no text on each page."""
    return _pages("i" * pages)


def mixed() -> bytes:
    """Three pages of which the second is an image only."""
    return _pages("tit")


def text_pages(pages: int) -> bytes:
    return _pages("t" * pages)


def many_pages(pages: int = 2000) -> bytes:
    """Blank pages, many of them, cheaply."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(*LETTER)
    return _written(writer)


def encrypted(user_password: str) -> bytes:
    """AES-256; the empty password makes a file that opens without asking."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(text_pages(1))))
    writer.encrypt(user_password, owner_password="owner", algorithm="AES-256")  # noqa: S106 - a sample  # pragma: allowlist secret
    return _written(writer)


def decompression_bomb(inflated: int = 2048 * MEGABYTE) -> bytes:
    """One page of a few kilobytes whose content stream inflates to `inflated` bytes.

    The stream is compressed a megabyte at a time, and twice, so neither form is held whole.
    """
    return _single_page(_twice_deflated(inflated), b"[/FlateDecode /FlateDecode]")


def _twice_deflated(inflated: int) -> bytes:
    inner, outer = zlib.compressobj(1), zlib.compressobj(9)
    spaces = b" " * MEGABYTE
    parts = [outer.compress(inner.compress(spaces)) for _ in range(inflated // MEGABYTE)]
    parts += [outer.compress(inner.flush()), outer.flush()]
    return b"".join(parts)


def _single_page(stream: bytes, filters: bytes) -> bytes:
    """A PDF written by hand, since a library would inflate the stream."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>",
        b"<< /Filter %s /Length %d >>\nstream\n%s\nendstream" % (filters, len(stream), stream),
    )
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _pages(kinds: str) -> bytes:
    """A page for each letter: t for text, i for an image."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=LETTER, invariant=1)
    scan = ImageReader(Image.effect_mandelbrot((120, 160), (-2, -1.5, 1, 1.5), 40))
    for number, kind in enumerate(kinds, 1):
        if kind == "t":
            canvas.drawString(72, 700, f"Page {number}. {TEXT}")
        else:
            canvas.drawImage(scan, 72, 144, 468, 560)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
