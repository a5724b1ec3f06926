"""Which card of a policy, rule or statement, a question belongs to by its meaning alone.

Learnt when a snapshot is opened, for each policy, from the questions that its cards answer and, with
less weight, from the bank's questions that are tied to the very spots that prove a statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from knowledge.bank import phrase_key
from knowledge.discriminant import LEAST_LOG, Discriminant, Floats
from knowledge.rules.card import ContactRule
from knowledge.snapshot import Snapshot

POLICY_LEAST_LOG = -4.0
"""However little a question sounds like a policy's, it may be about it."""
BANK_WEIGHT = 0.5
"""What a question of the bank counts beside one of a card."""


class CardClassifier:
    """The cards of one snapshot: rules first, then statements, as `snapshot.curated` counts them."""

    def __init__(self, snapshot: Snapshot) -> None:
        curated = snapshot.curated
        self._rules = len(curated.proven_rules)
        self._count = self._rules + len(curated.proven_statements)
        self._own: dict[str, list[int]] = {}
        for number, rule in enumerate(curated.proven_rules):
            if not isinstance(rule.rule, ContactRule):
                self._own.setdefault(rule.policy_id, []).append(number)
        for number, statement in enumerate(curated.proven_statements, start=self._rules):
            self._own.setdefault(statement.policy_id, []).append(number)
        self._fits = {policy_id: self._fit(snapshot, own) for policy_id, own in self._own.items()}
        self._policies = _fit_policies(snapshot, list(self._own)) if self._own else None

    def nearness(
        self, vector: Floats, policy_ids: Collection[str] = (), *, without: tuple[int, Floats] | None = None
    ) -> tuple[Floats, Floats]:
        """For every rule and statement how likely it is among the cards of these policies: 1 surely, 0 not at all.

        `without`: a statement and an example of it that does not count, for measuring.
        """
        logs = np.full(self._count, LEAST_LOG, dtype=np.float32)
        for policy_id, log_share in self.policy_log_shares(vector, policy_ids).items():
            own = self._own[policy_id]
            left = None
            if without is not None and (card := without[0] + self._rules) in own:
                left = (own.index(card), without[1])
            logs[own] = np.maximum(self._fits[policy_id].log_shares(vector, without=left) + log_share, LEAST_LOG)
        near = 1 - logs / LEAST_LOG
        return near[: self._rules], near[self._rules :]

    def policy_log_shares(self, vector: Floats, policy_ids: Collection[str] = ()) -> dict[str, float]:
        """The logarithm of how likely a question is about each of these policies (empty: all), by its meaning."""
        among = [n for n, policy_id in enumerate(self._own) if not policy_ids or policy_id in policy_ids]
        if self._policies is None or not among:
            return {}
        logs = self._policies.log_shares(vector)[among]
        logs -= np.log(np.exp(logs).sum())
        names = list(self._own)
        return {names[n]: max(float(log), POLICY_LEAST_LOG) for n, log in zip(among, logs, strict=True)}

    def _fit(self, snapshot: Snapshot, own: Sequence[int]) -> Discriminant:
        place = {card: at for at, card in enumerate(own)}
        vectors, labels, weights = [], [], []
        curated = snapshot.curated
        for asks, first in ((curated.rule_asks, 0), (curated.statement_asks, self._rules)):
            for row, question in zip(asks.vectors, asks.questions, strict=True):
                if (card := question.passages[0] + first) in place:
                    vectors.append(row)
                    labels.append(place[card])
                    weights.append(1.0)
        for number, card, share in self._tied(snapshot, own):
            vectors.append(snapshot.bank.vectors[number])
            labels.append(place[card])
            weights.append(BANK_WEIGHT * share)
        return Discriminant.fit(np.stack(vectors), np.array(labels), np.array(weights, dtype=np.float32), len(own))

    def _tied(self, snapshot: Snapshot, own: Sequence[int]) -> Iterator[tuple[int, int, float]]:
        """The bank's questions whose key phrases stand in a spot of a statement: question, card and share."""
        spots: dict[str, list[tuple[str, int]]] = {}
        for card in own:
            if card < self._rules:
                continue
            statement = snapshot.curated.proven_statements[card - self._rules]
            text = snapshot.texts[statement.policy_id].text
            for spot in () if statement.is_absence else statement.spots:
                spots.setdefault(spot.passage_id, []).append((phrase_key(text[spot.start : spot.end]), card))
        for number, question in enumerate(snapshot.bank.questions):
            found = {
                card
                for place, keys in zip(question.passages, question.keys, strict=False)
                for held, card in spots.get(snapshot.passages[place].id, ())
                if keys and all(phrase_key(key) in held for key in keys)
            }
            for card in sorted(found):
                yield number, card, 1 / len(found)


def _fit_policies(snapshot: Snapshot, policy_ids: Sequence[str]) -> Discriminant:
    """Which policy a question is about, from all questions on file."""
    place = {policy_id: n for n, policy_id in enumerate(policy_ids)}
    curated = snapshot.curated
    indexes = (curated.rule_asks, curated.statement_asks, snapshot.bank)
    rows = [
        (row, place[question.policy_id])
        for index in indexes
        for row, question in zip(index.vectors, index.questions, strict=True)
        if question.policy_id in place and not question.borrowed
    ]
    vectors, labels = np.stack([row for row, _ in rows]), np.array([label for _, label in rows])
    return Discriminant.fit(vectors, labels, np.ones(len(rows), dtype=np.float32), len(policy_ids))
