"""One request to a model over HTTP: what comes back, how it fails, that it ends in time and is cancelled."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from assistant.model.budget import Budget, Listener
from assistant.model.exchange import ModelFailure, Request
from assistant.model.live import FAILURES_IN_A_ROW, REST_SECONDS, Breaker, LiveModel
from tests.assistant.model.conftest import AMPLE_SECONDS
from tests.assistant.model.openai_server import HANG_SECONDS, ChatServer, chat_server

MESSAGE = '{"question": "x", "answer": ["Het contract gaat in. [1]"], "evidence": [{"label": 1}], "conversation": []}'
WRITE = Request("write", "write.nl@1", "Schrijf.", MESSAGE)


class Shape(BaseModel):
    """What a structured reply looks like."""

    language: str
    intent: str


READ = Request("understand", "understand@1", "Lees.", MESSAGE, Shape)


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    with chat_server() as server:
        yield server


def live(chat: ChatServer, breaker: Breaker | None = None) -> LiveModel:
    opened = LiveModel.open("openai:test", chat.url, timeout_seconds=AMPLE_SECONDS)
    return LiveModel(opened._model, opened.name, breaker)


def failure(
    model: LiveModel, request: Request = WRITE, seconds: float = AMPLE_SECONDS, budget: Budget | None = None
) -> str:
    with pytest.raises(ModelFailure) as caught:
        model.ask(request, budget or Budget(AMPLE_SECONDS), seconds)
    return caught.value.kind


def test_a_reply_comes_whole_and_in_pieces(chat: ChatServer) -> None:
    pieces: list[str] = []
    reply = live(chat).ask(WRITE, Budget(AMPLE_SECONDS), AMPLE_SECONDS, pieces.append)
    assert reply == "Het contract gaat in [1]."
    assert len(pieces) > 1
    assert "".join(pieces) == reply


def test_a_structured_reply_is_json_of_its_shape(chat: ChatServer) -> None:
    chat.understands = lambda _: {"language": "nl", "intent": "policy"}
    reply = live(chat).ask(READ, Budget(AMPLE_SECONDS), AMPLE_SECONDS)
    assert Shape.model_validate_json(reply) == Shape(language="nl", intent="policy")
    assert chat.requests[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("said", ["geen JSON", "{}", '{"language": 3, "intent": []}', "[]"])
def test_a_structured_reply_of_another_shape_is_malformed(chat: ChatServer, said: str) -> None:
    chat.understands = lambda _: said
    assert failure(live(chat), READ) == "malformed"


@pytest.mark.parametrize("request_", [WRITE, READ])
@pytest.mark.parametrize(
    ("mode", "kind", "requests"),
    [
        ("busy", "overloaded", 2),
        ("fails", "server_error", 2),
        ("refuses", "refused", 1),
        ("malformed", "malformed", 1),
        ("hangs", "timeout", 1),
        ("cut", "unreachable", 1),
    ],
)
def test_how_it_fails(chat: ChatServer, mode: str, kind: str, requests: int, request_: Request) -> None:
    chat.mode = mode
    chat.understands = lambda _: {"language": "nl", "intent": "policy"}
    model = live(chat)
    started = time.monotonic()
    # Only who hangs is left when its time is over; the others say at once what they are.
    assert failure(model, request_, 1.0 if mode == "hangs" else AMPLE_SECONDS, Budget(AMPLE_SECONDS)) == kind
    assert time.monotonic() - started < HANG_SECONDS / 2
    assert len(chat.requests) == requests


@pytest.mark.parametrize(
    ("mode", "kind"), [("empty", "empty"), ("slow", "timeout"), ("stalls", "timeout"), ("too_long", "too_long")]
)
def test_how_writing_fails(chat: ChatServer, mode: str, kind: str) -> None:
    chat.mode = mode
    ample = mode in ("empty", "too_long")
    assert failure(live(chat), seconds=AMPLE_SECONDS if ample else 0.7, budget=Budget(AMPLE_SECONDS)) == kind


def test_a_busy_server_is_tried_once_more(chat: ChatServer) -> None:
    chat.mode = "busy_once"
    assert live(chat).ask(WRITE, Budget(AMPLE_SECONDS), AMPLE_SECONDS).startswith("Het contract")
    assert len(chat.requests) == 2


def test_a_server_that_is_not_there(chat: ChatServer) -> None:
    model = LiveModel.open("openai:test", "http://127.0.0.1:9/v1", timeout_seconds=1.0)
    assert failure(model) == "unreachable"


def test_the_budget_ends_a_request_before_its_own_time(chat: ChatServer) -> None:
    chat.mode, model = "hangs", live(chat)
    started = time.monotonic()
    assert failure(model, budget=Budget(0.4)) == "timeout"
    assert time.monotonic() - started < HANG_SECONDS / 2, "its own time or the client's ended it"


def test_with_no_budget_left_nothing_is_waited_for(chat: ChatServer) -> None:
    assert failure(live(chat), budget=Budget(0.0)) == "timeout"
    assert chat.requests == []


@pytest.mark.parametrize("mode", ["hangs", "stalls"])
def test_when_the_asker_leaves_the_request_is_cancelled(chat: ChatServer, mode: str) -> None:
    chat.mode = mode
    listener, model = Listener(), live(chat)
    threading.Timer(0.3, listener.leave).start()
    started = time.monotonic()
    assert failure(model, budget=Budget(AMPLE_SECONDS, listener)) == "cancelled"
    assert time.monotonic() - started < HANG_SECONDS / 2, "its time ended it"
    ends = time.monotonic() + HANG_SECONDS / 2
    while not chat.dropped and time.monotonic() < ends:
        time.sleep(0.02)
    assert chat.dropped == 1, "the server still waits for a client that has gone"


def test_a_late_request_is_cancelled_too(chat: ChatServer) -> None:
    chat.mode = "hangs"
    assert failure(live(chat), seconds=0.3) == "timeout"
    ends = time.monotonic() + HANG_SECONDS / 2
    while not chat.dropped and time.monotonic() < ends:
        time.sleep(0.02)
    assert chat.dropped == 1


def test_a_listener_that_left_before_is_heard_at_once() -> None:
    listener, heard = Listener(), []
    listener.on_leaving(lambda: heard.append(1))
    listener.leave()
    listener.leave()
    listener.on_leaving(lambda: heard.append(2))
    assert heard == [1, 2]
    assert Budget(5.0, listener).remaining == 0.0


def test_a_model_that_keeps_failing_rests_and_is_then_asked_again(chat: ChatServer) -> None:
    now = [0.0]
    model = live(chat, Breaker(lambda: now[0]))
    chat.mode = "fails"
    for _ in range(FAILURES_IN_A_ROW):
        assert failure(model) == "server_error"
    asked = len(chat.requests)
    assert failure(model) == "resting"
    assert len(chat.requests) == asked
    now[0] += REST_SECONDS + 1
    chat.mode = "good"
    assert model.ask(WRITE, Budget(AMPLE_SECONDS), AMPLE_SECONDS)


def test_what_says_nothing_of_the_model_does_not_count(chat: ChatServer) -> None:
    model = live(chat)
    chat.mode = "empty"
    assert {failure(model) for _ in range(FAILURES_IN_A_ROW + 1)} == {"empty"}


def test_many_threads_at_once(chat: ChatServer) -> None:
    model = live(chat)
    replies: list[str] = []
    threads = [
        threading.Thread(target=lambda: replies.append(model.ask(WRITE, Budget(AMPLE_SECONDS), AMPLE_SECONDS)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert replies == ["Het contract gaat in [1]."] * 8


def test_the_digest_of_a_request_is_of_all_that_is_asked() -> None:
    same = Request("write", "write.nl@1", "Schrijf.", MESSAGE)
    others = (
        Request("repair", "write.nl@1", "Schrijf.", MESSAGE),
        Request("write", "write.nl@2", "Schrijf.", MESSAGE),
        Request("write", "write.nl@1", "Schrijf!", MESSAGE),
        Request("write", "write.nl@1", "Schrijf.", "{}"),
        Request("write", "write.nl@1", "Schrijf.", MESSAGE, Shape),
    )
    assert same.digest == WRITE.digest
    assert len({WRITE.digest, *(other.digest for other in others)}) == 6
