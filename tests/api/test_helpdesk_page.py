from __future__ import annotations

import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from api.pages import STRINGS, WEB

SCRIPTS = sorted((WEB / "static" / "helpdesk").glob("*.js"))
# Names that a script puts together: `reason_${name}` and the like.
PUT_TOGETHER = ("change_", "figure_", "reason_", "rule_", "state_", "view_")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_hands_its_script_just_the_strings_that_it_uses(client: TestClient, language: str) -> None:
    html = client.get("/helpdesk", params={"lang": language}).text
    assert f'<html lang="{language}">' in html
    handed = json.loads(unescape(html.partition('data-strings="')[2].partition('"')[0]))
    scripts = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    template = (WEB / "templates" / "helpdesk.html").read_text("utf-8")
    used = set(re.findall(r'\bt\("(\w+)"', scripts))
    assert used
    assert used <= set(handed)
    mentioned = set(re.findall(r"\w+", scripts)) | set(re.findall(r"helpdesk_(\w+)", template))
    assert {name for name in handed if name not in mentioned and not name.startswith((*PUT_TOGETHER, "tab_"))} == set()


def test_an_unknown_language_is_dutch_and_never_repeated(client: TestClient) -> None:
    html = client.get("/helpdesk", params={"lang": "<script>alert(1)</script>"}).text
    assert '<html lang="nl">' in html
    assert "alert(1)" not in html


def test_no_other_page_carries_the_helpdesks_strings(client: TestClient) -> None:
    assert STRINGS["nl"]["helpdesk_wrong_title"] in client.get("/helpdesk").text
    assert "helpdesk_" not in client.get("/").text


def test_the_page_shows_nothing_of_the_policies_itself(client: TestClient) -> None:
    """Its data comes by its script, with a token where the server wants one."""
    html = client.get("/helpdesk").text
    assert "Noorderlicht" not in html
    assert client.get("/helpdesk").headers["cache-control"] == "no-store"
