"""Dates in Dutch and English texts: a closed grammar, exact days apart from periods and vague stretches.

Pure: no clock. A policy's phrase without a year is read only when the caller says which year is
meant; an asker's prose is read from the day on which it was written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.date_context import is_bounded, is_date
from knowledge.date_grammar import POLICY_DATES, PROSE_DATES, Words, words_of
from knowledge.date_stretches import stretch_of
from knowledge.date_words import (
    BOUNDS,
    MONTH_NAMES_EN,
    MONTH_NAMES_NL,
    MONTHS,
    NUMBERS,
    WEEKDAY_NAMES_EN,
    WEEKDAY_NAMES_NL,
    Bound,
    choice,
)
from knowledge.date_years import Frame, Kind, Stretch
from knowledge.records import DateValue
from knowledge.terms import find_terms

__all__ = ["MONTHS", "MONTH_NAMES_EN", "MONTH_NAMES_NL", "find_dates", "find_terms", "spell_day", "spell_day_long"]

_BETWEEN = re.compile(
    r"\s*(?:(?P<exclusive>tot)|(?P<and>en|and)|t/m|tot\s+en\s+met|until|till|through|to|[-–])\s*(?:(?:de|het|the)\s+)?",
    re.IGNORECASE,
)
_OFF = re.compile(
    rf"(?<!\w)(?<!binnen )(?<!within )(?:(?P<count>\d{{1,2}}|{choice(NUMBERS)}|de|the)\s+)?"
    r"(?P<unit>dag(?:en)?|days?|we(?:ek|ken)|weeks?)\s+$",
    re.IGNORECASE,
)
"""In front of 'voor' or 'na' and a day: how far from it a day lies."""
_OFF_CHARS = 30
_LEAD = re.compile(r"(?<!\w)(?:(?P<between>tussen|between)|van|from)\s+(?:(?:de|het|the)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """A phrase and its days; `core` is where it begins behind its bounding words."""

    start: int
    core: int
    end: int
    bound: Bound
    words: Words
    stretch: Stretch


def find_dates(
    text: str, *, year: int | None = None, today: dt.date | None = None
) -> Iterator[tuple[DateValue, int, int]]:
    """The date phrases of `text` in order, each with its offsets.

    Without `today` the text is a policy's: phrases that bear their year, each on its own. With it,
    the text is an asker's prose: bare numbers, weekdays, months alone and words that count from
    today are read too, and two phrases that are the ends of a stretch make one period.

    Args:
        text: the text to read.
        year: completes phrases that bear no year. None leaves them out, or to `today`.
        today: the day on which the text was written. It completes phrases without a year where
            `year` does not (`DateValue.assumed_year`), and is what relative words count from.

    Yields:
        The date and the offsets of its phrase, bounding words included. A phrase that is no day of
        the calendar (31 februari) is left out.
    """
    frame = Frame(today=today, year=year)
    found = _found(text, frame)
    for each in found if today is None else _joined(text, [_counted_off(text, each) for each in found], frame):
        value = DateValue(
            kind=each.stretch.kind,
            first=each.stretch.first,
            last=each.stretch.last,
            bound=each.bound,
            assumed_year=each.stretch.year_from == "today",
            text=text[each.start : each.end],
        )
        yield value, each.start, each.end


def _found(text: str, frame: Frame) -> Iterator[_Found]:
    pattern = POLICY_DATES if frame.today is None else PROSE_DATES
    at = 0
    while match := pattern.search(text, at):
        words = words_of(match)
        if not is_date(text, match, words, in_prose=frame.today is not None):
            at = match.start() + 1
            continue
        at = match.end()
        try:
            stretch = stretch_of(words, frame)
        except (ValueError, OverflowError):  # a year or a day that no calendar has
            continue
        if stretch is not None:
            bounded = is_bounded(words)
            start = match.start() if bounded else match.start("core")
            yield _Found(start, match.start("core"), at, _bound(words) if bounded else "on", words, stretch)


def _counted_off(text: str, found: _Found) -> _Found:
    """A day told by how far it lies from another: 'de dag voor kerst', 'twee weken na 1 mei'; else what was found."""
    if found.stretch.kind != "exact" or found.bound not in ("before", "after"):
        return found
    match = _OFF.search(text, max(0, found.start - _OFF_CHARS), found.start)
    if match is None:
        return found
    said = (match["count"] or "a").lower()
    count = int(said) if said.isdecimal() else NUMBERS.get(said, 1)
    days = count * (7 if match["unit"].lower().startswith("w") else 1)
    day = found.stretch.first + dt.timedelta(days=days if found.bound == "after" else -days)
    return replace(found, start=match.start(), bound="on", stretch=replace(found.stretch, first=day, last=day))


def _bound(words: Words) -> Bound:
    said = words.get("bound", "")
    if said == "from" and not words.keys().isdisjoint(("from_day", "between_day", "e_to_day")):
        return "on"  # from 1 to 15 May
    return next((bound for bound, pattern in BOUNDS if re.fullmatch(pattern, said, re.IGNORECASE)), "on")


def _joined(text: str, found: list[_Found], frame: Frame) -> Iterator[_Found]:
    """The phrases, the two ends of a stretch as one."""
    index = 0
    while index < len(found):
        period = _period(text, found[index], found[index + 1], frame) if index + 1 < len(found) else None
        yield period or found[index]
        index += 2 if period else 1


def _period(text: str, first: _Found, last: _Found, frame: Frame) -> _Found | None:
    """The stretch from the one phrase to the other, where the words between and in front say so."""
    between = _BETWEEN.fullmatch(text, first.end, last.core)
    if between is None or first.bound not in ("on", "from"):
        return None
    lead = _LEAD.search(text, 0, first.core)
    if between["and"] and not (lead and lead["between"]):
        return None
    ends = _ends(first, last, frame)
    if ends is None:
        return None
    begin, end = ends
    last_day = end.first - dt.timedelta(days=1) if between["exclusive"] else end.last
    if begin.first > last_day:
        return None
    vague = "vague" in (begin.kind, end.kind)
    kind: Kind = "vague" if vague else "exact" if begin.first == last_day else "period"
    start = min(first.start, lead.start()) if lead else first.start
    stretch = Stretch(kind, begin.first, last_day, begin.year_from)
    return _Found(start, first.core, last.end, "on", first.words, stretch)


def _ends(first: _Found, last: _Found, frame: Frame) -> tuple[Stretch, Stretch] | None:
    """Both ends, the year of the one taken over by the other where only one says it; None where that is no day."""
    begin, end = first.stretch, last.stretch
    try:
        if end.year_from != "said":
            end = _read_in(last, frame, begin.first.year)
            if end.first < begin.first:
                end = _read_in(last, frame, begin.first.year + 1)
        elif begin.year_from != "said":
            begin = replace(_read_in(first, frame, end.first.year), year_from="said")
            if begin.first > end.first:
                begin = replace(_read_in(first, frame, end.first.year - 1), year_from="said")
    except (ValueError, OverflowError):  # 29 February of another year
        return None
    return begin, end


def _read_in(found: _Found, frame: Frame, year: int) -> Stretch:
    return stretch_of(found.words, replace(frame, year=year)) or found.stretch


def spell_day(day: dt.date, language: str = "nl") -> str:
    """A day in words: '1 november 2025' or '1 November 2025'."""
    names = MONTH_NAMES_EN if language == "en" else MONTH_NAMES_NL
    return f"{day.day} {names[day.month]} {day.year}"


def spell_day_long(day: dt.date, language: str = "nl") -> str:
    """A day in words with its weekday: 'zaterdag 7 november 2026' or 'Saturday 7 November 2026'."""
    names = WEEKDAY_NAMES_EN if language == "en" else WEEKDAY_NAMES_NL
    return f"{names[day.weekday()]} {spell_day(day, language)}"
