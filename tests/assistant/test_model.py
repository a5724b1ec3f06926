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
from assistant.model.opening import is_local
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


HERE, ELSEWHERE = "http://127.0.0.1:9/v1", "https://models.example/v1"


@pytest.mark.parametrize(
    ("name", "base_url", "seconds", "given"),
    [
        ("openai:iets", "", None, {}),
        ("openai:iets", ELSEWHERE, None, {"base_url": ELSEWHERE}),
        ("openai:iets", HERE, None, {"base_url": HERE, "api_key": "none-is-needed"}),
        ("anthropic:iets", HERE, None, {"base_url": HERE}),
        ("openai:iets", "", 3.0, {"timeout": 3.0, "max_retries": 0}),
        ("ollama:iets", "", 3.0, {"client_kwargs": {"timeout": 3.0}}),
    ],
)
def test_what_a_model_is_made_with(
    monkeypatch: pytest.MonkeyPatch, name: str, base_url: str, seconds: float | None, given: dict[str, object]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    seen: list[tuple[str, dict[str, Any]]] = []
    model = FakeListChatModel(responses=["ja"])

    def init(name: str, **named: Any) -> BaseChatModel:
        seen.append((name, named))
        return model

    monkeypatch.setattr("langchain.chat_models.init_chat_model", init)
    assert open_model(name, base_url, timeout_seconds=seconds) is model
    assert seen == [(name, given)]


def test_a_key_of_ones_own_is_used_on_a_local_address_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-own")
    seen: dict[str, Any] = {}
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda _, **named: seen.update(named))
    open_model("openai:iets", HERE)
    assert "api_key" not in seen


@pytest.mark.parametrize(
    ("name", "package"),
    [("anthropic:claude", "langchain-anthropic"), ("ollama:llama", "langchain-ollama"), ("groq:x", "langchain-groq")],
)
def test_a_package_that_is_not_installed_is_named(name: str, package: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_model(name)
    assert f"vraagt het pakket {package}, dat ontbreekt" in str(caught.value)
    assert f"pip install {package}" in str(caught.value)


def test_without_a_key_a_model_elsewhere_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ConfigurationError, match="LOKET_MODEL"):
        open_model("openai:gpt")


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.0.0.1:1", True),
        ("http://[::1]:1", True),
        ("http://10.1.2.3/v1", True),
        ("http://gpu.internal:8000", True),
        ("https://api.openai.com/v1", False),
        ("http://8.8.8.8", False),
        ("", False),
    ],
)
def test_local_addresses(address: str, local: bool) -> None:
    assert is_local(address) == local
