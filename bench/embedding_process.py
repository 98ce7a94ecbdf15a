"""One way of embedding in a process of its own: says when it begins and is ready, then its memory.

Run by `embedding`: what one way loads would count as the other's start and memory.
"""

import random
import re
import sys
from pathlib import Path

from langchain_core.embeddings import Embeddings

from knowledge.embeddings.choose import local_embeddings
from knowledge.embeddings.model import model_folder
from knowledge.embeddings.precision import Precision

SIDES = ("torch", "int8", "fp32")
QUERY = "What was total net revenue in fiscal 2022?"
CHUNKS = 100
WORDS = (
    "total net revenue operating income cash margin segment quarter fiscal million increase cost "
    "decrease compared to the prior year of goods sold depreciation amortization deferred tax "
    "liability and in for with goodwill impairment lease obligations hedging foreign currency "
    "share repurchase dividend 2022 2023 1,204 $48,215 (3.2)% 17"
)


def chunks(count: int) -> list[str]:
    """Invented text of about 200 word pieces each, the same in each run."""
    choose = random.Random(7)  # noqa: S311  # no secret
    words = WORDS.split()
    return [" ".join(choose.choices(words, k=choose.randint(120, 160))) for _ in range(count)]


def load(side: str, folder: Path) -> Embeddings:
    """Args: side: one of SIDES; folder: keeps our exports."""
    if side != "torch":
        return local_embeddings(folder, Precision(side))
    from langchain_huggingface import HuggingFaceEmbeddings  # noqa: PLC0415  # it is what's measured

    return HuggingFaceEmbeddings(
        model_name=str(model_folder()),
        model_kwargs={"device": "cpu", "local_files_only": True},
        encode_kwargs={"normalize_embeddings": True},
    )


def peak_megabytes() -> float:
    """Of this process alone; `getrusage` would tell its parent's if that was larger."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def main() -> None:
    print("begins", flush=True)
    model = load(sys.argv[1], Path(sys.argv[2]))
    model.embed_query(QUERY)
    print("ready", flush=True)
    model.embed_documents(chunks(CHUNKS))
    print(peak_megabytes(), flush=True)


if __name__ == "__main__":
    main()
