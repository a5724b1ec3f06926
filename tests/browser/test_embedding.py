"""The widget on a page of another origin, under a strict policy of its own: a second server on this machine."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.conftest import publish
from tests.api.fake_assistant import fake_assistant
from tests.api.live_server import LiveServer, serving
from tests.browser.chat import WAIT_MILLISECONDS, Chat

pytestmark = pytest.mark.browser


class Site:
    """A site of an insurer whose policy lets in the widget's script and requests, and nothing inline.

    `widget`: where the widget comes from; known only once that server, which must know this site, runs.
    """

    def __init__(self) -> None:
        self.widget = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.html().encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Security-Policy", site.policy())
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing: the tests read what the page shows."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"

    def html(self) -> str:
        script = f"<script src='{self.widget}/widget.js' defer data-insurer=noorderlicht></script>"
        return f"<!doctype html><html lang=nl><title>Verzekeraar</title><h1>Verzekeraar</h1>{script}"

    def policy(self) -> str:
        return (
            f"default-src 'none'; script-src {self.widget}; connect-src {self.widget}; base-uri 'none'; "
            "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(5)


@contextmanager
def loket(tmp_path: Path, allowed: str) -> Iterator[LiveServer]:
    publish(tmp_path / "index", "snap-1")
    with serving(tmp_path / "index", fake_assistant(), allowed_origins=allowed) as live:
        yield live


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    page.add_init_script(
        "window.refusals = []; addEventListener('securitypolicyviolation', (e) => refusals.push(e.violatedDirective));"
    )
    yield page
    context.close()


def test_on_an_allowed_site_with_a_strict_policy_everything_works(page: Page, site: Site, tmp_path: Path) -> None:
    with loket(tmp_path, site.origin) as live:
        site.widget = live.url
        page.goto(site.origin)
        chat = Chat(page)
        chat.ask("Wanneer?")
        expect(chat.panel).to_contain_text("Zorginkoopbeleid van Noorderlicht")
        expect(chat.last.locator(".source")).to_have_count(2)
        style = "node => [getComputedStyle(node).position, getComputedStyle(node).borderRadius]"
        assert chat.panel.evaluate(style) == ["fixed", "16px"]
        with page.expect_download() as saved:
            chat.button("Zet in agenda").click()
        assert "DTSTART;VALUE=DATE:20261113" in saved.value.path().read_text("utf-8")
        chat.root.get_by_role("button", name="Dit antwoord helpt", exact=True).click()
        expect(chat.last.locator(".told")).to_be_visible()
        with page.context.expect_page() as opened:
            chat.last.get_by_role("link", name=re.compile("Lees in het beleid")).first.click()
        expect(opened.value.locator("mark").first).to_be_visible()
        assert opened.value.url.startswith(f"{live.url}/policies/")
        page.reload()
        expect(chat.last.locator(".source")).to_have_count(2)
        assert page.evaluate("window.refusals") == []


def test_a_site_that_is_not_allowed_is_refused_and_the_widget_says_so(page: Page, site: Site, tmp_path: Path) -> None:
    with loket(tmp_path, "https://www.noorderlicht.example") as live:
        site.widget = live.url
        page.goto(site.origin)
        chat = Chat(page)
        chat.open()
        expect(chat.panel).to_contain_text("Deze website mag de assistent niet gebruiken.")
        expect(chat.input).to_be_hidden()
        asked = (
            """url => fetch(`${url}/v1/answers`, { method: "POST", body: '{"question": "a"}' }).then((r) => r.status)"""
        )
        assert page.evaluate(asked, live.url) == 403
