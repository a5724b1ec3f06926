"""What a card must be to be one, and what it says of itself: its criteria and the facts that it reads."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledge.rules.card import COMPARISONS, Case, Criterion, FactSpec, Need, Parameter, Rule, Said
from knowledge.rules.inputs import all_criteria, criteria_of, facts_of
from tests.knowledge.rules.making import HERE, card_file, criterion, fact, parameter, proven, rule, said

OPTIONS = [{"value": "a", "label": said("a")}]
NEEDS = {"met": said("ja"), "not_met": said("nee")}
YES = {"is": True}
RULES: TypeAdapter[Rule] = TypeAdapter(Rule)
NEED: TypeAdapter[Need] = TypeAdapter(Need)


def made(**fields: Any) -> Rule:
    return RULES.validate_python(rule(**fields))


def test_a_wording_in_either_language() -> None:
    wording = Said(nl="ja", en="yes")
    assert [wording.in_language(each) for each in ("nl", "en", "fr")] == ["ja", "yes", "ja"]


@pytest.mark.parametrize(("nl", "en"), [("", "yes"), ("ja", "")])
def test_a_wording_has_both_languages(nl: str, en: str) -> None:
    with pytest.raises(ValidationError):
        Said(nl=nl, en=en)


# Facts


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "yes_no"},
        {"kind": "date"},
        {"kind": "amount", "unit": "eur"},
        {"kind": "choice", "options": OPTIONS},
    ],
)
def test_a_whole_fact(fields: dict[str, Any]) -> None:
    assert FactSpec.model_validate(fact("iso", **fields)).kind == fields["kind"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "amount"}, "an amount has a unit"),
        ({"kind": "yes_no", "unit": "eur"}, "an amount has a unit"),
        ({"kind": "choice", "unit": "eur", "options": OPTIONS}, "an amount has a unit"),
        ({"kind": "choice"}, "a choice has options"),
        ({"kind": "yes_no", "options": OPTIONS}, "a choice has options"),
        ({"kind": "amount", "unit": "eur", "options": OPTIONS}, "a choice has options"),
        ({"kind": "amount", "unit": "apples"}, "unit"),
        ({"kind": "colour"}, "kind"),
    ],
)
def test_a_fact_that_is_none(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        FactSpec.model_validate(fact("iso", **fields))


@pytest.mark.parametrize(
    ("name", "is_name"), [("iso", True), ("iso_9", True), ("", False), ("9iso", False), ("ISO", False), ("i-so", False)]
)
def test_names_of_facts(name: str, is_name: bool) -> None:
    if is_name:
        assert FactSpec.model_validate(fact(name)).name == name
    else:
        with pytest.raises(ValidationError):
            FactSpec.model_validate(fact(name))


@pytest.mark.parametrize("value", [100000, 1.2, "eind augustus 2025", "05-01", "a@b.example"])
def test_a_value_survives_being_kept(value: Any) -> None:
    """A snapshot gives back the very value that was proven."""
    kept = Parameter.model_validate(parameter(value, "number"))
    assert Parameter.model_validate_json(kept.model_dump_json(by_alias=True)) == kept
    assert isinstance(kept.value, str if isinstance(value, str) else Decimal)


# Criteria

BOUNDS = [(test, "grens") for test in COMPARISONS]


@pytest.mark.parametrize(
    ("fields", "tests", "bound"),
    [
        ({"is": True}, ("is",), None),
        ({"is": False}, ("is",), None),
        ({"is": "zbc"}, ("is",), None),
        ({"one_of": ["zbc"]}, ("one_of",), None),
        *(({test: name}, (test,), name) for test, name in BOUNDS),
    ],
)
def test_a_criterion_has_one_test(fields: dict[str, Any], tests: tuple[str, ...], bound: str | None) -> None:
    made_of = Criterion.model_validate(criterion("iso", **fields))
    assert (made_of.tests, made_of.parameter) == (tests, bound)


@pytest.mark.parametrize(
    "fields",
    [{}, {"one_of": []}, {"is": True, "one_of": ["zbc"]}, {"at_least": "a", "at_most": "b"}, {"by": "a", "is": False}],
)
def test_a_criterion_with_no_test_or_two_is_none(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="exactly one test"):
        Criterion.model_validate(criterion("iso", **fields))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"value": said("a")}, None),
        ({"date": "dag"}, None),
        ({"term": "termijn", "after": "ontvangen"}, None),
        ({}, "one of value, date and term"),
        ({"value": said("a"), "date": "dag"}, "one of value, date and term"),
        ({"value": said("a"), "term": "termijn", "after": "ontvangen"}, "one of value, date and term"),
        ({"term": "termijn"}, "counted after a date fact"),
        ({"date": "dag", "after": "ontvangen"}, "counted after a date fact"),
        ({"value": said("a"), "after": "ontvangen"}, "counted after a date fact"),
    ],
)
def test_a_case_has_one_outcome(fields: dict[str, Any], message: str | None) -> None:
    if message is None:
        assert Case.model_validate({**fields, "proof": HERE}).when is None
    else:
        with pytest.raises(ValidationError, match=message):
            Case.model_validate({**fields, "proof": HERE})


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "conditions", **NEEDS, "needs": {"all": []}},
        {"kind": "conditions", **NEEDS, "needs": {"any": []}},
        {"kind": "choice", "what": said("a"), "cases": []},
        {"kind": "contract_start", "month": "next"},
        {"kind": "deadline", "what": said("a"), "bound": "after"},
        {"kind": "contact", "what": said("a"), "asks": ["een?", "twee?"]},
        {"kind": "contact", "what": said("a"), "id": "Regel"},
        {"kind": "contact", "what": said("a"), "formula": "weighed_index"},
    ],
)
def test_a_rule_that_is_none(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RULES.validate_python({**rule("contact"), **fields})


def test_what_is_made_stays_as_it_is() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        made(kind="contact", what=said("a")).id = "ander"


# What a rule reads

TREE = {
    "all": [
        criterion("iso", **YES),
        {"any": [criterion("fte", at_least="a"), {"all": [criterion("omzet", at_most="b"), criterion("hkz", **YES)]}]},
        criterion("soort", **{"is": "zbc"}),
    ]
}


@pytest.mark.parametrize(
    ("need", "ids"),
    [
        (None, []),
        (criterion("iso", **YES), ["iso"]),
        ({"any": [criterion("iso", **YES)]}, ["iso"]),
        (TREE, ["iso", "fte", "omzet", "hkz", "soort"]),
    ],
)
def test_criteria_in_their_order(need: Any, ids: list[str]) -> None:
    read = NEED.validate_python(need) if need is not None else None
    assert [each.id for each in criteria_of(read)] == ids


GATE = criterion("fte", more_than="a")
READING: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "conditions": (
        {"kind": "conditions", **NEEDS, "needs": TREE},
        ["iso", "fte", "omzet", "hkz", "soort"],
        ["iso", "fte", "omzet", "hkz", "soort"],
    ),
    "conditions for some": (
        {"kind": "conditions", **NEEDS, "needs": criterion("iso", **YES), "applies": GATE},
        ["fte", "iso"],
        ["fte", "iso"],
    ),
    "the same criterion in two cases": (
        {
            "kind": "choice", "what": said("a"),
            "cases": [
                {"when": criterion("iso", **YES), "value": said("a"), "proof": HERE},
                {"when": {"all": [criterion("iso", **YES), criterion("hkz", **YES)]}, "date": "dag", "proof": HERE},
                {"term": "termijn", "after": "ontvangen", "proof": HERE},
            ],
        },
        ["iso", "hkz"],
        ["iso", "hkz", "ontvangen"],
    ),
    "one fact by two criteria": (
        {
            "kind": "conditions", **NEEDS,
            "needs": {"all": [criterion("fte", id="min", at_least="a"), criterion("fte", id="max", at_most="b")]},
        },
        ["min", "max"],
        ["fte"],
    ),
    "start": ({"kind": "contract_start", "month": "same"}, [], ["application_date", "desired_start"]),
    "term": ({"kind": "term", "what": said("a"), "after": "ontvangen"}, [], ["ontvangen"]),
    "term for some": (
        {"kind": "term", "what": said("a"), "after": "ontvangen", "applies": GATE},
        ["fte"],
        ["fte", "ontvangen"],
    ),
    "deadline": ({"kind": "deadline", "what": said("a"), "bound": "by"}, [], []),
    "deadline on a day": ({"kind": "deadline", "what": said("a"), "bound": "by", "on": "ontvangen"}, [], ["ontvangen"]),
    "formula": (
        {"kind": "formula", "what": said("a"), "formula": "weighed_index", "unit": "percent"},
        [],
        ["staff_index_percent", "material_index_percent", "correction_percent"],
    ),
    "contact": ({"kind": "contact", "what": said("a")}, [], []),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "criteria", "facts"), READING.values(), ids=READING)
def test_what_a_rule_reads(fields: dict[str, Any], criteria: list[str], facts: list[str]) -> None:
    each = made(**fields)
    assert [one.id for one in all_criteria(each)] == criteria
    assert list(facts_of(each)) == facts


@pytest.mark.parametrize(("fields", "criteria", "facts"), READING.values(), ids=READING)
def test_a_card_survives_being_kept(fields: dict[str, Any], criteria: list[str], facts: list[str]) -> None:
    cards = card_file(rule(**fields))
    assert type(cards).model_validate_json(cards.model_dump_json(by_alias=True)) == cards
    assert cards.rules[0].id == "regel"
    assert (len(criteria), len(facts)) == (len(all_criteria(cards.rules[0])), len(facts_of(cards.rules[0])))


# What a proven value is


def test_a_proven_value_is_a_day_or_a_number_and_never_the_other() -> None:
    parameters = {
        "day": parameter("2026-05-01", "date"),
        "least": parameter(3, "fte"),
        "to": parameter("a@b", "address"),
    }
    values = proven(rule("contact", what=said("a"), parameters=parameters)).values
    assert values["day"].day == dt.date(2026, 5, 1)
    assert values["least"].quantity == 3
    for name in ("least", "to"):
        with pytest.raises(TypeError, match="is no date"):
            _ = values[name].day
    for name in ("day", "to"):
        with pytest.raises(TypeError, match="is no number"):
            _ = values[name].quantity
