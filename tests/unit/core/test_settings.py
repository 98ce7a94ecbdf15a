"""Settings: the names that people know, and a start that says which one is wrong."""

from ipaddress import ip_network
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.errors import ConfigurationError
from core.settings import Settings, load_settings

SECRET = "gsk-super-secret"  # pragma: allowlist secret


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, tmp_path):
    for name in ("DATABASE_URL", "GROQ_API_KEY", "OPENAI_API_KEY", "HF_TOKEN", "FRONTEND_ORIGINS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.environ", {"HOME": str(tmp_path)})
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_that_needs_no_key():
    settings = load_settings()
    assert settings.embeddings == "local"
    assert (settings.database_url, settings.groq_api_key, settings.models) == (None, None, ())
    assert settings.host == "127.0.0.1"


@pytest.mark.parametrize(
    ("field", "alias"),
    [
        ("database_url", "DATABASE_URL"),
        ("groq_api_key", "GROQ_API_KEY"),
        ("openai_api_key", "OPENAI_API_KEY"),
        ("hf_token", "HF_TOKEN"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "COPILOT_"])
def test_a_known_name_works_with_and_without_the_prefix(monkeypatch, field, alias, prefix):
    monkeypatch.setenv(prefix + alias, SECRET)
    settings = load_settings()
    assert getattr(settings, field).get_secret_value() == SECRET
    assert SECRET not in repr(settings) + str(settings)


@pytest.mark.parametrize("name", ["FRONTEND_ORIGINS", "COPILOT_FRONTEND_ORIGINS"])
def test_origins_are_a_comma_separated_list(monkeypatch, name):
    monkeypatch.setenv(name, "https://a.example , https://b.example,")
    assert load_settings().frontend_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("COPILOT_DATA_DIR", "/srv/copilot", "data_dir", Path("/srv/copilot")),
        ("COPILOT_MODELS", "extractive", "models", ("extractive",)),
        ("COPILOT_PORT", "0", "port", 0),
        ("COPILOT_MAX_PAGES", "7", "max_pages", 7),
        (
            "COPILOT_WEBHOOK_NETWORKS",
            "10.0.0.0/8, fd00::/8",
            "webhook_networks",
            (ip_network("10.0.0.0/8"), ip_network("fd00::/8")),
        ),
        ("COPILOT_BLOB_URL", "s3://bucket/p", "blob_url", "s3://bucket/p"),
    ],
)
def test_the_prefixed_names(monkeypatch, name, value, field, expected):
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(), field) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COPILOT_PORT", "eighty"),
        ("COPILOT_PORT", "70000"),
        ("COPILOT_EMBEDDINGS", "cloud"),
        ("COPILOT_MODEL_CONNECT_SECONDS", "0"),
        ("COPILOT_MODEL_FIRST_TOKEN_SECONDS", "0"),
        ("COPILOT_MODEL_IDLE_SECONDS", "-1"),
        ("COPILOT_MAX_STEPS", "-1"),
        ("COPILOT_MAX_UPLOAD_MEGABYTES", "many"),
        ("COPILOT_WEBHOOK_NETWORKS", "10.0.0.1/8"),
        ("COPILOT_WEBHOOK_NETWORKS", "localhost"),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        load_settings()


def test_each_wrong_value_is_named(monkeypatch):
    monkeypatch.setenv("COPILOT_PORT", "x")
    monkeypatch.setenv("COPILOT_MAX_STEPS", "x")
    with pytest.raises(ConfigurationError, match=r"COPILOT_PORT.*COPILOT_MAX_STEPS"):
        load_settings()


def test_an_unknown_name_is_refused(monkeypatch):
    monkeypatch.setenv("COPILOT_DATADIR", SECRET)
    with pytest.raises(ConfigurationError, match="COPILOT_DATADIR") as refused:
        load_settings()
    assert SECRET not in refused.value.detail


def test_replaced_setting_names_its_successors(monkeypatch):
    monkeypatch.setenv("COPILOT_MODEL_TIMEOUT_SECONDS", "30")
    with pytest.raises(ConfigurationError, match="replaced by COPILOT_MODEL_CONNECT_SECONDS"):
        load_settings()


def test_replaced_setting_in_dot_env_names_its_successors(tmp_path):
    (tmp_path / ".env").write_text("COPILOT_MODEL_TIMEOUT_SECONDS=30\n")
    with pytest.raises(ConfigurationError, match="replaced by COPILOT_MODEL_CONNECT_SECONDS"):
        load_settings()


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"COPILOT_EMBEDDINGS": "endpoint"}, "HF_TOKEN"),
        ({"COPILOT_APP_DATABASE_URL": f"postgresql://app:{SECRET}@db/x"}, "DATABASE_URL"),
        ({"COPILOT_DATA_DIR": "/home/jane doe"}, "COPILOT_DATA_DIR"),
        ({"COPILOT_MODELS": "groq:openai/gpt-oss-20b"}, "GROQ_API_KEY"),
        ({"COPILOT_GROQ_BASE_URL": "http://x", "COPILOT_MODELS": "groq:m"}, "GROQ_API_KEY"),
    ],
)
def test_a_contradiction_is_named_without_its_values(monkeypatch, environment, named):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    with pytest.raises(ConfigurationError, match=named) as refused:
        load_settings()
    assert SECRET not in f"{refused.value}{refused.value.extensions}"


def test_openai_model_without_key_or_address_is_refused(monkeypatch):
    monkeypatch.setenv("COPILOT_MODELS", "openai:gpt-4.1,openai:m@http://127.0.0.1:1/v1")
    with pytest.raises(ConfigurationError, match=r"openai:gpt-4\.1.*OPENAI_API_KEY"):
        load_settings()
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    assert load_settings().models[0] == "openai:gpt-4.1"


def test_a_secret_of_the_wrong_kind_is_not_in_the_message(monkeypatch):
    monkeypatch.setenv("COPILOT_PORT", SECRET)
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert SECRET not in str(refused.value)


def test_a_dot_env_file_is_read(tmp_path):
    (tmp_path / ".env").write_text(f"GROQ_API_KEY={SECRET}\nCOPILOT_PORT=8001\nOTHER=1\n")
    settings = load_settings()
    assert (settings.port, settings.groq_api_key) == (8001, SecretStr(SECRET))


def test_settings_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        Settings(_env_file=None).port = 1


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"FIREBASE_AUTH_EMULATOR_HOST": "localhost:9099"}, "FIREBASE_AUTH_EMULATOR_HOST"),
        (
            {
                "FIREBASE_AUTH_EMULATOR_HOST": "localhost:9099",
                "COPILOT_ENVIRONMENT": "development",
                "COPILOT_HOST": "0.0.0.0",  # noqa: S104  # what must not be
            },
            "FIREBASE_AUTH_EMULATOR_HOST",
        ),
        ({"COPILOT_OIDC_ISSUER": "https://id.example"}, "COPILOT_OIDC_CLIENT_ID"),
        ({"COPILOT_OIDC_CLIENT_ID": "copilot"}, "COPILOT_OIDC_ISSUER"),
        ({"COPILOT_PUBLIC_URL": "https://copilot.example/path"}, "COPILOT_PUBLIC_URL"),
        (
            {"COPILOT_OIDC_ISSUER": "http://id.example", "COPILOT_OIDC_CLIENT_ID": "x"},
            "needs https",
        ),
    ],
)
def test_who_vouches_for_people_is_settled(monkeypatch, wrong, named):
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=named):
        load_settings()


def test_the_emulator_is_for_a_machine_of_one_s_own(monkeypatch):
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "localhost:9099")
    monkeypatch.setenv("COPILOT_ENVIRONMENT", "development")
    assert load_settings().environment == "development"


@pytest.mark.parametrize(
    "url", ["copilot.example", "ftp://copilot.example", "https://", "https://x?y"]
)
def test_a_public_address_is_one(monkeypatch, url):
    monkeypatch.setenv("COPILOT_PUBLIC_URL", url)
    with pytest.raises(ConfigurationError, match="COPILOT_PUBLIC_URL"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COPILOT_ALLOWED_HOSTS", "https://copilot.example"),
        ("COPILOT_ALLOWED_HOSTS", "copilot.example:8000"),
        ("COPILOT_TRUSTED_PROXIES", "proxy.example"),
        ("COPILOT_TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_hosts_and_proxies_that_are_none_are_refused(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        load_settings()


def test_hosts_and_proxies_are_lists(monkeypatch):
    monkeypatch.setenv("COPILOT_ALLOWED_HOSTS", "copilot.example, 10.0.0.5,::1")
    monkeypatch.setenv("COPILOT_TRUSTED_PROXIES", "10.0.0.1, 10.1.0.0/16")
    settings = load_settings()
    assert settings.allowed_hosts == ("copilot.example", "10.0.0.5", "::1")
    assert [str(each) for each in settings.trusted_proxies] == ["10.0.0.1/32", "10.1.0.0/16"]
