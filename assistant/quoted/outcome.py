"""What came of a quoted sentence as the entry of `results` that callers get, its criteria with their citation."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.quoted.held import COUNTED, Held, Outcome
from assistant.quoted.telling import named, tell_side
from assistant.turn import Language
from knowledge.dates import spell_day_long

QUOTED = "quoted"
"""Stands where a rule's name does: no rule was run."""

_TITLES: dict[Language, str] = {
    "nl": "Het beleid en wat u noemt",
    "en": "The policy and what you name",
}

_SINCE: dict[Language, str] = {"nl": "Gerekend vanaf", "en": "Counted from"}


def outcome_record(held: Held, sentence: str, language: Language, label: int) -> dict[str, object]:
    """The entry; `sentence` leads the answer, `label` is the citation of what is quoted.

    The whole is undecided where an exception, or that the sentence only tells for whom it holds, leaves it so.
    """
    is_day = held.kind in COUNTED and held.day is not None
    verdict = "value" if is_day else "undecided" if held.is_open or held.is_scope else held.outcome
    return {
        "rule": QUOTED,
        "title": _TITLES[language],
        "verdict": verdict,
        "value": held.day.isoformat() if is_day and held.day is not None else None,
        "unit": "date" if is_day else None,
        "sentence": sentence,
        "then": None,
        "is_open": None,
        "inputs": {},
        "missing": [],
        "criteria": [
            {
                "name": needs,
                "verdict": outcome,
                "needs": needs,
                "given": given,
                "distance": None,
                "told": told,
                "note": None,
                "citation": label,
            }
            for needs, given, outcome, told in _criteria(held, sentence, language)
        ],
        "steps": [f"{_SINCE[language]} {spell_day_long(held.since, language)}.", sentence] if held.since else [],
        "notes": [],
        "citations": [label],
    }


def _criteria(held: Held, sentence: str, language: Language) -> Iterator[tuple[str, str | None, Outcome, str]]:
    """What is needed, what is given where that is an amount or a day, what comes of it, and that in a sentence."""
    for side in held.sides:
        yield named(side.needs), side.given, side.outcome, tell_side(side, language)
    if not held.sides and held.outcome is not None:
        given = held.given if held.kind in ("day", "first day") else None
        yield named(held.needs), given, held.outcome, sentence
