"""A hundred hostile strings on every screen: nothing runs, nothing is made of them, no request leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.turn import Answer
from knowledge.records import PolicyText
from tests.api.conftest import NOW, publish
from tests.api.fake_assistant import POLICY, FakeAssistant, FakeSnapshot, citation, policy_text
from tests.api.live_server import LiveServer, serving
from tests.browser.chat import Chat
from tests.browser.conftest import Watched
from tests.browser.hostile import HOSTILE

pytestmark = pytest.mark.browser

BATCH = 10
MADE = "img, script, iframe, object, embed, video, style, link, base, meta, math, marquee, form form, b"


def hostile_policy(text: str) -> PolicyText:
    """A policy of which the title, a heading, a table cell, the file and the labels are `text`."""
    held = policy_text(POLICY)
    body = held.text.replace("Tekenen", text[:40].replace("\n", " ").replace("\t", " ").ljust(7)[:7], 1)
    policy = held.policy.model_copy(
        update={"title": text, "insurer": text, "labels": (text,), "source": text, "file": text, "version": text}
    )
    sections = tuple(section.model_copy(update={"title": text, "path": (text,)}) for section in held.sections)
    return held.model_copy(update={"policy": policy, "sections": sections, "text": body})


class HostileAssistant(FakeAssistant):
    """Puts the question into every field of the answer."""

    def _answer(self, question: str, today: object, scope: object) -> Answer:
        quoted = citation(self.snapshot.texts[POLICY.id], 5, 1).model_copy(
            update={
                **dict.fromkeys(("quote", "policy_title", "insurer", "section", "page_label"), question),
                "heading_path": (question,),
                "url": question,
            }
        )
        criterion = dict.fromkeys(("name", "verdict", "needs", "given", "distance", "note"), question)
        told = dict.fromkeys(("rule", "title", "value", "sentence"), question)
        result = told | {
            "verdict": "undecided",
            "unit": "date",
            "missing": [{"name": question, "ask": question}],
            "steps": [question],
            "criteria": [criterion | {"citation": 1}],
            "citations": [1],
        }
        return Answer.model_validate(
            {
                "status": "answered",
                "language": "nl",
                "text": f"{question} [1]",
                "today": NOW.date(),
                "citations": (quoted,),
                "results": (result,),
                "notices": (question,),
                "follow_ups": (question,),
                "scope": {"insurer": question, "care": question, "assumed": ("insurer",)},
                "clarification": {"question": question, "options": [{"label": question, "scope": {"care": question}}]},
                "handoff": {"email": question, "subject": question, "body": question},
                "receipt_id": question,
            }
        )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    index = tmp_path_factory.mktemp("hostile") / "index"
    publish(index, "snap-1")
    texts = {f"p{number}": hostile_policy(text) for number, text in enumerate(HOSTILE)}
    with serving(index, HostileAssistant(FakeSnapshot("snap-1", {POLICY.id: policy_text(POLICY)} | texts))) as live:
        yield live


@pytest.fixture
def page(browser: Browser, server: LiveServer) -> Iterator[Page]:
    """A page whose every dialog, error and request elsewhere is a fault."""
    context = browser.new_context(viewport={"width": 1000, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    watched = Watched(page, server.url)
    context.on(
        "request",
        lambda asked: watched.faults.append(asked.url) if not asked.url.startswith((server.url, "blob:")) else None,
    )
    yield page
    page.wait_for_timeout(100)
    context.close()
    assert watched.faults == []


def test_there_are_a_hundred() -> None:
    assert len(HOSTILE) == len(set(HOSTILE)) == 100


@pytest.mark.parametrize("start", range(0, len(HOSTILE), BATCH))
def test_in_the_widget_it_stays_text(page: Page, server: LiveServer, start: int) -> None:
    page.goto(server.url)
    chat = Chat(page)
    for text in HOSTILE[start : start + BATCH]:
        chat.ask(text)
        expect(chat.failed).to_have_count(0)
        assert chat.last.locator(MADE).count() == 0, text
        for sheet in ("Wijzigen", "Mail dit"):
            if chat.last.get_by_role("button", name=sheet, exact=True).count():
                chat.last.get_by_role("button", name=sheet, exact=True).click()
        links = chat.root.locator("a").evaluate_all("links => links.map((link) => link.href)")
        assert all(
            re.match(rf"{re.escape(server.url)}/(policies|v1)/|mailto:[^?&]+(\?subject=[^&]*&body=[^&]*)?$", link)
            for link in links
        ), links
        chat.last.hover()
    page.reload()
    expect(chat.answers).to_have_count(BATCH)


@pytest.mark.parametrize("start", range(0, len(HOSTILE), BATCH))
def test_on_the_pages_of_the_server_it_stays_text(page: Page, server: LiveServer, start: int) -> None:
    """As a question without script, and as title, heading, table cell, label and file name of a policy."""
    for number, text in list(enumerate(HOSTILE))[start : start + BATCH]:
        page.goto(f"{server.url}/policies/p{number}")
        assert page.locator("main").locator(MADE).count() == 0, text
        links = page.locator("main a").evaluate_all("links => links.map((link) => link.href)")
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:", "vbscript:"))], links
        page.goto(f"{server.url}/?q={quote(text, safe='')}")
        assert page.locator(".answer").locator(MADE).count() == 0, text
        links = page.locator(".answer a").evaluate_all("links => links.map((link) => link.href)")
        assert all(link.startswith((server.url, "mailto:")) for link in links), links
