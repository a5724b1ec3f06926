"""The whole path with nothing replaced: bundled policies, real index, real HTTP, real browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.answer import Assistant
from tests.api.conftest import publish
from tests.api.live_server import LiveServer, serving
from tests.browser.chat import Chat

QUESTION = "Wat is de uiterste tekendatum voor het contract kraamzorg bij Caresq?"
SIGN_BY = "7 november 2025"


@pytest.fixture(scope="module")
def server(bundled: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    index = tmp_path_factory.mktemp("path") / "index"
    publish(index, bundled.snapshot.id)
    with serving(index, bundled, now=lambda: dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)) as live:
        yield live


def test_over_http_every_quote_can_be_read_back(server: LiveServer) -> None:
    with httpx.Client(base_url=server.url) as client:
        answer = client.post("/v1/answers", json={"question": QUESTION}).raise_for_status().json()
        assert answer["status"] == "answered"
        assert SIGN_BY in answer["text"]
        assert answer["today"] == "2025-11-03"
        for citation in answer["citations"]:
            place = f"/v1/policies/{citation['policy_id']}/passages/{citation['passage_id']}"
            passage = client.get(place).raise_for_status().json()
            assert citation["quote"] in passage["text"]
        shown = client.get(answer["citations"][0]["url"].partition("#")[0]).raise_for_status().text
        assert "<mark" in shown
        assert SIGN_BY in shown


def test_a_follow_up_keeps_its_scope(server: LiveServer) -> None:
    with httpx.Client(base_url=server.url) as client:
        first = client.post("/v1/answers", json={"question": QUESTION}).json()
        asked = {"question": "en waar mail ik vragen over declaraties?", "conversation_id": first["conversation_id"]}
        second = client.post("/v1/answers", json=asked).raise_for_status().json()
    assert second["scope"]["policy_ids"] == ["caresq-geboortezorg-2026"]
    assert "zorgverlenersloket@aevitae.com" in second["text"]


def test_search_and_a_policy_that_is_not_there(server: LiveServer) -> None:
    with httpx.Client(base_url=server.url) as client:
        found = client.get("/v1/search", params={"q": "dialysecentrum HKZ", "k": 3}).raise_for_status().json()
        answer = client.post("/v1/answers", json={"question": "Wat vraagt Menzis van een apotheek?"}).json()
    results = found["results"] if isinstance(found, dict) else found
    assert results[0]["policy_id"] == "zz-msz-2027"
    assert answer["status"] == "unanswerable_no_policy"
    assert answer["citations"] == []


@pytest.mark.browser
def test_in_the_browser_from_question_to_marked_passage(server: LiveServer, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(server.url)
    chat = Chat(page)
    chat.ask(QUESTION)
    expect(chat.answers).to_contain_text(SIGN_BY)
    link = chat.root.locator("a[href*='/policies/caresq-geboortezorg-2026']").first
    page.goto(str(link.get_attribute("href")))
    expect(page.locator("mark").first).to_be_visible()
    assert SIGN_BY in " ".join(page.locator("mark").all_inner_texts())
    page.close()
