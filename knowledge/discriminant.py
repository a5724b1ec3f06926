"""Linear discriminant analysis: which of many classes a vector belongs to, learnt from a few examples of each.

Closed form: class means under one covariance, shrunken towards a round one, because classes have
about ten examples and vectors hundreds of dimensions. (R. A. Fisher, 1936; shrinkage as in O. Ledoit
and M. Wolf, 2004, with a fixed share.)
"""

from __future__ import annotations

from dataclasses import dataclass

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
    """A linear score for each class: `weights` (one row a class) times a vector, plus `offsets`."""

    weights: Floats
    offsets: Floats

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
        rows = (means @ inverse.astype(np.float32)).astype(np.float32)
        offsets: Floats = -0.5 * np.einsum("ij,ij->i", rows, means)
        offsets[counts <= 0] = NOWHERE
        return cls(rows, offsets)

    def log_shares(self, vector: Floats) -> Floats:
        """For every class the logarithm of its share of the likelihood, at least `LEAST_LOG`."""
        scores = self.weights @ vector + self.offsets
        shares = scores - scores.max()
        logs: Floats = np.maximum(shares - np.log(np.exp(shares).sum()), LEAST_LOG).astype(np.float32)
        return logs
