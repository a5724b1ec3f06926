"""The batches that the encoder is trained with: question sides and passage sides, drawn at random."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder_data import MIN_PARAGRAPH_LETTERS, Bags, Corpus, Ids, pair_weights, to_bags
from ingest.encoder_words import ENGLISH_LEADS

Groups = NDArray[np.int64]
Side = tuple[Ids, Ids, int]
"""A question side, a passage side, and their group."""

BATCH_SIZE = 1024
PIECE_DROPOUT = 0.15
SELF_SHARE = 0.2  # of a batch: a stretch of a care paragraph against the rest of that paragraph
LEAD_SHARE = 0.5  # of the headings, terms and English texts that get the words of a question in front
MAX_QUERY_PIECES = 64
MAX_PASSAGE_PIECES = 128

# Texts in other words: `knowledge/encoder/PROVENANCE.md` tells what they brought.
REWORDED_SHARE = 0.45  # of a batch; 0.25 finds as much, a little less after a fit to a bank; none finds far less
NAMES_SHARE = 0.2  # of these: a name of a concept against other names of it
WORDS_SHARE = 0.1  # of these: an English word against its Dutch one
MAX_OTHER_NAMES = 3

# Put before headings and terms, so that the words every question has come to weigh nothing.
QUESTION_LEADS = (
    "wat is", "wat zijn", "wat betekent", "hoe werkt", "hoe zit het met", "wanneer", "waar vind ik",
    "waar staat iets over", "moet ik", "moeten wij voldoen aan", "kan ik", "kunnen wij", "mag ik",
    "mag een zorgaanbieder", "geldt er iets voor", "wat zijn de regels voor", "wat zijn de voorwaarden voor",
    "welke eisen gelden er voor", "welke", "hoeveel", "wie", "wie bepaalt", "hoe vraag ik aan", "ik heb een vraag over",
    "wij willen weten", "wat moet ik doen bij", "heb ik recht op", "wat staat er over", "hoe lang duurt", "is er een",
    "is het zo dat", "wat verstaan jullie onder", "tot wanneer", "vanaf wanneer geldt", "wat gebeurt er met",
    "hoe regelen we", "wat doen jullie aan", "waarom", "krijgen wij", "ben ik verplicht tot", "wat als",
    "uitleg over", "graag informatie over", "hoe hoog is", "onze praktijk", "voor ons als aanbieder", "bij jullie",
    "van de verzekeraar",
)  # fmt: skip


class Batcher:
    """Draws batches of (question side, passage side) with a group number for each side.

    Two rows of a batch with the same passage or the same question are no negatives of each other.
    """

    def __init__(self, corpus: Corpus, tokenizer: Any, random: np.random.Generator) -> None:
        pairs, self._random = corpus.pairs, random
        self.passages = to_bags(tokenizer, [pair["passage"] for pair in pairs])
        self.paragraphs = to_bags(tokenizer, [text for text in corpus.paragraphs if len(text) > MIN_PARAGRAPH_LETTERS])
        self._queries = to_bags(tokenizer, [pair["query"] for pair in pairs])
        self._kinds = np.array([pair["kind"] for pair in pairs])
        self._query_groups = np.unique([pair["query"] for pair in pairs], return_inverse=True)[1]
        self._passage_groups = np.unique([pair["passage"] for pair in pairs], return_inverse=True)[1]
        self._cumulated = np.cumsum(pair_weights(pairs, self._query_groups))
        self._reworded = corpus.reworded
        self._reworded_queries = to_bags(tokenizer, [reworded.query for reworded in corpus.reworded])
        self._reworded_passages = to_bags(tokenizer, [reworded.passage for reworded in corpus.reworded])
        self._concepts = [to_bags(tokenizer, names) for names in corpus.concepts]
        self._words = to_bags(tokenizer, [word for words in corpus.words for word in words])
        self._first_name_group = 1 + max((reworded.group for reworded in corpus.reworded), default=0)
        self._leads = to_bags(tokenizer, QUESTION_LEADS)
        self._english_leads = to_bags(tokenizer, ENGLISH_LEADS)

    def draw(self) -> tuple[list[Ids], list[Ids], Groups, Groups]:
        """Question sides, passage sides, question groups, passage groups, each BATCH_SIZE long."""
        self_count, reworded_count = int(BATCH_SIZE * SELF_SHARE), int(BATCH_SIZE * REWORDED_SHARE)
        pair_count = BATCH_SIZE - self_count - reworded_count
        pairs = np.searchsorted(self._cumulated, self._random.random(pair_count) * self._cumulated[-1])
        paragraphs = self._random.integers(len(self.paragraphs), size=self_count)
        sides = [self._pair(int(index)) for index in pairs] + [self._stretch(int(index)) for index in paragraphs]
        reworded = [self._in_other_words() for _ in range(reworded_count)]
        # Groups of pairs count up from 0; those of the other two count down, apart from each other.
        reworded_groups = -1 - len(self.paragraphs) - np.array([group for _, _, group in reworded])
        return (
            [query for query, _ in sides] + [query for query, _, _ in reworded],
            [passage for _, passage in sides] + [passage for _, passage, _ in reworded],
            np.concatenate([self._query_groups[pairs], -1 - paragraphs, reworded_groups]),
            np.concatenate([self._passage_groups[pairs], -1 - paragraphs, reworded_groups]),
        )

    def _pair(self, index: int) -> tuple[Ids, Ids]:
        query = self._thin(self._queries[index][:MAX_QUERY_PIECES])
        if self._kinds[index] in ("heading", "title", "chapter", "def"):
            query = self._with_lead(query, self._leads)
        return query, self._thin(self.passages[index][:MAX_PASSAGE_PIECES])

    def _stretch(self, index: int) -> tuple[Ids, Ids]:
        paragraph = self.paragraphs[index][: 2 * MAX_PASSAGE_PIECES]
        length = int(self._random.integers(4, 13))
        start = int(self._random.integers(0, max(1, len(paragraph) - length)))
        stretch = paragraph[start : start + length]
        rest = np.concatenate([paragraph[:start], paragraph[start + length :]])
        keeps_stretch = self._random.random() < 0.3 or not len(rest)
        passage = paragraph if keeps_stretch else rest
        return self._with_lead(self._thin(stretch), self._leads), self._thin(passage[:MAX_PASSAGE_PIECES])

    def _in_other_words(self) -> Side:
        chance = self._random.random()
        if chance < NAMES_SHARE:
            return self._names()
        if chance < NAMES_SHARE + WORDS_SHARE:
            index = int(self._random.integers(len(self._words) // 2))
            group = self._first_name_group + len(self._concepts) + index
            return self._either_way(self._words[2 * index], self._words[2 * index + 1], group)
        index = int(self._random.integers(len(self._reworded)))
        reworded = self._reworded[index]
        query = self._thin(self._reworded_queries[index])
        query = self._with_lead(query, self._english_leads if reworded.english else self._leads)
        return query, self._thin(self._reworded_passages[index][:MAX_PASSAGE_PIECES]), reworded.group

    def _names(self) -> Side:
        """A name of a concept and up to MAX_OTHER_NAMES others."""
        index = int(self._random.integers(len(self._concepts)))
        names = self._concepts[index]
        order = self._random.permutation(len(names))
        count = int(self._random.integers(1, MAX_OTHER_NAMES + 1))
        others = [names[int(number)] for number in order[1 : 1 + count]] or [names[0]]
        return self._either_way(names[int(order[0])], np.concatenate(others), self._first_name_group + index)

    def _either_way(self, one: Ids, other: Ids, group: int) -> Side:
        return (one, other, group) if self._random.random() < 0.5 else (other, one, group)

    def _with_lead(self, query: Ids, leads: Bags) -> Ids:
        if self._random.random() >= LEAD_SHARE:
            return query
        return np.concatenate([leads[int(self._random.integers(len(leads)))], query])

    def _thin(self, ids: Ids) -> Ids:
        return ids[self._random.random(len(ids)) >= PIECE_DROPOUT] if len(ids) > 3 else ids
