"""Which class a vector belongs to: told apart, in shares that add up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.discriminant import LEAST_LOG, Discriminant

Floats = npt.NDArray[np.float32]

CLASSES, EACH, DIMENSIONS = 4, 10, 8


def examples(seed: int = 1, spread: float = 0.15) -> tuple[Floats, npt.NDArray[np.intp], Floats]:
    """Vectors around a corner of their class, their classes, and weights of 1."""
    random = np.random.default_rng(seed)
    labels = np.repeat(np.arange(CLASSES), EACH)
    vectors = np.eye(CLASSES, DIMENSIONS)[labels] + spread * random.standard_normal((CLASSES * EACH, DIMENSIONS))
    return vectors.astype(np.float32), labels, np.ones(len(labels), np.float32)


def fitted(seed: int = 1) -> Discriminant:
    return Discriminant.fit(*examples(seed), CLASSES)


def test_classes_are_told_apart() -> None:
    vectors, labels, _ = examples(seed=2)
    made = fitted()
    assert [int(made.log_shares(vector).argmax()) for vector in vectors] == labels.tolist()
    centre = made.log_shares(np.eye(CLASSES, DIMENSIONS, dtype=np.float32)[2])
    assert np.exp(centre[2]) > 0.5
    assert centre.dtype == np.float32


def test_what_lies_between_two_classes_is_shared_by_them() -> None:
    made, (vectors, labels, _) = fitted(), examples()
    shares = made.log_shares((vectors[labels == 0].mean(axis=0) + vectors[labels == 1].mean(axis=0)) / 2)
    assert shares[0] == pytest.approx(shares[1], abs=1e-3)
    assert min(shares[:2]) > max(shares[2:])


def test_an_example_of_weight_two_counts_twice() -> None:
    vectors, labels, weights = examples()
    doubled = weights.copy()
    doubled[:3] = 2
    twice = Discriminant.fit(vectors, labels, doubled, CLASSES)
    repeated = Discriminant.fit(
        np.concatenate([vectors, vectors[:3]]), np.concatenate([labels, labels[:3]]), np.ones(43, np.float32), CLASSES
    )
    assert twice.weights == pytest.approx(repeated.weights, abs=1e-2)
    assert twice.log_shares(vectors[5]) == pytest.approx(repeated.log_shares(vectors[5]), abs=1e-3)


def test_a_weight_of_nothing_leaves_an_example_out() -> None:
    vectors, labels, weights = examples()
    weights[7] = 0
    left = np.delete(np.arange(len(labels)), 7)
    made = Discriminant.fit(vectors, labels, weights, CLASSES)
    without = Discriminant.fit(vectors[left], labels[left], weights[left], CLASSES)
    assert made.log_shares(vectors[7]) == pytest.approx(without.log_shares(vectors[7]), abs=1e-3)


def test_a_class_without_examples_is_nowhere() -> None:
    vectors, labels, weights = examples()
    made = Discriminant.fit(vectors, labels, weights, CLASSES + 1)
    for vector in (vectors[0], np.zeros(DIMENSIONS, np.float32)):
        assert made.log_shares(vector)[CLASSES] == LEAST_LOG
        assert made.log_shares(vector)[:CLASSES] == pytest.approx(fitted().log_shares(vector), abs=1e-3)


@pytest.mark.parametrize("count", [1, 5])
def test_one_class_is_all_there_is(count: int) -> None:
    vectors = np.random.default_rng(3).standard_normal((count, DIMENSIONS)).astype(np.float32)
    made = Discriminant.fit(vectors, np.zeros(count, np.intp), np.ones(count, np.float32), 1)
    for vector in (vectors[0], np.zeros(DIMENSIONS, np.float32), -9 * vectors[0]):
        assert made.log_shares(vector) == pytest.approx([0.0], abs=1e-6)


@pytest.mark.parametrize("same", [0.0, 1.0])
def test_examples_without_any_spread_can_be_fitted(same: float) -> None:
    vectors = np.full((4, 3), same, np.float32)
    made = Discriminant.fit(vectors, np.array([0, 0, 1, 1]), np.ones(4, np.float32), 2)
    assert made.log_shares(vectors[0]) == pytest.approx(np.log([0.5, 0.5]), abs=1e-3)


def test_a_hopeless_class_is_not_below_the_least() -> None:
    made, (vectors, labels, _) = fitted(), examples()
    shares = made.log_shares(100 * vectors[labels == 0].mean(axis=0))
    assert shares[0] == pytest.approx(0, abs=1e-6)
    assert shares[1:].tolist() == [LEAST_LOG] * (CLASSES - 1)


@given(arrays(np.float32, DIMENSIONS, elements=st.floats(-2, 2, width=32)), st.integers(0, 5))
def test_shares_add_up_to_one(vector: Floats, seed: int) -> None:
    """Where none is clipped; where some are, to hardly more."""
    logs = fitted(seed).log_shares(vector)
    assert (logs <= 1e-6).all()
    assert (logs >= LEAST_LOG).all()
    if (logs > LEAST_LOG).all():
        assert float(np.exp(logs).sum()) == pytest.approx(1, abs=1e-4)
    else:
        assert 1 - 1e-4 <= float(np.exp(logs).sum()) <= 1 + CLASSES * np.exp(LEAST_LOG) + 1e-4


@given(st.permutations(range(CLASSES)))
def test_the_order_of_the_classes_does_not_matter(order: list[int]) -> None:
    vectors, labels, weights = examples()
    renamed = Discriminant.fit(vectors, np.array(order)[labels], weights, CLASSES)
    for vector in vectors[::9]:
        assert renamed.log_shares(vector)[order] == pytest.approx(fitted().log_shares(vector), abs=1e-3)


# Directions that say nothing of the class


def shifted(vectors: Floats, towards: Floats, by: float) -> Floats:
    return (vectors + by * towards).astype(np.float32)


def test_an_idle_direction_tells_nothing_apart() -> None:
    """Class 1 was asked about by providers of one kind: what they say of themselves must not tell it."""
    vectors, labels, weights = examples()
    kind = np.zeros(DIMENSIONS, np.float32)
    kind[-1] = 1
    vectors[labels == 1] = shifted(vectors[labels == 1], kind, 0.8)
    asked = (np.eye(CLASSES, DIMENSIONS)[0] + 2.5 * kind).astype(np.float32)
    misled = Discriminant.fit(vectors, labels, weights, CLASSES).log_shares(asked)
    made = Discriminant.fit(vectors, labels, weights, CLASSES, idle=kind[None, :]).log_shares(asked)
    assert misled.argmax() == 1
    assert made.argmax() == 0


@pytest.mark.parametrize("idle", [None, np.zeros((0, DIMENSIONS), np.float32)], ids=["none", "no rows"])
def test_without_idle_directions_nothing_changes(idle: Floats | None) -> None:
    made = Discriminant.fit(*examples(), CLASSES, idle=idle)
    assert np.array_equal(made.weights, fitted().weights)
