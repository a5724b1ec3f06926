"""Lists that answer as a whole: those asked for, and those of which several items or the lead-in are near."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Asked
from assistant.units import NEAR_SHARE, Unit
from knowledge.dutch import fold
from knowledge.records import Part, Passage, PolicyText

UNITS_NEAR = 5
"""The likeliest units, among which items of one list are looked for."""
_ENUMERATION = re.compile(r",[^,.;]+,?\s(?:en|of|and|or)\s|(?:,[^,]+){3}")
_CHANGES = re.compile(r"\b(?:wijziging\w*|verander\w*|what changes|changes)\b")
MAX_LIST_WORDS = 170
"""A list is quoted whole up to this; the answer with its source stays under 220 words."""


def are_of_changes(headings: Sequence[str]) -> bool:
    """Whether one of these headings is about changes: what is listed below it may be what no longer holds."""
    return any(_CHANGES.search(fold(each)) for each in headings)


def wants_list(asked: Asked) -> bool:
    """Whether a list is to be given whole; 'op welke dag' and 'welk nummer' ask for one thing."""
    return asked.listing and not (asked.when or asked.contact or asked.amount)


def whole_list(asked: Asked, units: Sequence[Unit], texts: dict[str, PolicyText]) -> list[tuple[Passage, Part]] | None:
    """The parts of the list that answers, with their passages, when it fits in an answer.

    Where a list is asked for, that which likeliest answers, all its items and its lead-in together, unless a
    sentence does likelier; else that of the best unit, where it only leads a list in or another item is near it.
    """
    asked_for = _likeliest(units, texts) if wants_list(asked) else None
    near = [unit for unit in units[:UNITS_NEAR] if unit.score >= NEAR_SHARE * units[0].score]
    found = [_list_of(unit, texts[unit.hit.passage.policy_id]) for unit in near]
    listed = asked_for if wants_list(asked) else found[0]
    if listed is None or (are_of_changes(listed[0].heading_path) and not asked.change):
        return None
    several = sum(each is not None and each[1].lead == listed[1].lead for each in found) > 1
    if not (wants_list(asked) or near[0].text.rstrip().endswith(":") or several):
        return None
    passage, part = listed
    source = texts[passage.policy_id]
    parts = [
        (p, other)
        for p in source.passages
        if p.section_id == passage.section_id
        for other in p.all_parts
        if other.kind == "list" and (other == part or (other.lead and other.lead == part.lead))
    ]
    if _word_count(parts, source) > MAX_LIST_WORDS:
        parts = [(passage, part)]
    return parts if _word_count(parts, source) <= MAX_LIST_WORDS else None


def _likeliest(units: Sequence[Unit], texts: dict[str, PolicyText]) -> tuple[Passage, Part] | None:
    """The list that likeliest answers: scores are shares of one whole, so that those of its units add up.

    None where a sentence that enumerates is likelier still; one that does not is no list, and gives way.
    """
    shares: dict[tuple[str, int], float] = {}
    lists: dict[tuple[str, int], tuple[Passage, Part]] = {}
    alone = 0.0
    for unit in units:
        listed = _list_of(unit, texts[unit.hit.passage.policy_id])
        if listed is None:
            alone = max(alone, unit.score if enumerates(unit.text) else NEAR_SHARE * unit.score)
            continue
        passage, part = listed
        key = (passage.policy_id, part.lead[0].start if part.lead else part.start)
        shares[key] = shares.get(key, 0.0) + unit.score
        lists.setdefault(key, listed)
    best = max(shares, key=shares.__getitem__, default=None)
    return None if best is None or shares[best] < alone else lists[best]


def enumerates(text: str) -> bool:
    """Whether a sentence names several things one after the other: 'een kopie, een bewijs en een uittreksel'."""
    return "\t" not in text and _ENUMERATION.search(text) is not None


def _list_of(unit: Unit, source: PolicyText) -> tuple[Passage, Part] | None:
    """The list that a unit is an item of or leads in, with its passage."""
    passage = unit.hit.passage
    part = passage.part_at(unit.span.start)
    if part.kind == "list":
        return passage, part
    if not unit.text.rstrip().endswith(":"):
        return None
    for other in source.passages:
        for below in other.all_parts if other.section_id == passage.section_id else ():
            leads = any(lead.start < unit.span.end and unit.span.start < lead.end for lead in below.lead)
            follows = not source.text[unit.span.end : below.start].strip() if below.start >= unit.span.end else False
            if below.kind == "list" and (leads or follows):
                return other, below
    return None


def _word_count(parts: Sequence[tuple[Passage, Part]], source: PolicyText) -> int:
    return sum(len(source.text[part.start : part.end].split()) for _, part in parts)
