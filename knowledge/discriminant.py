"""Linear discriminant analysis: which of many classes a vector belongs to, learnt from a few examples of each.

Closed form: class means under one covariance, shrunken towards a round one, because classes have
about ten examples and vectors hundreds of dimensions. (R. A. Fisher, 1936; shrinkage as in O. Ledoit
and M. Wolf, 2004, with a fixed share.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SHRINKAGE = 2.5
"""What is added to the covariance's diagonal, in parts of its mean: chosen on the cards' own questions."""
IDLE_SHARE = 2.0
"""How much spread the idle directions add, as a share of that within the classes."""
LEAST_LOG = -12.0
NOWHERE = -1e9
"""The score of a class without examples, whose mean would else be a place like any other."""


@dataclass(frozen=True, eq=False)
class Discriminant:
    """Means of classes (one row each), their weights as a linear score, and how many examples made each mean."""

    means: Floats
    counts: Floats
    inverse: Floats

    @classmethod
    def fit(
        cls,
        vectors: Floats,
        labels: npt.NDArray[np.intp],
        weights: Floats,
        classes: int,
        *,
        idle: Floats | None = None,
    ) -> Discriminant:
        """Fit to vectors (examples x dimensions) with the class of each (0 to `classes` - 1) and its weight.

        `idle`: vectors whose directions tell no classes apart (who asks, rather than what); they count as
        spread within every class.
        """
        counts = np.bincount(labels, weights=weights, minlength=classes).astype(np.float32)
        means = np.zeros((classes, vectors.shape[1]), dtype=np.float32)
        np.add.at(means, labels, vectors * weights[:, None])
        means /= np.maximum(counts, 1e-6)[:, None]
        apart = vectors - means[labels]
        covariance = (apart * weights[:, None]).T @ apart / max(float(weights.sum()), 1e-6)
        if idle is not None and len(idle):
            scatter = idle.T @ idle
            covariance += IDLE_SHARE * float(np.trace(covariance)) / float(np.trace(scatter)) * scatter
        spread = SHRINKAGE * float(np.trace(covariance)) / len(covariance)
        inverse = np.linalg.inv(covariance + max(spread, 1e-6) * np.eye(len(covariance), dtype=np.float32))
        return cls(means, counts, inverse.astype(np.float32))

    def log_shares(self, vector: Floats, *, without: tuple[int, Floats] | None = None) -> Floats:
        """For every class the logarithm of its share of the likelihood, at least `LEAST_LOG`.

        `without`: an example (its class and vector, of weight 1) that does not count, for measuring.
        """
        scores = self._weights @ vector + self._offsets
        if without is not None:
            label, example = without
            count = self.counts[label]
            mean = (self.means[label] * count - example) / max(count - 1, 1e-6)
            weight = self.inverse @ mean
            scores[label] = weight @ vector - 0.5 * weight @ mean if count > 1 else NOWHERE
        shares = scores - scores.max()
        logs: Floats = np.maximum(shares - np.log(np.exp(shares).sum()), LEAST_LOG).astype(np.float32)
        return logs

    @cached_property
    def _weights(self) -> Floats:
        weights: Floats = self.means @ self.inverse
        return weights

    @cached_property
    def _offsets(self) -> Floats:
        offsets: Floats = -0.5 * np.einsum("ij,ij->i", self._weights, self.means)
        offsets[self.counts <= 0] = NOWHERE
        return offsets
