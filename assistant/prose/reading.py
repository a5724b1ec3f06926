"""What the readers of facts share: a question in words and clauses with the phrases found in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.phrases import Lexicon, Mention
from assistant.prose.tokens import Token
from knowledge.quantity_words import Bound
from knowledge.rules.card import FactSpec, FactValue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a fact. `strength`: a stronger one makes weaker ones of the same fact void."""

    name: str
    value: FactValue
    start: int
    end: int
    certain: bool = True
    reason: str = ""
    assumed: bool = False
    strength: int = 1
    bound: Bound = "exactly"
    approximate: bool = False

    def left_open(self, reason: str) -> Candidate:
        """The same as a doubt."""
        return replace(self, certain=False, reason=reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the readers of facts take it."""

    text: str
    tokens: Sequence[Token]
    clauses: Sequence[Clause]
    specs: tuple[FactSpec, ...]
    mentions: Sequence[Mention]
    clause_of: Sequence[int]
    today: dt.date

    @classmethod
    def of(
        cls,
        text: str,
        tokens: Sequence[Token],
        clauses: Sequence[Clause],
        specs: Sequence[FactSpec],
        lexicon: Lexicon,
        today: dt.date,
    ) -> Reading:
        """The reading of `text`."""
        clause_of = [number for number, clause in enumerate(clauses) for _ in range(clause.first, clause.last)]
        ends = [clauses[number].last for number in clause_of]
        mentions = _without_parts_of_names(_without_parts_of_options(lexicon.find(tokens, ends), specs), specs)
        _blank_words_of_mentions(tokens, clauses, mentions)
        return cls(text, tokens, clauses, tuple(specs), mentions, clause_of, today)

    def words(self, first: int, last: int) -> list[str]:
        """The folded words `first` to `last` (excluded)."""
        return [token.text for token in self.tokens[first:last]]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words `first` to `last` (excluded) stand in the text."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def words_at(self, start: int, end: int) -> tuple[int, int]:
        """The words that stand between two places of the text."""
        inside = [at for at, token in enumerate(self.tokens) if token.start < end and start < token.end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def of_kind(self, kind: str) -> list[Mention]:
        """The mentions of facts of a kind."""
        return [mention for mention in self.mentions if self.specs[mention.spec].kind == kind]


def _blank_words_of_mentions(tokens: Sequence[Token], clauses: Sequence[Clause], mentions: Sequence[Mention]) -> None:
    """Takes words that require ('eisen', 'voorwaarden', 'te vragen') out of clauses where they only name something."""
    named = {at for mention in mentions for at in range(mention.first, mention.last)}
    named |= {
        mention.last
        for mention in mentions
        if mention.kind in ("true", "false")
        and mention.last < len(tokens)
        and tokens[mention.last].text in fw.ASKED_FOR
    }
    named |= {
        at for at, token in enumerate(tokens) if at and token.text in fw.REQUIRING and tokens[at - 1].text == "te"
    }
    named = {at for at in named if tokens[at].text in fw.REQUIRING}
    if not named:
        return
    head = 0
    for number, clause in enumerate(clauses):
        head = head if clause.is_item else number
        end = clauses[head].first + len(clauses[head].words)
        clause.words = tuple("" if at in named else tokens[at].text for at in range(clauses[head].first, end))


def _without_parts_of_names(mentions: Sequence[Mention], specs: Sequence[FactSpec]) -> list[Mention]:
    """Without names that are only part of another fact's name: 'Vektis-standaard' says nothing of 'Vektis'."""
    names = [mention for mention in mentions if mention.kind == "name" and specs[mention.spec].kind == "yes_no"]
    parts = {
        id(mention)
        for mention in names
        for other in names
        if other.spec != mention.spec
        and other.first <= mention.first
        and mention.last <= other.last
        and other.last - other.first > mention.last - mention.first
    }
    return [mention for mention in mentions if id(mention) not in parts]


def _without_parts_of_options(mentions: Sequence[Mention], specs: Sequence[FactSpec]) -> list[Mention]:
    """Without what is only part of an option's name: 'zelfstandige kliniek' says nothing of 'zelfstandig'."""
    options = [mention for mention in mentions if mention.kind == "option"]
    return [
        mention
        for mention in mentions
        if specs[mention.spec].kind != "yes_no"
        or not any(
            option.first <= mention.first
            and mention.last <= option.last
            and option.last - option.first > mention.last - mention.first
            for option in options
        )
    ]
