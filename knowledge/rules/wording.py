"""Values in words: amounts with their unit, days with their weekday, and texts with values filled in."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from knowledge.dates import spell_day, spell_day_long
from knowledge.records import DateValue
from knowledge.rules.card import FactSpec, FactValue, Said, Unit
from knowledge.rules.proven import ProvenValue

_UNIT_WORDS: dict[Unit, tuple[tuple[str, str], tuple[str, str]]] = {
    "day": (("dag", "dagen"), ("day", "days")),
    "week": (("week", "weken"), ("week", "weeks")),
    "month": (("maand", "maanden"), ("month", "months")),
    "year": (("jaar", "jaar"), ("year", "years")),
    "hour": (("uur", "uur"), ("hour", "hours")),
    "working_day": (("werkdag", "werkdagen"), ("working day", "working days")),
}
"""Singular and plural, Dutch and English."""

_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


def tell_number(number: Decimal) -> Said:
    """A number as each language writes it: '1.234,5' and '1,234.5'."""
    plain = f"{number.normalize():,f}" if number % 1 else f"{int(number):,}"
    return Said(nl=plain.translate(str.maketrans(",.", ".,")), en=plain)


def tell_amount(number: Decimal, unit: Unit) -> Said:
    """An amount with its unit: '€ 100.000', '1,2 fte', '25%', '5 werkdagen'."""
    said = tell_number(number)
    if unit == "eur":
        return Said(nl=f"€ {said.nl}", en=f"€{said.en}")
    if unit == "percent":
        return Said(nl=f"{said.nl}%", en=f"{said.en}%")
    if unit == "fte":
        return Said(nl=f"{said.nl} fte", en=f"{said.en} FTE")
    if unit in _UNIT_WORDS:
        nl, en = _UNIT_WORDS[unit]
        many = number != 1
        return Said(nl=f"{said.nl} {nl[many]}", en=f"{said.en} {en[many]}")
    return said


def tell_day(day: dt.date) -> Said:
    """A day with its weekday: 'zaterdag 7 november 2026'."""
    return Said(nl=spell_day_long(day, "nl"), en=spell_day_long(day, "en"))


def tell_month(day: dt.date) -> Said:
    """The month of a day: 'november 2026'."""
    return Said(nl=spell_day(day, "nl").split(" ", 1)[1], en=spell_day(day, "en").split(" ", 1)[1])


_BOUND_WORDS = re.compile(
    r"^(?:tot\s+)?(?:uiterlijk|t/m|tot en met|vanaf|per|met ingang van|v[oó]{2}r|na|tot|by|before|from|after|until)\s+",
    re.IGNORECASE,
)


def tell_stretch(date: DateValue) -> Said:
    """A date that names no exact day, as the policy words it, without the word for its bound: 'eind augustus 2025'."""
    text = _BOUND_WORDS.sub("", " ".join(date.text.split()))
    plain = text[:1].lower() + text[1:]
    return Said(nl=plain, en=plain)


def tell_fact(spec: FactSpec, value: FactValue) -> Said:
    """A fact's value in words: 'ja', '1,1 fte', '14 april 2026', an option's label."""
    if isinstance(value, bool):
        return Said(nl="ja", en="yes") if value else Said(nl="nee", en="no")
    if isinstance(value, Decimal):
        return tell_amount(value, spec.unit or "number")
    if isinstance(value, dt.date):
        return Said(nl=spell_day(value, "nl"), en=spell_day(value, "en"))
    return next((option.label for option in spec.options if option.value == value), Said(nl=value, en=value))


def tell_value(value: ProvenValue) -> Said:
    """A parameter's value in words; a stretch of days as the policy words it."""
    if value.address is not None:
        return Said(nl=value.address, en=value.address)
    if value.date is not None:
        if value.date.kind == "exact":
            return Said(nl=spell_day(value.day, "nl"), en=spell_day(value.day, "en"))
        return tell_stretch(value.date)
    return tell_amount(value.quantity, value.unit)


def fill(said: Said, values: Mapping[str, ProvenValue]) -> Said:
    """A text with its {parameter} places filled from the proven values. Raises KeyError for an unknown one."""

    def filled(text: str, language: str) -> str:
        return _PLACE.sub(lambda match: tell_value(values[match[1]]).in_language(language), text)

    return Said(nl=filled(said.nl, "nl"), en=filled(said.en, "en"))
