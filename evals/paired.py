"""Is one system better than another on the same questions, or was it luck? A paired bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 10_000
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Difference:
    """The mean difference a question, and the interval that holds it in 95 of 100 drawings of other questions."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0

    def __str__(self) -> str:
        """The mean and its interval, with a star where it leaves out 0."""
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f}){'*' if self.is_clear else ''}"


def difference(ours: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64], *, seed: int = 0) -> Difference:
    """What `ours` is better by, question by question; both float64 of one length, at least 1.

    Raises ValueError where they differ in length or are empty.
    """
    if ours.shape != theirs.shape or not len(ours):
        raise ValueError(f"{ours.shape} and {theirs.shape} are no pairs; give one figure a question, for both")
    gains = ours - theirs
    values, counts = np.unique(gains, return_counts=True)
    # Drawing questions anew is drawing how often each gain occurs: small, however many questions there are.
    drawn = np.random.default_rng(seed).multinomial(len(gains), counts / len(gains), size=DRAWS)
    means = drawn @ values / len(gains)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return Difference(float(gains.mean()), float(low), float(high))
