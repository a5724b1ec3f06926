"""Exact search over the vectors of a snapshot, in memory: what Chroma is held against, and what stands in for it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EncoderError

Floats = NDArray[np.float32]
Scalar = str | int | float | bool
Where = Mapping[str, Any]
"""Chroma's metadata filter: {field: value}, {field: {"$in": [...]}}, {"$and": [...]}, and so on."""


class VectorSearch(Protocol):
    """What both legs offer."""

    @property
    def degraded(self) -> bool:
        """This leg stands in for a better one that could not be opened."""
        ...

    def query(self, vector: Floats, k: int, where: Where | None = None) -> list[tuple[str, float]]:
        """The `k` nearest passages (fewer where fewer match) and their cosine similarity, 0 to 1, nearest first."""
        ...

    def close(self) -> None:
        """Give back what the leg holds; a second call does nothing."""
        ...


class ExactVectors:
    """Cosine similarity with every vector: exact, and fast enough for tens of thousands."""

    def __init__(
        self, ids: Sequence[str], vectors: Floats, metadatas: Sequence[Mapping[str, Scalar]], *, degraded: bool = False
    ) -> None:
        self.ids = tuple(ids)
        self.vectors = vectors
        self.metadatas = tuple(metadatas)
        self.degraded = degraded

    def query(self, vector: Floats, k: int, where: Where | None = None) -> list[tuple[str, float]]:
        """The `k` nearest passages and their cosine similarity (0 to 1), nearest first, ties in passage order."""
        cosines = self._cosines(vector)
        if where:
            rows = np.array([i for i, data in enumerate(self.metadatas) if _matches(data, where)], dtype=np.intp)
        else:
            rows = np.arange(len(self.ids))
        nearest = rows[np.argsort(-cosines[rows], kind="stable")[: max(k, 0)]]
        return [(self.ids[row], min(1.0, max(0.0, float(cosines[row])))) for row in nearest]

    def similarities(self, vector: Floats) -> Floats:
        """Cosine similarity, 0 to 1, of every passage in passage order.

        Raises:
            EncoderError: the vector has another number of dimensions, or is not finite.
        """
        return np.clip(self._cosines(vector), 0.0, 1.0)

    def _cosines(self, vector: Floats) -> Floats:
        cosines: Floats = self.vectors @ checked(vector, self.vectors.shape[1])
        return cosines

    def as_degraded(self) -> ExactVectors:
        """The same, standing in for Chroma."""
        return ExactVectors(self.ids, self.vectors, self.metadatas, degraded=True)

    def close(self) -> None:
        """Nothing to give back."""


def checked(vector: Floats, dimensions: int) -> Floats:
    """The vector as Chroma takes it. Raises EncoderError when it has another shape, or is not finite."""
    found = np.asarray(vector, dtype=np.float32)
    if found.shape != (dimensions,):
        raise EncoderError(f"query vector has shape {found.shape}, wanted ({dimensions},); use the snapshot's encoder")
    if not np.isfinite(found).all():
        raise EncoderError("query vector has values that are not finite; check the encoder")
    return found


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "$eq": operator.eq,
    "$ne": operator.ne,
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
    "$in": lambda value, allowed: value in allowed,
    "$nin": lambda value, refused: value not in refused,
}
_HOLDS_WHEN_ABSENT = ("$ne", "$nin")


def _matches(data: Mapping[str, Scalar], where: Where) -> bool:
    """Chroma's reading of a filter."""
    for field, condition in where.items():
        if field == "$and":
            holds = all(_matches(data, part) for part in condition)
        elif field == "$or":
            holds = any(_matches(data, part) for part in condition)
        elif isinstance(condition, Mapping):
            holds = all(_compares(data, field, name, value) for name, value in condition.items())
        else:
            holds = _compares(data, field, "$eq", condition)
        if not holds:
            return False
    return True


def _compares(data: Mapping[str, Scalar], field: str, comparison: str, value: Any) -> bool:
    if comparison not in _COMPARISONS:
        raise ValueError(f"filter has {comparison!r}, wanted one of {', '.join(_COMPARISONS)}")
    if field not in data:
        return comparison in _HOLDS_WHEN_ABSENT
    return _COMPARISONS[comparison](data[field], value)
