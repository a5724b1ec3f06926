"""The widget and the demo page for everyone: axe in every state, small screens, zoom, large targets, few colours."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.api.fake_assistant import POLICY, FakeAssistant, policy_text
from tests.browser.chat import WAIT_MILLISECONDS, Chat

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

Steps = Callable[[Chat], None]


def faults(page: Page) -> list[str]:
    """What axe finds on the page, shadow roots included."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


def nothing(chat: Chat) -> None:
    expect(chat.launcher).to_be_visible()


def opened(chat: Chat) -> None:
    chat.open()
    expect(chat.root.locator(".suggestions .choice")).to_have_count(4)


def asked(question: str) -> Steps:
    def steps(chat: Chat) -> None:
        chat.ask(question)

    return steps


def with_sheets(chat: Chat) -> None:
    chat.ask("wat voor weer?")
    chat.button("Mail dit").click()
    chat.root.get_by_label("Uw AGB-code").fill("12")
    chat.ask("Wanneer?")
    chat.button("Wijzigen").click()
    chat.button("Dit antwoord helpt niet").click()
    expect(chat.root.get_by_label("Toelichting")).to_be_visible()


def many(chat: Chat) -> None:
    for question in ("Wanneer?", "welke voorwaarden?", "wat voor weer?"):
        chat.ask(question)


def personal(chat: Chat) -> None:
    chat.open()
    chat.input.fill("Patiënt 111222333")
    chat.input.press("Enter")
    expect(chat.panel.get_by_text("Laat dat weg")).to_be_visible()


def offline(chat: Chat) -> None:
    chat.open()
    chat.page.context.set_offline(True)
    chat.ask("Wanneer?")
    expect(chat.failed).to_be_visible()


def refused(chat: Chat) -> None:
    chat.page.route(
        "**/v1/answers/stream",
        lambda route: route.fulfill(
            status=429,
            headers={"Retry-After": "30"},
            content_type="application/problem+json",
            body='{"type": "urn:loket:problem:too-many-questions", "status": 429}',
        ),
    )
    chat.ask("Wanneer?")
    expect(chat.failed).to_contain_text("30 seconden")


STATES: dict[str, Steps] = {
    "closed": nothing,
    "open, empty": opened,
    "answer with sources and a checklist": asked("Wanneer?"),
    "asking back": asked("welke voorwaarden?"),
    "no answer": asked("wat voor weer?"),
    "error": asked("kapot"),
    "refused": refused,
    "offline": offline,
    "personal data": personal,
    "sheets": with_sheets,
    "a long conversation": many,
}


@contextmanager
def chat_on(browser: Browser, url: str, **context: object) -> Iterator[Chat]:
    made = browser.new_context(**({"reduced_motion": "reduce"} | context))  # type: ignore[arg-type]  # playwright's own names
    page = made.new_page()
    page.set_default_timeout(WAIT_MILLISECONDS)
    page.goto(url)
    yield Chat(page)
    made.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(browser: Browser, url: str, state: str, scheme: str) -> None:
    with chat_on(browser, url, color_scheme=scheme, viewport={"width": 1000, "height": 800}) as chat:
        STATES[state](chat)
        assert faults(chat.page) == []


def test_axe_finds_nothing_while_it_waits(browser: Browser, url: str, assistant: FakeAssistant) -> None:
    assistant.hold = threading.Event()
    with chat_on(browser, url, viewport={"width": 1000, "height": 800}) as chat:
        chat.open()
        chat.input.fill("Wanneer, in woorden?")
        chat.input.press("Enter")
        expect(chat.coming.locator(".prose")).to_contain_text("op tijd")
        assert faults(chat.page) == []
        assistant.hold.set()
        expect(chat.answers).to_have_count(1)


def test_axe_finds_nothing_in_english_on_a_phone(browser: Browser, url: str) -> None:
    with chat_on(browser, f"{url}/?lang=en", viewport={"width": 320, "height": 640}) as chat:
        chat.ask("Wanneer?")
        assert faults(chat.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_demo_page_with_an_answer_without_script(
    browser: Browser, url: str, scheme: str
) -> None:
    for query in ("Wanneer?", "welke voorwaarden?", "wat voor weer?", "kapot"):
        with chat_on(
            browser, f"{url}/?q={query}", color_scheme=scheme, viewport={"width": 1000, "height": 800}
        ) as chat:
            expect(chat.launcher).to_be_visible()
            assert faults(chat.page) == []


LOST = """() => {
  const root = document.querySelector("loket-chat").shadowRoot;
  const wide = [...root.querySelectorAll("*")].filter((node) => node.checkVisibility() && !node.closest(".hidden, pre"))
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.right > innerWidth + 0.5 || box.left < -0.5));
  return wide.map(([node, box]) => `${node.tagName}.${node.className} ${box.left}-${box.right}`);
}"""


@pytest.mark.parametrize("height", [568, 256])
def test_nothing_is_lost_at_320_pixels(browser: Browser, url: str, height: int) -> None:
    """320 pixels is a small phone, and 400 % zoom on a screen of 1,280 by 1,024."""
    with chat_on(browser, url, viewport={"width": 320, "height": height}) as chat:
        page = chat.page
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        for question in ("Wanneer?", "welke voorwaarden?", "wat voor weer?", "kapot", f"echo {'x' * 200}"):
            chat.ask(question)
            assert page.evaluate(LOST) == []
        chat.button("Dit antwoord helpt niet").click() if chat.button("Dit antwoord helpt niet").count() else None
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        link = chat.answers.first.get_by_role("link", name="Lees in het beleid").first
        link.focus()
        assert not link.evaluate(
            "link => { const box = link.getBoundingClientRect(); const root = link.getRootNode();"
            " return !link.contains(root.elementFromPoint(box.x + 5, box.y + box.height / 2)); }"
        ), "what has the focus is covered"
        expect(chat.panel).to_have_attribute("aria-modal", "true")


def test_where_the_panel_covers_the_page_the_focus_stays_in_it(browser: Browser, url: str) -> None:
    with chat_on(browser, url, viewport={"width": 320, "height": 568}) as chat:
        chat.open()
        for key in ("Tab", "Shift+Tab"):
            for _ in range(25):
                chat.page.keyboard.press(key)
                assert chat.page.evaluate("document.activeElement?.tagName") == "LOKET-CHAT"


def test_targets_are_large_enough(browser: Browser, url: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, links in a sentence excepted."""
    with chat_on(browser, url, viewport={"width": 1000, "height": 800}) as chat:
        with_sheets(chat)
        small = chat.page.evaluate(
            """() => [...document.querySelector("loket-chat").shadowRoot
                 .querySelectorAll("a, button, textarea, input:not([type=checkbox]), select, summary, .tick")]
                 .filter((target) => target.checkVisibility() && !target.closest("p.contact"))
                 .map((target) => [target.textContent.trim(), target.getBoundingClientRect()])
                 .filter(([, box]) => box.width < 24 || box.height < 24)
                 .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
        )
        assert small == []


def test_with_few_colours_everything_keeps_its_edge(browser: Browser, url: str) -> None:
    with chat_on(browser, url, forced_colors="active", viewport={"width": 1000, "height": 800}) as chat:
        edge = "node => parseFloat(getComputedStyle(node).borderTopWidth)"
        assert chat.launcher.evaluate(edge) >= 1
        chat.ask("Wanneer?")
        for name in (".send", ".mark", ".answer", ".asked", ".button", ".source"):
            assert chat.root.locator(name).first.evaluate(edge) >= 1, name


def test_who_wants_no_motion_sees_none(browser: Browser, url: str, assistant: FakeAssistant) -> None:
    assistant.hold = threading.Event()
    with chat_on(browser, url, viewport={"width": 1000, "height": 800}) as chat:
        chat.open()
        chat.input.fill("Wanneer?")
        chat.input.press("Enter")
        expect(chat.coming).to_be_visible()
        moving = "node => node.getAnimations({ subtree: true }).length"
        assert chat.panel.evaluate(moving) == 0
        assistant.hold.set()
        expect(chat.answers).to_have_count(1)


def test_the_reading_view_keeps_its_contrast_and_width(browser: Browser, url: str) -> None:
    passage = policy_text(POLICY).passages[4].id
    with chat_on(
        browser, f"{url}/policies/{POLICY.id}?passage={passage}", viewport={"width": 320, "height": 568}
    ) as chat:
        assert chat.page.evaluate("document.documentElement.scrollWidth") == 320
        assert faults(chat.page) == []
