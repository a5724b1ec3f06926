"""The stream of an answer that a model words: evidence first, then sentences that passed, then the record."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from assistant.answer import Assistant
from knowledge.snapshot import Snapshot
from tests.api.conftest import publish, wait_until
from tests.api.live_server import serving
from tests.api.test_answers import events_of
from tests.assistant.model.conftest import AMPLE_SECONDS, BUDGET_SECONDS, CLAIMING, SIGNING, ask, with_model
from tests.assistant.model.openai_server import HANG_SECONDS, LATE, Data, chat_server, sound_prose


@pytest.fixture
def index(tmp_path: Path) -> Path:
    publish(tmp_path / "index", "snap-1")
    return tmp_path / "index"


def streamed(index: Path, assistant: Assistant, question: str) -> list[tuple[str, dict[str, object]]]:
    with serving(index, assistant) as server:
        response = httpx.post(f"{server.url}/v1/answers/stream", json={"question": question}, timeout=HANG_SECONDS)
    return events_of(response.text)


def test_evidence_comes_before_the_model_has_said_a_word(index: Path, snapshot: Snapshot) -> None:
    with chat_server("hangs") as chat:
        assistant = with_model(snapshot, chat)
        with (
            serving(index, assistant) as server,
            httpx.stream(
                "POST", f"{server.url}/v1/answers/stream", json={"question": SIGNING}, timeout=HANG_SECONDS
            ) as response,
        ):
            started, names = time.monotonic(), []
            for line in response.iter_lines():
                if line.startswith("event: "):
                    names.append(line.removeprefix("event: "))
                if names[-1:] == ["evidence"]:
                    break
            assert names == ["status", "evidence"]
            assert time.monotonic() - started < HANG_SECONDS / 2, "it waited for the model"


def test_sentences_come_as_they_pass_and_the_record_last(index: Path, snapshot: Snapshot) -> None:
    def three(data: Data) -> str:
        sentence = sound_prose(data)
        return f"{sentence} {sentence} {sentence}"

    with chat_server("obeys") as chat:
        chat.orders["declareert"] = three
        events = streamed(index, with_model(snapshot, chat), CLAIMING)
    names = [name for name, _ in events]
    assert names[:2] == ["status", "evidence"]
    assert names[-2:] == ["text", "answer"]
    parts = [str(data["text"]) for name, data in events if name == "text" and data.get("partial")]
    whole, record = str(events[-2][1]["text"]), events[-1][1]
    assert len(parts) == 2
    assert parts[1].startswith(parts[0])
    assert whole.startswith(parts[1])
    assert record["text"] == whole
    assert record["model"]["wrote"] is True  # type: ignore[index]  # it is an object
    assert events[1][1]["citations"] == record["citations"]


@pytest.mark.parametrize("mode", ["invents_date", "invents_citation", "drops_labels", "cut", "stalls", "garbage"])
def test_no_sentence_that_does_not_pass_is_ever_sent(
    mode: str, index: Path, snapshot: Snapshot, plain: Assistant
) -> None:
    seconds = BUDGET_SECONDS if mode in LATE else AMPLE_SECONDS
    with chat_server(mode) as chat:
        events = streamed(index, with_model(snapshot, chat, seconds=seconds), CLAIMING)
    texts = [str(data["text"]) for name, data in events if name == "text"]
    assert all("maart" not in text and "[77]" not in text and "2099" not in text and "[1]" in text for text in texts)
    names = [name for name, _ in events]
    assert names.count("evidence") == names.count("answer") == 1
    assert events[-1][1]["text"] == ask(plain, CLAIMING).text


def test_who_leaves_cancels_what_the_model_is_doing(index: Path, snapshot: Snapshot) -> None:
    with chat_server("hangs") as chat:
        assistant = with_model(snapshot, chat)
        with serving(index, assistant) as server:
            with httpx.stream(
                "POST", f"{server.url}/v1/answers/stream", json={"question": SIGNING}, timeout=HANG_SECONDS
            ) as response:
                lines = response.iter_lines()
                assert next(lines) == "event: status"
                wait_until(lambda: len(chat.requests) == 1)
            wait_until(lambda: chat.dropped == 1)
            wait_until(lambda: server.service.gate.taken == 0)
    assert chat.doors() == ["write"]


def test_without_a_model_the_stream_is_as_it_was(index: Path, plain: Assistant) -> None:
    events = streamed(index, plain, SIGNING)
    assert [name for name, _ in events] == ["status", "evidence", "text", "answer"]
    assert events[-1][1]["model"] is None


def test_an_answer_of_many_users_at_once_stays_within_its_time(index: Path, snapshot: Snapshot) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with chat_server("hangs") as chat, ThreadPoolExecutor(12) as pool:
        assistant = with_model(snapshot, chat, seconds=BUDGET_SECONDS)
        with serving(index, assistant) as server:
            started = time.monotonic()
            posts = [
                pool.submit(httpx.post, f"{server.url}/v1/answers", json={"question": CLAIMING}, timeout=HANG_SECONDS)
                for _ in range(12)
            ]
            answers = [post.result().json() for post in posts]
            assert time.monotonic() - started < HANG_SECONDS / 2, "one waited for the others"
    assert {answer["status"] for answer in answers} == {"answered"}
    assert all(answer["notices"] for answer in answers)
