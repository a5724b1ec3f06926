"""Which policy a question is about, by its words: naive Bayes over the questions that the policies' cards answer.

(M. E. Maron, 1961.) A word counts once a question; one that a policy's own text holds is likelier
there even when no question has it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from knowledge.dutch import stem
from knowledge.records import Record
from knowledge.tokens import content_words

SMOOTHING, OF_TEXT = 0.3, 3.0
"""What an unseen word counts, and how many times that where the policy's text holds it."""


class PolicyWords(Record):
    """Of one policy: in how many of its questions each stem stands, how many questions, and its text's other stems."""

    policy_id: str
    counts: Mapping[str, int]
    questions: int
    text_stems: tuple[str, ...]


def count_words(policy_id: str, questions: Iterable[str], text: str) -> PolicyWords:
    """The words of a policy's questions and of its text."""
    counts: Counter[str] = Counter()
    asked = 0
    for question in questions:
        counts.update(_stems(question))
        asked += 1
    return PolicyWords(
        policy_id=policy_id,
        counts=dict(sorted(counts.items())),
        questions=asked,
        text_stems=tuple(sorted(_stems(text) - set(counts))),
    )


class PolicyGuesser:
    """Guesses among policies whose words were counted."""

    def __init__(self, counted: Iterable[PolicyWords]) -> None:
        self._words = {each.policy_id: each for each in counted if each.questions}
        self._texts = {policy_id: frozenset(each.text_stems) for policy_id, each in self._words.items()}

    def log_shares(self, text: str, policy_ids: Collection[str] = ()) -> dict[str, float]:
        """The logarithm of how likely `text` is about each of these policies (empty: all counted); together 1."""
        stems = _stems(text)
        logs = {
            policy_id: sum(self._log(policy_id, word) for word in stems)
            for policy_id in self._words
            if not policy_ids or policy_id in policy_ids
        }
        if not logs:
            return {}
        most = max(logs.values())
        whole = most + math.log(sum(math.exp(log - most) for log in logs.values()))
        return {policy_id: log - whole for policy_id, log in logs.items()}

    def _log(self, policy_id: str, word: str) -> float:
        words = self._words[policy_id]
        known = word in words.counts or word in self._texts[policy_id]
        count = words.counts.get(word, 0) + SMOOTHING * (OF_TEXT if known else 1.0)
        return math.log(count / (words.questions + 100 * SMOOTHING))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in content_words(text)}
