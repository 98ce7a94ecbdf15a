import pytest
from pydantic import SecretStr

from core.clock import ManualClock
from core.errors import ConfigurationError
from graphs.models.providers import ProviderSettings, build_chain, default_specs

KEYED = ProviderSettings(groq_api_key=SecretStr("gsk_x"))


def test_defaults_end_with_extractive() -> None:
    assert default_specs(groq_api_key_present=False) == ("extractive",)
    assert default_specs(groq_api_key_present=True) == (
        "groq:openai/gpt-oss-120b",
        "groq:openai/gpt-oss-20b",
        "groq:qwen/qwen3.6-27b",
        "extractive",
    )


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "gpt-4",
        "groq:",
        "groq",
        "openai:m",
        "openai:m@",
        "openai:@http://h",
        "openai:m@ftp://h/v1",
    ],
)
def test_a_malformed_spec_is_named_with_its_setting(spec) -> None:
    with pytest.raises(ConfigurationError) as caught:
        build_chain([spec], KEYED, clock=ManualClock())
    assert repr(spec) in caught.value.detail
    assert "COPILOT_MODELS" in caught.value.detail


def test_extractive_takes_no_model_name() -> None:
    with pytest.raises(ConfigurationError, match="extractive:x"):
        build_chain(["extractive:x"], KEYED, clock=ManualClock())


@pytest.mark.parametrize("specs", [[], ["groq:a", "groq:a"]])
def test_an_empty_or_repeating_list_is_refused(specs) -> None:
    with pytest.raises(ConfigurationError, match="COPILOT_MODELS"):
        build_chain(specs, KEYED, clock=ManualClock())


def test_groq_needs_its_key() -> None:
    with pytest.raises(ConfigurationError, match="GROQ_API_KEY"):
        build_chain(["groq:a"], ProviderSettings(), clock=ManualClock())
