"""The lexical legs: BM25 over stems, surface forms, compound parts, headings and titles.

bm25s builds and stores the scores of every (token, passage); this module adds them up itself,
because neither fields nor query terms have weights in bm25s.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.dutch import (
    LONGEST_WORD_LETTERS,
    PART_LETTERS,
    STEMMER_NAME,
    STEMMER_VERSION,
    STOP_WORDS,
    split_compound,
    stem,
    words,
)
from knowledge.errors import SnapshotCorrupt

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


class Indexed(Protocol):
    """What is indexed: a passage, or a question of the bank."""

    @property
    def id(self) -> str:
        """Names it in errors."""
        ...

    @property
    def policy_id(self) -> str:
        """The policy whose title counts with it."""
        ...

    @property
    def heading_path(self) -> tuple[str, ...]:
        """The headings above it."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


FIELDS = tuple(field.name for field in fields(LexicalWeights))
Floats = NDArray[np.float32]


class LexicalIndex:
    """BM25 scores of passages, in the order in which they were given to `build`."""

    def __init__(self, columns: Mapping[str, bm25s.BM25], vocabulary: frozenset[str], weights: LexicalWeights) -> None:
        self._columns = columns
        self._fields = {field: _Field.of(column) for field, column in columns.items()}
        self._vocabulary = vocabulary
        self._parts: dict[str, tuple[str, ...]] = {}
        self._terms: dict[str, tuple[list[str], list[str], list[str]]] = {}
        self.weights = weights

    @classmethod
    def build(
        cls, passages: Sequence[Indexed], titles: Mapping[str, str], weights: LexicalWeights | None = None
    ) -> LexicalIndex:
        """Index of at least one passage; `titles` by policy id, a missing one counts as empty."""
        vocabulary, weights = _vocabulary(passages), weights or LexicalWeights()
        splitter = cls({}, vocabulary, weights)
        tokens = [splitter._passage_tokens(passage, titles) for passage in passages]
        return cls({field: _bm25([token[field] for token in tokens]) for field in FIELDS}, vocabulary, weights)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made if it is not there."""
        for field, bm25 in self._columns.items():
            bm25.save(folder / field, show_progress=False)
        _write_json(folder / _VOCABULARY_FILE, sorted(self._vocabulary))
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
        index = cls(columns, vocabulary, weights)
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
            for field, tokens in self._passage_tokens(passage, titles).items():
                ids = self._columns[field].vocab_dict
                if {ids.get(token) for token in tokens or [""]} != set(stored[field][position].tolist()):
                    raise SnapshotCorrupt(f"lexical index holds other {field} than passage {passage.id} has")

    def _passage_tokens(self, passage: Indexed, titles: Mapping[str, str]) -> dict[str, list[str]]:
        surface = content_words(passage.text)
        return {
            "stems": [stem(word) for word in surface],
            "surface": surface,
            "parts": self._with_parts(surface),
            "heading": self._with_parts(content_words("\n".join(passage.heading_path))),
            "title": self._with_parts(content_words(titles.get(passage.policy_id, ""))),
        }

    def _query_tokens(self, terms: Mapping[str, float]) -> dict[str, dict[str, float]]:
        tokens: dict[str, dict[str, float]] = {field: {} for field in FIELDS}
        for term, weight in terms.items():
            stems, surface, with_parts = self._term_tokens(term)
            for field, found in zip(FIELDS, (stems, surface, with_parts, with_parts, with_parts), strict=True):
                for token in found:
                    tokens[field][token] = max(weight, tokens[field].get(token, 0.0))
        return tokens

    def _term_tokens(self, term: str) -> tuple[list[str], list[str], list[str]]:
        """Stems, words, and stems with those of parts; remembered, for names of the thesaurus come back all day."""
        found = self._terms.get(term)
        if found is None:
            surface = content_words(term)
            found = [stem(word) for word in surface], surface, self._with_parts(surface)
            if len(self._terms) < _REMEMBERED_SPLITS and len(term) <= LONGEST_WORD_LETTERS:
                self._terms[term] = found
        return found

    def _with_parts(self, surface: Iterable[str]) -> list[str]:
        """Stems of the words, each followed by the stems of its parts, and of theirs."""
        return [stem(piece) for word in surface for piece in self._pieces(word)]

    def _pieces(self, word: str) -> Iterator[str]:
        yield word
        for part in self._split(word):
            yield from self._pieces(part)

    def _split(self, word: str) -> tuple[str, ...]:
        parts = self._parts.get(word)
        if parts is None:
            parts = split_compound(word, self._vocabulary)
            if len(self._parts) < _REMEMBERED_SPLITS:
                self._parts[word] = parts
        return parts


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
_REMEMBERED_SPLITS = 50_000


def content_words(text: str) -> list[str]:
    """The folded words of `text` that are no stop words; hyphenated ones joined ('e-mail' as 'email') and in parts."""
    found = (word if word[0].isdigit() else word.replace("-", "") for word in words(text))
    return [word for word in found if word not in STOP_WORDS]


def _vocabulary(passages: Sequence[Indexed]) -> frozenset[str]:
    """The words and stems that a compound of these passages, or of a question about them, may be made of."""
    found = {word for p in passages for word in content_words("\n".join((p.text, *p.heading_path)))}
    found |= {stem(word) for word in found}
    return frozenset(word for word in found if len(word) >= PART_LETTERS and word.isalpha())


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
