"""The one settings class. Read where a process starts; every layer below gets values."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import ConfigurationError
from core.secret_keys import HOW_TO_MAKE_ONE, why_weak

PREFIX = "COPILOT_"
REPLACED = {
    "COPILOT_MODEL_TIMEOUT_SECONDS": (
        "COPILOT_MODEL_CONNECT_SECONDS, COPILOT_MODEL_FIRST_TOKEN_SECONDS and "
        "COPILOT_MODEL_IDLE_SECONDS"
    )
}
"""Settings of earlier versions, and those that took their place."""
MAX_DEFAULT_CORES = 8
"""Each takes memory too: larger machines say what they want."""


def _known_as(name: str) -> AliasChoices:
    """A setting that people know under a name of its own."""
    return AliasChoices(name, f"{PREFIX}{name}")


def _cores_and_one() -> int:
    """As many as the cores can work on at a time, and one that an organization leaves to others."""
    return min(os.cpu_count() or 1, MAX_DEFAULT_CORES) + 1


class Settings(BaseSettings):
    """Every setting, with the environment variable `COPILOT_<NAME>` unless an alias is given."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    data_dir: Path = Path.home() / ".copilot"
    """Where the embedded Postgres, blobs, the exported embedding model and the signing key live.

    Postgres takes no spaces.
    """

    database_url: SecretStr | None = Field(None, validation_alias=_known_as("DATABASE_URL"))
    """The owner's connection to a Postgres with pgvector; unset, an embedded one is started."""
    app_database_url: SecretStr | None = None
    """The app's own login, a member of `copilot_app`; unset, it takes that role at connect."""
    blob_url: str | None = None
    """`s3://bucket/prefix` and the like; unset, a folder below `data_dir`."""

    models: Annotated[tuple[str, ...], NoDecode] = ()
    """The chain in order, comma-separated. Each is one of

    - `groq:MODEL`, with GROQ_API_KEY;
    - `openai:MODEL`, OpenAI's own, with OPENAI_API_KEY;
    - `openai:MODEL@URL`, any OpenAI-compatible server, the URL with its `/v1`;
    - `extractive`, which needs no key;
    - `PROVIDER:MODEL` for another provider of LangChain's `init_chat_model`, such as `anthropic`,
      `google_genai`, `ollama` or `bedrock_converse`. Its package has to be installed, and reads its
      key from the environment (not from `.env`);
    - `module:factory`, a function without arguments that returns a chat model.

    Unset: three Groq models if there is a GROQ_API_KEY, then `extractive`.
    """
    groq_api_key: SecretStr | None = Field(None, validation_alias=_known_as("GROQ_API_KEY"))
    groq_base_url: str | None = None
    openai_api_key: SecretStr | None = Field(None, validation_alias=_known_as("OPENAI_API_KEY"))
    """For each `openai:` model: it is sent to their addresses too."""
    model_connect_seconds: float = Field(5.0, gt=0)
    """For connecting to a model's server (Groq's and OpenAI-compatible ones)."""
    model_first_token_seconds: float | None = Field(None, gt=0)
    """Until an answer begins; unset, 60 for hosted models and 300 for servers of your own."""
    model_idle_seconds: float = Field(60.0, gt=0)
    """Between two pieces of an answer that has begun. Nothing limits the whole answer."""
    system_prompt: str = "system.v3"
    """A version in `graphs/copilot/prompts`, or the path of a text file."""

    embeddings: Literal["local", "local-torch", "endpoint"] = "local"
    """`local` runs on onnxruntime, `local-torch` is the reference through langchain-huggingface."""
    embeddings_precision: Literal["int8", "fp32"] = "int8"
    """Of `local`: int8 is faster and smaller, fp32 gives the reference's vectors to six digits."""
    embeddings_endpoint_url: str | None = None
    """The base URL of a text-embeddings endpoint; unset, HuggingFace's own inference service."""
    reranker_url: str | None = None
    """The base URL of a re-ranker that speaks text-embeddings-inference's protocol; unset, none."""
    ocr: Literal["auto", "off"] = "auto"
    """`auto` reads scanned pages where the extra `ocr` and the program tesseract are installed."""
    hf_token: SecretStr | None = Field(None, validation_alias=_known_as("HF_TOKEN"))

    webhook_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    """Private networks that webhooks may be sent to, by http too; everywhere else https alone."""

    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    public_url: str | None = None
    """Where browsers reach the service behind a proxy: `https://copilot.example`."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """More names that the service is reached by; loopback, `host` and `public_url` always are."""
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    """Whose X-Forwarded-For and X-Forwarded-Proto are believed; unset, nobody's."""
    sign_in_links: Literal["loopback", "anywhere"] = "loopback"
    """`loopback`: links, and the sessions that they open, only where `host` is loopback."""
    frontend_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), validation_alias=_known_as("FRONTEND_ORIGINS")
    )
    environment: Literal["production", "development"] = "production"
    """`development` lets Firebase's emulator in, on a machine of one's own."""
    firebase_service_account_json: SecretStr | None = Field(
        None, validation_alias=_known_as("FIREBASE_SERVICE_ACCOUNT_JSON")
    )
    """A service account's JSON or the path of it: takes ID tokens of its Firebase project."""
    firebase_auth_emulator_host: str | None = Field(
        None, validation_alias=_known_as("FIREBASE_AUTH_EMULATOR_HOST")
    )
    oidc_issuer: str | None = None
    """Of an OpenID Connect provider, as its discovery document has it: takes its tokens."""
    oidc_client_id: str | None = None
    """Of people who sign in with a browser."""
    oidc_client_secret: SecretStr | None = None
    """Unset, the client is a public one."""
    oidc_audience: str | None = None
    """Of access tokens; unset, the client's id."""
    oidc_organization_claim: str = "organization_id"
    oidc_role_claim: str = "role"
    oidc_permissions_claim: str = "permissions"
    secret_key: SecretStr | None = None
    """Signs sessions and sign-in links: at least 32 random bytes.

    Unset, one is made and kept in `data_dir`.
    """

    redis_url: SecretStr | None = Field(None, validation_alias=_known_as("REDIS_URL"))
    """Where processes share their limits; unset, each has its own."""
    limit_asks: str = "10/minute"
    """Of each person, on the agent's endpoints."""
    limit_key_queries: str = "1000/minute"
    """Of each API key, on the agent's endpoints."""
    limit_uploads: str = "1000/10 minutes"
    """Of each person and each API key; each file of a form and of an archive counts."""
    limit_writes: str = "300/minute"
    """Of each person and each API key, on everything else that changes something."""
    limit_failed_sign_ins: str = "60/minute"
    """Of each address; also of credentials that don't hold. Ones that do are never held up."""
    limit_runs_at_once: int = Field(16, gt=0)
    """Of each organization."""

    inspections_at_once: int = Field(default_factory=_cores_and_one, gt=0)
    """Uploads that one process checks at once. One organization takes at most all but one; unset,
    one more than there are cores, at most 9."""
    indexing_at_once: int = Field(default_factory=_cores_and_one, gt=0)
    """Documents that one process indexes at once. One organization takes at most all but one."""

    busy_threads: Literal["queue", "refuse"] = "queue"
    """What becomes of a question while another one of its thread is being answered."""

    max_upload_megabytes: int = Field(100, gt=0)
    max_pages: int = Field(1500, gt=0)
    max_steps: int = Field(12, gt=0)
    max_tool_calls: int = Field(16, gt=0)
    max_tokens: int = Field(100_000, gt=0)
    max_history_tokens: int = Field(6_000, ge=500)
    """Of earlier turns, as a model is shown them; the oldest are summarized."""

    @property
    def takes_sign_in_links(self) -> bool:
        return self.sign_in_links == "anywhere" or _is_loopback(self.host)

    @model_validator(mode="before")
    @classmethod
    def _refuse_replaced(cls, values: dict[str, object]) -> dict[str, object]:
        """From `.env`, where other unknown names are ignored."""
        for name in values:
            _refuse_replaced(f"{PREFIX}{name}".upper())
        return values

    @model_validator(mode="after")
    def _know_who_vouches(self) -> Self:
        own = self.environment == "development" and _is_loopback(self.host)
        if self.firebase_auth_emulator_host and not own:
            raise ValueError(
                "FIREBASE_AUTH_EMULATOR_HOST is set, and the emulator takes forged tokens: unset "
                "it. On a machine of your own, set COPILOT_ENVIRONMENT=development"
            )
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("COPILOT_OIDC_ISSUER and COPILOT_OIDC_CLIENT_ID need each other")
        if self.public_url and not re.fullmatch(r"https?://[^/?#\s]+/?", self.public_url):
            raise ValueError("COPILOT_PUBLIC_URL is written like https://copilot.example")
        issuer = urlsplit(self.oidc_issuer or "https://unset")
        if issuer.scheme != "https" and not _is_loopback(issuer.hostname or ""):
            raise ValueError("COPILOT_OIDC_ISSUER needs https: whoever can change it signs in")
        return self

    @field_validator("models", "frontend_origins", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _know_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not re.fullmatch(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+", host):
                raise ValueError("write names without a scheme or port: copilot.example,10.0.0.5")
        return hosts

    @field_validator("webhook_networks", "trusted_proxies", mode="before")
    @classmethod
    def _know_networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
        except ValueError as error:
            raise ValueError("write networks like 10.0.0.0/8,192.168.7.0/24") from error

    @field_validator("secret_key")
    @classmethod
    def _require_strong_key(cls, value: SecretStr | None) -> SecretStr | None:
        weakness = why_weak(value.get_secret_value()) if value is not None else None
        if weakness:
            raise ValueError(f"{weakness}. {HOW_TO_MAKE_ONE}")
        return value

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.embeddings == "endpoint" and not (self.hf_token or self.embeddings_endpoint_url):
            raise ValueError(
                "COPILOT_EMBEDDINGS=endpoint needs HF_TOKEN or COPILOT_EMBEDDINGS_ENDPOINT_URL"
            )
        if self.app_database_url and not self.database_url:
            raise ValueError("COPILOT_APP_DATABASE_URL needs DATABASE_URL, the owner's connection")
        if not self.database_url and " " in str(self.data_dir):
            raise ValueError("COPILOT_DATA_DIR holds a space, which Postgres can't work with")
        return self

    @model_validator(mode="after")
    def _have_keys(self) -> Self:
        if any(spec.startswith("groq:") for spec in self.models) and not self.groq_api_key:
            raise ValueError("COPILOT_MODELS names a Groq model: set GROQ_API_KEY too")
        hosted = [each for each in self.models if each.startswith("openai:") and "@" not in each]
        if hosted and not self.openai_api_key:
            raise ValueError(
                f"COPILOT_MODELS names {hosted[0]}, a model of OpenAI: set OPENAI_API_KEY too, or "
                f"add the address of a server of your own: {hosted[0]}@http://..."
            )
        return self


def load_settings() -> Settings:
    """Read the environment and `.env`.

    Raises:
        ConfigurationError: names each wrong, unknown or contradictory setting.
    """
    for name in os.environ:
        _refuse_replaced(name)
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise ConfigurationError(
            f"Unknown setting: {', '.join(unknown)}. See README for the names."
        )
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigurationError("; ".join(_explain(error))) from error


def _refuse_replaced(name: str) -> None:
    """Raises: ConfigurationError: the setting was replaced."""
    if name in REPLACED:
        raise ConfigurationError(f"{name} was replaced by {REPLACED[name]}: set those instead.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _explain(error: ValidationError) -> list[str]:
    """One sentence a setting, without its value: it may be a secret."""
    sentences = []
    for entry in error.errors(include_input=False, include_url=False):
        name = str(entry["loc"][0]).upper() if entry["loc"] else ""
        if name.lower() in Settings.model_fields:
            name = f"{PREFIX}{name}"
        message = entry["msg"].removeprefix("Value error, ")
        sentences.append(f"{name}: {message}" if name else message)
    return sentences
