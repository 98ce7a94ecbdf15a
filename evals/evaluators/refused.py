"""Does the copilot say so where the documents don't tell?

Why by the statement: in finance a made-up figure costs more than a missing one, and an answer that
cites nothing may be made up too. A right refusal says that nothing answers, and states no figure
before it; those of the question (a year, a rate) don't count. What is offered after it, such as a
figure nearby or the closest passages, is no answer (`evals.stated`).

Blind spot: a statement that something else isn't told counts as a refusal where no figure stands
before it; a refusal in words that `evals.refusals` doesn't know counts as an answer.
"""

from evals.evaluators.citation_support import without_source
from evals.refusals import says_nothing_answers
from evals.stated import stated_figures, statements, without_places


def refused(question: str, answer: str, status: str) -> float:
    """1 if the answer says that nothing answers, and states no figure of its own, else 0."""
    if status != "answered" or not says_nothing_answers(answer):
        return 0.0
    stated = [each for line in statements(answer) for each in stated_figures(line)]
    return float(not without_source(stated, (), (), without_places(question)))
