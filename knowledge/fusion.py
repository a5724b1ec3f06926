"""Weigh and fuse the legs of search: pure functions over one score a passage.

Two legs read the passages, by their words and by their meaning; two read the bank's questions and
give a passage the score of its best question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

LEGS = ("lexical", "vector", "bank_lexical", "bank_vector")
"""Words and meaning of the passages; words and meaning of the bank's questions."""


@dataclass(frozen=True)
class FusionWeights:
    """How the legs are weighed.

    `lexical`, `vector` share the passages' half, `bank_lexical`, `bank_vector` the questions'; `bank`
    is the share of the questions where a policy has them. `nearest`: how many passages the vector leg
    brings where no scope is said. Chosen by `python -m evals.weights` over questions and policies left
    out: the best of its grid, on a plateau.
    """

    lexical: float = 0.4
    vector: float = 0.6
    bank: float = 0.5
    bank_lexical: float = 0.4
    bank_vector: float = 0.6
    nearest: int = 100


DEFAULT_WEIGHTS = FusionWeights()


def fuse(legs: Mapping[str, Scores], has_bank: npt.NDArray[np.bool_], weights: FusionWeights) -> Scores:
    """A relevance from 0 to 1 for every passage: each leg scaled by its best, then weighed.

    Scores are fused, not ranks: the distance between a leg's first and second tells how sure it is,
    and a sure leg should win over an unsure one. A passage of a policy without questions of its own in
    the bank (`has_bank` False) is judged by the passages' legs, so that it does not lose for want of
    them; questions that it shares with another policy can only raise it.
    """
    read = _weighed(legs, {"lexical": weights.lexical, "vector": weights.vector})
    asked = _weighed(legs, {"bank_lexical": weights.bank_lexical, "bank_vector": weights.bank_vector})
    both = (1 - weights.bank) * read + weights.bank * asked
    return np.where(has_bank, both, np.maximum(read, both)).astype(np.float32)


def _weighed(legs: Mapping[str, Scores], shares: Mapping[str, float]) -> Scores:
    whole = sum(shares.values())
    weighed: Scores = np.sum([np.float32(share / whole) * _scaled(legs[leg]) for leg, share in shares.items()], axis=0)
    return weighed


def _scaled(scores: Scores) -> Scores:
    best = float(scores.max(initial=0.0))
    return np.clip(scores, 0.0, None) / best if best > 0 else np.zeros_like(scores)


def ranks_of(scores: Scores, numbers: Sequence[int]) -> list[int | None]:
    """The rank from 1 of each of the passages `numbers`, None where its score is not above 0; equals share a rank."""
    return [int((scores > scores[number]).sum()) + 1 if scores[number] > 0 else None for number in numbers]
