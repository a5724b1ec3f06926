"""Numbers in many notations: every citizen service number is found and gone, other numbers stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.guard.bsn import is_bsn
from assistant.guard.personal_data import MASKS, find_personal_data, is_masked, mask
from assistant.guard.plain_text import plain

NOTATIONS = (
    "{0}",
    "({0})",
    "{a}.{b}.{c}",
    "{a} {b} {c}",
    "{a}-{b}-{c}",
    "{d}.{e}.{f}",
    "{d} {e} {f}",
    "{d}-{e}-{f}",
    "{d}/{e}/{f}",
    "bsn {0}",
    "BSN: {0}",
    "BSN={0}",
    "bsn-nummer {0}",
    "B.S.N. {0}",
    "bsn nr. {d} {e} {f}",
    "burgerservicenummer {0}",
    "Burgerservicenummer van mijn cliënt is {d}.{e}.{f}",
    "sofinummer {0}",
    "BSN van patiënt: {a} {b} {c}",
    "{s}",
    "patiënt {g}",
    "bsn {g}",
    "citizen service number {0}",
)
OTHERS = (
    "AGB {8}",
    "AGB-code: {8}",
    "KvK {8}",
    "KvK-nummer {8}",
    "telefoon 0{9}",
    "06-{8}",
    "+31 6 {8}",
    "+31{9}",
    "declaratienummer {9}",
    "factuur {9}",
    "contractnummer {9}",
    "bel ons op {9}",
    "btw NL{9}B01",
    "€ {m},50",
    "{m},50 euro",
    "UZOVI {4}",
    "Vektis {4}",
    "RSIN {9}",
    "zaaknummer is {9}",
    "0{9}",
    "{9}0",
)
BEFORE = ("", "Mag dit voor ", "Wij kregen een afwijzing op ", "Onze cliënt heeft ", "Welk tarief geldt voor ")
AFTER = ("", ".", "?", " en welk contract geldt dan?", ", mag dat?")


def _completed(beginning: int) -> str:
    return next((f"{beginning}{last}" for last in range(10) if is_bsn(f"{beginning}{last}")), "")


VALID = st.integers(10_000_000, 99_999_999).map(_completed).filter(bool)


def noted(notation: str, number: str) -> str:
    parts = {"a": number[:4], "b": number[4:6], "c": number[6:], "d": number[:3], "e": number[3:6], "f": number[6:]}
    spread = {"s": " ".join(number), "g": f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}"}
    return notation.format(number, **parts, **spread)


@settings(max_examples=300)
@given(VALID, st.sampled_from(NOTATIONS), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_no_citizen_service_number_survives_the_mask(number: str, notation: str, before: str, after: str) -> None:
    text = f"{before}{noted(notation, number)}{after}"
    hidden = mask(plain(text))
    assert MASKS["bsn"] in hidden
    assert number not in re.sub(r"\D", "", hidden)
    assert find_personal_data(hidden) == []
    assert is_masked(hidden)


@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_notation_is_found_for_every_number(notation: str) -> None:
    numbers = [number for n in range(10_000_000, 99_000_000, 390_001) if (number := _completed(n))]
    assert len(numbers) > 200
    missed = [
        n for n in numbers if "bsn" not in {f.kind for f in find_personal_data(f"Geldt dit voor {noted(notation, n)}?")}
    ]
    assert missed == []


@pytest.mark.parametrize("notation", OTHERS)
def test_other_numbers_are_left_alone(notation: str) -> None:
    """Each is nine digits that pass the eleven-test, or part of them: only the words around tell."""
    wrong = []
    numbers = [number for n in range(10_000_000, 99_000_000, 390_001) if (number := _completed(n))]
    for number in numbers:
        filled = notation.replace("{9}", number).replace("{8}", number[:8]).replace("{4}", number[:4])
        text = f"Wij hebben {filled.replace('{m}', f'{int(number):,}'.replace(',', '.'))} en vragen wat nu?"
        wrong += [text] if find_personal_data(text) else []
    assert wrong == []


@given(st.text(max_size=80))
def test_masking_ends_and_is_done_once(text: str) -> None:
    hidden = mask(plain(text))
    assert mask(hidden) == hidden


@given(VALID, VALID, st.sampled_from(["\u200b", "\u00a0", "\u2009", "\u00ad", "\u2060"]))
def test_hidden_characters_hide_no_number(first: str, second: str, hidden: str) -> None:
    text = mask(plain(f"bsn {hidden.join(first)} en patiënt {second}"))
    assert first not in re.sub(r"\D", "", text)
    assert second not in text


def test_a_name_is_gone_wherever_it_stands() -> None:
    hidden = mask("Patiënt Jan de Vries wil overstappen. Kan Vries of Jan dat zelf?")
    assert "Jan" not in hidden
    assert "Vries" not in hidden


@pytest.mark.parametrize("mark", MASKS.values())
def test_a_mask_is_no_find(mark: str) -> None:
    for text in (mark, f"Patiënt {mark} komt", f"bsn {mark}", f"mevrouw {mark}, geb. {mark}", f"polisnummer {mark}"):
        assert mask(text) == text
