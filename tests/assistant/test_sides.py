"""The sides of a comparison: what is asked of each, and the point that all tell of; insurers and cards are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from assistant.question import read_asked
from assistant.rule_fit import Question
from assistant.scope import ScopeReader
from assistant.sides import LEAST_SHARED, LEAST_SHARED_MEANING, NEAR_SIDES, PER_MEANING, of_side, shared_point
from assistant.statements import FEATURES, Found
from knowledge.records import Policy
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement
from knowledge.thesaurus import load_thesaurus
from tests.small_statements import absence, proof, said, statement


def policy(insurer: str, care: str) -> Policy:
    return Policy(
        id=f"{insurer.lower()}-{care.split(maxsplit=1)[0]}-2026",
        file="policy.txt",
        insurer=insurer,
        labels=(),
        year=2026,
        title=f"Beleid {care} 2026",
        care=(care,),
    )


COAST, PEAT = policy("Noordkust", "kraamzorg"), policy("Veenland", "farmaceutische zorg")
SAME_INSURER = policy("Noordkust", "farmaceutische zorg")


@pytest.mark.parametrize(
    ("text", "other", "left"),
    [
        (
            "Vraagt Noordkust voor kraamzorg en Veenland voor de apotheek een keurmerk?",
            PEAT,
            "Vraagt Noordkust voor kraamzorg en een keurmerk?",
        ),
        (
            "Geldt dat in de kraamzorg net als bij een ketenapotheek?",
            SAME_INSURER,
            "Geldt dat in de kraamzorg net als ?",
        ),
        ("Moet Noordkust tekenen?", SAME_INSURER, "Moet Noordkust tekenen?"),
        ("Is de toeslag gelijk?", PEAT, "Is de toeslag gelijk?"),
        ("Is een ziekenhuis gelijk aan kraamzorg?", PEAT, "Is een ziekenhuis gelijk aan kraamzorg?"),
        ("", PEAT, ""),
    ],
)
def test_each_side_is_asked_without_what_names_only_the_others(text: str, other: Policy, left: str) -> None:
    names = ScopeReader((COAST, other), load_thesaurus()).means
    assert of_side(text, [COAST], [other], names) == left


def card(card_id: str, score: float, *, meaning: float = LEAST_SHARED_MEANING, point: str | None = None) -> Found:
    made: dict[str, Any] = statement("Dat meldt u ruim vooraf.", proof(), id=card_id) | {"point": point}
    features = np.zeros(len(FEATURES))
    features[FEATURES.index("meaning")] = meaning
    return Found(ProvenStatement(policy_id="a", card=Statement.model_validate(made)), features, score)


def gap(card_id: str, score: float) -> Found:
    made = absence("parkeer", id=card_id, says=said("Dat staat er niet."))
    return Found(ProvenStatement(policy_id="b", card=Absence.model_validate(made)), np.zeros(len(FEATURES)), score)


BEST = LEAST_SHARED + 3
FAR = LEAST_SHARED_MEANING - 0.01


@pytest.mark.parametrize(
    ("one", "other", "point"),
    [
        ([card("a", BEST, point="sign")], [card("b", BEST, point="sign")], "sign"),
        ([card("a", BEST, point="sign")], [card("b", BEST, point="move")], None),
        ([card("sign", BEST)], [gap("sign", BEST)], "sign"),
        ([card("a", BEST, point="sign")], [gap("sign", BEST)], "sign"),
        (
            [card("a", BEST, point="sign")],
            [card("x", BEST, point="move"), card("b", BEST - NEAR_SIDES, point="sign")],
            "sign",
        ),
        (
            [card("a", BEST, point="sign")],
            [card("x", BEST, point="move"), card("b", BEST - NEAR_SIDES - 0.01, point="sign")],
            None,
        ),
        ([card("a", LEAST_SHARED, point="sign")], [card("b", LEAST_SHARED, point="sign")], "sign"),
        ([card("a", BEST, point="sign")], [card("b", LEAST_SHARED - 0.01, point="sign")], None),
        ([card("a", BEST, meaning=FAR, point="sign")], [card("b", BEST, meaning=FAR, point="sign")], None),
        ([card("a", BEST, meaning=FAR, point="sign")], [card("b", BEST, point="sign")], "sign"),
        ([card("a", BEST, point="sign")], [], None),
    ],
)
def test_what_all_sides_tell_of_is_put_side_by_side(one: list[Found], other: list[Found], point: str | None) -> None:
    assert shared_point([one, other]) == point
    assert shared_point([other, one]) == point


@pytest.mark.parametrize(("gain", "point"), [(0.01, "near"), (-0.01, "high")])
def test_of_several_points_the_nearest_in_meaning_is_meant(gain: float, point: str) -> None:
    far, lost = 0.5, 0.4
    sides = [
        [
            card("x", BEST, meaning=far, point="high"),
            card("y", BEST - lost, meaning=far + lost / PER_MEANING + gain, point="near"),
        ]
        for _ in range(2)
    ]
    assert shared_point(sides) == point


def test_one_policy_is_no_comparison() -> None:
    assert shared_point([[card("a", BEST, point="sign")]]) is None
    assert shared_point([]) is None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Noordkust vraagt iets. Wil Veenland dat ook?", "Noordkust vraagt iets. Wil Veenland dat ook?"),
        ("Noordkust vraagt een keurmerk. Moet een praktijk bij Veenland ook scholing doen?",
         "Moet een praktijk bij Veenland ook scholing doen?"),
        ("Noordkust vraagt een keurmerk. Moet ik dat melden?", "Moet ik dat melden?"),
    ],
)  # fmt: skip
def test_who_asks_if_that_holds_for_another_asks_about_the_sentence_before(text: str, about: str) -> None:
    assert Question(text, text, read_asked(text), (), (), dt.date(2025, 10, 1), "nl").about == about
