"""The widget on a page as its user finds it, and two ways to use it: by mouse and by keyboard."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

TABS_AT_MOST = 150
WAIT_MILLISECONDS = 120_000.0
"""For what a page should show: it is tested that it does, and not how busy the machine is."""
expect.set_options(timeout=WAIT_MILLISECONDS)
_HAS_FOCUS = "node => { const root = node.getRootNode(); return root.activeElement === node; }"


class Chat:
    """The widget of a page; an answer counts when it is whole."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("loket-chat")
        self.launcher = self.root.locator(".launcher")
        self.panel = self.root.get_by_role("dialog")
        self.input = self.root.locator("#question")
        self.answers = self.root.locator(".thread > .answer:not(.coming)")
        self.asked = self.root.locator(".thread > .asked")
        self.failed = self.root.locator(".thread > .failed")
        self.coming = self.root.locator(".coming")

    @property
    def last(self) -> Locator:
        """The last answer."""
        return self.answers.last

    def open(self) -> None:
        """Open the panel, if it is closed."""
        if self.launcher.is_visible():
            self.launcher.click()

    def ask(self, question: str) -> None:
        """Type a question, send it, and wait until something came of it."""
        self.open()
        self.input.fill(question)
        self.input.press("Enter")
        expect(self.coming).to_have_count(0)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button of the widget, the last of that name."""
        return self.root.get_by_role("button", name=name).last

    def heard(self) -> str:
        """What a screen reader was last told."""
        return self.root.get_by_role("status").inner_text()


class Hand(Protocol):
    """A way to use a page."""

    def press(self, target: Locator) -> None:
        """Press a button or a link."""

    def write(self, target: Locator, text: str) -> None:
        """Put text into a field."""

    def choose(self, target: Locator, label: str) -> None:
        """Choose from a list."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.click()
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        target.select_option(label=label)


class Keyboard:
    """Goes by Tab, never by a click; what cannot be reached fails."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        self._reach(target)
        self._page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        if target.get_attribute("type") == "date":
            target.fill(text)  # how a day is typed goes by the language of the browser, not of the page
        else:
            self._page.keyboard.type(text)

    def choose(self, target: Locator, label: str) -> None:
        self._reach(target)
        self._page.keyboard.type(label)

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(TABS_AT_MOST):
            if target.evaluate(_HAS_FOCUS):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"not reached by {TABS_AT_MOST} times Tab: {target}")


HANDS = {"mouse": Mouse, "keyboard": Keyboard}


def draft_of(link: Locator) -> tuple[str, str, str]:
    """The mailbox, subject and body of an e-mail draft."""
    parts = urlsplit(link.get_attribute("href") or "")
    assert parts.scheme == "mailto"
    fields = parse_qs(parts.query)
    return unquote(parts.path), fields["subject"][0], fields["body"][0]
