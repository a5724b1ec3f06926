"""What a run of a rule gives: a verdict or a value, the reason per criterion, and how it was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from knowledge.records import Record
from knowledge.rules.card import FactValue, Said, Unit
from knowledge.rules.proven import Spot

Verdict = Literal["met", "not_met", "undecided"]


class CriterionResult(Record):
    """One condition, judged. `given`: the asker's own value in words; `distance`: how far it is from the bound.

    `told`: the verdict in a sentence, in the card's own words where `has_own_words`.
    """

    id: str
    fact: str
    name: Said
    needs: Said
    verdict: Verdict
    given: Said | None
    distance: Said | None
    told: Said
    has_own_words: bool = False
    note: Said | None
    spot: Spot


class RuleResult(Record):
    """A rule run on facts and a day.

    `verdict` "value" bears `value` (a figure, an ISO day or a wording) and its unit; the others are the three
    outcomes of conditions. `missing`: facts that could change it, the one to ask for first; `spots` prove the
    values it rests on, criteria prove themselves. `is_open`: a deadline that today has not passed, None where
    there is none.
    """

    rule: str
    policy_id: str
    title: Said
    verdict: Literal["met", "not_met", "undecided", "value"]
    value: str | None = None
    unit: Unit | None = None
    sentence: Said
    then: Said | None = None
    inputs: Mapping[str, FactValue]
    missing: tuple[str, ...] = ()
    ask: Said | None = None
    criteria: tuple[CriterionResult, ...] = ()
    steps: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()
    spots: tuple[Spot, ...] = ()
    is_open: bool | None = None
