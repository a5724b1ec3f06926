"""Which statements of the policies answer a look-up: by the questions that they answer and the words that they hold.

Statements of what the policy says and of what it does not say are ranked together: the nearest tells
which of the two a question meets.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from assistant.cards import LIKENESS, Cards, Nearness
from assistant.question import Asked
from assistant.rule_fit import Floats, Question
from assistant.wording import Wording, read_wording
from knowledge.dutch import fold, words
from knowledge.search import Searcher
from knowledge.statements.card import Absence, Statement
from knowledge.statements.proven import ProvenStatement
from knowledge.text_words import text_words
from knowledge.thesaurus import CARE_KINDS, load_thesaurus

CANDIDATES = 12
"""Statements whose words are compared with the question's; the rest are too far in meaning and words."""

FEATURES = (*LIKENESS, "words it says", "words it is asked by", "kind asked", "other kind", "absence")
WEIGHTS = np.array([1.85, 0.49, 0.27, 1.15, -0.18, 3.54, 0.87, 1.13, 1.71, -0.2, -0.69, 0.43])
"""Fitted by `python -m evals.statement_finding` on the questions of the cards, each left out in turn: the mean of the
weights before and after the third author's questions, as the encoder of cards has seen all of them."""

WAYS, USUAL_GAIN = np.array([4.7, 1.55, 6.6]), 4.0
"""What a statement gains by how near a follow-up is to it within the care type talked of (meaning, card) and as going
on from the question before (meaning), fitted on our own conversations; what one that answers mostly gains, so that a
score means the same with and without a conversation."""
SHARE = 0.3
"""How far the two ways count. Set by hand between the fit (1), under which certain answers are lost, and none."""
ABSENT = 0.4
"""What an absence loses in a conversation: who goes on mostly asks for what there is."""


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

    def __init__(self, searcher: Searcher, cards: Cards) -> None:
        self._searcher = searcher
        self._cards = cards
        self._statements = cards.statements
        self._first = len(cards.rules)
        thesaurus = searcher.thesaurus
        # Read when first compared, and kept: all of them would take a second of every start.
        self._says = cache(lambda number: text_words(_text(self._statements[number].card), thesaurus))
        self._asked = searcher.snapshot.curated.asked_words
        self._of_policy: dict[str, list[int]] = {}
        for number, each in enumerate(self._statements):
            self._of_policy.setdefault(each.policy_id, []).append(number)

    def find(self, question: Question, policy_ids: Collection[str]) -> list[Found]:
        """The statements nearest to the question within `policy_ids` (empty: all), best first."""
        allowed = [
            n for policy_id, own in self._of_policy.items() if not policy_ids or policy_id in policy_ids for n in own
        ]
        if not allowed:
            return []
        likeness = self._likeness(question, policy_ids, allowed)
        count = CANDIDATES if question.readings is None else 2 * CANDIDATES
        order = np.argsort(-(likeness @ WEIGHTS[: len(LIKENESS)]), kind="stable")[:count]
        among = self._searcher.among(policy_ids)
        wording = read_wording(question.text, self._searcher.snapshot.lexical, among, self._searcher.thesaurus)
        found = []
        for place in order:
            number = allowed[int(place)]
            features = np.concatenate([likeness[place], self._of_words(number, wording, question.asked)])
            found.append(Found(self._statements[number], features, float(features @ WEIGHTS)))
        if question.readings is not None:
            near = [self._cards.near(text, policy_ids) for text in question.readings]
            numbers = [self._first + allowed[int(place)] for place in order]
            found = _as_meant(found, numbers, near)
        return sorted(found, key=lambda each: -each.score)

    def variants(self, found: Found) -> list[Found]:
        """The statements of the same point in the same policy that are each for another kind of provider."""
        card = found.card
        if not isinstance(card, Statement) or card.point is None:
            return [found]
        same = self.at_point(found.statement.policy_id, card.point)
        return [replace(found, statement=each.statement) for each in same if each.card.whom]  # type: ignore[union-attr]  # statements

    def insurer_of(self, found: Found) -> str:
        """The insurer whose policy a statement is from."""
        return self._searcher.snapshot.policies[found.statement.policy_id].insurer

    def title_of(self, found: Found) -> str:
        """The title of the policy that a statement is from."""
        return self._searcher.snapshot.policies[found.statement.policy_id].title

    def at_point(self, policy_id: str, point: str) -> list[Found]:
        """The statements of a policy on one point."""
        own = (self._statements[number] for number in self._of_policy.get(policy_id, ()))
        none = np.zeros(len(FEATURES))
        return [Found(each, none, 0.0) for each in own if isinstance(each.card, Statement) and each.card.point == point]

    def _likeness(self, question: Question, policy_ids: Collection[str], allowed: Sequence[int]) -> Floats:
        """For every statement allowed how near it is (0 to 1), in the order of `LIKENESS`."""
        cards = [self._first + number for number in allowed]
        return self._cards.likeness((question.text, question.about), question.hits, cards, policy_ids)

    def _of_words(self, number: int, wording: Wording, asked: Asked) -> list[float]:
        """The features after the likeness, in the order of `FEATURES`."""
        card = self._statements[number].card
        gives = set(card.gives) if isinstance(card, Statement) else set()
        wanted = _kinds(asked)
        return [
            wording.share_held(self._says(number)),
            wording.share_held(self._asked[number]),
            bool(gives & wanted),
            bool(gives and wanted and not gives & wanted),
            isinstance(card, Absence),
        ]


def _as_meant(found: Sequence[Found], numbers: Sequence[int], ways: Sequence[Nearness]) -> list[Found]:
    """Statements, by the numbers of their cards, scored by the two ways too in which a follow-up may be meant."""
    within, going_on = ways
    gains = np.stack([within.meaning[numbers], within.card[numbers], going_on.meaning[numbers]], axis=1) @ WAYS
    scores = (1 - SHARE / 2) * np.array([each.score for each in found]) + SHARE * (gains - USUAL_GAIN)
    scores -= ABSENT * np.array([each.statement.is_absence for each in found])
    return [replace(each, score=float(score)) for each, score in zip(found, scores, strict=True)]


def names_whom(text: str, statement: ProvenStatement) -> bool:
    """Whether a text names the kind of provider that a statement is for."""
    card = statement.card
    if not isinstance(card, Statement) or card.whom is None:
        return False
    folded = f" {' '.join(words(text))} "
    return any(re.search(rf"\b{re.escape(' '.join(words(name)))}", folded) for name in card.whom.names)


def without_title(text: str, title: str) -> str:
    """A text without the title of a policy: 'wij vallen onder beleid X' does not say that the asker is an X."""
    own = [word for word in words(_NO_TITLE.sub(" ", title)) if not word.endswith("beleid")]
    name = r"\W+".join(map(re.escape, own))
    return re.sub(rf"(?<=beleid)(?: voor| van)?(?: de)? {name}\b", "", text, flags=re.IGNORECASE) if own else text


def means_whom(text: str, statement: ProvenStatement) -> bool:
    """Whether a text calls the kind of provider that a statement is for by another name: 'protonenbestraling'."""
    card = statement.card
    if not isinstance(card, Statement) or card.whom is None:
        return False
    return any(mention.term.concept in _concepts(card.whom.names) for mention in load_thesaurus().find(text))


_NO_TITLE = re.compile(r"\([^)]*\)|\b\d{4}\b")
"""What of a title says whose it is and of which year."""


@cache
def _concepts(names: tuple[str, ...]) -> frozenset[str]:
    """The kinds of care and providers among these names; none that is wider than the name: 'kraam' is no birth care."""
    own = {fold(name) for name in names}
    terms = (term for name in names for term in load_thesaurus().groups(name) if term.kind in CARE_KINDS)
    return frozenset(term.concept for term in terms if fold(term.concept) in own)


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
