"""Opening a chat model and asking it one thing: what fails says so, and nobody waits for ever."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel, FakeListChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.model import ask_model, open_model
from knowledge.errors import ConfigurationError, ModelError


class Scripted(BaseChatModel):
    """Does what it is told, and keeps what it was given."""

    does: Any
    given: list[BaseMessage] = []  # noqa: RUF012  # pydantic copies a default

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.given.extend(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self.does()))])


def raising(error: Exception) -> Any:
    def call() -> str:
        raise error

    return call


@pytest.mark.parametrize("text", ["", "Goed.", "{}"])
def test_the_text_of_a_reply(text: str) -> None:
    assert ask_model(FakeListChatModel(responses=[text]), "Doe dit.", "Hiermee.") == text
    assert ask_model(GenericFakeChatModel(messages=iter([AIMessage(text)])), "Doe dit.", "Hiermee.") == text


def test_a_reply_in_blocks_is_its_text() -> None:
    blocks = AIMessage(
        [{"type": "text", "text": "Een"}, {"type": "image", "url": "x"}, {"type": "text", "text": "twee"}]
    )
    assert ask_model(GenericFakeChatModel(messages=iter([blocks])), "Doe dit.", "Hiermee.") == "Eentwee"


def test_instructions_and_material_are_messages_of_their_own() -> None:
    model = Scripted(does=lambda: "")
    ask_model(model, "Doe dit.", "Hiermee {x}.")
    assert model.given == [SystemMessage("Doe dit."), HumanMessage("Hiermee {x}.")]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("rate limit\nmore lines"), "RuntimeError: rate limit)"),
        (ValueError(), "(ValueError)"),
        (TimeoutError("read\x1b[31m"), "TimeoutError: read [31m"),
        (RuntimeError("x" * 5000), "x" * 200 + ")"),
        (KeyError("choices"), "choices"),
    ],
)
def test_a_model_that_fails_is_one_clear_line(error: Exception, said: str) -> None:
    with pytest.raises(ModelError) as caught:
        ask_model(Scripted(does=raising(error)), "Doe dit.", "Hiermee.")
    assert said in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.__cause__ is error


def test_a_model_that_does_not_answer_is_not_waited_for() -> None:
    done = threading.Event()
    try:
        with pytest.raises(ModelError, match=r"0\.05 seconds"):
            ask_model(Scripted(does=lambda: str(done.wait(20))), "Doe dit.", "Hiermee.", timeout_seconds=0.05)
    finally:
        done.set()


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "LOKET_MODEL"), ("  ", "LOKET_MODEL"), ("geen-model", "geen-model"), ("niemand:model", "niemand:model")],
)
def test_a_model_that_cannot_be_opened(name: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_model(name)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(("base_url", "given"), [("", {}), ("http://127.0.0.1:9", {"base_url": "http://127.0.0.1:9"})])
def test_the_address_is_passed_on_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, base_url: str, given: dict[str, str]
) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []
    model = FakeListChatModel(responses=["ja"])

    def init(name: str, **named: Any) -> BaseChatModel:
        seen.append((name, named))
        return model

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)
    assert open_model("openai:iets", base_url) is model
    assert seen == [("openai:iets", given)]
