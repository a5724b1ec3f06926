"""The question bank carried over: a line serves the new policy where the sentence that it names still answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.bank import BankLine, phrase_key
from knowledge.changes.compare import Comparison
from knowledge.changes.moved_figures import moved_figures
from knowledge.changes.records import MovedFigure, QuestionChange
from knowledge.changes.sentences import Sentence
from knowledge.changes.wording import likeness, same_but_year, with_year
from knowledge.records import Passage

SAME_ANSWER = 0.8
"""Likeness from which a reworded sentence without a moved figure still answers what the old one did."""


@dataclass(frozen=True)
class _Fate:
    """A sentence of the old policy as phrases are looked for in it, and its counterpart; None where it is gone."""

    key: str
    old: Sentence
    new: Sentence | None


@dataclass(frozen=True)
class _Place:
    """A passage as lines look for it, with the fates of its sentences (none for a passage of the new policy)."""

    passage: Passage
    section: str
    text: str
    fates: tuple[_Fate, ...] = ()

    def holds(self, sections: Sequence[str], key: Sequence[str]) -> bool:
        """Whether the passage stands in one of the sections and holds every phrase."""
        return self.section in map(phrase_key, sections) and all(phrase_key(phrase) in self.text for phrase in key)


def carry_over(lines: Sequence[BankLine], comparison: Comparison) -> tuple[QuestionChange, ...]:
    """What comes of the lines of the old policy, in their order."""
    fates: dict[str, list[_Fate]] = {}
    for pair in comparison.sections:
        for one, other in pair.sentences:
            if one is not None and one.passage_id is not None:
                fates.setdefault(one.passage_id, []).append(_Fate(phrase_key(one.text), one, other))
    before = [_place(passage, fates.get(passage.id, ())) for passage in comparison.old.passages]
    after = {passage.id: _place(passage) for passage in comparison.new.passages}
    own = [line for line in lines if line.policy_id == comparison.old.policy.id]
    return tuple(_carried(line, before, after, comparison) for line in own)


def _place(passage: Passage, fates: Sequence[_Fate] = ()) -> _Place:
    return _Place(passage, phrase_key(passage.section), phrase_key(passage.text), tuple(fates))


def _carried(
    line: BankLine, before: Sequence[_Place], after: Mapping[str, _Place], comparison: Comparison
) -> QuestionChange:
    named = [fate for place in before if place.holds(line.sections, line.key) for fate in _named(place, line)]
    if not named:
        return _change("lost", line, "the line names no spot in the old policy")
    gone = next((fate.old.text for fate in named if fate.new is None), None)
    if gone is not None:
        return _change("lost", line, f"gone: {gone!r}")
    doubts = list(dict.fromkeys(doubt for fate in named for doubt in _doubts(fate, comparison)))
    key = tuple(_rekeyed(phrase, named, comparison) for phrase in line.key)
    places = [after[fate.new.passage_id] for fate in named if fate.new is not None and fate.new.passage_id]
    sections = tuple(dict.fromkeys(place.passage.section for place in places))
    if not any(place.holds(sections, key) for place in places):
        missing = f"{' + '.join(key)!r} does not stand together in section {' or '.join(sections)}"
        return _change("look", line, "; ".join([*doubts, missing]))
    moved = set(map(phrase_key, sections)).isdisjoint(map(phrase_key, line.sections))
    carried = line.model_copy(
        update={
            "policy_id": comparison.new.policy.id,
            "sections": sections if moved else line.sections,
            "key": key,
            "questions": tuple(with_year(question, *comparison.years) for question in line.questions),
            "approved": not doubts,
        }
    )
    return _change("look" if doubts else "carried", line, "; ".join(doubts), carried)


def _change(state: str, line: BankLine, why: str, carried: BankLine | None = None) -> QuestionChange:
    content = {"state": state, "questions": line.questions, "old_section": line.sections[0], "why": why}
    return QuestionChange.model_validate(content | {"line": carried})


def _named(place: _Place, line: BankLine) -> list[_Fate]:
    """The sentences that a line names: those that hold all phrases, or else every one that holds any."""
    phrases = [phrase_key(phrase) for phrase in line.key]
    counts = [sum(phrase in fate.key for phrase in phrases) for fate in place.fates]
    least = len(phrases) if len(phrases) in counts else 1
    return [fate for fate, count in zip(place.fates, counts, strict=True) if count >= least]


def _doubts(fate: _Fate, comparison: Comparison) -> Iterator[str]:
    """Why the new sentence may not answer what the old one did."""
    if fate.new is None or same_but_year(fate.old.text, fate.new.text, comparison.years):
        return
    figures = moved_figures(fate.old.text, fate.new.text, years=comparison.years)
    yield from (f"{each.old or '-'} -> {each.new or '-'}" for each in figures)
    if not figures and likeness(fate.old.text, fate.new.text) < SAME_ANSWER:
        yield f"was {fate.old.text!r}; is {fate.new.text!r}"


def _rekeyed(phrase: str, named: Sequence[_Fate], comparison: Comparison) -> str:
    """A key phrase as the new sentence has it: in its year, and with the figures that moved."""
    for fate in named:
        new = phrase_key(fate.new.text) if fate.new is not None else ""
        if fate.new is None or phrase_key(phrase) in new or phrase_key(phrase) not in fate.key:
            continue
        figures = moved_figures(fate.old.text, fate.new.text, years=comparison.years)
        for tried in _wordings(phrase, figures, comparison):
            if phrase_key(tried) in new:
                return tried
    return phrase


def _wordings(phrase: str, figures: Sequence[MovedFigure], comparison: Comparison) -> Iterator[str]:
    yield with_year(phrase, *comparison.years)
    for figure in figures:
        if figure.old and figure.new and phrase_key(figure.old) in phrase_key(phrase):
            yield phrase_key(phrase).replace(phrase_key(figure.old), figure.new)
        elif figure.old and figure.new and phrase_key(phrase) in phrase_key(figure.old):
            yield figure.new
