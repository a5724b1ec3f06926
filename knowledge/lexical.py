"""The lexical legs: BM25 over stems, surface forms, compound parts, headings and titles.

bm25s builds and stores the scores of every (token, passage); this module adds them up itself,
because neither fields nor query terms have weights in bm25s.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.dutch import STEMMER_NAME, STEMMER_VERSION, STOP_WORDS
from knowledge.errors import SnapshotCorrupt
from knowledge.tokens import Indexed, Tokenizer

FORMAT = 1
"""Counts up with every change in how text becomes tokens or in what is stored."""

K1 = 1.2
B = 0.6
"""The usual saturation, and less punishment for length: a table is long because it must be."""

_SETTINGS_FILE = "settings.json"
_VOCABULARY_FILE = "vocabulary.json"

logging.getLogger("bm25s").setLevel(logging.WARNING)


@dataclass(frozen=True)
class LexicalWeights:
    """How much each field adds to a passage's score."""

    stems: float = 1.0
    surface: float = 0.3
    parts: float = 1.0
    heading: float = 0.5
    title: float = 0.3


FIELDS = tuple(field.name for field in fields(LexicalWeights))
Floats = NDArray[np.float32]


class LexicalIndex:
    """BM25 scores of passages, in the order in which they were given to `build`."""

    def __init__(self, columns: Mapping[str, bm25s.BM25], tokenizer: Tokenizer, weights: LexicalWeights) -> None:
        self._columns = columns
        self._fields = {field: _Field.of(column) for field, column in columns.items()}
        self._tokenizer = tokenizer
        self.weights = weights

    @classmethod
    def build(
        cls, passages: Sequence[Indexed], titles: Mapping[str, str], weights: LexicalWeights | None = None
    ) -> LexicalIndex:
        """Index of at least one passage; `titles` by policy id, a missing one counts as empty."""
        tokenizer = Tokenizer.of(passages)
        tokens = [tokenizer.passage_tokens(passage, titles) for passage in passages]
        columns = {field: _bm25([token[field] for token in tokens]) for field in FIELDS}
        return cls(columns, tokenizer, weights or LexicalWeights())

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made if it is not there."""
        for field, bm25 in self._columns.items():
            bm25.save(folder / field, show_progress=False)
        _write_json(folder / _VOCABULARY_FILE, sorted(self._tokenizer.vocabulary))
        _write_json(folder / _SETTINGS_FILE, _settings(self.weights, len(self)))

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """The index saved in `folder`, with the weights that it was saved with.

        Raises:
            SnapshotCorrupt: a file is missing or unreadable, or another tokenizer made the index.
        """
        try:
            settings = json.loads((folder / _SETTINGS_FILE).read_text("utf-8"))
            weights = LexicalWeights(**settings["weights"])
            _check_settings(settings, _settings(weights, settings["passages"]))
            vocabulary = frozenset(json.loads((folder / _VOCABULARY_FILE).read_text("utf-8")))
            columns = {field: bm25s.BM25.load(folder / field, show_progress=False) for field in FIELDS}
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise SnapshotCorrupt(
                f"lexical index in {folder} cannot be read ({error}); build a new snapshot"
            ) from error
        index = cls(columns, Tokenizer(vocabulary), weights)
        if any(column.scores["num_docs"] != settings["passages"] for column in columns.values()):
            raise SnapshotCorrupt(f"lexical index in {folder} has fields of unequal length; build a new snapshot")
        return index

    def __len__(self) -> int:
        return int(self._columns["stems"].scores["num_docs"])

    def scores(self, query: str | Mapping[str, float]) -> Floats:
        """BM25 of every passage for `query`, 0 where no token is shared; higher is better, no upper bound.

        `query` is a text, or terms (words or phrases) with their weights; a token gets the highest
        weight of the terms that it stands in. Every token counts once.
        """
        terms = {query: 1.0} if isinstance(query, str) else query
        places: list[NDArray[np.int32]] = []
        added: list[Floats] = []
        for field, tokens in self._query_tokens(terms).items():
            field_weight, column = getattr(self.weights, field), self._fields[field]
            for token, weight in tokens.items():
                if (holders := column.holders(token)) is not None:
                    places.append(column.indices[holders])
                    added.append(np.float32(field_weight * weight) * column.scores[holders])
        if not places:
            return np.zeros(len(self), dtype=np.float32)
        total = np.bincount(np.concatenate(places), np.concatenate(added), len(self))
        return total.astype(np.float32)

    def idf(self, stem_: str, among: NDArray[np.bool_] | None = None) -> float:
        """Inverse document frequency of a stem (or of a compound part's stem) in the passages' texts; above 0.

        `among` (one flag a passage): only these passages are there, and their headings count too. A
        word that stands everywhere in one policy tells nothing about where in it the answer stands.
        """
        if among is None:
            whole, frequency = len(self), len(self._fields["parts"].passages(stem_))
        else:
            holders = np.zeros(len(self), dtype=np.bool_)
            for field in ("parts", "heading"):
                holders[self._fields[field].passages(stem_)] = True
            whole, frequency = int(np.count_nonzero(among)), int(np.count_nonzero(holders & among))
        return math.log(1 + (whole - frequency + 0.5) / (frequency + 0.5))

    def verify(self, passages: Sequence[Indexed], titles: Mapping[str, str]) -> None:
        """Check that every field holds exactly the tokens of each passage, in this order.

        Raises:
            SnapshotCorrupt: a passage is missing, or has tokens that are not its own.
        """
        if len(passages) != len(self):
            raise SnapshotCorrupt(f"lexical index holds {len(self)} passages, wanted {len(passages)}")
        stored = {field: _token_ids(column) for field, column in self._columns.items()}
        for position, passage in enumerate(passages):
            for field, tokens in self._tokenizer.passage_tokens(passage, titles).items():
                ids = self._columns[field].vocab_dict
                if {ids.get(token) for token in tokens or [""]} != set(stored[field][position].tolist()):
                    raise SnapshotCorrupt(f"lexical index holds other {field} than passage {passage.id} has")

    def _query_tokens(self, terms: Mapping[str, float]) -> dict[str, dict[str, float]]:
        tokens: dict[str, dict[str, float]] = {field: {} for field in FIELDS}
        for term, weight in terms.items():
            stems, surface, with_parts = self._tokenizer.term_tokens(term)
            for field, found in zip(FIELDS, (stems, surface, with_parts, with_parts, with_parts), strict=True):
                for token in found:
                    tokens[field][token] = max(weight, tokens[field].get(token, 0.0))
        return tokens


@dataclass(frozen=True)
class _Field:
    """The scores of one field, token after token: of each the passages that hold it, each once, in a row."""

    tokens: Mapping[str, int]
    starts: Sequence[int]
    indices: NDArray[np.int32]
    scores: Floats

    @classmethod
    def of(cls, bm25: bm25s.BM25) -> _Field:
        # A list gives plain numbers, which slice an array twice as fast as numpy's own.
        starts = bm25.scores["indptr"].tolist()
        return cls(bm25.vocab_dict, starts, bm25.scores["indices"], bm25.scores["data"])

    def holders(self, token: str) -> slice | None:
        """Where the passages that hold `token` stand; None where none does."""
        number = self.tokens.get(token) if token else None
        return None if number is None else slice(self.starts[number], self.starts[number + 1])

    def passages(self, token: str) -> NDArray[np.int32]:
        """The positions of the passages that hold `token`."""
        holders = self.holders(token)
        return self.indices[holders] if holders is not None else _NOWHERE


_NOWHERE = np.empty(0, np.int32)


def _bm25(tokens: Sequence[Sequence[str]]) -> bm25s.BM25:
    filled = [list(token) or [""] for token in tokens]  # bm25s cannot index nothing at all
    vocabulary = {token: position for position, token in enumerate(sorted({t for each in filled for t in each}))}
    bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
    ids = [[vocabulary[token] for token in each] for each in filled]
    bm25.index((ids, vocabulary), create_empty_token=False, show_progress=False)
    return bm25


def _token_ids(bm25: bm25s.BM25) -> list[NDArray[np.int64]]:
    """The token ids of each passage, read back from the scores."""
    indptr, indices = bm25.scores["indptr"], bm25.scores["indices"]
    token_ids = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    order = np.argsort(indices, kind="stable")
    counts = np.bincount(indices, minlength=bm25.scores["num_docs"])
    return np.split(token_ids[order], np.cumsum(counts)[:-1])


def _settings(weights: LexicalWeights, passages: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "stemmer": STEMMER_NAME,
        "stemmer_version": STEMMER_VERSION,
        "stop_words": hashlib.sha256(" ".join(sorted(STOP_WORDS)).encode()).hexdigest()[:16],
        "k1": K1,
        "b": B,
        "weights": asdict(weights),
        "passages": passages,
    }


def _check_settings(stored: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    for name, value in wanted.items():
        if stored.get(name) != value:
            raise SnapshotCorrupt(
                f"lexical index was made with {name} {stored.get(name)!r}, wanted {value!r}; build a new snapshot"
            )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
