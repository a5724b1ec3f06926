"""The domain words: groups of terms that mean the same, and the finding of them in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from knowledge.dutch import STOP_WORDS, stem, words
from knowledge.records import Record

_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
MIN_STEMMED_LETTERS = 5
"""Shorter words are compared as they stand: the stem of an abbreviation says nothing."""

ORDINARY_WORDS = STOP_WORDS | frozenset("act aid arts bol his kan ket pal ret som toe wet zin zit zon".split())
"""No abbreviations unless they are written in capitals: 'ZIN' is Zorginstituut Nederland, 'zin' is not."""

CARE_KINDS = frozenset({"care_type", "provider_type", "medicine"})
"""Kinds of groups that name care, who gives it, or what is given."""


class Term(Record):
    """A concept of the domain with its other names, misspellings and English names."""

    concept: str
    kind: str
    terms: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names in all languages, the concept first."""
        return (self.concept, *self.terms, *self.en)


@dataclass(frozen=True)
class Mention:
    """A term found in a text: its group, and which of the text's words (`start` to `end`, excluded).

    `is_english`: it was named by a name that only English has.
    """

    term: Term
    start: int
    end: int
    is_english: bool = False


class Thesaurus:
    """Finds terms in texts, longest first; words of five letters and more are compared by stem."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._by_key: dict[tuple[str, ...], list[int]] = {}
        for number, term in enumerate(self.terms):
            for key in {_key(name) for name in term.names}:
                if key:
                    self._by_key.setdefault(key, []).append(number)
        abbreviations = {_key(name) for term in self.terms for name in term.names if name.isupper()}
        self._cased = frozenset(key for key in abbreviations if len(key) == 1 and key[0] in ORDINARY_WORDS)
        self._dutch = [{_key(name) for name in (term.concept, *term.terms)} for term in self.terms]
        lengths: dict[str, set[int]] = {}
        for key in self._by_key:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def groups(self, name: str) -> tuple[Term, ...]:
        """The groups that `name`, as a whole, is a name of."""
        return tuple(self.terms[number] for number in self._by_key.get(_key(name), ()))

    def find(self, text: str) -> list[Mention]:
        """The terms named in `text`, in order, without overlap; a name of several groups gives one for each."""
        tokens = _key(text)
        mentions: list[Mention] = []
        start = 0
        while start < len(tokens):
            for length in self._lengths.get(tokens[start], ()):
                end = start + length
                key = tokens[start:end]
                if key in self._cased and key[0] not in _in_capitals(text):
                    continue
                if end <= len(tokens) and (numbers := self._by_key.get(key)):
                    mentions += [Mention(self.terms[n], start, end, key not in self._dutch[n]) for n in numbers]
                    start += length - 1
                    break
            start += 1
        return mentions


def _in_capitals(text: str) -> frozenset[str]:
    """The words written in capitals, folded; none where the whole text is."""
    return frozenset() if text.isupper() else frozenset(map(str.lower, _CAPITALS.findall(text)))


def _key(text: str) -> tuple[str, ...]:
    return tuple(stem(word) if len(word) >= MIN_STEMMED_LETTERS else word for word in words(text.replace("-", " ")))


@cache
def load_thesaurus() -> Thesaurus:
    """The bundled thesaurus."""
    return Thesaurus(Term.model_validate(group) for group in _bundled("thesaurus.yaml"))


@cache
def load_insurers() -> tuple[str, ...]:
    """Names of health insurers and labels on the Dutch market."""
    return tuple(_bundled("insurers.yaml"))


@cache
def load_care_sectors() -> tuple[str, ...]:
    """Thesaurus concepts of care types for which insurers publish a policy of their own."""
    return tuple(_bundled("care_sectors.yaml"))


def _bundled(name: str) -> list:  # type: ignore[type-arg]  # what a YAML list holds is checked by its reader
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: list = yaml.load(resources.files("knowledge").joinpath(name).read_text("utf-8"), loader)  # type: ignore[type-arg]  # noqa: S506  # a safe loader
    return content
