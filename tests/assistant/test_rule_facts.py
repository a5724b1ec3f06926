"""Facts as callers send them: what is taken, and what is wanted instead."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.rule_facts import LARGEST_NUMBER, fact_schema, facts_schema, read_fact, read_facts, specs_of, wanted_of
from knowledge.rules.card import FactSpec
from tests.small_rules import CARDS, NAMES, POLICY_ID, small_source

SPECS: dict[str, FactSpec] = {spec.name: spec for spec in CARDS.facts}

TAKEN = [
    ("has_code", True, True),
    ("has_code", False, False),
    ("revenue", 100000, Decimal(100000)),
    ("revenue", 99999.5, Decimal("99999.5")),
    ("revenue", "99999.50", Decimal("99999.50")),
    ("revenue", Decimal("0.1"), Decimal("0.1")),
    ("carers_fte", -1, Decimal(-1)),
    ("mailed_date", "2026-02-28", dt.date(2026, 2, 28)),
    ("form", "chain", "chain"),
]
NOT_FITTING: dict[str, tuple[object, ...]] = {
    "has_code": ("true", "ja", 1, 0, [], {}),
    "revenue": (
        *(True, "1,5", "1e3", "", " 1", "NaN", "٣", float("nan"), float("inf"), 5e-324, 10**400, 1e300, [1], {}),
    ),
    "mailed_date": (
        *("2026-02-30", "20260228", "28-02-2026", "2026-W05-6", "9999-12-31", "1066-10-14", 20260228, True, ""),
    ),
    "form": ("keten", "", 1, True, []),
}
REFUSED = [(name, value) for name, values in NOT_FITTING.items() for value in values]


@pytest.mark.parametrize(("name", "raw", "value"), TAKEN)
def test_taken(name: str, raw: object, value: object) -> None:
    read = read_facts({name: raw}, SPECS)
    assert (dict(read.facts), read.faults) == ({name: value}, ())


@pytest.mark.parametrize(("name", "raw"), REFUSED)
def test_refused_with_what_is_wanted(name: str, raw: object) -> None:
    read = read_facts({name: raw}, SPECS)
    assert dict(read.facts) == {}
    (fault,) = read.faults
    assert (fault.name, fault.wanted) == (name, wanted_of(SPECS[name]))


def test_null_is_not_known_and_an_unknown_name_is_not_repeated() -> None:
    assert read_facts({"has_code": None}, SPECS).facts == {}
    (fault,) = read_facts({"bsn_123456782": True}, SPECS).faults
    assert fault.name is None
    assert "123456782" not in fault.wanted.nl + fault.wanted.en
    assert all(name in fault.wanted.nl for name in SPECS)
    assert read_facts({"x": 1}, {}).faults[0].wanted.nl == "deze regel leest geen feiten"


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers())))
def test_whatever_comes_is_taken_or_refused(raw: object) -> None:
    for spec in SPECS.values():
        value = read_fact(raw, spec)
        if isinstance(value, Decimal):
            assert value.is_finite()
            assert abs(value) <= LARGEST_NUMBER
            assert len(f"{value:f}") < 40


def test_the_schema_of_a_form() -> None:
    source = small_source()
    rule = source.rulebook.get(f"{POLICY_ID}.entry")
    assert rule is not None
    schema = facts_schema(specs_of(rule, source.rulebook), "nl")
    assert list(schema["properties"]) == ["has_code", "revenue", "form"]
    assert schema["additionalProperties"] is False
    assert "required" not in schema
    assert schema["properties"]["revenue"] == {
        "title": "omzet", "description": "Wat is uw omzet?", "type": "number", "x-unit": "eur",
    }  # fmt: skip
    assert schema["properties"]["form"]["oneOf"][1] == {"const": "chain", "title": "keten"}
    assert fact_schema(SPECS["mailed_date"], "en")["format"] == "date"
    assert fact_schema(SPECS["has_code"], "en")["description"].endswith("(en)")


def test_every_rule_reads_facts_that_are_there() -> None:
    source = small_source()
    for name in NAMES:
        rule = source.rulebook.get(name)
        assert rule is not None
        assert all(re.fullmatch("[a-z_]+", fact) for fact in specs_of(rule, source.rulebook))
