"""What belongs to what: times, denials in another clause, own standards, and what is only asked or somebody else's."""

from __future__ import annotations

import pytest

from tests.assistant.telling import SPECS as PROVIDER
from tests.assistant.telling import date, short, yes_no

SPECS = (
    *PROVIDER,
    yes_no("visited", "visitatie", true=("visitatie .. geweest",)),
    yes_no("ready", true=("contract .. klaar",), false=("contract .. nog",)),
    yes_no("agreed", "akkoord", true=("een akkoord", "aantal afspraken")),
    yes_no("paper", true=("op papier",)),
    yes_no("plan", "jaarplan", true=("jaarplan .. gemaakt|maken",)),
    yes_no("quits", "stoppen met roken"),
    yes_no("guide", "LESA", false=("LESA .. ouderwets",)),
    yes_no("list_out", "lijst van wie niet meedoet"),
    yes_no("bandwidth", "bandbreedte"),
    yes_no("indications", true=("indicaties .. volgens",)),
    yes_no("approved", true=("is|zijn goedgekeurd",)),
    yes_no("meets", true=("overal aan voldoen",)),
    yes_no("fraud", "fraude"),
    yes_no("alone", true=("geen andere apotheek",)),
    yes_no("kept", true=("klachten .. vast",)),
    yes_no("whole", false=("bij een andere praktijk",)),
    yes_no("digital", "beeldbellen"),
    date("signed_date", "tekenen", "getekend"),
)
TIMES = [
    ("Een visitatie is afgelopen herfst geweest", "visited:yes"),
    ("In de afgelopen drie jaar is er een visitatie geweest", "visited:yes"),
    ("Onze visitatie is afgelopen", "visited:no"),
    ("Ons HKZ is afgelopen maand verlopen", "has_hkz:no"),
    ("Voor volgend jaar staat ons contract al klaar", "ready:yes"),
    ("Voor volgend jaar hebben we HKZ", "has_hkz:yes"),
    ("HKZ krijgen we volgend jaar", "has_hkz:no"),
    ("HKZ staat bij ons op de planning", "has_hkz:no"),
    ("ISO wacht nog op een handtekening", "has_iso:no"),
    ("Hij is bezig met stoppen met roken", "quits:yes"),
    ("Wij zijn bezig met HKZ", "?has_hkz"),
]
DENIED = [
    ("We do not work with HKZ", "has_hkz:no"),
    ("Our staff isn't registered with HKZ", "has_hkz:no"),
    ("ISO hebben we evenmin", "has_iso:no"),
    ("Klachten leggen wij nergens vast", "kept:no"),
    ("een akkoord hebben we niet", "agreed:no"),
    ("Het aantal afspraken is niet rond", "agreed:no"),
    ("Ons jaarplan staat nog niet op papier", "plan:no"),
    ("Het jaarplan zijn wij vergeten te schrijven", "plan:no"),
    ("Het jaarplan moeten wij nog maken", "plan:no"),
    ("Het contract ligt er nog niet", "ready:no"),
    ("De LESA kennen we wel, maar wij gebruiken hem niet", "guide:no"),
    ("LESA kennen we, maar we doen er niets mee", "guide:no"),
    ("De LESA vinden wij ouderwets en gebruiken we niet", "guide:no"),
    ("We hebben HKZ, maar we gebruiken het niet", "?has_hkz"),
]
BRACKETS = [
    ("Een klachtenregeling (WKKGZ) hebben wij niet", "has_complaints_scheme:no"),
    ("Wij hebben geen HKZ-certificaat (HKZ)", "has_hkz:no"),
    ("Het keurmerk voor zorg (HKZ) missen wij", "has_hkz:no"),
    ("We do not hold the ISO certificate (ISO9001).", "has_iso:no"),
    ("HKZ (NEE), ISO (JA)", "has_hkz:no has_iso:yes"),
    ("Wij hebben ISO (maar geen HKZ)", "has_hkz:no has_iso:yes"),
]
ELSEWHERE = [
    ("HKZ? Nee, hebben we niet", "has_hkz:no"),
    ("HKZ? Ja.", "has_hkz:yes"),
    ("LESA? Daar doen wij niets mee.", "guide:no"),
    ("ISO? Die ontbreekt.", "has_iso:no"),
    ("HKZ? Geregeld.", "has_hkz:yes"),
    ("HKZ? Check, en ISO hebben we niet.", "has_hkz:yes has_iso:no"),
    ("HKZ? In orde.", "has_hkz:yes"),
    ("HKZ? Nog niet.", "has_hkz:no"),
    ("HKZ? Helaas niet. ISO? Hebben we.", "has_hkz:no has_iso:yes"),
    ("HKZ? Klopt dat?", ""),
    ("HKZ? Geregeld?", ""),
    ("Is HKZ verplicht? Klopt.", ""),
    ("HKZ? Geregeld wordt dat door de koepel.", ""),
    ("HKZ: op orde, ISO: nog niet", "has_hkz:yes has_iso:no"),
    ("HKZ: in orde. ISO: niet geregeld.", "has_hkz:yes has_iso:no"),
    ("HKZ, daar doen wij niet aan.", "has_hkz:no"),
    ("HKZ, die hebben wij al jaren", "has_hkz:yes"),
    ("HKZ: nee", "has_hkz:no"),
    ("ISO ja, HKZ ja, SEMH NIET", "has_hkz:yes has_iso:yes has_semh:no"),
    ("ISO ✓ HKZ ✓ SEMH ✗", "has_hkz:yes has_iso:yes has_semh:no"),
    ("We hebben wel ISO, maar HKZ is er nog niet van gekomen", "has_hkz:no has_iso:yes"),
    ("Wel ISO, maar HKZ wil de directie niet", "has_hkz:no has_iso:yes"),
    ("Een lijst van wie niet meedoet hebben we niet.", "list_out:no"),
    ("Een klachtenregeling, met vaste termijnen, hebben we niet.", "has_complaints_scheme:no"),
]
WHOSE = [
    ("In onze zbc hebben wij geen HKZ", "has_hkz:no provider_type:zbc"),
    ("Onze zbc is nog niet open", "provider_type:zbc"),
    ("Er is hier geen andere apotheek", "alone:yes"),
    ("De fysiotherapie ligt bij een andere praktijk", "whole:no"),
    ("Er is een visitatie geweest in het ziekenhuis naast ons", "visited:yes"),
    ("Na de sluiting van de buurkliniek is er een visitatie geweest", "visited:yes"),
    ("Wij stellen indicaties volgens het boek", "indications:yes"),
    ("Wij voldoen aan de criteria van HKZ", "has_hkz:yes"),
    ("Er staat geen bandbreedte in ons contract", "bandwidth:no"),
    ("Is ons beeldbellen toegestaan?", "digital:yes"),
    ("Mag een apotheek zonder HKZ leveren?", "has_hkz:no provider_type:pharmacy"),
    ("Mag een apotheek fraude melden?", "provider_type:pharmacy"),
    ("Wij doen alleen ASA 1 en 2", "?asa_class"),
]


@pytest.mark.parametrize(
    ("text", "expected"), rows := [*TIMES, *DENIED, *BRACKETS, *ELSEWHERE, *WHOSE], ids=[text for text, _ in rows]
)
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Wat is een zbc?",
        "Welke instellingen tellen als apotheek?",
        "Wat telt als HKZ?",
        "Wanneer hoor ik of het is goedgekeurd?",
        "Wij willen weten of we overal aan voldoen",
        "Kunt u controleren of wij HKZ hebben?",
        "Is beeldbellen toegestaan?",
        "Is ASA 3 toegestaan?",
        "Is een zbc toegestaan?",
        "Welke huizen zijn ziekenhuis?",
        "Met wie onderhandelen jullie?",
        "Met welke apotheken onderhandelen jullie?",
        "Wat gebeurt er met HKZ?",
        "Wat doen jullie met HKZ?",
        "De kliniek naast ons heeft HKZ",
        "De buurkliniek heeft geen HKZ",
        "De aanvraag van de buurapotheek is goedgekeurd",
        "Een andere praktijk heeft HKZ",
        "Moeten aanbieders zonder HKZ ook melden?",
        "Krijgt iedereen met HKZ een aanbod?",
        "Er staat HKZ in de tekst",
        "Jullie hanteren een norm voor HKZ",
        "Wij vragen HKZ aan",
        "HKZ nodig? Nee.",
        "HKZ? Of ISO?",
        "Kan ik na 15 november nog tekenen?",
        "Wij kopen software bij de zorgverzekeraar",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert short(text, SPECS) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vallen wij onder de klinieken of onder de ziekenhuizen?", ""),
        ("Horen wij bij het gewone contract of bij dat voor ziekenhuizen?", ""),
        ("Zijn wij een kliniek of een ziekenhuis?", ""),
        ("Wij zijn een kliniek. Horen wij bij het gewone contract of niet?", "provider_type:zbc"),
        ("Horen wij als kliniek bij het ene of bij het andere contract?", "provider_type:zbc"),
    ],
)
def test_which_of_two_one_is_is_only_asked(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected
