"""The rules of all policies: by name, by policy, run with their own facts, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from knowledge.rules.card import FactSpec
from knowledge.rules.proven import PolicyRules, RefusedRule
from knowledge.rules.rulebook import Rulebook, full_name
from tests.knowledge.rules.making import FACTS, SPECS, criterion, parameter, proven, rule, said

NORTH, SOUTH, EMPTY = "noord-zorg-2026", "noord-zorg-2027", "noord-zorg-2028"
TERM = rule("term", what=said("antwoord"), after="ontvangen", parameters={"term": parameter(5, "day")})
CERTIFIED = rule("conditions", met=said("ja"), not_met=said("nee"), needs=criterion("iso", **{"is": True}))
ADDRESS = {"address": parameter("inkoop@noord.example", "address")}
CONTACT = rule("contact", what=said("vragen"), parameters=ADDRESS)
WITH_SUBJECT = {**CONTACT, "id": "mail", "subject": said("uw AGB-code")}

RULES = {
    NORTH: PolicyRules(
        policy_id=NORTH,
        facts=tuple(FactSpec.model_validate(spec) for spec in FACTS),
        proven=(proven(TERM), proven({**CERTIFIED, "id": "keurmerk"})),
        refused=(RefusedRule(rule_id="oud", reasons=("least: stands nowhere", "rule: stands nowhere")),),
    ),
    SOUTH: PolicyRules(policy_id=SOUTH, proven=(proven(TERM, year=2027),)),
    EMPTY: PolicyRules(policy_id=EMPTY, refused=(RefusedRule(rule_id="nieuw", reasons=("a: b",)),)),
}
BOOK = Rulebook(RULES)
NAMES = [f"{NORTH}.regel", f"{NORTH}.keurmerk", f"{SOUTH}.regel"]


def test_all_rules_in_their_order() -> None:
    assert [full_name(each) for each in BOOK] == NAMES
    assert len(BOOK) == len(NAMES)
    assert len(Rulebook({})) == 0


@pytest.mark.parametrize(
    ("policy_ids", "names"),
    [
        ((), NAMES),
        ((NORTH,), NAMES[:2]),
        ({SOUTH, NORTH}, NAMES),
        ((SOUTH,), NAMES[2:]),
        ((EMPTY,), []),
        (("elders",), []),
    ],
)
def test_the_rules_of_some_policies(policy_ids: tuple[str, ...], names: list[str]) -> None:
    assert [full_name(each) for each in BOOK.among(policy_ids)] == names


def test_a_rule_by_its_full_name() -> None:
    found = BOOK.get(f"{SOUTH}.regel")
    assert found is not None
    assert (found.policy_id, found.year, found.id) == (SOUTH, 2027, "regel")


@pytest.mark.parametrize("name", ["regel", "", f"{NORTH}.oud", f"{SOUTH}.keurmerk", f"{NORTH}.", f"{EMPTY}.nieuw"])
def test_a_rule_that_is_not_proven_is_not_found(name: str) -> None:
    assert BOOK.get(name) is None


def test_what_is_refused_is_named_with_its_reasons() -> None:
    assert BOOK.refused() == {
        f"{NORTH}.oud": ("least: stands nowhere", "rule: stands nowhere"),
        f"{EMPTY}.nieuw": ("a: b",),
    }


def test_each_policy_has_facts_of_its_own() -> None:
    assert BOOK.specs(NORTH) == SPECS
    assert BOOK.specs(SOUTH) == BOOK.specs("elders") == {}


def test_a_rule_is_run_with_the_facts_of_its_policy() -> None:
    north, south = BOOK.get(NAMES[0]), BOOK.get(NAMES[2])
    assert north is not None
    assert south is not None
    result = BOOK.run(north, {"ontvangen": dt.date(2026, 5, 1), "iso": True}, dt.date(2026, 5, 2))
    assert (result.value, dict(result.inputs)) == ("2026-05-06", {"ontvangen": dt.date(2026, 5, 1)})
    with pytest.raises(KeyError):  # no facts, so no words for the event
        BOOK.run(south, {"ontvangen": dt.date(2026, 5, 1)}, dt.date(2026, 5, 2))


@pytest.mark.parametrize(
    ("made", "rule_id"),
    [
        ([], None),
        ([TERM], None),
        ([CONTACT], "regel"),
        ([WITH_SUBJECT], "mail"),
        ([CONTACT, WITH_SUBJECT], "mail"),
        ([WITH_SUBJECT, CONTACT], "mail"),
        ([CONTACT, {**CONTACT, "id": "tweede"}], "regel"),
    ],
)
def test_the_contact_of_an_address(made: list[dict[str, Any]], rule_id: str | None) -> None:
    """One that says what the subject line must hold goes first; else the first one."""
    book = Rulebook({NORTH: PolicyRules(policy_id=NORTH, proven=tuple(map(proven, made)))})
    found = book.contact(NORTH, "inkoop@noord.example")
    assert (found.id if found else None) == rule_id
    assert book.contact(NORTH, "elders@noord.example") is None
    assert book.contact(SOUTH, "inkoop@noord.example") is None
