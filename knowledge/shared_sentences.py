"""Sentences that policies share: a question answered by one in a policy is answered by its twin in another.

Insurers repeat themselves from policy to policy and from year to year. A policy that nobody has
written questions for borrows those of sentences that it shares, years aside, with policies that have
some. A sentence, an item or a row counts from `LEAST_WORDS` words on: shorter ones ("Niet van
toepassing.") say nothing by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.dutch import fold
from knowledge.records import Passage, PolicyText
from knowledge.sentences import split_sentences

LEAST_WORDS = 6

_YEAR = re.compile(r"\b20\d\d\b")
_NOT_WORD = re.compile(r"[\W_]+")


def sentence_key(sentence: str) -> str:
    """A sentence as twins are compared: its folded words, years alike; "" where it is too short."""
    words = _NOT_WORD.sub(" ", _YEAR.sub("jaartal", fold(sentence))).split()
    return " ".join(words) if len(words) >= LEAST_WORDS else ""


def sentence_keys(text: PolicyText, passage: Passage) -> Iterator[tuple[str, str]]:
    """(key, sentence) of the sentences, items and rows of a passage that are long enough."""
    for span in split_sentences(text.text, passage.start, passage.end):
        sentence = text.text[span.start : span.end]
        key = sentence_key(sentence)
        if key:
            yield key, sentence


def places_of_sentences(texts: Sequence[tuple[int, PolicyText]]) -> dict[str, list[tuple[str, int]]]:
    """Where sentences stand: key to (policy id, passage position); `texts`: each with its first passage's position."""
    places: dict[str, list[tuple[str, int]]] = {}
    for first, text in texts:
        for number, passage in enumerate(text.passages, start=first):
            for key, _ in sentence_keys(text, passage):
                places.setdefault(key, []).append((text.policy.id, number))
    return places


def spot_key(text: PolicyText, passage: Passage, phrases: Iterable[str]) -> str:
    """The key of the sentence of a passage that holds all phrases (folded); "" where there is none."""
    wanted = tuple(phrases)
    for key, sentence in sentence_keys(text, passage):
        plain = " ".join(fold(sentence).split())
        if all(phrase in plain for phrase in wanted):
            return key
    return ""
