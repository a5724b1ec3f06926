"""Text as the lexical legs compare it: words, their stems, and the parts of compounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from knowledge.dutch import LONGEST_WORD_LETTERS, PART_LETTERS, STOP_WORDS, split_compound, stem, words

_REMEMBERED = 50_000


class Indexed(Protocol):
    """What is indexed: a passage, or a question of the bank."""

    @property
    def id(self) -> str:
        """Names it in errors."""
        ...

    @property
    def policy_id(self) -> str:
        """The policy whose title counts with it."""
        ...

    @property
    def heading_path(self) -> tuple[str, ...]:
        """The headings above it."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


class Tokenizer:
    """Makes tokens of passages and of terms; compounds come apart into words of `vocabulary`."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self._parts: dict[str, tuple[str, ...]] = {}
        self._terms: dict[str, tuple[list[str], list[str], list[str]]] = {}

    @classmethod
    def of(cls, passages: Sequence[Indexed]) -> Tokenizer:
        """One whose compounds are made of the words and stems of these passages."""
        return cls(_vocabulary(passages))

    def passage_tokens(self, passage: Indexed, titles: Mapping[str, str]) -> dict[str, list[str]]:
        """The tokens of each field of a passage; `titles` by policy id, a missing one counts as empty."""
        surface = content_words(passage.text)
        return {
            "stems": [stem(word) for word in surface],
            "surface": surface,
            "parts": self._with_parts(surface),
            "heading": self._with_parts(content_words("\n".join(passage.heading_path))),
            "title": self._with_parts(content_words(titles.get(passage.policy_id, ""))),
        }

    def term_tokens(self, term: str) -> tuple[list[str], list[str], list[str]]:
        """Stems, words, and stems with those of parts; remembered, for names of the thesaurus come back all day."""
        found = self._terms.get(term)
        if found is None:
            surface = content_words(term)
            found = [stem(word) for word in surface], surface, self._with_parts(surface)
            if len(self._terms) < _REMEMBERED and len(term) <= LONGEST_WORD_LETTERS:
                self._terms[term] = found
        return found

    def _with_parts(self, surface: Iterable[str]) -> list[str]:
        """Stems of the words, each followed by the stems of its parts, and of theirs."""
        return [stem(piece) for word in surface for piece in self._pieces(word)]

    def _pieces(self, word: str) -> Iterator[str]:
        yield word
        for part in self._split(word):
            yield from self._pieces(part)

    def _split(self, word: str) -> tuple[str, ...]:
        parts = self._parts.get(word)
        if parts is None:
            parts = split_compound(word, self.vocabulary)
            if len(self._parts) < _REMEMBERED:
                self._parts[word] = parts
        return parts


def content_words(text: str) -> list[str]:
    """The folded words of `text` that are no stop words; hyphenated ones joined ('e-mail' as 'email') and in parts."""
    found = (word if word[0].isdigit() else word.replace("-", "") for word in words(text))
    return [word for word in found if word not in STOP_WORDS]


def _vocabulary(passages: Sequence[Indexed]) -> frozenset[str]:
    """The words and stems that a compound of these passages, or of a question about them, may be made of."""
    found = {word for p in passages for word in content_words("\n".join((p.text, *p.heading_path)))}
    found |= {stem(word) for word in found}
    return frozenset(word for word in found if len(word) >= PART_LETTERS and word.isalpha())
