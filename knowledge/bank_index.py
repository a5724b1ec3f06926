"""The bank's questions as a way to passages: a passage scores as the best of the questions that it answers."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.bank import TiedQuestion
from knowledge.errors import SnapshotCorrupt
from knowledge.lexical import LexicalIndex

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

Floats = NDArray[np.float32]

_QUESTIONS_FILE = "questions.json"
_VECTORS_FILE = "vectors.npy"
_LEXICAL_FOLDER = "bm25"


@dataclass(frozen=True)
class NearestQuestion:
    """A question of the bank, its cosine (-1 to 1) with a query, and the key phrases of its spot in a passage."""

    text: str
    cosine: float
    key: tuple[str, ...]


@dataclass(frozen=True)
class _Question:
    """A question as the lexical index takes it: no headings, and no policy title."""

    id: str
    text: str
    policy_id: str = ""
    heading_path: tuple[str, ...] = ()


class BankIndex:
    """The questions tied to the passages of one snapshot; `passages` is how many passages that has."""

    def __init__(
        self, questions: Sequence[TiedQuestion], vectors: Floats, lexical: LexicalIndex | None, passages: int
    ) -> None:
        """`vectors`: float32, one row a question; `lexical`: None without questions."""
        self.questions = tuple(questions)
        self.vectors = vectors
        self._lexical = lexical
        self._passages = passages
        pairs = [(number, place) for number, question in enumerate(questions) for place in question.passages]
        self._pairs = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        self._of_passage: dict[int, list[int]] = {}
        for number, place in pairs:
            self._of_passage.setdefault(place, []).append(number)
        self._of_policy: dict[str, list[int]] = {}
        for number, question in enumerate(questions):
            self._of_policy.setdefault(question.policy_id, []).append(number)

    @classmethod
    def build(cls, questions: Sequence[TiedQuestion], encoder: Encoder, passages: int) -> BankIndex:
        """The questions encoded and indexed."""
        rows = np.zeros((len(questions), encoder.dimensions), dtype=np.float32)
        if questions:
            # Half the bytes, and no cosine moves by more than 0.001.
            rows = encoder.encode_queries([q.text for q in questions]).astype(np.float16).astype(np.float32)
        return cls(questions, rows, _lexical(questions), passages)

    def save(self, folder: Path) -> None:
        """Write the index into `folder`, which is made."""
        folder.mkdir(parents=True)
        rows = [[q.policy_id, q.text, q.passages, q.keys, q.borrowed] for q in self.questions]
        (folder / _QUESTIONS_FILE).write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        np.save(folder / _VECTORS_FILE, self.vectors.astype(np.float16), allow_pickle=False)
        if self._lexical is not None:
            self._lexical.save(folder / _LEXICAL_FOLDER)

    @classmethod
    def open(cls, folder: Path, passages: int, dimensions: int) -> BankIndex:
        """The index saved in `folder`. Raises SnapshotCorrupt when it does not fit a snapshot of so many passages."""
        try:
            rows = json.loads((folder / _QUESTIONS_FILE).read_text("utf-8"))
            questions = [
                TiedQuestion(text, policy_id, tuple(places), tuple(map(tuple, keys)), bool(borrowed))
                for policy_id, text, places, keys, borrowed in rows
            ]
            vectors = np.load(folder / _VECTORS_FILE, allow_pickle=False).astype(np.float32)
        except (OSError, EOFError, ValueError, TypeError) as error:
            raise SnapshotCorrupt(
                f"question bank in {folder} cannot be read ({error}); build a new snapshot"
            ) from error
        lexical = LexicalIndex.open(folder / _LEXICAL_FOLDER) if questions else None
        places = {place for question in questions for place in question.passages}
        fits = vectors.shape == (len(questions), dimensions) and len(lexical or ()) == len(questions)
        if not fits or not places.issubset(range(passages)):
            raise SnapshotCorrupt(f"question bank in {folder} does not fit its snapshot; build a new snapshot")
        return cls(questions, vectors, lexical, passages)

    def __len__(self) -> int:
        return len(self.questions)

    def lexical_scores(self, terms: Mapping[str, float]) -> Floats:
        """For every passage the BM25 of its best question for weighed terms; 0 where it has none."""
        if self._lexical is None:
            return np.zeros(self._passages, np.float32)
        return self._best(self._lexical.scores(terms))

    def cosines(self, vector: Floats, policy_ids: Collection[str] = ()) -> Floats:
        """For every passage the cosine (0 to 1) of its question nearest to a query's vector; 0 where it has none.

        With `policy_ids` only questions of these policies are compared; passages of others get 0.
        """
        if not policy_ids:
            return self._best(self.vectors @ vector)
        cosines = np.zeros(len(self.questions), dtype=np.float32)
        for numbers in filter(None, map(self._of_policy.get, policy_ids)):
            # A policy's questions stand together, so this is a view of the rows, not a copy.
            rows = slice(numbers[0], numbers[-1] + 1)
            cosines[rows] = self.vectors[rows] @ vector
        return self._best(cosines)

    def nearest(self, vector: Floats, passage: int) -> NearestQuestion | None:
        """The question of a passage that is nearest to a query's vector; None where it has none."""
        numbers = self._of_passage.get(passage)
        if not numbers:
            return None
        cosines = self.vectors[numbers] @ vector
        best = int(np.argmax(cosines))
        question = self.questions[numbers[best]]
        keys = dict(zip(question.passages, question.keys, strict=False))
        return NearestQuestion(question.text, float(cosines[best]), keys.get(passage, ()))

    def _best(self, scores: Floats) -> Floats:
        best = np.zeros(self._passages, dtype=np.float32)
        np.maximum.at(best, self._pairs[:, 1], scores[self._pairs[:, 0]])
        return best


def _lexical(questions: Sequence[TiedQuestion]) -> LexicalIndex | None:
    if not questions:
        return None
    return LexicalIndex.build([_Question(str(n), question.text) for n, question in enumerate(questions)], {})
