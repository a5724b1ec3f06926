"""What happened before in the same calendar year: 'in februari had zij een traject, nu wil zij weer'."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from assistant.prose.reading import Candidate, Reading
from assistant.prose.told_dates import is_past
from knowledge.dates import find_dates
from knowledge.dutch import fold
from knowledge.records import DateValue

SAME_YEAR_STRENGTH = 2
"""Days that are told go before a name read alone."""
_IN_SAME_YEAR = re.compile(r"hetzelfde kalenderjaar")
_AGAIN = re.compile(
    r"\b(?:weer|opnieuw|nog (?:een|1) ?(?:keer|maal|traject|programma|poging|cursus)|nog eens|nogmaals|alsnog een|"
    r"tweede|2e|terug|terugval\w*|teruggevallen|hervat\w*|herstart\w*|herkansing|overnieuw|again|once more|another|"
    r"second|relaps\w+|restart\w*|rejoin\w*|back)\b"
)
_NEXT_YEAR = re.compile(r"\b(?:volgend|komend|nieuwe?) jaar\b|\bna de jaarwisseling\b|\bnext year\b|\bnew year\b")
_LAST_YEAR = re.compile(r"\b(?:vorig|verleden|afgelopen) jaar\b|\blast year\b")
_EARLIER_THIS_YEAR = re.compile(
    r"\b(?:eerder|begin|al) dit jaar\b|\bdit (?:voorjaar|jaar al)\b|\b(?:earlier|already) this year\b"
)


def read_same_year(reading: Reading) -> Iterator[Candidate]:
    """Facts about an earlier time in one calendar year, from the days that are told of both times."""
    specs = [spec for spec in reading.specs if spec.kind == "yes_no" and _IN_SAME_YEAR.search(spec.label.nl)]
    text = fold(reading.text)
    if not specs or not _AGAIN.search(text):
        return
    days = [each for each in find_dates(reading.text, today=reading.today) if _is_moment(each[0])]
    wished = [each for each in days if _is_wished(reading, each[1], each[2])]
    past = [_last_past(each[0], reading.today) for each in days if each not in wished and _has_been(reading, *each)]
    if past:
        before = min(past)
        year, (start, end) = before.year, (days[0][1], days[0][2])
    elif found := _LAST_YEAR.search(text) or _EARLIER_THIS_YEAR.search(text):
        year, (start, end) = reading.today.year - (found.re is _LAST_YEAR), found.span()
    else:
        return
    later = [_next(date, reading.today) for date, _, _ in wished]
    again = later[0].year if later else reading.today.year + (_NEXT_YEAR.search(text) is not None)
    for spec in specs:
        yield Candidate(spec.name, year == again, start, end, strength=SAME_YEAR_STRENGTH)


def _is_moment(date: DateValue) -> bool:
    """Whether a date is a day or a month, and no whole year."""
    return date.first is not None and date.last is not None and (date.last - date.first).days <= LONGEST_MOMENT


def _is_wished(reading: Reading, start: int, end: int) -> bool:
    """Whether a day is when somebody wants to begin again: 'wil in januari weer'."""
    first, last = reading.words_at(start, end)
    clause = reading.clauses[reading.clause_of[first]]
    near = reading.words(max(clause.first, first - WISHING_WORDS), min(clause.last, last + WISHING_WORDS))
    return any(word in _WISHING for word in near) and not any(is_past(word) or word in _HAD for word in near)


def _has_been(reading: Reading, date: DateValue, start: int, end: int) -> bool:
    """Whether a day is one of the past: by itself, or by the words around it where it would be still to come."""
    if date.first <= reading.today:
        return True
    first, last = reading.words_at(start, end)
    clause = reading.clauses[reading.clause_of[first]]
    near = reading.words(max(clause.first, first - WISHING_WORDS), min(clause.last, last + WISHING_WORDS))
    return any(is_past(word) or word in _HAD for word in near)


def _last_past(date: DateValue, today: dt.date) -> dt.date:
    """The day of what has been: one without a year that is still to come was meant of the year before."""
    has_year = re.search(r"\d{4}|['’]\d{2}\b", date.text) is not None
    return date.first if has_year or date.first <= today else date.first.replace(day=1, year=date.first.year - 1)


def _next(date: DateValue, today: dt.date) -> dt.date:
    """The day of what is wished: one without a year that has passed is meant of the next."""
    has_year = re.search(r"\d{4}|['’]\d{2}\b", date.text) is not None
    return date.first if has_year or date.last >= today else date.first.replace(day=1, year=date.first.year + 1)


LONGEST_MOMENT = 31
WISHING_WORDS = 6
_WISHING = frozenset(
    "wil willen mag mogen kan kunnen zou graag hoopt wanneer wants want may can could like hopes join".split()
)
_HAD = frozenset("had hadden deed deden was heeft kreeg kregen volgde begon after did took na".split())
