"""The lexical legs: BM25 over stems, surface forms, compound parts, headings and titles.

bm25s computes the scores of every (token, passage); this module stores them and adds them up itself,
because neither fields nor query terms have weights in bm25s. Who only searches does not import it: it
brings half a second of scipy with it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.dutch import STEMMER_NAME, STEMMER_VERSION, STOP_WORDS
from knowledge.errors import SnapshotCorrupt
from knowledge.tokens import Indexed, Tokenizer

FORMAT = 2
"""Counts up with every change in how text becomes tokens or in what is stored."""

K1 = 1.2
B = 0.6
"""The usual saturation, and less punishment for length: a table is long because it must be."""

_SETTINGS_FILE = "settings.json"
_VOCABULARY_FILE = "vocabulary.json"
_TOKENS_FILE, _STARTS_FILE, _INDICES_FILE, _SCORES_FILE = "tokens.json", "starts.npy", "indices.npy", "scores.npy"


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

    def __init__(
        self, fields: Mapping[str, _Field], passages: int, tokenizer: Tokenizer, weights: LexicalWeights
    ) -> None:
        self._fields = fields
        self._passages = passages
        self._tokenizer = tokenizer
        self.weights = weights

    @classmethod
    def build(
        cls, passages: Sequence[Indexed], titles: Mapping[str, str], weights: LexicalWeights | None = None
    ) -> LexicalIndex:
        """Index of at least one passage; `titles` by policy id, a missing one counts as empty."""
        tokenizer = Tokenizer.of(passages)
        tokens = [tokenizer.passage_tokens(passage, titles) for passage in passages]
        built = {field: _Field.build([token[field] for token in tokens]) for field in FIELDS}
        return cls(built, len(passages), tokenizer, weights or LexicalWeights())

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made if it is not there."""
        for name, field in self._fields.items():
            field.save(folder / name)
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
            opened = {field: _Field.open(folder / field, settings["passages"]) for field in FIELDS}
        except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
            raise SnapshotCorrupt(
                f"lexical index in {folder} cannot be read ({error}); build a new snapshot"
            ) from error
        return cls(opened, settings["passages"], Tokenizer(vocabulary), weights)

    def __len__(self) -> int:
        return self._passages

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
        stored = {name: field.token_ids(len(self)) for name, field in self._fields.items()}
        for position, passage in enumerate(passages):
            for field, tokens in self._tokenizer.passage_tokens(passage, titles).items():
                ids = self._fields[field].tokens
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
    def build(cls, tokens: Sequence[Sequence[str]]) -> Self:
        """The scores of passages that hold these tokens."""
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.WARNING)
        filled = [list(token) or [""] for token in tokens]  # bm25s cannot index nothing at all
        vocabulary = {token: position for position, token in enumerate(sorted({t for each in filled for t in each}))}
        bm25 = bm25s.BM25(k1=K1, b=B, method="lucene")
        ids = [[vocabulary[token] for token in each] for each in filled]
        bm25.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(vocabulary, bm25.scores["indptr"].tolist(), bm25.scores["indices"], bm25.scores["data"])

    def save(self, folder: Path) -> None:
        """Write the field into `folder`, which is made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        _write_json(folder / _TOKENS_FILE, list(self.tokens))
        np.save(folder / _STARTS_FILE, np.array(self.starts, dtype=np.int64), allow_pickle=False)
        np.save(folder / _INDICES_FILE, self.indices, allow_pickle=False)
        np.save(folder / _SCORES_FILE, self.scores, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path, passages: int) -> Self:
        """The field saved in `folder`. Raises OSError or ValueError where it cannot be, or does not fit so many."""
        tokens = json.loads((folder / _TOKENS_FILE).read_text("utf-8"))
        starts, indices, scores = (
            np.load(folder / name, allow_pickle=False) for name in (_STARTS_FILE, _INDICES_FILE, _SCORES_FILE)
        )
        if not len(starts) == len(tokens) + 1 or not len(indices) == len(scores) == starts[-1]:
            raise ValueError(f"{folder.name} has arrays of unequal length")
        if len(indices) and not 0 <= indices.min() <= indices.max() < passages:
            raise ValueError(f"{folder.name} is of other passages")
        # A list gives plain numbers, which slice an array twice as fast as numpy's own.
        return cls({token: number for number, token in enumerate(tokens)}, starts.tolist(), indices, scores)

    def token_ids(self, passages: int) -> list[NDArray[np.int64]]:
        """The numbers of each passage's tokens, read back from the scores."""
        token_ids = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        order = np.argsort(self.indices, kind="stable")
        counts = np.bincount(self.indices, minlength=passages)
        return np.split(token_ids[order], np.cumsum(counts)[:-1])

    def holders(self, token: str) -> slice | None:
        """Where the passages that hold `token` stand; None where none does."""
        number = self.tokens.get(token) if token else None
        return None if number is None else slice(self.starts[number], self.starts[number + 1])

    def passages(self, token: str) -> NDArray[np.int32]:
        """The positions of the passages that hold `token`."""
        holders = self.holders(token)
        return self.indices[holders] if holders is not None else _NOWHERE


_NOWHERE = np.empty(0, np.int32)


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
