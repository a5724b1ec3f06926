"""Edges of running a rule: what cards that hold together never do is an error, never a guess."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from knowledge.rules import logic
from knowledge.rules import run as runs
from knowledge.rules.card import ConditionsRule, Criterion
from knowledge.rules.logic import LEAST_GAP
from knowledge.rules.outcome import as_kind
from tests.knowledge.rules.making import SPECS, TODAY, criterion, parameter, proven, rule, run, said

NEEDS = {"met": said("ja"), "not_met": said("nee")}
CONTACT = rule("contact", what=said("vragen"), parameters={"address": parameter("a@b.example", "address")})


@pytest.mark.parametrize("unit", ["fte", "address"])
def test_a_deadline_of_what_is_no_day(unit: str) -> None:
    written = rule("deadline", what=said("tekenen"), bound="by", parameters={"date": parameter("3", unit)})
    with pytest.raises(TypeError, match="is no date"):
        run(written)


def test_a_rule_given_to_the_runner_of_another_kind() -> None:
    with pytest.raises(TypeError, match="regel is no ConditionsRule"):
        as_kind(proven(CONTACT), ConditionsRule)


@pytest.mark.parametrize("given", [True, "zbc"])
def test_what_is_no_amount_and_no_day_has_no_distance(given: Any) -> None:
    """It is refused before; were it not, no distance would be made up."""
    values = proven(rule("conditions", **NEEDS, parameters={"least": parameter(3, "fte")},
                         needs=criterion("fte", at_least="least"))).values  # fmt: skip
    need = Criterion.model_validate(criterion("fte", at_least="least"))
    assert logic._distance(need, given, values) is None
    with pytest.raises(TypeError, match="wanted an amount"):
        logic.judge_criterion(need, {"fte": given}, proven(CONTACT).model_copy(update={"values": values}), SPECS)


@pytest.mark.parametrize("day", [dt.date(2027, 2, 28), dt.date(2028, 2, 29)])
def test_a_day_without_a_year_comes_back_every_year(day: dt.date) -> None:
    written = rule(
        "deadline", what=said("verhuizing"), bound="before", on="ontvangen",
        parameters={"date": parameter("2026-03-01", "date")},
    )  # fmt: skip
    made = proven(written)
    value = made.values["date"].model_copy(update={"unit": "month_day"})
    result = runs.run_rule(made.model_copy(update={"values": {"date": value}}), {"ontvangen": day}, TODAY, SPECS)
    assert (result.verdict, result.value) == ("met", f"{day.year}-03-01")


def test_a_leap_day_comes_back_too() -> None:
    written = rule(
        "deadline", what=said("a"), bound="by", on="ontvangen", parameters={"date": parameter("2028-02-29", "date")}
    )
    made = proven(written)
    value = made.values["date"].model_copy(update={"unit": "month_day"})
    again = made.model_copy(update={"values": {"date": value}})
    assert runs.run_rule(again, {"ontvangen": dt.date(2027, 2, 1)}, TODAY, SPECS).verdict == "met"


def distance_of(gap: Decimal) -> str | None:
    written = rule(
        "conditions", **NEEDS, parameters={"least": parameter(3, "fte")}, needs=criterion("fte", at_least="least")
    )
    distance = run(written, {"fte": 3 + gap}).criteria[0].distance
    return distance.nl if distance else None


@pytest.mark.parametrize(
    ("gap", "nl"),
    [
        (Decimal(0), "precies op de grens"),
        (2 * LEAST_GAP, "0,002 fte meer dan de grens"),
        (-2 * LEAST_GAP, "0,002 fte minder dan de grens"),
    ],
)
def test_how_far_is_told_of_more_than_the_least_gap(gap: Decimal, nl: str) -> None:
    assert distance_of(gap) == nl


@pytest.mark.parametrize(("gap", "nl"), [(LEAST_GAP, "meer dan de grens"), (-LEAST_GAP, "minder dan de grens")])
def test_how_far_is_not_told_of_the_least_gap(gap: Decimal, nl: str) -> None:
    """'meer dan 3 fte' is a little more than 3, and nobody said how much."""
    assert distance_of(gap) == nl


@pytest.mark.parametrize("own", [None, said("Dit is voor grote praktijken.")])
def test_why_a_rule_is_not_for_the_asker_is_told_in_the_words_of_the_card(own: dict[str, str] | None) -> None:
    gate = criterion("iso", **{"is": True}) | ({"not_met": own} if own else {})
    written = rule("conditions", **NEEDS, applies=gate, needs=criterion("hkz", **{"is": True}))
    told = run(written, {"iso": False}).sentence
    assert told.nl == (own["nl"] if own else "Dit geldt niet voor u: iso is nodig.")
    assert told.en == (own["en"] if own else "This does not apply to you: iso is nodig (en).")


def test_the_last_of_several_outcomes_is_for_all_others() -> None:
    cases = [
        {"when": criterion("iso", **{"is": True}), "value": said("maatwerk"), "proof": {"sections": ["1"]}},
        {"value": said("standaard"), "proof": {"sections": ["1"]}},
    ]
    written = rule("choice", what=said("het contract"), cases=cases)
    assert run(written).sentence.nl == "Het contract: maatwerk (iso); standaard (anders)."
    assert run(written).sentence.en.endswith("standaard (en) (otherwise).")
    assert run(written, {"iso": False}).value == "standaard"
