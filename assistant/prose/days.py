"""The days that a question holds: what was done on them, what is to be, and which of them are not the asker's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.prose import day_words as yw
from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause, read_clauses
from assistant.prose.phrases import Lexicon
from assistant.prose.reading import Reading
from assistant.prose.tokens import holds_any, read_tokens
from knowledge.date_words import FULL_WEEKDAYS, Bound
from knowledge.dates import find_dates
from knowledge.records import DateValue

Tense = Literal["done", "ahead", "open"]

_TODAY = frozenset({"vandaag", "today"})
"""Right in front of a date that is written out, these only tell which day that is."""
_LONE_DAY = re.compile(r"(?:[a-z]+\s+)?(?:de|the)\s+\d{1,2}(?:e|de|ste|st|nd|rd|th)", re.IGNORECASE)
_SINCE = re.compile(r"(?:sinds|since)\b", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)")
"""What is said between brackets tears a clause apart: it is read only where no day stands outside them."""
_LEAST_BESIDE = 3
"""How many words a clause holds beside its day where it tells what the day is of: 'maar vrijdag' does not."""
_MONTH_DAYS = 31
_WEEK = 7
_BOUNDS: dict[str, Bound] = {
    "voor": "before", "vóór": "before", "before": "before", "tot": "before", "uiterlijk": "by", "by": "by",
    "until": "by", "till": "by", "vanaf": "from", "from": "from", "na": "after", "after": "after",
}  # fmt: skip
"""What a word right in front of a weekday alone makes of it."""


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A date of a question: from `start` to `end` in its text, the words `first` to `last` (excluded)."""

    value: DateValue
    start: int
    end: int
    first: int
    last: int


def days_of(reading: Reading, *, put_aside: bool = False) -> list[ToldDay]:
    """All the dates of a question; weekdays alone are the last or the next ones. `put_aside`: those put aside too."""
    found = []
    for value, start, end in _dates(reading.text, reading.today):
        first, last = reading.words_at(start, end)
        if last:
            found.append(_placed(reading, ToldDay(value, start, end, first, last)))
    found += _weekdays(reading, found)
    written_out = {day.first for day in found if reading.tokens[day.first].text[0].isdigit()}
    return sorted(
        (
            day
            for day in found
            if not (reading.tokens[day.first].text in _TODAY and day.last in written_out)
            and (put_aside or not _is_put_aside(reading, day))
        ),
        key=lambda day: day.start,
    )


@lru_cache(maxsize=256)
def _dates(text: str, today: dt.date) -> tuple[tuple[DateValue, int, int], ...]:
    """The dates of a text: the rules of every policy ask for the same ones."""
    return tuple(find_dates(text, today=today))


def _placed(reading: Reading, day: ToldDay) -> ToldDay:
    """A day as its clause means it: one told by its number alone lies behind what is done and ahead of what is not."""
    value, tense = day.value, tense_at(reading, day.first)
    if value.bound == "from" and _SINCE.match(value.text):
        value = value.model_copy(update={"bound": "on"})
    clause = reading.clauses[reading.clause_of[day.first]]
    if value.bound == "before" and any(w in dw.NOT or w in dw.CONTRACTED_NOT or w == "pas" for w in clause.words):
        value = value.model_copy(update={"bound": "on"})  # "won't go out before early March"
    if value.bound == "before" and value.text.lower().startswith("voor") and _is_planned_for(reading, day.first):
        value = value.model_copy(update={"bound": "on"})
    if _LONE_DAY.fullmatch(value.text) is not None and value.kind == "exact":
        value = _month_moved(value, reading.today, tense)
    return ToldDay(value, day.start, day.end, day.first, day.last)


def _is_planned_for(reading: Reading, at: int) -> bool:
    """Whether 'voor' at or right before a word is for a day: 'staat gepland voor vrijdag'."""
    return any(word in yw.PLANNED_FOR for word in reading.words(max(0, at - 3), at))


def _month_moved(value: DateValue, today: dt.date, tense: Tense) -> DateValue:
    step = 0
    if tense == "done" and value.first > today:
        step = -1
    elif tense == "ahead" and value.first < today:
        step = 1
    if not step:
        return value
    moved = value.first
    for _ in range(2 * _MONTH_DAYS):
        moved += dt.timedelta(days=step)
        if moved.day == value.first.day and (moved <= today if step < 0 else moved >= today):
            return value.model_copy(update={"first": moved, "last": moved})
    return value


def tense_at(reading: Reading, at: int) -> Tense:
    """Whether the clause of a word tells what was done, or what is to be."""
    clause = reading.clauses[reading.clause_of[at]]
    return tense_of(reading.words(clause.first, clause.last))


def tense_of(words: Sequence[str]) -> Tense:
    """Whether words tell what was done ('stond klaar', 'is gemaild'), or what is to be ('wordt getekend')."""
    told = [word for at, word in enumerate(words) if not (at and words[at - 1] in yw.BEFORE_ADJECTIVES)]
    is_ahead = any(word in yw.AHEAD or word.endswith("'ll") for word in words)
    perfect = any(word in yw.PERFECT for word in words)
    if any(word in yw.DONE for word in told):
        return "done"
    if any(
        is_participle(word) or yw.ENGLISH_PAST.fullmatch(word) or (word in yw.ALSO_INFINITIVES and perfect)
        for word in told
    ):
        return "ahead" if is_ahead and not perfect else "done"
    if any(word in yw.SO_FAR for word in words):
        return "done"
    return "ahead" if is_ahead else "open"


def is_participle(word: str) -> bool:
    """Whether a word tells what was done, without its verb: 'gemaild', 'aangevraagd', 'verstuurd'."""
    return yw.PARTICIPLE.fullmatch(word) is not None and word not in yw.NO_PARTICIPLES


def _weekdays(reading: Reading, found: Sequence[ToldDay]) -> Iterator[ToldDay]:
    """Weekdays alone: 'maandag gemaild' is the last Monday, 'maandag tekenen we' the next."""
    if _tells_hours(reading):
        return
    taken = {at for day in found for at in range(day.first, day.last)}
    for at, token in enumerate(reading.tokens):
        weekday = _weekday(reading, at)
        if weekday is None or at in taken or _is_of_many(reading, at):
            continue
        before = reading.tokens[at - 1].text if at and not token.sign else ""
        away = (weekday - reading.today.weekday() - 1) % _WEEK + 1
        is_done = tense_at(reading, at) == "done" or before in yw.SO_FAR
        day = reading.today + dt.timedelta(
            days=away - _WEEK if is_done and away < _WEEK else -_WEEK if is_done else away
        )
        bound = _BOUNDS.get(before, "on")
        if before == "voor" and _is_planned_for(reading, at - 1):
            bound = "on"
        value = DateValue(kind="exact", first=day, last=day, bound=bound, assumed_year=False, text=token.text)
        yield ToldDay(value, token.start, token.end, at, at + 1)


def _tells_hours(reading: Reading) -> bool:
    """Whether days of every week are told: 'ma-do van 9 tot 17, vrijdag dicht'."""
    weekdays = FULL_WEEKDAYS.keys() | yw.SHORT_WEEKDAYS.keys()
    words = [token.text for token in reading.tokens]
    for at, word in enumerate(words):
        if word not in weekdays:
            continue
        behind = words[at + 1 : at + 5]
        joined = next((place for place, other in enumerate(behind) if other in weekdays), None)
        if joined is not None and all(other in yw.ROW for other in behind[:joined]):
            return True
    return False


def _weekday(reading: Reading, at: int) -> int | None:
    word = reading.tokens[at].text
    if word in FULL_WEEKDAYS:
        return FULL_WEEKDAYS[word]
    part = next((part for part in yw.PARTS_OF_DAY if word.endswith(part)), None)
    if part is not None:
        return FULL_WEEKDAYS.get(word.removesuffix(part))
    before = reading.tokens[at - 1].text if at else ""
    return yw.SHORT_WEEKDAYS.get(word) if before in yw.ON_DAY else None


def _is_of_many(reading: Reading, at: int) -> bool:
    """Whether a weekday is any one of its kind, or an end of a row: 'elke maandag', 'op een zondag', 'ma t/m vr'."""
    before = reading.words(max(0, at - 3), at)
    behind = reading.words(at + 1, min(len(reading.tokens), at + 4))
    if before[-1:] and (
        before[-1] in yw.RECURRING | yw.ANY or (before[-1] in ("op", "on") and reading.tokens[at].text.endswith("en"))
    ):
        return True
    weekdays = FULL_WEEKDAYS.keys() | yw.SHORT_WEEKDAYS.keys()
    joints = fw.JOINTS | {"t", "m", "tot", "met", "to", "through"}
    return any(near and near[0] in joints and any(word in weekdays for word in near) for near in (behind, before[::-1]))


def _is_put_aside(reading: Reading, day: ToldDay) -> bool:
    """Whether the words right in front put a day aside: 'in plaats van vandaag', 'niet vandaag maar vrijdag'."""
    before = reading.words(max(0, day.first - 3), day.first)
    return any(tuple(before[-len(run) :]) == run for run in yw.ASIDE)


def is_required(words: Sequence[str]) -> bool:
    """Whether words tell what had to be done, as the policy is said to ask: 'hadden gisteren moeten tekenen'."""
    if holds_any(words, yw.REQUIRED):
        return True
    if any(word in yw.SUPPOSED for word in words) and any(word in ("was", "were", "is", "are") for word in words):
        return True
    if any(word in yw.HAD for word in words) and any(word in yw.OUGHT for word in words):
        return True
    is_infinitive = any(word.endswith("en") and word not in yw.HAD_TO for word in words)
    if any(word in yw.HAD_TO for word in words) and (is_infinitive or "zijn" in words):
        return any(word in ("moest", "moesten") for word in words) or "te" in words
    limit = any(word.startswith(yw.LIMITS) for word in words)
    return limit and any(word in yw.LIMITED for word in words) and not any(word in fw.FIRST_PERSON for word in words)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day that is the asker's own, with what its clause tells: when, and the keys of its words."""

    value: DateValue
    start: int
    end: int
    tense: Tense
    keys: frozenset[str]
    words: frozenset[str]


def told_days(reading: Reading) -> list[ToldDay]:
    """The dates that are the asker's own, whatever they are of."""
    return [day for day in days_of(reading) if _is_told(reading, day)]


def _is_told(reading: Reading, day: ToldDay) -> bool:
    """Whether a date is the asker's: not the policy's, nobody else's, and not what he asks about."""
    clause = reading.clauses[reading.clause_of[day.first]]
    is_acting = clause.owner == "other" and _acts_for_asker(clause.words)
    if clause.owner != "asker" and not is_acting and not _lies_there(clause):
        return False
    if is_required(reading.words(clause.first, clause.last)):
        return False
    bounded = day.value.bound in ("by", "before")
    if clause.mood == "question" and clause.opening not in fw.QUESTION_WORDS:
        if day.value.bound == "after" and clause.opening in fw.MAY:
            return False  # 'kan ik na 15 november nog tekenen?'
        asked = clause.opening in ("is", "was", "moet", "moeten", "must", "should", "do", "does", "hoeft", "klopt")
        return not bounded and not (asked and any(word in fw.REQUIRING for word in clause.words))
    return not (bounded and any(word in fw.REQUIRING for word in clause.words))


def _lies_there(clause: Clause) -> bool:
    """Whether a clause like one that quotes a text tells of a contract that came: 'het contract stond er de 14e in'."""
    if clause.owner != "policy" or any(word in fw.TEXTS | fw.READING | fw.BY for word in clause.words):
        return False
    return any(word.endswith(fw.CONTRACTS) or word in yw.PAPERS for word in clause.words)


def _acts_for_asker(words: Sequence[str]) -> bool:
    """Whether 'mijn collega' or the like does something for the asker: 'mijn collega heeft de aanvraag gestuurd'."""
    return any(
        word in fw.OWN
        and any(other in fw.DEPUTIES for other in words[at + 1 : at + 3])
        and any(other in fw.OWN or other in ("de", "het", "namens", "the") for other in words[at + 2 :])
        for at, word in enumerate(words)
    )


def _around(reading: Reading, day: ToldDay) -> tuple[int, int]:
    """The words that tell what a day is of: its clause, or its sentence where that holds hardly more than the day."""
    number = reading.clause_of[day.first]
    clause = reading.clauses[number]
    if clause.last - clause.first - (day.last - day.first) >= _LEAST_BESIDE:
        return clause.first, clause.last
    same = [each for each in reading.clauses if each.sentence == clause.sentence]
    return same[0].first, same[-1].last


@lru_cache(maxsize=256)
def own_days(text: str, today: dt.date) -> tuple[OwnDay, ...]:
    """The days of a text that are the asker's own."""
    return _own_days(_PARENTHESES.sub(lambda beside: " " * len(beside.group()), text), today) or _own_days(text, today)


@lru_cache(maxsize=64)
def spoken_days(text: str, today: dt.date) -> tuple[OwnDay, ...]:
    """All the days of a text, also those put aside and those of others."""
    return _own_days(text, today, told=False)


def _own_days(text: str, today: dt.date, *, told: bool = True) -> tuple[OwnDay, ...]:
    tokens = read_tokens(text)
    reading = Reading.of(text, tokens, read_clauses(tokens, text, "nl"), (), Lexicon(()), today)
    found = []
    for day in told_days(reading) if told else days_of(reading, put_aside=True):
        inside = reading.tokens[slice(*_around(reading, day))]
        keys, words = frozenset(token.key for token in inside), frozenset(token.text for token in inside)
        found.append(OwnDay(day.value, day.start, day.end, tense_at(reading, day.first), keys, words))
    return tuple(found)
