"""What filings call the things that people ask about in words of their own."""

import re

_TOPICS: tuple[tuple[str, ...], ...] = (
    # words of questions, words of filings, and what stands beside them where they are few
    (
        "lawsuit|litigation|legal|sued|suing|court|proceeding",
        "legal proceedings lawsuit litigation court complaint alleging sued filed settlement",
    ),
    (
        "customer|client|buyer",
        "customers our customers largest customer accounted for sell to",
        "Customers Backlog Competition Human Capital employees Regulation",
    ),
    (
        "acquisition|acquire|merger|takeover|bought",
        "acquisitions acquired purchase price business combination",
    ),
    ("divest|disposal", "divestiture sale discontinued operations"),
    ("competitor|compete|competition|rival", "competition competitors compete"),
    ("supplier|vendor", "suppliers raw materials supply source"),
    (
        "employee|staff|workforce|headcount",
        "employees human capital employed people",
        "Human Capital employees Customers Competition Regulation",
    ),
    ("risk|threat|exposure", "risk factors could harm adversely affect"),
    (
        "restate|error",
        "restatement error restated",
        "Restatement of Previously Issued Financial Statements error found restated",
    ),
    ("dividend|buyback|repurchase", "dividends declared repurchase shares"),
    (
        "debt|borrow|loan|covenant|(?:senior|secured|convertible) notes",
        "debt credit facility senior notes borrowings covenants",
    ),
    ("segment|division", "segments reportable segments"),
    ("regulat|laws\\b|compliance", "regulation rules compliance laws"),
    ("guidance|outlook|forecast", "expect outlook guidance anticipate"),
    ("patent|trademark|intellectual", "patents trademarks intellectual property"),
    ("properties|facilit|headquarter", "properties facilities square feet"),
    ("auditor|audit", "independent registered public accounting firm auditor"),
)
_COMPILED = tuple((re.compile(rf"\b(?:{row[0]})"), row[1], row[-1]) for row in _TOPICS)
_CAUSES = re.compile(
    r"\b(?:why|reasons?|explains?|explained|drove|drivers?|driven|caused?|led to|because)\b"
)
CAUSAL = re.compile(
    r"\b(?:because|due to|driven by|resulted from|result of|reflect\w{0,4}|primarily|attributable|"
    r"owing to|mainly|on account of)\b",
    re.IGNORECASE,
)


def queries_of(text: str) -> list[str]:
    """The filings' words for the topics of a question (lower case), empty where it has none."""
    rows = [(said, beside) for asked, said, beside in _COMPILED if asked.search(text)]
    said = " ".join(row[0] for row in rows)
    if _CAUSES.search(text):
        said = f"{said} increased decreased rose fell because due to".strip()
    beside = " ".join(row[1] for row in rows if row[1] != row[0])
    return [query for query in (beside, said) if query]


def topics_in(text: str) -> list[str]:
    """The words of questions and filings together, for each topic of a question (lower case)."""
    return [
        f"{row[0].replace('|', ' ')} {row[1]}"
        for row, (pattern, _, _) in zip(_TOPICS, _COMPILED, strict=True)
        if pattern.search(text)
    ]


def asks_why(text: str) -> bool:
    return bool(_CAUSES.search(text))
