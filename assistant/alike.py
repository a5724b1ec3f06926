"""Whether statements that were found say the same, or tell the same point."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from assistant.statements import Found
from knowledge.figures import figures_of
from knowledge.numerals import find_numerals
from knowledge.statements.card import Statement

SAME_WORDS = 90
"""Two statements this alike (0 to 100) say the same, be it of another policy."""

_YEAR = re.compile(r"20\d\d")
"""Years alone tell nothing: every policy names its own."""


def point_of(found: Found) -> str | None:
    """The word for what a statement is about, the same in all policies; None where it has none."""
    return found.card.point if isinstance(found.card, Statement) else None


def are_variants(one: Found, other: Found) -> bool:
    """Whether two statements tell the same point of a policy for different kinds of providers."""
    same_policy = one.statement.policy_id == other.statement.policy_id
    return same_policy and point_of(one) is not None and point_of(one) == point_of(other)


def says_alike(one: Found, other: Found) -> bool:
    """Whether two statements say the same: in the same words, or on the same point with the same figures or mailbox.

    In two policies the same words may stand in another order.
    """
    is_elsewhere = one.statement.policy_id != other.statement.policy_id
    alike = fuzz.token_sort_ratio if is_elsewhere else fuzz.ratio
    if alike(whole(one), whole(other)) >= SAME_WORDS and _numbers(one) == _numbers(other):
        return True
    if not is_elsewhere or not is_same_point(one, other):
        return False
    mine, theirs = (set(figures_of(whole(each))) for each in (one, other))
    boxes = {figure for figure in mine & theirs if "@" in figure}
    return bool(boxes) or (mine == theirs and not all(_YEAR.fullmatch(figure) for figure in mine))


def is_same_point(one: Found, other: Found) -> bool:
    """Whether statements of two policies are about the same: by the word for it, or by the name of the card."""
    return (point_of(one) or one.card.id) == (point_of(other) or other.card.id)


def figures_told(found: Found) -> frozenset[str]:
    """The figures, dates and addresses of a statement."""
    return frozenset(figures_of(whole(found)))


def _numbers(found: Found) -> set[object]:
    """The figures of a statement, and its numbers in words."""
    told = whole(found)
    return {*figures_of(told), *(numeral.value for numeral in find_numerals(told))}


def whole(found: Found) -> str:
    """All that a statement tells, in Dutch, with the items of its list."""
    items = found.card.items if isinstance(found.card, Statement) else ()
    return " ".join((found.card.says.nl, *(item.nl for item in items)))
