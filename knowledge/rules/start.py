"""The first day of a contract from the day of application, and the last day to apply from the start wished for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from knowledge.day_counts import first_of_month, first_of_next_month, last_day_of_month_before
from knowledge.rules.card import Facts, FactSpec, Said, StartRule
from knowledge.rules.inputs import OTHER_DAY
from knowledge.rules.proven import ProvenRule
from knowledge.rules.wording import tell_day, tell_month

STARTS = Said(nl="gaat het contract in", en="the contract starts")
"""Stands in the outcome that tells the first day of a contract."""
APPLIED, WISHED = "application_date", "desired_start"


def run_start(rule: StartRule, proven: ProvenRule, facts: Facts, specs: Mapping[str, FactSpec]) -> dict[str, Any]:
    """The outcome of a start rule, as the fields of a `RuleResult`.

    A contract never starts before the parameter `first_day`, the first day of the contract year.
    """
    applied, wished = facts.get(APPLIED), facts.get(WISHED)
    if isinstance(applied, dt.date):
        outcome = _from_application(rule, proven, applied)
        other = facts.get(OTHER_DAY)
        return _beside(outcome, rule, proven, other) if isinstance(other, dt.date) else outcome
    if isinstance(wished, dt.date):
        return _from_wish(rule, proven, wished)
    nl, en = {
        "following": (
            "de eerste dag van de maand na de maand van uw aanvraag",
            "the first day of the month after your application",
        ),
        "same": ("de eerste dag van de maand van uw aanvraag", "the first day of the month of your application"),
    }[rule.month]
    first = tell_day(proven.values["first_day"].day)
    return {
        "verdict": "undecided",
        "sentence": Said(
            nl=f"Het contract gaat in op {nl}, en niet eerder dan {first.nl}.",
            en=f"The contract starts on {en}, and not before {first.en}.",
        ),
        "missing": (APPLIED,),
        "ask": specs[APPLIED].ask,
    }


def applied_on(day: dt.date) -> Said:
    """How a step tells the day of an application."""
    told = tell_day(day)
    return Said(nl=f"aanvraag op {told.nl}", en=f"applied on {told.en}")


def applied_in(day: dt.date) -> Said:
    """Likewise where only the month of that day is known."""
    told = tell_month(day)
    return Said(nl=f"aanvraag in {told.nl}", en=f"applied in {told.en}")


def _beside(outcome: dict[str, Any], rule: StartRule, proven: ProvenRule, other: dt.date) -> dict[str, Any]:
    """The outcome of an application, and what comes of one on another day: that, or the same."""
    start = dt.date.fromisoformat(_from_application(rule, proven, other)["value"])
    day, told, sentence = tell_day(other), tell_day(start), outcome["sentence"]
    if start.isoformat() == outcome["value"]:
        nl = f"Een aanvraag op {day.nl} maakt geen verschil: ook dan is het {told.nl}."
        en = f"An application on {day.en} makes no difference: then too it is {told.en}."
    else:
        nl = f"Bij een aanvraag op {day.nl} is het **{told.nl}**."
        en = f"With an application on {day.en} it is **{told.en}**."
    return outcome | {"sentence": Said(nl=f"{sentence.nl} {nl}", en=f"{sentence.en} {en}")}


def _from_application(rule: StartRule, proven: ProvenRule, applied: dt.date) -> dict[str, Any]:
    first_day = proven.values["first_day"].day
    counted = first_of_next_month(applied) if rule.month == "following" else first_of_month(applied)
    start = max(counted.day, first_day)
    nl, en = (
        ("na de maand van", "after the month of")
        if rule.month == "following"
        else ("van de maand van", "of the month of")
    )
    notes = []
    if start.year > proven.year:
        notes.append(
            Said(
                nl=f"Die dag valt na contractjaar {proven.year}: dan geldt het inkoopbeleid voor {start.year}.",
                en=f"That day is after contract year {proven.year}: the policy for {start.year} applies then.",
            )
        )
    on = applied_on(applied)
    step = (
        Said(
            nl=f"{on.nl}; de eerste dag {nl} aanvraag is {tell_day(counted.day).nl}",
            en=f"{on.en}; the first day {en} application is {tell_day(counted.day).en}",
        )
        if applied.year >= first_day.year or start == counted.day
        else Said(
            nl=f"{on.nl}, vóór het contractjaar: het contract begint met het jaar",
            en=f"{on.en}, before the contract year: the contract begins with the year",
        )
    )
    told = tell_day(start)
    return {
        "verdict": "value",
        "value": start.isoformat(),
        "unit": "date",
        "sentence": Said(
            nl=f"**Per {told.nl}** {STARTS.nl}, als het u wordt aangeboden.",
            en=f"**From {told.en}** {STARTS.en}, if it is offered to you.",
        ),
        "steps": (step,),
        "notes": tuple(notes),
    }


def _from_wish(rule: StartRule, proven: ProvenRule, wished: dt.date) -> dict[str, Any]:
    """The last day on which an application still gives the start wished for."""
    first_day = proven.values["first_day"].day
    start = wished if wished.day == 1 else first_of_month(wished).day
    if start < first_day:
        told = tell_day(first_day)
        return {
            "verdict": "not_met",
            "sentence": Said(
                nl=f"Dat kan niet: het contract gaat niet eerder in dan {told.nl}.",
                en=f"That is not possible: the contract does not start before {told.en}.",
            ),
        }
    counted = (
        last_day_of_month_before(start)
        if rule.month == "following"
        else last_day_of_month_before(first_of_next_month(start).day)
    )
    told, wish = tell_day(counted.day), tell_day(start)
    notes: tuple[Said, ...] = ()
    if wished.day != 1:
        notes = (
            Said(
                nl=f"Een contract begint op de eerste dag van een maand; gerekend is met {wish.nl}.",
                en=f"A contract starts on the first day of a month; counted with {wish.en}.",
            ),
        )
    return {
        "verdict": "value",
        "value": counted.day.isoformat(),
        "unit": "date",
        "sentence": Said(
            nl=f"**Uiterlijk {told.nl}** vraagt u aan, om per {wish.nl} een contract te krijgen.",
            en=f"**By {told.en}** you apply, to get a contract from {wish.en}.",
        ),
        "steps": (
            Said(
                nl=f"een aanvraag tot en met {told.nl} geeft als eerste dag {wish.nl}",
                en=f"an application up to and including {told.en} gives {wish.en} as first day",
            ),
        ),
        "notes": notes,
    }
