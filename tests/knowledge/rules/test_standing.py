"""How a day stands to a date: the day before it, the day itself and the day after, for every bound."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import find_dates
from knowledge.records import DateValue
from knowledge.rules.standing import Bound, Standing, exact_date, stand

DAY = dt.date(2026, 5, 1)
BEFORE, AFTER = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
EVE = BEFORE - dt.timedelta(days=1)


def date(text: str) -> DateValue:
    return next(found for found, _, _ in find_dates(text))


def test_a_computed_day_is_an_exact_date() -> None:
    made = exact_date(DAY)
    assert (made.kind, made.first, made.last, made.text) == ("exact", DAY, DAY, "2026-05-01")


@pytest.mark.parametrize(
    ("bound", "nl", "en"),
    [
        ("by", "uiterlijk vrijdag 1 mei 2026", "by Friday 1 May 2026"),
        (
            "before",
            "vóór vrijdag 1 mei 2026, dus uiterlijk donderdag 30 april 2026",
            "before Friday 1 May 2026, so Thursday 30 April 2026 at the latest",
        ),
        ("from", "vanaf vrijdag 1 mei 2026", "from Friday 1 May 2026"),
        ("on", "vrijdag 1 mei 2026", "Friday 1 May 2026"),
    ],
)
@pytest.mark.parametrize("is_own", [True, False])
def test_the_date_in_words(bound: Bound, nl: str, en: str, is_own: bool) -> None:
    told = stand(exact_date(DAY), bound, DAY, is_own=is_own).told
    assert (told.nl, told.en) == (nl, en)


OWN = [
    ("by", BEFORE, True, "U bent nog op tijd: u heeft nog 1 dag.", "1 day left"),
    ("by", EVE, True, "U bent nog op tijd: u heeft nog 2 dagen.", "2 days left"),
    ("by", DAY, True, "vandaag is de laatste dag", "today is the last day"),
    ("by", AFTER, False, "U bent te laat: deze datum is 1 dag voorbij.", "passed 1 day ago"),
    ("on", DAY, True, "vandaag is de laatste dag", "today is the last day"),
    ("on", AFTER, False, "U bent te laat", "too late"),
    ("before", EVE, True, "u heeft nog 1 dag", "1 day left"),
    ("before", BEFORE, True, "vandaag is de laatste dag", "today is the last day"),
    ("before", DAY, False, "1 dag voorbij", "1 day ago"),
    ("before", AFTER, False, "2 dagen voorbij", "2 days ago"),
    ("from", BEFORE, False, "Dat is over 1 dag", "That is in 1 day"),
    ("from", DAY, True, "Dat is vandaag.", "That is today."),
    ("from", AFTER, True, "Dat was 1 dag geleden", "That was 1 day ago"),
]
PLANNED = [
    ("by", BEFORE, True, "Dat is over 1 dag", "That is in 1 day"),
    ("by", DAY, True, "Dat is vandaag.", "That is today."),
    ("by", AFTER, False, "Dat was 1 dag geleden", "That was 1 day ago"),
    ("before", DAY, True, "Dat is vandaag.", "That is today."),
    ("before", AFTER, False, "Dat was 1 dag geleden", "1 day ago"),
    ("on", EVE, True, "Dat is over 2 dagen", "in 2 days"),
    ("from", BEFORE, False, "Dat is over 1 dag", "in 1 day"),
    ("from", AFTER, True, "Dat was 1 dag geleden", "1 day ago"),
]


@pytest.mark.parametrize(("bound", "today", "is_open", "nl", "en"), OWN)
def test_what_the_asker_must_do(bound: Bound, today: dt.date, is_open: bool, nl: str, en: str) -> None:
    check(stand(exact_date(DAY), bound, today), is_open, nl, en)


@pytest.mark.parametrize(("bound", "today", "is_open", "nl", "en"), PLANNED)
def test_what_the_insurer_plans(bound: Bound, today: dt.date, is_open: bool, nl: str, en: str) -> None:
    check(stand(exact_date(DAY), bound, today, is_own=False), is_open, nl, en)


@pytest.mark.parametrize(
    ("bound", "on", "is_open", "nl", "en"),
    [
        ("by", DAY, True, "Vrijdag 1 mei 2026 is dus op tijd.", "Friday 1 May 2026 is in time."),
        ("by", AFTER, False, "Zaterdag 2 mei 2026 is dus te laat, niet op tijd.", "is too late, not in time."),
        ("before", BEFORE, True, "Donderdag 30 april 2026 is dus op tijd.", "is in time."),
        ("before", DAY, False, "is dus te laat", "too late"),
    ],
)
@pytest.mark.parametrize("today", [dt.date(2020, 1, 1), dt.date(2030, 1, 1)])
def test_the_day_on_which_the_asker_acts_goes_before_today(
    bound: Bound, on: dt.date, is_open: bool, nl: str, en: str, today: dt.date
) -> None:
    check(stand(exact_date(DAY), bound, today, on=on), is_open, nl, en)


@pytest.mark.parametrize("day", [BEFORE, DAY, AFTER])
def test_who_acts_today_is_told_what_today_is(day: dt.date) -> None:
    assert stand(exact_date(DAY), "by", day, on=day) == stand(exact_date(DAY), "by", day)


@pytest.mark.parametrize("bound", ["by", "before", "from", "on"])
@pytest.mark.parametrize(
    ("text", "today", "is_open", "nl"),
    [
        ("eind augustus 2025", dt.date(2025, 8, 20), True, "Dat moet nog komen."),
        ("eind augustus 2025", dt.date(2025, 8, 21), None, "Dat is nu: een precieze dag noemt het beleid niet."),
        ("eind augustus 2025", dt.date(2025, 8, 31), None, "Dat is nu"),
        ("eind augustus 2025", dt.date(2025, 9, 1), False, "Dat is voorbij."),
        ("september 2025", dt.date(2025, 8, 31), True, "Dat moet nog komen."),
        ("september 2025", dt.date(2025, 9, 1), None, "Dat is nu"),
        ("september 2025", dt.date(2025, 10, 1), False, "Dat is voorbij."),
    ],
)
def test_a_stretch(bound: Bound, text: str, today: dt.date, is_open: bool | None, nl: str) -> None:
    """No days are counted to it, whoever must act, and it is told as the policy words it."""
    for is_own in (True, False):
        standing = stand(date(text), bound, today, is_own=is_own)
        check(standing, is_open, nl, "That is")
        assert standing.told.nl.endswith(text)
        assert "dus uiterlijk" not in standing.told.nl


def check(standing: Standing, is_open: bool | None, nl: str, en: str) -> None:
    assert standing.is_open is is_open
    assert nl in standing.sentence.nl
    assert en in standing.sentence.en


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_before_a_day_is_by_the_day_before_it(day: dt.date, today: dt.date) -> None:
    before = stand(exact_date(day), "before", today)
    by = stand(exact_date(day - dt.timedelta(days=1)), "by", today)
    assert (before.is_open, before.sentence) == (by.is_open, by.sentence)
