"""Feedback, review, approved answers and conversations over HTTP, on both kinds of database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.approved import ApprovedBook, question_key
from api.service import Service
from evals.case import load_cases
from tests.api.conftest import MakeClient, wait_until
from tests.api.fake_assistant import POLICY, RESTATED, FakeAssistant, FakeSnapshot
from tests.api.running import refused, runner
from tests.api.test_answers import events_of
from tests.api.test_roles import token_for

PLANNING = f"{POLICY.id}:3"
QUESTION = "Tot wanneer kan ik tekenen?"
BSN = "123456782"


@pytest.fixture
def client(make_client: MakeClient, database: str) -> TestClient:
    return make_client(database_url=database)


def ask(client: TestClient, question: str, **more: Any) -> Any:
    response = client.post("/v1/answers", json={"question": question, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_an_answer_that_is_called_bad_is_reviewed_with_all_that_was_said(client: TestClient) -> None:
    answer = ask(client, QUESTION)
    given = {
        "receipt_id": answer["receipt_id"],
        "conversation_id": answer["conversation_id"],
        "verdict": "bad",
        "reasons": ["incorrect", "source"],
        "comment": f"Onjuist voor patiënt {BSN}.\u0000",
    }
    response = client.post("/v1/feedback", json=given)
    assert response.status_code == 201
    assert set(response.json()) == {"id"}
    (item,) = client.get("/v1/review", headers=token_for(client, "helpdesk")).json()["items"]
    assert (item["question"], item["answer_text"], item["status"]) == (QUESTION, answer["text"], "answered")
    assert (item["reasons"], item["state"], item["policy_id"]) == (["incorrect", "source"], "open", None)
    assert item["comment"].startswith("Onjuist voor patiënt [")
    assert BSN not in json.dumps(item)


def test_good_feedback_is_kept_and_not_reviewed(client: TestClient) -> None:
    given = {"receipt_id": ask(client, QUESTION)["receipt_id"], "verdict": "good"}
    assert client.post("/v1/feedback", json=given).status_code == 201
    assert client.get("/v1/review", headers=token_for(client, "helpdesk")).json() == {"items": []}


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"receipt_id": "0" * 20, "verdict": "bad"}, 404),
        ({"receipt_id": "", "verdict": "bad"}, 422),
        ({"receipt_id": "x", "verdict": "fine"}, 422),
        ({"receipt_id": "x", "verdict": "bad", "reasons": ["ugly"]}, 422),
        ({"receipt_id": "x", "verdict": "bad", "reasons": ["other"] * 6}, 422),
        ({"receipt_id": "x", "verdict": "bad", "comment": "c" * 1001}, 422),
        ({"receipt_id": "x", "verdict": "bad", "stars": 5}, 422),
        ({"receipt_id": "x", "verdict": "bad", "policy_id": POLICY.id}, 401),
        ({"verdict": "bad"}, 422),
    ],
)
def test_feedback_that_does_not_fit_is_refused(client: TestClient, given: dict[str, Any], status: int) -> None:
    assert client.post("/v1/feedback", json=given).status_code == status


def test_the_helpdesk_says_where_the_right_passage_is(client: TestClient) -> None:
    headers = token_for(client, "helpdesk")
    given = {"receipt_id": ask(client, QUESTION)["receipt_id"], "verdict": "bad", "policy_id": POLICY.id}

    def send(**more: str) -> int:
        return client.post("/v1/feedback", json=given | more, headers=headers).status_code

    assert send(passage_id=PLANNING) == 201
    assert send(passage_id="x") == 404
    assert send(policy_id="x") == 404
    (item,) = client.get("/v1/review", headers=headers).json()["items"]
    assert (item["policy_id"], item["passage_id"]) == (POLICY.id, PLANNING)


def test_feedback_is_limited_for_each_client(make_client: MakeClient) -> None:
    client = make_client(rate_limit=2)
    sent = [client.post("/v1/feedback", json={"receipt_id": "x", "verdict": "good"}) for _ in range(3)]
    assert [response.status_code for response in sent] == [404, 404, 429]


def test_an_administrator_decides(client: TestClient) -> None:
    administrator = token_for(client, "administrator", "bo")
    client.post("/v1/feedback", json={"receipt_id": ask(client, QUESTION)["receipt_id"], "verdict": "bad"})
    (item,) = client.get("/v1/review", headers=administrator).json()["items"]
    decide = lambda **said: client.post(f"/v1/review/{item['id']}", json=said, headers=administrator)  # noqa: E731
    assert decide(decision="approve").status_code == 422
    assert decide(decision="approve", policy_id=POLICY.id, passage_id="x").status_code == 404
    done = decide(decision="approve", policy_id=POLICY.id, passage_id=PLANNING, note="zie planning").json()
    assert (done["state"], done["decided_by"], done["note"]) == ("approved", "bo", "zie planning")
    assert client.get("/v1/review", params={"state": "approved"}, headers=administrator).json()["items"] == [done]
    assert decide(decision="reject").json()["state"] == "rejected"
    for unknown in ("x", "00000000-0000-4000-8000-000000000000", "%00"):
        response = client.post(f"/v1/review/{unknown}", json={"decision": "reject"}, headers=administrator)
        assert response.status_code == 404


def test_a_conversation_is_shown_and_deleted_by_who_knows_its_id(client: TestClient) -> None:
    first = ask(client, QUESTION)
    ask(client, "En waar mail ik vragen over de planning?", conversation_id=first["conversation_id"])
    place = f"/v1/conversations/{first['conversation_id']}"
    kept = client.get(place).json()
    assert kept["id"] == first["conversation_id"]
    assert [turn["question"] for turn in kept["turns"]] == [QUESTION, "En waar mail ik vragen over de planning?"]
    assert set(kept["turns"][0]) == {"question", "text", "at"}
    assert [client.delete(place).status_code for _ in range(2)] == [204, 404]
    assert client.get(place).status_code == 404
    for unknown in ("x", "00000000-0000-4000-8000-000000000000", "%00", "..%2f"):
        assert client.get(f"/v1/conversations/{unknown}").status_code == 404


# Approved answers


def approve(client: TestClient, headers: dict[str, str], **changed: Any) -> Any:
    given = {
        "question": QUESTION,
        "text": "Tekenen kan tot en met 13 november 2026.",
        "insurer": "Noorderlicht",
        "year": 2027,
        "care": "fysiotherapie",
        "citations": [{"policy_id": POLICY.id, "passage_id": PLANNING}],
    }
    given |= changed
    return client.post("/v1/approved", json={k: v for k, v in given.items() if v is not None}, headers=headers)


def test_an_approved_answer_is_given_to_who_asks_just_that(client: TestClient) -> None:
    headers = token_for(client, "administrator")
    made = approve(client, headers)
    assert made.status_code == 201, made.text
    answer = ask(client, "  tot WANNEER kan ik tékenen ?? ")
    assert (answer["status"], answer["approved_id"]) == ("answered", made.json()["id"])
    assert answer["text"] == "Tekenen kan tot en met 13 november 2026. [1]"
    assert "goedgekeurd door de helpdesk" in answer["notices"][0]
    (cited,) = answer["citations"]
    assert (cited["policy_id"], cited["passage_id"], cited["label"]) == (POLICY.id, PLANNING, 1)
    assert "13 november 2026" in cited["quote"]
    streamed = events_of(client.post("/v1/answers/stream", json={"question": QUESTION}).text)
    assert [name for name, _ in streamed] == ["status", "evidence", "text", "answer"]
    assert streamed[-1][1]["approved_id"] == made.json()["id"]
    for other in ("Tot wanneer kan ik niet tekenen?", "Wanneer kan ik tekenen?", "Tot wanneer kan ik 2 tekenen?"):
        assert ask(client, other)["approved_id"] is None
    assert client.delete(f"/v1/approved/{made.json()['id']}", headers=headers).status_code == 204
    assert ask(client, QUESTION)["approved_id"] is None


@pytest.mark.parametrize(
    "scope", [{"insurer": "Zuiderzon"}, {"year": 2026}, {"care": "logopedie"}, {"insurer": None}, {"care": None}]
)
def test_an_approved_answer_is_not_given_in_another_scope(
    client: TestClient, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch, scope: dict[str, Any]
) -> None:
    approve(client, token_for(client, "administrator"))
    assert ask(client, QUESTION)["approved_id"] is not None
    really = assistant._answer

    def elsewhere(*said: Any) -> Any:
        answer = really(*said)
        return answer.model_copy(update={"scope": answer.scope.model_copy(update=scope)})

    monkeypatch.setattr(assistant, "_answer", elsewhere)
    assert ask(client, QUESTION)["approved_id"] is None


def test_an_approved_answer_is_not_given_once_its_policy_says_something_else(
    client: TestClient, assistant: FakeAssistant, index: Path
) -> None:
    headers = token_for(client, "administrator")
    approve(client, headers)
    texts = dict(assistant.snapshot.texts)
    passages = [
        each.model_copy(update={"text": each.text.replace("13", "14")}) if each.id == PLANNING else each
        for each in texts[POLICY.id].passages
    ]
    texts[POLICY.id] = texts[POLICY.id].model_copy(update={"passages": tuple(passages)})
    assistant.snapshot = FakeSnapshot("snap-2", texts)
    assert ask(client, QUESTION)["approved_id"] is None
    (item,) = client.get("/v1/approved", headers=headers).json()["items"]
    assert item["state"] == "stale"


def test_a_refusal_is_never_replaced(
    client: TestClient, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(client, token_for(client, "administrator"))
    really = assistant._answer
    for status in ("guardrail_personal_data", "guardrail_injection", "error_internal", "unanswerable_no_policy"):
        monkeypatch.setattr(
            assistant, "_answer", lambda *said, s=status: really(*said).model_copy(update={"status": s})
        )
        assert ask(client, QUESTION)["approved_id"] is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": "Tekenen kan tot en met 14 november 2026."}, "text"),
        ({"text": "Mail inkoop@elders.example."}, "text"),
        ({"text": "Tot en met 13 november 2026 [2]."}, "text"),
        ({"insurer": "Zuiderzon"}, "insurer"),
        ({"year": 2026}, "year"),
        ({"citations": [{"policy_id": POLICY.id, "passage_id": "x"}]}, "citations"),
        ({"citations": []}, "citations"),
        ({"question": "En dan?"}, "question"),
        ({"text": ""}, "text"),
    ],
)
def test_an_answer_that_its_source_does_not_bear_is_not_approved(
    client: TestClient, changed: dict[str, Any], field: str
) -> None:
    response = approve(client, token_for(client, "administrator"), **changed)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


def test_insurer_and_year_come_from_what_is_cited(client: TestClient) -> None:
    headers = token_for(client, "administrator")
    own = approve(client, headers, insurer=None, year=None).json()
    assert (own["insurer"], own["year"], own["state"], own["created_by"]) == (
        "Noorderlicht",
        2027,
        "served",
        "administrator",
    )
    both = [{"policy_id": each.id, "passage_id": f"{each.id}:3"} for each in (POLICY, RESTATED)]
    mixed = approve(client, headers, insurer=None, year=None, citations=both).json()
    assert (mixed["insurer"], mixed["year"]) == (None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Wat is het tarief?", "wat is het TARIEF", True),
        ("Categorieën?", "categorieen", True),
        ("Meer dan 1.000 euro?", "Meer dan 1,000 euro?", False),
        ("Meer dan 2,5 fte?", "Meer dan 25 fte?", False),
        ("10% of 10?", "10 of 10?", False),
        ("< 10 fte?", "> 10 fte?", False),
        ("Moet A voor B?", "Moet B voor A?", False),
        ("Geldt dit wel?", "Geldt dit niet?", False),
        ("Op 1 mei 2026?", "Op 1 mei 2027?", False),
    ],
)
def test_which_questions_are_the_same(one: str, other: str, same: bool) -> None:
    assert (question_key(one) == question_key(other)) is same


def test_another_process_gives_what_was_approved_here_within_seconds(make_client: MakeClient, database: str) -> None:
    here, there = make_client(database_url=database), make_client(database_url=database)
    approve(here, token_for(here, "administrator"))
    wait_until(lambda: ask(there, QUESTION)["approved_id"] is not None)


def test_an_empty_book_looks_nothing_up() -> None:
    assert ApprovedBook().of(QUESTION) == ()


# loket review


def test_the_review_list_on_the_command_line(
    make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ingest import pipeline
    from tests.conftest import policy_markdown, write_policies
    from tests.fakes import FakeEncoder

    index = tmp_path / "own"
    pipeline.ingest(write_policies(tmp_path / "policies", {"huid": policy_markdown("huidzorg")}), index, FakeEncoder())
    monkeypatch.setenv("LOKET_INDEX", str(index))
    run = runner(monkeypatch, capsys)
    client = make_client()
    answer = ask(client, "Hoeveel stijgt het tarief voor huidzorg?")
    client.post("/v1/feedback", json={"receipt_id": answer["receipt_id"], "verdict": "bad", "comment": "nee"})
    listed = json.loads(run("review", "list", "--json").out)
    assert [item["comment"] for item in listed] == ["nee"]
    start = listed[0]["id"][:8]
    assert start in run("review", "list").out
    refused(run("review", "approve", start), 2, "--passage")
    refused(run("review", "approve", start, "--policy", "huid", "--passage", "x"), 2, "passage")
    refused(run("review", "approve", "zzz"), 2, "0 items")
    from knowledge.snapshot import open_snapshot

    texts = open_snapshot(index).texts
    rates = next(each for each in texts["huid"].passages if "2,5 procent" in each.text)
    assert run("review", "approve", start, "--policy", "huid", "--passage", rates.id).out == f"{start} approved\n"
    line = json.loads(run("review", "export").out)
    assert (line["policy_id"], line["questions"]) == ("huid", ["Hoeveel stijgt het tarief voor huidzorg?"])
    assert "2,5 procent" in line["key"][0]
    out = tmp_path / "lines.jsonl"
    assert run("review", "export", "--out", out).code == 0
    assert json.loads(run("bank", "check", "--bank", out, "--json").out)["problems"] == []
    cases = tmp_path / "cases.jsonl"
    assert run("review", "cases", "--out", cases).code == 0
    (case,) = load_cases(cases)
    assert (case.id, case.question) == (f"review-{start}", "Hoeveel stijgt het tarief voor huidzorg?")
    assert ("2,5 procent" in case.evidence[0].quote, case.lacks(case.answer), case.must) == (
        True, (), (("2,5 procent",),),
    )  # fmt: skip
    assert run("review", "reject", start, "--note", "toch niet").code == 0
    assert run("review", "export").out == ""


def test_tokens_and_the_switch_on_the_command_line(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = runner(monkeypatch, capsys)
    client = make_client(contact="inkoop@noorderlicht.example")
    token = run("token", "add", "anna", "--role", "helpdesk").out.strip()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/v1/review", headers=headers).status_code == 200
    assert token not in run("token", "list").out
    refused(run("token", "add", "anna"), 2, "anna")
    refused(run("token", "add", "a b"), 2, "naam")
    run("token", "revoke", "anna")
    assert client.get("/v1/review", headers=headers).status_code == 401
    refused(run("token", "revoke", "anna"), 2, "sleutel")
    assert "revoked" in run("token", "list").out
    assert run("close").code == 0
    service: Service = client.app.state.service  # type: ignore[attr-defined]  # the application behind it
    wait_until(lambda: service.watch.is_closed)
    for path in ("/v1/answers", "/v1/answers/stream"):
        closed = client.post(path, json={"question": QUESTION})
        assert (closed.status_code, closed.json()["type"]) == (503, "urn:loket:problem:closed")
        assert int(closed.headers["retry-after"]) > 0
        assert "inkoop@noorderlicht.example" in closed.json()["detail"]
    page = client.get("/", params={"q": QUESTION})
    assert page.status_code == 503
    assert "inkoop@noorderlicht.example" in page.text
    assert client.get("/").status_code == 200
    assert client.get(f"/policies/{POLICY.id}").status_code == 200
    assert client.get("/v1/policies").status_code == 200
    assert run("open").out == "open\n"
    wait_until(lambda: not service.watch.is_closed)
    assert ask(client, QUESTION)["status"] == "answered"


def test_a_service_that_is_closed_by_its_settings_answers_nothing(make_client: MakeClient) -> None:
    client = make_client(closed=True)
    assert client.post("/v1/answers", json={"question": QUESTION}).status_code == 503
