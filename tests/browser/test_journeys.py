"""Ten journeys of a provider from a question to the draft of an e-mail, each by mouse and by keyboard alone.

Nothing is replaced: the bundled policies, a real server, a real browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.live_server import LiveServer
from tests.browser.chat import HANDS, WAIT_MILLISECONDS, Chat, Hand, draft_of
from tests.browser.conftest import Watched

pytestmark = pytest.mark.browser

CARESQ = "zorginkoop@caresq.nl"
AGB = "06011234"


@dataclass(frozen=True)
class Journey:
    """The first question, what is done with its answer, and what the e-mail then holds."""

    question: str
    then: Callable[[Chat, Hand], None]
    told: str
    page: str = "/"
    mailbox: str = CARESQ


def ask(chat: Chat, hand: Hand, question: str) -> None:
    count = chat.asked.count()
    hand.write(chat.input, question)
    hand.press(chat.root.get_by_role("button", name="Vraag stellen"))
    answered(chat, count + 1)


def answered(chat: Chat, count: int) -> None:
    expect(chat.asked).to_have_count(count)
    expect(chat.answers).to_have_count(count)


def to_the_calendar(chat: Chat, hand: Hand) -> None:
    expect(chat.last.locator(".date-day")).to_contain_text("vrijdag 7 november 2025")
    with chat.page.expect_download() as saved:
        hand.press(chat.button("Zet in agenda"))
    content = saved.value.path().read_text("utf-8")
    assert "DTSTART;VALUE=DATE:20251107" in content
    assert "SUMMARY:Uiterste tekendatum kraamzorg" in content


def to_the_passage(chat: Chat, hand: Hand) -> None:
    with chat.page.context.expect_page() as opened:
        hand.press(chat.last.get_by_role("link", name="Lees in het beleid").first)
    reading = opened.value
    expect(reading.locator("mark").first).to_be_in_viewport()
    reading.close()


def over_a_condition_not_met(chat: Chat, hand: Hand) -> None:
    item = chat.last.locator(".checklist .not_met")
    expect(item).to_contain_text("Niet voldaan")
    expect(item).to_contain_text("U noemde: openbare apotheek")
    hand.press(item.get_by_role("button", name="Bron 1"))
    expect(chat.last.locator(".source[open] blockquote").first).to_be_visible()


def by_saying_who_asks(chat: Chat, hand: Hand) -> None:
    hand.press(chat.last.get_by_role("button", name="farmaceutische zorg zonder onderhandeling"))
    answered(chat, 2)
    expect(chat.last).to_contain_text("30 september 2026")


def by_choosing_a_policy(chat: Chat, hand: Hand) -> None:
    hand.press(chat.last.get_by_role("button", name="Caresq, Geboortezorg 2026"))
    answered(chat, 2)
    expect(chat.asked.last).to_contain_text("Gekozen: Caresq, Geboortezorg 2026")
    expect(chat.last.locator(".scope")).to_contain_text("Caresq")


def by_telling_a_fact(chat: Chat, hand: Hand) -> None:
    expect(chat.last.locator(".missing")).to_contain_text("Op welke dag is de overeenkomst aangeboden?")
    expect(chat.last.locator(".missing input[type=date]")).to_be_visible()
    hand.write(chat.last.locator(".missing input"), "2026-10-12")
    hand.press(chat.last.get_by_role("button", name="Beantwoorden"))
    answered(chat, 2)
    expect(chat.last.locator(".date-day")).to_contain_text("9 november 2026")


def straight_on(chat: Chat, hand: Hand) -> None:
    expect(chat.last.locator(".badge")).to_have_text("Geen antwoord uit het beleid")


def by_asking_on(chat: Chat, hand: Hand) -> None:
    ask(chat, hand, "en waar mail ik vragen over declaraties?")
    expect(chat.last).to_contain_text("zorgverlenersloket@aevitae.com")


def by_another_year(chat: Chat, hand: Hand) -> None:
    expect(chat.last.locator(".scope .chip", has_text="2026")).to_contain_text("aangenomen")
    hand.press(chat.last.get_by_role("button", name="Wijzigen"))
    hand.choose(chat.last.get_by_label("Jaar", exact=True), "2027")
    hand.press(chat.last.get_by_role("button", name="Vraag opnieuw stellen"))
    answered(chat, 2)
    expect(chat.last).to_contain_text("2027")


def past_another_insurer(chat: Chat, hand: Hand) -> None:
    expect(chat.last).to_contain_text("Hier beantwoord ik alleen vragen over het inkoopbeleid van Caresq")
    expect(chat.last.locator(".source")).to_have_count(0)


SIGNING = "Wanneer moet ik het contract kraamzorg 2026 van Caresq uiterlijk tekenen?"
JOURNEYS = {
    "a date": Journey(SIGNING, to_the_calendar, "7 november 2025"),
    "conditions": Journey(
        "Aan welke voorwaarden moet ik voldoen voor een contract farmaceutische zorg bij Caresq in 2027?",
        to_the_passage,
        "Professionele Standaard",
    ),
    "a condition not met": Journey(
        "Krijg ik als apotheek bij Caresq in 2027 het contract voor spoedeisende zorg?",
        over_a_condition_not_met,
        "niet voor u",
    ),
    "a question back": Journey(
        "Wanneer ontvang ik een aanbod van Caresq farmacie 2027?", by_saying_who_asks, "30 september 2026"
    ),
    "which policy": Journey(
        "Binnen welke termijn moet ik reageren op het aanbod?", by_choosing_a_policy, "Geboortezorg 2026"
    ),
    "a missing fact": Journey(
        "Ik onderhandel met Caresq over farmacie 2027. Wat is mijn laatste dag om te tekenen?",
        by_telling_a_fact,
        "9 november 2026",
    ),
    "not in the policy": Journey(
        "Met hoeveel procent gaan de tarieven van Caresq farmacie in 2027 omhoog?", straight_on, "tarieven"
    ),
    "asking on": Journey(SIGNING, by_asking_on, "zorgverlenersloket@aevitae.com"),
    "another year": Journey(
        "Wanneer moet ik het contract kraamzorg van Caresq uiterlijk tekenen?", by_another_year, "2027"
    ),
    "another insurer": Journey(
        "Wat vraagt Zorg en Zekerheid van een dialysecentrum?",
        past_another_insurer,
        "Zorg en Zekerheid",
        page="/caresq",
    ),
}


@pytest.fixture
def page(browser: Browser, bundled_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    watched = Watched(page, bundled_server.url)
    page.route(
        f"{bundled_server.url}/caresq",
        lambda route: route.fulfill(
            content_type="text/html",
            body="<!doctype html><html lang=nl><title>Caresq</title><h1>Caresq</h1>"
            "<script src='/widget.js' defer data-insurer=caresq data-open=wide></script>",
        ),
    )
    yield page
    context.close()
    assert watched.faults == []


@pytest.mark.parametrize("name", JOURNEYS)
@pytest.mark.parametrize("hand", HANDS)
def test_from_a_question_to_the_draft_of_an_email(page: Page, bundled_server: LiveServer, name: str, hand: str) -> None:
    journey, by = JOURNEYS[name], HANDS[hand](page)
    page.goto(bundled_server.url + journey.page)
    chat = Chat(page)
    expect(chat.panel).to_contain_text("U spreekt met een geautomatiseerde assistent.")
    ask(chat, by, journey.question)
    journey.then(chat, by)
    by.press(chat.last.get_by_role("button", name="Mail dit"))
    by.write(chat.root.get_by_label("Uw AGB-code"), AGB)
    mailbox, subject, body = draft_of(chat.root.get_by_role("link", name="Open in uw mailprogramma"))
    assert mailbox == journey.mailbox
    assert AGB in subject
    assert "[" not in subject
    assert AGB in body
    assert chat.asked.first.locator("p").first.inner_text().rstrip("?") in body or name == "asking on"
    assert journey.told in body
