"""Does the copilot say so where the documents don't tell?

Why: in finance a made-up figure costs more than a missing one. A right refusal states no figure of
its own: those of the question (a year, a rate) don't count, and neither does a refusal that cites
what it looked at.

Blind spot: an answer that evades without saying what is missing counts as a refusal; one that
names a figure nearby ("for 2023 it was ...") while refusing counts as an answer.
"""

from evals.figures import figures


def refused(question: str, answer: str, status: str, n_citations: int) -> float:
    """1 if nothing is cited or no figure is stated that the question doesn't have, else 0."""
    if status != "answered":
        return 0.0
    asked = {each.magnitude for each in figures(question)}
    stated = {each.magnitude for each in figures(answer)} - asked
    return float(n_citations == 0 or not stated)
