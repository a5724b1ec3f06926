"""What is named without being told: looked for, valued, in the works, of some or of others, or of nobody at all."""

from __future__ import annotations

import pytest

from tests.assistant.telling import SPECS, short


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wij zijn benieuwd naar HKZ", "?has_hkz"),
        ("Er wordt gewerkt aan HKZ", "?has_hkz"),
        ("Wij werken aan een ISO-certificaat", "?has_iso"),
        ("Onze HKZ is bijna rond", "?has_hkz"),
        ("HKZ is bij ons een aandachtspunt", "?has_hkz"),
        ("Wij vinden HKZ belangrijk", "?has_hkz"),
        ("Onze HKZ wordt nog beoordeeld", "?has_hkz"),
        ("Ik neem aan dat wij HKZ hebben", "?has_hkz"),
        ("Sommige van onze locaties hebben HKZ", "?has_hkz"),
        ("Een deel van onze locaties heeft HKZ", "?has_hkz"),
    ],
)
def test_what_is_left_open_is_asked(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Of we HKZ hebben, moet ik nog navragen",
        "Of wij HKZ hebben is nog niet uitgezocht",
        "HKZ en contract: hoe werkt dat?",
        "Mag ik het HKZ-certificaat later inleveren?",
        "Wij hoorden dat instellingen met HKZ sneller een contract krijgen",
        "Een andere kliniek werkt voor ons en heeft HKZ",
    ],
)
def test_what_is_only_named_is_not_read(text: str) -> None:
    assert "has_hkz" not in short(text, SPECS).replace("?has_hkz", "")


@pytest.mark.parametrize(
    "text",
    [
        "Wij hebben geen enkel HKZ-certificaat",
        "Er is bij ons geen enkele HKZ-certificering",
        "Van HKZ is bij ons geen sprake",
        "HKZ-certificaten hebben wij geen enkel",
        "Wij wachten op HKZ",
    ],
)
def test_what_is_denied_in_other_words_is_not_so(text: str) -> None:
    assert short(text, SPECS) == "has_hkz:no"


def test_what_runs_out_is_there_now() -> None:
    assert short("Onze HKZ loopt binnenkort af", SPECS) == "has_hkz:yes"
