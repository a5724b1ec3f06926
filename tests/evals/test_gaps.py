"""Gaps for a policy's owner: what was not found, what was asked back, and what the cards note as unclear."""

from __future__ import annotations

from functools import cache

import pytest

from evals.gaps import Asked, find_gaps
from ingest.pipeline import read_policies
from ingest.prove import prove_rules
from knowledge.records import PolicyText
from knowledge.rules.proven import PolicyRules
from tests.next_edition import FOLDER


@cache
def bundled() -> tuple[dict[str, PolicyText], dict[str, PolicyRules]]:
    texts = {text.policy.id: text for text in read_policies(FOLDER)}
    return texts, {policy_id: prove_rules(text) for policy_id, text in texts.items()}


def asked(text: str, status: str = "unanswerable_no_evidence", **more: tuple[str, ...]) -> Asked:
    return Asked.model_validate({"text": text, "status": status} | more)


def test_questions_that_are_nearly_the_same_count_together() -> None:
    found = find_gaps(
        [
            asked("Mag ik onderaannemers inzetten voor de zorg?"),
            asked("mag ik onderaannemers inzetten voor de zorg"),
            asked("Mag ik onderaannemers voor de zorg inzetten?", policies=("noord-2027",)),
            asked("Hoeveel parkeerplaatsen zijn er nodig bij de praktijk?"),
            asked("Mag ik onderaannemers inzetten voor de zorg?", "answered"),
            asked("Mag ik onderaannemers inzetten voor de zorg?", "guardrail_abuse"),
        ],
        {},
        {},
    )
    assert [(each.question, each.count) for each in found.not_found] == [
        ("Mag ik onderaannemers inzetten voor de zorg?", 3),
        ("Hoeveel parkeerplaatsen zijn er nodig bij de praktijk?", 1),
    ]
    assert found.not_found[0].policies == ("noord-2027",)
    assert found.asked == 6


def test_passages_asked_back_over_are_named_by_their_heading() -> None:
    texts, _ = bundled()
    passage = next(p for p in texts["caresq-farmacie-2027"].passages if p.section == "2.7")
    back = [asked(f"Vraag {n}?", "clarify_fact", passages=(passage.id, "weg-2020/p1")) for n in range(5)]
    (found,) = find_gaps(back, texts, {}).asked_back
    assert (found.count, found.policy_id, found.section) == (5, "caresq-farmacie-2027", "2.7")
    assert found.heading == "2.7 Planning en bereikbaarheid"
    assert len(found.questions) == 3


def test_places_that_contradict_each_other_come_from_the_cards_of_rules_in_use() -> None:
    texts, rules = bundled()
    found = find_gaps([], texts, rules).doubts
    contradictions = [each for each in found if each.kind == "contradicts"]
    assert any("zegt het beleid twee dingen" in each.note for each in contradictions)
    assert all(each.section for each in found)
    assert {each.kind for each in found} == {"contradicts", "open"}


@pytest.mark.parametrize("rule", ["caresq-farmacie.weg", "onzin"])
def test_a_rule_that_is_gone_does_not_matter(rule: str) -> None:
    texts, rules = bundled()
    assert all(each.used == 0 for each in find_gaps([asked("?", "answered", rules=(rule,))], texts, rules).doubts)


def test_a_doubt_of_a_rule_that_was_used_comes_first() -> None:
    texts, rules = bundled()
    last = find_gaps([], texts, rules).doubts[-1]
    name = next(
        f"{last.policy_id}.{each.id}" for each in rules[last.policy_id].proven if each.rule.title.nl == last.rule
    )
    first = find_gaps([asked("?", "answered", rules=(name,))] * 2, texts, rules).doubts[0]
    assert (first.rule, first.used) == (last.rule, 2)
