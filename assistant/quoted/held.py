"""A sentence held against what the asker tells: the outcome, and the words of both sides."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.dutch import fold
from knowledge.quantity_words import Bound

Outcome = Literal["met", "not_met"]
Kind = Literal["amount", "day", "first day", "term", "start", "thing", "all", "group", "only"]
COUNTED: frozenset[Kind] = frozenset({"term", "start"})
"""Kinds whose day was computed from the asker's."""

_EXCEPTION = re.compile(
    r"\b(?:tenzij|mits|behalve|behoudens|uitgezonderd|uitzondering\w*|niet zijnde|anders dan|met uitsluiting van|"
    r"unless|except\w*|provided|other than)\b"
)
_NEGATED = re.compile(
    r"\b(?:niet(?! (?:meer|minder|hoger|lager|langer) dan| later dan)|geen|zonder|nooit|niet-\w+|"
    r"not(?! (?:more|less|later) than)|no(?! (?:more|less|later) than)|without|never)\b"
)


@dataclass(frozen=True)
class Side:
    """One amount of a sentence and the asker's: `needs` and `given` in their own words."""

    outcome: Outcome
    bound: Bound
    needs: str
    given: str
    limit: Decimal
    value: Decimal
    is_sum: bool = False


@dataclass(frozen=True)
class Held:
    """What came of holding a sentence against a question.

    `kind`: an amount, a day (on time or not), a term counted to a day, the day on which something begins, something to
    have, all of some, a group, or one of
    those for whom alone it is. `since`: the day that `day` was counted from.
    `day`: the last or the first one, or the one counted to; `has_year`: the sentence says its year;
    `is_last`: the day that was counted is the last one, 'binnen vier weken'.
    `outcome`: of what the sentence names, None for a day that was counted. `is_scope`: the sentence tells for whom
    it holds and demands nothing. `is_open`: an exception or a denial in it leaves open what follows from the outcome.
    `is_one`: the asker is one of the group for which a sentence holds, or does not. `is_back`: counted back.
    `to_month_end`: from there on to the last day of the month.
    """

    kind: Kind
    outcome: Outcome | None
    needs: str
    given: str
    day: dt.date | None = None
    has_year: bool = True
    is_last: bool = True
    sides: tuple[Side, ...] = ()
    is_scope: bool = False
    is_open: bool = False
    is_one: bool = True
    since: dt.date | None = None
    is_back: bool = False
    to_month_end: bool = False


def has_exception(sentence: str) -> bool:
    """Whether a sentence holds an exception."""
    return _EXCEPTION.search(fold(sentence)) is not None


def leaves_open(sentence: str) -> bool:
    """Whether a sentence holds an exception or a denial, so that it is not told what follows where it is (not) met."""
    return has_exception(sentence) or _NEGATED.search(fold(sentence)) is not None
