"""Whether a contract holds for a time is told by its first day."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.covered import covers
from knowledge.rules.result import RuleResult
from tests.knowledge.rules.making import parameter, proven, rule, run, said

TODAY = dt.date(2026, 6, 15)


def start(month: str = "following") -> dict[str, object]:
    return rule("contract_start", month=month, parameters={"first_day": parameter("2026-01-01", "date")})


@pytest.mark.parametrize(
    ("part", "is_covered"),
    [
        ("Telt mei dan nog mee?", False),
        ("Dekt het mei en juni ook?", False),
        ("Telt juli al mee?", True),
        ("Dekt het juni en juli?", None),
        ("Kan het met terugwerkende kracht?", False),
        ("Could it be backdated?", False),
        ("Als we op 12 juni aanvragen, dekt het mei dan ook?", False),
        ("Dekt het alles?", None),
    ],
)
def test_the_times_that_are_named_are_held_against_the_first_day(part: str, is_covered: bool | None) -> None:
    """Applied on 12 June, so that the contract starts on 1 July."""
    result = run(start(), {"application_date": dt.date(2026, 6, 12)})
    assert covers(proven(start()), result, part, TODAY) is is_covered


@pytest.mark.parametrize(("part", "is_covered"), [("Telt juni nog mee?", True), ("Met terugwerkende kracht?", None)])
def test_a_contract_from_the_same_month_holds_for_it(part: str, is_covered: bool | None) -> None:
    """Its first day lies before the application: that nothing is backdated cannot be said."""
    result = run(start("same"), {"application_date": dt.date(2026, 6, 12)})
    assert covers(proven(start("same")), result, part, TODAY) is is_covered


@pytest.mark.parametrize("facts", [{}, {"desired_start": dt.date(2026, 8, 1)}])
def test_where_no_start_was_counted_nothing_is_said(facts: dict[str, dt.date]) -> None:
    result: RuleResult = run(start(), facts)
    assert covers(proven(start()), result, "Telt mei nog mee?", TODAY) is None


def test_another_rule_covers_nothing() -> None:
    term = rule("term", what=said("a"), after="application_date", parameters={"term": parameter(5, "day")})
    result = run(term, {"application_date": dt.date(2026, 6, 12)})
    assert covers(proven(term), result, "Telt mei nog mee?", TODAY) is None
