"""A follow-up is not answered with what the answer before told, unless it asks for that again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assistant.look_up import LookUp
from assistant.statements import FEATURES, Found, StatementFinder
from assistant.told_before import AS_NEAR, ToldBefore, Untold, tells_outcome
from assistant.turn_form import adds_words
from knowledge.rules.card import Said
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement
from tests.assistant.test_look_up import asking
from tests.small_rules import POLICY_ID, small_source
from tests.small_statements import absence, proof, said, statement

SIGN = statement("U tekent uiterlijk 7 november 2025.", proof(), id="sign")
LENGTH = statement("Een contract duurt twee jaar.", proof(), id="length")
GAP = absence("uitstel", id="gap", says=said("Over uitstel staat er niets in."))
TOLD = ToldBefore("U tekent uiterlijk 7 november 2025. [1] Bron: Inkoopbeleid.")


def found(card: dict[str, Any], score: float = 1.0) -> Found:
    kind = Absence if "lacks" in card else Statement
    proven = ProvenStatement(policy_id="noord", card=kind.model_validate(card))
    return Found(proven, np.zeros(len(FEATURES)), score)


@pytest.fixture
def ranked(monkeypatch: pytest.MonkeyPatch) -> list[Found]:
    """What a finder finds, to be filled by the test."""
    listed: list[Found] = []
    monkeypatch.setattr(StatementFinder, "find", lambda *_, **__: list(listed))
    return listed


def names(listed: list[Found], before: ToldBefore) -> list[str]:
    finder = Untold(StatementFinder.__new__(StatementFinder), before)
    return [each.card.id for each in finder.find(asking("Hoe lang?"), ())]


@pytest.mark.parametrize(
    ("others", "before", "left"),
    [
        ([found(LENGTH, AS_NEAR)], TOLD, ["length"]),
        ([found(LENGTH, AS_NEAR - 0.01)], TOLD, ["sign", "length"]),
        ([found(GAP, 0.99)], TOLD, ["sign", "gap"]),
        ([], TOLD, ["sign"]),
        ([found(LENGTH, AS_NEAR)], ToldBefore("Iets anders."), ["sign", "length"]),
    ],
)
def test_what_was_told_makes_room_for_a_statement_that_is_as_near(
    ranked: list[Found], others: list[Found], before: ToldBefore, left: list[str]
) -> None:
    ranked += [found(SIGN), *others]
    assert names(ranked, before) == left


def test_what_is_asked_again_is_told_again(ranked: list[Found]) -> None:
    ranked += [found(SIGN), found(LENGTH, 0.99)]
    assert names(ranked, ToldBefore(TOLD.answer, (ranked[0].statement,))) == ["sign", "length"]


@pytest.mark.parametrize(
    ("looked_up", "adds"),
    [
        (None, False),
        (LookUp((found(SIGN),)), False),
        (LookUp((found(GAP),)), False),
        (LookUp((found(SIGN), found(LENGTH))), False),
        (LookUp((found(LENGTH), found(SIGN))), True),
        (LookUp((found(LENGTH),)), True),
    ],
)
def test_whether_statements_add_to_what_was_told(looked_up: LookUp | None, adds: bool) -> None:
    assert TOLD.adds_to(looked_up) is adds


@pytest.mark.parametrize(
    ("question", "adds"),
    [
        ("voor hoe lang is dat?", True),
        ("en als ik dat mis?", True),
        ("en over het contract zelf?", True),
        ("Wat is de looptijd?", True),
        ("en dan?", False),
        ("waarom is dat?", False),
        ("en voor kraamzorg?", False),
        ("en met 3 fte?", False),
        ("", False),
    ],
)
def test_whether_a_question_adds_words_of_its_own(question: str, adds: bool) -> None:
    assert adds_words(question) is adds


@pytest.mark.parametrize(
    ("answer", "tells"),
    [
        ("**4**: het aantal leerplekken, één op elke 20 fte. [1]", True),
        ("Het aantal leerplekken, één op elke 2 fte", True),
        ("**4**: het aantal leerplekken. [1]", False),
        ("", False),
    ],
)
def test_an_outcome_is_known_whatever_figure_was_put_into_it(answer: str, tells: bool) -> None:
    rule = small_source().rulebook.get(f"{POLICY_ID}.places")
    assert rule is not None
    what = Said(nl="het aantal leerplekken, één op elke {fte_per_place}", en="places, one for every {fte_per_place}")
    told = rule.model_copy(update={"rule": rule.rule.model_copy(update={"what": what})})
    assert tells_outcome(told, answer) is tells
