"""Which of the likeliest sentences is about what the asker tells, so that it leads the answer with what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.question import read_asked
from assistant.quoted.days import hold_day
from assistant.quoted.first_days import asks_begin, hold_first_day
from assistant.quoted.held import COUNTED, Held, Kind
from assistant.quoted.reading import hold
from assistant.quoted.told import Told
from assistant.units import NEAR_SHARE, Unit
from knowledge.records import Fact, PolicyText
from knowledge.units import unit_spans

UNITS_HELD = 5
"""So many of the likeliest sentences are held against what the asker tells."""
UNITS_COUNTED = 20
"""So many, where a day is computed from the asker's: that a sentence is of his very event tells more than its words."""
AGREES: Mapping[Kind, float] = {
    "amount": 12, "term": 24, "start": 24, "day": 4, "first day": 4, "thing": 6, "all": 6, "group": 12, "only": 12,
}  # fmt: skip
"""How many times likelier a sentence answers that can be held against what the asker tells (docs/adr/0015)."""


@dataclass(frozen=True)
class Weighed:
    """Units in the order of how likely they answer, and what came of the first where it could be held."""

    units: tuple[Unit, ...]
    held: Held | None


def weigh(units: Sequence[Unit], told: Told, texts: Mapping[str, PolicyText]) -> Weighed:
    """The units, those of the first ones that can be held against the question the likelier for it.

    Shares stay shares of one whole, with that of *nothing answers*.
    """
    held_against = units[: UNITS_COUNTED if told.days else UNITS_HELD]
    found = {
        at: held
        for at, unit in enumerate(held_against)
        if (held := _held(unit, told, texts)) is not None and (at < UNITS_HELD or held.kind in COUNTED)
    }
    if not found:
        return Weighed(tuple(units), None)
    factors = [_factor(found.get(at)) for at in range(len(units))]
    whole = 1 + sum((factor - 1) * unit.score for factor, unit in zip(factors, units, strict=True))
    scores = [unit.score * factor / whole for factor, unit in zip(factors, units, strict=True)]
    order = sorted(range(len(units)), key=lambda at: -scores[at])
    first = found.get(order[0])
    near = [held for at, held in found.items() if scores[at] >= NEAR_SHARE * scores[order[0]]]
    is_told = first is not None and all(_agrees(first, held) for held in near)
    if first is not None and first.kind == "day" and not is_told:
        return Weighed(tuple(units), None)  # last days that differ: none of them is the likelier for it
    return Weighed(tuple(replace(units[at], score=scores[at]) for at in order), first if is_told else None)


def _agrees(one: Held, other: Held) -> bool:
    """Whether two sentences come to the same; where 'minimaal' and 'maximaal 50%' do not, the asker reads both."""
    return one.kind != other.kind or (one.outcome == other.outcome and one.day == other.day)


def row_held(fact: Fact, told: Told) -> Held | None:
    """What comes of the day of a planning table, where the asker names one."""
    held = hold_day(f"{fact.topic}\t{fact.value}", told) if fact.kind == "deadline" else None
    return held if held is not None and _is_asked(held, told) else None


def _factor(held: Held | None) -> float:
    """A sentence that only tells for whom it holds, or that has exceptions, is no likelier for it."""
    if held is None or held.is_scope or (held.is_open and held.kind not in COUNTED):
        return 1.0
    return AGREES[held.kind]


def _held(unit: Unit, told: Told, texts: Mapping[str, PolicyText]) -> Held | None:
    """What comes of a unit; an item of a list is read behind its lead-in where it says nothing by itself."""
    held = _read(unit, told, texts)
    return held if held is not None and _is_asked(held, told) else None


def _is_asked(held: Held, told: Told) -> bool:
    """Whether the question asks for what came of it: a day, yes or no, or what holds for the asker."""
    if held.kind in COUNTED:
        return read_asked(told.text).when
    return told.asks_yes_no or held.is_scope


def _read(unit: Unit, told: Told, texts: Mapping[str, PolicyText]) -> Held | None:
    source = texts[unit.hit.passage.policy_id]
    speaker = (source.policy.insurer, *source.policy.labels)
    held = _first_day(unit, source.text, told) or hold(unit.text, told, speaker=speaker)
    if held is not None:
        return held
    leads = [source.text[span.start : span.end].strip() for span in unit.hit.passage.part_at(unit.span.start).lead]
    lead = next((lead for lead in leads if lead.endswith(":")), "")
    return hold(f"{lead.rstrip(':')} {unit.text}", told, speaker=speaker) if lead else None


def _first_day(unit: Unit, text: str, told: Told) -> Held | None:
    """The first day that a row, an item or a sentence tells for the asker's day, read among those beside it."""
    if not told.days or not asks_begin(told.asking):
        return None
    passage = unit.hit.passage
    part = passage.part_at(unit.span.start)
    lines = [text[span.start : span.end] for span in unit_spans(passage, text) if part.start <= span.start < part.end]
    said = [*(text[span.start : span.end] for span in part.lead), *text[part.start : part.end].splitlines()]
    header = next((line for line in said if "\t" in line and line not in lines), "")
    led = [line for line in said if line.rstrip().endswith(":")]
    beside = [line for line in lines if line not in led]
    return hold_first_day(unit.text, beside, "\n".join([*passage.heading_path[-1:], *led, header]), told)
