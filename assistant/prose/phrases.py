"""The phrases by which facts are told, found in a question: compiled once, indexed by their first word.

A phrase is a run of words compared by key; `|` parts alternatives of one word, and `..` lets up to
four words of the same clause stand between, the words of a date not counted. 'Niet' or 'geen' in such
a gap denies the phrase; other words that turn it ('niemand', 'alleen') make it another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.prose import function_words as fw
from assistant.prose.tokens import Token, read_tokens
from knowledge.date_words import MONTHS
from knowledge.dutch import STOP_WORDS, fold
from knowledge.rules.card import FactSpec

Kind = Literal["name", "true", "false", "option"]

GAP_WORDS = 4
"""How many words `..` may stand for."""
COMPOUND_LETTERS = 7
"""From this length on the name of an option may be the end of a longer word: 'hartkliniek'."""
MISTYPED_LETTERS = 8
"""From this length on a word may hold one wrong letter."""

_Element = tuple[tuple[str, ...], ...] | None
"""The alternatives of one place, each a run of keys; None for a gap."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase: which fact (by place in the specs), what it states, and its places."""

    spec: int
    kind: Kind
    option: str
    elements: tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase found at the words `first` to `last` (excluded). `denied`: 'niet' or 'geen' stands in a gap of it."""

    spec: int
    kind: Kind
    option: str
    first: int
    last: int
    denied: bool = False


class Lexicon:
    """The phrases of some facts."""

    def __init__(self, specs: Sequence[FactSpec]) -> None:
        self.specs = tuple(specs)
        self._by_first: dict[str, list[Phrase]] = {}
        self._long_words: dict[str, str] = {}
        for number, spec in enumerate(self.specs):
            for kind, option, elements, long_words in _compiled(_Same((spec,))):
                phrase = Phrase(number, kind, option, elements)
                self._long_words.update(long_words)
                for alternative in elements[0] or ():
                    self._by_first.setdefault(alternative[0], []).append(phrase)
        self._near: dict[str, str] = {}
        self._endings = _endings(self.specs)

    def find(self, tokens: Sequence[Token], ends: Sequence[int]) -> list[Mention]:
        """The phrases in `tokens`, each fact's longest; `ends[at]` is where the clause of word `at` ends."""
        keys = [self._mended(token) for token in tokens]
        dated = [token.text[0].isdigit() or token.text in MONTHS for token in tokens]
        found: list[Mention] = []
        for at, key in enumerate(keys):
            for phrase in self._by_first.get(key, ()):
                last = _match(phrase.elements, 0, keys, dated, at, ends[at])
                if last is not None:
                    denied = _denied_within(phrase.elements, keys, tokens, at, last)
                    if denied is False and phrase.kind == "true":
                        denied = _is_lacking(phrase.elements, keys, tokens, at, last)
                    if denied and phrase.kind == "false" and _holds_not_yet(tokens[at:last]):
                        denied = False
                    if denied is not None:
                        found.append(Mention(phrase.spec, phrase.kind, phrase.option, at, last, denied))
        found += self._compounds(tokens, found)
        return list(_longest(found))

    def _compounds(self, tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
        """Words that end in the name of an option, where no phrase of that fact begins."""
        taken = {(mention.spec, mention.first) for mention in found}
        compounds = []
        for at, token in enumerate(tokens):
            if len(token.text) <= COMPOUND_LETTERS or token.text in fw.NO_COMPOUNDS:
                continue
            for spec, option, name in self._endings:
                if token.text.endswith(name) and len(token.text) > len(name) + 2 and (spec, at) not in taken:
                    taken.add((spec, at))
                    compounds.append(Mention(spec, "option", option, at, at + 1))
        return compounds

    def _mended(self, token: Token) -> str:
        """The key of a word; of a mistyped long word the key of the name that it was meant for."""
        word = token.text
        if len(word) < MISTYPED_LETTERS or token.key in self._by_first or word in STOP_WORDS or not word.isalpha():
            return token.key
        if word not in self._near:
            match = process.extractOne(word, self._long_words.keys(), scorer=OSA.distance, score_cutoff=1)
            self._near[word] = self._long_words[match[0]] if match else token.key
            if len(self._near) > 10_000:  # what askers type has no end
                self._near.clear()
                return token.key
        return self._near[word]


def _match(
    elements: tuple[_Element, ...], number: int, keys: Sequence[str], dated: Sequence[bool], at: int, end: int
) -> int | None:
    """Where the elements from `number` on end when they begin at word `at`; None where they do not stand there.

    `dated`: words of a date, which a gap holds for nothing.
    """
    if number == len(elements):
        return at
    element = elements[number]
    if element is None:
        left = GAP_WORDS
        for begin in range(at, end):
            last = _match(elements, number + 1, keys, dated, begin, end)
            if last is not None:
                return last
            left -= not dated[begin]
            if left < 0:
                return None
        return None
    for alternative in element:
        stop = at + len(alternative)
        if stop <= end and tuple(keys[at:stop]) == alternative:
            last = _match(elements, number + 1, keys, dated, stop, end)
            if last is not None:
                return last
    return None


def _denied_within(
    elements: tuple[_Element, ...], keys: Sequence[str], tokens: Sequence[Token], first: int, last: int
) -> bool | None:
    """Whether a gap of a phrase holds 'niet' or 'geen'; None where a word in it makes the phrase another one."""
    if None not in elements:
        return False
    own = {key for element in elements if element is not None for run in element for key in run}
    between = [tokens[at].text for at in range(first, last) if keys[at] not in own]
    if any(word in fw.TURNING for word in between):
        return None
    if any(tokens[at].text in fw.JOINTS and tokens[at + 1].text in fw.PRONOUNS for at in range(first, last - 1)):
        return None  # 'niet gehoord of hij is goedgekeurd'
    joint = next((at for at in range(first, last) if tokens[at].text in fw.JOINTS and keys[at] not in own), last)
    if any(tokens[at].text in fw.DENYING_FORWARD for at in range(joint, last)):
        return None  # what is denied behind 'en' is something else
    return sum(word in fw.NOT or word in fw.CONTRACTED_NOT for word in between) == 1


def _holds_not_yet(tokens: Sequence[Token]) -> bool:
    """Whether 'nog niet' stands there, which goes with a phrase that tells what is lacking."""
    return any(one.text == "nog" and two.text in fw.NOT | {"niets"} for one, two in pairwise(tokens))


def _is_lacking(
    elements: tuple[_Element, ...], keys: Sequence[str], tokens: Sequence[Token], first: int, last: int
) -> bool:
    """Whether the gaps of a phrase say that it is still to be done, is missing or was forgotten."""
    if None not in elements:
        return False
    own = {key for element in elements if element is not None for run in element for key in run}
    between = [tokens[at].text for at in range(first, last) if keys[at] not in own]
    to_do = any(word in fw.MUST and "nog" in between[at + 1 : at + 4] for at, word in enumerate(between))
    return to_do or any(word in fw.LACKING | fw.FORGETTING for word in between)


def _endings(specs: Sequence[FactSpec]) -> tuple[tuple[int, str, str], ...]:
    """The one-word names of options in which a longer word may end, the longest first."""
    found = [
        (number, option.value, fold(name))
        for number, spec in enumerate(specs)
        for option in spec.options
        for name in (*option.names, option.label.nl, option.label.en)
        if name.isalpha() and len(name) >= COMPOUND_LETTERS
    ]
    return tuple(sorted(found, key=lambda each: -len(each[2])))


def _longest(found: list[Mention]) -> Iterator[Mention]:
    """Without those that stand within a longer mention of the same fact; outright statements go before names."""
    rank = {"true": 0, "false": 0, "option": 1, "name": 1}
    found.sort(key=lambda mention: (mention.first - mention.last, rank[mention.kind], mention.first))
    taken: dict[int, list[Mention]] = {}
    kept = []
    outright = [mention for mention in found if mention.kind in ("true", "false")]
    for mention in found:
        others = taken.setdefault(mention.spec, [])
        if mention.kind == "name" and any(
            each.spec == mention.spec and each.first <= mention.first and mention.last <= each.last for each in outright
        ):
            continue
        if any(mention.first < other.last and other.first < mention.last for other in others):
            continue
        others.append(mention)
        kept.append(mention)
    yield from sorted(kept, key=lambda mention: (mention.first, mention.spec))


class _Same:
    """Some specs, the same key as long as they are the very same objects: hashing records costs too much."""

    def __init__(self, specs: tuple[FactSpec, ...]) -> None:
        self.specs = specs
        self._hash = hash(tuple(map(id, specs)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Same)
            and len(self.specs) == len(other.specs)
            and all(mine is theirs for mine, theirs in zip(self.specs, other.specs, strict=True))
        )


def lexicon_of(specs: Sequence[FactSpec]) -> Lexicon:
    """The lexicon of `specs`, kept for the next question about the same ones."""
    return _lexicon(_Same(tuple(specs)))


@lru_cache(maxsize=256)
def _lexicon(same: _Same) -> Lexicon:
    return Lexicon(same.specs)


@lru_cache(maxsize=5_000)
def _compiled(same: _Same) -> tuple[tuple[Kind, str, tuple[_Element, ...], dict[str, str]], ...]:
    (spec,) = same.specs
    phrases: list[tuple[Kind, str, str]] = [("name", "", name) for name in spec.names]
    phrases += [("true", "", phrase) for phrase in spec.true]
    phrases += [("false", "", phrase) for phrase in spec.false]
    phrases += [
        ("option", option.value, name)
        for option in spec.options
        for name in (*option.names, option.label.nl, option.label.en)
    ]
    compiled = []
    for kind, option, phrase in phrases:
        elements, long_words = _elements(phrase)
        if elements and elements[0] is not None:
            compiled.append((kind, option, elements, long_words))
    return tuple(compiled)


_PLACE = re.compile(r"\.\.+|[^\s.]+(?:\.[^\s.]+)*")


def _elements(phrase: str) -> tuple[tuple[_Element, ...], dict[str, str]]:
    elements: list[_Element] = []
    long_words: dict[str, str] = {}
    for place in _PLACE.findall(phrase.replace("…", "..")):
        if place.startswith(".."):
            elements.append(None)
            continue
        alternatives = []
        for alternative in place.split("|"):
            tokens = read_tokens(alternative)
            if tokens:
                alternatives.append(tuple(token.key for token in tokens))
                long_words |= {token.text: token.key for token in tokens if len(token.text) >= MISTYPED_LETTERS}
        if alternatives:
            elements.append(tuple(alternatives))
    while elements and elements[-1] is None:
        elements.pop()
    while elements and elements[0] is None:
        elements.pop(0)
    return tuple(elements), long_words
