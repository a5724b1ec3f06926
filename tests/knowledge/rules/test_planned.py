"""What a policy plans: its deadline rules and the rows of its tables, each once, earliest first."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from knowledge.records import DateValue, Fact, PolicyText, Span
from knowledge.rules.planned import Planned, planned_dates
from knowledge.rules.proven import PolicyRules, ProvenRule
from tests.fakes import policy_text
from tests.knowledge.rules.making import parameter, proven, rule, said

POLICY = "noord-zorg-2026"
DAY = dt.date(2026, 11, 7)


def row(number: int, *days: dt.date, kind: str = "deadline", **fields: Any) -> Fact:
    dates = tuple(DateValue(kind="exact", first=day, last=day, text=day.isoformat()) for day in days)
    plain = {
        "id": f"{POLICY}:f{number:03}", "policy_id": POLICY, "kind": kind, "topic": f"Stap {number}", "value": "-",
        "dates": dates, "passage_id": "p9", "spans": (Span(start=20, end=30), Span(start=4, end=9)),
    }  # fmt: skip
    return Fact.model_validate(plain | fields)


def text(*facts: Fact) -> PolicyText:
    return policy_text(POLICY, [("Planning", ["Zie de tabel."])]).model_copy(update={"facts": facts})


def deadline(value: str, rule_id: str = "tekenen", **fields: Any) -> ProvenRule:
    parameters = {"date": parameter(value, "date"), "least": parameter(3, "fte")}
    written = rule("deadline", what=said("tekenen met {least}"), bound="by", parameters=parameters, **fields)
    return proven({**written, "id": rule_id})


def rules(*made: ProvenRule) -> PolicyRules:
    return PolicyRules(policy_id=POLICY, proven=made)


def ids(planned: tuple[Planned, ...]) -> list[str]:
    return [each.id.removeprefix(POLICY) for each in planned]


def test_a_policy_that_plans_nothing() -> None:
    contact = proven(rule("contact", what=said("a"), parameters={"address": parameter("a@b.example", "address")}))
    assert planned_dates(text(), rules()) == ()
    assert planned_dates(text(row(1, DAY, kind="contact"), row(2)), rules(contact)) == ()


def test_a_deadline_rule_is_told_with_its_values_filled_in() -> None:
    made = deadline("2026-11-07", own=False)
    (planned,) = planned_dates(text(), rules(made))
    assert (planned.id, planned.policy_id, planned.rule) == (f"{POLICY}.tekenen", POLICY, "tekenen")
    assert (planned.what.nl, planned.what.en) == ("tekenen met 3 fte", "tekenen met 3 FTE (en)")
    assert (planned.date.first, planned.bound, planned.own, planned.for_whom) == (DAY, "by", False, None)
    assert planned.spot == made.values["date"].spot


def test_a_row_is_told_in_its_own_words() -> None:
    (planned,) = planned_dates(text(row(1, DAY, for_whom="praktijken")), rules())
    assert (planned.what.nl, planned.what.en, planned.for_whom) == ("Stap 1", "Stap 1", "praktijken")
    assert (planned.own, planned.rule) == (None, None)
    assert (planned.spot.passage_id, planned.spot.start, planned.spot.end) == ("p9", 4, 30)


@pytest.mark.parametrize("said_of_it", get_args(DateValue.model_fields["bound"].annotation))
def test_every_bound_of_a_row_is_known(said_of_it: str) -> None:
    """'na 7 november' begins then, as 'vanaf' does."""
    date = DateValue(kind="exact", first=DAY, last=DAY, bound=said_of_it, text="-")
    (planned,) = planned_dates(text(row(1, dates=(date,))), rules())
    assert planned.bound == ("from" if said_of_it == "after" else said_of_it)


def test_every_date_of_a_row_is_told_under_a_name_of_its_own() -> None:
    planned = planned_dates(text(row(1, DAY, dt.date(2026, 11, 1), dt.date(2026, 12, 1))), rules())
    assert ids(planned) == [":f001-2", ":f001", ":f001-3"]


@pytest.mark.parametrize(
    ("passage_id", "day", "shown"),
    [
        ("p1", DAY, [".tekenen"]),
        ("p9", DAY, [".tekenen", ":f001"]),
        ("p1", DAY + dt.timedelta(days=1), [".tekenen", ":f001"]),
    ],
)
def test_a_row_that_a_rule_rests_on_is_told_once(passage_id: str, day: dt.date, shown: list[str]) -> None:
    """The same day in the same passage; another day, or the day in another passage, is told as well."""
    planned = planned_dates(text(row(1, day, passage_id=passage_id)), rules(deadline("2026-11-07")))
    assert ids(planned) == shown


def test_the_earliest_comes_first_and_of_one_day_the_first_by_name() -> None:
    made = rules(
        deadline("2026-11-07", "zes"),
        deadline("2026-11-07", "acht"),
        deadline("eind augustus 2026", "nul"),
        deadline("2026-08-30", "een"),
    )
    planned = planned_dates(text(row(1, dt.date(2026, 9, 1))), made)
    assert ids(planned) == [".een", ".nul", ":f001", ".acht", ".zes"]


def test_a_rule_whose_value_is_no_day_plans_nothing() -> None:
    made = deadline("2026-11-07")
    other = made.model_copy(update={"values": {**made.values, "date": made.values["least"]}})
    assert planned_dates(text(), rules(other)) == ()
