"""Fusing the four legs of search: scaled, weighed, bounded; and the ranks that explain it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import DEFAULT_WEIGHTS, LEGS, FusionWeights, fuse, ranks_of

EVEN = FusionWeights(lexical=1, vector=1, bank=0.5, bank_lexical=1, bank_vector=1)
SCORE = st.floats(-1, 50, width=32, allow_subnormal=False)


def floats(*values: float) -> npt.NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def fused(legs: Sequence[Sequence[float]], has_bank: Sequence[bool] | bool, weights: FusionWeights) -> list[float]:
    """Fuse scores given leg by leg; legs left out are zeros."""
    count = len(legs[0])
    rows = [*legs, *[[0.0] * count] * (len(LEGS) - len(legs))]
    flags = np.full(count, has_bank) if isinstance(has_bank, bool) else np.array(has_bank, dtype=np.bool_)
    scores = fuse({leg: floats(*row) for leg, row in zip(LEGS, rows, strict=True)}, flags, weights)
    assert scores.dtype == np.float32
    return [float(score) for score in scores]


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
def test_without_a_bank_the_passages_legs_share_the_whole(
    lexical: list[float], cosines: list[float], weights: FusionWeights, expected: list[float]
) -> None:
    assert fused([lexical, cosines], False, weights) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("legs", "has_bank", "weights", "expected"),
    [
        # all legs agree, or one half says nothing
        ([[4, 2], [0.8, 0.4], [6, 3], [0.6, 0.3]], True, EVEN, [1, 0.5]),
        ([[4, 2], [0.8, 0.4]], True, EVEN, [0.5, 0.25]),
        ([[0, 0], [0, 0], [6, 3], [0.6, 0.3]], True, EVEN, [0.5, 0.25]),
        # the questions' legs are weighed among themselves
        ([[0, 0], [0, 0], [5, 0], [0, 0.7]], True, FusionWeights(bank=1, bank_lexical=1, bank_vector=3), [0.25, 0.75]),
        ([[0, 0], [0, 0], [5, 0], [0, 0.7]], True, FusionWeights(bank=1, bank_lexical=0, bank_vector=2), [0, 1]),
        # the share of the questions as a whole
        ([[4, 0], [0.8, 0], [0, 6], [0, 0.6]], True, FusionWeights(bank=0.25), [0.75, 0.25]),
        ([[4, 0], [0.8, 0], [0, 6], [0, 0.6]], True, FusionWeights(bank=0), [1, 0]),
        ([[4, 0], [0.8, 0], [0, 6], [0, 0.6]], True, FusionWeights(bank=1), [0, 1]),
        # a policy without questions keeps what its passages earn, beside one that has them
        ([[4, 4], [0.8, 0.8], [6, 0], [0.6, 0]], [True, False], EVEN, [1, 1]),
        ([[4, 4], [0.8, 0.8], [0, 0], [0, 0]], [True, False], EVEN, [0.5, 1]),
    ],
)
def test_the_questions_share(
    legs: list[list[float]], has_bank: list[bool] | bool, weights: FusionWeights, expected: list[float]
) -> None:
    assert fused(legs, has_bank, weights) == pytest.approx(expected)


@pytest.mark.parametrize("has_bank", [True, False])
def test_the_best_of_all_legs_is_as_relevant_as_can_be(has_bank: bool) -> None:
    assert fused([[7, 1], [0.9, 0.2], [3, 1], [0.8, 0.1]], has_bank, DEFAULT_WEIGHTS)[0] == pytest.approx(1)


@st.composite
def scored(draw: st.DrawFn) -> tuple[list[list[float]], list[bool]]:
    count = draw(st.integers(1, 12))
    rows = [draw(st.lists(SCORE, min_size=count, max_size=count)) for _ in LEGS]
    return rows, draw(st.lists(st.booleans(), min_size=count, max_size=count))


@given(scored(), st.sampled_from(range(len(LEGS))))
def test_relevance_lies_between_0_and_1_and_does_not_change_with_a_legs_scale(
    given_scores: tuple[list[list[float]], list[bool]], scaled: int
) -> None:
    rows, flags = given_scores
    before = fused(rows, flags, DEFAULT_WEIGHTS)
    assert all(0 <= score <= 1 + 1e-6 for score in before)
    louder = [[score * 8 for score in row] if leg == scaled else row for leg, row in enumerate(rows)]
    assert fused(louder, flags, DEFAULT_WEIGHTS) == pytest.approx(before, abs=1e-5)


@given(scored())
def test_the_questions_lower_no_passage_of_a_policy_without_its_own(
    given_scores: tuple[list[list[float]], list[bool]],
) -> None:
    rows, flags = given_scores
    alone = fused(rows[:2], False, DEFAULT_WEIGHTS)
    for score, own, has_bank in zip(fused(rows, flags, DEFAULT_WEIGHTS), alone, flags, strict=True):
        assert has_bank or score >= own - 1e-6


def test_fusing_leaves_its_arguments_as_they_are() -> None:
    legs = {leg: floats(4, -0.8) for leg in LEGS}
    fuse(legs, np.array([True, False]), EVEN)
    assert all(scores.tolist() == floats(4, -0.8).tolist() for scores in legs.values())


@pytest.mark.parametrize(
    ("scores", "numbers", "expected"),
    [
        ([], [], []),
        ([0.0], [0], [None]),
        ([-1.0, 0.0], [0, 1], [None, None]),
        ([0.2], [0], [1]),
        ([1, 3, 2], [0, 1, 2], [3, 1, 2]),
        ([1, 3, 2], [2], [2]),
        ([1, 3, 2], [], []),
        ([0, 3, -2, 2], [3, 0, 2], [2, None, None]),
        ([2, 3, 2], [0, 2], [2, 2]),
    ],
)
def test_ranks_count_from_1_and_what_scores_nothing_has_none(
    scores: list[float], numbers: list[int], expected: list[int | None]
) -> None:
    assert ranks_of(floats(*scores), numbers) == expected
