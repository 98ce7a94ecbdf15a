"""What the model is told before anything else."""

from pathlib import Path

import pytest

import graphs.copilot
from core.errors import ConfigurationError
from graphs.copilot.prompt import SYSTEM_VERSION, load_prompt, system_prompt

PROMPTS = Path(graphs.copilot.__file__).parent / "prompts"


def test_the_prompt_is_its_file_and_nothing_more(monkeypatch):
    monkeypatch.setenv("GROQ_API_KEY", "gsk-marker")
    text = system_prompt().text
    assert text.strip() in {each.read_text("utf-8").strip() for each in PROMPTS.iterdir()}


def test_a_version_goes_by_its_name():
    prompt = load_prompt()
    assert (prompt.version, prompt.message) == (SYSTEM_VERSION, system_prompt())


def test_a_file_of_ones_own_goes_by_its_name_and_digest(tmp_path):
    (tmp_path / "terse.md").write_text("Be terse.\n")
    prompt = load_prompt(str(tmp_path / "terse.md"))
    assert prompt.message.text == "Be terse."
    assert prompt.version.startswith("terse-")
    (tmp_path / "terse.md").write_text("Be terser.")
    assert load_prompt(str(tmp_path / "terse.md")).version != prompt.version


@pytest.mark.parametrize("content", [None, b" \n", b"\xff\xfe"])
def test_a_prompt_that_is_not_there_empty_or_no_text_is_refused(tmp_path, content):
    path = tmp_path / "mine.md"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="COPILOT_SYSTEM_PROMPT"):
        load_prompt(str(path))
