"""A look-up answered by a statement, as a caller meets it: over real HTTP, from an index on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from assistant.answer import Assistant
from assistant.turn import Answer
from knowledge.encoder import open_encoder
from tests.api.live_server import LiveServer, serving
from tests.api.test_answers import events_of
from tests.small_look_ups import BOX, DUNES, look_up_index


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    index = tmp_path_factory.mktemp("statements") / "index"
    look_up_index(index, open_encoder(), DUNES).close()
    assistant = Assistant.open(index)
    with closing(assistant.snapshot), serving(index, assistant) as live:
        yield live


def ask(server: LiveServer, question: str, **fields: Any) -> dict[str, Any]:
    response = httpx.post(f"{server.url}/v1/answers", json={"question": question, **fields}, timeout=60)
    assert response.status_code == 200
    record: dict[str, Any] = Answer.model_validate_json(response.text).model_dump(mode="json")
    return record


def test_a_statement_its_proof_and_the_page_that_it_stands_on(server: LiveServer) -> None:
    answer = ask(server, "Hoe moet een dossier worden bewaard?")
    assert answer["status"] == "answered"
    assert answer["text"].startswith("Het dossier bewaart u in een afgesloten systeem. [1]")
    (citation,) = answer["citations"]
    assert (citation["policy_id"], citation["section"]) == (DUNES, "1.4")
    assert answer["scope"]["policy_ids"] == [DUNES]
    assert set(answer["scope"]["assumed"]) == {"insurer", "year", "care"}
    page = httpx.get(server.url + citation["url"])
    assert page.status_code == 200
    assert citation["quote"] in page.text


def test_what_is_asked_back_is_answered_in_the_same_conversation(server: LiveServer) -> None:
    first = ask(server, "Welke toeslag krijgt een praktijk?")
    assert first["status"] == "clarify_fact"
    options = [option["label"] for option in first["clarification"]["options"]]
    assert options == ["solopraktijk", "groepspraktijk"]
    second = ask(server, options[1], conversation_id=first["conversation_id"])
    assert second["status"] == "answered"
    assert "3 procent" in second["text"]
    assert "2 procent" not in second["text"]


def test_what_is_not_told_names_whom_to_ask(server: LiveServer) -> None:
    answer = ask(server, "Wat staat er over parkeren bij de praktijk?")
    assert (answer["status"], answer["citations"]) == ("unanswerable_not_told", [])
    assert BOX in answer["text"]
    assert answer["handoff"]["email"] == BOX


def test_a_statement_is_streamed_with_its_evidence_first(server: LiveServer) -> None:
    asked = {"question": "What does the workroom need?"}
    streamed = httpx.post(f"{server.url}/v1/answers/stream", json=asked, timeout=60)
    events = events_of(streamed.text)
    names = [name for name, _ in events]
    assert names[0] == "status"
    assert names.index("evidence") < names.index("text") < names.index("answer") == len(names) - 1
    answer = events[-1][1]
    assert (answer["status"], answer["language"]) == ("answered", "en")
    assert "".join(data["text"] for name, data in events if name == "text") == answer["text"]
    assert answer["text"].startswith("The workroom of a practice has: [1][2]\n- an adjustable worktable\n")
