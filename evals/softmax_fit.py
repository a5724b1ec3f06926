"""Fits weights under which the one that is wanted is the likeliest of those found (softmax, shrunken to 0)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # comes with sentence-transformers

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


def fit_softmax_any(questions: Sequence[tuple[Floats, npt.NDArray[np.bool_]]], *, shrinkage: float) -> Floats:
    """The weights that make it likeliest that one of those wanted is taken (shrunken to 0, by L-BFGS).

    `questions`: for each the features of what was found (one row each) and which rows are wanted. Features are scaled
    to one spread for the fit, and the weights given back are for the features as they came.
    """
    spread = np.concatenate([features for features, _ in questions]).std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    scaled = [(features / spread, wanted) for features, wanted in questions]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, wanted in scaled:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            share, among = likely / likely.sum(), np.where(wanted, likely, 0.0)
            total -= np.log(among.sum() / likely.sum() + 1e-12)
            gradient += (share - among / (among.sum() + 1e-300)) @ features
        count = len(scaled)
        return total / count + shrinkage * float(weights @ weights), gradient / count + 2 * shrinkage * weights

    fitted = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B")
    weights: Floats = fitted.x / spread
    return weights
