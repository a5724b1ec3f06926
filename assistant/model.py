"""A LangChain chat model by name, asked one thing at a time, with an end to waiting."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any

from knowledge.errors import ConfigurationError, ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TIMEOUT_SECONDS = 120.0
"""A local model on a slow machine takes a minute for a page."""
_LONGEST_REASON = 200


def open_model(name: str, base_url: str = "") -> BaseChatModel:
    """The chat model of a name such as "openai:..." or "ollama:..."; `base_url`: where it is served, "": as usual.

    Nothing is asked of it yet. Raises ConfigurationError when there is no such provider, its package
    is not installed, or it lacks what it needs (a key).
    """
    if not name.strip():
        raise ConfigurationError("no model is set; set LOKET_MODEL (openai:..., ollama:...) or give --model")
    from langchain.chat_models import init_chat_model

    named: dict[str, Any] = {"base_url": base_url} if base_url else {}  # else the provider's own variables hold
    try:
        model: BaseChatModel = init_chat_model(name, **named)
    except Exception as error:  # every provider's package has errors of its own
        raise ConfigurationError(f"model {name!r} cannot be opened ({_reason(error)}); mend LOKET_MODEL") from error
    return model


def ask_model(
    model: BaseChatModel, instructions: str, material: str, *, timeout_seconds: float = TIMEOUT_SECONDS
) -> str:
    """The text of the model's reply to `material` under `instructions`; "" where it says nothing.

    Raises ModelError when it fails, or has not answered after `timeout_seconds`.
    """
    from langchain_core.messages import HumanMessage, SystemMessage

    replies: queue.SimpleQueue[str | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            replies.put(str(model.invoke([SystemMessage(instructions), HumanMessage(material)]).text))
        except Exception as error:  # noqa: BLE001  # it is raised below, in the thread that waits
            replies.put(error)

    # Not every provider knows a time-out; a thread of this kind does not keep the process alive.
    threading.Thread(target=ask, name="chat-model", daemon=True).start()
    try:
        reply = replies.get(timeout=timeout_seconds)
    except queue.Empty:
        raise ModelError(f"the model has not answered in {timeout_seconds:g} seconds; try again later") from None
    if isinstance(reply, Exception):
        raise ModelError(f"the model failed ({_reason(reply)}); check LOKET_MODEL and try again") from reply
    return reply


def _reason(error: Exception) -> str:
    """The first line of an error, short and printable, with its kind."""
    first = next(iter(str(error).strip().splitlines()), "")
    said = "".join(c if c.isprintable() else " " for c in first)[:_LONGEST_REASON]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
