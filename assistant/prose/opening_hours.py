"""Hours at which the asker can be reached, by day: 'ma t/m do van 9 tot 5, vrijdag tot 13:00'.

A fact whose label names hours is told by them: on each working day of those hours, or day and night.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.rules.card import FactSpec

Minutes = tuple[int, int]
"""From and to, in minutes of a day."""

DAY, HALF_DAY = 24 * 60, 12 * 60
HOURS_STRENGTH = 3
"""Hours that are told go before words such as 'bereikbaar'."""
WORKING_DAYS = range(5)
_DAY_NAMES = (
    "maandag|maandags|ma|mon|monday|mondays", "dinsdag|dinsdags|di|tue|tues|tuesday|tuesdays",
    "woensdag|woensdags|wo|wed|wednesday|wednesdays", "donderdag|donderdags|do|thu|thur|thurs|thursday|thursdays",
    "vrijdag|vrijdags|vr|vrij|fri|friday|fridays", "zaterdag|zaterdags|za|sat|saturday|saturdays",
    "zondag|zondags|zo|sun|sunday|sundays",
)  # fmt: skip
_DAY_OF = {name: day for day, names in enumerate(_DAY_NAMES) for name in names.split("|")}
_SHORT_ALONE = frozenset("do zo di ma wo za vr mon sat sun fri".split())
"""Short names that are other words too: days only beside another day."""
_SETS = {
    "werkdagen": range(5), "werkdag": range(5), "doordeweeks": range(5), "weekdays": range(5), "weekday": range(5),
    "weekdagen": range(5), "dagelijks": range(7), "daily": range(7), "weekend": range(5, 7), "weekends": range(5, 7),
    "weekenden": range(5, 7),
}  # fmt: skip
_NUMBER = "|".join(word for word, value in NUMBER_WORDS.items() if 0 < value <= 12 and word.isalpha())
_TIME = (
    rf"(?:half\s+(?P<half{{0}}>\d{{{{1,2}}}}|{_NUMBER})|(?P<hour{{0}}>\d{{{{1,2}}}}|{_NUMBER})(?:[:.u](?P<minute{{0}}>\d{{{{2}}}}))?)"
    r"\s*(?P<half_day{0}>am|pm|a\.m\.|p\.m\.)?(?:\s*(?:uur|u|h|hrs|o'clock))?"
)
_NO_TIME = (
    r"(?!\s*(?:%|procent|fte|weken|dagen|maanden|jaar|keer|euro|weeks|days|months|years|cent|cm|km|"
    r"jan|feb|maart|apr|mei|juni|juli|aug|sept|okt|nov|dec|march|april|may|june|july|oct|percent))\b"
)
_RANGE = re.compile(
    rf"\b{_TIME.format(1)}\s*(?:tot\s+en\s+met|tot|t/m|-|–|—|to|until|till|en|and)\s*{_TIME.format(2)}{_NO_TIME}",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\b(?:maar\s+)?(?:tot|until|till)\s+{_TIME.format(1)}{_NO_TIME}", re.IGNORECASE)
_FROM = re.compile(rf"\b(?:pas\s+|vanaf\s+|from\s+){{1,2}}{_TIME.format(1)}{_NO_TIME}", re.IGNORECASE)
_CLOSED = re.compile(r"\b(?:dicht|gesloten|vrij|niet|geen|onbereikbaar|closed|off|not|unreachable)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"\b(?:lunch\w*|pauze\w*|dicht|gesloten|niet|onbereikbaar|closed|break|not|antwoordapparaat|voicemail)\b",
    re.IGNORECASE,
)
_ALL_WEEK = re.compile(
    r"\b(?:7|zeven|seven)\s*(?:dagen|days)\b|\b(?:elke|iedere|alle|every)\s+(?:dag|dagen|day)\b", re.IGNORECASE
)
_TO_DAY = re.compile(r"^\s*(?:t/m|tm|tot\s+en\s+met|tot|-|–|to|through|until)\s*$", re.IGNORECASE)
_PHONE = re.compile(
    r"\b(?:\w*telefo\w*|tel|bel|belt|bellen|gebeld|\w*bereikba\w*|lijn|spreekuur|opneem\w*|opnem\w*|neemt|nemen|balie|phone\w*|call\w*|"
    r"reach\w*|desk|staffed|bemand|open|openingstijden)\b"
)
_OUTSIDE_HOURS = re.compile(
    r"24\s?/\s?7|24 uur|24 hours|dag en nacht|day and night|\bspoed|\bpiket|achterwacht|emergency|clock|on call"
)
"""Another line than the one whose hours are told may be open outside them."""
_TIMES_OF_LABEL = re.compile(r"(\d\d):00 tot (\d\d):00")
_ROUND_THE_CLOCK = re.compile(r"\bdag en nacht\b|\b24 uur\b")


@dataclass
class _Week:
    """What is told of each day: the stretches when one is reached, and the days that were named."""

    open: dict[int, list[Minutes]] = field(default_factory=dict)
    closed: dict[int, list[Minutes]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)

    def covers(self, day: int, wanted: Minutes) -> bool:
        """Whether one is reached all the time wanted on a day."""
        at, end = wanted
        if any(begin < end and at < stop for begin, stop in self.closed.get(day, [])):
            return False
        for begin, stop in sorted(self.open.get(day, [])):
            if begin <= at < stop:
                at = stop
        return at >= end


def read_hours(reading: Reading) -> Iterator[Candidate]:
    """The facts whose hours are told."""
    wanted = [(spec, hours) for spec in reading.specs if spec.kind == "yes_no" and (hours := _hours_wanted(spec))]
    if not wanted or _PHONE.search(fold(reading.text)) is None:
        return
    told = _week(reading)
    if told is None:
        return
    week, start, end = told
    for spec, hours in wanted:
        if hours == (0, DAY):
            served = _OUTSIDE_HOURS.search(fold(reading.text))
            if not served and week.named & {5, 6} and not all(week.covers(day, hours) for day in range(7)):
                yield Candidate(spec.name, False, start, end, strength=HOURS_STRENGTH)
            continue
        is_met = all(week.covers(day, hours) for day in WORKING_DAYS)
        yield Candidate(spec.name, is_met, start, end, strength=HOURS_STRENGTH)


def _hours_wanted(spec: FactSpec) -> Minutes | None:
    label = spec.label.nl
    if (found := _TIMES_OF_LABEL.search(label)) and "bereikbaar" in label:
        return int(found[1]) * 60, int(found[2]) * 60
    return (0, DAY) if _ROUND_THE_CLOCK.search(label) and "bereikbaar" in label else None


def _week(reading: Reading) -> tuple[_Week, int, int] | None:
    """The week that the text tells, and where; None where it tells no hours of the asker's."""
    week, spans = _Week(), []
    text = reading.text
    ranges = [match for match in _RANGE.finditer(text) if _is_told(reading, match)]
    if not ranges:
        return None
    days, last_end = _days_in(text), 0
    usual: Minutes | None = None
    for match in sorted((*ranges, *_alone(text, ranges, reading)), key=lambda m: m.start()):
        beside = [each for each in days if last_end <= each[0] < match.start()]
        if not beside and match is ranges[-1]:
            beside = [each for each in days if match.end() <= each[0] < match.end() + NEAR_CHARS][:1]
        of = {day for each in beside for day in each[2]} or set(WORKING_DAYS)
        stretch = _stretch(match, usual)
        if stretch is None:
            continue
        is_break = _BREAK.search(text, match.end(), match.end() + NEAR_CHARS // 2) or _BREAK.search(
            text, max(last_end, match.start() - NEAR_CHARS // 2), match.start()
        )
        for day in of:
            (week.closed if is_break and usual else week.open).setdefault(day, []).append(stretch)
        week.named |= {day for each in beside for day in each[2]}
        usual = usual or stretch
        spans.append(match.span())
        last_end = match.end()
    for _, end, named in days:
        if end >= last_end and _CLOSED.match(text[end:].lstrip(" ,:")[:14]):
            for day in named:
                week.closed.setdefault(day, []).append((0, DAY))
    return (week, spans[0][0], spans[-1][1]) if spans else None


NEAR_CHARS = 40
"""How far from hours their days may stand behind them."""


def _is_told(reading: Reading, match: re.Match[str]) -> bool:
    first, last = reading.words_at(*match.span())
    if not last:
        return False
    stretch = _stretch(match, None)
    number = reading.clause_of[first]
    is_told = stance(reading.tokens, reading.clauses, number, first, last, amount=True) != "none"
    linked_by_and = re.search(r"\d\s*(?:en|and)\s*\d", match.group()) is not None
    between = re.search(r"\b(?:tussen|between)\s+$", reading.text[: match.start()]) is not None
    return is_told and stretch is not None and (between or not linked_by_and)


def _alone(text: str, ranges: list[re.Match[str]], reading: Reading) -> Iterator[re.Match[str]]:
    """'vrijdag tot 13:00' and 'vrijdag vanaf 10 uur', beside hours that are told whole."""
    for pattern in (_UNTIL, _FROM):
        for match in pattern.finditer(text):
            if not any(match.start() < each.end() and each.start() < match.end() for each in ranges):
                _, last = reading.words_at(*match.span())
                if last:
                    yield match


def _stretch(match: re.Match[str], usual: Minutes | None) -> Minutes | None:
    if match.re is _RANGE:
        begin, end = _minutes(match, 1), _minutes(match, 2)
        if begin is None or end is None:
            return None
        if end <= begin and not match["half_day2"]:
            end += HALF_DAY
        return (begin, end) if begin < end <= DAY else None
    at = _minutes(match, 1)
    if at is None or usual is None:
        return None
    if match.re is _UNTIL:
        end = at if at > usual[0] else at + HALF_DAY
        return (usual[0], end) if end > usual[0] else None
    return (at, usual[1]) if at < usual[1] else None


def _minutes(match: re.Match[str], number: int) -> int | None:
    if half := match[f"half{number}"]:
        hour = _hour(half)
        return None if hour is None else hour * 60 - 30
    hour = _hour(match[f"hour{number}"])
    minute = int(match[f"minute{number}"] or 0)
    if hour is None or minute > 59:
        return None
    half_day = (match[f"half_day{number}"] or "").replace(".", "").lower()
    if half_day == "pm" and hour < 12:
        hour += 12
    if half_day == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute


def _hour(text: str) -> int | None:
    value = int(text) if text.isdigit() else int(NUMBER_WORDS.get(fold(text), -1))
    return value if 0 <= value <= 24 else None


_WORD = re.compile(r"[^\W\d_]+")


def _days_in(text: str) -> list[tuple[int, int, frozenset[int]]]:
    """The days named, from where to where; 'ma t/m do' is one stretch of days."""
    found: list[tuple[int, int, frozenset[int]]] = [
        (match.start(), match.end(), frozenset(range(7))) for match in _ALL_WEEK.finditer(text)
    ]
    words = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
    named = [(start, end, word) for start, end, word in words if word in _DAY_OF]
    used: set[int] = set()
    for at, (start, end, word) in enumerate(named):
        if at in used:
            continue
        following = named[at + 1] if at + 1 < len(named) else None
        if following and _TO_DAY.match(text[end : following[0]]):
            first, last = _DAY_OF[word], _DAY_OF[following[2]]
            days = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
            found.append((start, following[1], frozenset(days)))
            used.add(at + 1)
        elif word not in _SHORT_ALONE or _is_beside_day(text, named, at):
            found.append((start, end, frozenset({_DAY_OF[word]})))
    found += [(start, end, frozenset(_SETS[word])) for start, end, word in words if word in _SETS]
    return sorted(found, key=lambda each: each[0])


def _is_beside_day(text: str, named: list[tuple[int, int, str]], at: int) -> bool:
    start, end, _ = named[at]
    before = at and re.fullmatch(r"[\s,/+&]*(?:en|and)?[\s,]*", text[named[at - 1][1] : start])
    behind = at + 1 < len(named) and re.fullmatch(r"[\s,/+&]*(?:en|and)?[\s,]*", text[end : named[at + 1][0]])
    times = re.match(r"\s*:?\s*(?:van\s+)?\d", text[end:])
    return bool(before or behind or times)
