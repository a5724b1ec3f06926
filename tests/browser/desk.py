"""The helpdesk's screen as its user finds it, used by mouse or by keyboard alone."""

from __future__ import annotations

from urllib.parse import unquote

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it brings none
from playwright.sync_api import Locator, Page, expect

from tests.browser.chat import Hand, Keyboard, Mouse

TABS = ("answer", "rules", "deadlines", "compare", "manage")
KEYS_AT_MOST = 12
MAIL_LINK_CHARACTERS_AT_MOST = 2000

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((target) => target.checkVisibility({visibilityProperty: true}))
  .filter((target) => !target.matches(".skip, p a, .month-part a, h3 a"))
  .map((target) => [target, (target.closest("label") ?? target).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
  .map(([target, box]) => `${target.outerHTML.slice(0, 80)}: ${box.width} x ${box.height}`)"""


class Desk:
    """The helpdesk on a page; `by` is "mouse" or "keyboard"."""

    def __init__(self, page: Page, url: str, by: str = "mouse") -> None:
        self.page = page
        self.by_keys = by == "keyboard"
        self.hand: Hand = Keyboard(page) if self.by_keys else Mouse(page)
        self.line = page.locator("#question")
        self.draft = page.locator("#draft-body")
        self.cited = page.locator("#cited .card")
        self.found = page.locator("#found .card")
        self.toast = page.locator("#toast")
        self.dialog = page.locator("dialog[open]")
        page.goto(f"{url}/helpdesk")
        expect(self.line).to_be_focused()
        expect(page.locator("#insurer option").nth(1)).to_be_attached()

    def ask(self, question: str) -> None:
        """Look a question up, and wait for its answer."""
        if self.by_keys:
            self.page.keyboard.press("Alt+z")
            self.page.keyboard.type(question)
            self.page.keyboard.press("Enter")
        else:
            self.line.fill(question)
            self.page.get_by_role("button", name="Zoek op").click()
        expect(self.draft.locator(".draft-actions")).to_be_visible()
        expect(self.draft.locator(".asked-line")).to_have_text(question)

    def mail(self) -> tuple[str, str]:
        """The draft of the e-mail: as it is copied with its subject, and as the mail program gets it."""
        if self.by_keys:
            self.page.keyboard.press("Alt+c")
        else:
            self.page.get_by_role("button", name="Kopieer als e-mail").click()
        expect(self.toast).to_have_text("Gekopieerd, met de bronnen.")
        link = self.page.get_by_role("link", name="Open als e-mail").get_attribute("href") or ""
        assert link.startswith("mailto:?subject=Uw%20vraag")
        assert len(link) < MAIL_LINK_CHARACTERS_AT_MOST
        copied: str = self.page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith("Onderwerp: Uw vraag over het zorginkoopbeleid")
        return copied, unquote(link)

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self.hand.press(self.page.get_by_role("button", name=name, exact=True).first)

    def open(self, name: str) -> None:
        """Go to a part of the screen."""
        if self.by_keys:
            self.page.keyboard.press(f"Alt+{TABS.index(name) + 1}")
        else:
            self.page.locator(f"#tab-{name}").click()
        expect(self.page.locator(f"#panel-{name}")).to_be_visible()

    def tick(self, target: Locator) -> None:
        """Tick a box, or choose one of a group; a group is one stop for Tab, arrows go through it."""
        if not self.by_keys:
            target.check()
            return
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        name = target.get_attribute("name")
        self.reach(self.page.locator(f"input[name='{name}']:checked"))
        for _ in range(KEYS_AT_MOST):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("not reached by arrow keys")

    def reach(self, target: Locator) -> None:
        """Go there by Tab alone."""
        for _ in range(200):
            if target.evaluate("node => document.activeElement === node"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"not reached by Tab: {target}")


def scroll_width(page: Page) -> int:
    """How wide the page would like to be."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def faults(page: Page) -> list[str]:
    """What axe finds in the state that the page is in."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    return [
        f"{each['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]
