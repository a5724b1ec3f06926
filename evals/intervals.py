"""How far a share may lie from the truth: Wilson's interval."""

from __future__ import annotations

import math

NORMAL_95 = 1.959964
"""The standard normal deviate that leaves out 5 %."""


def wilson(share: float, count: int) -> tuple[float, float]:
    """The interval that holds the true share in 95 of 100 drawings; (0, 1) where nothing was counted."""
    if count == 0:
        return 0.0, 1.0
    spread = NORMAL_95**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = NORMAL_95 / (1 + spread) * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, middle - half), min(1.0, middle + half)
