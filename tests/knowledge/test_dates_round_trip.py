"""Days written out in every way and read back, and the year that is concluded, against a plain walk over the days."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.dates import MONTH_NAMES_EN, MONTH_NAMES_NL, find_dates, spell_day, spell_day_long
from tests.knowledge.test_dates_in_prose import SUNDAY, read

DAYS = st.dates(min_value=dt.date(1910, 1, 1), max_value=dt.date(2190, 12, 31))


def notations(day: dt.date) -> list[str]:
    """Every way to write a day with its year."""
    d, m, y = day.day, day.month, day.year
    dutch, english = MONTH_NAMES_NL[m], MONTH_NAMES_EN[m]
    short = {"maart": "mrt"}.get(dutch, dutch[:3])
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(d % 10 if d not in (11, 12, 13) else 0, "th")
    written = [
        f"{d} {dutch} {y}", f"{d:02d} {dutch.upper()} {y}", f"{d}e {dutch} {y}", f"{d} {short} {y}",
        f"{d} {short}. {y}", f"{d} {english} {y}", f"{english} {d}, {y}", f"{english} {d} {y}",
        f"{english[:3]} {d}, {y}", f"{d}{suffix} of {english} {y}", f"{english} {d}{suffix}, {y}", day.isoformat(),
        f"{d}-{m}-{y}", f"{d:02d}-{m:02d}-{y}", f"{d:02d}/{m:02d}/{y}", f"{d}.{m}.{y}", spell_day_long(day),
        spell_day_long(day, "en"),
    ]  # fmt: skip
    if 2020 <= y <= 2039:
        written += [f"{d}-{m}-'{y % 100}", f"{d}-{m}-{y % 100}", f"{d} {dutch} '{y % 100}", f"{d} {short} {y % 100}"]
    return written


def written_without_a_year(day: dt.date) -> list[str]:
    d, m = day.day, day.month
    return [
        f"{d} {MONTH_NAMES_NL[m]}", f"{d} {MONTH_NAMES_EN[m]}", f"{MONTH_NAMES_EN[m]} {d}", f"{d}e {MONTH_NAMES_NL[m]}",
        f"op {d}-{m}", f"{d:02d}-{m:02d}", f"per {d}/{m}",
    ]  # fmt: skip


def nearest(month: int, day: int, today: dt.date) -> dt.date | None:
    """The nearest such day, by walking away from today, ahead first."""
    for away in range(184):
        for step in (away, -away):
            there = today + dt.timedelta(days=step)
            if (there.month, there.day) == (month, day):
                return there
    return None


@settings(max_examples=1500)
@given(day=DAYS, today=DAYS)
def test_every_notation_of_a_day_means_that_day_on_whatever_day_it_is_read(day: dt.date, today: dt.date) -> None:
    for written in notations(day):
        assert read(written, today) == [(written, day.isoformat())]


@settings(max_examples=1500)
@given(day=st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2039, 12, 31)), today=DAYS)
def test_a_short_year_is_one_of_this_century(day: dt.date, today: dt.date) -> None:
    for written in notations(day):
        assert [meaning for _, meaning in read(f"Dat was {written}?", today)] == [day.isoformat()]


@settings(max_examples=2500)
@given(day=DAYS, today=DAYS)
def test_a_day_without_a_year_is_the_nearest_one(day: dt.date, today: dt.date) -> None:
    expected = nearest(day.month, day.day, today)
    for written in written_without_a_year(day):
        if "24/7" in written:  # always, not in July
            continue
        found = [(date.first, date.last, date.assumed_year) for date, _, _ in find_dates(written, today=today)]
        assert found == ([(expected, expected, True)] if expected else [])


@settings(max_examples=1000)
@given(day=DAYS, today=DAYS)
def test_a_weekday_beside_a_day_agrees_with_it_where_a_year_nearby_does(day: dt.date, today: dt.date) -> None:
    written = spell_day_long(day).rsplit(" ", 1)[0]
    near = {
        there
        for year in range(today.year - 3, today.year + 4)
        for there in [dt.date(year, 3, 1) - dt.timedelta(days=1) if (day.month, day.day) == (2, 29) else None]
        for there in [there or dt.date(year, day.month, day.day)]
        if (there.month, there.day, there.weekday()) == (day.month, day.day, day.weekday())
    }
    expected = min(near, key=lambda each: (abs(each - today), each <= today), default=None)
    expected = expected or nearest(day.month, day.day, today)
    assert [date.first for date, _, _ in find_dates(written, today=today)] == ([expected] if expected else [])


@settings(max_examples=1000)
@given(first=DAYS, length=st.integers(min_value=1, max_value=400), today=DAYS)
def test_two_ends_make_a_period(first: dt.date, length: int, today: dt.date) -> None:
    last = first + dt.timedelta(days=length)
    for template in ("van {} t/m {}", "tussen {} en {}", "{} tot en met {}", "from {} until {}", "{} - {}"):
        written = template.format(spell_day(first), spell_day(last))
        assert read(written, today) == [(written, f"{first}..{last}")]
    written = f"van {spell_day(first)} tot {spell_day(last + dt.timedelta(days=1))}"
    assert read(written, today) == [(written, f"{first}..{last}")]


@settings(max_examples=1000)
@given(today=DAYS, amount=st.integers(min_value=0, max_value=300))
def test_days_and_weeks_are_counted_one_by_one(today: dt.date, amount: int) -> None:
    days = [today + dt.timedelta(days=step) for step in range(-7 * amount, 7 * amount + 1)]
    for written, index in (
        (f"{amount} weken geleden", 0),
        (f"over {amount} weken", -1),
        (f"{amount} days ago", 6 * amount),
        (f"in {amount} days", 8 * amount),
    ):
        assert read(written, today) == [(written, days[index].isoformat())]


@settings(max_examples=1500)
@given(
    st.lists(
        st.sampled_from(
            ["uiterlijk", "per", "eind", "half", "0", "1", "31", "99", "mei", "may", "feb", "2031", "'99", "Q1",
             "derde", "kwartaal", "van", "1-1", "1-1-0000", "t/m", "tussen", "en", "-", "/", ".", "vorig", "jaar",
             "volgende", "week", "vrijdag", "geleden", "over", "twee", "weken", "jl.", "a.s.", "gisteren", "rond",
             "maandag", "29"]
        ),
        max_size=9,
    ),
    st.sampled_from([None, 1, 2031, 9999]),
    st.sampled_from([dt.date.min, SUNDAY, dt.date.max]),
)  # fmt: skip
def test_any_row_of_date_words_is_read_without_an_error_and_without_overlap(
    words: list[str], year: int | None, today: dt.date
) -> None:
    text = " ".join(words)
    read(text, today, year)
    ends = [0]
    for _, start, end in find_dates(text, today=today, year=year):
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
