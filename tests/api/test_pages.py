from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.markdown import read_markdown, read_runs
from api.pages import STRINGS, WEB
from api.suggestions import suggest
from api.widget import MODULES, STATIC, read_widget_strings
from tests.api.fake_assistant import POLICY, RESTATED

REASONS = ("incorrect", "incomplete", "unclear", "source", "other")


def test_both_languages_say_the_same_things() -> None:
    assert set(STRINGS["nl"]) == set(STRINGS["en"])
    for name, text in STRINGS["nl"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", STRINGS["en"][name]), name


def test_the_widget_says_the_same_things_in_both_languages_and_no_more_than_it_uses() -> None:
    strings = read_widget_strings()
    assert set(strings["nl"]) == set(strings["en"])
    for name, text in strings["nl"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", strings["en"][name]), name
    modules = "".join((STATIC / name).read_text("utf-8") for name in MODULES)
    used = set(re.findall(r"\bstrings\.(\w+)", modules))
    by_name = {"met", "not_met", "undecided", "insurer", "year", "care", *REASONS}
    assert used | by_name == set(strings["nl"])


def _files(folder: str, pattern: str = "*") -> list[Path]:
    return [path for path in (WEB / folder).rglob(pattern) if path.is_file()]


def test_no_page_or_script_asks_for_anything_elsewhere() -> None:
    for path in [*_files("static"), *_files("templates")]:
        assert not re.search(r"(?:src|href|url|import|from|fetch)\W{1,3}(?:https?:)?//", path.read_text()), path.name
    for path in _files("static", "*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", path.read_text()), (
            path.name
        )


def test_the_first_page_says_what_it_is_before_the_first_question(client: TestClient) -> None:
    html = client.get("/").text
    assert html.index("geautomatiseerde assistent") < html.index("<textarea")
    assert '<html lang="nl">' in html
    assert 'maxlength="1000"' in html
    assert '<script src="/widget.js' in html
    assert html.count("data-question=") == 4
    english = client.get("/", params={"lang": "en"}).text
    assert '<html lang="en">' in english
    assert "automated assistant" in english
    assert '<html lang="nl">' in client.get("/", params={"lang": "<script>"}).text


def test_without_script_the_answer_is_on_the_page(client: TestClient) -> None:
    html = client.get("/", params={"q": "Wanneer tekenen?"}).text
    assert "<strong>uiterlijk 13 november 2026</strong>" in html
    assert 'href="#source-1"' in html
    assert 'id="source-1"' in html
    assert f'href="/policies/{POLICY.id}?passage=' in html
    assert "U heeft nog 14 dagen om te tekenen." in html


def test_without_script_a_choice_asks_the_same_question_again(client: TestClient) -> None:
    html = client.get("/", params={"q": "welke voorwaarden?"}).text
    assert 'name="insurer" value="Noorderlicht"' in html
    assert 'name="year" value="2027"' in html
    chosen = client.get("/", params={"q": "welke voorwaarden?", "insurer": "Noorderlicht", "year": "2027"}).text
    assert "uiterlijk 13 november 2026" in chosen


@pytest.mark.parametrize(
    ("params", "status", "told"),
    [
        ({"q": "a" * 1001}, 422, "ten hoogste 1.000 tekens"),
        ({"q": "\u200b"}, 422, "Stel een vraag."),
        ({"q": "a", "year": "x"}, 422, "niet goed ingevuld"),
        ({"q": "a", "year": "²²²²"}, 422, "niet goed ingevuld"),
        ({"q": "kapot"}, 500, "Er ging iets mis"),
        ({"q": "  "}, 200, "Waarmee kunnen wij u helpen?"),
    ],
)
def test_without_script_a_failure_is_told_on_the_page(
    client: TestClient, params: dict[str, str], status: int, told: str
) -> None:
    response = client.get("/", params=params)
    assert response.status_code == status
    assert told in response.text
    assert "<textarea" in response.text


def test_a_handoff_is_a_mail_that_the_asker_sends(client: TestClient) -> None:
    html = client.get("/", params={"q": "wat voor weer?"}).text
    assert (
        'href="mailto:inkoop%40noorderlicht.example?subject=Vraag%20%26%20antwoord&amp;body=Geachte%20inkoop%2C%0A'
        in html
    )
    assert "Geen antwoord uit het beleid" in html


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("Een.\nTwee.", [("paragraph", ["Een. Twee."])]),
        ("Een.\n\n\nTwee.", [("paragraph", ["Een."]), ("paragraph", ["Twee."])]),
        ("Nodig:\n- a\n- b\n  vervolg", [("paragraph", ["Nodig:"]), ("list", ["a", "b vervolg"])]),
        ("1. a\n2. b", [("numbered", ["a", "b"])]),
        ("-5 graden", [("paragraph", ["-5 graden"])]),
        ("<b>x</b>", [("paragraph", ["<b>x</b>"])]),
    ],
)
def test_markdown_blocks(text: str, blocks: list[tuple[str, list[str]]]) -> None:
    read = read_markdown(text)
    assert [(block.kind, ["".join(run.text for run in entry) for entry in block.entries]) for block in read] == blocks


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a **b** [1]c", [("plain", "a "), ("bold", "b"), ("plain", " "), ("mark", "1"), ("plain", "c")]),
        (r"\*\*a\*\* \[1\]", [("plain", c) for c in ("*", "*", "a", "*", "*", " ", "[", "1", "]")]),
        ("a ** b", [("plain", "a ** b")]),
        ("[x](javascript:alert(1))", [("plain", "[x](javascript:alert(1))")]),
        ("[1234]", [("plain", "[1234]")]),
        ("**" * 5000, [("plain", "**" * 5000)]),
    ],
)
def test_markdown_runs(text: str, runs: list[tuple[str, str]]) -> None:
    assert [(run.kind, run.text) for run in read_runs(text)] == runs


def test_suggestions_go_round_the_policies_and_the_wordings() -> None:
    questions = suggest([POLICY, RESTATED], "nl")
    assert len(set(questions)) == 4
    assert ["Noorderlicht" in question for question in questions] == [True, False, True, False]
    assert suggest([], "nl") == []
    assert suggest([POLICY.model_copy(update={"care": ()})], "nl") == []
    assert suggest([POLICY], "en")[0].startswith("What conditions")
