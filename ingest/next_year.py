"""A card in another year's edition: where it says its policy's own year, that edition's own year stands.

Which of the two readings holds is for the text to say: "vanaf 2027" in the edition of 2028 is still 2027.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from knowledge.changes.wording import with_year
from knowledge.records import PolicyText, Record
from knowledge.rules.proven import ProvenRule, RefusedRule
from knowledge.statements.proven import ProvenStatement, RefusedStatement

Card = TypeVar("Card", bound=Record)
Outcome = TypeVar("Outcome", ProvenRule | RefusedRule, ProvenStatement | RefusedStatement)

_NOT_SAID = frozenset({"id", "kind", "fact", "unit", "sections", "asks", "proof", "proofs", "names"})
"""Fields of a card that are not told to anyone."""


def prove_in_year(card: Card, years: tuple[int, ...], text: PolicyText, prove: Callable[[Card], Outcome]) -> Outcome:
    """What the text proves of a card that was written for `years`: as it is written, or put forward to its own year.

    Where both are proven, it is as written only where the year that it says stands in a spot.
    """
    written = prove(card)
    forward = in_year(card, years, text.policy.year)
    if forward is None:
        return written
    put_forward = prove(forward)
    if isinstance(put_forward, RefusedRule | RefusedStatement):
        return written
    if isinstance(written, RefusedRule | RefusedStatement):
        return put_forward
    says_year = str(max(years)) in "\n".join(_said(_content(card)))
    spots = written.spots.values() if isinstance(written, ProvenRule) else written.spots
    stands = any(str(max(years)) in text.text[spot.start : spot.end] for spot in spots)
    return put_forward if says_year and not stands else written


def in_year(card: Card, years: tuple[int, ...], year: int) -> Card | None:
    """The card with the last of its years put forward to `year`; None where that changes nothing."""
    if year in years:
        return None
    before = _content(card)
    after = _put_forward(before, max(years), year)
    return type(card).model_validate(after) if after != before else None


def _content(card: Record) -> object:
    return card.model_dump(mode="json", by_alias=True, exclude_none=True)


def _put_forward(content: object, old: int, new: int) -> object:
    if isinstance(content, str):
        return with_year(content, old, new)
    if isinstance(content, list):
        return [_put_forward(each, old, new) for each in content]
    if isinstance(content, dict):
        return {name: each if name == "id" else _put_forward(each, old, new) for name, each in content.items()}
    return content


def _said(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for each in content:
            yield from _said(each)
    elif isinstance(content, dict):
        for name, each in content.items():
            if name not in _NOT_SAID:
                yield from _said(each)
