"""From the words of a date phrase to the days that it means. Pure: the day and the year are in the frame."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from knowledge.date_grammar import Words
from knowledge.date_words import (
    DAY_WORDS_OF_MONTH,
    EDGES,
    FIXED_DAYS,
    FULL_WEEKDAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PART_DAYS,
    PART_MONTHS,
    PARTS,
    WEEKDAYS,
    WORDS_LIKE_WEEKDAYS,
    Side,
    side_of,
)
from knowledge.date_years import Frame, Kind, Stretch, in_year
from knowledge.day_counts import add_months

AROUND_DAYS = 7
"""How far "rond 1 november" can be off."""
HALF_UNIT_DAYS = {"day": 1, "week": 3, "month": 15, "year": 183}
"""How far a rounded number of units can be off."""
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
UNITS = {
    "dag": "day", "dagen": "day", "dgn": "day", "days": "day", "weken": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "wk": "week", "wkn": "week", "mnd": "month", "maand": "month", "maanden": "month",
    "months": "month", "kwartaal": "quarter", "jaar": "year", "jaren": "year", "years": "year",
}  # fmt: skip
DAY_WORDS = (
    (-2, "eergister", "before yesterday"),
    (-1, "gister", "yesterday", "last night"),
    (2, "overmorgen", "after tomorrow"),
    (
        0,
        "vandaag",
        "vanmorgen",
        "today",
        "tonight",
        "this ",
        "vanochtend",
        "vanmiddag",
        "vanavond",
        "vannacht",
        "zojuist",
        "zonet",
        "daarnet",
        "zoeven",
        "zo-even",
        "just now",
    ),
    (1, "morgen", "tomorrow"),
)
"""Days from today, and what the words hold; the first that fits counts."""
FARTHEST_DAYS = 45
"""How far from today a day that is only told by its number and weekday ('vrijdag de 13e') can be."""


def stretch_of(words: Words, frame: Frame) -> Stretch | None:
    """The days that `words` mean in `frame`; None where a year or a day to count from is missing.

    Raises:
        ValueError, OverflowError: no such day in the calendar.
    """
    for group, read in _READERS.items():
        if group in words:
            return read(words, frame)
    if frame.today is None:
        return None
    return next(count(words, frame.today) for group, count in _COUNTED.items() if group in words)


# Days


def _iso(words: Words, frame: Frame) -> Stretch | None:
    return _around(words, _exact(dt.date(*map(int, words["iso"].split("-")))))


def _numeric(words: Words, frame: Frame) -> Stretch | None:
    return _day(words, frame, int(words["n_day"]), int(words["n_month"]), words["n_year"])


def _bare(words: Words, frame: Frame) -> Stretch | None:
    return _day(words, frame, int(words["b_day"]), int(words["b_month"]), None)


def _named(words: Words, frame: Frame) -> Stretch | None:
    from_day = words.get("between_day") or words.get("from_day")
    day, month = int(words["day"]), MONTHS[words["month"]]
    if "list_day" in words:
        found = _day(words, frame, int(words["list_day"]), month, words.get("year"), day)
        return found and replace(found, kind="vague")
    if from_day:
        until = day - 1 if words.get("to") == "tot" else day
        return _day(words, frame, int(from_day), month, words.get("year"), until)
    return _day(words, frame, day, month, words.get("year"))


def _english(words: Words, frame: Frame) -> Stretch | None:
    until = int(words["e_to_day"]) if "e_to_day" in words else None
    return _day(words, frame, int(words["e_day"]), MONTHS[words["e_month"]], words.get("e_year"), until)


def _in_words(words: Words, frame: Frame) -> Stretch | None:
    day, month = DAY_WORDS_OF_MONTH[words["word_day"]], MONTHS[words["word_month"]]
    return _day(words, frame, day, month, words.get("word_year"))


def _fixed(words: Words, frame: Frame) -> Stretch | None:
    day, month = FIXED_DAYS[words["fixed"]]
    return _day(words, frame, day, month, words.get("fixed_year"))


def _nth_of_month(words: Words, frame: Frame) -> Stretch | None:
    """The first or last day of a month, or the first, second or last of its Mondays: 'de laatste dag van februari'."""
    said = words["nth_of"]
    number = EDGES.get(said) or ORDINALS[said]
    weekday = FULL_WEEKDAYS[words["nth_weekday"]] if "nth_weekday" in words else None
    if "nth_month" in words:
        month = MONTHS[words["nth_month"]]
        return in_year(lambda year: _exact(_nth(year, month, number, weekday)), frame, words.get("nth_year"))
    if frame.today is None:
        return None
    whole = _unit(frame.today, side_of(words["nth_side"]), "month").first
    return _exact(_nth(whole.year, whole.month, number, weekday))


def _ultimo(words: Words, frame: Frame) -> Stretch | None:
    month = MONTHS[words["ultimo"]]
    return in_year(lambda year: _exact(_nth(year, month, -1, None)), frame, words.get("ultimo_year"))


def _nth(year: int, month: int, number: int, weekday: int | None) -> dt.date:
    """The day of a month by its number, or by that among those of a weekday; -1: the last."""
    days = [dt.date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    fitting = [day for day in days if weekday in (None, day.weekday())]
    return fitting[number if number < 0 else number - 1]


def _day(
    words: Words, frame: Frame, day: int, month: int, year: str | None, until: int | None = None
) -> Stretch | None:
    """The day, or the days up to and including `until` of the same month, in the year that is meant."""

    def build(number: int) -> Stretch:
        first = dt.date(number, month, day)
        return _stretch(first, first if until is None else dt.date(number, month, until))

    beside = words.get("side") or words.get("lead")
    weekday = words.get("weekday", "")
    found = in_year(
        build,
        frame,
        year or words.get("lead_year"),
        side=side_of(beside) if beside else None,
        weekday=None if weekday in WORDS_LIKE_WEEKDAYS else WEEKDAYS.get(weekday),
    )
    return found and _around(words, found)


def _around(words: Words, stretch: Stretch) -> Stretch:
    """The stretch itself, or the week it is in, or some days more on either side, as the words in front say."""
    if "around" not in words:
        return stretch
    if words["around"].startswith("week"):
        return replace(_unit(stretch.first, "this", "week"), year_from=stretch.year_from)
    off = dt.timedelta(days=AROUND_DAYS)
    return Stretch("vague", stretch.first - off, stretch.last + off, stretch.year_from)


# Stretches of the calendar


def _part(words: Words, frame: Frame) -> Stretch | None:
    part = PARTS[words["part"].split()[0]]
    if "part_month" in words:
        month = MONTHS[words["part_month"]]
        return in_year(lambda year: _part_of_month(year, month, part), frame, words.get("part_year"))
    if "part_of_year" in words:
        first, last = PART_MONTHS[part]
        return in_year(lambda year: _months(year, first, last, "vague"), frame, words["part_of_year"])
    if frame.today is None:
        return None
    whole = _unit(frame.today, side_of(words["part_side"]), "month")
    return _part_of_month(whole.first.year, whole.first.month, part)


def _part_of_month(year: int, month: int, part: str) -> Stretch:
    first, last = PART_DAYS[part]
    length = calendar.monthrange(year, month)[1]
    return Stretch("vague", dt.date(year, month, first), dt.date(year, month, min(last, length)))


def _quarter(words: Words, frame: Frame) -> Stretch | None:
    named = words.get("quarter") or words.get("quarter_number")
    last_month = 3 * (int(named) if named else ORDINALS[words["ordinal"]])
    said = words.get("q_year") or words.get("q_dash_year")
    return in_year(lambda year: _months(year, last_month - 2, last_month), frame, said)


def _half(words: Words, frame: Frame) -> Stretch | None:
    last_month = 6 * ORDINALS[words["half"]]
    return in_year(lambda year: _months(year, last_month - 5, last_month), frame, words["half_year"])


def _month(words: Words, frame: Frame) -> Stretch | None:
    month = MONTHS[words["only_month"]]
    said = words.get("only_year") or words.get("month_lead_year")
    beside = words.get("month_side") or words.get("month_lead")
    return in_year(lambda year: _months(year, month, month), frame, said, side=side_of(beside) if beside else None)


def _months(year: int, first: int, last: int, kind: Kind = "period") -> Stretch:
    """Whole months of a year, both included."""
    return Stretch(kind, dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))


# Counted from today


def _week_and_day(words: Words, today: dt.date) -> Stretch:
    week = _unit(today, side_of(words.get("week_side") or words["of_week"]), "week")
    return _exact(week.first + dt.timedelta(days=FULL_WEEKDAYS[words.get("week_day") or words["day_of_week"]]))


def _weekday_weeks_ago(words: Words, today: dt.date) -> Stretch:
    """A weekday of the calendar week so many weeks ago: 'twee weken geleden op dinsdag'."""
    said = words["weeks_off"]
    then = today - dt.timedelta(weeks=int(said) if said.isdecimal() else NUMBERS[said])
    monday = then - dt.timedelta(days=then.weekday())
    return _exact(monday + dt.timedelta(days=FULL_WEEKDAYS[words["weeks_off_day"]]))


def _weekday(words: Words, today: dt.date) -> Stretch:
    """A weekday behind or ahead of today, which itself would be called today.

    "Vorige" and "volgende vrijdag" can be this week's or the other week's: both days bound them.
    """
    word = words.get("weekday_side") or words["side_behind"]
    weekday = FULL_WEEKDAYS[words.get("side_weekday") or words["weekday_before"]]
    if side_of(word) == "this":
        return _exact(today + dt.timedelta(days=(weekday - today.weekday()) % 7))
    ahead = today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    behind = today - dt.timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if side_of(word) == "later":
        other = _unit(today, "later", "week").first + dt.timedelta(days=weekday)
        return _stretch(ahead, other, "vague") if ahead < other else _exact(ahead)
    if word.startswith("vorig"):
        other = _unit(today, "past", "week").first + dt.timedelta(days=weekday)
        return _stretch(other, behind, "vague") if other < behind else _exact(behind)
    return _exact(behind if side_of(word) == "past" else ahead)


def _day_of_month(words: Words, today: dt.date) -> Stretch:
    """The day of this month or the one beside it: 'de 14e van vorige maand'."""
    said = words["day_of_month"]
    day = DAY_WORDS_OF_MONTH.get(said) or int(said.rstrip("dehnrst"))
    return _exact(_unit(today, side_of(words["month_of_day"]), "month").first.replace(day=day))


def _dated_weekday(words: Words, today: dt.date) -> Stretch:
    """The day nearest to today with that number and weekday: 'vrijdag de 13e'.

    Raises:
        ValueError: there is none near.
    """
    weekday, number = WEEKDAYS[words["lone_weekday"]], int(words["dated_day"])
    around = (today + dt.timedelta(days=away) for away in sorted(range(-FARTHEST_DAYS, FARTHEST_DAYS + 1), key=abs))
    found = next((day for day in around if day.day == number and day.weekday() == weekday), None)
    if found is None:
        raise ValueError(f"no {words['lone_weekday']} {number} near {today}")
    return _exact(found)


def _lone_day(words: Words, today: dt.date) -> Stretch:
    """The day nearest to today with that number: 'sinds de 5e'."""
    number = int(words["lone_day"])
    around = (today + dt.timedelta(days=away) for away in sorted(range(-FARTHEST_DAYS, FARTHEST_DAYS + 1), key=abs))
    found = next((day for day in around if day.day == number), None)
    if found is None:
        raise ValueError(f"no month has a day {number}")
    return _exact(found)


def _counted_from(words: Words, today: dt.date) -> Stretch:
    """So long before or after a day that is told itself: 'vrijdag over een week', 'gisteren een week geleden'.

    A weekday is the nearest on that side, or today: 'dinsdag een week geleden' on a Tuesday is a week ago.
    """
    said = words["counted_from"]
    is_ahead = "from_count" in words
    number, unit = (
        (words["from_count"], words["from_unit"]) if is_ahead else (words["from_ago"], words["from_ago_unit"])
    )
    if FULL_WEEKDAYS.get(said) == today.weekday():
        day = today
    elif said in FULL_WEEKDAYS:
        step = {"weekday_side": "komende" if is_ahead else "afgelopen", "side_weekday": said}
        day = _weekday(step, today).first
    else:
        day = _day_word({"day_word": said}, today).first
    return _units_away(day, number, unit, 1 if is_ahead else -1, about=False)


def _day_word(words: Words, today: dt.date) -> Stretch:
    return _exact(today + dt.timedelta(days=_days_away(words["day_word"])))


def _days_away(said: str) -> int:
    return next(days for days, *held in DAY_WORDS if any(word in said for word in held))


def _ago(words: Words, today: dt.date) -> Stretch:
    return _units_away(today, words["ago"], words["ago_unit"], -1, about="about" in words)


def _ahead(words: Words, today: dt.date) -> Stretch:
    if "from_now" in words:
        return _units_away(today, words["from_now"], words["from_now_unit"], 1, about=False)
    return _units_away(today, words["ahead"], words["ahead_unit"], 1, about="ahead_about" in words)


def _units_away(today: dt.date, number: str, unit_word: str, sign: int, *, about: bool) -> Stretch:
    """So many units from today: days and weeks are counted to the day, months and years rounded."""
    unit = UNITS.get(unit_word, unit_word)
    amount = sign * (int(number) if number.isdecimal() else NUMBERS[number])
    if unit == "fortnight":
        unit, amount = "week", 2 * amount
    if unit in MONTHS_OF:
        day = add_months(today, amount * MONTHS_OF[unit]).day
    else:
        day = today + dt.timedelta(days=amount * (7 if unit == "week" else 1))
    if not about and unit in ("day", "week"):
        return _exact(day)
    off = dt.timedelta(days=HALF_UNIT_DAYS[unit])
    return Stretch("vague", day - off, day + off)


def _this_unit(words: Words, today: dt.date) -> Stretch:
    """A week, month, quarter or year, by the calendar.

    "Afgelopen maand" can also be the month until today, "komende maand" the one from today: those
    are bounded by both.
    """
    word, unit = words["unit_side"], UNITS.get(words["unit"], words["unit"])
    side = side_of(word)
    if unit == "weekend":
        return _weekend(today, side)
    whole = _unit(today, side, unit)
    if side == "next":
        return Stretch("vague", today, whole.last)
    if word in ("afgelopen", "past"):
        return Stretch("vague", whole.first, today)
    return whole


def _unit(today: dt.date, side: Side, unit: str) -> Stretch:
    """The calendar week (Monday first), month, quarter or year beside that of `today`, or its own."""
    away = {"past": -1, "this": 0, "next": 1, "later": 1}[side]
    if unit == "week":
        monday = today + dt.timedelta(days=7 * away - today.weekday())
        return Stretch("period", monday, monday + dt.timedelta(days=6))
    months = MONTHS_OF[unit]
    first = add_months(dt.date(today.year, (today.month - 1) // months * months + 1, 1), away * months).day
    return Stretch("period", first, add_months(first, months).day - dt.timedelta(days=1))


def _weekend(today: dt.date, side: Side) -> Stretch:
    """A Saturday and its Sunday; on one of these days 'dit weekend' is that one."""
    saturday = _unit(today, "this", "week").first + dt.timedelta(days=5)
    if side == "past":
        saturday -= dt.timedelta(days=7)
    elif side == "later" or (side == "next" and saturday <= today):
        saturday += dt.timedelta(days=7)
    return Stretch("period", saturday, saturday + dt.timedelta(days=1))


def _exact(day: dt.date) -> Stretch:
    return Stretch("exact", day, day)


def _stretch(first: dt.date, last: dt.date, kind: Kind = "period") -> Stretch:
    if first > last:
        raise ValueError(f"{first} comes after {last}")
    return Stretch("exact" if first == last else kind, first, last)


_READERS: dict[str, Callable[[Words, Frame], Stretch | None]] = {
    "iso": _iso,
    "n_day": _numeric,
    "b_day": _bare,
    "day": _named,
    "e_day": _english,
    "word_day": _in_words,
    "fixed": _fixed,
    "nth_of": _nth_of_month,
    "ultimo": _ultimo,
    "part": _part,
    "quarter": _quarter,
    "quarter_number": _quarter,
    "ordinal": _quarter,
    "half": _half,
    "only_month": _month,
}
_COUNTED: dict[str, Callable[[Words, dt.date], Stretch]] = {
    "week_day": _week_and_day,
    "day_of_week": _week_and_day,
    "weeks_off_day": _weekday_weeks_ago,
    "side_weekday": _weekday,
    "weekday_before": _weekday,
    "counted_from": _counted_from,
    "day_word": _day_word,
    "lone_weekday": _dated_weekday,
    "lone_day": _lone_day,
    "day_of_month": _day_of_month,
    "ago": _ago,
    "ahead": _ahead,
    "from_now": _ahead,
    "unit": _this_unit,
}
"""The reader of each form, by a group that it alone has."""
