"""A hundred hostile texts as question, document title, table cell and file name: nothing runs, no request leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from knowledge.records import Policy, PolicyText
from tests.api.conftest import publish
from tests.api.fake_assistant import POLICY, FakeAssistant, FakeSnapshot, policy_text
from tests.api.live_server import LiveServer, serving
from tests.browser.desk import Desk
from tests.browser.hostile import HOSTILE

pytestmark = pytest.mark.browser

CELL = "1 september 2026"
MADE = (
    "script:not([src]), iframe, object, form[action*=elsewhere], base, link[href*=elsewhere], img, style, "
    "meta[http-equiv]"
)


def _policy(place: int, hostile: str) -> PolicyText:
    shown = "".join(character for character in hostile if character.isprintable())
    policy = Policy.model_validate(
        POLICY.model_dump()
        | {"id": f"hostile-{place}", "file": f"{shown}.pdf", "title": hostile, "insurer": hostile, "source": hostile}
    )
    return _with_cell(policy_text(policy), hostile)


def _with_cell(text: PolicyText, hostile: str) -> PolicyText:
    """The same policy with `hostile` in a cell of its table; what stands behind the cell moves up."""
    at = text.text.index(CELL)
    by = len(hostile) - len(CELL)

    def moved(place: int) -> int:
        return place + by if place > at else place

    def shifted(record: object) -> dict[str, object]:
        fields = {name: getattr(record, name) for name in ("start", "end")}
        return {name: moved(place) for name, place in fields.items()}

    return text.model_copy(
        update={
            "text": text.text.replace(CELL, hostile),
            "sections": tuple(each.model_copy(update=shifted(each)) for each in text.sections),
            "pages": tuple(each.model_copy(update={"start": moved(each.start)}) for each in text.pages),
            "passages": tuple(
                each.model_copy(update={**shifted(each), "text": each.text.replace(CELL, hostile)})
                for each in text.passages
            ),
        }
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    index = tmp_path_factory.mktemp("hostile") / "index"
    publish(index, "snap-1")
    texts = {POLICY.id: policy_text(POLICY)}
    for place, hostile in enumerate(HOSTILE):
        texts[f"hostile-{place}"] = _policy(place, hostile)
    with serving(index, FakeAssistant(FakeSnapshot("snap-1", texts))) as live:
        yield live


@pytest.fixture
def url(server: LiveServer) -> str:
    return server.url


def test_there_are_a_hundred() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) == 100


def test_the_helpdesk_takes_them_for_text(page: Page, url: str) -> None:
    """The fixture fails on any dialog, error, or request that leaves the server."""
    desk = Desk(page, url)
    made = page.locator(MADE)
    before = made.count()
    for hostile in HOSTILE:
        desk.line.fill(f"echo {hostile}")
        with page.expect_response("**/v1/answers"):
            page.keyboard.press("Enter")
        expect(desk.draft.locator(".draft-actions")).to_be_visible()
        assert made.count() == before, hostile
        hrefs = page.locator("#desk a[href]").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert all(href.startswith(("/policies/", "mailto:?subject=")) for href in hrefs), hostile
    assert page.locator(".asked-entry").count() == len(HOSTILE)
    desk.open("deadlines")
    desk.open("compare")
    expect(page.locator("#compare-older option")).to_have_count(len(HOSTILE) + 2)
    page.select_option("#compare-older", index=1)
    page.select_option("#compare-newer", value="hostile-1")
    expect(page.locator(".compare-body h3").first).to_be_visible()
    assert made.count() == before
    assert page.title() == "Helpdesk zorginkoop · Inkooploket"


def test_the_reading_view_takes_them_for_text(page: Page, url: str) -> None:
    for place, hostile in enumerate(HOSTILE):
        page.goto(f"{url}/policies/hostile-{place}?passage=hostile-{place}:3")
        assert page.locator(MADE).count() == 0, hostile
        shown = "".join(character for character in hostile if character.isprintable())
        if shown == hostile:
            expect(page.locator("td mark").nth(3)).to_have_text(hostile)
        assert page.locator("a[href^='javascript:' i]").count() == 0, hostile
        page.get_by_role("searchbox").fill(shown[:60])
    assert page.title().endswith("Inkooploket")
