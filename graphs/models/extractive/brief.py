"""A conversation in brief: what was asked, and the first line of each answer, word for word."""

import re

_SPEAKER = re.compile(r"^(Summary so far|Question|Answer): ", re.MULTILINE)
_OPEN, _CLOSE = "<conversation>\n", "\n</conversation>"


def read_conversation(text: str) -> str | None:
    """What stands between the tags of a conversation that is to be summarized, if there is one."""
    if not text.startswith(_OPEN):
        return None
    return text.removeprefix(_OPEN).removesuffix(_CLOSE)


def in_brief(conversation: str) -> str:
    """Earlier summaries whole, questions whole, of answers the first line with its citations."""
    parts = _SPEAKER.split(conversation)[1:]
    said = zip(parts[::2], parts[1::2], strict=True)
    return "\n".join(_line(speaker, text.strip()) for speaker, text in said if text.strip())


def _line(speaker: str, text: str) -> str:
    if speaker == "Summary so far":
        return text
    if speaker == "Question":
        return f"Question: {' '.join(text.split())}"
    return f"Answer: {text.splitlines()[0]}"
