"""Yes or no to who asks whether a contract holds for a time: 'telt juli dan nog mee?' against its first day."""

from __future__ import annotations

import datetime as dt
import re

from assistant.prose.days import spoken_days
from knowledge.dutch import fold
from knowledge.rules.card import StartRule
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.start import APPLIED

_BACKWARDS = re.compile(r"\b(?:terugwerkende kracht|terugwerking|backdat\w*|retroactiv\w*|retrospectiv\w*)")


def covers(proven: ProvenRule, result: RuleResult, part: str, today: dt.date) -> bool | None:
    """Whether a contract that starts on the day of `result` holds for all the times that `part` names, or for none.

    None where it names no time, or where the contract begins between them. The day of the application is no such time;
    'met terugwerkende kracht' is all the time before it.
    """
    applied = result.inputs.get(APPLIED)
    if not isinstance(proven.rule, StartRule) or not isinstance(applied, dt.date) or result.unit != "date":
        return None
    start = dt.date.fromisoformat(result.value or "")
    times = [day.value for day in spoken_days(part, today)]
    held = {time.first >= start for time in times if time.first != applied}
    if not held and start > applied and _BACKWARDS.search(fold(part)) is not None:
        return False
    return held.pop() if len(held) == 1 else None
