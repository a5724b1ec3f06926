"""Two policies to what changed from the one to the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from knowledge.changes.moved_figures import moved_figures
from knowledge.changes.records import MovedFigure, PolicyChanges, SectionChange, SentenceChange
from knowledge.changes.sections import match_sections
from knowledge.changes.sentences import Pair, Sentence, align, indexed_sections, sentences_by_section
from knowledge.changes.wording import plain, same_but_year, with_year
from knowledge.records import PolicyText, Section

LEAST_WORDS_MOVED = 4
"""A shorter sentence ("Onderwerp Datum") that stands elsewhere too was not moved there."""


@dataclass(frozen=True)
class SectionPair:
    """A section and its counterpart, with their sentences paired; one of them is None where it came or went."""

    old: Section | None
    new: Section | None
    sentences: tuple[Pair, ...]


@dataclass(frozen=True)
class Comparison:
    """Two policies, section by section in the new one's order; removed sections follow their predecessor."""

    old: PolicyText
    new: PolicyText
    sections: tuple[SectionPair, ...]

    @property
    def years(self) -> tuple[int, int]:
        """The old policy's year and the new one's."""
        return self.old.policy.year, self.new.policy.year


def compare(old: PolicyText, new: PolicyText) -> Comparison:
    """Match the sections of two policies and align their sentences."""
    years = (old.policy.year, new.policy.year)
    before, after = sentences_by_section(old), sentences_by_section(new)
    matched = match_sections(old, new, before, after)
    old_sections = {section.id: section for section in indexed_sections(old)}
    order = list(old_sections)
    removed = [section_id for section_id in order if section_id not in matched.values()]
    pairs: list[SectionPair] = []
    for section in indexed_sections(new):
        counterpart = old_sections.get(matched.get(section.id, ""))
        if counterpart is None:
            pairs.append(SectionPair(None, section, tuple((None, each) for each in after[section.id])))
        else:
            aligned = tuple(align(before[counterpart.id], after[section.id], years))
            pairs.append(SectionPair(counterpart, section, aligned))
    for section_id in removed:
        gone = SectionPair(old_sections[section_id], None, tuple((each, None) for each in before[section_id]))
        pairs.insert(_place(pairs, order, order.index(section_id)), gone)
    return Comparison(old, new, tuple(pairs))


def list_changes(comparison: Comparison) -> PolicyChanges:
    """The sections that changed, each with its sentences and figures; rules and questions are left empty."""
    moved = _moved(comparison)
    sections = [_section_change(pair, comparison, moved) for pair in comparison.sections]
    return PolicyChanges(
        policy_id=comparison.new.policy.id,
        against=comparison.old.policy.id,
        sections=tuple(section for section in sections if section is not None),
        unchanged_sections=sum(section is None for section in sections),
        years_only=sum(
            one is not None and other is not None and one.text != other.text and _is_same(one, other, comparison)
            for pair in comparison.sections
            for one, other in pair.sentences
        ),
    )


def _place(pairs: Sequence[SectionPair], order: Sequence[str], at: int) -> int:
    """Where a removed section goes: behind the nearest section before it that is there."""
    for section_id in reversed(order[:at]):
        for place, pair in enumerate(pairs):
            if pair.old is not None and pair.old.id == section_id:
                return place + 1
    return 0


def _section_change(pair: SectionPair, comparison: Comparison, moved: Mapping[int, Sentence]) -> SectionChange | None:
    """What changed in a section; None where nothing did."""
    sentences = tuple(_sentence_changes(pair, comparison, moved))
    section = pair.new or pair.old
    if section is None:
        return None
    old = pair.old if pair.new is not None else None
    renumbered = old is not None and pair.old is not None and old.number != section.number
    retitled = old is not None and _is_retitled(old, section, comparison)
    if old is not None and not (sentences or renumbered or retitled):
        return None
    return SectionChange(
        kind="changed" if old is not None else "added" if pair.new is not None else "removed",
        section=section.name,
        title=section.title,
        old_section=old.name if old is not None else None,
        old_title=old.title if old is not None else None,
        renumbered=renumbered,
        retitled=retitled,
        heading_path=section.path,
        sentences=sentences,
        figures=tuple(dict.fromkeys(chain.from_iterable(each.figures for each in sentences))),
        passage_id=_first(each.passage_id for each in sentences) or _passage_of(pair, comparison, new=True),
        old_passage_id=_first(each.old_passage_id for each in sentences) or _passage_of(pair, comparison, new=False),
    )


def _sentence_changes(
    pair: SectionPair, comparison: Comparison, moved: Mapping[int, Sentence]
) -> Iterator[SentenceChange]:
    for one, other in pair.sentences:
        if one is not None and other is not None:
            if not _is_same(one, other, comparison):
                figures = moved_figures(one.text, other.text, years=comparison.years)
                yield _change("changed", one, other, figures)
        elif other is not None:
            origin = moved.get(id(other))
            yield _change("moved" if origin else "added", origin, other)
        elif one is not None and id(one) not in moved:
            yield _change("removed", one, None)


def _change(
    kind: str, one: Sentence | None, other: Sentence | None, figures: tuple[MovedFigure, ...] = ()
) -> SentenceChange:
    return SentenceChange.model_validate(
        {
            "kind": kind,
            "old": one.text if one else None,
            "new": other.text if other else None,
            "figures": figures,
            "old_span": one.span if one else None,
            "new_span": other.span if other else None,
            "old_passage_id": one.passage_id if one else None,
            "passage_id": other.passage_id if other else None,
        }
    )


def _moved(comparison: Comparison) -> dict[int, Sentence]:
    """Sentences that stand at another place in the new policy, by the identity of either, with the old one."""
    gone: dict[str, list[Sentence]] = {}
    for pair in comparison.sections:
        for one, other in pair.sentences:
            if one is not None and other is None and len(one.text.split()) >= LEAST_WORDS_MOVED:
                gone.setdefault(with_year(one.text, *comparison.years), []).append(one)
    found: dict[int, Sentence] = {}
    for pair in comparison.sections:
        for one, other in pair.sentences:
            if one is None and other is not None and gone.get(other.text):
                origin = gone[other.text].pop(0)
                found[id(other)] = found[id(origin)] = origin
    return found


def _is_same(one: Sentence, other: Sentence, comparison: Comparison) -> bool:
    return same_but_year(one.text, other.text, comparison.years)


def _is_retitled(old: Section, new: Section, comparison: Comparison) -> bool:
    return not same_but_year(plain(old.title), plain(new.title), comparison.years)


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _passage_of(pair: SectionPair, comparison: Comparison, *, new: bool) -> str | None:
    """The first passage of a section; None where it has none, or is not there."""
    section, text = (pair.new, comparison.new) if new else (pair.old, comparison.old)
    return next((p.id for p in text.passages if section is not None and p.section_id == section.id), None)
