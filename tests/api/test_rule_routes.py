"""The rules and the planned dates over HTTP."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from assistant.receipts import RuleReceipt, rerun
from assistant.turn import Citation
from tests.api.conftest import MakeClient
from tests.api.fake_assistant import FakeAssistant, FakeSnapshot
from tests.small_rules import NAMES, POLICY_ID, REFUSED, small_source

SOURCE = small_source()
ENTRY, REPLY, SIGNING = (f"{POLICY_ID}.{name}" for name in ("entry", "reply", "signing"))
PROBLEM = "application/problem+json"
SECRET = "123456782"


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant(FakeSnapshot("snap-1", SOURCE.texts, SOURCE.rules, SOURCE.built_at))


def run(client: TestClient, name: str, **content: Any) -> dict[str, Any]:
    response = client.post(f"/v1/rules/{name}", json=content)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "no-store"
    record: dict[str, Any] = response.json()
    return record


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    assert (response.status_code, response.headers["content-type"]) == (status, PROBLEM)
    body: dict[str, Any] = response.json()
    assert body["type"] == f"urn:loket:problem:{kind}"
    assert SECRET not in response.text
    return body


# Which there are


def test_the_rules_on_file(client: TestClient) -> None:
    listed = client.get("/v1/rules").json()
    assert listed["snapshot"] == "snap-1"
    assert [each["name"] for each in listed["rules"]] == NAMES
    assert client.get("/v1/rules", params={"policy_id": POLICY_ID}).json() == listed
    problem(client.get("/v1/rules", params={"policy_id": f"x{SECRET}"}), 404, "unknown-policy")
    assert client.get("/v1/rules", params={"language": "en"}).json()["rules"][0]["title"].endswith("(en)")


@pytest.mark.parametrize("name", NAMES)
def test_one_rule_with_its_proof_and_a_schema_for_a_form(client: TestClient, name: str) -> None:
    rule = client.get(f"/v1/rules/{name}").json()
    jsonschema.Draft202012Validator.check_schema(rule["facts"])
    labels = {each["label"] for each in rule["citations"]}
    used = {each["citation"] for part in ("parameters", "criteria", "cases") for each in rule[part]}
    assert labels == used
    assert all(Citation.model_validate(each) for each in rule["citations"])


def test_the_schema_takes_what_the_rule_takes(client: TestClient) -> None:
    schema = client.get(f"/v1/rules/{ENTRY}").json()["facts"]
    validator = jsonschema.Draft202012Validator(schema)
    for facts in ({}, {"has_code": True, "revenue": 1.5, "form": "chain"}):
        validator.validate(facts)
        run(client, ENTRY, facts=facts)
    for facts in ({"has_code": 1}, {"revenue": "veel"}, {"form": "keten"}, {"other": 1}):
        assert not validator.is_valid(facts)
        problem(client.post(f"/v1/rules/{ENTRY}", json={"facts": facts}), 422, "invalid")


@pytest.mark.parametrize("name", [REFUSED, "x", f"{POLICY_ID}.", f"{SECRET}.entry", "a" * 200])
def test_an_unknown_rule(client: TestClient, name: str) -> None:
    problem(client.get(f"/v1/rules/{name}"), 404, "unknown-rule")
    problem(client.post(f"/v1/rules/{name}", json={}), 404, "unknown-rule")


# A run


def test_a_run_gives_record_quotes_and_receipt(client: TestClient) -> None:
    done = run(client, ENTRY, facts={"has_code": True, "revenue": 250000, "form": None})
    assert (done["result"]["rule"], done["result"]["verdict"]) == (ENTRY, "undecided")
    assert done["result"]["missing"] == [{"name": "form", "ask": "Werkt u als praktijk of als keten?"}]
    for citation in done["citations"]:
        assert {"quote", "page", "section", "url"} <= set(citation)
        assert SOURCE.texts[POLICY_ID].text[citation["start"] : citation["end"]] == citation["quote"]
    receipt = RuleReceipt.model_validate(done["receipt"])
    assert (receipt.rule, receipt.snapshot) == (ENTRY, "snap-1")
    assert rerun(receipt, SOURCE).differences == ()
    assert run(client, ENTRY, facts={"has_code": True, "revenue": 250000})["receipt"] == done["receipt"]


def test_the_language_of_a_run(client: TestClient) -> None:
    dutch, english = run(client, SIGNING), run(client, SIGNING, language="en")
    assert (dutch["language"], english["language"]) == ("nl", "en")
    assert "7 November 2025" in english["result"]["sentence"]
    assert dutch["receipt"] == english["receipt"]


@pytest.mark.parametrize(("allowed", "day", "left"), [(False, "2026-10-30", False), (True, "2025-11-07", True)])
def test_today_counts_only_where_it_is_allowed(make_client: MakeClient, allowed: bool, day: str, left: bool) -> None:
    client = make_client(allow_today=allowed)
    done = run(client, SIGNING, today="2025-11-07")
    assert (done["today"], done["receipt"]["today"], done["result"]["is_open"]) == (day, day, left)
    dates = client.get("/v1/deadlines", params={"today": "2025-11-07"}).json()
    assert dates["today"] == day
    assert {each["status"] for each in dates["deadlines"] if each["rule"] == SIGNING} == {"today" if left else "past"}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"facts": {"revenue": SECRET + "x"}}, "facts.revenue"),
    ({"facts": {"has_code": SECRET}}, "facts.has_code"),
    ({"facts": {f"bsn{SECRET}": True}}, "facts"),
    ({"facts": {"form": [SECRET]}}, "facts.form"),
    ({"facts": [SECRET]}, "facts"),
    ({"facts": SECRET}, "facts"),
    ({f"x{SECRET}": 1}, ""),
    ({"today": SECRET}, "today"),
    ({"language": SECRET}, "language"),
    ({"facts": {f"f{n}{SECRET}": 1 for n in range(101)}}, "facts"),
]


@pytest.mark.parametrize(("content", "field"), WRONG)
def test_what_does_not_fit_is_named_and_never_repeated(client: TestClient, content: dict[str, Any], field: str) -> None:
    body = problem(client.post(f"/v1/rules/{ENTRY}", json=content), 422, "invalid")
    assert [each["field"] for each in body["errors"]] == [field]
    assert all(each["message"][0].isupper() and each["message"].endswith(".") for each in body["errors"])


def test_the_faults_of_facts_say_what_is_wanted(client: TestClient) -> None:
    facts = {"has_code": "ja", "revenue": True, "form": "x"}
    dutch = problem(client.post(f"/v1/rules/{ENTRY}", json={"facts": facts}), 422, "invalid")
    assert {each["field"]: each["message"] for each in dutch["errors"]} == {
        "facts.has_code": "Geef true (ja) of false (nee).",
        "facts.revenue": "Geef een getal in euro, met een punt voor de decimalen, zoals 1.5.",
        "facts.form": "Geef een van: practice, chain.",
    }


# Planned dates


def test_the_planned_dates(client: TestClient) -> None:
    found = client.get("/v1/deadlines").json()
    assert found["today"] == "2026-10-30"
    assert len(found["deadlines"]) == 5
    first = found["deadlines"][0]
    assert {"status", "days_left", "bound", "own", "policy_id", "what", "told", "citation"} <= set(first)
    assert first["citation"]["url"].startswith(f"/policies/{POLICY_ID}?passage=")
    assert (
        client.get("/v1/deadlines", params={"insurer": "voordeelzorg", "care": "fysio", "year": 2026}).json() == found
    )
    for other in ({"insurer": "Elders"}, {"year": 1990}, {"care": "kraamzorg"}, {"care": "\x00"}):
        assert client.get("/v1/deadlines", params=other).json()["deadlines"] == []
        assert not Calendar.from_ical(client.get("/v1/deadlines.ics", params=other).content).events


def test_filters_that_do_not_fit(client: TestClient) -> None:
    for address in ("/v1/deadlines", "/v1/deadlines.ics"):
        for wrong in ({"year": SECRET + "x"}, {"care": "a" * 201}, {"language": SECRET}):
            problem(client.get(address, params=wrong), 422, "invalid")
    problem(client.get("/v1/deadlines", params={"today": "gisteren"}), 422, "invalid")


def test_the_calendar(client: TestClient) -> None:
    response = client.get("/v1/deadlines.ics")
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="inkoopdata.ics"'
    calendar = Calendar.from_ical(response.content)
    assert len(calendar.events) == 5
    assert all(str(event["URL"]).startswith("http://testserver/policies/") for event in calendar.events)
    assert client.get("/v1/deadlines.ics").content == response.content


def test_the_interface_describes_itself(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/rules", "/v1/rules/{name}", "/v1/deadlines", "/v1/deadlines.ics"} <= set(paths)
    assert "text/calendar" in json.dumps(paths["/v1/deadlines.ics"])
