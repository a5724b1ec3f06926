"""Eight journeys of a helpdesk employee from a question to the draft of an e-mail, and the states of the screen.

Each journey goes by mouse and by keyboard alone. Nothing is replaced: the bundled policies, a real server with its
store, a real browser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from api.store.tokens import TokenRole, add_token
from assistant.answer import Assistant
from tests.api.conftest import publish
from tests.api.live_server import LiveServer, serving
from tests.browser.chat import WAIT_MILLISECONDS, Chat
from tests.browser.desk import SMALL_TARGETS, TABS, Desk, faults, scroll_width

pytestmark = pytest.mark.browser

NOW = dt.datetime(2025, 10, 20, 9, tzinfo=dt.UTC)
SIGNING = "Wat is de uiterste tekendatum voor het contract kraamzorg bij Caresq?"
CONTRACT = "Krijgen wij contract A, B of C als kraamzorgaanbieder bij Caresq?"
BIRTH_CARE = "caresq-geboortezorg-2026"
BIRTH = "Inkoopbeleid Geboortezorg 2026 (Caresq, 2026)"
CATEGORICAL = "Inkoopbeleid Categorale instellingen 2026 (Caresq, 2026)"


@pytest.fixture(scope="module")
def server(bundled: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("helpdesk")
    publish(folder / "index", bundled.snapshot.id)
    database = f"sqlite:///{folder}/loket.sqlite3"
    with serving(folder / "index", bundled, now=lambda: NOW, database_url=database) as live:
        yield live


@pytest.fixture
def url(server: LiveServer) -> str:
    return server.url


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 1280, "height": 800}


@pytest.fixture(params=["mouse", "keyboard"])
def desk(page: Page, url: str, request: pytest.FixtureRequest) -> Desk:
    return Desk(page, url, request.param)


@pytest.fixture
def open_desk(page: Page, url: str) -> Desk:
    return Desk(page, url)


# Journeys


def test_look_up_and_copy_as_an_e_mail(desk: Desk, url: str) -> None:
    desk.ask(SIGNING)
    expect(desk.draft).to_contain_text("7 november 2025")
    expect(desk.cited.first).to_contain_text("Inkoopbeleid Geboortezorg 2026")
    mail, link = desk.mail()
    assert mail.startswith("Onderwerp: Uw vraag over het zorginkoopbeleid (Caresq, 2026")
    assert f"U vroeg: {SIGNING}" in mail
    assert "7 november 2025" in mail
    assert "[1] Inkoopbeleid Geboortezorg 2026 (Caresq)" in mail
    assert f"{url}/policies/{BIRTH_CARE}?passage=" in mail
    assert "geldt per 20 oktober 2025" in mail
    assert "**" not in mail
    assert "7 november 2025" in link


def test_narrow_the_scope(desk: Desk) -> None:
    desk.hand.choose(desk.page.locator("#insurer"), "Zorg en Zekerheid")
    desk.hand.choose(desk.page.locator("#year"), "2027")
    desk.ask("Wanneer moet ik tekenen?")
    expect(desk.draft.locator(".chips")).to_contain_text("Verzekeraar: Zorg en Zekerheid")
    expect(desk.found.first).to_be_visible()
    for text in desk.page.locator(".evidence .place").all_inner_texts():
        assert "Zorg en Zekerheid · 2027" in text
    mail, _ = desk.mail()
    assert "(Zorg en Zekerheid, 2027" in mail
    desk.hand.press(desk.page.get_by_role("button", name="Wis filters"))
    expect(desk.page.locator("#insurer")).to_have_value("")
    expect(desk.page.locator("#insurer")).to_be_focused()
    expect(desk.page.get_by_role("button", name="Wis filters")).to_be_hidden()


def test_read_a_passage_with_its_neighbours(desk: Desk, url: str) -> None:
    desk.ask(SIGNING)
    if desk.by_keys:
        desk.page.keyboard.press("Alt+j")
        expect(desk.cited.first).to_be_focused()
    card = desk.cited.first
    desk.hand.press(card.get_by_role("button", name="Toon omgeving"))
    expect(card.locator(".near-own mark").first).to_be_visible()
    expect(card.get_by_role("button", name="Toon omgeving")).to_have_attribute("aria-expanded", "true")
    link = card.get_by_role("link", name="Lees in het beleid").get_attribute("href") or ""
    passage_id = link.partition("#")[2].replace("%3A", ":")
    near = httpx.get(f"{url}/v1/policies/{BIRTH_CARE}/passages/{passage_id}?neighbours=1").json()
    for kind in ("before", "after"):
        shown = card.locator(f".near-{kind} .policy-words").all_inner_texts()
        assert [_letters(text) for text in shown] == [_letters(each["text"]) for each in near[kind]]
    assert "7 november 2025" in card.locator(".near-own td mark").all_inner_texts()
    assert link.partition("#")[0] in desk.mail()[0]


def _letters(text: str) -> str:
    return "".join(text.split())


def test_fill_in_a_rule_and_see_it_change(desk: Desk) -> None:
    desk.ask(CONTRACT)
    desk.open("rules")
    filtered = desk.page.locator("#rule-filter")
    desk.hand.write(filtered, "contract A, B of C")
    entry = desk.page.locator(".rule-entry")
    expect(entry).to_have_count(1)
    desk.hand.press(entry)
    expect(desk.page.locator("#rule-title")).to_be_focused()
    outcome = desk.page.locator(".outcome")
    expect(outcome).to_contain_text("nog niet bekend")

    def fact(name: str) -> Callable[[str], None]:
        return lambda value: desk.tick(desk.page.locator(f"[data-fact={name}] input[value={value}]"))

    fact("general_conditions")("true")
    expect(outcome.locator(".condition").first).to_contain_text("voldaan")
    fact("trains_carers")("true")
    desk.hand.write(desk.page.locator("[data-fact=fte_per_training_place] input"), "17,5")
    fact("ksv_member")("true")
    expect(outcome.locator(".outcome-value")).to_have_text("zorgovereenkomst A")
    fact("ksv_member")("false")
    expect(outcome.locator(".outcome-value")).to_have_text("zorgovereenkomst B")
    expect(outcome.locator(".condition").last.locator(".verdict-badge")).to_have_text("niet voldaan")
    proof = outcome.locator("details").first
    desk.hand.press(proof.locator("summary"))
    expect(proof.locator("blockquote")).to_be_visible()
    mail, link = desk.mail()
    for told in (mail, link):
        assert "U vroeg: Kraamzorgcontract A, B of C" in told
        assert "- KSV: niet voldaan" in told.replace("\r", "")
        assert f"/policies/{BIRTH_CARE}?passage=" in told
    assert "(Caresq, 2026" in mail


def test_see_what_is_due_soon(desk: Desk) -> None:
    desk.ask(SIGNING)
    desk.open("deadlines")
    desk.hand.press(desk.page.get_by_role("button", name="Binnen 30 dagen"))
    entries = desk.page.locator(".deadline")
    signing = entries.filter(has_text="vrijdag 7 november 2025").first
    expect(signing).to_contain_text("over 18 dagen")
    assert set(entries.evaluate_all("all => all.map((each) => each.className)")) == {"deadline is-soon"}
    expect(desk.page.locator(".today-line")).to_have_text("Vandaag, 20 oktober 2025")
    desk.hand.press(desk.page.get_by_role("button", name="Voorbij"))
    expect(entries.first).to_contain_text("dagen geleden")
    desk.hand.choose(desk.page.locator("#insurer"), "Zorg en Zekerheid")
    expect(desk.page.locator(".deadline", has_text="Caresq · ")).to_have_count(0)
    with desk.page.expect_download() as saved:
        desk.hand.press(desk.page.get_by_role("link", name="Zet in agenda"))
    assert b"BEGIN:VEVENT" in saved.value.path().read_bytes()
    desk.open("answer")
    assert "vrijdag 7 november 2025" in desk.mail()[0]


def test_compare_two_policies(desk: Desk) -> None:
    desk.ask(SIGNING)
    desk.open("compare")
    desk.hand.choose(desk.page.locator("#compare-older"), CATEGORICAL)
    desk.hand.choose(desk.page.locator("#compare-newer"), BIRTH)
    changes = desk.page.locator(".change")
    expect(changes.first.locator("ins, del").first).to_be_visible()
    heads = desk.page.locator(".pair-head h3")
    expect(heads.first).to_contain_text("Categorale")
    desk.hand.press(desk.page.get_by_role("button", name="vervallen"))
    expect(desk.page.locator(".kind-removed").first).to_be_visible()
    expect(desk.page.locator(".kind-added")).to_have_count(0)
    desk.hand.press(desk.page.get_by_role("button", name="Wissel om"))
    expect(heads.first).to_contain_text("Geboortezorg")
    desk.open("answer")
    assert SIGNING in desk.mail()[0]


def test_the_callers_questions_stay_until_the_next_caller(desk: Desk, url: str) -> None:
    desk.ask(SIGNING)
    desk.ask("en waar mail ik vragen over declaraties?")
    expect(desk.page.locator(".chips")).to_contain_text("Caresq")
    desk.page.reload()
    entries = desk.page.locator(".asked-entry")
    expect(entries).to_have_count(2)
    desk.hand.press(entries.first)
    expect(desk.draft.locator(".asked-line")).to_have_text(SIGNING)
    expect(entries.first).to_have_attribute("aria-current", "true")
    assert f"U vroeg: {SIGNING}" in desk.mail()[0]
    kept = desk.page.evaluate("JSON.parse(sessionStorage.getItem('loket-helpdesk-caller')).conversation")
    assert httpx.get(f"{url}/v1/conversations/{kept}").status_code == 200
    with desk.page.expect_response(lambda response: response.request.method == "DELETE"):
        if desk.by_keys:
            desk.page.keyboard.press("Alt+n")
        else:
            desk.page.get_by_role("button", name="Nieuwe beller").click()
    expect(entries).to_have_count(0)
    expect(desk.line).to_be_focused()
    expect(desk.line).to_have_value("")
    expect(desk.page.locator(".evidence .card")).to_have_count(0)
    assert desk.page.evaluate("sessionStorage.getItem('loket-helpdesk-caller')") is None
    assert httpx.get(f"{url}/v1/conversations/{kept}").status_code == 404


def test_mark_an_answer_wrong_with_the_right_passage(desk: Desk, url: str) -> None:
    desk.ask(f"{CONTRACT} ({desk.by_keys})")
    if desk.by_keys:
        desk.page.keyboard.press("Alt+x")
    else:
        desk.page.get_by_role("button", name="Klopt niet…").click()
    expect(desk.dialog.get_by_role("heading", name="Dit antwoord klopt niet")).to_be_visible()
    desk.tick(desk.dialog.locator("input[value=source]"))
    choices = desk.dialog.locator(".passage-choice input")
    expect(choices.nth(2)).to_be_attached()
    chosen = choices.nth(2).get_attribute("value")
    desk.tick(choices.nth(2))
    desk.hand.write(desk.dialog.get_by_label("Toelichting"), "Dit staat elders")
    desk.hand.press(desk.dialog.get_by_role("button", name="Zet op de beoordelingslijst"))
    expect(desk.toast).to_have_text("Het antwoord staat op de beoordelingslijst.")
    expect(desk.dialog).to_have_count(0)
    item = httpx.get(f"{url}/v1/review").json()["items"][0]
    assert (item["reasons"], item["passage_id"], item["comment"]) == (["source"], chosen, "Dit staat elders")
    assert item["question"].startswith(CONTRACT)
    desk.ask(SIGNING)
    assert "7 november 2025" in desk.mail()[0]
    desk.page.get_by_role("button", name="Nieuwe beller").click()
    expect(desk.page.locator(".asked-entry")).to_have_count(0)
    assert item["id"] in [each["id"] for each in httpx.get(f"{url}/v1/review").json()["items"]]


# Roles


def test_a_token_is_asked_for_and_an_administrator_decides(
    browser: Browser, bundled: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("roles")
    publish(folder / "index", bundled.snapshot.id)
    database = f"sqlite:///{folder}/loket.sqlite3"
    with serving(folder / "index", bundled, now=lambda: NOW, database_url=database) as live:
        tokens = {role: live.service.store.write_now(add_token, role, role, NOW) for role in _ROLES}
        page = browser.new_page()
        desk = Desk(page, live.url)
        desk.ask(SIGNING)
        desk.open("manage")
        _give(desk, "verkeerd")
        expect(desk.dialog).to_contain_text("niet (meer) geldig")
        _give(desk, tokens["helpdesk"])
        expect(page.locator("#panel-manage")).to_contain_text("De lijst is leeg.")
        desk.open("answer")
        page.get_by_role("button", name="Antwoord goedkeuren…").click()
        page.get_by_role("button", name="Keur goed").click()
        expect(page.locator(".keep-form .form-error")).to_contain_text("Uw toegangscode geeft hier geen recht op")
        page.get_by_role("button", name="Afmelden").click()
        desk.ask(SIGNING)
        page.get_by_role("button", name="Antwoord goedkeuren…").click()
        _give(desk, tokens["administrator"])
        page.locator("#kept-text").fill("Dat staat in de planning.")
        page.get_by_role("button", name="Keur goed").click()
        expect(page.locator("#toast")).to_have_text("Het goedgekeurde antwoord is bewaard.")
        kept = page.locator("section[aria-labelledby=approved-title] .card")
        expect(kept).to_contain_text(SIGNING)
        kept.get_by_role("button", name="Trek in").click()
        expect(kept).to_have_count(0)
        assert page.evaluate("JSON.stringify(localStorage)").count("loket_") == 0
        page.close()


_ROLES: tuple[TokenRole, ...] = ("helpdesk", "administrator")


def _give(desk: Desk, token: str) -> None:
    expect(desk.dialog.locator("#token")).to_be_focused()
    desk.page.keyboard.type(token)
    desk.page.keyboard.press("Enter")


BILLING = "Waar mail ik vragen over declaraties kraamzorg 2026 bij Caresq?"
MAILBOX = "zorgverlenersloket@aevitae.com"
APPROVED = f"Vragen over declaraties mailt u naar {MAILBOX}."


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_what_was_marked_wrong_becomes_an_approved_answer_that_the_widget_gives(
    browser: Browser, bundled: Assistant, tmp_path_factory: pytest.TempPathFactory, by: str
) -> None:
    folder = tmp_path_factory.mktemp("approved")
    publish(folder / "index", bundled.snapshot.id)
    with serving(folder / "index", bundled, now=lambda: NOW, database_url=f"sqlite:///{folder}/loket.sqlite3") as live:
        token = live.service.store.write_now(add_token, "bo", "administrator", NOW)
        page = browser.new_page(reduced_motion="reduce")
        page.set_default_timeout(WAIT_MILLISECONDS)
        desk = Desk(page, live.url, by)
        desk.ask(BILLING)
        passage = _passage_that_says(live.url, MAILBOX)
        desk.press("Klopt niet…")
        desk.tick(desk.dialog.locator(f".passage-choice input[value='{passage}']"))
        desk.press("Zet op de beoordelingslijst")
        _give(desk, token)
        expect(desk.toast).to_have_text("Het antwoord staat op de beoordelingslijst.")
        desk.open("manage")
        desk.hand.press(page.get_by_role("button", name="Beoordeel…").first)
        expect(desk.dialog.locator("input:checked")).to_have_value(passage)
        desk.press("Goedkeuren")
        expect(page.locator(".review-item")).to_have_count(0)
        desk.press("Goedgekeurd")
        desk.press("Antwoord goedkeuren…")
        expect(page.locator("#kept-title")).to_be_focused()
        page.locator("#kept-text").fill("Mail naar iemand@elders.example.")
        desk.press("Keur goed")
        expect(page.locator(".keep-form .form-error")).to_contain_text("staat niet in de passages")
        page.locator("#kept-text").fill(APPROVED)
        desk.press("Keur goed")
        expect(page.locator("#approved-title")).to_be_focused()
        expect(page.locator("section[aria-labelledby=approved-title] .card")).to_contain_text(APPROVED)
        page.goto(live.url)
        chat = Chat(page)
        chat.ask(BILLING)
        expect(chat.last.locator(".prose")).to_contain_text(APPROVED)
        expect(chat.last.locator(".notices")).to_contain_text("goedgekeurd door de helpdesk")
        quote = chat.last.locator(".source[open] blockquote").inner_text()
        policy = httpx.get(f"{live.url}/v1/policies/{BIRTH_CARE}/passages/{passage}").json()["text"]
        assert MAILBOX in quote
        assert all(line.strip() in policy for line in quote.splitlines())
        for other in (BILLING.replace("2026", "2027"), BILLING.replace("kraamzorg", "farmacie")):
            chat.ask(other)
            expect(chat.last.locator(".notices", has_text="goedgekeurd door de helpdesk")).to_have_count(0)
        page.close()


def _passage_that_says(url: str, words: str) -> str:
    found = httpx.get(f"{url}/v1/search", params={"q": BILLING, "k": 10}).json()["results"]
    passage: str = next(
        each["passage_id"] for each in found if each["policy_id"] == BIRTH_CARE and words in each["text"]
    )
    return passage


def test_an_administrator_decides_of_what_was_marked_wrong(open_desk: Desk, url: str) -> None:
    """Loopback alone is the helpdesk, which reads the list and may not decide."""
    open_desk.ask(CONTRACT)
    open_desk.page.get_by_role("button", name="Klopt niet…").click()
    open_desk.dialog.get_by_role("button", name="Zet op de beoordelingslijst").click()
    expect(open_desk.dialog).to_have_count(0)
    open_desk.open("manage")
    open_desk.page.get_by_role("button", name="Beoordeel…").first.click()
    expect(open_desk.dialog.locator(".passage-choice").nth(1)).to_be_visible()
    open_desk.dialog.get_by_role("button", name="Afwijzen").click()
    expect(open_desk.page.locator("#token")).to_be_focused()
    open_desk.page.keyboard.press("Escape")
    expect(open_desk.dialog.locator(".form-error")).to_contain_text("geen recht")


# States


def test_waiting_is_shown_where_the_answer_comes(open_desk: Desk) -> None:
    held: list[Route] = []
    open_desk.page.route("**/v1/answers", lambda route: held.append(route))  # noqa: PLW0108 - playwright takes no built-in
    open_desk.line.fill(SIGNING)
    open_desk.page.keyboard.press("Enter")
    expect(open_desk.draft.locator(".waiting-lines")).to_be_visible()
    expect(open_desk.found.first).to_be_visible()  # what the search found does not wait for the answer
    held[0].continue_()
    expect(open_desk.draft).to_contain_text("7 november 2025")


def test_a_screen_reader_hears_the_answer_once(open_desk: Desk) -> None:
    page = open_desk.page
    page.evaluate(
        """() => { window.heard = [];
          const live = document.getElementById("live");
          new MutationObserver(() => { if (live.textContent) window.heard.push(live.textContent); })
            .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )
    open_desk.ask(SIGNING)
    expect(page.locator("#live")).to_contain_text("Bronnen: 2.")
    page.wait_for_timeout(200)
    heard: list[str] = page.evaluate("window.heard")
    assert [said for said in heard if "7 november 2025" in said] == heard[-1:]
    assert page.locator("[aria-live], [role=status], [role=log], output").count() == 1


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (503, {"Retry-After": "3"}, "Het is druk. Probeer het over 3 seconden opnieuw."),
        (500, {}, "Het is druk."),
        (422, {}, "Te lang."),
    ],
)
def test_a_refusal_is_told_and_can_be_tried_again(
    open_desk: Desk, status: int, headers: dict[str, str], told: str
) -> None:
    errors = [{"field": "question", "message": "Te lang."}] if status == 422 else []
    open_desk.page.route(
        "**/v1/answers",
        lambda route: route.fulfill(
            status=status, headers=headers, json={"type": "urn:x", "detail": "Het is druk.", "errors": errors}
        ),
    )
    open_desk.line.fill(SIGNING)
    open_desk.page.keyboard.press("Enter")
    expect(open_desk.draft.locator(".refused")).to_contain_text(told)
    expect(open_desk.page.locator("#cited")).to_contain_text("De passages waarop het antwoord berust, staan hier.")
    expect(open_desk.found.first).to_be_visible()
    open_desk.page.unroute("**/v1/answers")
    open_desk.page.get_by_role("button", name="Probeer opnieuw").click()
    expect(open_desk.draft).to_contain_text("7 november 2025")


def test_offline_is_told_and_what_is_there_stays(open_desk: Desk, context: BrowserContext) -> None:
    open_desk.ask(SIGNING)
    context.set_offline(True)
    expect(open_desk.page.locator("#offline")).to_be_visible()
    expect(open_desk.draft).to_contain_text("7 november 2025")
    open_desk.line.fill("Nog een vraag?")
    open_desk.page.keyboard.press("Enter")
    expect(open_desk.draft.locator(".refused")).to_contain_text("geen verbinding")
    context.set_offline(False)
    expect(open_desk.page.locator("#offline")).to_be_hidden()


def test_a_question_that_no_policy_answers_says_so(open_desk: Desk) -> None:
    open_desk.ask("Wat vraagt Menzis van een apotheek?")
    expect(open_desk.draft.locator(".no-answer")).to_have_text("Geen antwoord uit het beleid")
    expect(open_desk.page.locator("#cited")).to_contain_text("berust niet op een passage")


def test_without_the_comparison_the_contents_stand_side_by_side(open_desk: Desk) -> None:
    open_desk.page.route("**/v1/changes**", lambda route: route.fulfill(status=404, json={"type": "urn:x"}))
    open_desk.open("compare")
    open_desk.page.select_option("#compare-older", index=1)
    open_desk.page.select_option("#compare-newer", index=2)
    expect(open_desk.page.locator(".missing-note")).to_contain_text("wat binnen de paragrafen verschilt, ontbreekt")
    expect(open_desk.page.locator(".plain-contents")).to_have_count(2)


def test_a_fact_that_does_not_fit_is_told_at_its_field(open_desk: Desk) -> None:
    open_desk.open("rules")
    open_desk.page.locator("#rule-filter").fill("contract A, B of C")
    open_desk.page.locator(".rule-entry").click()
    field = open_desk.page.locator("[data-fact=fte_per_training_place] input")
    field.fill("veel")
    expect(field).to_have_attribute("aria-invalid", "true")
    told = open_desk.page.locator(f"#{field.get_attribute('aria-describedby')}")
    expect(told).to_contain_text("getal")
    field.fill("12")
    expect(told).to_be_hidden()


def test_the_rule_of_an_answer_opens_with_what_was_told(open_desk: Desk) -> None:
    open_desk.ask(CONTRACT)
    open_desk.page.get_by_role("button", name="Open als formulier").first.click()
    expect(open_desk.page.locator("#rule-title")).to_have_text("Kraamzorgcontract A, B of C")


def test_a_fact_that_is_asked_back_is_filled_in_by_its_answer(open_desk: Desk) -> None:
    open_desk.ask(CONTRACT)
    open_desk.draft.get_by_role("button", name="Ja", exact=True).click()
    expect(open_desk.page.locator("#rule-title")).to_have_text("Kraamzorgcontract A, B of C")
    expect(open_desk.page.locator("[data-fact=trains_carers] input[value=true]")).to_be_checked()
    expect(open_desk.page.locator("#panel-rules .verdict-badge").nth(2)).to_have_text("voldaan")


def test_the_day_that_is_chosen_counts(open_desk: Desk) -> None:
    open_desk.page.locator("#today").fill("2025-06-02")
    open_desk.ask(SIGNING)
    expect(open_desk.draft.locator(".chips")).to_contain_text("Peildatum: 2 juni 2025")
    open_desk.open("deadlines")
    expect(open_desk.page.locator(".today-line")).to_have_text("Vandaag, 2 juni 2025")


def test_single_keys_can_be_turned_off(open_desk: Desk) -> None:
    page = open_desk.page
    page.locator("#tab-answer").focus()
    page.keyboard.press("/")
    expect(open_desk.line).to_be_focused()
    page.keyboard.type("/?")
    expect(open_desk.line).to_have_value("/?")
    page.locator("#tab-answer").focus()
    page.keyboard.press("?")
    expect(open_desk.dialog).to_contain_text("Sneltoetsen")
    page.get_by_label("Gebruik ook de toetsen").uncheck()
    page.keyboard.press("Escape")
    page.locator("#tab-answer").focus()
    page.keyboard.press("?")
    expect(open_desk.dialog).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#tab-answer")).to_be_focused()


def test_a_tab_that_was_tampered_with_starts_clean(page: Page, url: str) -> None:
    Desk(page, url)
    for kept in ("{", "[]", '{"asked": [{"question": "a"}]}', '{"asked": [{"question": "a", "answer": {}}]}'):
        page.evaluate("kept => sessionStorage.setItem('loket-helpdesk-caller', kept)", kept)
        page.reload()
        expect(page.locator("#asked-none")).to_be_visible()


def test_the_screen_speaks_english_when_asked(page: Page, url: str) -> None:
    page.goto(f"{url}/helpdesk?lang=en")
    page.get_by_role("searchbox", name="The caller's question").fill("When must I sign for maternity care at Caresq?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copy as e-mail")).to_be_visible()
    assert "lang=en" in (page.locator("#cited a").first.get_attribute("href") or "")


def test_without_script_the_page_says_where_to_ask(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/helpdesk")
    expect(page.get_by_text("De helpdesk werkt alleen met JavaScript")).to_be_visible()
    context.close()


# For everyone


def _answered(desk: Desk) -> None:
    desk.ask(CONTRACT)
    desk.cited.first.get_by_role("button", name="Toon omgeving").click()
    expect(desk.page.locator(".near-own")).to_be_visible()


def _refused(desk: Desk) -> None:
    desk.page.route("**/v1/answers", lambda route: route.fulfill(status=500, json={}))
    desk.line.fill("kapot")
    desk.page.keyboard.press("Enter")
    expect(desk.draft.locator(".refused")).to_be_visible()


def _rule(desk: Desk) -> None:
    test_a_fact_that_does_not_fit_is_told_at_its_field(desk)
    desk.page.locator("[data-fact=ksv_member] input[value=true]").check()
    expect(desk.page.locator(".condition.is-met")).to_have_count(2)


def _deadlines(desk: Desk) -> None:
    desk.open("deadlines")
    desk.page.get_by_role("button", name="Alles").click()
    expect(desk.page.locator(".deadline.is-past").first).to_be_visible()


def _compared(desk: Desk) -> None:
    desk.open("compare")
    desk.page.select_option("#compare-older", index=1)
    desk.page.select_option("#compare-newer", index=3)
    expect(desk.page.locator(".change").first).to_be_visible()


def _wrong(desk: Desk) -> None:
    desk.ask(SIGNING)
    desk.page.get_by_role("button", name="Klopt niet…").click()


def _managed(desk: Desk) -> None:
    desk.open("manage")
    expect(desk.page.locator("#panel-manage .waiting-lines")).to_have_count(0)


STATES: dict[str, Callable[[Desk], None]] = {
    "empty": lambda desk: None,
    "answered": _answered,
    "refused": _refused,
    "rule": _rule,
    "deadlines": _deadlines,
    "compared": _compared,
    "wrong": _wrong,
    "managed": _managed,
    "keys": lambda desk: desk.page.locator("#help").click(),
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_nothing_is_lost_at_320_pixels(browser: Browser, url: str, state: str) -> None:
    """320 pixels is a small phone, and 400 % zoom on a screen of 1,280 by 1,024."""
    for scheme in ("light", "dark"):
        context = browser.new_context(
            viewport={"width": 1280, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        desk = Desk(context.new_page(), url)
        STATES[state](desk)
        assert faults(desk.page) == [], scheme
        assert desk.page.evaluate(SMALL_TARGETS) == []
        if scheme == "light":
            for width, height in ((900, 800), (320, 568), (320, 256)):
                desk.page.set_viewport_size({"width": width, "height": height})
                assert scroll_width(desk.page) == width
            assert faults(desk.page) == [], "320 pixels"
        context.close()


def test_nothing_moves_and_all_is_seen_in_forced_colours(browser: Browser, url: str) -> None:
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    desk = Desk(context.new_page(), url)
    for name in TABS:
        desk.open(name)
    desk.open("answer")
    desk.page.route("**/v1/answers", lambda route: None)
    desk.line.fill(SIGNING)
    desk.page.keyboard.press("Enter")
    moving = "[...document.getAnimations()].filter((each) => each.playState === 'running').length"
    expect(desk.draft.locator(".waiting-lines")).to_be_visible()
    assert desk.page.evaluate(moving) == 0
    tab = desk.page.locator("[role=tab][aria-selected=true]")
    other = desk.page.locator("[role=tab][aria-selected=false]").first
    colour = "node => getComputedStyle(node).borderBottomColor"
    assert tab.evaluate(colour) != other.evaluate(colour)
    context.close()
