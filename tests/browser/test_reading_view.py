"""The reading view in a real browser: what is marked, found, copied and printed, for everyone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.api.fake_assistant import POLICY, RESTATED, policy_text
from tests.browser.desk import SMALL_TARGETS, faults, scroll_width

pytestmark = pytest.mark.browser

PASSAGE = policy_text(POLICY).passages[4].id
CITED = f"/policies/{POLICY.id}?passage={PASSAGE}#{PASSAGE}"


@pytest.fixture
def viewport() -> ViewportSize:
    return {"width": 1280, "height": 500}


def test_a_link_leads_to_the_marked_passage_with_scroll_and_focus(page: Page, url: str) -> None:
    page.goto(url + CITED)
    mark = page.locator("mark").first
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    expect(page.locator(".contents a[aria-current=location]")).to_have_text(re.compile("2.2 Voorwaarden"))
    expect(page.locator(".contents a[aria-current=location]")).to_be_in_viewport()


def test_the_current_section_follows_the_reader(page: Page, url: str) -> None:
    page.goto(f"{url}/policies/{POLICY.id}")
    current = page.locator(".contents a[aria-current]")
    expect(current).to_have_text(re.compile("1 Over dit beleid"))
    page.mouse.move(800, 300)
    page.mouse.wheel(0, 100_000)
    expect(current).to_have_text(re.compile("3 Contact"))
    expect(current).to_have_count(1)
    expect(page.locator(".contents")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("planning", "1 van 3"),  # a sentence, a heading and a lead
        ("PLANNING", "1 van 3"),
        ("vóór wie", "1 van 1"),
        ("pláńning", "1 van 3"),
        ("geldige agb-code", "1 van 1"),
        ("Bel & mail", "Niets gevonden"),  # the policy has <b>Bel</b>, as text
        ("<b>bel</b> & mail", "1 van 1"),
        ("niet te vinden", "Niets gevonden"),
        ("   ", ""),
    ],
)
def test_words_are_found_without_asking_the_server(page: Page, url: str, wanted: str, told: str) -> None:
    page.goto(f"{url}/policies/{POLICY.id}", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("searchbox").fill(wanted)
    page.wait_for_timeout(250)
    expect(page.locator("#hits")).to_have_text(told)
    assert asked == []


def test_next_and_previous_go_round_by_mouse_and_by_keyboard(page: Page, url: str) -> None:
    page.goto(f"{url}/policies/{POLICY.id}")
    hits = page.locator("#hits")
    page.get_by_role("searchbox").fill("toelichting")
    expect(hits).to_have_text("1 van 30")
    page.keyboard.press("Enter")
    expect(hits).to_have_text("2 van 30")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    expect(hits).to_have_text("30 van 30")
    expect(page.get_by_text("Toelichting 29:")).to_be_in_viewport()
    page.get_by_role("button", name="Volgende").click()
    expect(hits).to_have_text("1 van 30")
    page.get_by_role("button", name="Vorige").click()
    expect(hits).to_have_text("30 van 30")
    assert page.evaluate("[CSS.highlights.get('found').size, CSS.highlights.get('found-now').size]") == [30, 1]
    page.get_by_role("searchbox").press("Escape")
    expect(hits).to_have_text("")
    expect(page.get_by_role("button", name="Volgende")).to_be_disabled()


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_link_to_a_passage_is_copied(page: Page, url: str, by: str) -> None:
    page.goto(f"{url}/policies/{POLICY.id}")
    link = page.locator(".passage-link").nth(3)
    if by == "mouse":
        page.locator(".policy-text td").first.hover()
        link.click()
    else:
        link.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("De link is gekopieerd")
    copied = page.evaluate("navigator.clipboard.readText()")
    passage = policy_text(POLICY).passages[3].id.replace(":", "%3A")
    assert copied == f"{url}/policies/{POLICY.id}?passage={passage}#{passage}"
    page.goto(copied)
    expect(page.locator("mark").first).to_be_focused()


def test_what_the_text_is_and_when_it_holds_is_said(page: Page, url: str) -> None:
    page.goto(f"{url}/policies/{RESTATED.id}")
    expect(page.locator(".banner.warn")).to_contain_text("Hervertelling, niet de oorspronkelijke tekst")
    expect(page.locator(".facts")).to_contain_text("vanaf 1 januari 2026 tot en met 31 december 2026")
    page.goto(f"{url}/policies/{POLICY.id}")
    expect(page.locator(".facts")).to_contain_text("Oorspronkelijke beleidstekst")
    expect(page.get_by_text("Dit beleid geldt nog niet.")).to_be_visible()
    expect(page.locator(".page-start").nth(1)).to_have_text("pagina 2")


def test_on_paper_there_is_the_text_and_no_tools(page: Page, url: str) -> None:
    page.goto(url + CITED)
    page.emulate_media(media="print")
    for tool in (".top", ".reading-search", ".contents", ".passage-link", ".reading-toast"):
        expect(page.locator(tool).first).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".page-start").first).to_be_visible()
    expect(page.locator(".facts")).to_be_visible()


def test_without_script_the_policy_is_whole_and_links_work(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/policies/{POLICY.id}")
    expect(page.locator(".reading-search")).to_be_hidden()
    page.locator(".passage-link").nth(4).dispatch_event("click")
    page.goto(url + str(page.locator(".passage-link").nth(4).get_attribute("href")))
    expect(page.locator("mark").first).to_be_in_viewport()
    context.close()


def _found(page: Page) -> None:
    page.get_by_role("searchbox").fill("praktijk")
    expect(page.locator("#hits")).to_contain_text("van")


def _not_found(page: Page) -> None:
    page.get_by_role("searchbox").fill("niet te vinden")
    expect(page.locator("#hits")).to_have_text("Niets gevonden")


def _told(page: Page) -> None:
    page.locator(".passage-link").nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#told")).not_to_be_empty()


DONE = {"found": _found, "not found": _not_found, "told": _told}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["plain", "cited", "restated", "lost", "missing", "english", *DONE])
def test_axe_finds_nothing_and_nothing_is_lost_at_320_pixels(
    browser: Browser, url: str, state: str, scheme: str
) -> None:
    paths = {
        "cited": CITED,
        "restated": f"/policies/{RESTATED.id}",
        "lost": f"/policies/{POLICY.id}?passage=weg",
        "missing": "/policies/weg",
        "english": f"/policies/{POLICY.id}?lang=en",
    }
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url + paths.get(state, f"/policies/{POLICY.id}"))
    DONE.get(state, lambda _: None)(page)
    assert faults(page) == []
    for width, height in ((900, 700), (320, 568), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert scroll_width(page) == width
    assert faults(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    context.close()
