"""That each face is there before any script or call is answered, and that nothing on it jumps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.api.live_server import LiveServer
from tests.browser.chat import Chat

pytestmark = pytest.mark.browser

FIRST = {"document", "stylesheet"}
"""What a face may wait for; milliseconds are for docs/benchmarks.md: a test does not know how busy the machine is."""
JUMP = 0.005
QUESTION = "Wanneer moet ik het contract kraamzorg 2026 van Caresq uiterlijk tekenen?"

INSURERS_PAGE = (
    "<!doctype html><html lang=nl><title>Caresq</title><h1>Caresq</h1>"
    "<script src='/widget.js' defer data-insurer=caresq data-care=kraamzorg data-open=wide></script>"
)

WATCH = """window.shifts = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts.push(each.value);
  }).observe({ type: "layout-shift", buffered: true });"""


def in_the_widget(page: Page) -> None:
    chat = Chat(page)
    chat.ask(QUESTION)
    expect(chat.answers).to_have_count(1)


def at_the_helpdesk(page: Page) -> None:
    expect(page.locator("#insurer option").nth(1)).to_be_attached()
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".draft-actions")).to_be_visible()


def in_the_policy(page: Page) -> None:
    page.get_by_role("searchbox").fill("contract")
    expect(page.locator("#hits")).to_contain_text("van")


FACES: dict[str, Callable[[Page], None]] = {
    "/": in_the_widget,
    "/caresq": in_the_widget,
    "/helpdesk": at_the_helpdesk,
    "/policies/caresq-geboortezorg-2026": in_the_policy,
}


def paints_with_the_rest_held(page: Page, url: str) -> None:
    """The first paint comes while scripts, calls, pictures and fonts are all still under way."""
    held: list[Route] = []
    page.route("**/*", lambda route: route.fallback() if route.request.resource_type in FIRST else held.append(route))
    page.goto(url, wait_until="commit")
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        page.wait_for_timeout(20)
    assert held, "nothing was held: the face has no script any longer"
    page.unroute("**/*")
    for route in held:
        route.continue_()


@pytest.mark.parametrize("path", FACES)
def test_a_face_is_there_at_once_and_nothing_jumps(browser: Browser, bundled_server: LiveServer, path: str) -> None:
    """A shift within half a second of a key is what the key asked for; any other is a jump."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.route(
        f"{bundled_server.url}/caresq", lambda route: route.fulfill(content_type="text/html", body=INSURERS_PAGE)
    )
    paints_with_the_rest_held(page, bundled_server.url + path)
    page.add_init_script(WATCH)
    page.goto(bundled_server.url + path)
    FACES[path](page)
    page.wait_for_timeout(300)
    assert sum(page.evaluate("window.shifts")) < JUMP
    page.close()
