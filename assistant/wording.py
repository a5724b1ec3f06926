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

from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.lexical import LexicalIndex, content_words
from knowledge.thesaurus import Thesaurus

HEADING_SHARE = 0.6
"""A word of the question found only in the heading above a text counts for this much."""
UNKNOWN_WEIGHT = 0.5
"""What a word weighs that no policy holds: it tells stories more often than it asks."""
MEANT, COMPOUND = 0.9, 0.7
"""How far a word is held by another name of its concept, and by a compound."""
MIN_PART = 5

_VAGUE_KINDS = frozenset({"general", "verb"})


@dataclass(frozen=True)
class Wording:
    """A question's content stems with their weights, and the concepts that each belongs to."""

    weights: Mapping[str, float]
    concepts: Mapping[str, frozenset[str]]

    def without(self, words_left_out: Collection[str]) -> Wording:
        """The wording without some words, given folded: what every candidate fits tells none of them apart."""
        left_out = {stem(word) for word in words_left_out}
        return Wording({key: weight for key, weight in self.weights.items() if key not in left_out}, self.concepts)

    def share_held(self, text: str, heading: str, thesaurus: Thesaurus) -> float:
        """The weighed share (0 to 1) of the question's words that `text` holds; words in `heading` count less."""
        whole = sum(self.weights.values())
        if not whole:
            return 0.0
        own, above = _read(text, thesaurus), _read(heading, thesaurus)
        return (
            sum(w * max(self._held(s, own), HEADING_SHARE * self._held(s, above)) for s, w in self.weights.items())
            / whole
        )

    def _held(self, word: str, text: tuple[frozenset[str], frozenset[str]]) -> float:
        stems, concepts = text
        if word in stems:
            return 1.0
        if self.concepts.get(word, frozenset()) & concepts:
            return MEANT
        if len(word) >= MIN_PART and any(word in other or (len(other) > MIN_PART and other in word) for other in stems):
            return COMPOUND
        return 0.0


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


@lru_cache(maxsize=20_000)
def _read(text: str, thesaurus: Thesaurus) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a text and the concepts that it names; texts of a snapshot come back every turn."""
    return frozenset(stem(word) for word in words(text)), frozenset(m.term.concept for m in thesaurus.find(text))
