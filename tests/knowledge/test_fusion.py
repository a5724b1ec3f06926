"""Fusing the two legs of search: scaled, weighed, bounded; and the ranks that explain it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import DEFAULT_WEIGHTS, FusionWeights, fuse, ranks

EVEN = FusionWeights(lexical=1.0, vector=1.0)
SCORES = st.lists(st.floats(-1, 50, width=32, allow_subnormal=False), min_size=1, max_size=12)


def floats(*values: float) -> npt.NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("lexical", "cosines", "weights", "expected"),
    [
        ([], [], EVEN, []),
        ([0, 0], [0, 0], EVEN, [0, 0]),
        ([4, 2], [0, 0], EVEN, [0.5, 0.25]),
        ([0, 0], [0.6, 0.3], EVEN, [0.5, 0.25]),
        ([4, 2], [0.3, 0.6], EVEN, [0.75, 0.75]),
        ([4, 2, 0], [0.8, -0.4, 0.4], EVEN, [1, 0.25, 0.25]),
        ([0, 0], [-0.2, -0.1], EVEN, [0, 0]),
        ([4, 2], [0.4, 0.8], FusionWeights(lexical=3, vector=1), [0.875, 0.625]),
        ([4, 2], [0.4, 0.8], FusionWeights(lexical=0, vector=1), [0.5, 1]),
        ([4, 2], [0.4, 0.8], FusionWeights(lexical=1, vector=0), [1, 0.5]),
    ],
)
def test_each_leg_is_scaled_by_its_best_and_weighed(
    lexical: list[float], cosines: list[float], weights: FusionWeights, expected: list[float]
) -> None:
    fused = fuse(floats(*lexical), floats(*cosines), weights)
    assert fused.dtype == np.float32
    assert fused.tolist() == pytest.approx(expected)


def test_the_best_of_both_legs_is_as_relevant_as_can_be() -> None:
    assert fuse(floats(7, 1), floats(0.9, 0.2), DEFAULT_WEIGHTS)[0] == pytest.approx(1.0)


@given(SCORES, st.data())
def test_relevance_lies_between_0_and_1_and_does_not_change_with_a_legs_scale(
    lexical: list[float], data: st.DataObject
) -> None:
    cosines = data.draw(
        st.lists(st.floats(-1, 1, width=32, allow_subnormal=False), min_size=len(lexical), max_size=len(lexical))
    )
    one, other = floats(*lexical), floats(*cosines)
    fused = fuse(one, other, DEFAULT_WEIGHTS)
    assert np.isfinite(fused).all()
    assert ((fused >= 0) & (fused <= 1 + 1e-6)).all()
    assert fuse(one * np.float32(8), other, DEFAULT_WEIGHTS).tolist() == pytest.approx(fused.tolist(), abs=1e-5)


def test_fusing_leaves_its_arguments_as_they_are() -> None:
    lexical, cosines = floats(4, 2), floats(0.4, -0.8)
    fuse(lexical, cosines, EVEN)
    assert lexical.tolist() == [4, 2]
    assert cosines.tolist() == pytest.approx([0.4, -0.8])


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([0.0], [None]),
        ([-1.0, 0.0], [None, None]),
        ([0.2], [1]),
        ([1, 3, 2], [3, 1, 2]),
        ([0, 3, -2, 2], [None, 1, None, 2]),
        ([2, 3, 2], [2, 1, 3]),
    ],
)
def test_ranks_count_from_1_and_what_scores_nothing_has_none(scores: list[float], expected: list[int | None]) -> None:
    assert ranks(floats(*scores)) == expected
