"""The day that an asker wishes for, where he asks on which day he has to act for it: 'wanneer moet mijn mail weg?'.

What is counted from is then asked for, and the day that he tells is where the count should come out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.facts import AskerFact, AskerFacts
from assistant.planning import acts_of
from assistant.prose import function_words as fw
from assistant.prose.days import OwnDay, own_days
from assistant.question import asks_days_left
from assistant.rule_fit import asked_part, asks_which_day
from knowledge.dutch import fold
from knowledge.rules.card import ChoiceRule, Rule, StartRule, TermRule
from knowledge.rules.inputs import WISHED_END, event_of
from knowledge.rules.start import WISHED

_MESSAGE = "mailed_date"
REASON = "counted back"
"""Why a day that was told is the one that is wished for."""
_SENT = (
    r"mailen|gemaild|(?:op|in|ver|weg)?sturen|(?:op|in|ver|weg)?ge?stuurd|verzenden|verzonden|weg|de deur uit|stellen|"
    r"gesteld|indienen|ingediend|inleveren|ingeleverd|aanvragen|aangevraagd|aanmelden|aangemeld|(?:binnen|erin|klaar|"
    r"compleet|ingevuld) (?:zijn|hebben|wezen)|invullen|be (?:in|sent|submitted|filed|made)|send|e-?mail|ask|submit|"
    r"apply|write|file"
)
_HAS_TO_SEND = re.compile(
    rf"\b(?:moet|moeten|dien|dienen|kan|kunnen|mag|mogen) (?:(?!antwoord|reactie)[\w']+ ){{0,9}}?(?:{_SENT})\b|"
    rf"\b(?:must|should|have to|has to|can|may|need to|needs to) (?:(?!answer|reply)[\w'-]+ ){{0,6}}?(?:{_SENT})\b"
)
"""What the asker has to do, or can do yet, in folded text."""
_STARTS = re.compile(
    r"\b(?:ingaan|ingangsdatum|(?:gaat|gaan) .{0,40}\bin\b|loopt|lopen|van start|start(?:s|en|datum)?|begint|beginnen|"
    r"run|begin)\b"
)
"""Who asks for the first day of a contract asks for no day of applying."""
_EARLIEST = re.compile(r"\b(?:vroegst|vroegste|niet eerder dan|earliest|no earlier)\b")
_FOR_WHICH = re.compile(
    r"\b(?:zodat|opdat|om .{0,60}\bte\b|willen|wil|nog net|so that|in order|if (?:we|i) want|still)\b"
)
_ANSWERS = frozenset("antwoord reactie bericht uitsluitsel answer reply response".split())
"""What is wished for by a day, where it is one on something that was sent: 'vrijdag antwoord op onze mail'."""


def wished_day(rule: Rule, told: AskerFacts, text: str, today: dt.date) -> AskerFact | None:
    """The day on which what a rule counts to should fall, as the fact that the rule counts back from.

    None where the day of the event is told, or is not what `text` asks for. `told`: what was read of the asker in it.
    """
    part = asked_part(text)
    if isinstance(rule, StartRule):
        return _as(WISHED, _day(text, today), text) if _asks_to_apply(part) else None
    event = event_of(rule)
    if event is None or not isinstance(rule, TermRule | ChoiceRule):
        return None
    asks = _asks_earliest(rule, part, told) if rule.own else _asks_to_send(part, event)
    return _as(WISHED_END, _day(text, today), text) if asks else None


def _as(name: str, day: OwnDay | None, text: str) -> AskerFact | None:
    if day is None:
        return None
    is_eve = name == WISHED_END and day.value.bound == "before"  # 'vóór vrijdag' is on Thursday at the latest
    wished = day.value.first - dt.timedelta(days=is_eve)
    return AskerFact(name, wished, text[day.start : day.end], day.start, day.end, reason=REASON)


def _asks_to_apply(part: str) -> bool:
    """Whether it is asked how long one can wait with an application."""
    folded = fold(part)
    if _STARTS.search(folded) is not None:
        return False
    has_to = asks_which_day(part) and "apply" in acts_of(part) and _HAS_TO_SEND.search(folded) is not None
    return has_to or (asks_days_left(part) and not acts_of(part) - {"apply"})


def _asks_to_send(part: str, event: str) -> bool:
    """Whether it is asked on which day a message has to go out, for an answer by another day."""
    return event == _MESSAGE and asks_which_day(part) and _HAS_TO_SEND.search(fold(part)) is not None


def _asks_earliest(rule: TermRule | ChoiceRule, part: str, told: AskerFacts) -> bool:
    """Whether it is asked how early the term may begin for the day on which the asker can act."""
    folded = fold(part)
    acts = rule.on is not None and told.get(rule.on) is not None
    return (
        _EARLIEST.search(folded) is not None
        and asks_which_day(part)
        and (acts or _FOR_WHICH.search(folded) is not None)
    )


def _day(text: str, today: dt.date) -> OwnDay | None:
    """The one day to come of a text that is wished for, and on which nothing is sent; one that is a limit first."""
    days = [
        day
        for day in own_days(text, today)
        if day.value.kind == "exact" and day.value.first >= today and _is_wished(day)
    ]
    limits = [day for day in days if day.value.bound in ("by", "before")]
    return _only(limits) or _only(days)


def _is_wished(day: OwnDay) -> bool:
    return day.tense != "done" and (not day.words & fw.SENT or bool(day.words & _ANSWERS))


def _only(days: Sequence[OwnDay]) -> OwnDay | None:
    return days[0] if len({day.value.first for day in days}) == 1 else None
