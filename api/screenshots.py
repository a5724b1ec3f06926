"""Pictures of the main screens for the documentation: `python -m api.screenshots [--only NAME]`.

Serves the published index (`--index`, the bundled policies), walks through the screens in Chromium and writes
docs/images/NAME.png. Another screen is a row of `SCREENS`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import uvicorn

from api.app import create_app
from api.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOW = dt.datetime(2025, 8, 28, 9, tzinfo=dt.UTC)
WIDE, NARROW = (1280, 860), (320, 640)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]
READY_SECONDS = 120.0
SETTLING_MS = 800

Steps = Callable[["Page"], None]


def _nothing(_: Page) -> None:
    """The screen as it opens."""


def _asked(question: str) -> Steps:
    """Ask the widget and wait for the answer."""

    def steps(page: Page) -> None:
        chat = page.locator("loket-chat")
        if chat.locator(".launcher").is_visible():
            chat.locator(".launcher").click()
        chat.locator("#question").fill(question)
        chat.locator("#question").press("Enter")
        chat.locator(".thread > .answer:not(.coming)").wait_for()

    return steps


def _scrolled_to(selector: str, steps: Steps) -> Steps:
    def then(page: Page) -> None:
        steps(page)
        page.locator(f"loket-chat {selector}").first.evaluate("node => node.scrollIntoView({ block: 'center' })")

    return then


def _looked_up(page: Page) -> None:
    """The helpdesk with a question answered."""
    line = page.locator("#question")
    line.fill("Welk contract krijgt een kraamzorgaanbieder die in het KSV zit en niet opleidt?")
    line.press("Enter")
    page.locator("#cited > *").first.wait_for()
    page.wait_for_timeout(SETTLING_MS)


def _part(name: str, steps: Steps = _nothing) -> Steps:
    """Another part of the helpdesk, and what is done there."""

    def then(page: Page) -> None:
        page.locator(f"#tab-{name}").click()
        page.wait_for_timeout(SETTLING_MS)
        steps(page)
        page.wait_for_timeout(SETTLING_MS)

    return then


def _fill_in_a_rule(page: Page) -> None:
    page.locator("#rule-filter").fill("contract A, B of C")
    page.locator(".rule-entry").click()
    for fact, value in (("general_conditions", "true"), ("trains_carers", "false"), ("ksv_member", "true")):
        page.locator(f"[data-fact={fact}] input[value={value}]").check()


def _compare_two(page: Page) -> None:
    page.select_option("#compare-older", value="caresq-categorale-2026")
    page.select_option("#compare-newer", value="caresq-geboortezorg-2026")
    page.locator(".change").first.wait_for()


def _cited(page: Page) -> None:
    """The reading view as a citation opens it."""
    _asked(SIGNING)(page)
    page.goto(page.locator("loket-chat .source-foot a").first.get_attribute("href") or "")
    page.locator("mark").first.wait_for()


@dataclass(frozen=True)
class Screen:
    """A picture: where it is taken, what is done before, and on how large a screen."""

    name: str
    url: str
    steps: Steps
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"


SIGNING = "Wanneer moet ik het contract kraamzorg 2026 van Caresq uiterlijk tekenen?"
CONDITION = "Kom ik als apotheek in aanmerking voor een contract bij Caresq in 2027?"
SCREENS = (
    Screen("widget", "/", _nothing),
    Screen("widget-answer", "/", _asked(SIGNING)),
    Screen("widget-answer-dark", "/", _asked(SIGNING), scheme="dark"),
    Screen("widget-checklist", "/", _scrolled_to(".checklist", _asked(CONDITION))),
    Screen(
        "widget-asking-back",
        "/",
        _scrolled_to(".choices", _asked("Wanneer ontvang ik een aanbod van Caresq farmacie 2027?")),
    ),
    Screen("widget-320", "/", _asked(SIGNING), NARROW),
    Screen("helpdesk", "/helpdesk", _looked_up),
    Screen("helpdesk-rule", "/helpdesk", _part("rules", _fill_in_a_rule)),
    Screen("helpdesk-deadlines", "/helpdesk", _part("deadlines")),
    Screen("helpdesk-compare", "/helpdesk", _part("compare", _compare_two)),
    Screen("helpdesk-320", "/helpdesk", _looked_up, NARROW),
    Screen("reading", "/policies/caresq-geboortezorg-2026", _nothing),
    Screen("reading-cited", "/", _cited),
    Screen("reading-320", "/policies/caresq-geboortezorg-2026", _nothing, NARROW),
)


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The address of the application, which runs until the block ends."""
    settings = Settings.model_validate({"index": index, "rate_limit": 0, "receipts": "", "port": 0})
    app = create_app(settings, now=lambda: NOW)
    app.state.service.shelf.open_first(READY_SECONDS)
    app.state.service.shelf.current()  # without an index there is nothing to show
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


def main() -> int:
    """Take the pictures; 2 where there is no browser to take them with."""
    parser = argparse.ArgumentParser(description="Pictures of the main screens for docs/images")
    parser.add_argument("--index", type=Path, default=Path("var/eval"))
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--only", help="the name of one screen")
    wanted = parser.parse_args()
    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        print(f"no browser: none of {', '.join(BROWSERS)} is on the path", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    wanted.out.mkdir(parents=True, exist_ok=True)
    with served(wanted.index) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        for screen in SCREENS:
            if wanted.only not in (None, screen.name):
                continue
            width, height = screen.size
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=screen.scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            page.goto(url + screen.url, wait_until="networkidle")
            screen.steps(page)
            page.screenshot(path=wanted.out / f"{screen.name}.png")
            context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
