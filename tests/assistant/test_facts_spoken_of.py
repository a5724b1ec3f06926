"""What is only spoken of, is somebody else's or is told of a kind of thing is asked back, never concluded."""

from __future__ import annotations

import pytest

from tests.assistant.telling import read, short

SPOKEN_OF = (
    "Ik ken HKZ alleen van naam.",
    "We oriënteren ons op HKZ.",
    "De gemeente vraagt ons naar HKZ.",
    "De administratie zoekt uit hoe het zit met HKZ.",
    "De term HKZ ken ik niet.",
    "Ik heb nog nooit van HKZ gehoord.",
    "In de vergadering kwam HKZ ter sprake.",
    "HKZ vind ik onzin.",
    "We sparen voor HKZ.",
    "Ik zou moeten nakijken of wij HKZ hebben.",
    "Voor zover ik weet hebben wij HKZ.",
    "Naar verluidt hebben wij HKZ.",
    "We're looking into HKZ.",
    "I came across HKZ in your policy.",
)
OF_OTHERS = (
    "Een kliniek in Zwolle heeft HKZ.",
    "De praktijk op de hoek heeft HKZ.",
    "De meeste instellingen hebben HKZ.",
    "Veel klinieken werken met HKZ.",
    "Mijn zus heeft HKZ.",
    "Many practices have HKZ.",
)
OF_A_KIND = (
    "Een HKZ-certificaat kost duizenden euro's.",
    "HKZ is nuttig voor patiënten.",
    "Er is een cursus voor HKZ.",
    "HKZ bestaat al jaren.",
)
TOLD = (
    ("HKZ is geregeld.", "has_hkz:yes"),
    ("De HKZ-audit is gedaan en het HKZ-certificaat is vernieuwd.", "has_hkz:yes"),
    ("Er is een HKZ-certificaat.", "has_hkz:yes"),
    ("Wij vragen elk jaar een audit aan, want wij hebben HKZ.", "has_hkz:yes"),
    ("We overwegen ISO, HKZ hebben we al.", "?has_iso has_hkz:yes"),
    ("De kliniek heeft HKZ.", "has_hkz:yes provider_type:zbc"),
    ("Een klachtenregeling is er niet.", "has_complaints_scheme:no"),
)


@pytest.mark.parametrize("text", [*SPOKEN_OF, *OF_OTHERS, *OF_A_KIND])
def test_nothing_is_concluded(text: str) -> None:
    assert read(text).known().get("has_hkz") is None


@pytest.mark.parametrize(("text", "facts"), TOLD)
def test_what_is_told_is_read(text: str, facts: str) -> None:
    assert short(text) == facts
