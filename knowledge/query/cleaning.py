"""Takes out of a question what tells how to answer, and leaves what is asked."""

import re

LONGEST = 2_000
"""Characters; the embedding model reads some 250 words."""

_SENTENCE = re.compile(r"(?<=[.?!;])(?<!\bInc\.)(?<!\bCorp\.)(?<!\bCo\.)(?<!\bLtd\.)\s+")
_INSTRUCTION = re.compile(
    r"^(?:please\s++)?(?:answer|respond|round|give|state|provide|report|express|use|base|assume|"
    r"calculate (?:this|it)|compute (?:this|it)|if\b|you are|note that|ensure|make sure|write|"
    r"explain your|show your|do not|don't|approach|adopt|assuming|address|by relying|utiliz\w*|"
    r"considering you|(?:a|any) (?:decrease|decline|loss|fall|drop|reduction) is|"
    r"(?:percent|per cent|%|usd)?,?\s*+(?:one|two|three|no|zero|\d) decimals?|percent\b|"
    r"in (?:usd|us dollars|percent))\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|which|how|who|whom|where|when|why|is|does|did|are|was|were|has)\b", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?:,\s*+|(?<!\s)\s++)?\(?\b(?:rounded? (?:your answer )?to|answer in|"
    r"in (?:units of )?(?:usd|us\$|\$|percent)"
    r"(?:\s*(?:thousands?|millions?|billions?))?|(?:in )?(?:usd )?(?:thousands|millions|billions)|"
    r"(?:to )?(?:one|two|three|\d) decimals?(?: places?)?|to the nearest \w+)\b\)?",
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"\bis defined as\b", re.IGNORECASE)


def clean(question: str) -> str:
    """The question without instructions on rounding, units and tone; never empty if it wasn't."""
    text = " ".join(question.replace("\x00", " ").split())[:LONGEST]
    kept = [part for part in _SENTENCE.split(text) if not _is_instruction(part)]
    cleaned = " ".join(_ASIDE.sub("", part) for part in kept).strip(" ,;")
    return cleaned or text


def _is_instruction(sentence: str) -> bool:
    return bool(_INSTRUCTION.match(sentence)) and not (
        sentence.endswith("?") and _ASKS.search(sentence)
    )
