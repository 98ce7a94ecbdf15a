"""Are a page's words those of another reading of the same page?

Words are compared as a multiset, so that the order in which columns are read doesn't count.
Blind spots: a word that both readings get wrong, and words in the wrong line.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+")
EXAMPLES = 8


@dataclass
class Agreement:
    """Word counts of two readings; pages and documents add up."""

    shared: int = 0
    expected: int = 0
    """In the reading that is held to be right."""
    read: int = 0
    """In the reading that is measured."""
    missing: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return self.shared / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.shared / self.read if self.read else 1.0

    def add(self, other: "Agreement") -> None:
        self.shared += other.shared
        self.expected += other.expected
        self.read += other.read
        self.missing += other.missing
        self.added += other.added

    def told(self) -> dict[str, object]:
        """For a report: both shares, and what differs most often."""
        return {
            "recall": round(self.recall, 5),
            "precision": round(self.precision, 5),
            "words": self.expected,
            "missing": dict(self.missing.most_common(EXAMPLES)),
            "added": dict(self.added.most_common(EXAMPLES)),
        }


def text_agreement(expected: str, read: str) -> Agreement:
    """Compare two readings of one page, word by word."""
    right, ours = Counter(_WORD.findall(expected)), Counter(_WORD.findall(read))
    shared = sum((right & ours).values())
    return Agreement(shared, right.total(), ours.total(), right - ours, ours - right)
