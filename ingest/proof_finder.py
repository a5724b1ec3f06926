"""Where a proof stands in a policy: by section and by the phrases and values that stand together there.

Not by wording, so that an original and its restatement prove the same card. What is not found is a
string that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.bank import phrase_key
from knowledge.dates import find_dates
from knowledge.quantities import find_quantities
from knowledge.records import DateValue, Part, Passage, PolicyText
from knowledge.rules.card import Parameter, Proof
from knowledge.rules.proven import ProvenValue, Spot
from knowledge.sentences import split_sentences

LONGEST_WINDOW = 3
"""A spot is a sentence, row or item, or as many that follow each other: a restatement may need two for one."""

_WHOLE_UNITS = frozenset({"count", "number"})


@dataclass(frozen=True)
class _Window:
    """Up to three units of a passage that follow each other: the spot, its text, and that with lead and heading."""

    spot: Spot
    text: str
    key: str

    def holds(self, phrases: Sequence[Sequence[str]]) -> bool:
        """Whether every phrase (any of its alternatives) stands here, in the units, their lead-in or heading."""
        return all(any(each in self.key for each in phrase) for phrase in phrases)

    def holds_itself(self, phrases: Sequence[Sequence[str]]) -> bool:
        """Whether a phrase stands in the units themselves."""
        own = phrase_key(self.text)
        return any(each in own for phrase in phrases for each in phrase)


class ProofFinder:
    """Finds proofs in one policy's passages. What is not found is a string that says so."""

    def __init__(self, text: PolicyText, *, is_other_year: bool, anywhere: bool = False) -> None:
        """`anywhere`: whatever section a proof names, it may stand in any."""
        self._policy = text.policy
        self._is_other_year = is_other_year
        self._anywhere = anywhere
        self._windows: dict[str, list[list[_Window]]] = {}
        for passage in text.passages:
            levels = self._windows.setdefault(phrase_key(passage.section), [[] for _ in range(LONGEST_WINDOW)])
            for level, windows in zip(levels, _windows(text, passage), strict=True):
                level.extend(windows)

    def spot(self, proof: Proof) -> Spot | str:
        """The first of the smallest windows that hold all phrases."""
        found = self._holding(proof)
        return found[0].spot if found else _nowhere(proof)

    def spots(self, proof: Proof) -> list[Spot]:
        """All the smallest windows that hold all phrases."""
        return [window.spot for window in self._holding(proof)]

    def value(self, parameter: Parameter) -> ProvenValue | str:
        """The parameter's value where its proof says it stands: in every window that holds the phrases.

        Every one, because a policy that says two things at one spot proves neither.
        """
        windows = self._holding(parameter.proof)
        # Items of a list share its lead-in: a value stands where a phrase itself does, if there is such a place.
        windows = [w for w in windows if w.holds_itself(_phrases(parameter.proof))] or windows
        if not parameter.proof.holds:
            windows = [window for window in windows if self._read(parameter, window) is not None]
        if not windows:
            return f"{_nowhere(parameter.proof)} (value {parameter.value} {parameter.unit})"
        values = [self._read(parameter, window) for window in windows]
        if values[0] is None or None in values:
            shown = " ".join(windows[values.index(None)].text.split())[:120]
            return f"{parameter.value} ({parameter.unit}) does not stand in {shown!r}"
        if len({self._said(value) for value in values}) > 1:
            return f"{_shown(parameter.proof)} says several things in section {' or '.join(parameter.proof.sections)}"
        return values[0]

    def _said(self, value: ProvenValue | None) -> tuple[object, ...]:
        """What a value says, whatever its spot and wording."""
        date = value.date if value else None
        return (value and value.number, value and value.address, date and (date.first, date.last))

    def _holding(self, proof: Proof) -> list[_Window]:
        phrases = _phrases(proof)
        sections = self._windows if self._anywhere else map(phrase_key, proof.sections)
        if self._anywhere and not phrases:
            return []  # a section alone says nothing of another policy
        levels = [self._windows[key] for key in sections if key in self._windows]
        for size in range(LONGEST_WINDOW):
            found = [window for level in levels for window in level[size] if window.holds(phrases)]
            if found:
                return found
        return []

    def _read(self, parameter: Parameter, window: _Window) -> ProvenValue | None:
        unit, spot = parameter.unit, window.spot
        if unit == "address":
            wanted = str(parameter.value)
            return ProvenValue(unit=unit, spot=spot, address=wanted) if _holds_address(window.text, wanted) else None
        if unit in ("date", "month_day"):
            date = self._date(parameter, window.text)
            return ProvenValue(unit=unit, spot=spot, date=date) if date else None
        wanted_units = _WHOLE_UNITS if unit in _WHOLE_UNITS else {unit}
        number = next(
            (q.value for q in find_quantities(window.text) if q.unit in wanted_units and q.value == parameter.value),
            None,
        )
        return ProvenValue(unit=unit, spot=spot, number=number) if number is not None else None

    def _date(self, parameter: Parameter, text: str) -> DateValue | None:
        year = self._policy.year
        if parameter.unit == "month_day":
            dates = [date for date, _, _ in find_dates(text, year=year)]
            return next((d for d in dates if d.kind == "exact" and f"{d.first:%m-%d}" == parameter.value), None)
        dates = [date for date, _, _ in find_dates(text)]
        if self._is_other_year:  # another year's edition has days of its own: the one that stands at the spot
            return dates[0] if len({(date.first, date.last) for date in dates}) == 1 else None
        wanted = next((date for date, _, _ in find_dates(str(parameter.value))), None)
        if wanted is None:
            return None
        return next((date for date in dates if (date.first, date.last) == (wanted.first, wanted.last)), None)


def _holds_address(text: str, address: str) -> bool:
    """Whether an address stands in a text as a whole, be it broken over lines: no part of a longer one."""
    letters = r"\s*".join(re.escape(character) for character in "".join(address.lower().split()))
    return re.search(rf"(?<![\w.@+-]){letters}(?![\w@+-]|\.\w)", text.lower()) is not None


def _phrases(proof: Proof) -> list[list[str]]:
    """The phrases of a proof as they are compared, each with its alternatives."""
    return [[phrase_key(each) for each in phrase.split("|")] for phrase in proof.holds]


def _shown(proof: Proof) -> str:
    return repr(" + ".join(proof.holds))


def _nowhere(proof: Proof) -> str:
    return f"{_shown(proof)} stands nowhere in section {' or '.join(proof.sections)}"


def _windows(text: PolicyText, passage: Passage) -> Iterator[list[_Window]]:
    """The windows of one, two and three units of a passage."""
    units = list(split_sentences(text.text, passage.start, passage.end))
    for size in range(1, LONGEST_WINDOW + 1):
        level = []
        for first in range(len(units) - size + 1):
            start, end = units[first].start, units[first + size - 1].end
            own = text.text[start:end]
            part = passage.part_at(start)
            lead = " ".join(text.text[span.start : span.end] for span in (*passage.lead, *part.lead))
            if part.kind == "list":
                lead += f" {_opening_line(text.text, part, start)}"
            key = phrase_key(f"{passage.heading_path[-1]} {lead} {own}")
            level.append(_Window(Spot(passage_id=passage.id, start=start, end=end), own, key))
        yield level


def _opening_line(text: str, part: Part, start: int) -> str:
    """The lead-in that stands in a list's own text, for an item that starts behind it; empty where there is none."""
    line = text[part.start : part.end].split("\n", 1)[0].rstrip()
    return line if line.endswith(":") and start >= part.start + len(line) else ""
