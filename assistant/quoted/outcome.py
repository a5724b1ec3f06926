"""What came of a quoted sentence as the entry of `results` that callers get, its criteria with their citation."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.quoted.held import Held, Outcome
from assistant.turn import Language

QUOTED = "quoted"
"""Stands where a rule's name does: no rule was run."""

_TITLES: dict[Language, str] = {
    "nl": "Het beleid en wat u noemt",
    "en": "The policy and what you name",
}


def outcome_record(held: Held, sentence: str, language: Language, label: int) -> dict[str, object]:
    """The entry; `sentence` leads the answer, `label` is the citation of what is quoted.

    The whole is undecided where an exception, or that the sentence only tells for whom it holds, leaves it so.
    """
    is_day = held.kind == "term" and held.day is not None
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
                "told": sentence,
                "note": None,
                "citation": label,
            }
            for needs, given, outcome in _sides(held)
        ],
        "steps": [],
        "notes": [],
        "citations": [label],
    }


def _sides(held: Held) -> Iterator[tuple[str, str, Outcome]]:
    if held.kind == "amount":
        yield from ((side.needs, side.given, side.outcome) for side in held.sides)
    elif held.outcome is not None:
        yield held.needs, held.given, held.outcome
