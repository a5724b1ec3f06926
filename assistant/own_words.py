"""Which policy a question is about by words that one policy alone has: names of its contracts, things it speaks of.

For a policy that nobody wrote cards for, the questions that cards answer tell nothing; its text does. A word is its
own when no other policy holds it and no question that the cards of another answer: what askers say of everything
is in those. Compounds come apart, so that 'stomadeclaraties' speaks of 'stomamateriaal'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from knowledge.dutch import words
from knowledge.policy_words import PolicyWords
from knowledge.records import PolicyText
from knowledge.tokens import Tokenizer, content_words

LEAST_LETTERS = 4
"""Shorter words are names of nothing, but for abbreviations."""


class OwnWords:
    """Knows which words each of the policies has for itself; `asked`: the words of the questions about them."""

    def __init__(self, texts: Mapping[str, PolicyText], asked: Iterable[PolicyWords]) -> None:
        self._tokenizer = Tokenizer.of([passage for text in texts.values() for passage in text.passages])
        self._held = {policy_id: self._tokens(_all_words(text)) for policy_id, text in texts.items()}
        for each in asked:
            if each.policy_id in self._held:
                self._held[each.policy_id] |= each.counts.keys()

    def most(self, question: str, policy_ids: Sequence[str]) -> str | None:
        """The one of these policies that has more words of a question for itself than any other; None: none has."""
        told = Counter(
            holders[0]
            for word in set(words(question))
            if len(word) >= LEAST_LETTERS and (holders := self._holders(word, policy_ids))
        )
        (best, most), *others = [*told.most_common(2), ("", 0), ("", 0)][:2]
        return best if best and most > others[0][1] else None

    def _holders(self, word: str, policy_ids: Collection[str]) -> list[str]:
        """The only policy that holds a word or, where none does, one of its parts; empty where it is not one."""
        whole, *parts = self._tokenizer.term_tokens(word)[2] or [""]
        for tokens in ([whole], parts):
            found = [
                [policy_id for policy_id in policy_ids if token in self._held[policy_id]] for token in tokens if token
            ]
            if any(found):
                single = {holders[0] for holders in found if len(holders) == 1}
                return list(single) if len(single) == 1 else []
        return []

    def _tokens(self, text: str) -> set[str]:
        return {token for word in set(content_words(text)) for token in self._tokenizer.term_tokens(word)[2]}


def _all_words(text: PolicyText) -> str:
    policy = text.policy
    return " ".join((text.text, policy.title, *policy.care))
