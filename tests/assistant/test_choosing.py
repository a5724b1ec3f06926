"""Which of several policies named is the one that is asked about."""

from __future__ import annotations

import pytest

from assistant.choosing import FAR_BETTER, far_best


@pytest.mark.parametrize(
    ("scores", "place"),
    [
        ([4.0, 4.0 + FAR_BETTER], 1),
        ([4.0 + FAR_BETTER, 4.0], 0),
        ([4.0, 4.0 + FAR_BETTER - 0.01], None),
        ([5.0, 5.0], None),
        ([0.0, 0.0], None),
        ([0.0, FAR_BETTER, 0.0], 1),
        ([0.0, 9.0, 9.0], None),
    ],
)
def test_only_a_side_that_is_answered_far_better_is_meant_alone(scores: list[float], place: int | None) -> None:
    assert far_best(scores) == place
