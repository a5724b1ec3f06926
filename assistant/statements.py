"""Which statements of the policies answer a look-up: by the questions that they answer and the words that they hold.

Statements of what the policy says and of what it does not say are ranked together: the nearest tells
which of the two a question meets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.cards import CardClassifier
from assistant.question import Asked
from assistant.rule_fit import Floats, Question
from assistant.wording import Wording, read_wording
from knowledge.dutch import words
from knowledge.search import Hit, Searcher
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement

CANDIDATES = 12
"""Statements whose words are compared with the question's; the rest are too far in meaning and words."""

LIKENESS = (
    "meaning",
    "words",
    "passage",
    "meaning of what is asked",
    "words of what is asked",
    "card",
    "card of what is asked",
)
FEATURES = (*LIKENESS, "words it says", "words it is asked by", "kind asked", "other kind", "absence")
WEIGHTS = np.array([0.47, 0.0, 1.3, 0.33, 0.0, 1.66, 1.62, 3.08, 1.73, 0.37, -0.88, 0.2])
"""Fitted by `python -m evals.statement_finding` on the questions of the cards, each left out in turn."""


@dataclass(frozen=True)
class Found:
    """A statement with how well it fits the question: the features in their order, and their weighed sum."""

    statement: ProvenStatement
    features: Floats
    score: float

    @property
    def card(self) -> Statement | Absence:
        """The statement's card."""
        return self.statement.card


class StatementFinder:
    """Finds statements of one snapshot."""

    def __init__(self, searcher: Searcher, cards: CardClassifier) -> None:
        self._searcher = searcher
        self._cards = cards
        curated = searcher.snapshot.curated
        self._statements = curated.proven_statements
        self._asks = curated.statement_asks
        self._texts = [_text(each.card) for each in self._statements]
        self._asked: list[str] = []
        self._asked = [self._asked_by(number, ()) for number in range(len(self._statements))]
        self._of_policy: dict[str, list[int]] = {}
        for number, each in enumerate(self._statements):
            self._of_policy.setdefault(each.policy_id, []).append(number)

    def _asked_by(self, number: int, leaving_out: Sequence[int]) -> str:
        """All questions that a statement answers, but for those left out."""
        if not leaving_out and self._asked:
            return self._asked[number]
        left = {self._asks.questions[place].text for place in leaving_out}
        card = self._statements[number].card
        return " ".join(ask for ask in (*card.asks, card.about.nl, card.about.en) if ask not in left)

    def covers(self, policy_id: str) -> bool:
        """Whether there are statements of a policy."""
        return policy_id in self._of_policy

    def find(self, question: Question, policy_ids: Collection[str], *, leaving_out: Sequence[int] = ()) -> list[Found]:
        """The statements nearest to the question within `policy_ids` (empty: all), best first.

        `leaving_out`: the places of asks that do not count, for measuring.
        """
        allowed = [
            n for policy_id, own in self._of_policy.items() if not policy_ids or policy_id in policy_ids for n in own
        ]
        if not allowed:
            return []
        likeness = self._likeness(question, policy_ids, allowed, leaving_out)
        order = np.argsort(-(likeness @ WEIGHTS[: len(LIKENESS)]), kind="stable")[:CANDIDATES]
        among = self._searcher.among(policy_ids)
        wording = read_wording(question.text, self._searcher.snapshot.lexical, among, self._searcher.thesaurus)
        found = []
        for place in order:
            number = allowed[int(place)]
            features = np.concatenate([likeness[place], self._of_words(number, wording, question.asked, leaving_out)])
            found.append(Found(self._statements[number], features, float(features @ WEIGHTS)))
        return sorted(found, key=lambda each: -each.score)

    def variants(self, found: Found) -> list[Found]:
        """The statements of the same point in the same policy that are each for another kind of provider."""
        card = found.card
        if not isinstance(card, Statement) or card.point is None:
            return [found]
        own = [self._statements[n] for n in self._of_policy[found.statement.policy_id]]
        same = [each for each in own if isinstance(each.card, Statement) and each.card.point == card.point]
        return [replace(found, statement=each) for each in same if isinstance(each.card, Statement) and each.card.whom]

    def _likeness(
        self, question: Question, policy_ids: Collection[str], allowed: Sequence[int], leaving_out: Sequence[int]
    ) -> Floats:
        """For every statement allowed how near its nearest question is (0 to 1), in the order of `LIKENESS`."""
        relevance = _relevance(question.hits)
        passage = [
            max((relevance.get(s.passage_id, 0.0) for s in self._statements[n].spots), default=0.0) for n in allowed
        ]
        *whole, card = self._nearness(question.text, policy_ids, allowed, leaving_out)
        *part, card_of_part = self._nearness(question.part, policy_ids, allowed, leaving_out)
        columns = [*whole, np.array(passage), *part, card, card_of_part]
        return np.stack(columns, axis=1).astype(np.float64)

    def _nearness(
        self, text: str, policy_ids: Collection[str], allowed: Sequence[int], leaving_out: Sequence[int]
    ) -> list[npt.NDArray[np.float32]]:
        rows, vector = np.array(allowed), self._searcher.vector(text)
        meaning = self._asks.cosines(vector, policy_ids, leaving_out=leaving_out)[rows]
        left = [(self._asks.questions[place].passages[0], self._asks.vectors[place]) for place in leaving_out]
        _, cards = self._cards.nearness(vector, policy_ids, without=left[0] if left else None)
        terms = self._searcher.terms(text, policy_ids=policy_ids)
        scores = self._asks.lexical_scores(terms, leaving_out=leaving_out)[rows]
        return [meaning, scores / (scores.max() or 1.0), cards[rows]]

    def _of_words(self, number: int, wording: Wording, asked: Asked, leaving_out: Sequence[int]) -> list[float]:
        """The features after the likeness, in the order of `FEATURES`."""
        card, thesaurus = self._statements[number].card, self._searcher.thesaurus
        gives = set(card.gives) if isinstance(card, Statement) else set()
        wanted = _kinds(asked)
        return [
            wording.share_held(self._texts[number], "", thesaurus),
            wording.share_held(self._asked_by(number, leaving_out), "", thesaurus),
            bool(gives & wanted),
            bool(gives and wanted and not gives & wanted),
            isinstance(card, Absence),
        ]


def names_whom(text: str, statement: ProvenStatement) -> bool:
    """Whether a text names the kind of provider that a statement is for."""
    card = statement.card
    if not isinstance(card, Statement) or card.whom is None:
        return False
    folded = f" {' '.join(words(text))} "
    return any(re.search(rf"\b{re.escape(' '.join(words(name)))}", folded) for name in card.whom.names)


def _kinds(asked: Asked) -> set[str]:
    told = {
        "when": asked.when,
        "contact": asked.contact,
        "list": asked.listing,
        "change": asked.change,
        "amount": asked.amount,
    }
    return {kind for kind, wanted in told.items() if wanted}


def _text(card: Statement | Absence) -> str:
    items = card.items if isinstance(card, Statement) else ()
    return " ".join((card.about.nl, card.says.nl, *(item.nl for item in items)))


def _relevance(hits: Sequence[Hit]) -> Mapping[str, float]:
    best = hits[0].relevance if hits else 0.0
    return {hit.passage.id: hit.relevance / best for hit in hits} if best > 0 else {}
