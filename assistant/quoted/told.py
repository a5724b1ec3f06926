"""What an asker tells, read against the words of one sentence: amounts, days, and what he has or lacks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.facts import AskerFact, read_facts
from assistant.planning import acts_of
from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause, read_clauses
from assistant.prose.days import ToldDay, told_days
from assistant.prose.phrases import Lexicon
from assistant.prose.reading import Reading
from assistant.prose.tokens import Token, read_tokens
from assistant.prose.told_dates import is_past
from assistant.question import asks_yes_no
from assistant.turn import Language
from knowledge.dutch import STOP_WORDS, fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import Quantity, find_quantities, find_shares
from knowledge.quantity_words import NO_NOUNS, UNITS
from knowledge.rules.card import FactKind, FactSpec, Said, Unit
from knowledge.sentences import split_sentences
from knowledge.thesaurus import load_thesaurus

LEAST_KEY_LETTERS = 3
"""A shorter word says nothing of what a sentence is about."""
COMPOUND_LETTERS = 5
"""From this length on a word counts as named by a compound that ends in it."""
LEAST_CLAUSE_WORDS = 3
"""A clause with fewer words beside a day does not tell what the day is of."""
NO_NAME = "no name"
"""Why a figure without a name near it was left open (`assistant.prose.amounts`)."""

_SAID = Said(nl="-", en="-")
_SMALL = (
    STOP_WORDS | NO_NOUNS | fw.POSSESSING | fw.ASKING | fw.REQUIRING | fw.ENOUGH | fw.PREPOSITIONS | fw.LIMITS
    | fw.EVERY | fw.EVERYONE | dw.NOT | fw.PRONOUNS | fw.QUESTION_WORDS | fw.MUST
)  # fmt: skip
_EVENTS = {
    "receive": re.compile(
        r"\b(?:ontv[ai]ng\w*|ontvangst|gekregen|kreeg|kregen|binnengekomen|binnengekregen|received?|receipt|got|arrived)\b"
        r"|\b(?:kwam|kwamen|kreeg|kregen|is|zijn|was|waren)\b.{0,60}\bbinnen\b"
    ),
    "mail": re.compile(r"\b(?:ge)?(?:e-?)?mail(?:en|de|den|t|tje|ed)?\b"),
    "hand in": re.compile(
        r"\b(?:in|aan|op)(?:ge)?(?:dien|diend|dienen|lever|leverd|leveren|levering|stuurd|sturen|zonden|zenden)\b"
        r"|\b(?:lever|levert|leveren|leverden|dien|dient|dienen|dienden|stuur|sturen)\b.{0,80}\b(?:in|aan|op)\b"
        r"|\bsubmit\w*|\bhand(?:ed)? in\b"
    ),
    "sign up": re.compile(
        r"\baan(?:ge)?meld\w*|\bmeld(?:en|t)? (?:ons|mij|me|zich|u)\b|\b(?:ons|zich|u|mij) .{0,60}\bmelden\b"
        r"|\bregister(?:ed|s|ing)?\b"
    ),
    "cancel": re.compile(r"\bopzegg\w*|\bopgezegd\b|\bcancel\w*|\bterminat\w*"),
}  # fmt: skip
"""What is done on a day, beside the acts of planning tables."""


@dataclass(frozen=True)
class Told:
    """A question as it is held against sentences; `today`: the day on which it is asked."""

    text: str
    today: dt.date
    language: Language = "nl"

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its words that say something."""
        return frozenset(keys_of(self.text))

    @cached_property
    def asking(self) -> str:
        """Its sentences that ask; all of it where none has a question mark."""
        return " ".join(each for each in self.sentences if each.rstrip().endswith("?")) or self.text

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, in order."""
        return tuple(self.text[span.start : span.end] for span in split_sentences(self.text, 0, len(self.text)))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What the thesaurus knows of what it names."""
        return frozenset(mention.term.concept for mention in load_thesaurus().find(self.text))

    @cached_property
    def reading(self) -> Reading:
        """Its words and clauses."""
        tokens = read_tokens(self.text)
        return Reading.of(
            self.text, tokens, read_clauses(tokens, self.text, self.language), (), Lexicon(()), self.today
        )

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All that is measured or counted in it."""
        return (*find_quantities(self.text), *find_shares(self.text))

    @cached_property
    def days(self) -> tuple[ToldDay, ...]:
        """The days that are the asker's own."""
        return tuple(told_days(self.reading))

    @property
    def denies(self) -> bool:
        """Whether anything in it is denied: what the asker has is then seldom what he asks about."""
        return any(token.text in dw.NOT | dw.NOTHING | fw.WITHOUT | dw.CONTRACTED_NOT for token in self.reading.tokens)

    @cached_property
    def asks_yes_no(self) -> bool:
        """Whether it can be answered with yes or no."""
        return asks_yes_no(self.text, self.language)

    def amount(self, unit: Unit, names: Sequence[str], *, alone: bool = False) -> AskerFact | None:
        """The amount of what goes by these names, or by part of them, where it is told for sure.

        `alone`: a figure that stands near none of the names counts too, where it is the only one of its unit.
        """
        if not self.quantities and not self.denies:
            return None
        own = [word for key, word in keys_of(self.text).items() if shared((key,), frozenset(keys_of(" ".join(names))))]
        fact = self._fact("amount", tuple(dict.fromkeys((*names, *own))), unit)
        if fact is None or fact.certainty == "said":
            return fact
        only = len([each for each in self.quantities if each.unit == unit]) == 1
        return fact if alone and only and fact.reason == NO_NAME else None

    def has(self, names: Sequence[str]) -> bool | None:
        """Whether the asker says to have or to be what goes by these names; None where he says neither for sure."""
        if not self._is_named(names):
            return None
        fact = self._fact("yes_no", tuple(names), None)
        return bool(fact.value) if fact is not None and fact.certainty == "said" else None

    def _is_named(self, names: Sequence[str]) -> bool:
        """Whether a word of the names stands in it: most sentences are about something else."""
        return any(token.key in self._token_keys for name in names for token in read_tokens(name))

    @cached_property
    def _token_keys(self) -> frozenset[str]:
        return frozenset(token.key for token in self.reading.tokens)

    def sentence_at(self, day: ToldDay) -> str:
        """The sentence that a day stands in."""
        number = self._clause(day).sentence
        return self._words([clause for clause in self.reading.clauses if clause.sentence == number])

    def clause_at(self, day: ToldDay) -> str:
        """The clause that a day stands in; of one that holds little more than the day, the sentence."""
        clause = self._clause(day)
        is_short = clause.last - clause.first - (day.last - day.first) < LEAST_CLAUSE_WORDS
        return self.sentence_at(day) if is_short else self._words([clause])

    def is_behind(self, day: ToldDay) -> bool:
        """Whether the day's clause tells what was done."""
        clause = self._clause(day)
        return any(is_past(word) for word in self.reading.words(clause.first, clause.last))

    def _clause(self, day: ToldDay) -> Clause:
        return self.reading.clauses[self.reading.clause_of[day.first]]

    def _words(self, clauses: Sequence[Clause]) -> str:
        start, end = self.reading.span(clauses[0].first, clauses[-1].last)
        return self.text[start:end]

    def _fact(self, kind: FactKind, names: tuple[str, ...], unit: Unit | None) -> AskerFact | None:
        if not names:
            return None
        return read_facts(self.text, _lexicon(kind, names, unit), today=self.today, language=self.language).get("told")


@lru_cache(maxsize=2_000)  # the sentences of a snapshot come back
def _lexicon(kind: FactKind, names: tuple[str, ...], unit: Unit | None) -> Lexicon:
    return Lexicon((FactSpec(name="told", kind=kind, unit=unit, label=_SAID, ask=_SAID, names=names),))


def telling_words(text: str) -> Iterator[Token]:
    """The words of a text that say what it is about, in order."""
    for token in read_tokens(text):
        word = token.text
        is_word = len(word) >= LEAST_KEY_LETTERS and not word[0].isdigit() and word not in NUMBER_WORDS
        if is_word and word not in _SMALL and not UNITS.fullmatch(word):
            yield token


def keys_of(text: str) -> dict[str, str]:
    """The words of a text that say what it is about, by the key under which their forms are compared."""
    return {token.key: token.text for token in telling_words(text)}


def shared(keys: Sequence[str], told: frozenset[str]) -> list[str]:
    """Those of the keys that the asker names too, as a word or as the end of a longer one."""
    return [key for key in keys if any(_is_same(key, other) for other in told)]


def _is_same(key: str, other: str) -> bool:
    short, long = sorted((key, other), key=len)
    return short == long or (len(short) >= COMPOUND_LETTERS and long.endswith(short))


def also_called(name: str) -> tuple[str, ...]:
    """The other names of what goes by `name`, where the thesaurus knows it as one thing."""
    groups = load_thesaurus().groups(name)
    return groups[0].names if len(groups) == 1 else ()


def events_of(text: str) -> frozenset[str]:
    """What is done in a text, by name: signing, offering, receiving and the like."""
    folded = fold(text)
    return acts_of(text) | {name for name, pattern in _EVENTS.items() if pattern.search(folded)}
