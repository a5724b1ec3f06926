"""Figures that must be counted first, hours by day, lists of parties, and what holds only where all do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache

import pytest

from assistant.facts import read_facts
from assistant.language import detect_language
from assistant.prose.phrases import Lexicon
from knowledge.rules.card import FactValue
from knowledge.rules.load import bundled_cards

TODAY = dt.date(2026, 9, 14)


@cache
def lexicon(policy: str) -> Lexicon:
    cards = next(each for each in bundled_cards() if each.policy == policy)
    return Lexicon(cards.facts)


def told(policy: str, text: str, name: str) -> FactValue | None:
    """What was said of a fact; None where nothing was, or it was left open."""
    return read_facts(text, lexicon(policy), today=TODAY, language=detect_language(text)).known().get(name)


@pytest.mark.parametrize(
    ("text", "fte"),
    [
        ("Wij hebben twee oogartsen in dienst, de ene 0,7 en de andere 0,4.", "1.1"),
        ("kliniek met een chirurg 0,8 fte en een internist 0,5 fte", "1.3"),
        ("Our surgeons work 0.6 + 0.7 fte", "1.3"),
        ("Nu 0,8 fte en volgend jaar 1,3 fte aan specialisten", None),
        ("Wij hebben 0,9 fte aan dermatologen; in mei komt er een derde bij voor 0,5.", "0.9"),
        ("Het ging van 0,9 naar 1,3 fte specialisten", None),
    ],
)
def test_working_time_told_in_parts_is_added_up(text: str, fte: str | None) -> None:
    assert told("zz-msz", text, "specialist_fte") == (Decimal(fte) if fte else None)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("wij kopen de add-ons in met vijf andere ziekenhuizen", 6),
        ("De inkoopgroep: drie collega-ziekenhuizen en wij, dus vier in totaal", 4),
        ("we buy together with two other hospitals, three of us in all", 3),
        ("onze inkoopgroep heeft zeven leden", 7),
        ("onze inkoopgroep telt vier leden, een vijfde heeft interesse", 4),
    ],
)
def test_who_does_it_with_others_belongs_to_them_and_a_total_goes_before_a_part(text: str, members: int) -> None:
    assert told("zz-msz", text, "group_members") == members


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("30 kraamverzorgenden, waarvan 18 zzp", 40),
        ("20 medewerkers, 9 daarvan op de loonlijst", 45),
        ("7 vd 10 kraamverzorgenden zijn in loondienst", 70),
        ("een kwart van onze mensen is zzp'er", 75),
        ("minstens 60% freelancers", 40),
        ("half of our carers are employed", 50),
        ("niemand is zzp'er", 100),
    ],
)
def test_a_share_is_read_from_its_parts_and_from_the_rest(text: str, share: int) -> None:
    assert told("caresq-geboortezorg", text, "employed_share") == share


@pytest.mark.parametrize(
    ("text", "per_place"),
    [
        ("Formatie: 50 fte, leerplekken: 2", 25),
        ("Wij hebben 45 fte. Er zijn drie opleidingsplekken.", 15),
        ("36 fte, twee leerplekken in Breda en een in Tilburg", 12),
        ("We employ 25 and 35 FTE maternity nurses and offer three training places", 20),
        ("op elke 18 fte een leerplek", 18),
    ],
)
def test_fte_per_training_place(text: str, per_place: int) -> None:
    assert told("caresq-geboortezorg", text, "fte_per_training_place") == per_place


@pytest.mark.parametrize(
    ("text", "office", "emergency"),
    [
        ("wij zijn bereikbaar van maandag tot en met vrijdag van 8.30 tot 17.30 uur", True, None),
        ("telefonisch bereikbaar: di t/m vr 9-17 uur", False, None),
        ("De telefoon staat open van 9 tot 5, woensdag tot 12 uur", False, None),
        ("bereikbaar van 9 tot 13 en van 13 tot 18 uur", True, None),
        ("telefonisch bereikbaar van 9 tot 17 uur, tussen 12 en 13 uur pauze", False, None),
        ("Our phone is staffed daily from 7am to 10pm", True, False),
        ("bereikbaar op alle dagen van 9 tot 17 uur, daarbuiten de spoedlijn 24/7", True, True),
        ("wij zijn bereikbaar, de wachttijd is 3 tot 5 weken", None, None),
        ("Moeten wij van 9 tot 17 uur telefonisch bereikbaar zijn?", None, None),
    ],
)
def test_hours_are_read_by_day(text: str, office: bool | None, emergency: bool | None) -> None:
    assert told("caresq-geboortezorg", text, "phone_office_hours") is office
    assert told("caresq-geboortezorg", text, "phone_emergency") is emergency


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "In onze IGO doen het ziekenhuis en de vrouwenartsen mee, maar de kraamzorg is afgehaakt.",
            {"hospital": True, "gynaecologists": True, "maternity_care": False},
        ),
        (
            "IGO: verloskundigen uit de eerste en tweede lijn zijn aangesloten, gynaecologen nog niet",
            {"primary_midwives": True, "secondary_midwives": True, "gynaecologists": False},
        ),
        ("An IGO without the hospital, is that allowed?", {"hospital": False}),
        ("Moet het ziekenhuis in de IGO vertegenwoordigd zijn?", {"hospital": None}),
        ("Wij bevallen in het ziekenhuis en de kraamzorg doet goed werk", {"hospital": None, "maternity_care": None}),
    ],
)
def test_each_party_of_a_list_shares_what_is_said_of_it(text: str, parties: dict[str, bool | None]) -> None:
    read = {party: told("caresq-geboortezorg", text, f"igo_{party}") for party in parties}
    assert read == parties


@pytest.mark.parametrize(
    ("policy", "text", "name", "value"),
    [
        ("caresq-geboortezorg", "wij doen mee in drie van de vier VSV's", "all_vsvs", False),
        ("caresq-geboortezorg", "er zijn hier 4 VSV's, wij zitten er in 2", "all_vsvs", False),
        ("caresq-geboortezorg", "van de 12 leden hebben er 12 een eigen AGB-code", "individual_agb", True),
        ("caresq-geboortezorg", "de leden declareren onder de code van ons bureau", "individual_agb", False),
        ("caresq-categorale", "vier van onze vijf specialisten staan in het RGS", "rgs_registered", False),
        ("caresq-categorale", "Wij hebben drie specialisten, twee staan in het RGS-register", "rgs_registered", False),
        ("caresq-categorale", "alle specialisten staan in het RGS-register", "rgs_registered", True),
    ],
)
def test_what_holds_only_where_all_do(policy: str, text: str, name: str, value: bool) -> None:
    assert told(policy, text, name) is value


@pytest.mark.parametrize(
    ("policy", "text", "name", "value"),
    [
        ("caresq-geboortezorg", "de KSV-aanmelding ligt er, wij wachten af", "ksv_member", False),
        ("zz-msz", "the Wbmv permit has been requested", "wbmv_permit", False),
        ("zz-msz", "rapporteren in april en juli is geen bezwaar", "nip_reports", True),
        ("zz-msz", "Wij zitten in jullie kernregio", "outside_region", False),
        ("zz-msz", "Wij zitten niet in jullie kernregio", "outside_region", True),
        ("caresq-stoppen-met-roken", "zij had in maart een traject en wil nu opnieuw", "programme_this_year", True),
        (
            "caresq-stoppen-met-roken",
            "zij had in mei 2025 een traject en wil nu weer",
            "programme_this_year",
            False,
        ),
        ("caresq-stoppen-met-roken", "wij coachen in Zeeland en Limburg", "works_nationally", False),
        ("caresq-stoppen-met-roken", "wij coachen in heel Nederland", "works_nationally", True),
        ("caresq-geboortezorg", "de ingang is aan de overkant van de straat", "dry_connection", False),
    ],
)
def test_what_is_only_on_its_way_no_trouble_or_elsewhere(policy: str, text: str, name: str, value: bool) -> None:
    assert told(policy, text, name) is value
