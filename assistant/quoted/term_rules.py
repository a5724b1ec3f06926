"""The terms of a policy's sentence: with a direction of their own, as 'een termijn van 21 dagen', or to an nth day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.date_words import DAY_WORDS_OF_MONTH, NUMBERS, choice
from knowledge.dutch import fold
from knowledge.terms import find_terms

_UNITS = {
    "werkdag": "working_day", "working day": "working_day", "kalenderdag": "day", "calendar day": "day", "dag": "day",
    "day": "day", "week": "week", "weken": "week", "maand": "month", "kalendermaand": "month", "month": "month",
}  # fmt: skip
_UNIT = (
    r"(?P<unit>werkdag|kalenderdag|dag|week|weken|kalendermaand|maand|working\s+day|calendar\s+day|day|month)(?:en|s)?"
)
_NUMBER = rf"(?:(?P<figures>\d{{1,3}})|(?P<words>{choice(NUMBERS)}))"
_FROM = (
    r"(?:\s*,?\s*(?:gerekend|te\s+rekenen|geteld|ingaand(?:e)?|counted|counting)?\s*(?:vanaf|na|van|from|after)\s+"
    r"(?:(?:de|the)\s+(?:dag|day)\s+(?:na|after)\s+)?(?P<anchor>[^.;,\n]+))?"
)
_OF_LENGTH = re.compile(
    rf"(?<!\w)(?P<kind>opzegtermijn|termijn|notice\s+period|period|term)(?:\s+(?:is|bedraagt|geldt))?\s+(?:van|of)\s+{_NUMBER}\s+{_UNIT}(?!\w){_FROM}",
    re.IGNORECASE,
)
_NTH_DAY = re.compile(
    rf"(?<!\w)(?:uiterlijk|op\s+zijn\s+laatst|no\s+later\s+than|ultimately)\s+(?:op\s+|on\s+)?(?:de|the)\s+"
    rf"(?:(?P<figures>\d{{1,3}})(?:e|de|ste|st|nd|rd|th)|(?P<words>{choice(DAY_WORDS_OF_MONTH)}))\s+"
    r"(?P<unit>werkdag|kalenderdag|dag|working\s+day|calendar\s+day|day)\s+(?:na|after)\s+(?P<anchor>[^.;,\n]+)",
    re.IGNORECASE,
)
_MONTH_END = re.compile(
    r"\b(?:einde?|laatste dag|end|last day) (?:van |of )?(?:een |de |elke |iedere |a |the |each )?"
    r"(?:kalender|calendar )?(?:maand|month)\b"
)
_AT_LEAST = re.compile(r"\b(?:ten minste|tenminste|minimaal|minstens|uiterlijk|at least|no later than)\s+$")
_NOT_FARTHER = re.compile(r"\b(?:niet|not|geen|no)\b(?:\s+\S+){0,4}\s*$")
_CANCELS = re.compile(r"\b(?:opzeg\w*|opgezegd|beeindig\w*|cancel\w*|terminat\w*|notice)\b")


@dataclass(frozen=True)
class TermRule:
    """A length of time counted from `anchor`: to its last day, or (`is_last` False) to the day itself.

    `amount` is negative where it is counted back. `to_month_end`: what comes of it moves on to the month's last day.
    """

    amount: int
    unit: str
    anchor: str
    words: str
    is_last: bool = True
    to_month_end: bool = False


@lru_cache(maxsize=20_000)  # the sentences of a snapshot come back
def term_rules(sentence: str) -> tuple[TermRule, ...]:
    """The terms of a sentence; those without an anchor of their own have an empty one."""
    return (*_with_direction(sentence), *_of_length(sentence), *_to_nth_day(sentence))


def _with_direction(sentence: str) -> Iterator[TermRule]:
    for term, start, _ in find_terms(sentence):
        before = fold(sentence[:start])
        if _NOT_FARTHER.search(before):
            continue
        is_back = term.direction == "before"
        length = re.match(r"(?:binnen|within|na|after|uiterlijk|maximaal)?\s*(\S+\s+\S+)", term.text)
        is_last = term.direction == "within" or (is_back and _AT_LEAST.search(before) is not None)
        words = length[1] if length else term.text
        yield TermRule(-term.amount if is_back else term.amount, term.unit, term.anchor, words, is_last)


def _of_length(sentence: str) -> Iterator[TermRule]:
    """'een termijn van 21 kalenderdagen, gerekend vanaf ...'; a notice counts from the day on which it is given."""
    for found in _OF_LENGTH.finditer(sentence):
        anchor = found["anchor"] or ""
        is_notice = _CANCELS.search(fold(sentence)) is not None
        if not anchor and not is_notice:
            continue
        to_end = is_notice and _MONTH_END.search(fold(sentence)) is not None
        words = re.search(rf"{_NUMBER}\s+{_UNIT}", found.group(), re.IGNORECASE)
        yield TermRule(
            _count(found), _unit(found), anchor or "opzegging", words.group() if words else found.group(),
            is_last=not is_notice, to_month_end=to_end,
        )  # fmt: skip


def _to_nth_day(sentence: str) -> Iterator[TermRule]:
    for found in _NTH_DAY.finditer(sentence):
        count, unit = _count(found), _unit(found)
        words = f"{count} {'werkdagen' if unit == 'working_day' else 'dagen'}"
        yield TermRule(count, unit, found["anchor"], words)


def _count(found: re.Match[str]) -> int:
    if found["figures"]:
        return int(found["figures"])
    return {**DAY_WORDS_OF_MONTH, **NUMBERS}[found["words"].lower()]


def _unit(found: re.Match[str]) -> str:
    return _UNITS[" ".join(found["unit"].lower().split())]
