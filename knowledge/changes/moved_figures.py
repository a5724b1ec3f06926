"""Figures that moved between two wordings of a sentence: dates, amounts, percentages, numbers and addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from knowledge.addresses import ADDRESS
from knowledge.changes.records import FigureKind, MovedFigure
from knowledge.changes.wording import LONGEST_DATE_DAYS
from knowledge.dates import find_dates
from knowledge.quantities import find_quantities

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,:/-]\d+)*(?!\w)")
_ANY_YEAR = 2000
"""Completes a day without a year, in both texts alike."""
_KINDS: dict[str, FigureKind] = {"eur": "amount", "percent": "percentage"}


@dataclass(frozen=True)
class _Figure:
    """A figure as a text words it. `value` is what is compared, `group` what it is first paired by."""

    kind: FigureKind
    group: str
    value: Hashable
    text: str
    start: int


def moved_figures(old: str, new: str, *, years: tuple[int, int]) -> tuple[MovedFigure, ...]:
    """The figures that `old` and `new` do not have in common, paired in order.

    `years`: those of the policies; that the one became the other says nothing.
    """
    before, after = list(_figures(old)), list(_figures(new))
    shared = Counter(map(_identity, before)) & Counter(map(_identity, after))
    gone, come = _without(before, shared), _without(after, shared)
    moved: list[tuple[int, MovedFigure]] = []
    for by_group in (True, False):
        for figure in list(gone):
            other = next((f for f in come if f.kind == figure.kind and (f.group == figure.group or not by_group)), None)
            if other is not None:
                moved.append((other.start, MovedFigure(kind=figure.kind, old=figure.text, new=other.text)))
                gone.remove(figure)
                come.remove(other)
    moved += [(each.start, MovedFigure(kind=each.kind, old=each.text, new=None)) for each in gone]
    moved += [(each.start, MovedFigure(kind=each.kind, old=None, new=each.text)) for each in come]
    in_order = (figure for _, figure in sorted(moved, key=lambda each: each[0]))
    return tuple(each for each in in_order if (each.old, each.new) != (str(years[0]), str(years[1])))


def without_dates(text: str) -> str:
    """A text with each date as "{date}": two editions say the same where only their days differ."""
    parts, at = [], 0
    for date, start, end in find_dates(text):
        if (date.last - date.first).days < LONGEST_DATE_DAYS:
            parts += [text[at:start], "{date}"]
            at = end
    return "".join([*parts, text[at:]])


def _identity(figure: _Figure) -> tuple[str, Hashable]:
    return figure.kind, figure.value


def _without(figures: list[_Figure], shared: Counter[tuple[str, Hashable]]) -> list[_Figure]:
    left = Counter(shared)
    kept = []
    for figure in figures:
        if left[_identity(figure)] > 0:
            left[_identity(figure)] -= 1
        else:
            kept.append(figure)
    return kept


def _figures(text: str) -> Iterator[_Figure]:
    """The figures of a text; each digit belongs to one of them."""
    taken: list[tuple[int, int]] = []

    def is_free(start: int, end: int) -> bool:
        return not any(start < last and first < end for first, last in taken)

    for match in ADDRESS.finditer(text):
        shown = match.group().rstrip(".,;:)")
        taken.append(match.span())
        yield _Figure("address", "address", "".join(shown.lower().split()), shown, match.start())
    for date, start, end in find_dates(text, year=_ANY_YEAR):
        if is_free(start, end) and (date.last - date.first).days < LONGEST_DATE_DAYS:
            taken.append((start, end))
            yield _Figure("date", date.kind, (date.first, date.last, date.bound), date.text.rstrip("., "), start)
    for quantity in find_quantities(text):
        if is_free(quantity.start, quantity.end):
            taken.append((quantity.start, quantity.end))
            kind = _KINDS.get(quantity.unit, "number")
            unit = "count" if quantity.unit in ("count", "number") else quantity.unit
            yield _Figure(kind, unit, (unit, quantity.value), quantity.text, quantity.start)
    for match in _NUMBER.finditer(text):
        if is_free(*match.span()):
            yield _Figure("number", "number", match.group(), match.group(), match.start())
