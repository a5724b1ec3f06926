"""What a site gets that puts the widget on a page: the script, what it starts from, and who may use it."""

from __future__ import annotations

import gzip
import re

import pytest

from api.origins import read_origins
from api.widget import widget_script
from knowledge.errors import ConfigurationError
from tests.api.conftest import MakeClient
from tests.api.fake_assistant import POLICY, RESTATED, FakeAssistant

ALLOWED = "https://www.noorderlicht.example"
FOREIGN = "https://elsewhere.example"
BYTES_AT_MOST = 50_000


def test_the_script_is_one_small_file_without_imports() -> None:
    script = widget_script()
    assert len(gzip.compress(script.encode(), 6)) <= BYTES_AT_MOST
    assert not re.search(r"^\s*(?:import|export)\b", script, re.MULTILINE)
    assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b|setAttribute\(.style", script)


def test_no_two_parts_of_the_script_name_a_thing_alike() -> None:
    named = re.findall(r"^(?:const|let|class|(?:async )?function\*?) (\w+)", widget_script(), re.MULTILINE)
    assert len(named) > 50
    assert sorted(set(named)) == sorted(named)


def test_the_script_is_asked_for_again_only_when_it_changed(make_client: MakeClient) -> None:
    client = make_client()
    first = client.get("/widget.js", headers={"Origin": FOREIGN})
    assert first.status_code == 200
    assert first.headers["content-type"].startswith("text/javascript")
    assert first.headers["access-control-allow-origin"] == FOREIGN
    again = client.get("/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("params", "insurer", "about", "policies"),
    [
        ({}, None, {"Noorderlicht", "Zuiderzon"}, 2),
        ({"insurer": "noorderlicht"}, "Noorderlicht", {"Noorderlicht"}, 1),
        ({"insurer": "Poolster"}, "Noorderlicht", {"Noorderlicht"}, 1),
        ({"care": "logopedie"}, None, {"Zuiderzon"}, 2),
        ({"care": "logopedie", "year": "2031"}, None, {"Zuiderzon"}, 2),
        ({"insurer": "noorderlicht", "care": "logopedie"}, "Noorderlicht", {"Noorderlicht"}, 1),
    ],
)
def test_it_starts_from_the_policies_of_its_page(
    make_client: MakeClient, params: dict[str, str], insurer: str | None, about: set[str], policies: int
) -> None:
    start = make_client().get("/v1/widget", params=params).raise_for_status().json()
    assert start["insurer"] == insurer
    assert len(start["policies"]) == policies
    named = {policy.insurer for policy in (POLICY, RESTATED) for each in start["suggestions"] if policy.insurer in each}
    assert named == about
    assert len(start["suggestions"]) == 4


def test_it_speaks_english_where_the_page_does(make_client: MakeClient) -> None:
    start = make_client().get("/v1/widget", params={"lang": "en"}).json()
    assert start["suggestions"][0].startswith("What conditions")


@pytest.mark.parametrize("insurer", ["onbekend", "", "<script>", "noord"])
def test_an_insurer_that_is_not_on_file_is_a_problem_of_its_own(make_client: MakeClient, insurer: str) -> None:
    client = make_client()
    for response in (
        client.get("/v1/widget", params={"insurer": insurer}),
        client.post("/v1/answers", json={"question": "Wanneer?", "only_insurer": insurer or "x"}),
    ):
        assert response.status_code == 404
        assert response.json()["type"] == "urn:loket:problem:unknown-insurer"
        assert "<script>" not in response.text


def test_the_one_insurer_goes_to_the_assistant_by_its_own_name(
    make_client: MakeClient, assistant: FakeAssistant
) -> None:
    body = {"question": "Wanneer?", "only_insurer": "poolster", "scope": {"year": 2027}}
    make_client().post("/v1/answers", json=body).raise_for_status()
    assert assistant.calls[-1].scope == {"year": 2027, "only_insurer": "Noorderlicht"}


@pytest.mark.parametrize("method", ["POST", "DELETE", "GET", "OPTIONS"])
@pytest.mark.parametrize("origin", [FOREIGN, "null", f"{ALLOWED}.evil.example", "http://www.noorderlicht.example"])
def test_a_page_of_a_site_that_is_not_allowed_is_refused_and_may_read_why(
    make_client: MakeClient, assistant: FakeAssistant, method: str, origin: str
) -> None:
    client = make_client(allowed_origins=ALLOWED)
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST", "Content-Type": "application/json"}
    response = client.request(method, "/v1/answers", headers=headers, content=b'{"question": "Wanneer?"}')
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "urn:loket:problem:origin-not-allowed"
    assert response.headers["access-control-allow-origin"] == origin
    assert assistant.calls == []


def test_a_page_of_an_allowed_site_may_ask_and_read(make_client: MakeClient) -> None:
    client = make_client(allowed_origins=f"https://andere.example/, {ALLOWED.upper()}")
    headers = {"Origin": ALLOWED, "Access-Control-Request-Method": "POST"}
    allowed = client.options("/v1/answers/stream", headers=headers)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == ALLOWED
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert allowed.headers["access-control-allow-headers"] == "content-type"
    answer = client.post("/v1/answers", json={"question": "Wanneer?"}, headers={"Origin": ALLOWED})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == ALLOWED
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["vary"] == "Origin"


def test_a_refusal_for_too_many_questions_can_be_read_by_an_allowed_site(make_client: MakeClient) -> None:
    client = make_client(allowed_origins=ALLOWED, rate_limit=1)
    ask = {"question": "Wanneer?"}
    assert client.post("/v1/answers", json=ask, headers={"Origin": ALLOWED}).status_code == 200
    refused = client.post("/v1/answers", json=ask, headers={"Origin": ALLOWED})
    assert refused.status_code == 429
    assert refused.headers["access-control-expose-headers"] == "Retry-After"


@pytest.mark.parametrize("origin", [None, "http://testserver", "https://testserver"])
def test_the_pages_of_the_server_itself_need_no_setting(make_client: MakeClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    response = make_client().post("/v1/answers", json={"question": "Wanneer?"}, headers=headers)
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


def test_a_page_that_anyone_may_open_is_not_refused(make_client: MakeClient) -> None:
    response = make_client().get("/", headers={"Origin": FOREIGN})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize(
    ("setting", "origins"),
    [
        ("", set()),
        (" , ", set()),
        ("https://a.example", {"https://a.example"}),
        ("https://a.example/,http://localhost:8080", {"https://a.example", "http://localhost:8080"}),
        ("HTTPS://A.Example", {"https://a.example"}),
    ],
)
def test_allowed_sites_are_read_from_the_setting(setting: str, origins: set[str]) -> None:
    assert read_origins(setting) == origins


@pytest.mark.parametrize("setting", ["*", "a.example", "https://a.example/page", "https://", "null", "ftp://a.example"])
def test_what_is_no_site_is_a_wrong_setting(setting: str) -> None:
    with pytest.raises(ConfigurationError, match="LOKET_ALLOWED_ORIGINS"):
        read_origins(setting)
