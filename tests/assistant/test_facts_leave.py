"""Questions that ask leave: the act that they name is taken as given, what they ask for is not."""

from __future__ import annotations

import pytest

from tests.assistant.telling import choice, option, read, short, yes_no

SPECS = (
    yes_no("digital", "digitaal declareren", false=("op papier", "per post", "on paper")),
    yes_no("own_form", "eigen formulier", "own form"),
    yes_no("backdated", "terugwerkende kracht", true=("contract .. achteraf",)),
    yes_no("negotiates", "onderhandelen", "onderhandeling", "negotiate"),
    yes_no("area_by_list", true=("in de lijst",)),
    yes_no("has_hkz", "HKZ-certificaat", "HKZ", true=("HKZ .. halen",)),
    yes_no("contracted", "gecontracteerd", "contract", false=("zonder contract",)),
    choice("form", option("other", "voorlichting", "lecture", "lezing"), option("online", "online", "online", "Zoom")),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mogen wij rekeningen op papier opsturen?", "digital:no"),
        ("Kan ik de nota's gewoon per post versturen?", "digital:no"),
        ("Can we send our invoices on paper?", "digital:no"),
        ("Mag ik een eigen formulier gebruiken?", "own_form:yes"),
        ("May I use my own form?", "own_form:yes"),
        ("Mag het contract achteraf nog gelden?", "backdated:yes"),
        ("Kan ik mijn werkgebied in de lijst veranderen?", "area_by_list:yes"),
        ("Mogen we een lezing declareren?", "form:other"),
        ("Mag ik via Zoom begeleiden?", "form:online"),
        ("Mag het met terugwerkende kracht?", "backdated:yes"),
        ("We werken zonder papieren. Dus met terugwerkende kracht?", "backdated:yes"),
    ],
)
def test_what_leave_is_asked_for_is_assumed(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moeten we op papier declareren?",
        "Is een eigen formulier verplicht?",
        "Kan ik een HKZ-certificaat aanvragen?",
        "Kan ik HKZ halen?",
        "Kunnen wij een HKZ-certificaat krijgen?",
        "Mogen wij onderhandelen?",
        "Kunnen we samen met de verzekeraar onderhandelen?",
        "Can we negotiate?",
        "Kunnen jullie een eigen formulier sturen?",
        "Mag de verzekeraar het contract achteraf wijzigen?",
        "Kan ik ergens lezen wat een eigen formulier is?",
        "Kunt u uitleggen wat terugwerkende kracht is?",
        "Wie kan er op papier tekenen?",
        "Kunnen we gecontracteerd worden?",
        "Mag ik het HKZ-certificaat van het ziekenhuis gebruiken?",
        "Voeren jullie met ons een onderhandeling?",
    ],
)
def test_nothing_is_assumed(text: str) -> None:
    assert read(text, SPECS).known() == {}


def test_an_own_answer() -> None:
    assert short("Hadden wij een HKZ-certificaat? Nee. Wat nu?", SPECS) == "has_hkz:no"
    assert short("Have we a contract? Yes.", SPECS) == "contracted:yes"
    assert short("Hebben wij HKZ nodig?", SPECS) == ""
