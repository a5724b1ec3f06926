"""Days that the asker tells: the date phrase nearest to a fact's names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.prose import function_words as fw
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from knowledge.dates import find_dates
from knowledge.records import DateValue

NOW_WORDS = 5
"""How far from a fact's name 'nu' means the day of the question."""


@dataclass(frozen=True, slots=True)
class _Day:
    value: DateValue
    start: int
    end: int
    first: int
    last: int


def read_dates(reading: Reading) -> Iterator[Candidate]:
    """The dates that the question tells or takes as given."""
    mentions = reading.of_kind("date")
    if not mentions:
        return
    days = [day for day in _days(reading) if _is_told(reading, day)]
    for spec in sorted({mention.spec for mention in mentions}):
        named = [mention for mention in mentions if mention.spec == spec]
        rivals = [mention for mention in mentions if mention.spec != spec]
        best = min(
            ((_distance(reading, day, mention), day) for day in days for mention in named),
            key=lambda pair: pair[0],
            default=None,
        )
        if best is not None and (len(days) == 1 or _is_nearest(reading, best[1], best[0], rivals)):
            yield _candidate(reading, spec, best[1])
        elif best is None:
            yield from _now(reading, named)


def _days(reading: Reading) -> list[_Day]:
    found = []
    for value, start, end in find_dates(reading.text, today=reading.today):
        first, last = reading.words_at(start, end)
        if last:
            found.append(_Day(value, start, end, first, last))
    return found


def _is_told(reading: Reading, day: _Day) -> bool:
    """Whether a date is the asker's: not the policy's, nobody else's, and not what he asks about."""
    clause = reading.clauses[reading.clause_of[day.first]]
    if clause.owner != "asker":
        return False
    bounded = day.value.bound in ("by", "before")
    if clause.mood == "question" and clause.opening not in fw.QUESTION_WORDS:
        asked = clause.opening in ("is", "was", "moet", "moeten", "must", "should", "do", "does", "hoeft", "klopt")
        return not bounded and not (asked and any(word in fw.REQUIRING for word in clause.words))
    return not (bounded and any(word in fw.REQUIRING for word in clause.words))


def _distance(reading: Reading, day: _Day, mention: Mention) -> int:
    """Words between a date and a name; names in another clause or sentence are farther."""
    gap = mention.first - day.last if mention.first >= day.last else day.first - mention.last
    other_clause = reading.clause_of[day.first] != reading.clause_of[mention.first]
    other_sentence = (
        reading.clauses[reading.clause_of[day.first]].sentence
        != reading.clauses[reading.clause_of[mention.first]].sentence
    )
    return max(0, gap) + 10 * other_clause + 30 * other_sentence


def _is_nearest(reading: Reading, day: _Day, distance: int, rivals: list[Mention]) -> bool:
    return all(_distance(reading, day, rival) >= distance for rival in rivals)


def _candidate(reading: Reading, spec: int, day: _Day) -> Candidate:
    value = day.value
    reason = "assumed year" if value.assumed_year else ""
    found = Candidate(reading.specs[spec].name, _ahead(reading, day), day.start, day.end, reason=reason)
    if value.kind != "exact":
        return found.left_open("no exact day")
    return found


def _ahead(reading: Reading, day: _Day) -> dt.date:
    """The day; where it is only supposed and its year was concluded, the next one to come."""
    clause = reading.clauses[reading.clause_of[day.first]]
    first = day.value.first
    perfect = any(word in fw.PERFECT for word in reading.words(clause.first, clause.last))
    if clause.mood != "condition" or perfect or not day.value.assumed_year or first >= reading.today:
        return first
    try:
        return first.replace(year=first.year + 1)
    except ValueError:  # 29 February
        return first


def _now(reading: Reading, named: list[Mention]) -> Iterator[Candidate]:
    """Today, where 'nu' stands near a name: 'als ik nu aanvraag'."""
    for mention in named:
        number = reading.clause_of[mention.first]
        clause = reading.clauses[number]
        for at in range(clause.first, clause.last):
            if (
                reading.tokens[at].text in fw.NOW
                and min(abs(at - mention.first), abs(at - mention.last + 1)) <= NOW_WORDS
            ):
                start, end = reading.span(at, at + 1)
                yield Candidate(reading.specs[mention.spec].name, reading.today, start, end)
                return
