"""What a denying word reaches: gaps of phrases, names at a distance, exceptions to a claim about all, others' words."""

from __future__ import annotations

import pytest

from tests.assistant.telling import choice, option, read, short, yes_no

SPECS = (
    yes_no("trains", "leerlingen", true=("leiden|leidt .. op", "train .. nurses")),
    yes_no(
        "grown", "groei", true=("patiënten is|zijn .. gestegen", "patiënten .. stijgt"), false=("patiënten .. gelijk",)
    ),
    yes_no("project", "Zuinig", "project Zuinig"),
    yes_no("in_register", "specialistenregister", "register van de raad"),
    yes_no("standard", "NVW", "NVW-norm"),
    yes_no("safety", "veiligheidssysteem", "NEN 4400"),
    yes_no("queue", "wachtlijst"),
    yes_no("online", true=("staat op .. site",), false=("niet op .. site", "tonen .. niet")),
    yes_no("all_groups", "alle kringen", false=("drie van de .. kringen", "geen enkele kring")),
    yes_no("other_mark", "ander keurmerk", false=("niets .. vergelijkbaars", "zonder keurmerk")),
    yes_no("has_hkz", "HKZ"),
    yes_no("echoes", "echo's maken"),
    yes_no("plan", "jaarplan"),
    yes_no("budget", "begroting", true=("alle stukken",)),
    yes_no("list", "ledenlijst", true=("alle stukken",)),
    yes_no("contract", "gecontracteerd", "contract", false=("zonder contract",)),
    yes_no("assistants_count", "BIG-vak", false=("assistenten",)),
    yes_no("conditions", "alle eisen", true=("voldoen .. aan alle",)),
    yes_no("inside", true=("binnen .. streek",), false=("buiten .. streek", "in ons gebied")),
    choice(
        "provider", option("zbc", "behandelkliniek", "clinic", "zbc"), option("service", "prikdienst", "blood service")
    ),
)
IN_GAPS = [
    ("Wij leiden geen jonge verzorgenden op", "trains:no"),
    ("ons bureau leidt dit jaar nooit iemand op", "trains:no"),
    ("wij leiden verzorgenden op", "trains:yes"),
    ("we do not train young nurses", "trains:no"),
    ("het aantal patiënten is vorig jaar niet gestegen", "grown:no"),
    ("het aantal patiënten is flink gestegen", "grown:yes"),
    ("HKZ en SEMH ontbreken, en verder niets vergelijkbaars", "has_hkz:no other_mark:no"),
    ("geen HKZ en ook niets dat vergelijkbaars heet", "has_hkz:no other_mark:no"),
    ("in drie van de vijf kringen zitten we niet", "all_groups:no"),
]
FAR = [
    ("De prikdienst werkt niet volgens de NVW", "provider:service standard:no"),
    ("wij doen niet mee met Zuinig", "project:no"),
    ("stel dat wij niet samenwerken met Zuinig", "project:no"),
    ("één arts staat nog niet in het specialistenregister", "in_register:no"),
    ("Onze nieuwe cardioloog staat niet in het register van de raad", "in_register:no"),
    ("ons veiligheidssysteem heeft geen certificaat volgens NEN 4400", "safety:no"),
    ("Mogen zij hier werken zonder dat ze in het specialistenregister staan?", "in_register:no"),
    ("Een jaarplan over de streek hebben we niet gemaakt", "plan:no"),
    ("ons contract is vorige week verlopen en de nieuwe keuring moet nog komen", "contract:no"),
    ("We voldoen al jaren aan alle eisen", "conditions:yes"),
    ("stel dat we aan alle eisen voldoen", "conditions:yes"),
]
OF_SOMETHING_ELSE = [
    ("Onze wachtlijst staat niet op de site", "online:no queue:yes"),
    ("De wachtlijst tonen wij niet", "online:no queue:yes"),
    ("wij hebben geen wachtlijst", "queue:no"),
    ("Onze zbc is niet aangesloten bij HKZ", "has_hkz:no provider:zbc"),
    ("zonder HKZ echo's maken, mag dat?", "echoes:yes has_hkz:no"),
    ("De cardiologen wel, de assistenten niet", "assistants_count:no"),
    ("wij zitten niet in alle kringen in ons gebied", "all_groups:no inside:no"),
    ("dat zag niemand aankomen en ons contract was toen al rond", "?contract"),
    ("Niemand van ons team mist een HKZ", "has_hkz:yes"),
    ("wij kopen bij een leverancier die geen contract heeft", ""),
    ("wij verwijzen naar een apotheek zonder contract", ""),
    ("we hebben nog niet gehoord of hij is gecontracteerd", "?contract"),
]
TAKEN_BACK = [
    ("Wij hebben HKZ, maar dat verliep in mei", "has_hkz:no"),
    ("We volgen de NVW-norm, maar niet op alle punten", "?standard"),
    ("We hebben HKZ maar niet overal", "?has_hkz"),
    ("Wij willen een jaarplan", "?plan"),
    ("Geen HKZ, geen jaarplan en ook niets vergelijkbaars", "has_hkz:no other_mark:no plan:no"),
    ("Past ons jaarplan bij de streek?", ""),
]
EXCEPTED = [
    ("Iedereen heeft HKZ, behalve de twee nieuwen", "has_hkz:no"),
    ("Op één na hebben al onze huizen HKZ", "has_hkz:no"),
    ("Al onze huizen hebben HKZ, op drie na", "has_hkz:no"),
    ("Niet al onze huizen hebben HKZ", "has_hkz:no"),
    ("Al onze huizen hebben HKZ", "has_hkz:yes"),
    ("Alles is verstuurd, behalve het jaarplan", "plan:no"),
    ("alles is binnen op het jaarplan na", "plan:no"),
    ("we hebben alle stukken behalve de ledenlijst", "budget:yes list:no"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    rows := [*IN_GAPS, *FAR, *OF_SOMETHING_ELSE, *TAKEN_BACK, *EXCEPTED],
    ids=[text for text, _ in rows],
)
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In het stuk staat dat HKZ nodig is",
        "Er staat HKZ in de tekst",
        "Volgens het beleid hebben klinieken HKZ",
        "Welk keurmerk is vergelijkbaar met HKZ?",
        "Wat is het verschil tussen HKZ en NVW?",
        "Is NVW hetzelfde als HKZ?",
        "Tot wanneer is HKZ geldig?",
        "By what date does HKZ have to be there?",
    ],
)
def test_what_is_quoted_or_compared_is_no_fact(text: str) -> None:
    assert read(text, SPECS).known() == {}
