"""How much of a question's wording a text holds, by words and by what the words mean.

Each content word weighs as much as it is rare in the policies. A word is held when the text holds
it, a compound with it, or another name of the thesaurus concept that it belongs to. Rare means rare
in the policies in scope: a word that stands all over one policy only says which policy is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from knowledge.dutch import LONGEST_WORD_LETTERS, STOP_WORDS, stem, words
from knowledge.lexical import LexicalIndex
from knowledge.text_words import TextWords, text_words
from knowledge.thesaurus import Thesaurus
from knowledge.tokens import content_words

HEADING_SHARE = 0.6
"""A word of the question found only in the heading above a text counts for this much."""
UNKNOWN_WEIGHT = 0.5
"""What a word weighs that no policy holds: it tells stories more often than it asks."""
MEANT, COMPOUND = 0.9, 0.7
"""How far a word is held by another name of its concept, and by a compound."""
MIN_PART = 5

_VAGUE_KINDS = frozenset({"general", "verb"})


words_of = lru_cache(maxsize=5_000)(text_words)
"""The words of a sentence, a heading or a planned act: those of a snapshot come back every turn."""


@dataclass(frozen=True)
class Wording:
    """A question's content stems with their weights, and the concepts that each belongs to."""

    weights: Mapping[str, float]
    concepts: Mapping[str, frozenset[str]]

    def without(self, words_left_out: Collection[str]) -> Wording:
        """The wording without some words, given folded: what every candidate fits tells none of them apart."""
        left_out = {stem(word) for word in words_left_out}
        return Wording({key: weight for key, weight in self.weights.items() if key not in left_out}, self.concepts)

    def share_held(self, text: TextWords, heading: TextWords | None = None) -> float:
        """The weighed share (0 to 1) of the question's words that `text` holds; words in `heading` count less."""
        whole = sum(self.weights.values())
        if not whole:
            return 0.0
        above = {s: HEADING_SHARE * self._held(s, heading) for s in self.weights} if heading else {}
        return sum(w * max(self._held(s, text), above.get(s, 0.0)) for s, w in self.weights.items()) / whole

    def _held(self, word: str, text: TextWords) -> float:
        if word in text.stems:
            return 1.0
        if not self.concepts.get(word, _NONE).isdisjoint(text.concepts):
            return MEANT
        if len(word) >= MIN_PART and (word in text.lines or not _inner(word).isdisjoint(text.stems)):
            return COMPOUND
        return 0.0


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=4_000)
def _inner(word: str) -> frozenset[str]:
    """What stands in a word and is long enough to be a part of a compound; of a word longer than any, its beginning."""
    word = word[:LONGEST_WORD_LETTERS]
    starts = range(len(word) - MIN_PART)
    return frozenset(word[start:end] for start in starts for end in range(start + MIN_PART + 1, len(word) + 1))


def read_wording(question: str, lexical: LexicalIndex, among: npt.NDArray[np.bool_], thesaurus: Thesaurus) -> Wording:
    """The wording of `question` for the passages `among` (one flag a passage)."""
    unknown = lexical.idf("\x00", among)
    weights: dict[str, float] = {}
    for word in content_words(question):
        key = stem(word)
        weight = lexical.idf(key, among)
        weights[key] = weight * (UNKNOWN_WEIGHT if weight >= unknown else 1.0)
    concepts: dict[str, set[str]] = {}
    tokens = [stem(word) for word in words(question.replace("-", " "))]
    for mention in thesaurus.find(question):
        for key in tokens[mention.start : mention.end]:
            concepts.setdefault(key, set()).add(mention.term.concept)
            if key not in weights and key not in STOP_WORDS and mention.term.kind not in _VAGUE_KINDS:
                weights[key] = lexical.idf(key, among) * UNKNOWN_WEIGHT
    return Wording(weights, {key: frozenset(names) for key, names in concepts.items()})
