"""A second look at questions that no word ties to procurement: how much they sound like those of others.

The rules of `off_topic` know wordings; this knows words that are near in meaning. It was fitted by
`python -m evals.off_topic_fit` on questions of our own, and speaks only where neither a word of
procurement nor the voice of a provider is heard, and only when it is sure.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.guard.off_topic import is_tied
from knowledge.dutch import words
from knowledge.encoder import BUNDLED_FOLDER, StaticEncoder

Floats = npt.NDArray[np.float64]
Nearness = Callable[[str], float]

KINDS = ("in_scope", "medical", "insured", "small_talk", "other")
SURE = 1.0
"""The log-odds of not being in scope from which on a question is refused: see `docs/privacy.md` for what it costs."""
LIKELY, FAR, NEAR = 0.0, 0.6, 0.75
"""The log-odds from which on a question is refused that is farther than this (a cosine) from all that the policies are
known to answer, and how near to that one is let in whatever it sounds like. Set on questions of the cards, each left
out, and on our own out of scope: few of the former are as far, few of the latter as near."""
FEW_WORDS = 2
"""A question of fewer words says too little to be judged by."""

_VOICES = ("u uw jullie your you", "ik mijn mij me m'n i my", "je jij jou jouw")
_VOICE_WEIGHT = 0.15
"""What a voice counts beside the vector, whose length is 1."""


class Likely(NamedTuple):
    """The likeliest kind of a question that is not in scope, and the log-odds that it is none that is."""

    kind: str
    log_odds: float


def unlikely_status(question: str, nearness: Nearness | None = None) -> str | None:
    """The out-of-scope status of a question that sounds like none of a provider; None where that is not sure.

    `nearness` tells how near (a cosine) a text is to what the policies answer; None where that is not known.
    """
    if len(words(question)) < FEW_WORDS or is_tied(question):
        return None
    likely = judge(question)
    if likely.log_odds <= LIKELY:
        return None
    near = nearness(question) if nearness is not None else None
    is_sure = likely.log_odds > SURE if near is None or near >= FAR else True
    return f"out_of_scope_{likely.kind}" if is_sure and (near is None or near < NEAR) else None


def judge(question: str) -> Likely:
    """What kind of question it is by its words' meaning alone."""
    scores = np.append(features([question])[0], 1.0) @ _weights()
    odds = float(np.logaddexp.reduce(scores[1:]) - scores[0])
    return Likely(KINDS[1 + int(np.argmax(scores[1:]))], odds)


def features(questions: list[str]) -> Floats:
    """A row for each question: its vector, and who speaks in it to whom."""
    voices = np.array([_voices(question) for question in questions])
    vectors = np.asarray(base_encoder().encode_queries(questions), dtype=np.float64)
    return np.hstack([vectors, _VOICE_WEIGHT * voices])


def _voices(question: str) -> list[float]:
    said = set(words(question))
    return [float(bool(said & set(voice.split()))) for voice in _VOICES]


@cache
def base_encoder() -> StaticEncoder:
    """The encoder before any fitting, which stays the same when the others are fitted anew."""
    return StaticEncoder(BUNDLED_FOLDER, label="base")


@cache
def _weights() -> Floats:
    with np.load(io.BytesIO(resources.files("assistant.guard").joinpath("likely_topic.npz").read_bytes())) as kept:
        weights: Floats = kept["weights"].astype(np.float64)
    return weights
