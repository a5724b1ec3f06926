"""Counting days by named conventions, against a calendar that is worked out here by other means."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.day_counts import (
    CountedDay,
    LiberationDay,
    add_days,
    add_months,
    add_weeks,
    add_working_days,
    convention_keys,
    convention_sentence,
    days_between,
    first_of_month,
    first_of_next_month,
    is_working_day,
    last_day_before,
    last_day_of_month_before,
    weekday_name,
)

ANY_DAY = st.dates(min_value=dt.date(1600, 1, 1), max_value=dt.date(2400, 12, 31))
CALENDAR_DAY = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2080, 12, 31))
LIBERATION = st.sampled_from(["lustrum", "every_year", "never"])


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("count", "start", "amount", "expected", "convention"),
    [
        (add_days, "2026-11-22", 0, "2026-11-22", "days"),
        (add_days, "2026-12-31", 1, "2027-01-01", "days"),
        (add_days, "2028-02-28", 1, "2028-02-29", "days"),
        (add_days, "2028-02-29", 1, "2028-03-01", "days"),
        (add_days, "2027-02-28", 1, "2027-03-01", "days"),
        (add_days, "2027-01-01", -1, "2026-12-31", "days"),
        (add_days, "2026-10-24", 14, "2026-11-07", "days"),  # a Saturday stays one
        (add_weeks, "2026-09-26", 6, "2026-11-07", "weeks"),
        (add_weeks, "2026-12-28", 1, "2027-01-04", "weeks"),
        (add_weeks, "2027-01-04", -1, "2026-12-28", "weeks"),
        (add_months, "2027-01-30", 1, "2027-02-28", "months_clipped"),
        (add_months, "2027-01-31", 1, "2027-02-28", "months_clipped"),
        (add_months, "2028-01-31", 1, "2028-02-29", "months_clipped"),
        (add_months, "2028-01-29", 1, "2028-02-29", "months"),
        (add_months, "2027-01-29", 1, "2027-02-28", "months_clipped"),
        (add_months, "2027-01-28", 1, "2027-02-28", "months"),
        (add_months, "2027-01-31", 2, "2027-03-31", "months"),
        (add_months, "2027-03-31", 1, "2027-04-30", "months_clipped"),
        (add_months, "2028-02-29", 12, "2029-02-28", "months_clipped"),
        (add_months, "2028-02-29", 48, "2032-02-29", "months"),
        (add_months, "2026-12-15", 1, "2027-01-15", "months"),
        (add_months, "2027-01-15", -1, "2026-12-15", "months"),
        (add_months, "2027-03-31", -1, "2027-02-28", "months_clipped"),
        (add_months, "2026-11-30", 0, "2026-11-30", "months"),
    ],
)
def test_days_weeks_and_months(
    count: Callable[[dt.date, int], CountedDay], start: str, amount: int, expected: str, convention: str
) -> None:
    assert count(day(start), amount) == CountedDay(day(expected), convention)


@pytest.mark.parametrize("months", [12 * 8000, -12 * 8000])
def test_months_beyond_the_calendar_overflow(months: int) -> None:
    with pytest.raises(OverflowError, match="no day of the calendar"):
        add_months(day("2026-01-01"), months)


@pytest.mark.parametrize(
    ("start", "amount", "expected"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday
        ("2026-11-22", 1, "2026-11-23"),  # Sunday
        ("2026-11-22", 0, "2026-11-22"),  # no working day, and not moved
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-30", -5, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-28"),  # Christmas on Friday and Saturday
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-04-02", 1, "2026-04-03"),  # Good Friday is worked
        ("2026-04-03", 1, "2026-04-07"),  # Easter Monday is not
        ("2026-04-24", 1, "2026-04-28"),  # King's Day on a Monday
        ("2025-04-25", 1, "2025-04-28"),  # King's Day a day early, on Saturday, for 27 April was a Sunday
        ("2026-05-04", 1, "2026-05-05"),  # no lustrum
        ("2025-05-02", 1, "2025-05-06"),  # lustrum
        ("2026-05-13", 1, "2026-05-15"),  # Ascension Day
        ("2026-05-22", 1, "2026-05-26"),  # Whit Monday
    ],
)
def test_working_days_pass_over_weekends_and_holidays(start: str, amount: int, expected: str) -> None:
    counted = add_working_days(day(start), amount)
    assert counted == CountedDay(day(expected), "working_days/lustrum/good_friday_works")


@pytest.mark.parametrize(
    ("on", "liberation_day", "good_friday_off", "expected"),
    [
        ("2026-05-05", "lustrum", False, True),
        ("2025-05-05", "lustrum", False, False),
        ("2030-05-06", "lustrum", False, True),
        ("2026-05-05", "every_year", False, False),
        ("2026-05-04", "every_year", False, True),
        ("2026-05-06", "every_year", False, True),
        ("2025-05-05", "never", False, True),
        ("2016-05-05", "never", False, False),  # Ascension Day
        ("2005-05-05", "never", False, False),  # both: Ascension Day is left
        ("2026-04-02", "lustrum", True, True),
        ("2026-04-03", "lustrum", True, False),
        ("2026-04-03", "lustrum", False, True),
        ("2026-04-04", "lustrum", False, False),
        ("2026-04-06", "lustrum", False, False),
        ("2026-04-07", "lustrum", False, True),
        ("2026-12-24", "lustrum", False, True),
        ("2026-12-25", "lustrum", False, False),
        ("2024-12-26", "lustrum", False, False),
        ("2026-12-31", "lustrum", False, True),
        ("2027-01-01", "lustrum", False, False),
    ],
)
def test_holidays_are_no_working_days(
    on: str, liberation_day: LiberationDay, good_friday_off: bool, expected: bool
) -> None:
    assert is_working_day(day(on), liberation_day=liberation_day, good_friday_off=good_friday_off) is expected


@pytest.mark.parametrize(("on", "known"), [("1965-12-31", False), ("1966-01-03", True), ("2100-12-31", True),
                                           ("2101-01-03", False)])  # fmt: skip
def test_a_year_without_known_holidays_is_refused(on: str, known: bool) -> None:
    if known:
        assert is_working_day(day(on))
    else:
        with pytest.raises(ValueError, match="only those of 1966 to 2100"):
            is_working_day(day(on))


def test_counting_does_not_run_past_the_known_holidays() -> None:
    with pytest.raises(ValueError, match="2101"):
        add_working_days(day("2100-12-30"), 10)


@pytest.mark.parametrize(
    ("start", "first", "following", "last_before", "day_before"),
    [
        ("2026-11-01", "2026-11-01", "2026-12-01", "2026-10-31", "2026-10-31"),
        ("2026-11-22", "2026-11-01", "2026-12-01", "2026-10-31", "2026-11-21"),
        ("2026-12-31", "2026-12-01", "2027-01-01", "2026-11-30", "2026-12-30"),
        ("2027-01-01", "2027-01-01", "2027-02-01", "2026-12-31", "2026-12-31"),
        ("2028-03-01", "2028-03-01", "2028-04-01", "2028-02-29", "2028-02-29"),
        ("2027-03-31", "2027-03-01", "2027-04-01", "2027-02-28", "2027-03-30"),
    ],
)
def test_firsts_and_lasts(start: str, first: str, following: str, last_before: str, day_before: str) -> None:
    assert first_of_month(day(start)) == CountedDay(day(first), "first_of_month")
    assert first_of_next_month(day(start)) == CountedDay(day(following), "first_of_next_month")
    assert last_day_of_month_before(day(start)) == CountedDay(day(last_before), "last_day_of_month_before")
    assert last_day_before(day(start)) == CountedDay(day(day_before), "last_day_before")


def test_days_between_count_the_last_and_not_the_first() -> None:
    assert days_between(day("2026-11-22"), day("2026-11-22")) == 0
    assert days_between(day("2026-12-31"), day("2027-01-01")) == 1
    assert days_between(day("2028-02-28"), day("2028-03-01")) == 2
    assert days_between(day("2027-01-01"), day("2026-12-31")) == -1


@pytest.mark.parametrize(
    ("on", "dutch", "english"),
    [("2026-11-07", "zaterdag", "Saturday"), ("2026-11-08", "zondag", "Sunday"), ("2026-11-09", "maandag", "Monday")],
)
def test_a_weekday_has_its_name(on: str, dutch: str, english: str) -> None:
    assert (weekday_name(day(on)), weekday_name(day(on), "en")) == (dutch, english)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_convention_has_a_sentence_of_its_own_without_figures(language: str) -> None:
    sentences = [convention_sentence(key, language) for key in convention_keys()]
    assert len(set(sentences)) == len(sentences)
    assert all(each.endswith(".") and not any(sign.isdecimal() for sign in each) for each in sentences)


def test_the_sentence_says_what_was_chosen() -> None:
    chosen = add_working_days(day("2026-05-01"), 3, liberation_day="every_year", good_friday_off=True)
    sentence = convention_sentence(chosen.convention)
    assert chosen.day == day("2026-05-07")
    assert "Bevrijdingsdag is elk jaar vrij" in sentence
    assert "Goede Vrijdag is vrij" in sentence
    assert "Liberation Day is off every year" in convention_sentence(chosen.convention, "en")


@pytest.mark.parametrize("key", ["", "fortnight", "working_days/sometimes/good_friday_off"])
def test_an_unknown_convention_is_refused(key: str) -> None:
    with pytest.raises(KeyError):
        convention_sentence(key)


# Worked out by other means


def easter(year: int) -> dt.date:
    """Easter Sunday by Gauss, with the exceptions of the Gregorian calendar."""
    century = year // 100
    moon = (15 + century - century // 4 - (8 * century + 13) // 25) % 30
    sunday = (4 + century - century // 4) % 7
    full = (19 * (year % 19) + moon) % 30
    rest = (2 * (year % 4) + 4 * (year % 7) + 6 * full + sunday) % 7
    if full == 29 and rest == 6:
        return dt.date(year, 4, 19)
    if full == 28 and rest == 6 and (11 * moon + 11) % 30 < 19:
        return dt.date(year, 4, 18)
    return dt.date(year, 3, 22) + dt.timedelta(days=full + rest)


def works(on: dt.date, liberation_day: str, good_friday_off: bool) -> bool:
    away = (on - easter(on.year)).days
    if on.isoweekday() > 5 or away in (1, 39, 50) or (away == -2 and good_friday_off):
        return False
    if (on.month, on.day) in ((1, 1), (12, 25), (12, 26)):
        return False
    if (on.month, on.day) == (5, 5):
        return not (liberation_day == "every_year" or (liberation_day == "lustrum" and on.year % 5 == 0))
    birthday = dt.date(on.year, 4, 27) if on.year >= 2014 else dt.date(on.year, 4, 30)
    return on != (birthday if birthday.isoweekday() != 7 else birthday - dt.timedelta(days=1))


@settings(max_examples=3000)
@given(start=CALENDAR_DAY, amount=st.integers(min_value=-60, max_value=60), liberation=LIBERATION, friday=st.booleans())
def test_working_days_agree_with_a_calendar_worked_out_here(
    start: dt.date, amount: int, liberation: LiberationDay, friday: bool
) -> None:
    there, left = start, abs(amount)
    while left:
        there += dt.timedelta(days=1 if amount > 0 else -1)
        left -= works(there, liberation, friday)
    assert add_working_days(start, amount, liberation_day=liberation, good_friday_off=friday).day == there


@settings(max_examples=1500)
@given(on=CALENDAR_DAY, liberation=LIBERATION, friday=st.booleans())
def test_a_week_around_any_day_works_as_worked_out_here(on: dt.date, liberation: LiberationDay, friday: bool) -> None:
    for step in range(-3, 4):
        there = on + dt.timedelta(days=step)
        told = is_working_day(there, liberation_day=liberation, good_friday_off=friday)
        assert told == works(there, liberation, friday)


@settings(max_examples=2000)
@given(start=ANY_DAY, months=st.integers(min_value=-600, max_value=600))
def test_months_are_walked_one_by_one(start: dt.date, months: int) -> None:
    month = start.replace(day=1)
    for _ in range(abs(months)):
        month = (month + dt.timedelta(days=31) if months > 0 else month - dt.timedelta(days=1)).replace(day=1)
    there = month
    while there.day < start.day and (there + dt.timedelta(days=1)).month == month.month:
        there += dt.timedelta(days=1)
    expected = "months" if there.day == start.day else "months_clipped"
    assert add_months(start, months) == CountedDay(there, expected)


@settings(max_examples=1000)
@given(start=ANY_DAY, amount=st.integers(min_value=-2000, max_value=2000))
def test_days_and_weeks_agree_with_the_day_number(start: dt.date, amount: int) -> None:
    assert add_days(start, amount).day.toordinal() == start.toordinal() + amount
    assert add_weeks(start, amount).day.toordinal() == start.toordinal() + 7 * amount
    assert days_between(start, add_days(start, amount).day) == amount


@settings(max_examples=1000)
@given(start=ANY_DAY)
def test_firsts_and_lasts_stand_beside_the_day(start: dt.date) -> None:
    first, following = first_of_month(start).day, first_of_next_month(start).day
    assert first <= start < following
    assert first.day == following.day == 1
    assert 28 <= (following - first).days <= 31
    assert last_day_of_month_before(start).day == first - dt.timedelta(days=1)
    assert last_day_before(following).day.month == start.month


def test_the_holidays_are_loaded_only_when_working_days_are_counted() -> None:
    program = (
        "import sys, datetime as dt, knowledge.day_counts as counts, knowledge.dates\n"
        "counts.add_months(dt.date(2026, 1, 31), 1)\n"
        "assert 'holidays' not in sys.modules\n"
        "counts.add_working_days(dt.date(2026, 1, 31), 1)\n"
        "assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
