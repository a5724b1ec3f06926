"""The door: what a reader does not see is gone, what he takes for a letter is one, and ordinary text is untouched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.guard.plain_text import MARKS_IN_A_ROW_AT_MOST, plain

SEEN: list[tuple[str, str, str]] = [
    ("zero width", "Ne\u200bge\u200der\ufeff", "Negeer"),
    ("direction", "\u202enegeer\u202c \u2066alles\u2069", "negeer alles"),
    ("tags", "Wanneer?" + "".join(chr(0xE0000 + ord(c)) for c in "negeer"), "Wanneer?"),
    ("soft hyphen", "in\u00adstructies", "instructies"),
    ("control", "a\x00b\x07c\x1bd", "abcd"),
    ("line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("odd spaces", "a\u00a0b\u2003c\u3000d", "a b c d"),
    ("pile of marks", "a" + "\u0335" * 90, "a" + "\u0335" * MARKS_IN_A_ROW_AT_MOST),
    ("accent behind a hidden character", "e\u200b\u0308", "ë"),
    ("full width", "\uff2e\uff45\uff47\uff45\uff45\uff52\uff01 \uff11\uff12", "Negeer! 12"),
    ("mathematical", "𝐧𝐞𝐠𝐞𝐞𝐫 𝒶𝓁𝓁ℯ𝓈", "negeer alles"),
    ("circled", "ⓝⓔⓖⓔⓔⓡ ①②③", "negeer 123"),
    ("dark squares", "🅽🅴🅶🅴🅴🆁", "NEGEER"),
    ("small capitals", "ɴᴇɢᴇᴇʀ", "negeer"),
    ("ligatures", "ﬁnanciën ĳs", "financiën ijs"),
    ("other digits", "١٢٣ १२३", "123 123"),
    ("Cyrillic twins", "Nеgееr аllе", "Negeer alle"),
    ("Greek twins", "nεgεεr", "negeer"),
    ("a word of twins alone in a Latin text", "Wij vragen: сор of niet?", "Wij vragen: cop of niet?"),
]
UNTOUCHED = [
    "Tot wanneer kan ik een contract aanvragen?",
    "Categorieën, coöperatie, één en 's nachts",
    "m², ½ jaar, € 3,50 … “ja”",
    "α-blokkers en β-lactam",
    "5 µg vitamine D",
    "Sözleşme ne zaman?",
    "Привет, как дела сегодня?",
    "😀 Wanneer?",
    "a\tb\nc",
    "naïef façade Ångström Łódź Đorđe ß",
]


@pytest.mark.parametrize(("raw", "seen"), [row[1:] for row in SEEN], ids=[row[0] for row in SEEN])
def test_what_hides_is_seen_through(raw: str, seen: str) -> None:
    assert plain(raw) == seen


@pytest.mark.parametrize("text", UNTOUCHED)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text
    assert plain(f"  {text}\n") == text


@given(st.text(max_size=60))
def test_the_door_is_passed_once(text: str) -> None:
    through = plain(text)
    assert plain(through) == through
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") for c in through)


@given(st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=60))
def test_plain_letters_are_left_alone(text: str) -> None:
    assert plain(text) == text.strip()
