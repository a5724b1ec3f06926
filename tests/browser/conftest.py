from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from api.options import bundled_policies
from assistant.answer import Assistant
from ingest.pipeline import ingest
from knowledge.encoder import open_encoder
from tests.api.conftest import publish
from tests.api.fake_assistant import FakeAssistant, fake_assistant
from tests.api.live_server import LiveServer, serving
from tests.browser.chat import WAIT_MILLISECONDS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def find_browser() -> str | None:
    """The path of a Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium. Not for the whole session: playwright keeps an event loop running in this thread."""
    path = find_browser()
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on the path")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant of the bundled policies, with nothing replaced."""
    index = tmp_path_factory.mktemp("whole") / "index"
    ingest(bundled_policies(), index, open_encoder())
    assistant = Assistant.open(index)
    yield assistant
    assistant.snapshot.close()


@pytest.fixture(scope="module")
def bundled_server(bundled: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The bundled policies on a real port, on a day before most of their dates."""
    index = tmp_path_factory.mktemp("bundled") / "index"
    publish(index, bundled.snapshot.id)
    with serving(index, bundled, now=lambda: dt.datetime(2025, 8, 28, 9, tzinfo=dt.UTC)) as live:
        yield live


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveServer, FakeAssistant]]:
    index = tmp_path_factory.mktemp("browser") / "index"
    publish(index, "snap-1")
    assistant = fake_assistant(filler=30)
    with serving(index, assistant) as server:
        yield server, assistant


@pytest.fixture
def assistant(shared_server: tuple[LiveServer, FakeAssistant]) -> Iterator[FakeAssistant]:
    assistant = shared_server[1]
    assistant.calls.clear()
    yield assistant
    assistant.hold = None


@pytest.fixture
def url(shared_server: tuple[LiveServer, FakeAssistant]) -> str:
    return shared_server[0].url


class Watched:
    """What a page did that it should not: errors, dialogs, requests to anywhere but our server."""

    def __init__(self, page: Page, url: str) -> None:
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", self._on_console)
        page.on(
            "request", lambda asked: None if asked.url.startswith(url) else self.faults.append(f"request: {asked.url}")
        )

        def dialog(opened: object) -> None:
            self.faults.append("dialog")
            opened.dismiss()  # type: ignore[attr-defined]  # a playwright Dialog

        page.on("dialog", dialog)

    def _on_console(self, said: ConsoleMessage) -> None:
        """Chromium logs every refusal as an error; what the widget makes of it is tested by what it shows."""
        if said.type == "error" and not said.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {said.text}")


@pytest.fixture
def viewport() -> ViewportSize:
    """The size of a page in points."""
    return {"width": 1000, "height": 800}


@pytest.fixture
def context(browser: Browser, url: str, viewport: ViewportSize) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=viewport, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, url: str) -> Iterator[Page]:
    """A page; the test fails on any fault it was not told about."""
    page = context.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    watched = Watched(page, url)
    yield page
    assert watched.faults == []
