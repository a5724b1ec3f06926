"""How much of a clause's wording a statement of the evidence holds, and whether both deny or both affirm."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.model.prose import clauses_of
from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.thesaurus import load_thesaurus

MIN_COMPOUND = 5
"""Letters of the shorter of two words one of which is a part of the other."""
MIN_CLAUSE_WORDS = 2
"""Content words of a clause that says something by itself."""

_EMPTY_WORDS = frozenset(
    """u uw hun zijn haar betekent namelijk dus daarom hiervoor daarvoor hierbij daarbij volgens onder bij via tot per
    vanaf sinds tijdens binnen zodra zowel ofwel evenals dat wat zowel ook nog al wel zelf graag altijd steeds according
    means therefore this that these those also which within via both either under per about more than such each other
    een één one ones thing things""".split()
)
_NEGATION = re.compile(
    r"\b(?:niet|geen|geenszins|nooit|nimmer|niemand|niets|nergens|noch|evenmin|zonder|nee|not|no|none|never|nobody|nothing"
    r"|nowhere|neither|nor|cannot|without|\w+n['’]t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Content:
    """The content words of a text as stems, and the concepts of the domain that they name."""

    stems: frozenset[str]
    concepts: Mapping[str, frozenset[str]]

    @property
    def named(self) -> frozenset[str]:
        """All concepts."""
        return frozenset().union(*self.concepts.values())

    def share_in(self, other: Content) -> float:
        """The share (0 to 1) of these words that `other` holds; 1 where there are none."""
        if not self.stems:
            return 1.0
        return sum(self._is_held(word, other) for word in self.stems) / len(self.stems)

    def _is_held(self, word: str, other: Content) -> bool:
        if word in other.stems or self.concepts.get(word, frozenset()) & other.named:
            return True
        return len(word) >= MIN_COMPOUND and any(
            word in held or (len(held) >= MIN_COMPOUND and held in word) for held in other.stems
        )


@lru_cache(maxsize=4096)
def content_of(text: str) -> Content:
    """The content words of `text`: no function words and no figures."""
    spread = text.replace("-", " ")
    tokens = words(spread)
    concepts: dict[str, set[str]] = {}
    for mention in load_thesaurus().find(spread):
        for token in tokens[mention.start : mention.end]:
            concepts.setdefault(stem(token), set()).add(mention.term.concept)
    stems = frozenset(stem(token) for token in tokens if _says_something(token))
    return Content(stems, {word: frozenset(named) for word, named in concepts.items() if word in stems})


def denials(text: str) -> int:
    """How many words of `text` deny."""
    return len(_NEGATION.findall(text))


def denies(text: str) -> bool:
    """Whether `text` denies something."""
    return denials(text) > 0


def main_clauses(text: str) -> list[str]:
    """The clauses of a sentence; one that says less than `MIN_CLAUSE_WORDS` goes with the one before it.

    A clause with a figure stands on its own as soon as it says anything.
    """
    merged: list[str] = []
    for clause in clauses_of(text):
        if merged and (_is_small(clause) or _is_small(merged[-1])):
            merged[-1] = f"{merged[-1]}, {clause}"
        else:
            merged.append(clause)
    return merged


def _is_small(clause: str) -> bool:
    has_figure = any(character.isdigit() for character in clause)
    return len(content_of(clause).stems) < (1 if has_figure else MIN_CLAUSE_WORDS)


def _says_something(token: str) -> bool:
    return (
        token not in STOP_WORDS
        and token not in _EMPTY_WORDS
        and not any(character.isdigit() for character in token)
        and (len(token) > 1 or token.isalpha())
    )
