"""Stored results of an eval run: JSON lines, its header first, then a row for each answer.

A row is written when its example is scored, so that a run which breaks off goes on from there.
"""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InvalidInputError, NotFoundError

Line = TypeVar("Line", bound=BaseModel)


class Header(BaseModel):
    """What was run on what."""

    model_config = ConfigDict(frozen=True)

    suite: str
    dataset: str
    digest: int
    """Of the dataset."""
    examples: int
    one_in: int = 1
    """More where only one question of so many was asked."""
    repetitions: int = 1
    model: str
    """The chain that was asked, or "none"."""
    judge: str | None = None
    prompt: str
    """Version and digest of the prompts and of the tools as a model reads them."""
    commit: str
    """Short hash, with `+` where files had changed."""
    started: datetime
    notes: dict[str, Any] = Field(default_factory=dict)

    def is_same_run(self, other: "Header") -> bool:
        """Whether one could go on where the other broke off."""
        left_out = {"started", "notes"}
        return self.model_dump(exclude=left_out) == other.model_dump(exclude=left_out)

    def has_same_answers(self, other: "Header") -> bool:
        """Whether one could be scored in the other's place: another suite, the same questions."""
        left_out = {"started", "notes", "suite", "judge", "prompt"}  # a commit has one prompt
        return self.model_dump(exclude=left_out) == other.model_dump(exclude=left_out)


class Row(BaseModel):
    """One example, once."""

    model_config = ConfigDict(frozen=True)

    example_id: str
    repetition: int = 0
    outcome: dict[str, Any]
    scores: dict[str, float]
    """By metric key; those that don't apply are left out."""
    comments: dict[str, str] = Field(default_factory=dict)
    errors: dict[str, str] = Field(default_factory=dict)
    """What an evaluator raised, or the target under the key `target`: scored 0, never a pass."""

    @property
    def has_answer(self) -> bool:
        """Not where no model could be reached, or the target raised."""
        return bool(self.outcome) and not self.outcome.get("failure")


class Results:
    """A run's file. Where a question was asked again, its last row counts."""

    def __init__(
        self, path: Path, header: Header, rows: list[Row], *, is_cut_off: bool = False
    ) -> None:
        """Args: is_cut_off: the file ends within a line, which is no row."""
        self.path = path
        self.header = header
        self.rows = rows
        self._is_cut_off = is_cut_off

    @classmethod
    def begin(cls, folder: Path, header: Header) -> "Results":
        """A new file below the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        dataset = re.sub(r"[^\w-]+", "-", header.dataset)
        name = f"{header.started:%Y%m%dT%H%M%S.%f}-{header.suite}-{dataset}.jsonl"
        results = cls(folder / name, header, [])
        results._write(header)
        return results

    @classmethod
    def read(cls, path: Path) -> "Results":
        """What is stored, without a last line that a crash cut off. The file stays as it is.

        Raises:
            InvalidInputError: it is no file of results; names the line.
        """
        first, *others = path.read_bytes().split(b"\n")
        *whole, cut = others or [b""]
        header = _parsed(path, 1, Header, first)
        rows = [_parsed(path, at, Row, line) for at, line in enumerate(whole, start=2)]
        last = {(row.example_id, row.repetition): row for row in rows}
        return cls(path, header, [*last.values()], is_cut_off=bool(cut) or not others)

    def append(self, row: Row) -> None:
        if self._is_cut_off:
            whole = (self.header, *self.rows)
            lines = "".join(f"{line.model_dump_json()}\n" for line in whole)
            self.path.write_text(lines, encoding="utf-8")
            self._is_cut_off = False
        asked = row.example_id, row.repetition
        self.rows = [each for each in self.rows if (each.example_id, each.repetition) != asked]
        self.rows.append(row)
        self._write(row)

    @property
    def has_gaps(self) -> bool:
        """Whether something is left to be asked, or to be asked again."""
        return not self.is_complete or not all(row.has_answer for row in self.rows)

    @property
    def is_complete(self) -> bool:
        return len(self.rows) >= self.header.examples * self.header.repetitions

    def _write(self, line: BaseModel) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line.model_dump_json() + "\n")
            file.flush()
            os.fsync(file.fileno())


def _parsed(path: Path, at: int, kind: type[Line], line: bytes) -> Line:
    try:
        return kind.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InvalidInputError(
            f"{path} holds no results of an eval run: line {at}: {first['msg']}."
        ) from error


def stored(folder: Path) -> Iterator[Results]:
    """All results below a folder, newest first.

    Raises:
        InvalidInputError: a file there is broken.
    """
    for path in sorted(folder.glob("*.jsonl"), reverse=True):
        yield Results.read(path)


def broken_off(folder: Path, header: Header) -> Results:
    """The newest run like this one that didn't come to its end, or found no model for some.

    Raises:
        NotFoundError: there is none.
    """
    return _newest(
        folder,
        lambda each: each.has_gaps and each.header.is_same_run(header),
        f"No run of {header.suite} on {header.dataset} broke off at this commit with this model,"
        " judge and prompt: leave --resume out.",
    )


def answered_already(folder: Path, header: Header) -> Results:
    """The newest complete run whose answers can be scored again.

    Raises:
        NotFoundError: there is none.
    """
    return _newest(
        folder,
        lambda each: each.is_complete and each.header.has_same_answers(header),
        f"Nothing was asked of {header.model} on {header.dataset} at this commit with this prompt:"
        " leave --rescore out.",
    )


def _newest(folder: Path, fits: Callable[[Results], bool], otherwise: str) -> Results:
    found = next(filter(fits, stored(folder)), None)
    if found is None:
        raise NotFoundError(otherwise)
    return found


def now() -> datetime:
    return datetime.now(UTC)
