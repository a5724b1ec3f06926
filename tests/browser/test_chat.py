"""The pages in a real browser: what a provider does, by mouse, by keyboard, on a phone, without script."""

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.fake_assistant import POLICY, RESTATED, FakeAssistant, policy_text

pytestmark = pytest.mark.browser

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><svg onload=alert(1)>",
    '"><iframe src=https://elsewhere.example></iframe>',
    "javascript:alert(1)",
    "[klik](javascript:alert(1)) ![x](https://elsewhere.example/x.png)",
    "**<b onmouseover=alert(1)>**",
    "' onfocus=alert(1) autofocus='",
    "{{constructor.constructor('alert(1)')()}}",
    "__proto__ constructor toString",
    "a\u202eb\u0000c",
]


def ask(page: Page, question: str) -> None:
    page.get_by_label("Uw vraag").fill(question)
    page.get_by_role("button", name="Vraag stellen").click()


def scroll_width(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_from_question_to_the_marked_passage(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.get_by_text("geautomatiseerde assistent").first).to_be_visible()
    ask(page, "Wanneer moet ik tekenen?")
    answer = page.locator(".answer")
    expect(answer.locator("strong", has_text="uiterlijk 13 november 2026")).to_be_visible()
    expect(answer.locator(".source")).to_have_count(2)
    source = answer.locator(".source").nth(1)
    expect(source).to_contain_text("Inkoopbeleid Fysiotherapie 2027")
    expect(source).to_contain_text("Noorderlicht · 2027 · 2.2 Voorwaarden · p. 2")
    expect(answer).to_contain_text("Jaar: 2027 (aangenomen)")
    expect(answer).to_contain_text("U heeft nog 14 dagen om te tekenen.")
    expect(answer).to_contain_text("nog niet te zeggen: behandelkamers · 2")
    expect(answer).to_contain_text("Nog niet bekend: aantal behandelkamers")
    answer.get_by_text("Hoe dit berekend is").click()
    expect(answer.get_by_text("Van vandaag tot en met 13 november 2026.")).to_be_visible()
    expect(answer).to_contain_text("Dit beleid geldt voor contractjaar 2027.")
    source.get_by_role("link", name="Lees in het beleid").click()
    mark = page.locator("mark").first
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    assert page.locator("mark").all_inner_texts()[-1] == "op werkdagen telefonisch bereikbaar is."


def test_a_mark_in_the_answer_leads_to_its_source(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, "Wanneer?")
    page.locator(".prose .mark-link").last.click()
    expect(page.locator(".source").nth(1)).to_be_focused()
    expect(page.locator(".source").nth(1)).to_be_in_viewport()


def test_everything_can_be_done_by_keyboard(page: Page, url: str) -> None:
    page.goto(url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar uw vraag")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    page.keyboard.type("welke")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("voorwaarden?")
    page.keyboard.press("Enter")
    choice = page.get_by_role("button", name="Inkoopbeleid Fysiotherapie 2027 (Noorderlicht)")
    expect(choice).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".answer").nth(1)).to_contain_text("uiterlijk 13 november 2026")
    expect(page.get_by_text("Gekozen: Inkoopbeleid Fysiotherapie 2027")).to_be_visible()
    read = page.get_by_role("link", name=re.compile("Lees in het beleid")).first
    read.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_focused()


def test_a_choice_sends_its_scope_with_the_same_question(page: Page, url: str, assistant: FakeAssistant) -> None:
    page.goto(url)
    ask(page, "welke voorwaarden?")
    page.get_by_role("button", name="Inkoopbeleid Logopedie 2026").click()
    expect(page.locator(".answer")).to_have_count(2)
    assert [call.question for call in assistant.calls] == ["welke voorwaarden?"] * 2
    assert assistant.calls[1].scope == {"insurer": "Zuiderzon", "year": 2026}
    assert len(assistant.calls[1].history) == 2
    expect(page.locator(".choice").first).to_be_disabled()


def test_a_screen_reader_hears_that_it_is_busy_and_the_answer_once(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate(
        """() => { window.heard = [];
          new MutationObserver(() => { const said = live.textContent; if (said) window.heard.push(said); })
            .observe(live, {childList: true, characterData: true, subtree: true}); }"""
    )
    ask(page, "Wanneer?")
    expect(page.locator("#live")).to_contain_text("2 bronnen.")
    page.wait_for_timeout(200)
    heard: list[str] = page.evaluate("window.heard")
    assert [said for said in heard if "13 november" in said] == heard[-1:]
    assert "[" not in heard[-1]
    assert "*" not in heard[-1]
    assert page.locator("[aria-live], [role=log], [role=alert]").count() == 1


def test_the_conversation_outlives_a_reload_and_can_be_started_again(
    page: Page, url: str, assistant: FakeAssistant
) -> None:
    page.goto(url)
    ask(page, "Wanneer?")
    expect(page.locator(".answer")).to_have_count(1)
    page.reload()
    expect(page.locator(".answer .source")).to_have_count(2)
    ask(page, "En daarna?")
    expect(page.locator(".answer")).to_have_count(2)
    assert len(assistant.calls[1].history) == 2
    page.get_by_role("link", name="Opnieuw beginnen").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("heading", name="Waarmee kunnen wij u helpen?")).to_be_visible()
    expect(page.get_by_label("Uw vraag")).to_be_focused()
    ask(page, "Opnieuw?")
    expect(page.locator(".answer")).to_have_count(1)
    assert assistant.calls[2].history == ()


def test_waiting_is_shown_and_a_second_question_waits(page: Page, url: str, assistant: FakeAssistant) -> None:
    assistant.hold = threading.Event()
    page.goto(url)
    page.locator(".suggestion").first.click()
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.get_by_role("button", name="Vraag stellen")).to_be_disabled()
    page.get_by_label("Uw vraag").fill("Nog een vraag")
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_count(1)
    expect(page.get_by_label("Uw vraag")).to_have_value("Nog een vraag")
    assistant.hold.set()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_failure_keeps_the_question_and_can_be_retried(page: Page, url: str) -> None:
    page.goto(url)
    ask(page, "kapot")
    expect(page.locator(".failed")).to_contain_text("Er ging iets mis. Probeer het later opnieuw.")
    expect(page.get_by_label("Uw vraag")).to_have_value("kapot")
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.locator(".failed")).to_have_count(1)
    ask(page, "Wanneer?")
    expect(page.locator(".answer")).to_have_count(1)


def test_offline_is_told(browser: Browser, url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    context.set_offline(True)
    expect(page.get_by_text("U bent offline.")).to_be_visible()
    ask(page, "Wanneer?")
    expect(page.locator(".failed")).to_contain_text("geen verbinding")
    context.set_offline(False)
    expect(page.get_by_text("U bent offline.")).to_be_hidden()
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.locator(".answer")).to_have_count(1)
    context.close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(page: Page, url: str, hostile: str) -> None:
    """The fixture fails on any dialog, error, or request that leaves the server."""
    page.goto(url)
    ask(page, f"echo {hostile}")
    answer = page.locator(".answer")
    expect(answer.locator(".source")).to_have_count(1)
    assert answer.locator("img, script, iframe, svg, b").count() == 0
    hrefs = answer.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    assert all(re.match(r"#|/policies/", href) for href in hrefs)
    answer.hover()
    page.reload()
    expect(page.locator(".answer .source")).to_have_count(1)
    page.goto(f"{url}/?q={'echo ' + hostile}".replace("#", "%23"))
    assert page.locator(".answer").locator("img, script, iframe, svg, b").count() == 0


def test_a_page_that_was_tampered_with_starts_clean(page: Page, url: str) -> None:
    page.goto(url)
    for kept in (
        "{",
        "[]",
        '{"turns": [{"answer": {}}]}',
        '{"id": null, "turns": [{"question": "a", "answer": {"citations": 1}}]}',
    ):
        page.evaluate("kept => sessionStorage.setItem('loket-conversation', kept)", kept)
        page.reload()
        expect(page.get_by_role("heading", name="Waarmee kunnen wij u helpen?")).to_be_visible()
        expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize("height", [568, 256])
def test_nothing_is_lost_at_320_pixels(browser: Browser, url: str, height: int) -> None:
    """320 pixels is a small phone, and 400 % zoom on a screen of 1,280 by 1,024."""
    context = browser.new_context(viewport={"width": 320, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    assert scroll_width(page) == 320
    for question in ("Wanneer?", "welke voorwaarden?", "wat voor weer?", "kapot", f"echo {'x' * 200}"):
        ask(page, question)
        expect(page.locator(".waiting")).to_have_count(0)
        page.get_by_label("Uw vraag").fill("")
    assert page.locator(".turn").count() == 10
    assert scroll_width(page) == 320
    link = page.locator(".read").first
    link.focus()
    covered = link.evaluate(
        "link => { const box = link.getBoundingClientRect();"
        " return !link.contains(document.elementFromPoint(box.x + 5, box.y + box.height / 2)); }"
    )
    assert not covered
    link.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert scroll_width(page) == 320
    page.goto(f"{url}/policies/{RESTATED.id}")
    assert scroll_width(page) == 320
    context.close()


def test_targets_are_large_enough(page: Page, url: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels; links inside a sentence are exempt, marks are not by our own choice."""
    page.goto(url)
    for question in ("Wanneer?", "welke voorwaarden?", "wat voor weer?"):
        ask(page, question)
        expect(page.locator(".waiting")).to_have_count(0)
    small = page.evaluate(
        """() => [...document.querySelectorAll("a:not(.skip), button, textarea, summary")]
             .filter((target) => target.checkVisibility())
             .map((target) => [target.textContent.trim(), target.getBoundingClientRect()])
             .filter(([, box]) => box.width < 24 || box.height < 24)
             .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""
    )
    assert small == []


CONTRAST = """() => {
  const luminance = (channels) => channels.map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility({opacityProperty: true}) || node.closest(".anchor")) continue;
    const pair = [luminance(channels(getComputedStyle(node).color).slice(0, 3)), luminance(ground(node).slice(0, 3))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) poor.push(`${text.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_enough(browser: Browser, url: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    assert page.evaluate(CONTRAST) == []
    for question in ("Wanneer?", "welke voorwaarden?", "wat voor weer?", "kapot"):
        ask(page, question)
        expect(page.locator(".waiting")).to_have_count(0)
    page.locator(".choice").first.click()
    expect(page.locator(".answer")).to_have_count(4)
    assert page.evaluate(CONTRAST) == []
    passage = policy_text(RESTATED).passages[4].id
    page.goto(f"{url}/policies/{RESTATED.id}?passage={passage}#{passage}")
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_without_script_a_question_is_answered_and_read_back(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    ask(page, "Wanneer moet ik tekenen?")
    expect(page.locator(".answer strong")).to_have_text("uiterlijk 13 november 2026")
    page.get_by_role("link", name=re.compile("Lees in het beleid")).last.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    context.close()


def test_the_page_speaks_english_when_asked(page: Page, url: str, assistant: FakeAssistant) -> None:
    page.goto(f"{url}/?lang=en")
    page.get_by_label("Your question").fill("When?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=re.compile("Read in the policy"))).to_have_count(2)
    assert assistant.calls[0].language == "en"
    page.get_by_role("link", name=re.compile("Read in the policy")).first.click()
    expect(page.get_by_text("Original policy text")).to_be_visible()
    assert POLICY.id in page.url
