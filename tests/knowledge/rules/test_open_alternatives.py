"""What one lacks is no failure while something that may take its place is open."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.rules.card import AllOf, AnyOf, Criterion
from knowledge.rules.inputs import open_alternatives, spared_alternatives


def criterion(name: str) -> Criterion:
    said = {"nl": name, "en": name}
    fields: dict[str, Any] = {
        "id": name,
        "name": said,
        "needs": said,
        "fact": name,
        "proof": {"sections": ["1"]},
        "is": True,
    }
    return Criterion.model_validate(fields)


NEED = AllOf(all=(criterion("a"), AnyOf(any=(criterion("b"), criterion("c")))))


@pytest.mark.parametrize(
    ("verdicts", "lacking"),
    [
        ({"a": "met", "b": "not_met", "c": "undecided"}, {"b"}),
        ({"a": "not_met", "b": "not_met", "c": "undecided"}, {"b"}),
        ({"a": "met", "b": "not_met", "c": "not_met"}, set()),
        ({"a": "met", "b": "not_met", "c": "met"}, set()),
        ({"a": "not_met"}, set()),
    ],
)
def test_what_one_lacks_while_an_alternative_is_open(verdicts: dict[str, str], lacking: set[str]) -> None:
    assert open_alternatives(NEED, verdicts) == lacking


def test_one_criterion_has_no_alternative() -> None:
    assert open_alternatives(criterion("a"), {"a": "not_met"}) == frozenset()


@pytest.mark.parametrize(
    ("verdicts", "spared"),
    [
        ({"b": "met"}, {"c"}),
        ({"b": "met", "c": "not_met"}, {"c"}),
        ({"b": "met", "c": "met"}, set()),
        ({"b": "not_met"}, set()),
        ({"a": "met"}, set()),
        ({}, set()),
    ],
)
def test_what_need_not_be_met_any_more(verdicts: dict[str, str], spared: set[str]) -> None:
    assert spared_alternatives(NEED, verdicts) == spared
    assert spared_alternatives(criterion("a"), {"a": "met"}) == frozenset()
    assert spared_alternatives(None, verdicts) == frozenset()
