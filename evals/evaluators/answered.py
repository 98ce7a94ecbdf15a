"""Was an answer given at all?

Why by citations: an answer of this product cites what it says, and a refusal ("the documents do not
answer this question") has nothing to cite. No list of refusal phrases is needed, in any language.

Blind spot: a refusal that cites what it looked at counts as an answer; a right answer without a
citation counts as none, as it would to the reader who has to check it.
"""


def answered(status: str, n_citations: int) -> float:
    """1 if the run ended by itself with at least one citation, else 0."""
    return float(status == "answered" and n_citations > 0)
