"""Which card of a policy, and which policy, a question belongs to: learnt from all questions that cards answer.

Of the cards that the encoder of cards was fitted with, the layer that was fitted with it tells them apart; of
others a discriminant does, learnt when a snapshot is built. Who opens it reads the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from knowledge.bank_index import BankIndex
from knowledge.card_layer import CardLayer, card_name
from knowledge.discriminant import Discriminant, Floats
from knowledge.encoder import Encoder
from knowledge.errors import SnapshotCorrupt
from knowledge.records import Policy
from knowledge.rules.card import ContactRule
from knowledge.rules.proven import PolicyRules, ProvenRule
from knowledge.statements.proven import PolicyStatements, ProvenStatement

PROVIDER, MOST_NAMES = "provider_type", 8
"""The fact that tells what kind of provider asks, and how many names of each kind are looked at."""
PREAMBLES = (
    "Ik heb iemand aan de lijn",
    "Er belt een aanbieder die wil weten",
    "Vraag van een collega die ik moet doorgeven",
    "Helpdesk: een beller vraagt",
    "Wij zijn een",
    "Ik werk bij een",
    "Mijn collega zegt dat",
    "Goedemorgen, even een vraagje",
    "Kunt u mij vertellen",
    "Ik kan het niet vinden in het inkoopbeleid",
    "Volgens mij stond dat ergens in het beleid",
    "bij jullie, volgend jaar",
    "van de verzekeraar",
    "We are a provider and we were wondering",
    "A colleague of mine asks",
    "Good morning, a quick question about the policy",
)
"""How questions begin, whatever they are about."""
BANK_WEIGHT = 0.5
"""What a question of the bank counts beside one of a card."""

_PARTS = ("weights", "offsets")


@dataclass(frozen=True, eq=False)
class CardFits:
    """By policy id, in the order of the cards, which of its cards (see `cards_by_policy`) a question belongs to.

    `policies`: which of these policies it is about; None where there are none.
    """

    cards: Mapping[str, Discriminant]
    policies: Discriminant | None

    @classmethod
    def learn(
        cls,
        asks: BankIndex,
        own: Mapping[str, Sequence[int]],
        idle: Mapping[str, Sequence[str]],
        encoder: Encoder,
        layer: CardLayer,
        names: Sequence[str],
    ) -> Self:
        """Learn from the questions `asks` of the cards `own` by policy id; `idle`: see `idle_phrases`.

        `layer` tells the cards apart that it knows by their `names` (see `card_name`).
        """
        cards = {
            policy_id: layer.among([names[card] for card in each])
            or _fit(asks, policy_id, each, idle[policy_id], encoder)
            for policy_id, each in own.items()
        }
        return cls(cards, _fit_policies(asks, tuple(own)) if own else None)

    def save(self, folder: Path) -> None:
        """Write what was learnt into `folder`, which exists."""
        each = [*self.cards.values(), *([self.policies] if self.policies else [])]
        dimensions = each[0].weights.shape[1] if each else 0
        rows = [np.zeros((0, dimensions), np.float32), *(one.weights for one in each)]
        np.save(folder / "weights.npy", np.concatenate(rows))
        np.save(folder / "offsets.npy", np.concatenate([np.zeros(0, np.float32), *(one.offsets for one in each)]))

    @classmethod
    def open(cls, folder: Path, own: Mapping[str, Sequence[int]]) -> Self:
        """What was learnt of the cards `own` by policy id.

        Raises OSError or ValueError where it cannot be read, SnapshotCorrupt where it is of other cards.
        """
        weights, offsets = (np.load(folder / f"{part}.npy", allow_pickle=False) for part in _PARTS)
        sizes = [*map(len, own.values()), *([len(own)] if own else [])]
        if len(weights) != sum(sizes) or len(offsets) != sum(sizes):
            raise SnapshotCorrupt(f"what was learnt of the cards in {folder} is of others; run 'loket ingest' again")
        ends = np.cumsum(sizes)
        each = [
            Discriminant(weights[end - size : end], offsets[end - size : end])
            for size, end in zip(sizes, ends, strict=True)
        ]
        return cls(dict(zip(own, each, strict=False)), each[-1] if own else None)


def cards_by_policy(rules: Sequence[PolicyRules], statements: Sequence[PolicyStatements]) -> dict[str, list[int]]:
    """The numbers of each policy's cards, all rules before all statements; contacts are told by statements alone."""
    own: dict[str, list[int]] = {}
    proven_rules = [rule for each in rules for rule in each.proven]
    for number, rule in enumerate(proven_rules):
        if not isinstance(rule.rule, ContactRule):
            own.setdefault(rule.policy_id, []).append(number)
    proven_statements = [statement for each in statements for statement in each.proven]
    for number, statement in enumerate(proven_statements, start=len(proven_rules)):
        own.setdefault(statement.policy_id, []).append(number)
    return own


def card_names(
    rules: Sequence[PolicyRules], statements: Sequence[PolicyStatements], years: Mapping[str, int]
) -> tuple[str, ...]:
    """The names of all cards by their numbers; `years` by policy id. See `card_name`."""
    cards: list[ProvenRule | ProvenStatement] = [rule for each in rules for rule in each.proven]
    cards += [statement for each in statements for statement in each.proven]
    return tuple(card_name(card, years[card.policy_id]) for card in cards)


def idle_phrases(policy: Policy, rules: PolicyRules | None) -> tuple[str, ...]:
    """What askers of a policy say of themselves and of it, whatever they ask."""
    options = [o for fact in (rules.facts if rules else ()) if fact.name == PROVIDER for o in fact.options]
    names = [name for option in options for name in option.names[:MOST_NAMES] if ".." not in name]
    return (policy.insurer, *policy.labels, *policy.care, policy.title, *names, *PREAMBLES)


def _fit(asks: BankIndex, policy_id: str, own: Sequence[int], idle: Sequence[str], encoder: Encoder) -> Discriminant:
    """Which card of a policy a question belongs to."""
    place = {card: at for at, card in enumerate(own)}
    rows = [
        (row, place[question.passages[0]], BANK_WEIGHT if question.borrowed else 1.0)
        for row, question in zip(asks.vectors, asks.questions, strict=True)
        if question.policy_id == policy_id and question.passages[0] in place
    ]
    vectors, labels, weights = zip(*rows, strict=True)
    return Discriminant.fit(
        np.stack(vectors),
        np.array(labels),
        np.array(weights, dtype=np.float32),
        len(own),
        idle=encoder.encode_queries(idle),
    )


def _fit_policies(asks: BankIndex, policy_ids: Sequence[str]) -> Discriminant:
    """Which policy a question is about."""
    place = {policy_id: at for at, policy_id in enumerate(policy_ids)}
    known = [number for number, question in enumerate(asks.questions) if question.policy_id in place]
    labels = np.array([place[asks.questions[number].policy_id] for number in known])
    weights: Floats = np.ones(len(known), dtype=np.float32)
    return Discriminant.fit(asks.vectors[known], labels, weights, len(place))
