"""Days counted from an event: every unit of time, on and back, and how it was counted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import day_counts
from knowledge.day_counts import CountedDay
from knowledge.rules.card import Unit
from knowledge.rules.proven import ProvenValue, Spot
from knowledge.rules.terms import count_on, earliest_event, latest_event
from tests.knowledge.rules.making import SPECS

D = dt.date
EVENT = SPECS["ontvangen"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year", "working_day")


def term(amount: int | str, unit: Unit) -> ProvenValue:
    return ProvenValue(unit=unit, spot=Spot(passage_id="p1", start=0, end=5), number=Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "unit", "event", "on", "back"),
    [
        (0, "day", D(2026, 5, 1), D(2026, 5, 1), D(2026, 5, 1)),
        (1, "day", D(2026, 12, 31), D(2027, 1, 1), D(2026, 12, 30)),
        (30, "day", D(2026, 1, 31), D(2026, 3, 2), D(2026, 1, 1)),
        (2, "week", D(2026, 12, 24), D(2027, 1, 7), D(2026, 12, 10)),
        (1, "month", D(2026, 3, 31), D(2026, 4, 30), D(2026, 2, 28)),
        (1, "month", D(2024, 3, 31), D(2024, 4, 30), D(2024, 2, 29)),
        (12, "month", D(2026, 5, 1), D(2027, 5, 1), D(2025, 5, 1)),
        (1, "year", D(2024, 2, 29), D(2025, 2, 28), D(2023, 2, 28)),
        (1, "working_day", D(2026, 5, 1), D(2026, 5, 4), D(2026, 4, 30)),
        (5, "working_day", D(2026, 4, 2), D(2026, 4, 10), D(2026, 3, 26)),
    ],
)
def test_on_and_back(amount: int, unit: Unit, event: dt.date, on: dt.date, back: dt.date) -> None:
    """Month ends are clipped, weekends and holidays are no working days; the day of the event does not count."""
    assert count_on(event, term(amount, unit), EVENT).day == on
    assert count_on(event, term(amount, unit), EVENT, backwards=True).day == back


def test_the_steps_tell_the_count_and_the_convention() -> None:
    first, second = count_on(D(2026, 5, 1), term(2, "week"), EVENT).steps
    assert first.nl == "2 weken na vrijdag 1 mei 2026 (ontvangen) is vrijdag 15 mei 2026"
    assert first.en == "2 weeks after Friday 1 May 2026 (ontvangen (en)) is Friday 15 May 2026"
    assert "weken van zeven dagen" in second.nl
    back = count_on(D(2026, 5, 15), term(2, "week"), EVENT, backwards=True).steps[0]
    assert back.nl == "2 weken vóór vrijdag 15 mei 2026 (ontvangen) is vrijdag 1 mei 2026"
    assert back.en.startswith("2 weeks before Friday 15 May 2026")


def test_a_count_without_a_convention_tells_no_more_than_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """No count of today's is such a one."""
    monkeypatch.setitem(day_counts._ADD, "day", lambda day, amount: CountedDay(day + dt.timedelta(days=amount), ""))
    counted = count_on(D(2026, 5, 1), term(1, "day"), EVENT)
    assert (counted.day, len(counted.steps)) == (D(2026, 5, 2), 1)


@pytest.mark.parametrize("unit", ["fte", "eur", "hour", "date"])
def test_a_unit_that_is_no_time_is_an_error(unit: Unit) -> None:
    with pytest.raises(KeyError):
        count_on(D(2026, 5, 1), term(1, unit), EVENT)


@given(st.dates(D(2020, 1, 1), D(2030, 12, 31)), st.integers(1, 60), st.sampled_from(UNITS))
def test_a_longer_term_ends_no_earlier(event: dt.date, amount: int, unit: Unit) -> None:
    shorter, longer = (count_on(event, term(each, unit), EVENT).day for each in (amount, amount + 1))
    assert event < shorter < longer
    assert count_on(event, term(amount, unit), EVENT, backwards=True).day < event


@pytest.mark.parametrize(
    ("amount", "unit", "end", "latest", "earliest"),
    [
        (4, "week", D(2026, 12, 4), D(2026, 11, 6), D(2026, 11, 6)),
        (5, "working_day", D(2025, 10, 23), D(2025, 10, 16), D(2025, 10, 16)),
        (1, "working_day", D(2026, 6, 15), D(2026, 6, 14), D(2026, 6, 12)),
        (1, "working_day", D(2026, 6, 13), D(2026, 6, 11), D(2026, 6, 12)),
        (1, "month", D(2026, 2, 28), D(2026, 1, 31), D(2026, 1, 28)),
        (1, "month", D(2026, 3, 31), D(2026, 2, 28), D(2026, 3, 1)),
        (1, "year", D(2025, 2, 28), D(2024, 2, 29), D(2024, 2, 28)),
    ],
)
def test_the_day_of_an_event_is_counted_back_from_the_end_of_its_term(
    amount: int, unit: Unit, end: dt.date, latest: dt.date, earliest: dt.date
) -> None:
    """Where several days end on the same one, or none ends on that one, the last and the first differ."""
    assert latest_event(end, term(amount, unit)) == latest
    assert earliest_event(end, term(amount, unit)) == earliest


@given(st.dates(D(2020, 1, 1), D(2030, 12, 31)), st.integers(0, 60), st.sampled_from(UNITS))
def test_no_later_event_ends_in_time_and_no_earlier_one_lasts(end: dt.date, amount: int, unit: Unit) -> None:
    def ends(event: dt.date) -> dt.date:
        return count_on(event, term(amount, unit), EVENT).day

    one, latest, earliest = (
        dt.timedelta(days=1),
        latest_event(end, term(amount, unit)),
        earliest_event(end, term(amount, unit)),
    )
    assert ends(latest) <= end < ends(latest + one)
    assert ends(earliest - one) < end <= ends(earliest)
