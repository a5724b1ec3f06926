"""Amounts, days and kinds of providers that askers tell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assistant.telling import SPECS, amount, read, short

AMOUNTS = [
    ("80k omzet, 30 % marktaandeel, is dat genoeg?", "market_share:30 revenue_eur:80000"),
    ("Onze omzet is € 80.000", "revenue_eur:80000"),
    ("wij draaien een omzet van 80.000 per jaar", "revenue_eur:80000"),
    ("jaaromzet 1,2 mln", "revenue_eur:1200000"),
    (
        "Onze nieuwe kliniek verwacht €80.000 omzet maar 30% marktaandeel.",
        "market_share:30 provider_type:zbc revenue_eur:80000",
    ),
    ("omzet: 120000 euro, marktaandeel: 20%", "market_share:20 revenue_eur:120000"),
    ("ca. 120.000 omzet", "revenue_eur:120000"),
    ("Wij hebben 60% in loondienst en de rest zzp, voldoen we?", "employed_percent:60"),
    ("Ik werk met 40% vast personeel", "employed_percent:40"),
    ("9 van de 20 kraamverzorgenden in loondienst", "employed_percent:45"),
    ("de helft is in loondienst", "employed_percent:50"),
    ("de helft van onze mensen werkt in loondienst", "employed_percent:50"),
    ("Is 45% in loondienst genoeg?", "employed_percent:45"),
    ("Volstaat 45% in loondienst?", "employed_percent:45"),
    ("Mag 45% in loondienst?", "employed_percent:45"),
    ("45 % in loondienst, 30 % marktaandeel", "employed_percent:45 market_share:30"),
    ("marktaandeel 30%, loondienst 45%", "employed_percent:45 market_share:30"),
    (
        "Wij zijn een zelfstandige kliniek met 1,0 fte specialisten, komen we in aanmerking?",
        "provider_type:zbc specialists_fte:1",
    ),
    ("1,2 fte revalidatieartsen genoeg?", "specialists_fte:1.2"),
    ("Wij hebben 1,1 fte", "specialists_fte:1.1"),
    ("de een voor 0,6 fte en de ander 0,5 fte", "specialists_fte:1.1"),
    ("Twee artsen, de een werkt 0,6 fte en de ander 0,5 fte", "specialists_fte:1.1"),
    ("twee specialisten, respectievelijk 0,6 en 0,5 fte", "specialists_fte:1.1"),
    ("0,6 en 0,5 fte aan artsen", "specialists_fte:1.1"),
    ("0,4 fte oogarts en 0,3 fte internist", "specialists_fte:0.7"),
    ("Geen van onze mensen is in loondienst", "employed_percent:0"),
    ("twee artsen van elk 0,5 fte", "specialists_fte:1"),
    ("drie specialisten, ieder 0,4 fte", "specialists_fte:1.2"),
    ("2 x 0,6 fte specialisten", "specialists_fte:1.2"),
    ("two specialists of 0.5 fte each", "specialists_fte:1"),
    ("one works 0.6 fte and the other 0.5 fte", "specialists_fte:1.1"),
    ("mag ik met ASA 3 opereren", "asa_class:3"),
    ("mogen wij een patiënt met ASA 3 opereren", "asa_class:3"),
    ("Mag een zbc patienten met ASA 3 opereren?", "asa_class:3 provider_type:zbc"),
    ("May we operate on ASA 3 patients?", "asa_class:3"),
    ("Wij doen alleen ASA 1", "asa_class:1"),
    ("wij opereren maximaal ASA 2", "asa_class:2"),
    ("Wij vertegenwoordigen 12 apotheken", "pharmacies:12"),
    ("met zes apotheken en twee vertegenwoordigers", "pharmacies:6 representatives:2"),
    ("We represent six pharmacies", "pharmacies:6"),
    ("wij hebben geen omzet", "revenue_eur:0"),
    ("anderhalf jaar ervaring", "experience_months:18"),
    ("twee jaar ervaring", "experience_months:24"),
    ("6 months of experience", "experience_months:6"),
    ("Our revenue is 100,000 euros and our market share is 30%", "market_share:30 revenue_eur:100000"),
    ("turnover of EUR 90,000, is that enough?", "revenue_eur:90000"),
    ("Als wij 20% marktaandeel hebben, mag het dan?", "market_share:20"),
    ("Mag het ook met 20% marktaandeel?", "market_share:20"),
    ("ik lees dat 25 % marktaandeel nodig is, wij hebben 20 % marktaandeel", "market_share:20"),
    ("jullie eisen 50% in loondienst maar wij hebben 40% in loondienst", "employed_percent:40"),
    ("iets meer dan 25% marktaandeel", "market_share:25"),
    ("net geen 25% marktaandeel", "market_share:25"),
    ("minder dan 25% marktaandeel", "market_share:25"),
    ("ruim 300.000 euro omzet", "revenue_eur:300000"),
    ("we hebben 30%", ""),
    ("onze jaaromzet ligt tussen de 80.000 en 100.000 euro", "?revenue_eur"),
    ("Bij ons is iedereen in loondienst", "employed_percent:100"),
    ("al ons personeel is in loondienst", "employed_percent:100"),
    ("Niemand is bij ons in loondienst", "employed_percent:0"),
    ("wij hebben geen mensen in loondienst", "employed_percent:0"),
    ("niet iedereen is in loondienst", ""),
    ("Is iedereen bij jullie in loondienst?", ""),
    ("Wij vragen ons af of we met 1,1 fte en ASA 3 in aanmerking komen", "asa_class:3 specialists_fte:1.1"),
    (
        "Een ZBC met 90.000 euro omzet en 20% marktaandeel: krijgt die een contract?",
        "market_share:20 provider_type:zbc revenue_eur:90000",
    ),
    ("wij zijn met drie apotheken, samen 1,2 miljoen omzet", "pharmacies:3 revenue_eur:1200000"),
    ("wij hebben 60% zzp en 40% in loondienst", "employed_percent:40"),
    ("Van onze 40 kraamverzorgenden zijn er 18 in loondienst, de rest is zzp", "employed_percent:45"),
    ("Jullie grens is 300.000, wij zitten op 310.000 omzet", "revenue_eur:310000"),
    ("Onze omzet bedraagt 310.000 euro, dus boven de grens van 300.000", "revenue_eur:310000"),
    ("hoi, kort vraagje: zbc, omzet 300.000, buiten de regio", "in_region:no provider_type:zbc revenue_eur:300000"),
    ("omzet bij jullie ong. 45k", "revenue_eur:45000"),
    ("wij halen de omzet van een ton niet", "?revenue_eur"),
    ("we komen niet aan 25% marktaandeel", "?market_share"),
    ("omzet was vorig jaar 75.000 en dit jaar verwacht ik 110.000", "?revenue_eur"),
    ("Hoeveel leerlingen moet ik bij 60% in loondienst opleiden?", "employed_percent:60"),
]
DAYS = [
    ("We hebben aangevraagd op 14 april 2026, wanneer start het?", "application_date:2026-04-14"),
    ("Ik heb op 14 april 2026 een aanvraag gedaan", "application_date:2026-04-14"),
    ("Wanneer gaat het in als ik op 1 juni 2026 aanvraag?", "application_date:2026-06-01"),
    ("aanbod ontvangen op 9 december 2025", "received_date:2025-12-09"),
    ("het aanbod kregen we gisteren", "received_date:2026-05-11"),
    ("Als ik vandaag een aanvraag doe, wanneer start het dan?", "application_date:2026-05-12"),
    ("Als ik nu een aanvraag doe, wanneer start het dan?", "application_date:2026-05-12"),
    ("We received the offer on 9 December 2025", "received_date:2025-12-09"),
    ("if we apply on 3 June 2026, when does it start?", "application_date:2026-06-03"),
    (
        "aangevraagd op 1 mei 2026, aanbod ontvangen op 8 mei 2026",
        "application_date:2026-05-01 received_date:2026-05-08",
    ),
    ("aanvraag gedaan eind april 2026", "?application_date"),
    ("Kan ik tot 1 november 2026 een aanvraag doen?", ""),
    ("Moet ik voor 1 november 2026 aanvragen?", ""),
    ("Zijn wij te laat als we pas op 15 november aanvragen?", "application_date:2026-11-15"),
    (
        "De aanvraag is op 1 mei gedaan en op 8 mei kregen we het aanbod",
        "application_date:2026-05-01 received_date:2026-05-08",
    ),
    ("Mijn collega heeft op 14 april 2026 aangevraagd", ""),
]
KINDS = [
    ("Wij zijn een apotheek", "provider_type:pharmacy"),
    ("Wij zijn geen ziekenhuis maar een kliniek", "provider_type:zbc"),
    ("als apotheek willen wij weten hoe het zit", "provider_type:pharmacy"),
    ("Ik ben verloskundige", "provider_type:midwife"),
    ("Moet een kraambureau dit ook doen?", "provider_type:maternity"),
    ("Geldt dit ook voor een zbc?", "provider_type:zbc"),
    ("We are a clinic", "provider_type:zbc"),
    ("wij zijn een zelfstandige kliniek", "provider_type:zbc"),
    ("Wij zijn een kliniek en werken samen met een ziekenhuis", "provider_type:zbc"),
    ("het ziekenhuis hiernaast doet dat ook", ""),
]
ROWS = [*AMOUNTS, *DAYS, *KINDS]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_read(text: str, expected: str) -> None:
    assert short(text) == expected


@pytest.mark.parametrize(
    ("text", "reason", "bound"),
    [
        ("ca. 120.000 omzet", "approximate", "exactly"),
        ("ruim 300.000 euro omzet", "more than", "more_than"),
        ("minimaal 300.000 euro omzet", "at least", "at_least"),
        ("hooguit 300.000 euro omzet", "at most", "at_most"),
        ("twee artsen van elk 0,5 fte", "sum", "exactly"),
        ("minder dan 300.000 euro omzet", "less than", "less_than"),
    ],
)
def test_what_to_bear_in_mind(text: str, reason: str, bound: str) -> None:
    (fact,) = read(text)
    assert (fact.reason, fact.bound) == (reason, bound)


def test_a_sum_says_its_words() -> None:
    (fact,) = read("Bij ons werken er twee: de een voor 0,6 fte en de ander 0,5 fte.")
    assert (fact.value, fact.words) == (Decimal("1.1"), "0,6 fte en de ander 0,5 fte")


def test_an_amount_without_a_name_is_asked_back() -> None:
    assert short("we hebben 30%", (amount("market_share", "percent", "marktaandeel"),)) == "?market_share"


def test_two_facts_of_one_name_both_take_it() -> None:
    twins = (amount("revenue_here", "eur", "omzet"), amount("revenue_there", "eur", "omzet"))
    assert short("omzet 80.000", twins) == "revenue_here:80000 revenue_there:80000"


@given(
    st.integers(min_value=1_000, max_value=9_999_999),
    st.sampled_from(["€ {} omzet", "een omzet van {} euro", "omzet: EUR {}"]),
)
def test_money_comes_back(number: int, form: str) -> None:
    (fact,) = read("Wij hebben " + form.format(f"{number:,}".replace(",", ".")))
    assert (fact.name, fact.value, fact.certainty) == ("revenue_eur", number, "said")


@given(st.integers(min_value=1, max_value=100), st.integers(min_value=1, max_value=100))
def test_two_percentages_go_where_they_are_named(share: int, employed: int) -> None:
    known = read(f"Wij hebben {share}% marktaandeel en {employed} procent in loondienst.", SPECS).known()
    assert known == {"market_share": share, "employed_percent": employed}
