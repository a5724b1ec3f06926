"""The questions that cards answer, beside those that are held out: nearly the same words in no two of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from knowledge.dutch import fold
from knowledge.rules.load import bundled_cards
from knowledge.statements.load import bundled_statements

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = (
    ROOT / "evals" / "held_out" / "questions.jsonl",
    ROOT / "evals" / "cases" / "held_out.jsonl",
    ROOT / "tests" / "assistant" / "held_out.jsonl",
)

ALIKE = 90
"""Of 100, in the order of no words: from here on an ask is a held-out question said again, and is reworded."""


def held_out() -> list[tuple[str, str]]:
    """Where each stands, and the question."""
    return [
        (f"{path.name}:{number}", json.loads(line)["question"])
        for path in HELD_OUT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
    ]


def asks(kind: str) -> list[tuple[str, str]]:
    if kind == "statements":
        return [(f"{f.policy}.{card.id}", ask) for f in bundled_statements() for card in f.cards for ask in card.asks]
    return [(f"{file.policy}.{rule.id}", ask) for file in bundled_cards() for rule in file.rules for ask in rule.asks]


def alike(own: list[tuple[str, str]], others: list[tuple[str, str]]) -> list[str]:
    """The asks that are nearly a held-out question; of that only its place is told."""
    left, right = ([fold(text) for _, text in side] for side in (own, others))
    scores = process.cdist(left, right, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.float32)
    return [f"{own[row][0]}: {own[row][1]!r} is like {others[at][0]}" for row, at in np.argwhere(scores >= ALIKE)]


@pytest.mark.parametrize(("kind", "least"), [("statements", 15_000), ("rules", 1_500)])
def test_no_ask_is_nearly_a_held_out_question(kind: str, least: int) -> None:
    own, others = asks(kind), held_out()
    assert len(own) >= least
    assert len(others) >= 400
    assert alike(own, others) == []


@pytest.mark.parametrize(
    ("ask", "found"),
    [
        ("Hoe laat opent het loket op zaterdag?", True),
        ("hoe laat opent op zaterdag het loket?", True),
        ("Hoe láát opent het loket op zaterdagen?", True),
        ("Hoe laat sluit het loket op zondag?", False),
        ("Wat kost een parkeerkaart?", False),
    ],
)
def test_a_near_copy_would_be_found(ask: str, found: bool) -> None:
    said = alike([("noord.loket", ask)], [("ergens:1", "Hoe laat opent het loket op zaterdag?")])
    assert said == ([f"noord.loket: {ask!r} is like ergens:1"] if found else [])
