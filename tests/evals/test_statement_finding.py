"""Measuring how statements are found: questions that no fit has seen, and a bar that tells right from wrong."""

from __future__ import annotations

import json

import pytest

from evals.statement_finding import QUESTIONS, Bar
from knowledge.dutch import fold
from knowledge.rules.load import bundled_cards
from knowledge.statements.load import bundled_statements


def asks_by_card() -> dict[str, set[str]]:
    """All questions that a card is found by, folded."""
    statements = {f"{f.policy}/statement/{card.id}": card.asks for f in bundled_statements() for card in f.cards}
    rules = {f"{file.policy}/rule/{rule.id}": rule.asks for file in bundled_cards() for rule in file.rules}
    return {name: set(map(fold, asks)) for name, asks in (statements | rules).items()}


def test_nearly_every_card_has_questions_to_fit_and_to_measure_by_that_find_no_card() -> None:
    known = asks_by_card()
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert {row["card"] for row in rows} <= set(known)
    assert len(rows) > 0.99 * len(known)
    kept = [fold(ask) for row in rows for ask in row["asks"]]
    assert len(kept) > 1.9 * len(rows)
    assert len(set(kept)) == len(kept)
    assert not set(kept) & set().union(*known.values())


CASES = [(score, lead, score + lead > 7) for score in (3.0, 4.0, 5.0, 6.0, 7.0) for lead in (0.0, 1.0, 2.0, 3.0)]


@pytest.mark.parametrize(("score", "lead", "passes"), [(7.5, 2.5, True), (3.0, 0.5, False), (4.0, 1.0, False)])
def test_a_bar_is_fitted_between_what_answers_and_what_does_not(score: float, lead: float, passes: bool) -> None:
    bar = Bar.fit(CASES)
    assert bar.per_score > 0
    assert bar.per_lead > 0
    assert bar.passes(score, lead) is passes
