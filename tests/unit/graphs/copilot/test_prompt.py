"""What the model is told before anything else."""

from pathlib import Path

import graphs.copilot
from graphs.copilot.prompt import system_prompt

PROMPTS = Path(graphs.copilot.__file__).parent / "prompts"


def test_the_prompt_is_its_file_and_nothing_more(monkeypatch):
    monkeypatch.setenv("GROQ_API_KEY", "gsk-marker")
    text = system_prompt().text
    assert text.strip() in {each.read_text("utf-8").strip() for each in PROMPTS.iterdir()}
