"""Says in words why a page may have been misread."""

from collections.abc import Iterator, Sequence

from knowledge.pdf.words import TextLine

UNKNOWN = "\ufffd"
MANY_UNKNOWN, UNKNOWN_SHARE = 5, 0.005
"""Of a page's characters: fewer are a font's bullets."""
OVERLAP = 0.4
"""Of the narrower word, beyond a kerned letter."""
MANY_OVERLAPS, OVERLAP_SHARE = 5, 0.04
"""Of a page's words."""
SLANTED_SHARE = 0.2
CONFIDENT = 75.0
"""Of 100: what tesseract says of a clean scan is above it."""


def doubts_of(
    lines: Sequence[TextLine], slanted: Sequence[TextLine] = (), confidence: float | None = None
) -> tuple[str, ...]:
    """Why a page may have been misread; nothing for most pages.

    Args:
        lines: all of the page.
        slanted: those among them that stand at an angle.
        confidence: of text recognition, in percent; None where the text was not recognized.
    """
    return tuple(_doubts(lines, slanted, confidence))


def _doubts(
    lines: Sequence[TextLine], slanted: Sequence[TextLine], confidence: float | None
) -> Iterator[str]:
    length = sum(len(line.text) for line in lines)
    unknown = sum(line.text.count(UNKNOWN) for line in lines)
    if unknown >= MANY_UNKNOWN and unknown >= UNKNOWN_SHARE * length:
        yield f"{unknown} of {length} characters have no known letter in the file's fonts"
    words = sum(len(line.tokens) for line in lines)
    overlaps = sum(map(_overlaps, lines))
    if overlaps >= MANY_OVERLAPS and overlaps >= OVERLAP_SHARE * words:
        yield "text is printed over other text, and words of both may be mixed"
    at_angle = sum(len(line.text) for line in slanted)
    if at_angle > SLANTED_SHARE * length:
        yield "much of the text stands at an angle, and its lines may be mixed"
    if confidence is not None and confidence < CONFIDENT:
        yield f"the text was recognized from an image with {confidence:.0f} % confidence"


def _overlaps(line: TextLine) -> int:
    """Words of a line that lie on the word before them."""
    found, right = 0, None
    for token in line.tokens:
        if right is not None and right - token.left > OVERLAP * (token.right - token.left):
            found += 1
        right = token.right if right is None else max(right, token.right)
    return found
