"""Known words found again by a mistyped form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA

from knowledge.dutch import LONGEST_WORD_LETTERS, stem

LEAST_LETTERS = 4
"""Shorter words are near to too many others."""
SHORT_LETTERS = 5
"""Up to this length a word is corrected only to a common one with the same first letter, or the first two swapped."""
COMMON_COUNT = 5
"""How often a word must have been seen to be two errors away, or to be the correction of a short one."""
SAME_ORDER = 20
"""Of two words equally near, the rarer is dropped where the other is this many times as common."""
MOST_FOUND = 2
"""Corrections of one word."""


def _beside(rows: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The pairs of letters that lie beside each other on a keyboard, or one above the other."""
    pairs = {pair for row in rows for pair in pairwise(row)}
    for upper, lower in pairwise(rows):
        pairs |= set(zip(upper, lower, strict=False)) | set(zip(upper[1:], lower, strict=False))
    return frozenset(pairs | {(right, left) for left, right in pairs})


NEIGHBOURS = _beside(("qwertyuiop", "asdfghjkl", "zxcvbnm"))


class NearWords:
    """Folded words, found again by a mistyped form. Swapped neighbouring letters are one error."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: how often each word was seen; words of other than `LEAST_LETTERS` letters and more are left out."""
        self._words = sorted(word for word in counts if LEAST_LETTERS <= len(word) <= LONGEST_WORD_LETTERS)
        self._counts = {word: counts[word] for word in self._words}
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint32)
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int64)

    def nearest(self, word: str, errors: int) -> tuple[str, ...]:
        """The likeliest words with 1 to `errors` errors, at most `MOST_FOUND`; one of several with the same stem."""
        # One error changes the set of letters by two at most: few words are left to be compared letter by letter.
        differing = np.bitwise_count(self._letters ^ np.uint32(_letters(word)))
        near = (differing <= 2 * errors) & (np.abs(self._lengths - len(word)) <= errors)
        ranked: list[tuple[int, bool, int, str]] = []
        for target in (self._words[place] for place in np.flatnonzero(near)):
            distance = OSA.distance(word, target, score_cutoff=errors)
            if 0 < distance <= errors and self._is_likely(word, target, distance):
                ranked.append((distance, word[0] != target[0], -self._counts[target], target))
        ranked.sort()
        least = max((-count for *_, count, _ in ranked), default=0) / SAME_ORDER
        likely: dict[str, str] = {}
        for distance, _, count, target in ranked:
            if distance == ranked[0][0] and -count >= least:
                likely.setdefault(stem(target), target)
        return tuple(likely.values())[:MOST_FOUND]

    def _is_likely(self, typed: str, word: str, errors: int) -> bool:
        is_common = self._counts[word] >= COMMON_COUNT
        if len(typed) <= SHORT_LETTERS:
            return is_common and (typed[0] == word[0] or typed[:2] == word[1::-1])
        if errors > 1 and (not is_common or _is_other_word(typed, word)):
            return False
        return _may_begin(typed, word)


def _is_other_word(typed: str, word: str) -> bool:
    """Whether two letters stand for others that no finger slips to: more often another word than an error."""
    one, other = Counter(typed), Counter(word)
    put, lost = one - other, other - one
    return min(put.total(), lost.total()) > 1 and not all(any((p, w) in NEIGHBOURS for w in lost) for p in put)


def _may_begin(typed: str, word: str) -> bool:
    """Whether the first letters are the same, swapped, or side by side on the keyboard, or one of them is lost."""
    if typed[0] == word[0] or typed[:2] == word[1::-1]:
        return True
    return (typed[0], word[0]) in NEIGHBOURS or typed[:2] == word[1:3] or typed[1:3] == word[:2]


def _letters(word: str) -> int:
    """The set of the word's letters as bits; all that are not a to z share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) - 97 if "a" <= letter <= "z" else 26)
    return bits
