"""Forms of telling that askers use and no list of phrases holds: tense, order, what is passed on or left out."""

from __future__ import annotations

import pytest

from assistant.facts import Lexicon, read_facts
from tests.assistant.telling import TODAY, amount, choice, date, option, short, yes_no

SPECS = (
    choice("kind", option("lab", "laboratorium", "laboratory", "lab", "laboratoria")),
    yes_no("has_iso", "ISO", "ISO-certificaat"),
    yes_no("full_range", "volledig assortiment", "hele assortiment"),
    yes_no("independent", "onafhankelijk"),
    yes_no("digital", "digitaal"),
    yes_no("represented", "vertegenwoordigd"),
    yes_no("in_law", "Zvw", true=("valt .. Zvw",)),
    yes_no("area_given", "werkgebied", true=("gebied .. opgegeven",), false=("gebied .. niet .. opgegeven",)),
    yes_no("contracted", "contract met Noord"),
    yes_no("registered", "geregistreerd", false=("niet in het register",)),
    amount("staff", "fte", "artsen"),
    date("signed_date", "getekend", "tekende|tekenden", "tekenen"),
    date("received_date", "kwam .. binnen", "ontvangen"),
    date("offer_date", "contract .. portaal", "aanbod"),
    date("mailed_date", "gemaild", "mailde"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dinsdag gemaild, wanneer hoor ik iets?", "mailed_date:2026-05-05"),
        ("Ik mailde maandag, wanneer hoor ik iets?", "mailed_date:2026-05-11"),
        ("Kan ik dinsdag tekenen?", "signed_date:2026-05-19"),
        ("Kan ik elke dinsdag tekenen?", ""),
        ("Vandaag kwam de overeenkomst van uw afdeling zorginkoop dan eindelijk binnen.", "received_date:2026-05-12"),
        ("Onze bestuurder tekende het contract in het portaal op 6 april 2026.", "signed_date:2026-04-06"),
        ("Sinds 6 april 2026 staat het contract van Noord in het portaal.", "offer_date:2026-04-06"),
        ("Vandaag kwam het aanbod. Tot en met welke dag kunnen we tekenen?", "offer_date:2026-05-12"),
        ("Wij zijn drie laboratoria.", "kind:lab"),
        ("Wij werken voor drie laboratoria.", ""),
        ("Webwinkel: volledig assortiment, onafhankelijk, digitaal. Past dat?",
         "digital:yes full_range:yes independent:yes"),
        ("ISO, onafhankelijk, digitaal. Is dat verplicht?", ""),
        ("ISO-certificaat kraamzorg. Wat is dat?", ""),
        ("Wij zijn onafhankelijk, hebben het hele assortiment, werken digitaal.",
         "digital:yes full_range:yes independent:yes"),
        ("Onze praktijk doet niet zelf mee, maar is er wel in vertegenwoordigd.", "represented:yes"),
        ("Ons plan valt buiten de Zvw.", "in_law:no"),
        ("Ons plan valt niet buiten de Zvw.", "in_law:yes"),
        ("Mogen wij mensen weigeren uit een gebied dat wij niet hebben opgegeven?", "area_given:no"),
        ("Mogen wij mensen weigeren uit een gebied dat wij zelf hebben opgegeven?", "area_given:yes"),
        ("Het contract met Noord is door ons getekend.", ""),
        ("Wij hebben al een contract met Noord.", "contracted:yes"),
        ("We staan niet in het register, de aanvraag loopt.", "registered:no"),
        ("Er werken twee fulltime artsen bij ons.", "staff:2"),
        ("Bij ons werkt één komma twee fte aan artsen.", "staff:1.2"),
    ],
)  # fmt: skip
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected


def test_a_form_that_bends_is_the_same_word() -> None:
    spec = yes_no("approved", "erkend leerbedrijf")
    (fact,) = read_facts("Wij zijn een erkende leerbedrijf.", Lexicon((spec,)), today=TODAY)
    assert fact.value is True
