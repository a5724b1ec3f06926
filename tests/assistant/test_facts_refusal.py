"""What is refused, left undone, still to do or answered item by item, and amounts told by two others."""

from __future__ import annotations

import pytest

from assistant.prose.tokens import read_tokens
from knowledge.rules.card import FactSpec, Said
from tests.assistant.telling import SPECS as PROVIDER
from tests.assistant.telling import amount, date, short, yes_no

POINTS = FactSpec(
    name="correction",
    kind="amount",
    unit="percent",
    label=Said(nl="-", en="-"),
    ask=Said(nl="Hoeveel procentpunt hoger?", en="By how many percentage points?"),
    names=("verschil", "correctie"),
)
SPECS = (
    *PROVIDER,
    yes_no("agreement", "samenwerking", "samenwerkingsovereenkomst"),
    yes_no("visited", "visitatie"),
    yes_no("tested", "toetsing"),
    yes_no("budget", "begroting"),
    yes_no("registry", "landelijke registratie", "Perinet"),
    yes_no("system", "veiligheidssysteem", true=("systeem .. gecertificeerd",)),
    yes_no("founded", false=("kring .. nog .. opgericht",)),
    amount("fte_per_place", "fte", "leerplek", "leerplekken"),
    amount("carers_fte", "fte", "fte", "verzorgenden"),
    POINTS,
    date("mailed_date", "mailen"),
)
ANSWERED = [
    ("ISO ja, HKZ en SEMH nee", "has_hkz:no has_iso:yes has_semh:no"),
    ("ISO en HKZ ja, SEMH NIET", "has_hkz:yes has_iso:yes has_semh:no"),
    ("Niet: HKZ, ISO. Wel: SEMH.", "has_hkz:no has_iso:no has_semh:yes"),
    ("HKZ in orde, SEMH verlopen", "has_hkz:yes has_semh:no"),
    ("Wel ISO en HKZ, geen SEMH", "has_hkz:yes has_iso:yes has_semh:no"),
    ("HKZ hebben we, alleen ISO ontbreekt", "has_hkz:yes has_iso:no"),
    ("HKZ hebben we, ISO laten we dit jaar schieten", "has_hkz:yes has_iso:no"),
    ("HKZ of ISO?", ""),
]
REFUSED = [
    ("De praktijk hiernaast wil met onze kliniek geen samenwerking aangaan", "agreement:no provider_type:zbc"),
    ("Een andere praktijk weigert een samenwerkingsovereenkomst met ons te sluiten", "agreement:no"),
    ("Een andere praktijk wil geen samenwerking met de gemeente", ""),
    ("Wij weigeren de samenwerking", "agreement:yes"),
    ("Perinet? Daar doen onze artsen niet aan", "registry:no"),
]
UNDONE = [
    ("Visitatie en toetsing zijn nooit van de grond gekomen", "tested:no visited:no"),
    ("Visitatie hebben we en toetsing niet", "tested:no visited:yes"),
    ("De visitatie schuiven we steeds voor ons uit", "visited:no"),
    ("De visitatie slaan we niet over", "visited:no"),
    ("De begroting moeten we nog maken", "budget:no"),
    ("Moeten we de begroting nog maken?", ""),
    ("Op de begroting wachten we nog", "budget:no"),
    ("Aan de landelijke registratie leveren we geen gegevens", "registry:no"),
    ("Van de landelijke registratie wijken we af", "registry:no"),
    ("Vorig jaar stopte onze samenwerking", "agreement:no"),
    ("Wij zijn uit Perinet gestapt", "registry:no"),
    ("Perinet kennen wij niet eens", "registry:no"),
    ("Een kring is hier nog niet opgericht", "founded:no"),
    ("Wij gebruiken een veiligheidssysteem, maar dat is nooit gecertificeerd", "system:no"),
    ("Ons veiligheidssysteem is nergens door gecertificeerd", "system:no"),
    ("Wij gebruiken een veiligheidssysteem, maar dat is niet duur", "system:yes"),
    ("Samenwerking doen we niet in onze kliniek", "agreement:no provider_type:zbc"),
]
AMOUNTS = [
    ("Voor elke 24 fte is er bij ons één leerplek", "fte_per_place:24"),
    ("Op elke 18 fte is er een leerplek", "fte_per_place:18"),
    ("We hebben 40 fte verzorgenden en twee leerplekken", "carers_fte:40 fte_per_place:20"),
    ("Van ons personeel is één op de vier in loondienst", "employed_percent:25"),
    ("Het verschil was 0,3 procentpunt", "correction:0.3"),
    ("Het verschil was min 0,5 procentpunt", "correction:-0.5"),
    ("De correctie viel 0,2 procentpunt lager uit", "correction:-0.2"),
    ("In loondienst zijn er 5 procentpunt minder", ""),
    ("Precies 100.000 euro omzet", "revenue_eur:100000"),
    ("Op de kop af 100.000 euro omzet", "revenue_eur:100000"),
    ("Vandaag, dinsdag 12 mei 2026, gaan we mailen", "mailed_date:2026-05-12"),
]


@pytest.mark.parametrize(
    ("text", "expected"), rows := [*ANSWERED, *REFUSED, *UNDONE, *AMOUNTS], ids=[text for text, _ in rows]
)
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


def test_words_have_their_place_and_sign() -> None:
    words = read_tokens("HKZ: ja, ISO nee")
    assert [(word.text, word.sign) for word in words] == [("hkz", ""), ("ja", ";"), ("iso", ","), ("nee", "")]
