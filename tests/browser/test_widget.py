"""The widget in a real browser: what it shows, says, keeps and sends."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, Route, expect

from assistant.guard.bsn import find_bsn
from tests.api.conftest import publish
from tests.api.fake_assistant import FakeAssistant, fake_assistant
from tests.api.live_server import serving
from tests.browser.chat import Chat, draft_of

pytestmark = pytest.mark.browser

BSN = "111222333"


def on_page(page: Page, url: str, body: str, lang: str = "nl") -> Chat:
    """A page of the server's own origin with this body."""

    def answer(route: Route) -> None:
        html = f"<!doctype html><html lang={lang}><title>Proef</title><h1>Proef</h1>{body}"
        route.fulfill(content_type="text/html", body=html)

    page.route(f"{url}/proef*", answer)
    page.goto(f"{url}/proef")
    return Chat(page)


def test_before_the_first_question_it_says_what_it_is_and_how_to_reach_a_person(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.open()
    expect(chat.panel).to_contain_text("U spreekt met een geautomatiseerde assistent.")
    expect(chat.panel).to_contain_text("Liever een medewerker?")
    expect(chat.root.locator(".suggestions .choice")).to_have_count(4)


def test_it_opens_at_once_where_the_screen_is_wide_and_takes_no_focus(browser: Browser, url: str) -> None:
    for width, is_open in ((1280, True), (1000, False)):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(url)
        chat = Chat(page)
        expect(chat.panel if is_open else chat.launcher).to_be_visible()
        assert page.evaluate("document.activeElement === document.body")
        page.close()


def test_opening_takes_the_focus_and_escape_gives_it_back(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.launcher.focus()
    page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    expect(chat.launcher).to_be_hidden()
    page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()
    chat.launcher.click()
    chat.button("Sluiten").click()
    expect(chat.launcher).to_be_focused()


def test_an_answer_has_its_sources_checklist_date_and_scope(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer moet ik tekenen?")
    expect(chat.last.locator("strong", has_text="uiterlijk 13 november 2026")).to_be_visible()
    expect(chat.last.locator(".date")).to_contain_text("vrijdag 13 november 2026")
    expect(chat.last.locator(".checklist li.met")).to_contain_text("Voldaan")
    expect(chat.last.locator(".checklist li.undecided")).to_contain_text("Nog niet bekend")
    expect(chat.last.locator(".notices")).to_contain_text("Dit beleid geldt voor contractjaar 2027.")
    expect(chat.last.locator(".scope")).to_contain_text("2027 (aangenomen)")
    source = chat.last.locator(".source").nth(1)
    expect(source).to_contain_text("Noorderlicht · 2027 · 2.2 Voorwaarden · p. 2")
    expect(source.locator("blockquote")).to_be_hidden()
    chat.last.locator(".prose .mark").last.click()
    expect(source.locator("blockquote")).to_be_visible()
    expect(source.locator("summary")).to_be_focused()
    chat.last.get_by_text("Hoe dit berekend is").click()
    expect(chat.last).to_contain_text("Van vandaag tot en met 13 november 2026.")
    with page.context.expect_page() as opened:
        source.get_by_role("link", name="Lees in het beleid").click()
    expect(opened.value.locator("mark").first).to_be_in_viewport()
    opened.value.close()


def test_evidence_and_results_are_there_before_the_words_and_the_words_as_they_come(
    page: Page, url: str, assistant: FakeAssistant
) -> None:
    assistant.hold = threading.Event()
    page.goto(url)
    chat = Chat(page)
    chat.open()
    chat.input.fill("Wanneer, in woorden?")
    chat.input.press("Enter")
    expect(chat.coming.locator(".found")).to_contain_text("Inkoopbeleid Fysiotherapie 2027")
    expect(chat.coming.locator(".computed")).to_contain_text("Nog 14 dagen.")
    expect(chat.coming.locator(".prose")).to_have_text("U tekent op tijd [1].")
    assistant.hold.set()
    expect(chat.answers).to_have_count(1)
    expect(chat.coming).to_have_count(0)


def test_a_screen_reader_hears_that_it_is_busy_and_the_answer_once(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.open()
    page.evaluate(
        """() => { window.heard = [];
          const live = document.querySelector("loket-chat").shadowRoot.querySelector("[role=status]");
          new MutationObserver(() => { if (live.textContent) window.heard.push(live.textContent); })
            .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )
    chat.ask("Wanneer, in woorden?")
    expect(chat.root.get_by_role("status")).to_contain_text("2 bronnen.")
    page.wait_for_timeout(200)
    heard: list[str] = page.evaluate("window.heard")
    assert [said for said in heard if "13 november" in said] == heard[-1:]
    assert not [said for said in heard if "op tijd" in said]
    assert not re.search(r"[*\[]", heard[-1])
    assert chat.root.locator("[aria-live], [role=log], [role=alert]").count() == 1


def test_a_choice_is_asked_with_its_scope_and_holds_for_what_follows(
    page: Page, url: str, assistant: FakeAssistant
) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("welke voorwaarden?")
    chat.button("Inkoopbeleid Logopedie 2026 (Zuiderzon)").click()
    expect(chat.answers).to_have_count(2)
    chat.ask("En daarna?")
    chosen = {"insurer": "Zuiderzon", "year": 2026}
    assert [call.scope for call in assistant.calls] == [None, chosen, chosen]
    assert [call.question for call in assistant.calls] == ["welke voorwaarden?", "welke voorwaarden?", "En daarna?"]
    assert len(assistant.calls[2].history) == 4
    expect(chat.answers.first.locator(".choice").first).to_be_disabled()


def test_a_fact_is_sent_in_words_with_the_question_that_it_belongs_to(
    page: Page, url: str, assistant: FakeAssistant
) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer?")
    chat.last.locator(".missing input").fill("drie")
    chat.button("Beantwoorden").click()
    expect(chat.answers).to_have_count(2)
    assert assistant.calls[1].question == "Wanneer? aantal behandelkamers drie."
    expect(chat.asked.last).to_have_text(re.compile("aantal behandelkamers drie$"))
    expect(chat.answers.first.locator(".missing")).to_have_count(0)


def test_a_chip_can_be_taken_away_and_changed(page: Page, url: str, assistant: FakeAssistant) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer?")
    expect(chat.last.locator(".chip", has_text="fysiotherapie").get_by_role("button")).to_have_count(0)
    chat.button("Jaar 2027 weglaten en opnieuw vragen").click()
    expect(chat.answers).to_have_count(2)
    assert assistant.calls[1].scope == {"insurer": "Noorderlicht", "care": "fysiotherapie"}
    assert assistant.calls[1].history == ()
    chat.button("Wijzigen").click()
    chat.last.get_by_label("Jaar", exact=True).select_option("2026")
    chat.last.get_by_label("Zorgverzekeraar", exact=True).select_option("Zuiderzon")
    chat.button("Vraag opnieuw stellen").click()
    expect(chat.answers).to_have_count(3)
    assert assistant.calls[2].scope == {"insurer": "Zuiderzon", "care": "fysiotherapie", "year": 2026}
    chat.button("Wijzigen").click()
    chat.button("Vraag aanpassen").click()
    expect(chat.input).to_be_focused()
    expect(chat.input).to_have_value("Wanneer?")


def test_the_conversation_goes_on_after_a_change_of_page_and_can_be_started_again(
    page: Page, url: str, assistant: FakeAssistant
) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer?")
    page.goto(f"{url}/?lang=nl#policies")
    expect(chat.panel).to_be_visible()
    expect(chat.last.locator(".source")).to_have_count(2)
    expect(chat.last.locator(".scope")).to_be_visible()
    chat.ask("En daarna?")
    assert len(assistant.calls[1].history) == 2
    with page.expect_request(lambda asked: asked.method == "DELETE") as forgotten:
        chat.button("Opnieuw beginnen").click()
    assert "/v1/conversations/" in forgotten.value.url
    expect(chat.root.locator(".thread li")).to_have_count(0)
    expect(chat.root.locator(".suggestions")).to_be_visible()
    expect(chat.input).to_be_focused()
    chat.ask("Opnieuw?")
    assert assistant.calls[2].history == ()


def test_another_tab_starts_a_conversation_of_its_own(page: Page, url: str) -> None:
    page.goto(url)
    Chat(page).ask("Wanneer?")
    other = page.context.new_page()
    other.goto(url)
    chat = Chat(other)
    chat.open()
    expect(chat.answers).to_have_count(0)
    other.close()


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        "null",
        '{"turns": [{"answer": {}}]}',
        '{"turns": [{"question": "a", "answer": {"status": "answered", "citations": 1}}]}',
        '{"turns": [null]}',
    ],
)
def test_what_was_tampered_with_starts_clean(page: Page, url: str, kept: str) -> None:
    page.goto(url)
    page.evaluate("([name, kept]) => sessionStorage.setItem(name, kept)", [f"loket:{url}:", kept])
    page.reload()
    chat = Chat(page)
    chat.open()
    expect(chat.root.locator(".suggestions")).to_be_visible()
    expect(chat.root.locator(".thread li")).to_have_count(0)
    chat.ask("Wanneer?")
    expect(chat.answers).to_have_count(1)


def test_waiting_is_shown_and_a_second_question_waits(page: Page, url: str, assistant: FakeAssistant) -> None:
    assistant.hold = threading.Event()
    page.goto(url)
    chat = Chat(page)
    chat.open()
    chat.root.locator(".suggestions .choice").first.click()
    expect(chat.coming).to_contain_text("Wij zoeken het antwoord")
    chat.input.fill("Nog een vraag")
    chat.input.press("Enter")
    expect(chat.asked).to_have_count(1)
    expect(chat.input).to_have_value("Nog een vraag")
    assistant.hold.set()
    expect(chat.answers).to_have_count(1)


def test_a_failure_keeps_the_question_and_can_be_tried_again(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("kapot")
    expect(chat.failed).to_contain_text("Er ging iets mis. Probeer het later opnieuw.")
    expect(chat.input).to_have_value("kapot")
    chat.button("Opnieuw proberen").click()
    expect(chat.coming).to_have_count(0)
    expect(chat.failed).to_have_count(1)
    chat.ask("Wanneer?")
    expect(chat.answers).to_have_count(1)
    expect(chat.failed).to_have_count(0)
    expect(chat.asked).to_have_count(1)


def test_who_asks_too_much_hears_when_to_come_back(browser: Browser, tmp_path: Path) -> None:
    publish(tmp_path / "index", "snap-1")
    with serving(tmp_path / "index", fake_assistant(), rate_limit=1) as server:
        page = browser.new_page()
        page.goto(server.url)
        chat = Chat(page)
        chat.ask("Wanneer?")
        chat.ask("Wanneer?")
        expect(chat.failed).to_contain_text("U stelt nu te veel vragen achter elkaar.")
        expect(chat.failed).to_contain_text(re.compile(r"over \d+ seconden opnieuw"))
        expect(chat.button("Opnieuw proberen")).to_be_disabled()
        page.close()


def test_a_busy_server_is_told_and_can_be_asked_again(browser: Browser, tmp_path: Path) -> None:
    publish(tmp_path / "index", "snap-1")
    assistant = fake_assistant()
    assistant.hold = threading.Event()
    with serving(tmp_path / "index", assistant, answers_at_once=1, queue=0) as server:
        first, second = browser.new_page(), browser.new_page()
        for page in (first, second):
            page.goto(server.url)
        chat = Chat(first)
        chat.open()
        chat.input.fill("Wanneer?")
        chat.input.press("Enter")
        assert assistant.started.acquire(timeout=60)
        refused = Chat(second)
        refused.ask("Wanneer?")
        expect(refused.failed).to_contain_text("Het is nu erg druk. U kunt het over 2 seconden opnieuw proberen.")
        assistant.hold.set()
        expect(chat.answers).to_have_count(1)
        refused.button("Opnieuw proberen").click()
        expect(refused.answers).to_have_count(1)
        for page in (first, second):
            page.close()


def test_offline_is_told_and_passes(browser: Browser, url: str) -> None:
    page = browser.new_page()
    page.goto(url)
    chat = Chat(page)
    chat.open()
    page.context.set_offline(True)
    expect(chat.panel.get_by_text("U bent offline.")).to_be_visible()
    chat.ask("Wanneer?")
    expect(chat.failed).to_contain_text("geen verbinding")
    page.context.set_offline(False)
    expect(chat.panel.get_by_text("U bent offline.")).to_be_hidden()
    chat.button("Opnieuw proberen").click()
    expect(chat.answers).to_have_count(1)
    page.close()


def test_a_citizen_service_number_never_leaves_the_browser(page: Page, url: str, assistant: FakeAssistant) -> None:
    page.goto(url)
    chat = Chat(page)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.url} {asked.post_data or ''}"))
    chat.ask(f"Mijn patiënt heeft nummer {BSN}, mag dat?")
    expect(chat.panel.get_by_text("Laat dat weg")).to_be_visible()
    expect(chat.input).to_be_focused()
    expect(chat.input).to_have_value(f"Mijn patiënt heeft nummer {BSN}, mag dat?")
    assert assistant.calls == []
    assert not [each for each in sent if BSN in each]
    assert BSN not in page.evaluate("JSON.stringify(sessionStorage)")
    chat.input.fill("Wanneer?")
    expect(chat.panel.get_by_text("Laat dat weg")).to_be_hidden()
    chat.input.press("Enter")
    expect(chat.answers).to_have_count(1)


NUMBERS = [
    *(
        f"{before}{number}"
        for before in ("", "bsn ", "BSN: ", "nummer ")
        for number in (BSN, "1112.22.333", "111 222 333")
    ),
    *("agb 06011234", "AGB-code 111222333", "kvk 111222333", "KvK-nummer: 111222333", "tel. 111222333", "€ 111222333"),
    *("111222334", "123456789", "11122233", "1112223330", "0612345678", "111.222.333,00", "polis 111222333", "2026"),
    *("declaratienummer 111222333", "bsn 11122233", "factuur 111222333", "000000000", "NL111222333B01"),
]


def test_the_browser_knows_a_citizen_service_number_as_the_server_does(page: Page, url: str) -> None:
    page.goto(url)
    held = page.evaluate(
        "async (texts) => { const { holdsBsn } = await import('/static/widget/bsn.js'); return texts.map(holdsBsn); }",
        NUMBERS,
    )
    assert dict(zip(NUMBERS, held, strict=True)) == {text: any(find_bsn(text)) for text in NUMBERS}


def test_the_email_is_drafted_here_and_holds_the_code_only_when_it_is_one(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("wat voor weer?")
    chat.button("Mail dit").click()
    code, link = chat.root.get_by_label("Uw AGB-code"), chat.root.get_by_role("link", name="Open in uw mailprogramma")
    expect(code).to_be_focused()
    assert draft_of(link)[:2] == ("inkoop@noorderlicht.example", "Vraag & antwoord")
    code.fill("123")
    expect(chat.panel.get_by_text("Een AGB-code heeft acht cijfers.")).to_be_visible()
    code.fill("06 01.1234")
    expect(chat.panel.get_by_text("Een AGB-code heeft acht cijfers.")).to_be_hidden()
    chat.button("Mail dit").click()
    expect(code).to_have_count(0)


def test_an_answer_is_copied_with_its_sources(browser: Browser, url: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer?")
    chat.button("Kopieer met bronnen").click()
    expect(chat.panel.get_by_text("Gekopieerd")).to_be_visible()
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Vraag: Wanneer?")
    assert "[2] Inkoopbeleid Fysiotherapie 2027, Noorderlicht · 2027 · 2.2 Voorwaarden · p. 2" in copied
    assert f"{url}/policies/noorderlicht-fysio-2027?passage=" in copied
    assert "**" not in copied
    context.close()


def test_a_verdict_goes_with_its_reasons_and_is_thanked_for(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    chat.ask("Wanneer?")
    chat.button("Dit antwoord helpt niet").click()
    chat.root.get_by_label("Het is niet volledig").check()
    chat.root.get_by_label("Toelichting").fill("De datum ontbreekt.")
    with page.expect_request("**/v1/feedback") as sent:
        chat.button("Versturen").click()
    body = json.loads(sent.value.post_data or "")
    assert body.pop("conversation_id")
    assert body.pop("receipt_id")
    assert body == {
        "verdict": "bad",
        "reasons": ["incomplete"],
        "comment": "De datum ontbreekt.",
    }
    expect(chat.last.locator(".told")).to_be_visible()
    expect(chat.root.get_by_label("Toelichting")).to_have_count(0)


def test_it_speaks_english_where_the_page_does_and_when_asked(page: Page, url: str, assistant: FakeAssistant) -> None:
    page.goto(f"{url}/?lang=en")
    chat = Chat(page)
    expect(chat.launcher).to_have_text("Ask about care purchasing")
    chat.ask("When?")
    expect(chat.panel).to_have_attribute("lang", "en")
    assert assistant.calls[0].language == "en"
    expect(chat.last.get_by_role("link", name="Read in the policy").first).to_have_attribute(
        "href", re.compile("lang=en")
    )
    chat.button("Verder in het Nederlands").click()
    expect(chat.panel).to_have_attribute("lang", "nl")
    expect(chat.last.get_by_role("link", name="Lees in het beleid").first).to_be_visible()
    expect(chat.button("Switch to English")).to_be_focused()
    chat.ask("Wanneer?")
    assert assistant.calls[1].language is None


def test_the_script_tag_makes_the_element_with_what_it_says(page: Page, url: str, assistant: FakeAssistant) -> None:
    tag = f"<script src='{url}/widget.js' defer data-insurer=poolster data-care=logopedie data-year=2027></script>"
    chat = on_page(page, url, tag)
    chat.ask("Wanneer?")
    assert assistant.calls[0].scope == {"year": 2027, "care": "logopedie", "only_insurer": "Noorderlicht"}
    expect(chat.panel).to_contain_text("Zorginkoopbeleid van Noorderlicht")
    expect(chat.last.locator(".chip", has_text="Noorderlicht").get_by_role("button")).to_have_count(0)
    chat.button("Wijzigen").click()
    expect(chat.last.get_by_label("Zorgverzekeraar", exact=True)).to_have_count(0)


def test_an_element_in_the_page_is_the_only_one(page: Page, url: str, assistant: FakeAssistant) -> None:
    chat = on_page(
        page, url, f"<loket-chat insurer=zuiderzon open></loket-chat><script src='{url}/widget.js' defer></script>"
    )
    expect(chat.panel).to_be_visible()
    assert chat.root.count() == 1
    page.evaluate("document.querySelector('loket-chat').ask('Wanneer?')")
    expect(chat.answers).to_have_count(1)
    assert assistant.calls[0].scope == {"only_insurer": "Zuiderzon"}
    page.evaluate("document.querySelector('loket-chat').close()")
    expect(chat.launcher).to_be_focused()


def test_an_insurer_that_the_server_does_not_know_is_told(page: Page, url: str) -> None:
    chat = on_page(page, url, f"<script src='{url}/widget.js' defer data-insurer=onbekend></script>")
    chat.open()
    expect(chat.panel).to_contain_text("De assistent is hier niet beschikbaar")
    expect(chat.panel).to_contain_text("Van deze zorgverzekeraar is hier geen inkoopbeleid bekend.")
    expect(chat.input).to_be_hidden()


def test_a_site_sets_its_own_colours_and_type_and_nothing_else_leaks_in(page: Page, url: str) -> None:
    styles = "<style>loket-chat { --loket-accent: rgb(120, 0, 80); --loket-font: monospace } button { display: none }"
    chat = on_page(
        page,
        url,
        f"{styles} html {{ font-size: 8px }} body {{ color: red }}</style>"
        f"<loket-chat theme=dark></loket-chat><script src='{url}/widget.js' defer></script>",
    )
    style = "(node, name) => getComputedStyle(node)[name]"
    assert chat.launcher.evaluate(style, "backgroundColor") == "rgb(120, 0, 80)"
    assert chat.launcher.evaluate(style, "fontFamily") == "monospace"
    assert chat.launcher.evaluate(style, "fontSize") == "16px"
    chat.open()
    assert chat.panel.evaluate(style, "backgroundColor") == "rgb(17, 23, 24)"
    assert chat.panel.evaluate(style, "color") == "rgb(231, 237, 234)"


def test_a_question_of_the_page_goes_to_the_widget(page: Page, url: str) -> None:
    page.goto(url)
    chat = Chat(page)
    page.locator("[data-question]").first.click()
    expect(chat.answers).to_have_count(1)
    expect(chat.input).to_be_focused()
    assert "?q=" not in page.url


def test_without_script_a_question_is_answered_and_read_back(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    page.get_by_label("Uw vraag").fill("Wanneer moet ik tekenen?")
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.locator(".answer strong")).to_have_text("uiterlijk 13 november 2026")
    page.get_by_role("link", name=re.compile("Lees in het beleid")).last.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    context.close()


def test_a_date_is_an_event_that_a_calendar_reads(page: Page, url: str) -> None:
    page.goto(url)
    text = page.evaluate(
        """async () => { const { calendarEvent } = await import('/static/widget/agenda.js');
          return calendarEvent({ id: "a.b@inkooploket", day: "2026-12-31", title: "Tekenen; één, twee – drie",
            text: `${"Zorg – en zekerheid, ".repeat(12)}\\nregel`,
            url: "https://loket.example/policies/a?passage=a%3A1#a" }); }"""
    )
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    event = Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == "Tekenen; één, twee – drie"
    assert (event["DTSTART"].dt.isoformat(), event["DTEND"].dt.isoformat()) == ("2026-12-31", "2027-01-01")
    assert str(event["DESCRIPTION"]).endswith("zekerheid, \nregel")
    assert str(event["UID"]) == "a.b@inkooploket"
