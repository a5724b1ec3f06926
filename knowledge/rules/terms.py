"""A day counted from an event by a proven term, and the day of the event counted back from the one it should end on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from knowledge.day_counts import add_term, convention_sentence
from knowledge.rules.card import FactSpec, Said
from knowledge.rules.proven import ProvenValue
from knowledge.rules.wording import tell_amount, tell_day

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """The day that a count came to, and how."""

    day: dt.date
    steps: tuple[Said, ...]


def count_through(first: dt.date, term: ProvenValue) -> Counted:
    """The last day of a stretch so long that begins on the day `first`."""
    last = add_term(first, int(term.quantity), term.unit).day - dt.timedelta(days=1)
    told, start, end = tell_amount(term.quantity, term.unit), tell_day(first), tell_day(last)
    step = Said(
        nl=f"{told.nl} vanaf {start.nl} is tot en met {end.nl}", en=f"{told.en} from {start.en} is through {end.en}"
    )
    return Counted(last, (step,))


def count_to_next_year(event: dt.date) -> Counted:
    """The first day of the calendar year after that of `event`."""
    first = dt.date(event.year + 1, 1, 1)
    step = Said(
        nl=f"kalenderjaar {event.year} is gebruikt; het volgende begint op {tell_day(first).nl}",
        en=f"calendar year {event.year} is used; the next one begins on {tell_day(first).en}",
    )
    return Counted(first, (step,))


def latest_event(end: dt.date, term: ProvenValue) -> dt.date:
    """The last day of an event of which the term has ended on `end`.

    Raises KeyError where the term's unit is none of time.
    """
    day = add_term(end, -int(term.quantity), term.unit).day
    while _end(day, term) > end:
        day -= _ONE_DAY
    while _end(day + _ONE_DAY, term) <= end:  # several days may end on one: in a weekend, at the end of a month
        day += _ONE_DAY
    return day


def earliest_event(end: dt.date, term: ProvenValue) -> dt.date:
    """The first day of an event of which the term has not ended before `end`. Raises KeyError likewise."""
    day = add_term(end, -int(term.quantity), term.unit).day
    while _end(day, term) < end:
        day += _ONE_DAY
    while _end(day - _ONE_DAY, term) >= end:
        day -= _ONE_DAY
    return day


def _end(event: dt.date, term: ProvenValue) -> dt.date:
    return add_term(event, int(term.quantity), term.unit).day


def event_outcome(
    end: dt.date, term: ProvenValue, spec: FactSpec, what: Said, today: dt.date, *, is_own: bool
) -> dict[str, Any]:
    """The day of the event that makes a term end on the day `end`, as the fields of a `RuleResult`.

    `is_own`: the asker has to act within the term, so that the event must not be earlier; else not later.
    """
    day = earliest_event(end, term) if is_own else latest_event(end, term)
    told, wished = tell_day(day), tell_day(end)
    bound = Said(nl="Op zijn vroegst", en="At the earliest") if is_own else Said(nl="Uiterlijk", en="At the latest")
    is_past = day < today and not is_own
    past = (" Die dag is al voorbij.", " That day is past.") if is_past else ("", "")
    nl = f"**{bound.nl} {told.nl}**: de {spec.label.nl}, als {wished.nl} dit moet zijn: {what.nl}.{past[0]}"
    en = f"**{bound.en} {told.en}**: the {spec.label.en}, if {wished.en} is to be this: {what.en}.{past[1]}"
    return {
        "verdict": "value",
        "value": day.isoformat(),
        "unit": "date",
        "sentence": Said(nl=nl, en=en),
        "steps": count_on(day, term, spec).steps,
    }


def count_on(event: dt.date, term: ProvenValue, spec: FactSpec, *, backwards: bool = False) -> Counted:
    """The last day of a term after `event` (or before it). The day of the event itself does not count.

    Raises KeyError where the term's unit is none of time.
    """
    amount = int(term.quantity)
    counted = add_term(event, -amount if backwards else amount, term.unit)
    told, start, end = tell_amount(term.quantity, term.unit), tell_day(event), tell_day(counted.day)
    nl, en = ("vóór", "before") if backwards else ("na", "after")
    steps = [
        Said(
            nl=f"{told.nl} {nl} {start.nl} ({spec.label.nl}) is {end.nl}",
            en=f"{told.en} {en} {start.en} ({spec.label.en}) is {end.en}",
        )
    ]
    if counted.convention:
        steps.append(
            Said(nl=convention_sentence(counted.convention, "nl"), en=convention_sentence(counted.convention, "en"))
        )
    return Counted(counted.day, tuple(steps))
