"""What COPILOT_MODELS may name, and what a wrong entry is told."""

import sys
from types import ModuleType

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import HumanMessage
from langchain_openai import AzureChatOpenAI, ChatOpenAI
from pydantic import SecretStr

from core.clock import ManualClock
from core.errors import ConfigurationError
from graphs.models.provided_model import ProviderSettings
from graphs.models.providers import build_chain, build_model, default_specs
from graphs.models.time_limits import TimeLimits

OPENAI = ProviderSettings(openai_api_key=SecretStr("sk_x"))
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
        "openai:m@",
        "openai:@http://h",
        "openai:m@ftp://h/v1",
        "openai:m@http://",
        "groq:m@http://h",
        "anthropic:",
        "antropic:claude",
        ":m",
        "module:",
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


def test_openai_needs_its_key_or_an_address() -> None:
    with pytest.raises(ConfigurationError, match=r"OPENAI_API_KEY is not set.*openai:m@http://"):
        build_model("openai:m", ProviderSettings())


def test_openai_without_an_address_is_openai_itself(monkeypatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(name, raising=False)
    made = build_model("openai:gpt-4.1", OPENAI)
    assert isinstance(made.model, ChatOpenAI)
    assert str(made.model.root_async_client.base_url) == "https://api.openai.com/v1/"
    assert (made.name, made.end_marker) == ("openai:gpt-4.1", "finish_reason")


def test_openai_with_an_address_goes_there_and_hides_it_from_the_name() -> None:
    made = build_model("openai:org/m@v1@http://127.0.0.1:8333/v1", ProviderSettings())
    assert isinstance(made.model, ChatOpenAI)
    assert str(made.model.root_async_client.base_url) == "http://127.0.0.1:8333/v1/"
    assert made.name == "openai:org/m@v1"


@pytest.mark.parametrize(("model", "temperature"), [("gpt-4.1", 0), ("gpt-5", None), ("o3", None)])
def test_openai_reasoning_models_get_no_temperature(model, temperature) -> None:
    made = build_model(f"openai:{model}", OPENAI)
    assert isinstance(made.model, ChatOpenAI)
    assert made.model.temperature == temperature


def test_own_servers_get_longer_until_the_first_token() -> None:
    assert build_model("openai:m", OPENAI).limits == TimeLimits(60, 60)
    assert build_model("openai:m@http://h/v1", OPENAI).limits == TimeLimits(300, 60)
    assert build_model("extractive", OPENAI).limits is None
    chosen = ProviderSettings(first_token_seconds=5, idle_seconds=3)
    assert build_model("openai:m@http://h/v1", chosen).limits == TimeLimits(5, 3)


def test_connect_limit_reaches_the_http_client() -> None:
    for spec in ("groq:m", "openai:m@http://h/v1"):
        model = build_model(spec, ProviderSettings(SecretStr("x"), connect_seconds=2)).model
        assert model.request_timeout.connect == 2
        assert model.request_timeout.read > 60


@pytest.mark.parametrize(
    ("spec", "package"),
    [
        ("anthropic:claude-sonnet-4-5", "langchain-anthropic"),
        ("google_genai:gemini-3-pro", "langchain-google-genai"),
        ("ollama:llama3.2:3b", "langchain-ollama"),
        ("bedrock_converse:amazon.nova-pro-v1:0", "langchain-aws"),
    ],
)
def test_provider_without_its_package_names_what_to_install(monkeypatch, spec, package) -> None:
    for module in (package.replace("-", "_"), "langchain_community"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationError, match=f"pip install {package}") as caught:
        build_model(spec, ProviderSettings())
    assert repr(spec) in caught.value.detail


def test_provider_goes_before_a_module_of_the_same_name(monkeypatch) -> None:
    module = ModuleType("anthropic")
    module.make = lambda: FakeListChatModel(responses=["hi"])
    monkeypatch.setitem(sys.modules, "anthropic", module)
    monkeypatch.setitem(sys.modules, "langchain_anthropic", None)
    with pytest.raises(ConfigurationError, match="langchain-anthropic"):
        build_model("anthropic:make", ProviderSettings())


def test_provider_whose_package_is_installed_is_built(monkeypatch) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "x")
    monkeypatch.setenv("OPENAI_API_VERSION", "2025-01-01")
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "https://bank.example")
    made = build_model("azure_openai:gpt-x", ProviderSettings())
    assert isinstance(made.model, AzureChatOpenAI)
    assert (made.name, made.end_marker) == ("azure_openai:gpt-x", None)


def test_provider_that_refuses_its_options_is_named_without_values(monkeypatch) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "sk_secret")
    for name in ("OPENAI_API_VERSION", "AZURE_OPENAI_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ConfigurationError, match="'azure_openai:gpt-x'") as caught:
        build_model("azure_openai:gpt-x", ProviderSettings())
    assert "sk_secret" not in caught.value.detail


@pytest.fixture
def mybank(monkeypatch, tmp_path):
    """Writes the module `mybank.models`."""
    (tmp_path / "mybank").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    yield (tmp_path / "mybank" / "models.py").write_text
    for name in ("mybank", "mybank.models"):
        sys.modules.pop(name, None)


def test_factory_of_a_module_makes_the_model(mybank) -> None:
    mybank(
        "from langchain_core.language_models import FakeListChatModel\n"
        "def make_model():\n"
        "    return FakeListChatModel(responses=['from the bank'])\n"
    )
    made = build_model("mybank.models:make_model", ProviderSettings())
    assert isinstance(made.model, FakeListChatModel)
    assert (made.name, made.limits) == ("mybank.models:make_model", TimeLimits(300, 60))


async def test_model_of_a_factory_answers_in_a_chain(mybank) -> None:
    mybank(
        "from langchain_core.language_models import FakeListChatModel\n"
        "def make_model():\n"
        "    return FakeListChatModel(responses=['from the bank'])\n"
    )
    chain = build_chain(["mybank.models:make_model"], ProviderSettings(), clock=ManualClock())
    assert (await chain.answer([HumanMessage("hello")])).text == "from the bank"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("", "has no function 'make_model'"),
        ("make_model = 5", "has no function 'make_model'"),
        ("def make_model():\n    return 'a model'", "returned a str"),
        ("def make_model():\n    raise RuntimeError('no licence')", "RuntimeError: no licence"),
        ("import missing_dependency", "No module named 'missing_dependency'"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_factory_that_makes_no_model_is_refused_with_the_reason(mybank, source, complaint) -> None:
    mybank(source)
    with pytest.raises(ConfigurationError, match=complaint) as caught:
        build_model("mybank.models:make_model", ProviderSettings())
    assert "COPILOT_MODELS names 'mybank.models:make_model'" in caught.value.detail


def test_validation_error_of_a_factory_shows_no_input(mybank) -> None:
    mybank(
        "from langchain_groq import ChatGroq\n"
        "def make_model():\n"
        # pragma: allowlist nextline secret
        "    return ChatGroq(model='m', api_key='gsk_secret', temperature='hot')\n"
    )
    with pytest.raises(ConfigurationError, match="temperature") as caught:
        build_model("mybank.models:make_model", ProviderSettings())
    assert "gsk_secret" not in caught.value.detail
