"""What was given up, failed or is lacking is not so, also where no 'niet' or 'geen' says it."""

from __future__ import annotations

import pytest

from tests.assistant.telling import read, short

NOT_SO = (
    "Ons HKZ-certificaat is verleden tijd.",
    "Ons HKZ-certificaat liep in mei af.",
    "Ons HKZ-certificaat is verouderd.",
    "HKZ laten wij voor wat het is.",
    "HKZ zegden we op.",
    "HKZ is ons te duur.",
    "HKZ is bij ons ver te zoeken.",
    "HKZ gebruiken wij op geen enkele manier.",
    "Van HKZ hebben we afgezien.",
    "Voor HKZ zijn we gezakt.",
    "Met HKZ hebben wij niks te maken.",
    "Wij zien af van HKZ.",
    "Wij stopten met HKZ.",
    "De auditor weigerde ons het HKZ-certificaat.",
    "We gave up our HKZ certificate.",
    "Geen van ons heeft HKZ.",
)
STILL_SO = (
    ("Er is niets in HKZ dat wij niet doen.", "has_hkz:yes"),
    ("Zonder hulp van anderen hebben wij HKZ gehaald.", "has_hkz:yes"),
    ("Wij hebben HKZ en daarom vertrouwt men ons niet minder.", "has_hkz:yes"),
    ("We hebben HKZ, ook al stapten we naar een andere verzekeraar.", "has_hkz:yes"),
    ("Ons HKZ-certificaat loopt in mei af.", "has_hkz:yes"),
)


@pytest.mark.parametrize("text", NOT_SO)
def test_it_is_not_so(text: str) -> None:
    assert read(text).known().get("has_hkz") is False


@pytest.mark.parametrize(("text", "facts"), STILL_SO)
def test_it_is_still_so(text: str, facts: str) -> None:
    assert short(text) == facts
