"""A chat model asked one thing at a time by a command that may wait, with an end to waiting."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from assistant.model.opening import reason
from knowledge.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

TIMEOUT_SECONDS = 120.0
"""A local model on a slow machine takes a minute for a page."""


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
        raise ModelError(f"the model failed ({reason(reply)}); check LOKET_MODEL and try again") from reply
    return reply
