"""A decision table is told for the case that a question names, as what holds if that is the asker's."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from assistant.facts import AskerFacts
from assistant.named_case import with_named_case
from assistant.question import read_asked
from assistant.rule_fit import Question, Routed
from ingest.prove import prove_rules
from knowledge.rules.card import CardFile, FactValue
from knowledge.rules.rulebook import Rulebook
from tests.assistant.test_routing import FACTS, NORTH, REVENUE, TODAY, need, proof, rule, said, texts

MOVE = rule(
    "move", "choice", "Verhuizing", "Wat melden wij bij een verhuizing?", "Verhuizen wij zo?", "Hoe verhuizen wij?",
    what=said("de melding"),
    cases=[
        {"when": need("reports_move", "verhuizing"), "value": said("vooraf"), "proof": proof("1", "verhuizing")},
        {"value": said("achteraf"), "proof": proof("1", "standaard")},
    ],
)  # fmt: skip
MOVED = "Als dit voor u geldt (reports_move): **vooraf**"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    cards = CardFile.model_validate(
        {"policy": "noord-fysio", "years": [2026], "facts": FACTS, "rules": [MOVE, REVENUE]}
    )
    return Rulebook({NORTH: prove_rules(texts(NORTH)[NORTH], [cards])})


def routed(book: Rulebook, rule_id: str, facts: Mapping[str, FactValue]) -> Routed:
    found = book.get(f"{NORTH}.{rule_id}")
    assert found is not None
    return Routed(found, AskerFacts(), book.run(found, dict(facts), TODAY), np.zeros(0))


def asking(text: str) -> Question:
    return Question(text, text, read_asked(text), (), (), TODAY, "nl")


@pytest.mark.parametrize(
    "text",
    [
        "Hoe gaat dat bij een verhuizing?",
        "Onze praktijk groeit. Wat geldt er bij een verhuizing?",
        "Zijn er eisen voor een verhuizing?",
    ],
)
def test_the_case_that_is_named_is_told(book: Rulebook, text: str) -> None:
    before = routed(book, "move", {})
    after = with_named_case(before, asking(text), book)
    assert after.result.verdict == "value"
    assert after.result.sentence.nl.startswith(MOVED)
    assert [fact.words for fact in after.facts] == ["verhuizing"]
    fact = next(iter(after.facts))
    assert text[fact.start : fact.end] == "verhuizing"


@pytest.mark.parametrize(
    ("rule_id", "facts", "text"),
    [
        ("move", {}, "Hoe gaat dat?"),
        ("move", {}, "Er komt een verhuizing. Welke eisen gelden?"),  # what is told is read elsewhere
        ("move", {}, "Hoe gaat dat zonder verhuizing?"),
        ("move", {}, "Geldt dat alleen bij een verhuizing?"),
        ("move", {}, "Geldt dat bij een verhuizing of bij een uitbreiding?"),
        ("move", {}, "What holds when there is no verhuizing?"),
        ("move", {"reports_move": False}, "Hoe gaat dat bij een verhuizing?"),
        ("revenue", {}, "Hoe gaat dat met de omzet?"),
    ],
)
def test_nothing_else_changes(book: Rulebook, rule_id: str, facts: Mapping[str, FactValue], text: str) -> None:
    before = routed(book, rule_id, facts)
    assert with_named_case(before, asking(text), book) is before
