"""Tells English from other languages of Western Europe by their commonest words."""

_ENGLISH = (" the ", " of ", " and ", " for ", " in ")
_OTHERS = (
    " der ", " die ", " und ", " f\u00fcr ", " im ",
    " de ", " la ", " les ", " et ", " des ",
    " y ", " el ", " los ", " del ", " en ",
    " och ", " av ", " og ", " van ", " het ", " di ", " dos ",
)  # fmt: skip


def is_english(text: str) -> bool | None:
    """Whether a page is in English rather than in another language; None if words don't tell."""
    small = f" {text.lower()} "
    english = sum([small.count(word) for word in _ENGLISH])
    others = sum([small.count(word) for word in _OTHERS])
    return None if english == others else english > others
