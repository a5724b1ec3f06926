"""Counting from one day to another by named conventions: days, weeks, months, working days.

Pure: no clock. The day of the event is day 0 and does not count. A negative number counts back.
A result that falls on a weekend or a holiday stays there: policies do not say that it moves.
Every result names the convention by which it was counted, so that it can be said beside it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from knowledge.date_words import WEEKDAY_NAMES_EN, WEEKDAY_NAMES_NL

LiberationDay = Literal["lustrum", "every_year", "never"]
"""When Liberation Day is off: in years that five divides (most collective agreements), always (the law), never."""

FIRST_CALENDAR_YEAR = 1966
LAST_CALENDAR_YEAR = 2100
"""The years of which the Dutch holidays are known."""
LUSTRUM_YEARS = 5

_ONE_DAY = dt.timedelta(days=1)
_SATURDAY = 5

_SENTENCES = {
    "days": (
        "Geteld in kalenderdagen, de dag zelf niet meegeteld; een weekend of feestdag verschuift de uitkomst niet.",
        "Counted in calendar days, not counting the day itself; a weekend or holiday does not move the result.",
    ),
    "weeks": (
        "Geteld in weken van zeven dagen, de dag zelf niet meegeteld; een weekend of feestdag verschuift niets.",
        "Counted in weeks of seven days, not counting the day itself; a weekend or holiday moves nothing.",
    ),
    "months": (
        "Geteld in kalendermaanden, tot dezelfde dag van de maand; een weekend of feestdag verschuift niets.",
        "Counted in calendar months, to the same day of the month; a weekend or holiday moves nothing.",
    ),
    "months_clipped": (
        "Geteld in kalendermaanden; die maand heeft zo'n dag niet, daarom is het de laatste dag van de maand.",
        "Counted in calendar months; that month has no such day, so it is the last day of the month.",
    ),
    "first_of_month": ("De eerste dag van dezelfde maand.", "The first day of the same month."),
    "first_of_next_month": (
        "De eerste dag van de volgende maand, ook als de dag zelf een eerste van de maand is.",
        "The first day of the next month, also when the day itself is the first of a month.",
    ),
    "last_day_of_month_before": ("De laatste dag van de maand ervoor.", "The last day of the month before."),
    "last_day_before": (
        "De laatste dag ervoor: de dag zelf telt niet mee.",
        "The last day before: not that day itself.",
    ),
}
_WORKING_DAYS = (
    "Geteld in werkdagen: maandag tot en met vrijdag zonder Nederlandse feestdagen, de dag zelf niet meegeteld. ",
    "Counted in working days: Monday to Friday without Dutch holidays, not counting the day itself. ",
)
_LIBERATION: dict[LiberationDay, tuple[str, str]] = {
    "lustrum": (
        "Bevrijdingsdag is alleen in een lustrumjaar vrij",
        "Liberation Day is off only once every five years",
    ),
    "every_year": ("Bevrijdingsdag is elk jaar vrij", "Liberation Day is off every year"),
    "never": ("Bevrijdingsdag is een werkdag", "Liberation Day is a working day"),
}
_GOOD_FRIDAY = {
    False: (" en Goede Vrijdag is een werkdag.", " and Good Friday is a working day."),
    True: (" en Goede Vrijdag is vrij.", " and Good Friday is off."),
}


def _working_key(liberation_day: LiberationDay, good_friday_off: bool) -> str:
    return f"working_days/{liberation_day}/{'good_friday_off' if good_friday_off else 'good_friday_works'}"


_SENTENCES |= {
    _working_key(liberation, off): (dutch + nl + nl_friday, english + en + en_friday)
    for dutch, english in [_WORKING_DAYS]
    for liberation, (nl, en) in _LIBERATION.items()
    for off, (nl_friday, en_friday) in _GOOD_FRIDAY.items()
}


@dataclass(frozen=True)
class CountedDay:
    """A day that was counted to, and the key of the convention by which (see `convention_sentence`)."""

    day: dt.date
    convention: str


def convention_sentence(key: str, language: str = "nl") -> str:
    """The sentence that names a convention, for the provider.

    Args:
        key: `CountedDay.convention`.
        language: "nl" or "en".

    Raises:
        KeyError: no such convention.
    """
    return _SENTENCES[key][1 if language == "en" else 0]


def convention_keys() -> tuple[str, ...]:
    """The keys of all conventions."""
    return tuple(_SENTENCES)


def add_days(day: dt.date, days: int) -> CountedDay:
    """The day `days` calendar days after `day`.

    Raises:
        OverflowError: the calendar of Python ends before it (as for all functions here that count).
    """
    return CountedDay(day + dt.timedelta(days=days), "days")


def add_weeks(day: dt.date, weeks: int) -> CountedDay:
    """The same weekday, `weeks` weeks after `day`."""
    return CountedDay(day + dt.timedelta(weeks=weeks), "weeks")


def add_months(day: dt.date, months: int) -> CountedDay:
    """The same day of the month, `months` months after `day`; the month's last day where it has no such day.

    Raises OverflowError where the calendar ends before.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(f"{day} + {months} months is no day of the calendar")
    length = calendar.monthrange(year, month + 1)[1]
    if day.day > length:
        return CountedDay(dt.date(year, month + 1, length), "months_clipped")
    return CountedDay(dt.date(year, month + 1, day.day), "months")


def add_working_days(
    day: dt.date, working_days: int, *, liberation_day: LiberationDay = "lustrum", good_friday_off: bool = False
) -> CountedDay:
    """The day on which `working_days` Dutch working days have gone by since `day`.

    `day` itself may be any day and does not count; 0 gives it back as it is.

    Args:
        day: the day of the event.
        working_days: how many; negative counts back.
        liberation_day: when 5 May is a day off.
        good_friday_off: whether Good Friday is a day off; by law it is for terms, in most offices it is not.

    Raises:
        ValueError: a year is reached of which the Dutch holidays are not known (before 1966, after 2100).
    """
    step = _ONE_DAY if working_days > 0 else -_ONE_DAY
    left = abs(working_days)
    while left:
        day += step
        if is_working_day(day, liberation_day=liberation_day, good_friday_off=good_friday_off):
            left -= 1
    return CountedDay(day, _working_key(liberation_day, good_friday_off))


def add_term(day: dt.date, amount: int, unit: str) -> CountedDay:
    """The day `amount` units of time after `day`; a negative number counts back.

    Raises KeyError where `unit` is none of time.
    """
    return _ADD[unit](day, amount)


def _add_years(day: dt.date, years: int) -> CountedDay:
    return add_months(day, 12 * years)


_ADD: Mapping[str, Callable[[dt.date, int], CountedDay]] = {
    "day": add_days,
    "week": add_weeks,
    "month": add_months,
    "year": _add_years,
    "working_day": add_working_days,
}


def is_working_day(day: dt.date, *, liberation_day: LiberationDay = "lustrum", good_friday_off: bool = False) -> bool:
    """Whether `day` is a Dutch working day: Monday to Friday and no holiday.

    Raises:
        ValueError: the Dutch holidays of that year are not known (before 1966, after 2100).
    """
    return day.weekday() < _SATURDAY and day not in _days_off(day.year, liberation_day, good_friday_off)


@lru_cache(maxsize=512)
def _days_off(year: int, liberation_day: LiberationDay, good_friday_off: bool) -> frozenset[dt.date]:
    if not FIRST_CALENDAR_YEAR <= year <= LAST_CALENDAR_YEAR:
        raise ValueError(
            f"the Dutch holidays of {year} are not known, only those of {FIRST_CALENDAR_YEAR} to {LAST_CALENDAR_YEAR}"
        )
    # A tenth of a second, which only those who count working days pay.
    from holidays.utils import country_holidays

    left_out = {"Bevrijdingsdag"} if good_friday_off else {"Bevrijdingsdag", "Goede vrijdag"}
    # A day can have two names: Ascension Day fell on 5 May in 2005.
    named = country_holidays("NL", years=year, language="nl").items()
    days = {day for day, names in named if not left_out.issuperset(names.split("; "))}
    if liberation_day == "every_year" or (liberation_day == "lustrum" and year % LUSTRUM_YEARS == 0):
        days.add(dt.date(year, 5, 5))
    return frozenset(days)


def first_of_month(day: dt.date) -> CountedDay:
    """The first day of the month of `day`."""
    return CountedDay(day.replace(day=1), "first_of_month")


def first_of_next_month(day: dt.date) -> CountedDay:
    """The first day of the month after that of `day`, also when `day` is itself a first."""
    return CountedDay(add_months(day.replace(day=1), 1).day, "first_of_next_month")


def last_day_of_month_before(day: dt.date) -> CountedDay:
    """The last day of the month before that of `day`."""
    return CountedDay(day.replace(day=1) - _ONE_DAY, "last_day_of_month_before")


def last_day_before(day: dt.date) -> CountedDay:
    """The day before `day`: the last one that is "vóór" it."""
    return CountedDay(day - _ONE_DAY, "last_day_before")


def days_between(first: dt.date, last: dt.date) -> int:
    """How many calendar days `last` comes after `first`, which does not count; negative when it comes before."""
    return (last - first).days


def weekday_name(day: dt.date, language: str = "nl") -> str:
    """The weekday of `day`: 'zaterdag' or 'Saturday'."""
    return (WEEKDAY_NAMES_EN if language == "en" else WEEKDAY_NAMES_NL)[day.weekday()]
