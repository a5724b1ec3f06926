"""What every kind of rule shares: an outcome with its rule, notes and spots, and how a day is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from knowledge.records import DateValue
from knowledge.rules.card import Facts, FactValue, Said
from knowledge.rules.inputs import all_criteria
from knowledge.rules.proven import ProvenRule, ProvenValue, Spot
from knowledge.rules.result import RuleResult
from knowledge.rules.standing import Bound, stand
from knowledge.rules.wording import fill


def day_outcome(
    date: DateValue, what: Said, bound: Bound | None, today: dt.date, *, is_own: bool, on: FactValue | None = None
) -> dict[str, Any]:
    """An outcome that is a day, and how today, or the day `on` which the asker acts, stands to it where it is bound."""
    standing = stand(date, bound or "on", today, on=on if isinstance(on, dt.date) else None, is_own=is_own)
    told = standing.sentence if bound else Said(nl=" ", en=" ")
    return {
        "verdict": "value",
        "value": date.last.isoformat(),
        "unit": "date",
        "is_open": standing.is_open if bound else None,
        "sentence": Said(
            nl=f"**{standing.told.nl}**: {what.nl}. {told.nl}".strip(),
            en=f"**{standing.told.en}**: {what.en}. {told.en}".strip(),
        ),
    }


def date_of(value: ProvenValue) -> DateValue:
    """The date of a value. Raises TypeError where it is none."""
    if value.date is None:
        raise TypeError(f"a value in {value.unit} is no date")
    return value.date


def value_sentence(what: Said, told: Said) -> Said:
    """A value in bold, and what it is."""
    return Said(nl=f"**{told.nl}**: {what.nl}.", en=f"**{told.en}**: {what.en}.")


def opened(text: str) -> str:
    """A text with a capital in front."""
    return text[:1].upper() + text[1:]


def as_kind(proven: ProvenRule, kind: type[Any]) -> Any:
    """The rule of a proven one, of the kind wanted. Raises TypeError where it is another."""
    if not isinstance(proven.rule, kind):
        raise TypeError(f"{proven.id} is no {kind.__name__}")
    return proven.rule


def result_of(proven: ProvenRule, facts: Facts, **outcome: Any) -> RuleResult:
    """A result with what every one has: the rule, its notes, and the spots of its values."""
    spots: list[Spot] = [*outcome.pop("spots", ()), *_value_spots(proven)]
    notes = (*proven.rule.notes, *outcome.pop("notes", ()))
    filled = {n: fill(outcome.pop(n), proven.values) for n in ("sentence", "then") if outcome.get(n) is not None}
    return RuleResult(
        rule=proven.id,
        policy_id=proven.policy_id,
        title=proven.rule.title,
        inputs=dict(facts),
        spots=tuple(dict.fromkeys(spots)),
        notes=tuple(fill(note, proven.values) for note in notes),
        **filled,
        **{name: tuple(value) if isinstance(value, list) else value for name, value in outcome.items()},
    )


def _value_spots(proven: ProvenRule) -> list[Spot]:
    """Where the rule as a whole, and the values that no criterion compares with, stand."""
    compared = {criterion.parameter for criterion in all_criteria(proven.rule)}
    own = [value.spot for name, value in proven.values.items() if name not in compared]
    return [*([proven.spots["rule"]] if "rule" in proven.spots else []), *own]
