"""Facts for a rule as callers send them: JSON in, typed values out, and the JSON Schema that a form is made from.

What is sent is judged by the rule's own `FactSpec`s and never guessed at: a wrong value is a fault
that says what is wanted, in words that repeat nothing of what was sent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.rules.card import FactSpec, FactValue, Said
from knowledge.rules.inputs import facts_of, optional_facts_of
from knowledge.rules.proven import ProvenRule
from knowledge.rules.rulebook import Rulebook

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Days outside these years are typing errors, and counting on from them may leave the calendar."""
LARGEST_NUMBER = Decimal(10) ** 15
MOST_DECIMALS = 10
"""Beyond these a JSON number is no longer exact, and written out it may fill pages."""

_DECIMAL = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,10})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_UNIT_WORDS: Mapping[str, tuple[str, str]] = {
    "eur": ("in euro", "in euros"),
    "percent": ("in procenten", "in percent"),
    "fte": ("in fte", "in FTE"),
    "day": ("in dagen", "in days"),
    "working_day": ("in werkdagen", "in working days"),
    "week": ("in weken", "in weeks"),
    "month": ("in maanden", "in months"),
    "year": ("in jaren", "in years"),
    "hour": ("in uren", "in hours"),
}


@dataclass(frozen=True)
class FactFault:
    """A fact that cannot be used. `name` None: the rule reads no fact of the name that was sent."""

    name: str | None
    wanted: Said


@dataclass(frozen=True)
class GivenFacts:
    """Facts that were read; they count only where there is no fault."""

    facts: Mapping[str, FactValue]
    faults: tuple[FactFault, ...] = ()


def specs_of(rule: ProvenRule, rulebook: Rulebook) -> dict[str, FactSpec]:
    """The facts that a rule reads, in the order in which it asks for them."""
    specs = rulebook.specs(rule.policy_id)
    return {name: specs[name] for name in (*facts_of(rule.rule), *optional_facts_of(rule.rule)) if name in specs}


def read_facts(given: Mapping[str, object], specs: Mapping[str, FactSpec]) -> GivenFacts:
    """The typed values of `given`; null is: not known."""
    facts: dict[str, FactValue] = {}
    faults: list[FactFault] = []
    for name, raw in given.items():
        if name not in specs:
            faults.append(FactFault(None, _known_names(specs)))
        elif raw is not None:
            value = read_fact(raw, specs[name])
            if value is None:
                faults.append(FactFault(name, wanted_of(specs[name])))
            else:
                facts[name] = value
    return GivenFacts(facts, tuple(dict.fromkeys(faults)))


def read_fact(raw: object, spec: FactSpec) -> FactValue | None:
    """One value, typed; None where it is none of this fact."""
    if spec.kind == "yes_no":
        return raw if isinstance(raw, bool) else None
    if spec.kind == "amount":
        return _number(raw)
    if spec.kind == "date":
        return _day(raw)
    return raw if isinstance(raw, str) and any(option.value == raw for option in spec.options) else None


def wanted_of(spec: FactSpec) -> Said:
    """What a value of the fact looks like."""
    if spec.kind == "yes_no":
        return Said(nl="geef true (ja) of false (nee)", en="give true (yes) or false (no)")
    if spec.kind == "amount":
        nl, en = _UNIT_WORDS.get(spec.unit or "", ("zonder eenheid", "without a unit"))
        return Said(
            nl=f"geef een getal {nl}, met een punt voor de decimalen, zoals 1.5",
            en=f"give a number {en}, with a point before the decimals, such as 1.5",
        )
    if spec.kind == "date":
        return Said(
            nl=f"geef een dag als JJJJ-MM-DD, van {FIRST_YEAR} tot en met {LAST_YEAR}",
            en=f"give a day as YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}",
        )
    values = ", ".join(option.value for option in spec.options)
    return Said(nl=f"geef een van: {values}", en=f"give one of: {values}")


def facts_schema(specs: Mapping[str, FactSpec], language: str) -> dict[str, Any]:
    """The JSON Schema of a rule's facts. None of them is required: what is missing leaves the outcome open."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {name: fact_schema(spec, language) for name, spec in specs.items()},
        "additionalProperties": False,
    }


def fact_schema(spec: FactSpec, language: str) -> dict[str, Any]:
    """The JSON Schema of one fact: its label as title, its question as description, and its unit as `x-unit`."""
    told = {"title": spec.label.in_language(language), "description": spec.ask.in_language(language)}
    if spec.kind == "yes_no":
        return told | {"type": "boolean"}
    if spec.kind == "amount":
        return told | {"type": "number", "x-unit": spec.unit}
    if spec.kind == "date":
        return told | {"type": "string", "format": "date"}
    return told | {
        "oneOf": [{"const": each.value, "title": each.label.in_language(language)} for each in spec.options],
        "type": "string",
    }


def _known_names(specs: Mapping[str, FactSpec]) -> Said:
    names = ", ".join(specs)
    if not names:
        return Said(nl="deze regel leest geen feiten", en="this rule reads no facts")
    return Said(nl=f"deze regel leest alleen: {names}", en=f"this rule reads only: {names}")


def _number(raw: object) -> Decimal | None:
    """A finite number; a float counts as the decimals that it was written with."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        return None
    if isinstance(raw, str) and not _DECIMAL.fullmatch(raw):
        return None
    if isinstance(raw, int) and abs(raw) > LARGEST_NUMBER:
        return None  # before its digits are written out: there may be thousands
    number = Decimal(str(raw))
    exponent = number.as_tuple().exponent  # a letter where the number is not finite
    fits = isinstance(exponent, int) and exponent >= -MOST_DECIMALS and abs(number) <= LARGEST_NUMBER
    return number if fits else None


def _day(raw: object) -> dt.date | None:
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        return None
    try:
        day = dt.date.fromisoformat(raw)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
