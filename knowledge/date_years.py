"""The year of a date phrase, where it is said and where it must be concluded. Pure: the day is an argument.

A year that is not said is concluded, in this order: from words beside it ("jl.", "komende"), from a
weekday that must agree, from the year the caller gives, and else as the nearest to today.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.date_words import Side, side_of

Kind = Literal["exact", "period", "vague"]

HALF_YEAR_DAYS = 183
WEEKDAY_SEARCH_YEARS = 3
"""How far from today a weekday can place a day: further away it is rather a slip than a clue."""
LEAP_SEARCH_YEARS = 8
"""29 February can be missing for eight years, around 1900 and 2100."""


@dataclass(frozen=True)
class Frame:
    """What a phrase is read in: the day on which it is said, and the year that it is about, where known."""

    today: dt.date | None
    year: int | None


@dataclass(frozen=True)
class Stretch:
    """The days that a phrase means, both ends included, and where its year comes from."""

    kind: Kind
    first: dt.date
    last: dt.date
    year_from: Literal["said", "given", "today"] = "said"


def in_year(
    build: Callable[[int], Stretch],
    frame: Frame,
    said: str | None,
    *,
    side: Side | None = None,
    weekday: int | None = None,
) -> Stretch | None:
    """What `build` makes of the year that was meant; None where nothing tells which.

    Args:
        build: makes the stretch in a year; raises ValueError where that year has no such day.
        frame: the day and year to conclude from.
        said: the year as the text has it: "2026", "'26", "vorig jaar".
        side: to which side of today the words point.
        weekday: that of the day, Monday 0.

    Raises:
        ValueError: no such day in the year that was said or given.
    """
    if said:
        return build(_number(said, frame))
    if frame.today is None:
        return None if frame.year is None else replace(build(frame.year), year_from="given")
    found = None
    if side:
        found = _on_side(build, frame.today, side)
    elif weekday is not None:
        found = _on_weekday(build, frame.today, weekday)
    if found is None and frame.year is not None:
        return replace(build(frame.year), year_from="given")
    found = found or _nearest(build, frame.today)
    return found and replace(found, year_from="today")


def _number(said: str, frame: Frame) -> int:
    figures = said.strip("'’‘")
    if figures.isdecimal():
        return int(figures) if len(figures) == 4 else 2000 + int(figures)
    if frame.today is None:
        raise ValueError(f"{said!r} is a year only from a day on")
    side = side_of(said.rsplit(" ", 1)[0])
    return frame.today.year + {"past": -1, "this": 0, "next": 1, "later": 1}[side]


def _in_years_around(build: Callable[[int], Stretch], today: dt.date, years: int) -> list[Stretch]:
    found: list[Stretch] = []
    for year in range(today.year - years, today.year + years + 1):
        try:
            found.append(build(year))
        except (ValueError, OverflowError):  # no 29 February, or no such year
            continue
    return found


def _on_side(build: Callable[[int], Stretch], today: dt.date, side: Side) -> Stretch | None:
    """The last one behind today or the first ahead of it; today itself counts as a day, its month does not."""
    around = _in_years_around(build, today, LEAP_SEARCH_YEARS)
    if side == "past":
        behind = [each for each in around if (each.first if each.kind == "exact" else each.last + _ONE) <= today]
        return behind[-1] if behind else None
    ahead = [each for each in around if (each.first if each.kind == "exact" else each.first - _ONE) >= today]
    return ahead[0] if ahead else None


_ONE = dt.timedelta(days=1)


def _on_weekday(build: Callable[[int], Stretch], today: dt.date, weekday: int) -> Stretch | None:
    around = _in_years_around(build, today, WEEKDAY_SEARCH_YEARS)
    return _closest([each for each in around if each.first.weekday() == weekday], today)


def _nearest(build: Callable[[int], Stretch], today: dt.date) -> Stretch | None:
    """The closest to today within half a year either way."""
    found = _closest(_in_years_around(build, today, 1), today)
    return found if found and _twice_days_from(found, today) <= 2 * HALF_YEAR_DAYS else None


def _closest(stretches: list[Stretch], today: dt.date) -> Stretch | None:
    # As far behind as ahead: a question is rather about what is still to come.
    return min(stretches, key=lambda each: (_twice_days_from(each, today), each.first <= today), default=None)


def _twice_days_from(stretch: Stretch, today: dt.date) -> int:
    """Twice the days from `today` to the middle of `stretch`, which may lie at half a day."""
    return abs((stretch.first - today).days + (stretch.last - today).days)
