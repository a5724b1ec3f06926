"""Rule or statement: who tells of himself gets a rule, who looks something up a statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from assistant.facts import AskerFact, AskerFacts
from assistant.look_up import LookUp
from assistant.preference import (
    ASKS_THE_SAME,
    BY_THE_WAY,
    KNOWN_TO_ANSWER,
    PREFERENCE,
    PREFERENCE_LEAST,
    PREFERENCE_WEIGHTS,
    SAYS_ALL,
    SURER,
    SURER_IN_TALK,
    preference,
    prefers_rule,
)
from assistant.question import read_asked
from assistant.routing import FEATURES as RULE_FEATURES
from assistant.routing import LIKENESS as RULE_LIKENESS
from assistant.rule_fit import Question, Routed
from assistant.statements import FEATURES, LIKENESS, Found
from assistant.turn import HistoryTurn
from knowledge.card_fits import PROVIDER
from knowledge.rules.card import FactValue
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement
from tests.knowledge.rules import making
from tests.small_rules import POLICY_ID, TODAY, small_source
from tests.small_statements import absence, proof, said, statement

BOOK = small_source().rulebook
SAYS = statement("De omzet is ten minste € 100.000 per jaar.", proof("omzet"))
BOX = statement("Mail naar inkoop@voorbeeld.example.", proof("mail"), gives=["contact"])
SCORE = 4.0
"""That of a rule which is found well."""
GAP = absence("parkeer", says=said("Dat staat er niet."))


def rule(rule_id: str, facts: Mapping[str, FactValue] | None = None, near: float = 0.0, score: float = SCORE) -> Routed:
    """A rule run on facts; `near`: how much nearer its card is to the question than the statement's."""
    found = BOOK.get(f"{POLICY_ID}.{rule_id}")
    assert found is not None
    features = np.zeros(len(RULE_FEATURES))
    for name in ("card", "card of what is asked"):
        features[RULE_LIKENESS.index(name)] = 0.5 + near
    return Routed(found, AskerFacts(), BOOK.run(found, dict(facts or {}), TODAY), features, score)


def looked_up(card: dict[str, Any] = SAYS, *, score: float = 1.0, **fields: Any) -> LookUp:
    kind = Absence if "lacks" in card else Statement
    features = np.zeros(len(FEATURES))
    for name in ("card", "card of what is asked"):
        features[LIKENESS.index(name)] = 0.5
    proven = ProvenStatement(policy_id=POLICY_ID, card=kind.model_validate(card))
    return LookUp((Found(proven, features, score),), **fields)


def asking(text: str) -> Question:
    return Question(text, text, read_asked(text), (), (), dt.date(2025, 10, 20), "nl")


TOLD: dict[str, FactValue] = {"revenue": Decimal(80000), "has_code": True}


@pytest.mark.parametrize(
    ("text", "facts", "rather"),
    [
        ("Wij hebben € 80.000 omzet en een AGB-code. Kan dat?", TOLD, True),
        ("Wij hebben € 80.000 omzet. Kan dat?", {"revenue": Decimal(80000)}, True),
        ("Welke omzet is nodig?", {}, False),
        ("Geldt er een eis aan de omzet?", {}, False),
    ],
)
def test_the_more_was_told_the_rather_a_rule(text: str, facts: Mapping[str, FactValue], rather: bool) -> None:
    assert prefers_rule(rule("entry", facts), looked_up(), asking(text)) is rather


def test_where_no_statement_was_found_the_rule_answers() -> None:
    assert prefers_rule(rule("entry"), None, asking("Welke omzet is nodig?"))


class ToldKind(Routed):
    """A rule that was told nothing but what kind of provider asks."""

    @property
    def told(self) -> set[str]:
        return {PROVIDER}


@pytest.mark.parametrize(
    ("rule_id", "score", "text", "answers"),
    [
        ("entry", BY_THE_WAY - 0.1, "Wat verwacht u van een kliniek die te lang laat wachten?", False),
        ("entry", BY_THE_WAY, "Wat verwacht u van een kliniek die te lang laat wachten?", True),
        ("signing", BY_THE_WAY - 0.1, "Tot wanneer kan een kliniek tekenen?", True),
        ("signing", BY_THE_WAY - 0.1, "Wat tekent een kliniek?", False),
    ],
)
def test_what_kind_of_provider_asks_speaks_for_no_rule(rule_id: str, score: float, text: str, answers: bool) -> None:
    told = rule(rule_id, score=score)
    kind = ToldKind(told.rule, told.facts, told.result, told.features, told.score)
    assert prefers_rule(kind, None, asking(text)) is answers


def test_who_asks_for_an_address_is_not_helped_by_a_rule_without_one() -> None:
    question = asking("Waar mail ik onze omzet van € 80.000 naartoe?")
    assert not prefers_rule(rule("entry", TOLD, near=0.5), looked_up(BOX), question)
    assert not prefers_rule(rule("entry", TOLD, near=0.5), looked_up(SAYS), question)
    assert prefers_rule(rule("entry", TOLD), None, question)


def test_what_is_not_told_goes_before_a_rule_without_the_figure_asked_for() -> None:
    question = asking("Hoeveel krijgen wij met een AGB-code?")
    assert not prefers_rule(rule("entry", TOLD, near=0.5), looked_up(GAP), question)
    assert prefers_rule(rule("places", {"carers_fte": Decimal(30)}, near=0.5), looked_up(GAP), question)


@pytest.mark.parametrize("name", ["card", "card of what is asked", "facts", "personal"])
def test_what_speaks_for_a_rule_has_a_positive_weight(name: str) -> None:
    assert len(PREFERENCE_WEIGHTS) == len(PREFERENCE)
    assert PREFERENCE_WEIGHTS[PREFERENCE.index(name)] > 0


def test_the_features_are_in_their_order() -> None:
    mine = asking("Wij hebben omzet. Kan dat?")
    found = looked_up(GAP)
    features = dict(zip(PREFERENCE, preference(rule("entry", TOLD, near=0.25), found, mine), strict=True))
    assert features == {
        "card": pytest.approx(0.25), "card of what is asked": pytest.approx(0.25), "facts": 2, "personal": 1,
        "absence": 1, "alternatives": 0, "score": SCORE,
    }  # fmt: skip
    other = preference(rule("entry"), replace(looked_up(), by="whom"), asking("Welke omzet?"))
    assert dict(zip(PREFERENCE, other, strict=True)) == {
        "card": 0, "card of what is asked": 0, "facts": 0, "personal": 0, "absence": 0, "alternatives": 1,
        "score": SCORE,
    }  # fmt: skip


def test_a_rule_is_preferred_from_its_least_on() -> None:
    found, question = looked_up(), asking("Welke omzet is nodig?")
    slope = PREFERENCE_WEIGHTS[:2].sum()
    enough = (PREFERENCE_LEAST - SCORE * PREFERENCE_WEIGHTS[PREFERENCE.index("score")]) / slope
    assert prefers_rule(rule("entry", near=enough + 0.01), found, question)
    assert not prefers_rule(rule("entry", near=enough - 0.01), found, question)


def test_less_is_enough_for_a_rule_that_decides_where_a_decision_is_asked() -> None:
    slope, decided = PREFERENCE_WEIGHTS[:2].sum(), {"revenue": Decimal(80000), "has_code": False}
    least = PREFERENCE_LEAST - SCORE * PREFERENCE_WEIGHTS[PREFERENCE.index("score")]
    speaks = PREFERENCE_WEIGHTS[PREFERENCE.index("facts")] * 2 + PREFERENCE_WEIGHTS[PREFERENCE.index("personal")]
    near = (least - speaks) / slope - 0.1
    told = rule("entry", decided, near=near)
    assert told.result.verdict == "not_met"
    assert prefers_rule(told, looked_up(), asking("Wij hebben € 80.000 omzet en geen AGB-code. Kan dat?"))
    assert not prefers_rule(told, looked_up(), asking("Wij hebben € 80.000 omzet en geen AGB-code. Wat nu?"))


def test_what_the_policy_says_goes_before_a_rule_that_only_asks_back() -> None:
    question, open_ = asking("Wat zijn de voorwaarden voor een contract?"), rule("entry", near=2.0)
    assert open_.result.verdict == "undecided"
    assert prefers_rule(open_, looked_up(score=SAYS_ALL), asking("Kunnen wij een contract krijgen?")), "his own case"
    assert not prefers_rule(open_, looked_up(score=ASKS_THE_SAME), asking("Kunnen wij een contract krijgen?"))
    assert not prefers_rule(open_, looked_up(score=SAYS_ALL), question)
    assert prefers_rule(open_, looked_up(score=SAYS_ALL - 0.1), question)
    assert prefers_rule(rule("entry", TOLD, near=2.0), looked_up(score=SAYS_ALL), question)


@pytest.mark.parametrize(
    ("text", "rather"),
    [
        ("Wij zijn een kliniek. Krijgen wij een standaardcontract of maatwerk?", True),
        ("Welk soort contract krijgen wij?", True),
        ("Welk soort contract krijgt een kliniek?", False),
        ("Wanneer krijgen wij het contract?", False),
    ],
)
def test_which_of_several_is_his_own_is_asked_back_though_a_statement_tells_them_all(text: str, rather: bool) -> None:
    table = making.rule(
        "choice",
        what=said("het soort contract"),
        cases=[
            {"when": making.criterion("iso", **{"is": is_so}), "value": said(value), "proof": making.HERE}
            for is_so, value in ((True, "standaard"), (False, "maatwerk"))
        ],
    )
    proven = making.proven(table)
    open_ = Routed(proven, AskerFacts(), making.run(table), np.zeros(len(RULE_FEATURES)), SCORE)
    assert open_.result.verdict == "undecided"

    def told(*cases: str) -> LookUp:
        found = looked_up(score=ASKS_THE_SAME).told[0]
        spots = tuple(proven.spots[case] for case in cases)
        return LookUp((replace(found, statement=found.statement.model_copy(update={"spots": spots})),))

    assert prefers_rule(open_, told("case 1", "case 2"), asking(text)) is rather
    assert not prefers_rule(open_, told("case 1"), asking(text)), "what the question names is told"


def test_another_case_is_put_to_the_rule_that_answered_the_one_before() -> None:
    question = asking("en als wij € 80.000 omzet hebben?")
    goes_on = replace(rule("entry", {"revenue": Decimal(80000)}, near=-0.5), goes_on=True)
    assert prefers_rule(goes_on, looked_up(score=SAYS_ALL), question)
    assert not prefers_rule(replace(goes_on, goes_on=False), looked_up(score=SAYS_ALL), question)


def test_who_only_tells_something_is_told_what_it_means_for_him() -> None:
    fact = AskerFact("revenue", Decimal(80000), "€ 80.000", 0, 8)
    revenue: dict[str, FactValue] = {"revenue": Decimal(80000)}
    told = replace(rule("entry", revenue, near=-0.5), facts=AskerFacts((fact,)))
    assert told.result.verdict == "not_met"
    assert prefers_rule(told, looked_up(score=SAYS_ALL), asking("onze omzet is € 80.000"))
    assert not prefers_rule(told, looked_up(score=SAYS_ALL), asking("Wat als de omzet € 80.000 is?"))
    assert not prefers_rule(told, looked_up(score=SAYS_ALL), asking("onze omzet is lager")), "told before"


def test_a_statement_that_is_far_surer_goes_before_a_day_that_is_open() -> None:
    day, question = rule("entry"), asking("Kunnen we dan nog overleggen?")
    told = AskerFacts((AskerFact("signed_date", dt.date(2025, 10, 24), "vrijdag", 0, 7),))
    open_ = replace(day, facts=told, result=day.result.model_copy(update={"verdict": "value", "is_open": True}))
    assert question.asks_in_time
    assert prefers_rule(open_, looked_up(score=SCORE + SURER - 0.1), question)
    assert not prefers_rule(open_, looked_up(score=SCORE + SURER), question)


def test_in_a_conversation_a_rule_that_was_not_spoken_of_asks_nothing_back_before_a_statement() -> None:
    open_, question = rule("entry", near=2.0), asking("Kunnen wij dat krijgen?")
    later = replace(question, history=(HistoryTurn(role="user", content="Wat is het adres?"),))
    assert open_.result.verdict == "undecided"
    assert prefers_rule(open_, looked_up(score=SCORE + SURER_IN_TALK), question), "a first question"
    assert not prefers_rule(open_, looked_up(score=SCORE + SURER_IN_TALK), later)
    assert prefers_rule(open_, looked_up(score=SCORE + SURER_IN_TALK - 0.1), later)


@pytest.mark.parametrize(("shares_spot", "rather"), [(False, False), (True, True)])
def test_a_statement_of_what_is_open_goes_before_the_rule_unless_part_of_it_was_told(
    shares_spot: bool, rather: bool
) -> None:
    """Of 'so much turnover or so large a share', one sentence, the turnover was told: the share is asked for."""
    asked = asking("Wij hebben € 200.000 omzet. Mag dat?")
    told: dict[str, FactValue] = {"revenue": Decimal(200000), "has_code": True}
    open_ = rule("entry", told, near=2.0)
    spots = {criterion.id: criterion.spot for criterion in open_.result.criteria}
    assert open_.result.missing == ("form",)
    criteria = [
        each.model_copy(update={"spot": spots["form"]}) if shares_spot and each.id == "size" else each
        for each in open_.result.criteria
    ]
    open_ = replace(open_, result=open_.result.model_copy(update={"criteria": tuple(criteria)}))
    found = looked_up(score=KNOWN_TO_ANSWER)
    of_open = found.told[0].statement.model_copy(update={"spots": (spots["form"],)})
    found = LookUp((replace(found.told[0], statement=of_open),))
    assert prefers_rule(open_, found, asked) is rather


def test_a_list_goes_before_a_rule_that_was_told_nothing() -> None:
    listed = looked_up(statement("Dit zijn de eisen:", proof("omzet"), gives=["list"]))
    question = asking("Wat zijn de eisen?")
    assert not prefers_rule(rule("entry", near=2.0), listed, question)
    assert prefers_rule(rule("entry", TOLD, near=2.0), listed, question)
    assert prefers_rule(rule("entry", near=2.0), looked_up(), question)


@pytest.mark.parametrize(
    ("says", "text", "rather"),
    [
        ("Voor ketens geldt de korte weg.", "Tot wanneer kan ik tekenen?", True),
        ("Voor ketens geldt de korte weg.", "Hoe kan ik tekenen?", False),
        ("U tekent binnen zes weken.", "Tot wanneer kan ik tekenen?", False),
        ("U tekent na het gesprek.", "Tot wanneer kan ik tekenen?", False),
        ("U tekent in november.", "Tot wanneer kan ik tekenen?", False),
    ],
)
def test_who_asks_for_a_day_is_not_helped_by_a_statement_that_tells_no_time(says: str, text: str, rather: bool) -> None:
    found = looked_up(statement(says, proof("tekent")), score=7.0)
    assert prefers_rule(rule("signing", near=-0.4, score=3.5), found, asking(text)) is rather


def test_where_the_policy_does_not_tell_the_day_that_is_said() -> None:
    found = looked_up(GAP, score=7.0)
    assert not prefers_rule(rule("signing", near=-0.4, score=3.5), found, asking("Vanaf wanneer parkeer ik?"))


class Told(Routed):
    """A rule that rests on all that was read for it."""

    @property
    def told(self) -> set[str]:
        return set(self.facts.names())


@pytest.mark.parametrize(
    ("facts", "rather"),
    [
        ([AskerFact("revenue", Decimal(80000), "80.000", 0, 6)], True),
        ([AskerFact("applied", TODAY, "nu", 0, 2)], False),
        ([AskerFact("applied", TODAY, "nu", 0, 2), AskerFact("revenue", Decimal(80000), "80.000", 5, 11)], True),
    ],
)
def test_a_day_tells_of_no_policy_that_it_is_the_one_meant(facts: list[AskerFact], rather: bool) -> None:
    run = rule("entry", TOLD, near=1.0, score=9.0)
    several = looked_up(by="policy")
    question = asking("Mag dat nu?")
    told = Told(run.rule, AskerFacts(tuple(facts)), run.result, run.features, run.score)
    assert prefers_rule(told, several, question) is rather
