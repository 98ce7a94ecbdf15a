"""Makes text that can be stored, searched and compared out of what fonts hold."""

import re
import unicodedata

_REPLACED = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
    0x017F: "s",
    # What some versions of Word write for ligatures of Calibri.
    0x019F: "ti",
    0x01A9: "tt",
    0x01AB: "tti",
    0x0002: "-",  # pdfium's mark for a hyphen at a line's end
    0xFFFE: "\ufffd",
    0xFEFF: None,
    0x200C: None,
    0x200D: None,
    0x200E: None,
    0x200F: None,
    # Bullets and boxes of Symbol and Wingdings, which have no code of their own.
    0xF0A7: "\u25aa",
    0xF0A8: "\u2610",
    0xF0B7: "\u2022",
    0xF0D8: "\u2022",
    0xF06F: "\u2610",
    0xF0A3: "\u2610",
    0xF071: "\u2610",
    0xF052: "\u2611",
    0xF078: "\u2612",
    0xF0FE: "\u2612",
    0xF0FC: "\u2713",
    **dict.fromkeys((*range(2), *range(3, 32), *range(127, 160)), "�"),
}
_SOFT_HYPHEN = re.compile("\u00ad(?=[0-9.($])")


def is_clean(text: str) -> bool:
    """Whether `clean` surely leaves a text, or each of its parts, as it is."""
    return text.isascii() and text.isprintable()


def clean(text: str) -> str:
    """Ligatures expanded, soft hyphens removed, canonically composed, storable in Postgres."""
    if is_clean(text):
        return text
    text = _SOFT_HYPHEN.sub("-", text).replace("\u00ad", "")
    # Pairs of surrogates become the character they stand for, lone ones a replacement.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", text.translate(_REPLACED))
