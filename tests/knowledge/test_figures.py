"""Figures of a text: addresses, days and numbers, in one form for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import MONTH_NAMES_EN, MONTH_NAMES_NL
from knowledge.figures import figures_of


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("", []),
        ("Geen cijfers, ook niet twee.", []),
        ("Het is 5.", ["5"]),
        ("Het is 2,5% of 2.5 %.", ["2,5%", "2.5"]),
        ("Ten minste € 100.000, niet €90.000.", ["100.000", "90.000"]),
        ("Van 09:00 tot 17.00 uur.", ["09:00", "17.00"]),
        ("Op 07-11-2025 of 7/11/25.", ["07-11-2025", "7/11/25"]),
        ("Op 7 november 2025.", ["7 11", "7", "2025"]),
        ("Op 07 november.", ["7 11", "07"]),
        ("On 7 November 2025", ["7 11", "7", "2025"]),
        ("Op 7 nov. 2025", ["7 11", "7", "2025"]),
        ("7 dagen", ["7"]),
        ("In november 2025", ["2025"]),
        ("Van 1 t/m 3 mei", ["1", "3 5", "3"]),
        ("Zie 2.7 en hoofdstuk 4.", ["2.7", "4"]),
        ("Bel 088 12 34 567.", ["088", "12", "34", "567"]),
        ("Mail Inkoop@Noord.example.", ["inkoop@noord.example"]),
        ("Mail (inkoop.a+b@noord-oost.example).", ["inkoop.a+b@noord-oost.example"]),
        ("Mail inkoop2@noord3.example4", ["inkoop2@noord3.example4"]),
        ("Zie www.noord.example/inkoop-2026.", ["www.noord.example/inkoop-2026"]),
        ("Zie https://noord.example/a?b=1,", ["https://noord.example/a?b=1"]),
        ("(zie www.noord.example)", ["www.noord.example"]),
        (r"Mail inkoop\_a@noord.example voor 5\*", ["inkoop_a@noord.example", "5"]),
        ("NEN8009:2018", ["8009:2018"]),
        ("5, 5 en 5", ["5", "5", "5"]),
    ],
)
def test_figures_in_order(text: str, figures: list[str]) -> None:
    assert figures_of(text) == figures


@pytest.mark.parametrize("names", [MONTH_NAMES_NL, MONTH_NAMES_EN], ids=["nl", "en"])
def test_a_day_is_the_same_in_both_languages(names: tuple[str, ...]) -> None:
    for number, name in list(enumerate(names))[1:]:
        assert figures_of(f"op 7 {name}") == [f"7 {number}", "7"]
        assert figures_of(f"OP 7 {name.upper()}") == [f"7 {number}", "7"]


@given(st.lists(st.integers(0, 10**9), max_size=5))
def test_every_number_is_seen(numbers: list[int]) -> None:
    assert figures_of(" en ".join(f"{number} stuks" for number in numbers)) == [str(number) for number in numbers]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(figure == figure.lower() for figure in figures_of(text))
