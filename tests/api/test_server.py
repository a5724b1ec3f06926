"""The application behind a real server, over HTTP."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.api.conftest import wait_until
from tests.api.fake_assistant import FakeAssistant
from tests.api.live_server import LiveServer, serving
from tests.api.test_answers import events_of


@pytest.fixture
def hold(assistant: FakeAssistant) -> threading.Event:
    """Answers wait for this."""
    assistant.hold = threading.Event()
    return assistant.hold


def _ask(server: LiveServer, question: str = "Wanneer?") -> httpx.Response:
    return httpx.post(f"{server.url}/v1/answers", json={"question": question}, timeout=60)


def test_an_answer_and_a_stream_over_http(index: Path, assistant: FakeAssistant) -> None:
    with serving(index, assistant) as server:
        assert _ask(server).json()["status"] == "answered"
        streamed = httpx.post(f"{server.url}/v1/answers/stream", json={"question": "Wanneer?"})
        assert [name for name, _ in events_of(streamed.text)] == ["status", "evidence", "result", "text", "answer"]
        assert "server" not in streamed.headers


def test_the_first_event_comes_while_the_assistant_still_works(
    index: Path, assistant: FakeAssistant, hold: threading.Event
) -> None:
    with (
        serving(index, assistant) as server,
        httpx.stream("POST", f"{server.url}/v1/answers/stream", json={"question": "Wanneer?"}) as response,
    ):
        lines = response.iter_lines()
        assert next(lines) == "event: status"
        assert not hold.is_set()
        hold.set()
        assert "event: answer" in list(lines)


def test_a_burst_is_queued_or_refused_at_once_and_health_answers_meanwhile(
    index: Path, assistant: FakeAssistant, hold: threading.Event
) -> None:
    """Two at once and three waiting: of twelve questions five are answered, seven told to come back."""
    with serving(index, assistant, answers_at_once=2, queue=3) as server, ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(_ask, server) for _ in range(12)]
        wait_until(lambda: sum(future.done() for future in asked) == 7)
        assert httpx.get(f"{server.url}/healthz").status_code == 200
        assert not hold.is_set()
        hold.set()
        responses = [future.result() for future in asked]
        assert sorted(response.status_code for response in responses) == [200] * 5 + [503] * 7
        assert all(int(response.headers["retry-after"]) >= 1 for response in responses if response.status_code == 503)
        assert _ask(server).status_code == 200


def test_clients_that_leave_give_their_places_back(
    index: Path, assistant: FakeAssistant, hold: threading.Event
) -> None:
    with serving(index, assistant, answers_at_once=2, queue=30) as server:
        for path in ["/v1/answers", "/v1/answers/stream"] * 10:
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(server.url + path, json={"question": "Wanneer?"}, timeout=httpx.Timeout(5, read=0.05)).read()
        hold.set()
        wait_until(lambda: server.service.gate.taken == 0)
        assert _ask(server).status_code == 200


def test_a_slow_body_is_given_up(index: Path, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.intake.BODY_SECONDS_AT_MOST", 0.2)
    with serving(index, assistant) as server:
        host, port = server.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            connection.sendall(
                b"POST /v1/answers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"
            )
            assert connection.recv(4096).startswith(b"HTTP/1.1 408")


def test_an_answer_that_takes_too_long_is_a_503(index: Path, assistant: FakeAssistant, hold: threading.Event) -> None:
    with serving(index, assistant, answer_timeout_seconds=0.1) as server:
        response = _ask(server)
        hold.set()
        assert (response.status_code, response.json()["type"]) == (503, "urn:loket:problem:answer-timeout")
