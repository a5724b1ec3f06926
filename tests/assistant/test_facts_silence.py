"""Where nothing may be concluded: what is asked, what others do, what the policy asks, and what is left open."""

from __future__ import annotations

import pytest

from tests.assistant.telling import read, short

ASKED = [
    "Is een HKZ-certificaat verplicht?",
    "Moet ik een ISO hebben?",
    "moet ik hkz hebben",
    "Wat is jullie eis voor loondienst?",
    "Do we need an ISO certificate?",
    "Do I have to negotiate?",
    "Is HKZ mandatory?",
    "Welke certificaten zoals ISO en HKZ vragen jullie?",
    "Hoe vraag ik een HKZ-certificaat aan?",
    "Wanneer moeten wij ISO hebben?",
    "Wat kost een HKZ-certificaat?",
    "Waarom is HKZ nodig?",
    "Hoeveel procent moet in loondienst zijn?",
    "Is 50% in loondienst verplicht?",
    "Moet een specialist 1,2 fte werken?",
    "Geldt de grens van 300.000 euro omzet nog?",
    "Wat is de grens van 25% marktaandeel precies?",
    "HKZ verplicht?",
    "HKZ nodig of niet?",
    "Ik wil weten of HKZ verplicht is",
    "Kan ik een HKZ aanvragen?",
    "Kunnen we onderhandelen?",
    "Mogen wij onderhandelen over het tarief?",
    "Krijg ik een HKZ van jullie?",
    "Heb ik een HKZ nodig?",
    "Hebben wij een ISO nodig om te tekenen?",
    "Which certificate do we need, ISO or HKZ?",
    "Vragen jullie een HKZ-certificaat?",
    "Accepteren jullie ISO of HKZ?",
    "Wat bedoelen jullie met HKZ?",
    "Hoe zit het met de kernregio?",
    "Wij hebben een vraag: moeten wij HKZ hebben?",
    "Is the core region defined somewhere?",
    "Mag dat, mits we HKZ hebben?",
    "hkz certificaat kraamzorg 2026",
    "Graag informatie over HKZ",
    "Wij hebben een vraag over HKZ",
    "wij hebben geen bezwaar tegen HKZ",
    "ISO of HKZ?",
    "Wij hebben moeite met de HKZ-eis",
    "Wat is het verschil tussen ISO en HKZ?",
    "Vervalt de HKZ-eis?",
]
OTHERS = [
    "het ziekenhuis hiernaast heeft HKZ",
    "Een collega heeft geen HKZ.",
    "mijn concurrent heeft ISO en HKZ",
    "De buren zitten buiten de regio",
    "andere aanbieders hebben geen ISO",
    "Een andere praktijk heeft 30% marktaandeel",
    "Onze leverancier heeft een ISO-certificaat",
    "A colleague has no HKZ",
    "Our competitor has a market share of 30%",
    "the practice next door is outside the region",
    "Mijn collega werkt voor 0,5 fte",
    "iemand anders heeft HKZ",
]
QUOTED = [
    "jullie eisen minimaal 50 % in loondienst",
    "Jullie vragen een HKZ-certificaat",
    "ik lees dat 25 % marktaandeel nodig is",
    "ik lees dat HKZ verplicht is",
    "In het beleid staat dat minimaal 50% in loondienst moet zijn",
    "Volgens het beleid is HKZ een voorwaarde",
    "de grens van 300.000 omzet snap ik niet",
    "your policy requires an ISO certificate",
    "You ask for 50% employed",
    "I read that a market share of 25% is required",
    "De norm is 1,2 fte medisch specialisten",
    "Jullie hanteren een minimum van 100.000 euro omzet",
]
DOUBTED = [
    ("Wij hebben een HKZ, denk ik", "?has_hkz"),
    ("ik denk dat we HKZ hebben", "?has_hkz"),
    ("volgens mij hebben wij ISO", "?has_iso"),
    ("we hebben misschien een HKZ", "?has_hkz"),
    ("waarschijnlijk zitten we in de regio", "?in_region"),
    ("ik weet niet of wij HKZ hebben", "?has_hkz"),
    ("we weten niet zeker of we in de regio zitten", "?in_region"),
    ("we hebben bijna een HKZ", "?has_hkz"),
    ("zo goed als HKZ-gecertificeerd zijn we, als het goed is", "?has_hkz"),
    ("maybe we have an ISO certificate", "?has_iso"),
    ("I think we are in the region", "?in_region"),
    ("we almost have HKZ", "?has_hkz"),
    ("we willen een HKZ-certificaat halen", "?has_hkz"),
    ("vroeger hadden wij een HKZ", "?has_hkz"),
    ("HKZ loopt nog", "?has_hkz"),
    ("I have no idea whether we have HKZ", "?has_hkz"),
    ("Wij willen ons laten certificeren voor HKZ", "?has_hkz"),
    ("We are hoping to get HKZ", "?has_hkz"),
    ("onze omzet is misschien 80.000 euro", "?revenue_eur"),
    ("20 tot 25% marktaandeel", "?market_share"),
    ("we halen geen 25% marktaandeel", "?market_share"),
    ("we zijn misschien een kliniek", "?provider_type"),
]


@pytest.mark.parametrize("text", [*ASKED, *OTHERS, *QUOTED])
def test_nothing_is_concluded(text: str) -> None:
    assert {name for name in read(text).known() if name != "provider_type"} == set()
    assert "?" not in short(text)


@pytest.mark.parametrize(("text", "expected"), DOUBTED, ids=[text for text, _ in DOUBTED])
def test_left_open(text: str, expected: str) -> None:
    facts = read(text)
    assert short(text) == expected
    assert facts.known() == {}
    assert all(fact.reason for fact in facts.doubtful)
