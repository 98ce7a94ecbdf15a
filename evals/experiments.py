"""LangSmith, with a key and without.

With `LANGSMITH_API_KEY` an eval run is an experiment there, on a dataset of its own. Without one
nothing may leave the machine, which takes two things: `upload_results=False`, and a client that
drops runs, since langsmith 0.15.0 posts the target's runs all the same.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from langsmith import Client
from langsmith.schemas import Example as LangSmithExample

from evals.datasets import Dataset
from evals.examples import Example

NOWHERE = UUID(int=0)
"""The dataset's id where it isn't brought to LangSmith."""
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
PROJECT = "ai-financial-copilot"


class OfflineClient(Client):
    """Keeps what it is told to itself."""

    def __init__(self) -> None:
        super().__init__(api_key=PROJECT, auto_batch_tracing=False)

    def create_run(self, *_: Any, **__: Any) -> None:  # noqa: ANN401  # the signature of the base class
        """Drop it."""

    def update_run(self, *_: Any, **__: Any) -> None:  # noqa: ANN401  # the signature of the base class
        """Drop it."""


def has_key() -> bool:
    return bool(os.environ.get("LANGSMITH_API_KEY"))


def upload_dataset(client: Client, dataset: Dataset) -> UUID:
    """Bring a dataset to LangSmith, once: its name tells its digest. Returns: its id there."""
    name = f"{PROJECT}/{dataset.name}-{dataset.digest:012x}"
    if client.has_dataset(dataset_name=name):
        found: UUID = client.read_dataset(dataset_name=name).id
        return found
    dataset_id = client.create_dataset(name, description="Written by copilot eval.").id
    created = [
        {
            "id": each.id,
            "inputs": each.inputs,
            "reference_outputs": each.outputs,
            "metadata": each.metadata,
        }
        for each in langsmith_examples(((each, 0) for each in dataset.examples), dataset_id)
    ]
    client.create_examples(dataset_id=dataset_id, examples=created)
    return dataset_id


def langsmith_examples(
    examples: Iterable[tuple[Example, int]], dataset_id: UUID = NOWHERE
) -> list[LangSmithExample]:
    """As `aevaluate` takes them. Args: examples: with the number of the repetition, from 0."""
    return [
        LangSmithExample(
            id=uuid5(dataset_id, example.id),
            dataset_id=dataset_id,
            created_at=UNDATED,
            inputs={"question": example.question},
            outputs={"answer": example.answer},
            metadata={
                "id": example.id,
                "category": example.category,
                "language": example.language,
                "repetition": repetition,
            },
        )
        for example, repetition in examples
    ]
