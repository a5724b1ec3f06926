"""Every kind of rule: its value or verdict, at its boundaries, and undecided where a fact is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.card import AllOf, AnyOf, FactValue
from knowledge.rules.logic import judge
from tests.knowledge.rules.making import FACTS, SPECS, criterion, parameter, proven, rule, run, said

D = dt.date
THERE = {"sections": ["1"]}
NEEDS = rule(
    "conditions",
    met=said("U komt in aanmerking."),
    not_met=said("U komt niet in aanmerking."),
    then=said("Vraag eerst aan."),
    parameters={"least": parameter("1.2", "fte"), "revenue": parameter(100000, "eur")},
    needs={
        "all": [
            criterion("fte", at_least="least"),
            {"any": [criterion("omzet", at_least="revenue"), criterion("iso", **{"is": True})]},
        ]
    },
)


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ({}, "undecided", ["fte", "omzet", "iso"]),
        ({"fte": "1.2"}, "undecided", ["omzet", "iso"]),
        ({"fte": "1.19"}, "not_met", []),
        ({"fte": "1.2", "omzet": "100000"}, "met", []),
        ({"fte": "1.2", "omzet": "99999.99"}, "undecided", ["iso"]),
        ({"fte": "1.2", "omzet": "99999.99", "iso": False}, "not_met", []),
        ({"fte": "1.2", "omzet": "0", "iso": True}, "met", []),
        ({"fte": "1.1", "omzet": "500000", "iso": True}, "not_met", []),
        ({"omzet": "500000", "iso": True}, "undecided", ["fte"]),
    ],
)
def test_conditions(facts: dict[str, Any], verdict: str, missing: list[str]) -> None:
    """All-of and any-of; a fact that is not known is never false."""
    result = run(NEEDS, {k: v if isinstance(v, bool) else Decimal(v) for k, v in facts.items()})
    assert (result.verdict, list(result.missing)) == (verdict, missing)
    assert (result.then is not None) == (verdict == "not_met")
    assert (result.ask is not None) == (verdict == "undecided")


@pytest.mark.parametrize(
    ("test", "below", "on", "above"),
    [
        ("at_least", "not_met", "met", "met"),
        ("more_than", "not_met", "not_met", "met"),
        ("at_most", "met", "met", "not_met"),
        ("less_than", "met", "not_met", "not_met"),
    ],
)
def test_amount_bounds(test: str, below: str, on: str, above: str) -> None:
    """Just under, on and just over the bound, as the policy words it, with the distance told."""
    written = rule(
        "conditions", met=said("ja"), not_met=said("nee"), parameters={"bound": parameter("50", "fte")},
        needs=criterion("fte", **{test: "bound"}),
    )  # fmt: skip
    told = {amount: run(written, {"fte": Decimal(amount)}).criteria[0] for amount in ("49.9", "50", "50.1")}
    assert [told[a].verdict for a in told] == [below, on, above]
    assert [told[a].distance.nl for a in told if told[a].distance] == [
        "0,1 fte minder dan de grens", "precies op de grens", "0,1 fte meer dan de grens",
    ]  # fmt: skip


def test_a_share_is_percentage_points_from_its_bound() -> None:
    """45 % is five points under 50 %, not five percent."""
    written = rule(
        "conditions", met=said("ja"), not_met=said("nee"), parameters={"bound": parameter("50", "percent")},
        needs=criterion("staff_index_percent", at_least="bound"),
    )  # fmt: skip
    (told,) = run(written, {"staff_index_percent": Decimal(45)}).criteria
    assert told.distance is not None
    assert told.distance.nl == "5 procentpunt minder dan de grens"


@pytest.mark.parametrize(
    ("test", "before", "on", "after"),
    [("by", "met", "met", "not_met"), ("before", "met", "not_met", "not_met"), ("from_day", "not_met", "met", "met")],
)
def test_day_bounds(test: str, before: str, on: str, after: str) -> None:
    """The day before, the day, the day after."""
    written = rule(
        "conditions", met=said("ja"), not_met=said("nee"), parameters={"day": parameter("2026-05-01", "date")},
        needs=criterion("ontvangen", **{test: "day"}),
    )  # fmt: skip
    days = (D(2026, 4, 30), D(2026, 5, 1), D(2026, 5, 2))
    criteria = [run(written, {"ontvangen": day}).criteria[0] for day in days]
    assert [c.verdict for c in criteria] == [before, on, after]
    assert [c.distance.en for c in criteria if c.distance] == [
        "1 day before that day", "exactly on that day", "1 day after that day",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "given_value", "verdict"),
    [
        ({"is": True}, True, "met"),
        ({"is": True}, False, "not_met"),
        ({"is": False}, False, "met"),
        ({"is": False}, True, "not_met"),
    ],
)
def test_yes_no(fields: dict[str, Any], given_value: bool, verdict: str) -> None:
    written = rule("conditions", met=said("ja"), not_met=said("nee"), needs=criterion("iso", **fields))
    result = run(written, {"iso": given_value})
    assert result.verdict == verdict
    assert result.criteria[0].distance is None


@pytest.mark.parametrize(("value", "verdict"), [("zbc", "met"), ("msr", "not_met")])
def test_choices(value: str, verdict: str) -> None:
    for fields in ({"is": "zbc"}, {"one_of": ["zbc"]}):
        written = rule("conditions", met=said("ja"), not_met=said("nee"), needs=criterion("soort", **fields))
        assert run(written, {"soort": value}).verdict == verdict


def test_own_wordings_of_a_criterion_are_told() -> None:
    """A card's own sentence goes before the standard one, with its values filled in."""
    written = rule(
        "conditions", met=said("ja"), not_met=said("nee"), parameters={"least": parameter("1.2", "fte")},
        needs=criterion("fte", at_least="least", met=said("{least} is genoeg"), not_met=said("minder dan {least}")),
    )  # fmt: skip
    assert run(written, {"fte": Decimal("1.2")}).criteria[0].told.nl == "1,2 fte is genoeg"
    assert run(written, {"fte": Decimal(1)}).criteria[0].told.en == "minder dan 1.2 FTE (en)"
    assert run(written).criteria[0].told.nl == "Nog niet bekend: fte is nodig."


@pytest.mark.parametrize(
    ("need", "facts"),
    [(criterion("fte", at_least="least"), {"fte": True}), (criterion("iso", by="day"), {"iso": True})],
)
def test_a_fact_of_another_kind_is_an_error(need: dict[str, Any], facts: dict[str, Any]) -> None:
    parameters = {"least": parameter(1, "fte"), "day": parameter("2026-05-01", "date")}
    written = rule("conditions", met=said("ja"), not_met=said("nee"), parameters=parameters, needs=need)
    with pytest.raises(TypeError, match="wanted"):
        run(written, facts)


GATED = rule(
    "conditions", met=said("ja"), not_met=said("nee"), parameters={"size": parameter(100, "fte")},
    applies=criterion("fte", more_than="size"), needs=criterion("iso", **{"is": True}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict", "missing"),
    [
        ({"fte": Decimal(100)}, "not_met", []),
        ({"fte": Decimal(100), "iso": True}, "not_met", []),
        ({"fte": Decimal(101)}, "undecided", ["iso"]),
        ({"fte": Decimal(101), "iso": True}, "met", []),
        ({"iso": True}, "undecided", ["fte"]),
        ({"iso": False}, "not_met", ["fte"]),
        ({}, "undecided", ["fte", "iso"]),
    ],
)
def test_a_rule_speaks_only_to_whom_it_applies(facts: dict[str, Any], verdict: str, missing: list[str]) -> None:
    result = run(GATED, facts)
    assert (result.verdict, list(result.missing)) == (verdict, missing)
    if facts.get("fte") == 100:
        assert result.sentence.nl.startswith("Dit geldt niet voor u")
        assert "precies op de grens" in result.sentence.nl


CHOICE = rule(
    "choice",
    what=said("het soort contract"),
    then=said("Neem contact op."),
    parameters={
        "limit": parameter(300000, "eur"), "day": parameter("2026-11-07", "date"), "term": parameter(4, "week"),
    },
    cases=[
        {"when": criterion("soort", **{"is": "msr"}), "value": said("maatwerk boven {limit}"), "proof": THERE},
        {"when": criterion("iso", **{"is": True}), "date": "day", "proof": THERE},
        {"when": criterion("hkz", **{"is": True}), "term": "term", "after": "ontvangen", "proof": THERE},
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "verdict", "value", "missing"),
    [
        ({}, "undecided", None, ["soort"]),
        ({"soort": "msr"}, "value", "maatwerk boven € 300.000", []),
        ({"soort": "zbc"}, "undecided", None, ["iso"]),
        ({"soort": "zbc", "iso": True}, "value", "2026-11-07", []),
        ({"soort": "zbc", "iso": False, "hkz": True}, "undecided", None, ["ontvangen"]),
        ({"soort": "zbc", "iso": False, "hkz": True, "ontvangen": D(2026, 10, 13)}, "value", "2026-11-10", []),
        ({"soort": "zbc", "iso": False, "hkz": False}, "not_met", None, []),
    ],
)
def test_choice(facts: dict[str, Any], verdict: str, value: str | None, missing: list[str]) -> None:
    """The first case that is met; undecided while an earlier one could be."""
    result = run(CHOICE, facts)
    assert (result.verdict, result.value, list(result.missing)) == (verdict, value, missing)


def test_an_open_choice_shows_all_outcomes() -> None:
    told = run(CHOICE).sentence.nl
    assert "€ 300.000" in told
    assert "7 november 2026" in told
    assert "4 weken na de ontvangen (hkz)" in told


def test_a_vague_date_is_told_as_it_is_worded() -> None:
    written = rule(
        "choice", what=said("het aanbod"), parameters={"day": parameter("eind augustus 2025", "date")},
        cases=[{"date": "day", "proof": THERE}],
    )  # fmt: skip
    assert run(written).sentence.nl == "**eind augustus 2025**: het aanbod."


@pytest.mark.parametrize(
    ("amount", "unit", "event", "day"),
    [
        (6, "week", D(2026, 12, 9), "2027-01-20"),
        (5, "working_day", D(2025, 10, 13), "2025-10-20"),
        (1, "month", D(2026, 1, 31), "2026-02-28"),
        (1, "month", D(2024, 1, 31), "2024-02-29"),
        (2, "year", D(2024, 2, 29), "2026-02-28"),
        (10, "day", D(2026, 12, 25), "2027-01-04"),
    ],
)
def test_terms(amount: int, unit: str, event: dt.date, day: str) -> None:
    """The day of the event does not count; month ends are clipped; steps tell how."""
    written = rule("term", what=said("de laatste dag"), after="ontvangen", parameters={"term": parameter(amount, unit)})
    result = run(written, {"ontvangen": event})
    assert (result.verdict, result.value, result.unit) == ("value", day, "date")
    assert result.steps


def test_a_term_counted_back_and_one_without_its_event() -> None:
    fields = {"what": said("de laatste dag"), "after": "ontvangen", "parameters": {"term": parameter(2, "week")}}
    assert run(rule("term", **fields, backwards=True), {"ontvangen": D(2026, 5, 15)}).value == "2026-05-01"
    for backwards, word in ((False, "na"), (True, "vóór")):
        result = run(rule("term", **fields, backwards=backwards))
        assert (result.verdict, result.missing) == ("undecided", ("ontvangen",))
        assert f"2 weken {word} de ontvangen" in result.sentence.nl


@pytest.mark.parametrize(
    ("bound", "today", "is_open", "words"),
    [
        ("by", D(2026, 11, 6), True, "nog 1 dag"),
        ("by", D(2026, 11, 7), True, "vandaag is de laatste dag"),
        ("by", D(2026, 11, 8), False, "1 dag voorbij"),
        ("before", D(2026, 11, 6), True, "vandaag is de laatste dag"),
        ("before", D(2026, 11, 7), False, "te laat"),
        ("on", D(2026, 11, 7), True, "vandaag"),
        ("from", D(2026, 11, 6), False, "over 1 dag"),
        ("from", D(2026, 11, 7), True, "Dat is vandaag"),
        ("from", D(2026, 11, 9), True, "2 dagen geleden"),
    ],
)
def test_deadlines(bound: str, today: dt.date, is_open: bool, words: str) -> None:
    """The day before, the day and the day after, by the bound; the weekday is told."""
    written = rule(
        "deadline", what=said("tekenen"), bound=bound, then=said("Mail ons."),
        parameters={"date": parameter("2026-11-07", "date")},
    )  # fmt: skip
    result = run(written, today=today)
    assert (result.verdict, result.value, result.is_open) == ("value", "2026-11-07", is_open)
    assert words in result.sentence.nl
    assert "zaterdag 7 november 2026" in result.sentence.nl
    assert (result.then is not None) == (not is_open)


@pytest.mark.parametrize(
    ("today", "words"), [(D(2026, 11, 6), "over 1 dag"), (D(2026, 11, 7), "vandaag"), (D(2026, 11, 8), "1 dag geleden")]
)
def test_what_the_insurer_plans_is_no_deadline_of_the_asker(today: dt.date, words: str) -> None:
    written = rule(
        "deadline", what=said("het aanbod"), bound="by", own=False, parameters={"date": parameter("2026-11-07", "date")}
    )
    told = run(written, today=today).sentence.nl
    assert words in told
    assert "te laat" not in told


@pytest.mark.parametrize(("day", "verdict"), [(D(2027, 4, 30), "met"), (D(2027, 5, 1), "not_met")])
def test_the_day_on_which_the_asker_wants_to_act(day: dt.date, verdict: str) -> None:
    written = rule(
        "deadline", what=said("de business case"), bound="before", on="ontvangen",
        parameters={"date": parameter("2027-05-01", "date")},
    )  # fmt: skip
    assert run(written, {"ontvangen": day}).verdict == verdict


@pytest.mark.parametrize(
    ("today", "is_open"),
    [(D(2025, 8, 20), True), (D(2025, 8, 21), None), (D(2025, 8, 31), None), (D(2025, 9, 1), False)],
)
def test_a_vague_deadline(today: dt.date, is_open: bool | None) -> None:
    """Within the stretch nothing is said of being late."""
    written = rule(
        "deadline", what=said("het aanbod"), bound="by", parameters={"date": parameter("eind augustus 2025", "date")}
    )
    assert run(written, today=today).is_open is is_open


@pytest.mark.parametrize(
    ("fte", "value", "notes"), [("20", "1", 0), ("40", "2", 0), ("39.9", "2", 1), ("20.1", "2", 1), ("5", "1", 1)]
)
def test_training_places(fte: str, value: str, notes: int) -> None:
    """Whole steps exactly; between them both readings are told."""
    written = rule(
        "formula", what=said("opleidingsplekken"), formula="training_places", unit="count",
        parameters={"fte_per_place": parameter(20, "fte")},
    )  # fmt: skip
    result = run(written, {"carers_fte": Decimal(fte)})
    assert (result.value, len(result.notes)) == (value, notes)
    assert run(written).missing == ("carers_fte",)


def test_weighed_index() -> None:
    written = rule(
        "formula", what=said("de index"), formula="weighed_index", unit="percent",
        parameters={"staff_share": parameter(90, "percent"), "material_share": parameter(10, "percent")},
    )  # fmt: skip
    facts = {"staff_index_percent": Decimal(5), "material_index_percent": Decimal("2.5")}
    assert run(written, facts).value == "4.75"
    assert run(written, facts | {"correction_percent": Decimal("-0.5")}).value == "4.25"
    assert run(written, {"staff_index_percent": Decimal(5)}).missing == ("material_index_percent",)
    with pytest.raises(TypeError, match="wanted an amount"):
        run(written, facts | {"staff_index_percent": True})


def test_contact() -> None:
    fields = {"what": said("vragen over inkoop"), "parameters": {"address": parameter("a@b.nl", "address")}}
    assert run(rule("contact", **fields)).value == "a@b.nl"
    assert "AGB-code" in run(rule("contact", **fields, subject=said("uw AGB-code"))).sentence.nl


FOLLOWING = rule("contract_start", month="following", parameters={"first_day": parameter("2026-01-01", "date")})
SAME = rule("contract_start", month="same", parameters={"first_day": parameter("2026-01-01", "date")})


@pytest.mark.parametrize(
    ("written", "applied", "start", "notes"),
    [
        (FOLLOWING, D(2025, 11, 30), "2026-01-01", 0),
        (FOLLOWING, D(2025, 12, 31), "2026-01-01", 0),
        (FOLLOWING, D(2026, 1, 1), "2026-02-01", 0),
        (FOLLOWING, D(2026, 1, 31), "2026-02-01", 0),
        (FOLLOWING, D(2026, 11, 30), "2026-12-01", 0),
        (FOLLOWING, D(2026, 12, 1), "2027-01-01", 1),
        (SAME, D(2025, 10, 14), "2026-01-01", 0),
        (SAME, D(2026, 1, 1), "2026-01-01", 0),
        (SAME, D(2026, 3, 31), "2026-03-01", 0),
        (SAME, D(2026, 12, 31), "2026-12-01", 0),
    ],
)
def test_start_of_a_contract(written: dict[str, Any], applied: dt.date, start: str, notes: int) -> None:
    """Month ends and the turn of the year; a start after the contract year is said to be one."""
    result = run(written, {"application_date": applied})
    assert (result.value, len(result.notes)) == (start, notes)
    assert result.steps


@pytest.mark.parametrize(
    ("written", "wished", "verdict", "value"),
    [
        (FOLLOWING, D(2026, 10, 1), "value", "2026-09-30"),
        (FOLLOWING, D(2026, 3, 1), "value", "2026-02-28"),
        (FOLLOWING, D(2026, 3, 15), "value", "2026-02-28"),
        (FOLLOWING, D(2026, 1, 1), "value", "2025-12-31"),
        (FOLLOWING, D(2025, 12, 1), "not_met", None),
        (SAME, D(2026, 3, 1), "value", "2026-03-31"),
        (SAME, D(2026, 2, 1), "value", "2026-02-28"),
    ],
)
def test_the_last_day_to_apply_for_a_start(
    written: dict[str, Any], wished: dt.date, verdict: str, value: str | None
) -> None:
    result = run(written, {"desired_start": wished})
    assert (result.verdict, result.value) == (verdict, value)
    assert bool(result.notes) == (wished.day != 1)


@given(st.dates(D(2020, 1, 1), D(2030, 12, 31)), st.sampled_from([FOLLOWING, SAME]))
def test_counting_back_and_forth_agree(wished: dt.date, written: dict[str, Any]) -> None:
    """An application on the last day gives the start wished for; a day later it does not."""
    result = run(written, {"desired_start": wished})
    if result.value is None:
        assert wished < D(2026, 1, 1)
        return
    last = D.fromisoformat(result.value)
    assert run(written, {"application_date": last}).value == wished.replace(day=1).isoformat()
    assert run(written, {"application_date": last + dt.timedelta(days=1)}).value != wished.replace(day=1).isoformat()


def test_a_start_without_a_day_of_application() -> None:
    for written in (FOLLOWING, SAME):
        result = run(written)
        assert (result.verdict, result.missing) == ("undecided", ("application_date",))


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5), st.booleans())
def test_three_valued_logic(values: list[bool | None], is_all: bool) -> None:
    """Against the definition: decided exactly when every way of filling the gaps gives the same."""
    names = [spec["name"] for spec in FACTS if spec["kind"] == "yes_no"]
    written = rule("conditions", met=said("ja"), not_met=said("nee"), needs=criterion("iso", **{"is": True}))
    base = proven(written)
    spot = base.spots["iso"]
    needs = tuple(
        base.rule.needs.model_copy(update={"id": f"c{n}", "fact": names[n % len(names)]})  # type: ignore[union-attr]
        for n in range(len(values))
    )
    group = AllOf(all=needs) if is_all else AnyOf(any=needs)
    with_spots = base.model_copy(update={"spots": {f"c{n}": spot for n in range(len(values))}})
    facts = {names[n % len(names)]: v for n, v in enumerate(values) if v is not None}
    shown = [facts.get(names[n % len(names)]) for n in range(len(values))]
    got = judge(group, facts, with_spots, SPECS).verdict
    fold = all if is_all else any
    ways = {fold([v if v is not None else filler for v in shown]) for filler in (True, False)}
    assert got == ({True: "met", False: "not_met"}[ways.pop()] if len(ways) == 1 else "undecided")


@pytest.mark.parametrize(
    ("years", "first", "last"),
    [
        (1, D(2026, 1, 1), D(2026, 12, 31)),
        (2, D(2026, 1, 1), D(2027, 12, 31)),
        (3, D(2026, 3, 1), D(2029, 2, 28)),
        (1, D(2028, 2, 29), D(2029, 2, 27)),
    ],
)
def test_a_contract_of_some_years_lasts_through_the_day_before(years: int, first: dt.date, last: dt.date) -> None:
    written = rule(
        "term", what=said("einde"), after="desired_start", ends="through",
        parameters={"term": parameter(years, "year")},
    )  # fmt: skip
    result = run(written, {"desired_start": first})
    assert (result.value, result.is_open) == (last.isoformat(), None)
    assert str(years) in run(written).sentence.nl


@pytest.mark.parametrize(("years", "last"), [(1, "31 december 2026"), (2, "31 december 2027"), (3, "31 december 2028")])
def test_where_its_start_is_not_told_that_of_the_contract_year_is_supposed(years: int, last: str) -> None:
    written = rule(
        "term", what=said("einde"), after="desired_start", ends="through",
        parameters={"term": parameter(years, "year")},
    )  # fmt: skip
    result = run(written)
    assert (result.verdict, result.value) == ("undecided", None)
    assert re.search(rf"1 januari 2026.* {last}", result.sentence.nl)
    assert "1 January 2026" in result.sentence.en


@pytest.mark.parametrize(
    ("event", "again"),
    [
        (D(2026, 1, 1), "2027-01-01"),
        (D(2026, 5, 20), "2027-01-01"),
        (D(2026, 12, 31), "2027-01-01"),
        (D(2025, 12, 31), "2026-01-01"),
    ],
)
def test_once_a_year_is_again_from_the_next_first_of_january(event: dt.date, again: str) -> None:
    written = rule(
        "term", what=said("opnieuw"), after="ontvangen", ends="next_year", parameters={"term": parameter(1, "count")}
    )
    result = run(written, {"ontvangen": event})
    assert (result.value, result.is_open) == (again, again <= "2026-06-15")
    assert "vanaf" in result.sentence.nl
    assert "1 januari" in run(written).sentence.nl


@pytest.mark.parametrize(
    ("month", "applied", "other", "told"),
    [
        (
            "following",
            D(2026, 6, 30),
            D(2026, 7, 1),
            "Bij een aanvraag op woensdag 1 juli 2026 is het **zaterdag 1 augustus",
        ),
        ("following", D(2026, 6, 1), D(2026, 6, 30), "maakt geen verschil: ook dan is het woensdag 1 juli 2026"),
        ("same", D(2026, 6, 30), D(2026, 6, 1), "maakt geen verschil"),
    ],
)
def test_what_another_day_of_applying_would_change(month: str, applied: dt.date, other: dt.date, told: str) -> None:
    written = rule("contract_start", month=month, parameters={"first_day": parameter("2026-01-01", "date")})
    result = run(written, {"application_date": applied, "other_application_date": other})
    assert told in result.sentence.nl
    assert result.value == run(written, {"application_date": applied}).value


@pytest.mark.parametrize(("signed", "is_open"), [(D(2026, 5, 31), True), (D(2026, 6, 1), False), (None, False)])
def test_the_day_on_which_one_acts_is_held_against_what_is_counted(signed: dt.date | None, is_open: bool) -> None:
    """Two weeks after 17 May; where nothing is planned, today (15 June) is held against it."""
    given_facts = {"ontvangen": D(2026, 5, 17)} | ({"getekend": signed} if signed else {})
    term = rule("term", what=said("tekenen"), after="ontvangen", on="getekend", own=True,
                parameters={"term": parameter(2, "week")})  # fmt: skip
    table = rule(
        "choice", what=said("tekenen"), bound="by", on="getekend", parameters={"term": parameter(2, "week")},
        cases=[{"term": "term", "after": "ontvangen", "proof": {"sections": ["1"]}}],
    )  # fmt: skip
    for written in (term, table):
        result = run(written, given_facts)
        assert (result.value, result.is_open) == ("2026-05-31", is_open)


@pytest.mark.parametrize(
    ("own", "facts", "value", "told"),
    [
        (False, {"wished_end": D(2026, 7, 13)}, "2026-06-29", "**Uiterlijk maandag 29 juni 2026**: de ontvangen"),
        (False, {"wished_end": D(2026, 6, 22)}, "2026-06-08", "Die dag is al voorbij."),
        (True, {"wished_end": D(2026, 7, 13)}, "2026-06-29", "**Op zijn vroegst maandag 29 juni 2026**"),
        (True, {"wished_end": D(2026, 6, 22)}, "2026-06-08", "als maandag 22 juni 2026 dit moet zijn: tekenen."),
        (True, {"wished_end": D(2026, 7, 13), "ontvangen": D(2026, 7, 1)}, "2026-07-15", "uiterlijk woensdag 15 juli"),
    ],
)
def test_the_event_of_a_term_is_counted_back_from_the_end_that_is_wished(
    own: bool, facts: Mapping[str, FactValue], value: str, told: str
) -> None:
    """Who has to act himself within the term wants it to begin no earlier, else no later; a told event counts on."""
    term = rule("term", what=said("tekenen"), after="ontvangen", own=own, parameters={"term": parameter(2, "week")})
    table = rule(
        "choice", what=said("tekenen"), bound="by", own=own, parameters={"term": parameter(2, "week")},
        cases=[{"term": "term", "after": "ontvangen", "proof": {"sections": ["1"]}}],
    )  # fmt: skip
    for written in (term, table):
        result = run(written, facts)
        assert (result.verdict, result.value, result.unit) == ("value", value, "date")
        assert told in result.sentence.nl
        assert "2 weken na" in result.steps[0].nl


@pytest.mark.parametrize("fields", [{"ends": "through"}, {"ends": "next_year"}, {"backwards": True}])
def test_only_a_term_after_its_event_is_counted_back(fields: Mapping[str, Any]) -> None:
    unit = "count" if fields.get("ends") == "next_year" else "year"
    written = rule("term", what=said("a"), after="ontvangen", parameters={"term": parameter(1, unit)}, **fields)
    assert run(written, {"wished_end": D(2026, 7, 13)}).verdict == "undecided"
