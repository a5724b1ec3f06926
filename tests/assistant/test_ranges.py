"""Words that leave an amount open, against every kind of limit: on it, and on either side."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.facts import AskerFact, AskerFacts
from assistant.only_figure import ONLY_MONTH
from assistant.ranges import ABOUT, run_on_ranges
from knowledge.rules.card import FactSpec, FactValue
from knowledge.rules.proven import PolicyRules
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook
from tests.knowledge.rules.making import FACTS, TODAY, criterion, parameter, proven, rule, said

NEEDS = {"met": said("ja"), "not_met": said("nee")}
LIMITS = ("at_least", "more_than", "at_most", "less_than")
YES, NO, OPEN = "met", "not_met", "undecided"


def run(written: dict[str, Any], *facts: AskerFact) -> RuleResult:
    made = proven(written)
    specs = tuple(FactSpec.model_validate(spec) for spec in FACTS)
    book = Rulebook({made.policy_id: PolicyRules(policy_id=made.policy_id, facts=specs, proven=(made,))})
    return run_on_ranges(book, made, AskerFacts(facts), TODAY)


def limit(test: str, value: Any = 100) -> dict[str, Any]:
    return rule(
        "conditions", **NEEDS, parameters={"limit": parameter(value, "fte")}, needs=criterion("fte", **{test: "limit"})
    )


def fte(value: Any, bound: str = "exactly", name: str = "fte", **fields: Any) -> AskerFact:
    return AskerFact(name, Decimal(str(value)), "-", 0, 1, bound=bound, **fields)  # type: ignore[arg-type]


def about(value: Any, name: str = "fte") -> AskerFact:
    return fte(value, name=name, approximate=True)


TABLE = [
    # what is said               at_least more_than at_most less_than
    (fte(100), YES, NO, YES, NO),
    (fte("99.99"), NO, NO, YES, YES),
    (fte("100.01"), YES, YES, NO, NO),
    (fte(100, "at_least"), YES, OPEN, OPEN, NO),
    (fte(99, "at_least"), OPEN, OPEN, OPEN, OPEN),
    (fte(101, "at_least"), YES, YES, NO, NO),
    (fte(100, "at_most"), OPEN, NO, YES, OPEN),
    (fte(99, "at_most"), NO, NO, YES, YES),
    (fte(101, "at_most"), OPEN, OPEN, OPEN, OPEN),
    (fte(99, "more_than"), OPEN, OPEN, OPEN, OPEN),
    (fte(101, "more_than"), YES, YES, NO, NO),
    (fte(99, "less_than"), NO, NO, YES, YES),
    (fte(101, "less_than"), OPEN, OPEN, OPEN, OPEN),
    (about(100), OPEN, OPEN, OPEN, OPEN),
    (about("90.9"), NO, NO, YES, YES),
    (about(91), OPEN, OPEN, OPEN, OPEN),
    (about(111), OPEN, OPEN, OPEN, OPEN),
    (about(112), YES, YES, NO, NO),
]
ON_THE_LIMIT = [
    (fte(100, "more_than"), YES, YES, NO, NO),
    (fte(100, "less_than"), NO, NO, YES, YES),
]


def rows(table: list[Any]) -> list[Any]:
    found = []
    for fact, *verdicts in table:
        words = f"{'about ' if fact.approximate else ''}{fact.bound} {fact.value}"
        found += [
            pytest.param(fact, test, verdict, id=f"{words}, {test} 100")
            for test, verdict in zip(LIMITS, verdicts, strict=True)
        ]
    return found


def check(fact: AskerFact, test: str, verdict: str) -> None:
    result = run(limit(test), fact)
    assert result.verdict == verdict
    assert result.missing == (("fte",) if verdict == OPEN else ())
    assert (result.ask is not None) == (verdict == OPEN)
    assert (result.criteria[0].given is None) == (verdict == OPEN)


@pytest.mark.parametrize(("fact", "test", "verdict"), rows(TABLE))
def test_what_is_said_decides_or_is_asked(fact: AskerFact, test: str, verdict: str) -> None:
    """Both ends of what is meant on one side decide; else it is as if nothing was said."""
    check(fact, test, verdict)


@pytest.mark.parametrize(("fact", "test", "verdict"), rows(ON_THE_LIMIT))
def test_over_and_under_the_very_limit(fact: AskerFact, test: str, verdict: str) -> None:
    check(fact, test, verdict)


def test_nobody_is_told_how_far_he_is_over_a_limit_that_he_only_says_he_is_over() -> None:
    (told,) = run(limit("at_least"), fte(100, "more_than")).criteria
    assert told.distance is not None
    assert told.distance.nl == "meer dan de grens"
    assert told.given is not None
    assert "100,001" not in told.given.nl


@pytest.mark.parametrize(
    ("fact", "verdict"),
    [
        (fte(0, "at_most"), NO),
        (fte(0), NO),
        (about(0), NO),
        (fte(10**12, "at_least"), YES),
    ],
)
def test_the_ends_of_the_scale(fact: AskerFact, verdict: str) -> None:
    assert run(limit("at_least"), fact).verdict == verdict


def test_a_doubtful_amount_decides_nothing() -> None:
    for fact in (fte(500, certainty="doubtful"), fte(500, "at_least", certainty="doubtful")):
        assert run(limit("at_least"), fact).verdict == OPEN


TWO = rule(
    "conditions", **NEEDS, parameters={"people": parameter(100, "fte"), "money": parameter(1000, "eur")},
    needs={"any": [criterion("fte", at_least="people"), criterion("omzet", at_least="money")]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ((about(100), about(1000, "omzet")), OPEN, ("fte", "omzet")),
        ((about(100), fte(1000, name="omzet")), YES, ()),
        ((about(100), fte(999, name="omzet")), OPEN, ("fte",)),
        ((fte(99, "at_most"), fte(999, "at_most", name="omzet")), NO, ()),
        ((fte(100, "at_least"), about(1000, "omzet")), YES, ()),
    ],
)
def test_of_several_amounts_the_open_ones_are_left_out(
    facts: tuple[AskerFact, ...], verdict: str, missing: tuple[str, ...]
) -> None:
    result = run(TWO, *facts)
    assert (result.verdict, result.missing) == (verdict, missing)


def test_an_open_amount_leaves_its_criterion_open_where_the_whole_is_decided() -> None:
    """The verdict stands on the other one; of this one nothing is told that was not said."""
    result = run(TWO, about(100), fte(1000, name="omzet"))
    assert [(each.verdict, each.given is None) for each in result.criteria] == [(OPEN, True), (YES, False)]


@pytest.mark.parametrize("value", [True, "zbc", dt.date(2026, 5, 1)])
def test_what_is_no_amount_has_no_range(value: FactValue) -> None:
    needs = {
        True: criterion("iso", **{"is": True}),
        "zbc": criterion("soort", **{"is": "zbc"}),
        dt.date(2026, 5, 1): criterion("ontvangen", by="day"),
    }[value]  # type: ignore[index]
    written = rule("conditions", **NEEDS, needs=needs, parameters={"day": parameter("2026-05-01", "date")})
    assert run(written, AskerFact(needs["fact"], value, "-", 0, 1, bound="at_least", approximate=True)).verdict == YES


CASES = rule(
    "choice", what=said("het contract"), parameters={"limit": parameter(100, "fte")},
    cases=[
        {"when": criterion("fte", at_least="limit"), "value": said("groot"), "proof": {"sections": ["1"]}},
        {"value": said("klein"), "proof": {"sections": ["1"]}},
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "value"), [(about(112), "groot"), (about(90), "klein"), (about(100), None), (fte(100, "at_most"), None)]
)
def test_a_choice_is_made_where_both_ends_make_it(fact: AskerFact, value: str | None) -> None:
    assert run(CASES, fact).value == value


PLACES = rule(
    "formula", what=said("plekken"), formula="training_places", unit="count",
    parameters={"fte_per_place": parameter(20, "fte")},
)  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (fte(40, name="carers_fte"), "2"),
        (about(40, "carers_fte"), "2"),
        (fte(40, "at_least", "carers_fte"), "2"),
    ],
)
def test_a_formula_counts_with_the_very_figure(fact: AskerFact, value: str) -> None:
    assert run(PLACES, fact).value == value


@pytest.mark.parametrize("bound", ["more_than", "less_than"])
def test_a_formula_tells_no_figure_that_nobody_said(bound: str) -> None:
    result = run(PLACES, fte(40, bound, "carers_fte"))
    assert result.inputs["carers_fte"] == 40
    assert result.steps[0].nl.startswith("40 fte")


@given(
    st.integers(1, 300),
    st.sampled_from(["exactly", "at_least", "at_most"]),
    st.booleans(),
    st.sampled_from(LIMITS),
    st.integers(-100, 100),
)
def test_a_verdict_holds_for_whatever_is_meant(value: int, bound: str, is_about: bool, test: str, share: int) -> None:
    """Any amount that the words allow gives the same verdict as the words, where these give one."""
    result = run(limit(test), fte(value, bound, approximate=is_about))
    if result.verdict == OPEN:
        return
    far = abs(Decimal(share))
    meant = {
        "at_least": value + far,
        "at_most": max(value - far, Decimal(0)),
        "exactly": value * (1 + (ABOUT * share / 100 if is_about else 0)),
    }[bound]
    assert run(limit(test), fte(meant)).verdict == result.verdict


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (ONLY_MONTH, "aanvraag in maart 2026; de eerste dag na de maand van aanvraag is woensdag 1 april 2026"),
        (
            "the only day",
            "aanvraag op zondag 1 maart 2026; de eerste dag na de maand van aanvraag is woensdag 1 april 2026",
        ),
    ],
)
def test_a_month_that_was_told_is_counted_from_as_a_month(reason: str, told: str) -> None:
    start = rule("contract_start", month="following", parameters={"first_day": parameter("2026-01-01", "date")})
    result = run(start, AskerFact("application_date", dt.date(2026, 3, 1), "-", 0, 1, reason=reason))
    assert [step.nl for step in result.steps] == [told]
    assert result.inputs == {"application_date": dt.date(2026, 3, 1)}
