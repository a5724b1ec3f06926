"""The sentences of two sections, aligned: the same, changed, added or removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.changes.wording import likeness, plain, shared_key
from knowledge.records import Passage, PolicyText, Section, Span
from knowledge.sentences import split_sentences

LEAST_LIKENESS = 0.4
"""Share of the words that two sentences have in common, in order, to be one that was changed."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, item or row of a section; `text` is as it is compared. `passage_id`: where it can be read."""

    text: str
    span: Span
    passage_id: str | None


Pair = tuple[Sentence | None, Sentence | None]
"""A sentence of the old text and its counterpart in the new one; None where there is none."""


def sentences_by_section(text: PolicyText) -> dict[str, list[Sentence]]:
    """The sentences of every section that is indexed, in order, by section id.

    Of the sections, not of their passages: how a section is cut into passages says nothing.
    """
    passages: dict[str, list[Passage]] = {}
    for passage in text.passages:
        passages.setdefault(passage.section_id, []).append(passage)
    return {
        section.id: list(_sentences(text.text, section, passages.get(section.id, ())))
        for section in indexed_sections(text)
    }


def _sentences(text: str, section: Section, passages: Sequence[Passage]) -> Iterator[Sentence]:
    has_heading = text.startswith(section.title, section.start)
    start = section.start + len(section.title) if has_heading else section.start
    for span in split_sentences(text, start, section.end):
        within = (passage for passage in passages if _holds(passage, span.start))
        passage = next(within, passages[0] if passages else None)
        yield Sentence(plain(text[span.start : span.end]), span, passage.id if passage else None)


def _holds(passage: Passage, offset: int) -> bool:
    """Whether a place stands in a passage's own text, or in what leads into it."""
    spans = ((passage.start, passage.end), *((span.start, span.end) for span in passage.lead))
    return any(start <= offset < end for start, end in spans)


def indexed_sections(text: PolicyText) -> list[Section]:
    """The sections but the table of contents."""
    return [section for section in text.sections if section.kind != "contents"]


def align(old: Sequence[Sentence], new: Sequence[Sentence], years: tuple[int, int]) -> list[Pair]:
    """The sentences of both in reading order, paired; `years` are the policies' own, which may differ in a pair."""
    old_texts, new_texts = {each.text for each in old}, {each.text for each in new}
    old_keys = [shared_key(each.text, new_texts, years) for each in old]
    new_keys = [each.text if each.text in old_texts else shared_key(each.text, set(old_keys), years) for each in new]
    matcher = SequenceMatcher(a=old_keys, b=new_keys, autojunk=False)
    pairs: list[Pair] = []
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            pairs += zip(old[first:last], new[start:end], strict=True)
        else:
            pairs += _aligned(old[first:last], new[start:end])
    return pairs


def _aligned(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Pair]:
    """The pairing of most likeness that keeps the order of both; what is too unlike stays alone."""
    likenesses = [[likeness(one.text, other.text) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = likenesses[i][j] + best[i + 1][j + 1] if likenesses[i][j] >= LEAST_LIKENESS else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(old) and j < len(new):
        if likenesses[i][j] >= LEAST_LIKENESS and best[i][j] == likenesses[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((each, None) for each in old[i:])
    yield from ((None, each) for each in new[j:])
