"""Whether one works in the whole country, as told by the parts of it."""

from __future__ import annotations

import pytest

from knowledge.rules.card import FactSpec, Said
from tests.assistant.telling import short

SPECS = (
    FactSpec(
        name="everywhere",
        kind="yes_no",
        label=Said(nl="landelijke levering", en="nationwide delivery"),
        ask=Said(nl="Levert u overal?", en="Do you deliver everywhere?"),
        names=("landelijk", "nationwide"),
        true=("hele land", "heel nederland", "leveren overal"),
    ),
    FactSpec(
        name="added_value",
        kind="yes_no",
        label=Said(nl="toegevoegde waarde in de regio", en="added value in the region"),
        ask=Said(nl="Voegt u iets toe?", en="Do you add anything?"),
        names=("toegevoegde waarde",),
    ),
)
LEFT_OUT = [
    "Wij bezorgen alleen in Drenthe",
    "Wij bezorgen uitsluitend in Drenthe en de Kop van Overijssel",
    "Wij bezorgen niet in Drenthe",
    "Wij bezorgen (nog) niet in Drenthe en Friesland",
    "In Drenthe leveren wij niet",
    "Ik coach patiënten in Twente, alleen daar",
    "Ons team werkt in Drenthe, Friesland en Groningen, verder nog niet",
    "Wij helpen mensen in Zuid-Holland, nergens anders",
    "Wij leveren niet buiten Overijssel",
    "Wij leveren landelijk, alleen niet in Zeeland",
    "Wij leveren in het hele land, behalve op de Waddeneilanden",
    "We only deliver in the two northern provinces",
    "We deliver nationwide, but not in the south yet",
    "We treat patients in Drenthe, nowhere else",
    "Komen wij in aanmerking als we alleen in Drenthe leveren?",
]
NOT_TOLD = [
    "Wij leveren in Drenthe en Friesland",
    "Wij zitten alleen in Drenthe",
    "Onze enige vestiging staat in Drenthe",
    "Een collega levert alleen in Drenthe",
    "Moeten wij ook in Drenthe leveren?",
    "Wij leveren in Drenthe alleen op vrijdag",
    "Wij hebben in Drenthe geen vestiging",
    "Wij bezorgen niet gratis",
    "Wij werken alleen in een team",
]
EVERYWHERE = [
    "Wij leveren in het hele land, ook in Drenthe",
    "Wij leveren overal, niet alleen in Drenthe",
    "Wij leveren landelijk, in Drenthe alleen op vrijdag",
    "Wij zitten alleen in Drenthe, maar wij leveren in het hele land",
]


@pytest.mark.parametrize("text", LEFT_OUT)
def test_a_part_is_left_out(text: str) -> None:
    assert short(text, SPECS) == "everywhere:no"


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_place_tells_nothing_of_the_others(text: str) -> None:
    assert short(text, SPECS) == ""


@pytest.mark.parametrize("text", EVERYWHERE)
def test_the_whole_country_stays_so(text: str) -> None:
    assert short(text, SPECS) == "everywhere:yes"
