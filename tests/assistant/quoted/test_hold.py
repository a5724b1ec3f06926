"""Sentences held against questions: right or silent, never wrong; and the arithmetic, for whatever amounts and days."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect_language
from assistant.quoted.reading import hold
from assistant.quoted.told import Told
from assistant.ranges import range_of
from knowledge.quantity_words import Bound
from knowledge.rules.logic import AMOUNT_TESTS
from tests.assistant.quoted.rows import ROWS, TODAY

AMOUNTS = st.decimals(min_value=0, max_value=10**7, places=2)
BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "more_than", "less_than", "exactly")


def outcome_of(sentence: str, question: str) -> str | None:
    held = hold(sentence, Told(question, TODAY, detect_language(question)))
    if held is None:
        return None
    return held.outcome or (held.day.isoformat() if held.day else None)


@pytest.mark.parametrize(("sentence", "question", "outcome"), ROWS)
def test_a_sentence_held_against_a_question(sentence: str, question: str, outcome: str | None) -> None:
    assert outcome_of(sentence, question) == outcome


def test_there_are_rows_that_must_be_left_open() -> None:
    assert len(ROWS) >= 150
    assert sum(outcome is None for _, _, outcome in ROWS) >= 50


@given(AMOUNTS, AMOUNTS)
def test_at_least_is_not_less_than_and_at_most_is_not_more_than(limit: Decimal, value: Decimal) -> None:
    holds = {name: test(value, limit) for name, test in AMOUNT_TESTS.items()}
    assert holds["at_least"] != holds["less_than"]
    assert holds["at_most"] != holds["more_than"]
    assert (value == limit) == (holds["at_least"] and holds["at_most"])


@given(AMOUNTS, st.sampled_from(BOUNDS), st.booleans())
def test_a_range_holds_what_its_words_allow(value: Decimal, bound: Bound, approximate: bool) -> None:
    low, high = range_of(value, bound, approximate=approximate)
    if value > 0:
        assert low <= high
    if bound in ("at_least", "at_most") or (bound == "exactly" and value):
        assert low <= value <= high
    if bound in ("more_than", "less_than"):
        assert not low <= value <= high


@given(st.integers(1, 400), st.integers(1, 400))
def test_more_than_so_many_fte_turns_right_behind_the_limit(limit: int, told: int) -> None:
    sentence = f"De regel geldt voor praktijken met meer dan {limit} fte."
    expected = "met" if told > limit else "not_met"
    assert outcome_of(sentence, f"Wij hebben {told} fte. Geldt de regel voor ons?") == expected


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 20))
def test_parts_are_added_up(first: int, second: int, tenths: int) -> None:
    sentence = f"Samen werken de podologen ten minste {tenths // 10},{tenths % 10} fte."
    question = f"Wij hebben twee podologen, de een voor 0,{first} fte en de ander 0,{second} fte. Is dat genoeg?"
    assert outcome_of(sentence, question) == ("met" if first + second >= tenths else "not_met")


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)), st.integers(-40, 40))
def test_the_last_day_is_in_time_and_the_day_before_a_before_is_the_last(limit: dt.date, off: int) -> None:
    told = limit + dt.timedelta(days=off)
    question = f"Wij dienen het plan op {told.day}-{told.month}-{told.year} in. Is dat op tijd?"
    said = f"{limit.day}-{limit.month}-{limit.year}"
    assert outcome_of(f"Het plan is uiterlijk {said} ingediend.", question) == ("met" if off <= 0 else "not_met")
    assert outcome_of(f"Het plan is vóór {said} ingediend.", question) == ("met" if off < 0 else "not_met")


@given(st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31)), st.integers(2, 20))
def test_weeks_are_counted_from_the_day_told(begun: dt.date, weeks: int) -> None:
    sentence = f"De overeenkomst wordt binnen {weeks} weken na ontvangst ondertekend."
    question = (
        f"Wij ontvingen de overeenkomst op {begun.day}-{begun.month}-{begun.year}. Tot wanneer kunnen we tekenen?"
    )
    assert outcome_of(sentence, question) == (begun + dt.timedelta(weeks=weeks)).isoformat()
