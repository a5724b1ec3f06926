"""What somebody else has or lacks is not the asker's, and what still runs or is put on paper is told as it is."""

from __future__ import annotations

import pytest

from knowledge.rules.card import FactSpec, Said
from tests.assistant.telling import short, yes_no

SPECS = (
    FactSpec(
        name="of_hospital",
        kind="yes_no",
        label=Said(nl="gebruik van het keurmerk van het ziekenhuis", en="use of the hospital mark"),
        ask=Said(nl="Gebruikt u dat?", en="Do you use that?"),
        names=("ziekenhuiskeurmerk",),
        false=("zelf .. keurmerk",),
    ),
    FactSpec(
        name="green",
        kind="yes_no",
        label=Said(nl="groen keurmerk", en="green mark"),
        ask=Said(nl="Heeft u het?", en="Do you have it?"),
        names=("groen keurmerk", "green mark", "Groen"),
        false=("geen .. keurmerk",),
    ),
    FactSpec(
        name="blue",
        kind="yes_no",
        label=Said(nl="blauw keurmerk", en="blue mark"),
        ask=Said(nl="Heeft u het?", en="Do you have it?"),
        names=("blauw keurmerk", "blue mark", "Blauw"),
        false=("geen .. keurmerk",),
    ),
    yes_no("in_list", "ledenlijst", "bij de vakgroep"),
    yes_no("claims_on_paper", "facturen op papier", true=("alles op papier", "niks op papier")),
    yes_no("agreed", "artsen .. op papier|schrift", "artsen .. afgesproken", "doctors .. paper"),
    yes_no("note", "aantekening", "aantekening voor hartfilmpjes"),
    yes_no("films", "hartfilmpjes"),
    yes_no("doctors", "artsen"),
)
READ = [
    ("Onze apotheek heeft zelf geen keurmerk, het ziekenhuis wel", "blue:no green:no of_hospital:yes"),
    ("Wij hebben geen groen keurmerk, maar het ziekenhuis wel", "green:no of_hospital:yes"),
    ("Het ziekenhuis heeft een groen keurmerk, wij niet", "green:no of_hospital:yes"),
    ("Het ziekenhuis heeft een groen keurmerk, maar wij zelf nog niet", "green:no of_hospital:yes"),
    ("Wij hebben een groen keurmerk, het ziekenhuis niet", "green:yes of_hospital:no"),
    ("We have no green mark, but the hospital does", "green:no of_hospital:yes"),
    ("Wij hebben een groen keurmerk, de groothandel niet", "green:yes"),
    ("De groothandel heeft een groen keurmerk, wij niet", "green:no"),
    ("Wij hebben zelf geen keurmerk", "blue:no green:no"),
    ("Wij hebben Groen wel, Blauw niet", "blue:no green:yes"),
]
NOUNS = [
    ("Wij hebben geen keurmerk", "blue:no green:no"),
    ("Wij hebben geen enkel keurmerk", "blue:no green:no"),
    ("Wij hebben geen groen keurmerk", "green:no"),
    ("Wij hebben geen aantekening voor hartfilmpjes", "note:no"),
    ("Wij maken geen hartfilmpjes", "films:no"),
]
RUNNING = [
    ("De inschrijving bij de vakgroep loopt nog", "in_list:no"),
    ("Onze aanmelding voor de ledenlijst loopt", "in_list:no"),
    ("Onze inschrijving bij de vakgroep loopt nog tot 2030", "?in_list"),
]
SET_DOWN = [
    ("Met de artsen is er nog niks op papier gezet", "agreed:no"),
    ("Met de artsen in onze streek hebben we alles op papier gezet", "agreed:yes"),
    ("Nothing has been put on paper with the doctors yet", "agreed:no"),
    ("Met de artsen hebben wij nooit iets afgesproken", "agreed:no"),
    ("Wij doen alles op papier", "claims_on_paper:yes"),
]


@pytest.mark.parametrize(("text", "expected"), [*READ, *NOUNS, *RUNNING, *SET_DOWN])
def test_read(text: str, expected: str) -> None:
    assert short(text, SPECS) == expected
