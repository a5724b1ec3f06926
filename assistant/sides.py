"""The sides of a comparison: what of a question is asked of each, and the point on which they are put side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from assistant.alike import point_of
from assistant.cards import LIKENESS
from assistant.statements import Found
from assistant.turn_form import kind_of, mentions_in
from knowledge.records import Policy

NEAR_SIDES = 1.5
"""How far below the best statements of all sides together those on a shared point may score."""
LEAST_SHARED = 5.0
"""The least score of a statement on a shared point."""
LEAST_SHARED_MEANING = 0.4
"""How near in meaning (cosine) one of them is at least: less than for one policy, as all sides bear each other out."""
PER_MEANING = 2.0
"""How far meaning (cosine) counts among the shared points, over their scores. All of these were set by hand on
comparisons of our own between invented and bundled policies."""

Names = Callable[[str, Policy], bool]
"""Whether a text names the insurer or a care type of a policy."""

_MEANING = LIKENESS.index("meaning")
_LEADS = (
    r"(?:\b(?:bij|voor|van|aan|naar|door|met|als|at|for|with|of|by|to|from|as)\s+)?"
    r"(?:\b(?:de|het|een|ons|onze|mijn|the|our|a|an|my)\s+)?"
)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def of_side(text: str, own: Sequence[Policy], others: Sequence[Policy], names: Names) -> str:
    """`text` without what names only `others`: of 'A voor apotheken en B voor klinieken' each side keeps its own.

    The other side's words would lead to what this policy says about something else.
    """
    for name in _names_in(text):
        if any(names(name, policy) for policy in own) or not any(names(name, policy) for policy in others):
            continue
        called = r"[\W_]+".join(map(re.escape, re.split(r"[\W_]+", name)))
        text = re.sub(rf"{_LEADS}\b{called}\b", "", text, count=1, flags=re.IGNORECASE)
    return re.sub(r"\s{2,}", " ", text).strip()


def _names_in(text: str) -> Iterator[str]:
    """The insurers and care types that a text names, and then its words: a care type may stand within one."""
    tokens, mentions = mentions_in(text)
    yield from (" ".join(tokens[each.start : each.end]) for each in mentions if kind_of(each))
    yield from (match.group() for match in _WORD.finditer(text))


def point_key(found: Found) -> str:
    """What a statement is about, alike in all policies: the word for its point, else the name of its card."""
    return point_of(found) or found.card.id


def shared_point(found: Sequence[Sequence[Found]]) -> str | None:
    """The point on which every side has a statement near enough; None where there is none.

    `found`: the statements of each side, best first. What is asked of several policies is the same of each.
    """
    if len(found) < 2 or not all(found):
        return None
    nearest = [_nearest_by_point(each) for each in found]
    best = sum(each[0].score for each in found)
    shared = {point: [own[point] for own in nearest] for point in nearest[0] if all(point in own for own in nearest)}
    near = [told for told in shared.values() if _is_near(told, best)]
    if not near:
        return None
    return point_key(max(near, key=lambda told: sum(each.score + PER_MEANING * _meaning(each) for each in told))[0])


def _nearest_by_point(found: Sequence[Found]) -> dict[str, Found]:
    nearest: dict[str, Found] = {}
    for each in found:
        nearest.setdefault(point_key(each), each)
    return nearest


def _is_near(told: Collection[Found], best: float) -> bool:
    is_meant = any(_meaning(each) >= LEAST_SHARED_MEANING for each in told)
    scores = [each.score for each in told]
    return is_meant and min(scores) >= LEAST_SHARED and sum(scores) >= best - NEAR_SIDES


def _meaning(found: Found) -> float:
    return float(found.features[_MEANING])
