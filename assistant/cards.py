"""How near a question is to every card of the policies, rule or statement: by the questions that cards answer.

Three readings of it: the cosine of the nearest question, its words, and how likely the card is among
the cards of its policy, learnt from all their questions when a snapshot is built.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.pointing import without_pointing
from knowledge.curated import card_encoder
from knowledge.discriminant import LEAST_LOG, Floats
from knowledge.policy_words import PolicyGuesser
from knowledge.rules.proven import ProvenRule, Spot
from knowledge.search import Hit, Searcher

LIKENESS = (
    "meaning",
    "words",
    "passage",
    "meaning of what is asked",
    "words of what is asked",
    "card",
    "card of what is asked",
)
"""The features in which rules and statements are alike: how near a question is to a card."""
POLICY_LEAST_LOG = -4.0
"""However little a question sounds like a policy's, it may be about it."""


@dataclass(frozen=True, eq=False)
class Nearness:
    """For every card, in the order of `Curated.asks`: its nearest question in meaning and in words, and the card.

    Each from 0 to 1. `words` are relative to the best card of the policies searched; `card` is 1 for a card
    that the question surely belongs to, 0 for one at most as likely as e to the `LEAST_LOG`.
    """

    meaning: Floats
    words: Floats
    card: Floats


class Cards:
    """The cards of one snapshot."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        curated = searcher.snapshot.curated
        self._asks = curated.asks
        self.rules, self.statements = curated.proven_rules, curated.proven_statements
        self._own, self._fits = curated.own, curated.fits
        written = {rule.policy_id for rule in self.rules if not rule.is_kin}
        written |= {statement.policy_id for statement in self.statements if not statement.is_kin}
        self.unwritten = frozenset(searcher.snapshot.texts) - written
        """The policies for which nobody wrote cards."""
        self._words = PolicyGuesser(curated.words)
        self._in_passage: dict[str, set[int]] = {}
        spots = [*map(_spots_of_rule, self.rules), *(statement.spots for statement in self.statements)]
        for number, own in enumerate(spots):
            for spot in own:
                self._in_passage.setdefault(spot.passage_id, set()).add(number)
        self._remembered = lru_cache(maxsize=64)(self._near)

    def near(self, text: str, policy_ids: Collection[str] = ()) -> Nearness:
        """How near a text is to the cards of these policies (empty: all); cards of others are not near.

        Words that only point back lead away from every card.

        Remembered for a while: rules and statements are both held against a question, and against its part that asks.
        """
        return self._remembered(without_pointing(text), tuple(policy_ids))

    def _near(self, text: str, policy_ids: tuple[str, ...]) -> Nearness:
        vector = self._vector(text)
        words = self._asks.lexical_scores(self._searcher.terms(text, policy_ids=policy_ids))
        among = self._among(policy_ids)
        most = float(words[among].max()) if len(among) else 0.0
        cosines = self._asks.cosines(vector, policy_ids)
        return Nearness(
            np.minimum(cosines, 1.0),  # a vector with itself may come out a little above
            words / (most or 1.0),
            self._likely(text, vector, policy_ids),
        )

    def likeness(
        self,
        texts: tuple[str, str],
        hits: Sequence[Hit],
        cards: Sequence[int],
        policy_ids: Collection[str],
    ) -> npt.NDArray[np.float64]:
        """How near (0 to 1) a question is to `cards`, by their numbers: one row each, in the order of `LIKENESS`.

        `texts`: the question, and its part that asks. `hits`: the passages found for it.
        """
        whole, part = (self.near(text, policy_ids) for text in texts)
        passage = np.zeros(len(self.rules) + len(self.statements))
        for passage_id, relevance in _relevance_of(hits).items():
            for number in self._in_passage.get(passage_id, ()):
                passage[number] = max(passage[number], relevance)
        rows = np.array(cards)
        columns = [
            whole.meaning[rows], whole.words[rows], passage[rows], part.meaning[rows], part.words[rows],
            whole.card[rows], part.card[rows],
        ]  # fmt: skip
        return np.stack(columns, axis=1).astype(np.float64)

    def nearest(self, text: str, beyond: str = "", policy_ids: Collection[str] = ()) -> float:
        """The cosine of a text with the nearest question that a card of these policies answers; 0 without cards.

        Only cards count that the text is nearer to than `beyond`, a part of it, is by itself.
        """
        meaning = self.near(text, policy_ids).meaning
        if beyond:
            meaning = meaning[meaning > self.near(beyond, policy_ids).meaning]
        return float(meaning.max()) if len(meaning) else 0.0

    def policy_shares(self, text: str, policy_ids: Collection[str] = ()) -> dict[str, float]:
        """How likely a text is about each of these policies (empty: all), by meaning and words; together 1."""
        logs = self._policy_logs(text, self._vector(text), policy_ids)
        return {policy_id: math.exp(log) for policy_id, log in logs.items()}

    def _vector(self, text: str) -> Floats:
        vectors: Floats = card_encoder().encode_queries([self._searcher.with_dutch_names(text)])
        return np.asarray(vectors[0])

    def _among(self, policy_ids: Collection[str]) -> Floats:
        numbers = [n for policy_id, own in self._own.items() if not policy_ids or policy_id in policy_ids for n in own]
        return np.array(numbers, dtype=np.intp)

    def _likely(self, text: str, vector: Floats, policy_ids: Collection[str]) -> Floats:
        logs = np.full(len(self.rules) + len(self.statements), LEAST_LOG, dtype=np.float32)
        for policy_id, log_share in self._policy_logs(text, vector, policy_ids).items():
            own = self._own[policy_id]
            shares = self._fits.cards[policy_id].log_shares(vector)
            logs[own] = np.maximum(shares + max(log_share, POLICY_LEAST_LOG), LEAST_LOG)
        near: Floats = 1 - logs / LEAST_LOG
        return near

    def _policy_logs(self, text: str, vector: Floats, policy_ids: Collection[str]) -> dict[str, float]:
        """The logarithms of `policy_shares`: what the question means and the words it has, taken as independent."""
        names = list(self._own)
        if self._fits.policies is None:
            return {}
        by_meaning = self._fits.policies.log_shares(vector)
        by_words = self._words.log_shares(text, policy_ids)
        logs = {
            policy_id: float(by_meaning[number]) + by_words.get(policy_id, 0.0)
            for number, policy_id in enumerate(names)
            if not policy_ids or policy_id in policy_ids
        }
        if not logs:
            return {}
        most = max(logs.values())
        whole = most + math.log(sum(math.exp(log - most) for log in logs.values()))
        return {policy_id: log - whole for policy_id, log in logs.items()}


def _relevance_of(hits: Sequence[Hit]) -> dict[str, float]:
    """The relevance of passages found, by passage id, as a share (0 to 1) of the best one's."""
    best = hits[0].relevance if hits else 0.0
    return {hit.passage.id: hit.relevance / best for hit in hits} if best > 0 else {}


def _spots_of_rule(rule: ProvenRule) -> list[Spot]:
    return [*rule.spots.values(), *(value.spot for value in rule.values.values())]
