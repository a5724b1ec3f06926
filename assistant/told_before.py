"""What the answers before told: a follow-up asks for something else, unless it asks for the same again.

The question before stands in front of a follow-up when it is searched with, so that what answered the one
would answer the other too: 'voor hoe lang is dat?' is not asking for the day of signing once more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.cards import Cards
from assistant.look_up import LookUp
from assistant.question import Channel, gives_channel, read_asked
from assistant.rule_fit import Question, Routed
from assistant.statements import Found, StatementFinder
from assistant.turn import HistoryTurn
from assistant.turn_form import (
    adds_words,
    asks_channel,
    kind_of,
    mentions_in,
    names_in,
    own_words,
    says_itself,
    without_opening,
)
from knowledge.dutch import fold
from knowledge.records import Record
from knowledge.rules.card import ConditionsRule, ContactRule, Said, StartRule
from knowledge.rules.proven import ProvenRule
from knowledge.rules.start import STARTS
from knowledge.statements.proven import ProvenStatement

ASKED_AGAIN = 0.8
"""How near a question by itself is to one that a card answers (a cosine) when it asks for that card once more."""
_FILLED = re.compile(r"\{\w+\}")
"""What of a text stands for a figure of the policy."""
_QUESTION_WORDS = {
    "wanneer": "when", "when": "when", "waar": "where", "where": "where", "wie": "who", "who": "who", "whom": "who",
    "wat": "what", "what": "what", "welk": "what", "welke": "what", "which": "what",
    "waarom": "why", "hoezo": "why", "why": "why",
}  # fmt: skip
_QUESTION_WORD = re.compile(rf"\b(?:{'|'.join(_QUESTION_WORDS)})\b")
ANSWERS_HEARD = 2
"""The last answers, what they told makes room for what they did not."""
AS_NEAR = 0.85
"""What was not told goes before what was from this share of its score on."""


@dataclass(frozen=True)
class ToldBefore:
    """The text of the answers before, and the cards that are asked for again whether it told them or not.

    `channels`: where only another way to reach the same is asked for, those ways: a statement that has one is too.
    """

    answer: str = ""
    again: tuple[Record, ...] = ()
    channels: frozenset[Channel] = frozenset()

    def has_outcome(self, routed: Routed) -> bool:
        """Whether the outcome of a rule was told: another outcome of it was not."""
        judged = [criterion.told for criterion in routed.result.criteria if criterion.verdict != "undecided"]
        is_told = self._holds(routed.result.sentence) or (bool(judged) and all(map(self._holds, judged)))
        return is_told and not self._is_again(routed.rule)

    def has_statement(self, found: Found) -> bool:
        """Whether a statement was told."""
        says = found.card.says
        has_channel = any(gives_channel(says.nl, channel) for channel in self.channels)
        return self._holds(says) and not has_channel and not self._is_again(found.statement)

    def adds_to(self, found: LookUp | None) -> bool:
        """Whether the best of statements that were looked up tells what was not told, and not that there is nothing."""
        return found is not None and not found.is_absence and not self.has_statement(found.told[0])

    def _holds(self, said: Said) -> bool:
        return any(_plain(text) in self.answer for text in (said.nl, said.en))

    def _is_again(self, card: Record) -> bool:
        return any(card is each for each in self.again)


class Untold(StatementFinder):
    """The statements of a finder, without those told before where others are as near."""

    def __init__(self, finder: StatementFinder, before: ToldBefore) -> None:
        vars(self).update(vars(finder))
        self._before = before

    def find(self, question: Question, policy_ids: Collection[str]) -> list[Found]:
        """The statements nearest to the question within `policy_ids` (empty: all), best first."""
        found = super().find(question, policy_ids)
        untold = [each for each in found if not self._before.has_statement(each)]
        if not untold or untold[0].score < AS_NEAR * found[0].score:
            return found
        return found if untold[0].statement.is_absence and not found[0].statement.is_absence else untold


def tells_outcome(rule: ProvenRule, answer: str) -> bool:
    """Whether an answer was an outcome of a rule that is run on facts: what it is of is said in every one."""
    kind, told_in = rule.rule, _plain(answer).lower()
    if isinstance(kind, ConditionsRule):
        told: tuple[Said, ...] = (kind.met, kind.not_met)
    elif isinstance(kind, StartRule):
        told = (STARTS,)
    elif isinstance(kind, ContactRule):
        told = ()
    else:
        told = (kind.what,)
    return any(_tells(text, told_in) for said in told for text in (said.nl, said.en))


def _tells(text: str, told_in: str) -> bool:
    """Whether a text stands in an answer, whatever figures of the policy were put into it."""
    parts = list(filter(None, map(str.strip, _FILLED.split(_plain(text).lower()))))
    at = 0
    for part in parts:  # one after another, and no pattern: an answer may be as long as who sends it likes
        at = told_in.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return bool(parts)


def told_before(question: str, history: Sequence[HistoryTurn], cards: Cards, policy_ids: Collection[str]) -> ToldBefore:
    """What the last answers told; nothing where the question adds nothing to the one before, or asks it for others."""
    answers = [turn.content for turn in history if turn.role == "assistant"][-ANSWERS_HEARD:]
    told = _plain(" ".join(answers))
    if not told:
        return ToldBefore()
    if names_in(question).get("care") and not adds_words(question):
        return ToldBefore(told, (*cards.rules, *_naming(question, cards.statements)))
    if not (adds_words(question) or _asks_other_kind(question, history)):
        return ToldBefore()
    near = cards.near(question, policy_ids).meaning
    least = min(ASKED_AGAIN, max(near, default=0.0)) if says_itself(question) else ASKED_AGAIN
    own = (*cards.rules, *cards.statements)
    again = tuple(card for card, nearness in zip(own, near, strict=True) if nearness >= least)
    return ToldBefore(told, again, read_asked(question).channels if asks_channel(question) else frozenset())


def _naming(question: str, statements: Sequence[ProvenStatement]) -> Iterator[ProvenStatement]:
    """The statements that name the care type that a question switches to: what was told may hold for it too."""
    care = _care_in(question)
    return (each for each in statements if care & _care_in(f"{each.card.about.nl} {each.card.says.nl}"))


@lru_cache(maxsize=4_000)
def _care_in(text: str) -> frozenset[str]:
    _, mentions = mentions_in(text)
    return frozenset(mention.term.concept for mention in mentions if kind_of(mention) == "care")


def _asks_other_kind(question: str, history: Sequence[HistoryTurn]) -> bool:
    """Whether a question has nothing but a question word, and the one before asked by another: 'wat moet er bij?'."""
    before = next((turn.content for turn in reversed(history) if turn.role == "user"), "")
    asked = _kinds_asked(question)
    if own_words(without_opening(question)) or not asked:
        return False
    earlier = _kinds_asked(before)
    return bool(earlier or "when" in asked) and not asked & earlier


def _kinds_asked(question: str) -> frozenset[str]:
    """What the question words of a question ask for."""
    kinds = frozenset(_QUESTION_WORDS[match[0]] for match in _QUESTION_WORD.finditer(fold(question)))
    return kinds | {"when"} if read_asked(question).when else kinds


def last_answer(history: Sequence[HistoryTurn]) -> str:
    """What the assistant said last; empty where it said nothing."""
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def _plain(text: str) -> str:
    return " ".join(text.split())
