"""What an asker tells about himself, read from a question by the facts that rules ask about.

Nothing is concluded from what is only asked, from what others do, from what is quoted as the
policy's, or from words that leave a thing open: such a fact is `doubtful` and is to be asked back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.prose import function_words as fw
from assistant.prose.all_of import read_all_of
from assistant.prose.amounts import read_amounts
from assistant.prose.choices import read_choices
from assistant.prose.clauses import read_clauses
from assistant.prose.holders import read_holders
from assistant.prose.opening_hours import read_hours
from assistant.prose.parties import read_parties
from assistant.prose.phrases import Lexicon
from assistant.prose.reach import read_reach
from assistant.prose.reading import Candidate, Reading
from assistant.prose.same_year import read_same_year
from assistant.prose.tokens import read_tokens
from assistant.prose.told_dates import read_dates
from assistant.prose.yes_no import read_yes_no
from assistant.turn import Language
from knowledge.quantity_words import Bound
from knowledge.rules.card import FactValue

SAME_LETTERS = 6
"""Words that begin with so many letters alike name one thing: 'apotheek' and 'apotheker'."""
Certainty = Literal["said", "doubtful"]


@dataclass(frozen=True, slots=True)
class AskerFact:
    """A fact about the asker.

    `words`: the exact words of the question from `start` to `end`. `certainty`: a doubtful fact bears
    the value that its words would mean, for asking back, never for reasoning. `reason`: why it is
    doubtful, or what to bear in mind ('not yet', 'approximate', 'more than', 'sum', 'assumed year').
    `bound`, `approximate`: for amounts, what the words make of the value.
    """

    name: str
    value: FactValue
    words: str
    start: int
    end: int
    certainty: Certainty = "said"
    reason: str = ""
    bound: Bound = "exactly"
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class AskerFacts:
    """The facts of one asker, one of a name."""

    facts: tuple[AskerFact, ...] = ()

    def known(self) -> dict[str, FactValue]:
        """The values that were said, by name."""
        return {fact.name: fact.value for fact in self.facts if fact.certainty == "said"}

    @property
    def doubtful(self) -> tuple[AskerFact, ...]:
        """The facts that were left open."""
        return tuple(fact for fact in self.facts if fact.certainty == "doubtful")

    def get(self, name: str) -> AskerFact | None:
        """The fact of that name."""
        return next((fact for fact in self.facts if fact.name == name), None)

    def names(self) -> set[str]:
        """The names of the facts."""
        return {fact.name for fact in self.facts}

    def only(self, names: Collection[str]) -> AskerFacts:
        """The facts of these names."""
        return AskerFacts(tuple(fact for fact in self.facts if fact.name in names))

    def __iter__(self) -> Iterator[AskerFact]:
        return iter(self.facts)


@lru_cache(maxsize=32)  # a turn is read for its rules, for whom a statement is, and for the outcome that is asked about
def read_facts(text: str, lexicon: Lexicon, *, today: dt.date, language: Language = "nl") -> AskerFacts:
    """The facts of the lexicon that `text` tells, in their order."""
    specs = lexicon.specs
    tokens = read_tokens(text)
    clauses = read_clauses(tokens, text, language)
    reading = Reading.of(text, tokens, clauses, specs, lexicon, today)
    candidates: list[Candidate] = [
        *read_yes_no(reading),
        *read_choices(reading),
        *read_amounts(reading),
        *read_dates(reading),
        *read_all_of(reading),
        *read_hours(reading),
        *read_parties(reading),
        *read_reach(reading),
        *read_holders(reading),
        *read_same_year(reading),
    ]
    by_name: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_name.setdefault(candidate.name, []).append(candidate)
    settled = (_settled(by_name[spec.name], reading) for spec in specs if spec.name in by_name)
    return AskerFacts(tuple(dict.fromkeys(_as_fact(candidate, text) for candidate in settled)))


def merge(earlier: AskerFacts, later: AskerFacts) -> AskerFacts:
    """The facts of both; what was said later replaces what was said before, a doubt does not replace a statement."""
    merged = {fact.name: fact for fact in earlier.facts}
    for fact in later.facts:
        if fact.certainty == "said" or fact.name not in merged or merged[fact.name].certainty == "doubtful":
            merged[fact.name] = fact
    return AskerFacts(tuple(merged.values()))


def _as_fact(candidate: Candidate, text: str) -> AskerFact:
    return AskerFact(
        name=candidate.name,
        value=candidate.value,
        words=text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        certainty="said" if candidate.certain else "doubtful",
        reason=candidate.reason,
        bound=candidate.bound,
        approximate=candidate.approximate,
    )


def _settled(candidates: Sequence[Candidate], reading: Reading) -> Candidate:
    """The one that counts: said before doubtful, an assumption or a correction before what was told earlier."""
    certain = sorted((c for c in candidates if c.certain), key=lambda c: (c.strength, c.start))
    if not certain:
        return max(candidates, key=lambda c: (c.strength, -c.start))
    certain = [c for c in certain if c.strength == certain[-1].strength]
    last = certain[-1]
    if all(c.value == last.value for c in certain):
        return last
    assumed = [c for c in certain if c.assumed]
    told = [c for c in certain if not c.assumed]
    if assumed and told and len({c.value for c in assumed}) == 1:
        return assumed[-1]
    if (narrower := _narrower(certain, reading)) is not None:
        return narrower
    between = {token.text for token in reading.tokens if certain[0].end <= token.start < last.start}
    if between & fw.CORRECTIONS:
        return last
    return last.left_open("contradictory")


def _narrower(candidates: Sequence[Candidate], reading: Reading) -> Candidate | None:
    """The one that says more precisely what others name too: 'poliklinische apotheek' beside 'onze apotheker'."""
    words = [reading.text[each.start : each.end].casefold().split() for each in candidates]
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    head = words[longest][-1][:SAME_LETTERS]
    others = [own for at, own in enumerate(words) if candidates[at].value != candidates[longest].value]
    is_narrower = isinstance(candidates[longest].value, str) and len(words[longest]) > 1
    if is_narrower and all(len(own) == 1 and own[0].startswith(head) for own in others):
        return candidates[longest]
    return None
