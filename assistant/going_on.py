"""Units that answer a question which goes on from the answer before: mostly of its section, and not told by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.units import Unit
from knowledge.search import Searcher
from knowledge.tokens import content_words

SAME_SECTION, WAS_TOLD = 2.0, -2.0
"""What a unit's log likelihood gains by standing in the section of the answer before, and by having been told in it."""
TOLD_SHARE = 0.5
"""A unit was told where the answer before holds this share of its words."""


@dataclass(frozen=True)
class GoingOn:
    """A question read as going on from the one asked before it, and what was answered to that ("" for nothing)."""

    question: str
    answer: str


def ranked_going_on(
    units: Sequence[Unit], going_on: GoingOn, searcher: Searcher, policy_ids: Sequence[str]
) -> list[Unit]:
    """The units found for `going_on.question`, ranked anew; that one of them answers stays as likely as it was."""
    before = searcher.search(going_on.answer, 1, policy_ids=policy_ids) if going_on.answer else []
    if not units or not before:
        return list(units)
    section, told = before[0].passage.section_id, set(content_words(going_on.answer))
    gains = [
        SAME_SECTION * (unit.hit.passage.section_id == section) + WAS_TOLD * _is_told(unit.text, told) for unit in units
    ]
    weighed = np.array([unit.score for unit in units]) * np.exp(gains)
    scores = weighed * sum(unit.score for unit in units) / weighed.sum()
    ranked = [replace(unit, score=float(score)) for unit, score in zip(units, scores, strict=True)]
    return sorted(ranked, key=lambda unit: -unit.score)


def _is_told(text: str, told: set[str]) -> bool:
    own = set(content_words(text))
    return len(own & told) >= TOLD_SHARE * max(1, len(own))
