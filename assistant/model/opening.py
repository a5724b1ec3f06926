"""Opening a LangChain chat model by name: one setting says which, the provider's own variables hold its key."""

from __future__ import annotations

import ipaddress
import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LONGEST_REASON = 200
_NO_KEY = "none-is-needed"
"""Stands where a provider's library insists on a key and the model runs on this machine or network."""
_KEY_OF = {"openai": "OPENAI_API_KEY"}
"""Providers of which other servers speak the protocol, so that one at an address of our own may want no key."""


def open_model(name: str, base_url: str = "", *, timeout_seconds: float | None = None) -> BaseChatModel:
    """The chat model of a name such as "openai:..." or "ollama:..."; `base_url`: where it is served, "": as usual.

    With `timeout_seconds` a request ends by then, and is not tried again by the library itself. Nothing is asked
    of the model yet. Raises ConfigurationError when there is no such provider, its package is not installed, or
    it lacks what it needs (a key).
    """
    if not name.strip():
        raise ConfigurationError("no model is set; set LOKET_MODEL (openai:..., ollama:...) or give --model")
    from langchain.chat_models import init_chat_model

    try:
        model: BaseChatModel = init_chat_model(name, **_options(name, base_url, timeout_seconds))
    except ImportError as error:
        raise _missing_package(name, error) from error
    except Exception as error:  # every provider's package has errors of its own
        raise ConfigurationError(
            f"model {name!r} kan niet worden geopend ({reason(error)}); verbeter LOKET_MODEL"
        ) from error
    return model


def reason(error: BaseException) -> str:
    """The first line of an error, short and printable, with its kind."""
    first = next(iter(str(error).strip().splitlines()), "")
    said = "".join(c if c.isprintable() else " " for c in first)[:_LONGEST_REASON]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def is_local(base_url: str) -> bool:
    """Whether an address is on this machine or a private network."""
    host = urlsplit(base_url).hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".local", ".internal", ".localhost"))
    return address.is_private or address.is_loopback


def _options(name: str, base_url: str, timeout_seconds: float | None) -> dict[str, Any]:
    """What the provider's class is made with; without an address its own variables hold."""
    provider = name.partition(":")[0]
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if base_url and is_local(base_url) and provider in _KEY_OF and not os.environ.get(_KEY_OF[provider]):
        options["api_key"] = _NO_KEY
    if timeout_seconds is not None and provider == "ollama":
        options["client_kwargs"] = {"timeout": timeout_seconds}
    elif timeout_seconds is not None:
        options |= {"timeout": timeout_seconds, "max_retries": 0}
    return options


def _missing_package(name: str, error: ImportError) -> ConfigurationError:
    told = re.search(r"pip install ([\w-]+)", str(error))
    package = told[1] if told else (error.name or "langchain").partition(".")[0].replace("_", "-")
    return ConfigurationError(
        f"model {name!r} vraagt het pakket {package}, dat ontbreekt; "
        f"installeer het met: .venv/bin/pip install {package}"
    )
