"""Fits weights under which the one that is wanted is the likeliest of those found (softmax, shrunken to 0)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

RATE = 0.5


def fit_softmax(pairs: Sequence[tuple[Floats, int]], first: Floats, *, steps: int, shrinkage: float) -> Floats:
    """The weights after `steps` of gradient ascent from `first`.

    `pairs`: for each question the features of what was found (one row each) and the row that is wanted.
    """
    weights = first.copy()
    for _ in range(steps):
        gradient = np.zeros_like(weights)
        for features, place in pairs:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            gradient += features[place] - (likely / likely.sum()) @ features
        weights += RATE * (gradient / len(pairs) - shrinkage * weights)
    return weights
