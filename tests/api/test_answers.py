from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.turn import Answer
from tests.api.conftest import MakeClient
from tests.api.fake_assistant import POLICY, RESTATED, FakeAssistant

PROBLEM = "application/problem+json"


def events_of(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, data), comments left out."""
    events = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if lines:
            events.append((lines["event"], json.loads(lines["data"])))
    return events


def test_an_answer_is_the_record_of_the_contract(client: TestClient) -> None:
    response = client.post("/v1/answers", json={"question": "Wanneer moet ik tekenen?"})
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    record = response.json()
    assert set(record) == set(Answer.model_fields)
    assert record["citations"][0]["url"].startswith(f"/policies/{POLICY.id}?passage=")
    assert Answer.model_validate_json(response.text).status == "answered"


def test_a_conversation_hands_its_earlier_turns_to_the_assistant(client: TestClient, assistant: FakeAssistant) -> None:
    first = client.post("/v1/answers", json={"question": "Wanneer tekenen?"}).json()
    second = client.post(
        "/v1/answers", json={"question": "En daarna?", "conversation_id": first["conversation_id"]}
    ).json()
    assert second["conversation_id"] == first["conversation_id"]
    turns = assistant.calls[1].history
    assert [(turn.role, turn.content) for turn in turns] == [("user", "Wanneer tekenen?"), ("assistant", first["text"])]


@pytest.mark.parametrize("unknown", ["", "x", "../../etc/passwd", "00000000-0000-4000-8000-000000000000", "é" * 200])
def test_an_unknown_conversation_id_starts_a_new_one(
    client: TestClient, assistant: FakeAssistant, unknown: str
) -> None:
    record = client.post("/v1/answers", json={"question": "Wanneer?", "conversation_id": unknown}).json()
    assert record["conversation_id"] != unknown
    assert len(record["conversation_id"]) == 36
    assert assistant.calls[0].history == ()


@pytest.mark.parametrize(("allowed", "day"), [(False, "2026-10-30"), (True, "2026-02-28")])
def test_today_counts_only_where_it_is_allowed(
    make_client: MakeClient, assistant: FakeAssistant, allowed: bool, day: str
) -> None:
    client = make_client(allow_today=allowed)
    client.post("/v1/answers", json={"question": "Wanneer?", "today": "2026-02-28"})
    assert assistant.calls[0].today.isoformat() == day


def test_scope_and_language_reach_the_assistant(client: TestClient, assistant: FakeAssistant) -> None:
    scope = {"insurer": "Noorderlicht", "year": 2027, "care": None, "said": ["year"]}
    client.post("/v1/answers", json={"question": "When?", "scope": scope, "language": "en"})
    assert assistant.calls[0].scope == {"insurer": "Noorderlicht", "year": 2027}
    assert assistant.calls[0].language == "en"


def test_the_scope_of_an_option_and_of_an_answer_can_be_sent_back(client: TestClient) -> None:
    options = client.post("/v1/answers", json={"question": "welke voorwaarden?"}).json()["clarification"]["options"]
    answer = client.post("/v1/answers", json={"question": "welke voorwaarden?", "scope": options[0]["scope"]}).json()
    assert answer["status"] == "answered"
    assert client.post("/v1/answers", json={"question": "En dan?", "scope": answer["scope"]}).status_code == 200


def test_the_stream_tells_evidence_and_results_before_the_text(client: TestClient) -> None:
    response = client.post("/v1/answers/stream", json={"question": "Wanneer tekenen?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    events = events_of(response.text)
    assert [name for name, _ in events] == ["status", "evidence", "result", "text", "answer"]
    answer = dict(events)["answer"]
    assert dict(events)["evidence"]["citations"] == answer["citations"]
    assert dict(events)["text"]["text"] == answer["text"]
    assert set(answer) == set(Answer.model_fields)


def test_a_crash_is_a_500_without_detail_and_a_log_line_without_the_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/v1/answers", json={"question": "kapot 123456782"})
    assert (response.status_code, response.headers["content-type"]) == (500, PROBLEM)
    body = response.json()
    assert body["request_id"] == response.headers["x-request-id"]
    assert "ZeroDivision" not in response.text
    assert "kapot" not in response.text
    log = caplog.text
    assert body["request_id"] in log
    assert "ZeroDivisionError" in log
    assert "123456782" not in log
    assert "secret: kapot" not in log


def test_a_crash_in_the_stream_is_an_error_event(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        events = events_of(client.post("/v1/answers/stream", json={"question": "kapot 123456782"}).text)
    assert [name for name, _ in events] == ["status", "error"]
    assert events[1][1]["status"] == 500
    assert events[1][1]["type"] == "urn:loket:problem:internal"
    assert "kapot" not in json.dumps(events)
    assert "123456782" not in caplog.text


def test_logs_hold_no_question(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="loket"):
        client.get("/v1/search", params={"q": "geheim woord"})
        client.get("/", params={"q": "geheim woord"})
        client.post("/v1/answers", json={"question": "geheim woord"})
    assert "GET /v1/search 200" in caplog.text
    assert "POST /v1/answers 200" in caplog.text
    assert "geheim" not in caplog.text


def test_search_gives_passages_best_first(client: TestClient) -> None:
    body = client.get("/v1/search", params={"q": "tekenen", "k": 3}).json()
    assert body["snapshot"] == "snap-1"
    assert [hit["rank"] for hit in body["results"]] == [1, 2, 3]
    assert body["results"][0]["leg_ranks"] == {"lexical": 1, "dense": None}
    assert client.get(body["results"][0]["url"]).status_code == 200


@pytest.mark.parametrize(
    "params",
    [{}, {"q": ""}, {"q": " \u200b"}, {"q": "a" * 1001}, {"q": "a", "k": 0}, {"q": "a", "k": 51}, {"q": "a", "k": "x"}],
)
def test_a_search_that_does_not_fit_is_a_problem(client: TestClient, params: dict[str, Any]) -> None:
    response = client.get("/v1/search", params=params)
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)
    assert response.json()["errors"][0]["field"] == ("k" if "k" in params else "q")


def test_policies_and_passages_can_be_looked_up(client: TestClient) -> None:
    listed = client.get("/v1/policies").json()
    assert [policy["id"] for policy in listed["policies"]] == [POLICY.id, RESTATED.id]
    assert len(listed["suggestions"]) == 4
    assert "fysiotherapie" in listed["suggestions"][0]
    assert "file" not in listed["policies"][0]
    policy = client.get(f"/v1/policies/{POLICY.id}").json()
    assert [section["number"] for section in policy["sections"]] == ["1", "1.1", "2", "2.1", "2.2", "3"]
    passage = client.get(f"/v1/policies/{POLICY.id}/passages/{policy['passages'][3]}").json()
    assert passage["heading_path"] == ["2 Aanvragen", "2.1 Planning"]
    assert passage["before"] == passage["after"] == []
    assert client.get(passage["url"]).status_code == 200


@pytest.mark.parametrize(
    ("place", "neighbours", "before", "after"),
    [(0, 1, [], [1]), (3, 1, [2], [4]), (3, 2, [1, 2], [4, 5]), (5, 5, [0, 1, 2, 3, 4], [])],
)
def test_a_passage_comes_with_its_neighbours_in_reading_order(
    client: TestClient, place: int, neighbours: int, before: list[int], after: list[int]
) -> None:
    ids = client.get(f"/v1/policies/{POLICY.id}").json()["passages"]
    passage = client.get(f"/v1/policies/{POLICY.id}/passages/{ids[place]}", params={"neighbours": neighbours}).json()
    assert [near["id"] for near in passage["before"]] == [ids[each] for each in before]
    assert [near["id"] for near in passage["after"]] == [ids[each] for each in after]


@pytest.mark.parametrize("neighbours", ["-1", "6", "x"])
def test_a_number_of_neighbours_that_does_not_fit_is_a_problem(client: TestClient, neighbours: str) -> None:
    response = client.get(f"/v1/policies/{POLICY.id}/passages/{POLICY.id}:3", params={"neighbours": neighbours})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "neighbours")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/policies/none", "unknown-policy"),
        ("/v1/policies/..%2f..%2fetc", "not-found"),
        (f"/v1/policies/{POLICY.id}/passages/none", "unknown-passage"),
        (f"/v1/policies/{POLICY.id}/passages/a/b", "unknown-passage"),
        ("/v1/none", "not-found"),
        ("/static/none.js", "not-found"),
        ("/static/..%2f..%2fapp.py", "not-found"),
    ],
)
def test_what_is_not_there_is_a_404_problem(client: TestClient, path: str, kind: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert response.json()["type"] == f"urn:loket:problem:{kind}"


def test_a_wrong_method_is_a_405_problem_that_names_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/answers")
    assert (response.status_code, response.headers["content-type"]) == (405, PROBLEM)
    assert "POST" in response.headers["allow"]


def test_more_questions_than_the_limit_are_refused_until_the_minute_is_over(make_client: MakeClient) -> None:
    client = make_client(rate_limit=2)
    statuses = [client.post("/v1/answers", json={"question": "Wanneer?"}).status_code for _ in range(2)]
    refused = client.post("/v1/answers/stream", json={"question": "Wanneer?"})
    assert [*statuses, refused.status_code] == [200, 200, 429]
    assert refused.headers["content-type"] == PROBLEM
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert client.get("/", params={"q": "Wanneer?"}).status_code == 429
    assert client.get("/v1/policies").status_code == 200


def test_every_response_bears_the_security_headers(client: TestClient) -> None:
    for path in ("/", f"/policies/{POLICY.id}", "/policies/none", "/healthz", "/v1/none", "/static/chat.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_description_names_every_problem_and_no_page(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {
        "/v1/answers",
        "/v1/answers/stream",
        "/v1/receipts/{receipt_id}",
        "/v1/widget",
        "/v1/search",
        "/v1/policies",
        "/v1/policies/{policy_id}",
        "/v1/policies/{policy_id}/passages/{passage_id}",
        "/v1/rules",
        "/v1/rules/{name}",
        "/v1/deadlines",
        "/v1/deadlines.ics",
        "/v1/changes",
        "/v1/feedback",
        "/v1/conversations/{conversation_id}",
        "/v1/review",
        "/v1/review/{item_id}",
        "/v1/approved",
        "/v1/approved/{answer_id}",
        "/healthz",
        "/readyz",
    }
    for path in ("/v1/answers", "/v1/answers/stream"):
        responses = paths[path]["post"]["responses"]
        wanted = {"200", "400", "401", "403", "404", "408", "413", "415", "422", "429", "500", "503"}
        assert wanted == set(responses)
        assert all(PROBLEM in responses[status]["content"] for status in responses if status != "200")
    assert "HTTPValidationError" not in json.dumps(paths)
