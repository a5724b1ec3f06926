"""All three faces at 400 % zoom, which is a screen of 320 by 256, and with the text spaced out: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.live_server import LiveServer
from tests.browser.chat import WAIT_MILLISECONDS, Chat
from tests.browser.desk import Desk, scroll_width

pytestmark = pytest.mark.browser

QUESTION = "Wanneer moet ik het contract kraamzorg 2026 van Caresq uiterlijk tekenen?"
POLICY = "caresq-geboortezorg-2026"
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }"""
SPACE_OUT = """(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
  for (const root of [document, document.querySelector("loket-chat")?.shadowRoot])
    if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; }"""
CUT_OFF = """() => [document, document.querySelector("loket-chat")?.shadowRoot].filter(Boolean)
  .flatMap((root) => [...root.querySelectorAll("*")])
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.innerText
    && !node.closest(".hidden, .visually-hidden, .skip, pre, select, textarea, .brand, html:not(:root)"))
  .filter((node) => ["hidden", "clip"].includes(getComputedStyle(node).overflowX)
    && node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`)"""
OUT_OF_SIGHT = """() => [document, document.querySelector("loket-chat")?.shadowRoot].filter(Boolean)
  .flatMap((root) => [...root.querySelectorAll("a, button, input, select, textarea, summary")])
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".skip, .hidden"))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.left < -1 || box.right > innerWidth + 1))
  .map(([node, box]) => `${node.outerHTML.slice(0, 80)} ${box.left}-${box.right}`)"""


def _chat(page: Page, url: str) -> None:
    page.goto(url)
    Chat(page).ask(QUESTION)
    page.locator("loket-chat").get_by_role("button", name="Mail dit").click()


def _desk(name: str) -> Callable[[Page, str], None]:
    def steps(page: Page, url: str) -> None:
        desk = Desk(page, url)
        desk.ask(QUESTION)
        desk.open(name)
        if name == "rules":
            page.locator("#rule-filter").fill("contract A, B of C")
            page.locator(".rule-entry").click()
        if name == "compare":
            page.select_option("#compare-older", index=1)
            page.select_option("#compare-newer", index=3)
            expect(page.locator(".change").first).to_be_visible()
        expect(page.locator(f"#panel-{name} .waiting-lines")).to_have_count(0)

    return steps


def _policy(page: Page, url: str) -> None:
    page.goto(f"{url}/policies/{POLICY}")
    page.get_by_role("searchbox").fill("contract")


FACES: dict[str, Callable[[Page, str], None]] = {
    "widget": _chat,
    **{f"helpdesk: {name}": _desk(name) for name in ("answer", "rules", "deadlines", "compare", "manage")},
    "reading view": _policy,
}
SIZES = {"400 %": (320, 256), "phone": (320, 640), "desk": (1280, 1024)}


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    yield page
    context.close()


@pytest.mark.parametrize("face", FACES)
def test_nothing_is_lost_where_it_is_zoomed_or_the_text_is_spaced_out(
    page: Page, bundled_server: LiveServer, face: str
) -> None:
    FACES[face](page, bundled_server.url)
    width = page.viewport_size["width"] if page.viewport_size else 0
    for spaced in (False, True):
        if spaced:
            page.evaluate(SPACE_OUT, SPACED)
        assert scroll_width(page) == width, f"spaced: {spaced}"
        assert page.evaluate(OUT_OF_SIGHT) == [], f"spaced: {spaced}"
        assert page.evaluate(CUT_OFF) == [], f"spaced: {spaced}"


def test_a_zoomed_widget_begins_with_what_it_is_and_shows_the_answer_from_its_question(
    browser: Browser, bundled_server: LiveServer
) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    page.goto(bundled_server.url)
    chat = Chat(page)
    chat.launcher.click()
    expect(chat.root.locator(".suggestions .choice")).to_have_count(4)
    expect(chat.panel.get_by_role("heading", name="Inkooploket")).to_be_focused()
    expect(chat.panel.get_by_text("U spreekt met een geautomatiseerde assistent.")).to_be_in_viewport()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "LOKET-CHAT", "the focus left the panel"
    chat.ask(QUESTION)
    expect(chat.asked).to_be_in_viewport()
    expect(chat.last.locator(".prose")).to_be_in_viewport()
    page.close()
