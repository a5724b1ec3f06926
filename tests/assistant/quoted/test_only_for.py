"""Limits to some kinds of care, of providers or of contracts, against the kind that the asker names."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.language import detect_language
from assistant.quoted.days import hold_day
from assistant.quoted.only_for import hold_only
from assistant.quoted.telling import tell
from assistant.quoted.told import Told

TODAY = dt.date(2031, 3, 10)
CARE = "Een huisbezoek is alleen declarabel voor podotherapie en ergotherapie."
CONTRACT = "De bonusmodule is uitsluitend beschikbaar bij een ster- of maatwerkovereenkomst."
NARROW = "Een huisbezoek is alleen declarabel voor ergotherapie die op verwijzing wordt gegeven."
UNLESS = "Een huisbezoek is alleen declarabel voor ergotherapie, behalve in een instelling."
LIMITS = [
    (CARE, "Ik ben logopedist. Mag ik een huisbezoek declareren?", "not_met"),
    (CARE, "Ik ben ergotherapeut. Mag ik een huisbezoek declareren?", "met"),
    (CARE, "Mijn patiënt kan niet komen. Ik ben logopedist, mag ik een huisbezoek declareren?", "not_met"),
    (CARE, "Ik ben geen logopedist, mag ik een huisbezoek declareren?", None),
    (CARE, "Ik ben logopedist en ergotherapeut. Mag ik een huisbezoek declareren?", None),
    (CARE, "Ik ben logopedist. Mag ik een groep behandelen?", None),
    (CARE, "Mag ik een huisbezoek declareren?", None),
    (CARE, "Wij zijn een paramedische praktijk, mogen wij een huisbezoek declareren?", None),
    (CARE, "Ik ben logopedist. Hoeveel kost een huisbezoek?", None),
    (CONTRACT, "Wij hebben een basiscontract. Kunnen wij de bonusmodule erbij krijgen?", "not_met"),
    (CONTRACT, "Wij hebben een maatwerkcontract. Kunnen wij de bonusmodule erbij krijgen?", "met"),
    (CONTRACT, "Wij hebben geen basiscontract. Kunnen wij de bonusmodule erbij krijgen?", None),
    (CONTRACT, "Wij hebben een zorgovereenkomst. Kunnen wij de bonusmodule erbij krijgen?", None),
    (CONTRACT, "We have a basic contract. Can we get the bonusmodule too?", "not_met"),
    (NARROW, "Ik ben logopedist. Mag ik een huisbezoek declareren?", None),
    (UNLESS, "Ik ben logopedist. Mag ik een huisbezoek declareren?", None),
]
LAST = "Verzoeken voor 2031 behandelen wij tot en met 9 maart 2031, via het aanvraagformulier."


def told(question: str) -> Told:
    return Told(question, TODAY, detect_language(question))


@pytest.mark.parametrize(("sentence", "question", "outcome"), LIMITS)
def test_a_limit_against_the_kind_that_the_asker_names(sentence: str, question: str, outcome: str | None) -> None:
    held = hold_only(sentence, told(question))
    assert (held.outcome if held else None) == outcome


def test_how_it_is_told() -> None:
    question = "Ik ben logopedist. Mag ik een huisbezoek declareren?"
    held = hold_only(CARE, told(question))
    assert held is not None
    expected = "Nee: het beleid noemt alleen podotherapie en ergotherapie, en u noemt logopedist."
    assert tell(held, question, "nl") == expected


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("Wij willen dit jaar meedoen. Kan ik nu het aanvraagformulier nog insturen?", "not_met"),
        ("Wij willen eind april het aanvraagformulier insturen. Kan dat nog?", None),
        ("Wij stuurden het aanvraagformulier op 9 maart 2031 in. Was dat op tijd?", "met"),
        ("Hoe stuur ik het aanvraagformulier in?", None),
    ],
)
def test_who_asks_whether_it_still_can_be_means_today(question: str, outcome: str | None) -> None:
    held = hold_day(LAST, told(question))
    assert (held.outcome if held else None) == outcome
