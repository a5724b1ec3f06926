"""A day that the asker wants counted off from one which the policy tells: 'twee weken voor de uiterste tekendatum'."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from assistant.turn import Language
from knowledge.day_counts import add_term
from knowledge.dutch import fold
from knowledge.rules.wording import tell_amount, tell_day
from knowledge.terms import find_terms

_PLANNED = re.compile(r"\w*(?:datum|deadline|termijn)\b|\b(?:laatste|uiterste|last|closing) (?:dag|day|date)\b")
"""What a day that the policy tells is called; 'ontvangst' is one that only the asker knows."""
_WHICH_DAY = re.compile(r"\b(?:wanneer|welke (?:dag|datum)|when|(?:which|what) (?:day|date))\b")
_SIDES: dict[Language, dict[str, str]] = {
    "nl": {"before": "vóór", "after": "na"},
    "en": {"before": "before", "after": "after"},
}


def counted_off(question: str, day: dt.date | None, language: Language) -> str:
    """The day asked for, in a sentence; empty where none is, or where no `day` is told to count it off from."""
    if day is None or _WHICH_DAY.search(fold(question)) is None:
        return ""
    for term, _, _ in find_terms(question):
        side = _SIDES[language].get(term.direction)
        if side is None or _PLANNED.search(fold(term.anchor)) is None:
            continue
        counted = add_term(day, -term.amount if term.direction == "before" else term.amount, term.unit).day
        told = (tell_amount(Decimal(term.amount), term.unit), tell_day(day), tell_day(counted))
        length, first, second = (said.in_language(language) for said in told)
        return f"{length} {side} {first} is {second}."
    return ""
