"""Weights are compared on the same scores, and the default is one of those tried."""

from __future__ import annotations

import numpy as np
import pytest

from evals.weights import Scored, grid, main, table
from knowledge.fusion import DEFAULT_WEIGHTS, LEGS, FusionWeights


def scored(lexical: list[float], vector: list[float], answers: tuple[int, ...]) -> Scored:
    legs = {leg: np.zeros(len(lexical), dtype=np.float32) for leg in LEGS}
    legs |= {"lexical": np.array(lexical, dtype=np.float32), "vector": np.array(vector, dtype=np.float32)}
    return Scored("proef, open", legs, np.zeros(len(lexical), dtype=np.bool_), answers)


@pytest.mark.parametrize(
    ("lexical_share", "expected"),
    [(1.0, 1.0), (0.0, 1 / 3), (0.5, 1 / 2)],
)
def test_the_reciprocal_rank_is_that_of_the_weighed_scores(lexical_share: float, expected: float) -> None:
    question = scored([1.0, 0.2, 0.1], [0.1, 1.0, 0.4], (0,))
    weights = FusionWeights(lexical=lexical_share, vector=1 - lexical_share)
    assert question.reciprocal_rank(weights) == pytest.approx(expected)


def test_a_passage_that_no_leg_finds_has_rank_nought() -> None:
    assert scored([1.0, 0.0], [1.0, 0.0], (1,)).reciprocal_rank(DEFAULT_WEIGHTS) == 0.0


def test_the_default_is_on_the_grid() -> None:
    assert DEFAULT_WEIGHTS in set(grid())


def test_the_table_begins_with_the_default_and_then_the_best() -> None:
    lines = table([scored([1.0, 0.2], [0.1, 1.0], (0,))]).splitlines()
    assert lines[2].startswith("| default:")
    assert "| 1.0000 |" in lines[3]


def test_bad_input_is_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--policies", "nowhere"]) == 2
    assert capsys.readouterr().err
