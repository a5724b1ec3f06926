"""The words that a text holds, by their stems, and the concepts of the thesaurus that it names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from knowledge.dutch import stem, words
from knowledge.thesaurus import Thesaurus


@dataclass(frozen=True)
class TextWords:
    """What a text holds: the stems of its words, the same one a line, and the concepts that it names."""

    stems: frozenset[str]
    lines: str
    concepts: frozenset[str]

    @classmethod
    def of(cls, stems: Collection[str], concepts: Collection[str]) -> TextWords:
        """Those of these stems and concepts."""
        return cls(frozenset(stems), "\n".join(stems), frozenset(concepts))


def text_words(text: str, thesaurus: Thesaurus) -> TextWords:
    """The words of a text and what they mean."""
    stems = frozenset(map(stem, words(text)))
    return TextWords.of(stems, {mention.term.concept for mention in thesaurus.find(text)})
