"""The phrases by which facts are told, found in a question: compiled once, indexed by their first word.

A phrase is a run of words compared by key; `|` parts alternatives of one word, and `..` lets up to
four words of the same clause stand between, the words of a date or an insurer's name not counted.
'Niet' or 'geen' in such a gap denies the phrase; other words that turn it ('niemand', 'alleen') make it another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.tokens import Token, read_tokens
from knowledge.date_words import MONTHS
from knowledge.dutch import STOP_WORDS, fold
from knowledge.rules.card import FactSpec
from knowledge.thesaurus import load_insurers

Kind = Literal["name", "true", "false", "option"]

GAP_WORDS = 4
"""How many words `..` may stand for."""
GAP_OF_DATES = 9
"""How many where a phrase only tells to what a day belongs."""
COMPOUND_LETTERS = 7
"""From this length on the name of an option may be the end of a longer word: 'hartkliniek'."""
MISTYPED_LETTERS = 8
"""From this length on a word may hold one wrong letter."""

LOOSE_WORDS = 10
"""How many words a name may span whose words stand in another order."""

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
            for kind, option, elements, long_words in _compiled(spec):
                phrase = Phrase(number, kind, option, elements)
                self._long_words.update(long_words)
                for alternative in elements[0] or ():
                    self._by_first.setdefault(alternative[0], []).append(phrase)
        self._loose: dict[str, list[Phrase]] = {}
        for phrases in self._by_first.values():
            for phrase in phrases:
                if self.specs[phrase.spec].kind == "yes_no" and phrase.kind == "name" and (parts := _content(phrase)):
                    for element in parts:
                        for alternative in element:
                            own = self._loose.setdefault(alternative[0], [])
                            if phrase not in own:
                                own.append(phrase)
        self._near: dict[str, str] = {}
        self._endings = _endings(self.specs)

    def find(self, tokens: Sequence[Token], ends: Sequence[int]) -> list[Mention]:
        """The phrases in `tokens`, each fact's longest; `ends[at]` is where the clause of word `at` ends."""
        keys = [self._mended(token) for token in tokens]
        small = [token.text[0].isdigit() or token.text in MONTHS for token in tokens]
        for begin, end in _insurers_named(tokens):
            small[begin:end] = [True] * (end - begin)
        found: list[Mention] = []
        for at, key in enumerate(keys):
            for phrase in self._by_first.get(key, ()):
                gap = GAP_OF_DATES if self.specs[phrase.spec].kind == "date" else GAP_WORDS
                last = _match(phrase.elements, 0, keys, small, at, ends[at], gap)
                if last is not None:
                    denied = _denied_within(phrase.elements, keys, tokens, at, last)
                    if denied is False and phrase.kind == "true":
                        denied = _is_lacking(phrase.elements, keys, tokens, at, last)
                    if denied and phrase.kind == "false" and _holds_not_yet(tokens[at:last]):
                        denied = False
                    if denied is not None:
                        found.append(Mention(phrase.spec, phrase.kind, phrase.option, at, last, denied))
        found = self._without_borrowed_nouns(tokens, found)
        found += self._compounds(tokens, found)
        found += self._in_any_order(tokens, keys, ends, found)
        return list(_longest(found))

    def _in_any_order(
        self, tokens: Sequence[Token], keys: Sequence[str], ends: Sequence[int], found: Sequence[Mention]
    ) -> list[Mention]:
        """Phrases whose words stand in one clause in another order: 'met X hebben we geen contract'."""
        taken = {(mention.spec, ends[mention.first]) for mention in found}
        claimed = {
            at
            for mention in found
            if (mention.kind != "name" or mention.last - mention.first > 1)
            and not is_set_down(
                [token.text for token in tokens[mention.first : mention.last]],
                [token.text for token in tokens[ends.index(ends[mention.first]) : ends[mention.first]]],
            )
            for at in range(mention.first, mention.last)
        }
        loose: dict[tuple[int, int], Mention] = {}
        first = 0
        while first < len(keys):
            end = ends[first]
            for phrase in {id(p): p for at in range(first, end) for p in self._loose.get(keys[at], ())}.values():
                if (phrase.spec, end) in taken:
                    continue
                parts = _content(phrase)
                spots = [spot for element in parts if (spot := _spot(element, keys, first, end)) is not None]
                if len(spots) < len(parts):
                    continue
                begin, last = min(s[0] for s in spots), max(s[1] for s in spots)
                if last - begin > LOOSE_WORDS:
                    continue
                held = {at for s in spots for at in range(*s)}
                if held & claimed:
                    continue
                between = [tokens[at].text for at in range(begin, last) if at not in held]
                if any(word in dw.TURNING - dw.NOTHING or word in fw.CONTRASTS for word in between):
                    continue
                denied = sum(word in dw.NOT | dw.NOTHING or word in dw.CONTRACTED_NOT for word in between) == 1
                mention = Mention(phrase.spec, phrase.kind, phrase.option, begin, last, denied)
                known = loose.get((phrase.spec, end))
                if known is None or known.last - known.first > last - begin:
                    loose[phrase.spec, end] = mention
            first = end
        return list(loose.values())

    def _without_borrowed_nouns(self, tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
        """No 'geen .. keurmerk' whose noun is another fact's name: 'geen groen keurmerk' tells nothing of blue."""
        names = [mention for mention in found if mention.kind == "name" and mention.last - mention.first > 1]
        own = {(mention.spec, mention.last) for mention in names}
        borrowed = {
            id(mention)
            for mention in found
            for name in names
            if mention.kind == "false"
            and tokens[mention.first].text in dw.NO
            and (mention.spec, mention.last) not in own
            and name.spec != mention.spec
            and mention.first < name.first
            and mention.last == name.last
        }
        return [mention for mention in found if id(mention) not in borrowed]

    def _compounds(self, tokens: Sequence[Token], found: Sequence[Mention]) -> list[Mention]:
        """Words that end in the name of an option or of a dated thing, where no phrase of that fact begins."""
        taken = {(mention.spec, mention.first) for mention in found}
        compounds = []
        for at, token in enumerate(tokens):
            if len(token.text) <= COMPOUND_LETTERS or token.text in dw.NO_COMPOUNDS:
                continue
            for spec, option, name in self._endings:
                if token.text.endswith(name) and len(token.text) > len(name) + 2 and (spec, at) not in taken:
                    taken.add((spec, at))
                    compounds.append(Mention(spec, "option" if option else "name", option, at, at + 1))
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


def is_set_down(mentioned: Sequence[str], around: Sequence[str]) -> bool:
    """Whether a phrase is only 'op papier' or 'niets op papier', as where something is put: 'niets op papier gezet'."""
    is_figure = any(tuple(mentioned[-len(run) :]) == run and len(mentioned) <= len(run) + 1 for run in fw.FIGURATIVE)
    return is_figure and any(word in fw.SETTING_DOWN for word in around)


def _insurers_named(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where 'van Zorg en Zekerheid', 'bij Caresq' and the like stand, which askers put in anywhere."""
    texts = [token.text for token in tokens]
    for at, word in enumerate(texts):
        for name in _insurers().get(word, ()):
            if tuple(texts[at : at + len(name)]) == name:
                yield at - bool(at and texts[at - 1] in fw.PREPOSITIONS), at + len(name)


@lru_cache(maxsize=1)
def _insurers() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The names of insurers in words, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for insurer in load_insurers():
        name = tuple(token.text for token in read_tokens(insurer))
        found.setdefault(name[0], []).append(name)
    return found


def _content(phrase: Phrase) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The places of a phrase that hold more than small words; none where fewer than two do."""
    parts = tuple(
        element
        for element in phrase.elements
        if element is not None and not all(all(key in _SMALL for key in run) for run in element)
    )
    return parts if len(parts) >= 2 else ()


def _spot(element: tuple[tuple[str, ...], ...], keys: Sequence[str], first: int, end: int) -> tuple[int, int] | None:
    """Where in a clause one of the alternatives of a place stands."""
    for at in range(first, end):
        for run in element:
            if at + len(run) <= end and tuple(keys[at : at + len(run)]) == run:
                return at, at + len(run)
    return None


def _match(
    elements: tuple[_Element, ...], number: int, keys: Sequence[str], small: Sequence[bool], at: int, end: int, gap: int
) -> int | None:
    """Where the elements from `number` on end when they begin at word `at`; None where they do not stand there.

    `small`: words of a date or of an insurer, which a gap holds for nothing; `gap`: how many others it may hold.
    """
    if number == len(elements):
        return at
    element = elements[number]
    if element is None:
        left = gap
        for begin in range(at, end):
            last = _match(elements, number + 1, keys, small, begin, end, gap)
            if last is not None:
                return last
            left -= not small[begin]
            if left < 0:
                break
        particles = elements[number + 1] if number + 2 == len(elements) else None
        if particles and keys[end - 1] in _SEPARABLE and end - 1 > at and (keys[end - 1],) in particles:
            return end  # 'kwam de overeenkomst van de verzekeraar eindelijk binnen'
        return None
    for alternative in element:
        stop = at + len(alternative)
        if stop <= end and tuple(keys[at:stop]) == alternative:
            last = _match(elements, number + 1, keys, small, stop, end, gap)
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
    if any(word in dw.TURNING for word in between):
        return None
    if any(tokens[at].text in fw.JOINTS and tokens[at + 1].text in fw.PRONOUNS for at in range(first, last - 1)):
        return None  # 'niet gehoord of hij is goedgekeurd'
    joint = next((at for at in range(first, last) if tokens[at].text in fw.JOINTS and keys[at] not in own), last)
    if any(tokens[at].text in dw.DENYING_FORWARD for at in range(joint, last)):
        return None  # what is denied behind 'en' is something else
    return sum(word in dw.NOT or word in dw.CONTRACTED_NOT or word in dw.OUTSIDE for word in between) == 1


def _holds_not_yet(tokens: Sequence[Token]) -> bool:
    """Whether 'nog niet' stands there, which goes with a phrase that tells what is lacking."""
    return any(one.text == "nog" and two.text in dw.NOT | {"niets"} for one, two in pairwise(tokens))


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
    """The one-word names of options and of what has a day, in which a longer word may end, the longest first."""
    names = [
        (number, option.value, fold(name))
        for number, spec in enumerate(specs)
        for option in spec.options
        for name in (*option.names, option.label.nl, option.label.en)
    ]
    names += [
        (number, "", fold(name)) for number, spec in enumerate(specs) if spec.kind == "date" for name in spec.names
    ]
    found = [each for each in names if each[2].isalpha() and len(each[2]) >= COMPOUND_LETTERS]
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


def _compiled(spec: FactSpec) -> Iterator[tuple[Kind, str, tuple[_Element, ...], Mapping[str, str]]]:
    """The phrases of a fact: what of it they name, their elements, and the keys of their long words."""
    phrases: list[tuple[Kind, str, str]] = [("name", "", name) for name in spec.names]
    phrases += [("true", "", phrase) for phrase in spec.true]
    phrases += [("false", "", phrase) for phrase in spec.false]
    phrases += [
        ("option", option.value, name)
        for option in spec.options
        for name in (*option.names, option.label.nl, option.label.en)
    ]
    for kind, option, phrase in phrases:
        elements, long_words = _elements(phrase)
        if elements and elements[0] is not None:
            yield kind, option, elements, long_words


_SMALL = frozenset(
    token.key
    for word in (STOP_WORDS | fw.POSSESSING | fw.ASKING | fw.PREPOSITIONS | fw.PRONOUNS | fw.OWN | fw.US | dw.NOT)
    if word not in fw.EVERY  # who is in two of them is not in all of them
    for token in read_tokens(word)
)
_SEPARABLE = frozenset(token.key for word in dw.SEPARABLE for token in read_tokens(word))
_PLACE = re.compile(r"\.\.+|[^\s.]+(?:\.[^\s.]+)*")


@lru_cache(maxsize=32_000)  # the next snapshot has mostly the same phrases, and must be open within seconds
def _elements(phrase: str) -> tuple[tuple[_Element, ...], Mapping[str, str]]:
    elements: list[_Element] = []
    long_words: dict[str, str] = {}
    for place in _PLACE.findall(phrase.replace("…", "..")):
        if place.startswith(".."):
            elements.append(None)
            continue
        alternatives = []
        for alternative in place.split("|"):
            keys, long_keys = _alternative(alternative)
            if keys:
                alternatives.append(keys)
                long_words |= long_keys
        if alternatives:
            elements.append(tuple(alternatives))
    while elements and elements[-1] is None:
        elements.pop()
    while elements and elements[0] is None:
        elements.pop(0)
    return tuple(elements), long_words


@lru_cache(maxsize=20_000)  # phrases have mostly the same words
def _alternative(text: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The keys of an alternative's words, and those of its long words by the word."""
    tokens = read_tokens(text)
    long_words = {token.text: token.key for token in tokens if len(token.text) >= MISTYPED_LETTERS}
    return tuple(token.key for token in tokens), long_words
