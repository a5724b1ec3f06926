"""Settings of the HTTP service, read from the environment by its entry point only."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.errors import ConfigurationError

PREFIX = "LOKET_"

# Documented settings that other packages read; they are no mistake when this class does not know them.
READ_ELSEWHERE = frozenset({"LOKET_SHARED"})


class Settings(BaseSettings):
    """How the service runs. Every field is the environment variable `LOKET_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    index: Path = Field(default=Path("var/index"), description="folder in which `loket ingest` publishes snapshots")
    encoder: str = Field(default="bundled", min_length=1, description="name or folder of the sentence encoder")
    bank: Path | None = Field(
        default=None, description="file or folder of the question bank that ingest ties (default: the bundled one)"
    )
    model: str = Field(
        default="",
        description="LangChain chat model, provider:name (openai:..., anthropic:..., ollama:...), that words answers "
        "and drafts questions; empty: none. Its key is in the provider's own variable (OPENAI_API_KEY, ...)",
    )
    model_base_url: str = Field(
        default="", description="address at which the chat model is served (default: its provider's own)"
    )
    model_budget_seconds: float = Field(
        default=8.0, gt=0, le=60, description="how long an answer waits for the chat model at most, all in all"
    )
    model_daily_calls: int = Field(
        default=0, ge=0, description="calls of the chat model in a day; after that answers do without it; 0: no limit"
    )
    receipts: str = Field(
        default="var/receipts", description="folder in which a receipt of every answer is kept; empty: none is kept"
    )
    receipt_days: int = Field(default=90, ge=1, le=3650, description="days after which a receipt is deleted")
    chroma_url: str = Field(
        default="", description="Chroma server that searches the vectors, http://SERVER:PORT; empty: Chroma in process"
    )
    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///var/loket.sqlite3"),
        min_length=1,
        description="where conversations, feedback and tokens are kept: sqlite:///FILE, or "
        "postgresql://USER:PASSWORD@HOST/NAME",
    )
    conversation_days: int = Field(default=30, ge=1, le=3650, description="days after which a conversation is deleted")
    feedback_days: int = Field(
        default=365, ge=1, le=3650, description="days after which feedback, and what is to be reviewed, is deleted"
    )
    oidc_issuer: str = Field(
        default="", description="address of the sign-on whose tokens are taken beside our own; empty: none"
    )
    oidc_audience: str = Field(default="", description="the name that the sign-on knows this service by")
    oidc_role_claim: str = Field(
        default="roles", min_length=1, description="the claim of its tokens that names helpdesk or administrator"
    )
    closed: bool = Field(default=False, description="answer no questions; every question gets a 503 with the contact")
    contact: str = Field(
        default="", max_length=200, description="whom to ask while the service is closed: an address or a number"
    )
    allow_today: bool = Field(
        default=False, description="take the day from the request: for evaluation and the helpdesk, never in public"
    )
    log: Literal["text", "json"] = Field(default="text", description="lines of the log: text, or JSON for a collector")
    allowed_origins: str = Field(
        default="",
        description="sites that may use the widget, separated by commas, as https://www.example.org; empty: none but "
        "the server's own pages",
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0: any free one")
    rate_limit: int = Field(default=20, ge=0, description="questions a minute per client; 0: no limit")
    workers: int = Field(default=1, ge=1, le=64, description="processes that answer on the one address")
    answers_at_once: int = Field(
        default=0,
        ge=0,
        le=64,
        description="questions that a process answers at the same time; 0: 8 with a chat model, for which most only "
        "wait, else 2, as more would take turns and keep new questions waiting at the door",
    )
    queue: int = Field(default=64, ge=0, le=10_000, description="questions that may wait in a process; more get a 503")
    answer_timeout_seconds: float = Field(default=60.0, gt=0, description="an answer that takes longer is a 503")

    @property
    def threads(self) -> int:
        """Questions that a process answers at the same time."""
        return self.answers_at_once or (8 if self.model else 2)

    @classmethod
    def from_environment(cls) -> Settings:
        """Read the `LOKET_` variables.

        Raises:
            ConfigurationError: a variable that nothing reads, or a value that does not fit.
        """
        known = {f"{PREFIX}{name.upper()}" for name in cls.model_fields} | READ_ELSEWHERE
        for name in sorted(os.environ):
            if name.upper().startswith(PREFIX) and name.upper() not in known:
                near = difflib.get_close_matches(name.upper(), sorted(known), n=1, cutoff=0.8)
                hint = f"bedoelde u {near[0]}?" if near else f"bekend zijn {', '.join(sorted(known))}"
                raise ConfigurationError(f"onbekende instelling {name}; {hint}")
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            name = f"{PREFIX}{str(first['loc'][0]).upper()}"
            raise ConfigurationError(
                f"instelling {name} past niet: {_why(first)}; pas hem aan of laat hem weg"
            ) from error


_WHY = {
    "bool_parsing": "geef true of false",
    "int_parsing": "geef een geheel getal",
    "float_parsing": "geef een getal",
    "greater_than_equal": "geef ten minste {ge}",
    "greater_than": "geef meer dan {gt}",
    "less_than_equal": "geef ten hoogste {le}",
    "string_too_short": "hij is leeg",
    "too_short": "hij is leeg",
    "string_too_long": "hij is te lang",
    "literal_error": "geef {expected}",
}


def _why(error: Mapping[str, Any]) -> str:
    """What is wrong with a value, without the value: it may be a secret."""
    return _WHY.get(error["type"], "deze waarde kan niet").format(**error.get("ctx", {}))
