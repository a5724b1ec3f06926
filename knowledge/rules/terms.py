"""A day counted from an event by a proven term."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from knowledge.day_counts import add_term, convention_sentence
from knowledge.rules.card import FactSpec, Said
from knowledge.rules.proven import ProvenValue
from knowledge.rules.wording import tell_amount, tell_day


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
