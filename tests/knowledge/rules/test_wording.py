"""Values in words, in Dutch and in English, and texts with values filled in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import find_dates
from knowledge.rules.card import FactValue, Said, Unit
from knowledge.rules.proven import ProvenValue, Spot
from knowledge.rules.wording import fill, tell_amount, tell_day, tell_fact, tell_number, tell_stretch, tell_value
from tests.knowledge.rules.making import SPECS

SPOT = Spot(passage_id="p1", start=0, end=5)


def number(value: str, unit: Unit = "number") -> ProvenValue:
    return ProvenValue(unit=unit, spot=SPOT, number=Decimal(value))


def day(text: str) -> ProvenValue:
    return ProvenValue(unit="date", spot=SPOT, date=next(date for date, _, _ in find_dates(text)))


VALUES = {
    "least": number("100000", "eur"),
    "size_2": number("1.2", "fte"),
    "first_day": day("1 mei 2026"),
    "month": day("uiterlijk eind augustus 2025"),
    "mail": ProvenValue(unit="address", spot=SPOT, address="inkoop@noord.example"),
}


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        ("0", "0", "0"),
        ("-0.5", "-0,5", "-0.5"),
        ("999", "999", "999"),
        ("1000", "1.000", "1,000"),
        ("1E+6", "1.000.000", "1,000,000"),
        ("1234.50", "1.234,5", "1,234.5"),
        ("0.001", "0,001", "0.001"),
        ("2.0", "2", "2"),
    ],
)
def test_numbers(value: str, nl: str, en: str) -> None:
    told = tell_number(Decimal(value))
    assert (told.nl, told.en) == (nl, en)


@pytest.mark.parametrize(
    ("value", "unit", "nl", "en"),
    [
        ("100000", "eur", "€ 100.000", "€100,000"),
        ("2.5", "percent", "2,5%", "2.5%"),
        ("1.2", "fte", "1,2 fte", "1.2 FTE"),
        ("1", "day", "1 dag", "1 day"),
        ("2", "day", "2 dagen", "2 days"),
        ("0", "week", "0 weken", "0 weeks"),
        ("1", "month", "1 maand", "1 month"),
        ("12", "month", "12 maanden", "12 months"),
        ("1", "year", "1 jaar", "1 year"),
        ("2", "year", "2 jaar", "2 years"),
        ("24", "hour", "24 uur", "24 hours"),
        ("1", "working_day", "1 werkdag", "1 working day"),
        ("5", "working_day", "5 werkdagen", "5 working days"),
        ("1.5", "year", "1,5 jaar", "1.5 years"),
        ("6", "count", "6", "6"),
        ("3", "number", "3", "3"),
    ],
)
def test_amounts(value: str, unit: Unit, nl: str, en: str) -> None:
    told = tell_amount(Decimal(value), unit)
    assert (told.nl, told.en) == (nl, en)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.sampled_from(get_args(Unit)))
def test_every_amount_is_told_without_an_exponent(value: Decimal, unit: Unit) -> None:
    told = tell_amount(value, unit)
    assert "E" not in told.nl.replace("FTE", "")
    assert any(character.isdigit() for character in told.en)


def test_a_day_is_told_with_its_weekday() -> None:
    told = tell_day(dt.date(2026, 11, 7))
    assert (told.nl, told.en) == ("zaterdag 7 november 2026", "Saturday 7 November 2026")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("eind augustus 2025", "eind augustus 2025"),
        ("Half september 2025", "half september 2025"),
        ("uiterlijk eind augustus 2025", "eind augustus 2025"),
        ("tot uiterlijk eind\naugustus 2025", "eind augustus 2025"),
        ("vanaf begin juni 2026", "begin juni 2026"),
        ("tot en met juni 2026", "juni 2026"),
        ("vóór eind augustus 2025", "eind augustus 2025"),
        ("after mid september 2025", "mid september 2025"),
    ],
)
def test_a_stretch_is_told_as_it_is_worded_without_its_bound(text: str, told: str) -> None:
    date = next(date for date, _, _ in find_dates(" ".join(text.split()))).model_copy(update={"text": text})
    assert tell_stretch(date) == Said(nl=told, en=told)


@pytest.mark.parametrize(
    ("name", "value", "nl", "en"),
    [
        ("iso", True, "ja", "yes"),
        ("iso", False, "nee", "no"),
        ("fte", Decimal("1.1"), "1,1 fte", "1.1 FTE"),
        ("omzet", Decimal(80000), "€ 80.000", "€80,000"),
        ("ontvangen", dt.date(2026, 4, 14), "14 april 2026", "14 April 2026"),
        ("soort", "zbc", "zbc", "zbc (en)"),
        ("soort", "elders", "elders", "elders"),
        ("iso", Decimal(2), "2", "2"),
    ],
)
def test_facts(name: str, value: FactValue, nl: str, en: str) -> None:
    """An option by its label; what is no option as it was said, an amount of no unit as a number."""
    told = tell_fact(SPECS[name], value)
    assert (told.nl, told.en) == (nl, en)


@pytest.mark.parametrize(
    ("name", "nl", "en"),
    [
        ("least", "€ 100.000", "€100,000"),
        ("size_2", "1,2 fte", "1.2 FTE"),
        ("first_day", "1 mei 2026", "1 May 2026"),
        ("month", "eind augustus 2025", "eind augustus 2025"),
        ("mail", "inkoop@noord.example", "inkoop@noord.example"),
    ],
)
def test_proven_values(name: str, nl: str, en: str) -> None:
    told = tell_value(VALUES[name])
    assert (told.nl, told.en) == (nl, en)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("niets", "niets"),
        ("vanaf {least}", "vanaf € 100.000"),
        ("{least}, {size_2} en weer {least}", "€ 100.000, 1,2 fte en weer € 100.000"),
        ("mail {mail} vóór {first_day}", "mail inkoop@noord.example vóór 1 mei 2026"),
        ("{Least} { least } {} {a-b}", "{Least} { least } {} {a-b}"),
    ],
)
def test_places_are_filled(text: str, filled: str) -> None:
    assert fill(Said(nl=text, en="-"), VALUES).nl == filled


def test_each_language_gets_its_own_form() -> None:
    assert fill(Said(nl="{size_2}", en="{size_2}"), VALUES) == Said(nl="1,2 fte", en="1.2 FTE")


@pytest.mark.parametrize("text", [Said(nl="{elders}", en="-"), Said(nl="-", en="{elders}")])
def test_an_unknown_place_is_an_error(text: Said) -> None:
    with pytest.raises(KeyError, match="elders"):
        fill(text, VALUES)
