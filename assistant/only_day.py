"""The one day of a question: a rule that reads a day takes it, where no other fact of the asker lays claim to it.

Askers tell days in more ways than anyone can list ('13 oktober stond hij klaar'). A question that
holds one day written out, and a rule that needs one, belong together; a day that was read as
something else, or a deadline that is only asked about, is left alone.
"""

from __future__ import annotations

import datetime as dt

from assistant.facts import AskerFact, AskerFacts
from knowledge.dates import find_dates
from knowledge.records import DateValue
from knowledge.rules.card import ChoiceRule, DeadlineRule, StartRule, TermRule
from knowledge.rules.proven import ProvenRule

_ASKED_ABOUT = frozenset({"by", "before"})
"""'uiterlijk 1 november', 'vóór 1 mei': what the policy says, not what the asker does."""

_SENDING = "mailed_date"
"""A day of mailing is also the day of what is mailed, an application for one."""


def with_only_day(rule: ProvenRule, own: AskerFacts, told: AskerFacts, text: str, today: dt.date) -> AskerFacts:
    """`own`, the facts that a rule reads, with the only day of `text` where the rule lacks a day.

    `told`: everything that was read of the asker, for whatever rule.
    """
    if any(isinstance(fact.value, dt.date) for fact in own):
        return own
    found = [
        (date, start, end)
        for date, start, end in find_dates(text, today=today)
        if any(character.isdigit() for character in date.text)
    ]
    days = {date.first for date, _, _ in found if date.kind == "exact"}
    claimed = {fact.value for fact in told if isinstance(fact.value, dt.date) and fact.name != _SENDING}
    if len(days) != 1 or len(days) != len({date.first for date, _, _ in found}) or days & claimed:
        return own
    date, start, end = found[0]
    name = _fact_for(rule, date)
    if name is None or date.bound in _ASKED_ABOUT:
        return own
    fact = AskerFact(name, date.first, text[start:end], start, end, reason="the only day")
    return AskerFacts((*own.facts, fact))


def _fact_for(rule: ProvenRule, date: DateValue) -> str | None:
    """The fact of a rule that a day tells; None where the rule reads none, or it cannot be told which."""
    kind = rule.rule
    if isinstance(kind, StartRule):
        return "desired_start" if date.bound == "from" else "application_date"
    if date.bound == "from":
        return None
    if isinstance(kind, TermRule):
        return kind.after
    if isinstance(kind, DeadlineRule):
        return kind.on
    if isinstance(kind, ChoiceRule):
        events = {case.after for case in kind.cases if case.after}
        return events.pop() if len(events) == 1 else None
    return None
