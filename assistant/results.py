"""A rule's outcome as the answer record has it: plain JSON, in the asker's language, its proof as citation labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from knowledge.rules.card import FactSpec, FactValue, Said
from knowledge.rules.proven import Spot
from knowledge.rules.result import CriterionResult, RuleResult

Cite = Callable[[Spot], int]
"""Gives the label under which a spot is cited."""

_IN_WORDS = frozenset({None, "date", "month_day", "address"})
"""Units whose values are texts; those of all others are numbers."""


def result_record(
    result: RuleResult, language: str, cite: Cite, *, specs: Mapping[str, FactSpec] | None = None
) -> dict[str, Any]:
    """The entry of `results` for a run; every spot that it rests on is cited.

    `specs`: the facts by name. With them each missing fact bears its question, otherwise only the first does.
    """
    own = [cite(spot) for spot in result.spots]
    criteria = [_criterion(criterion, language, cite) for criterion in result.criteria]
    return {
        "rule": f"{result.policy_id}.{result.rule}",
        "title": result.title.in_language(language),
        "verdict": result.verdict,
        "value": _value(result),
        "unit": result.unit,
        "sentence": _plain(result.sentence, language),
        "then": _plain(result.then, language),
        "is_open": result.is_open,
        "inputs": {name: json_value(value) for name, value in result.inputs.items()},
        "missing": _missing(result, language, specs or {}),
        "criteria": criteria,
        "steps": [_plain(step, language) for step in result.steps],
        "notes": [_plain(note, language) for note in result.notes],
        "citations": list(dict.fromkeys([*own, *(criterion["citation"] for criterion in criteria)])),
    }


def json_value(value: FactValue) -> bool | int | float | str:
    """A fact's value as JSON has it: a day as ISO text, an amount as a number."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(result: RuleResult) -> bool | int | float | str | None:
    if result.value is None or result.unit in _IN_WORDS:
        return result.value
    return json_value(Decimal(result.value))


def _plain(said: Said | None, language: str) -> str | None:
    """The wording without its Markdown: callers show it in forms, tables and terminals."""
    return said.in_language(language).replace("**", "") if said is not None else None


def _missing(result: RuleResult, language: str, specs: Mapping[str, FactSpec]) -> list[dict[str, str | None]]:
    asks = {name: spec.ask for name, spec in specs.items()}
    if result.missing and result.ask is not None:
        asks.setdefault(result.missing[0], result.ask)
    return [{"name": name, "ask": _plain(asks.get(name), language)} for name in result.missing]


def _criterion(criterion: CriterionResult, language: str, cite: Cite) -> dict[str, Any]:
    return {
        "name": criterion.name.in_language(language),
        "verdict": criterion.verdict,
        "needs": _plain(criterion.needs, language),
        "given": _plain(criterion.given, language),
        "distance": _plain(criterion.distance, language),
        "told": _plain(criterion.told, language),
        "note": _plain(criterion.note, language),
        "citation": cite(criterion.spot),
    }
