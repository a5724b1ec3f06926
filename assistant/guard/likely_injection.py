"""A second look at orders to the assistant: how much a sentence sounds like one, in whatever words.

The patterns of `injection` know wordings; this knows words that are near in meaning. It was fitted by
`python -m evals.injection_fit` on lines of our own against what providers ask.
"""

from __future__ import annotations

import io
import re
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from assistant.guard.likely_topic import base_encoder
from knowledge.dutch import words
from knowledge.sentences import split_sentences

Floats = npt.NDArray[np.float64]

SURE = -0.4
"""The log-odds of being an order from which on it is refused: see `docs/privacy.md` for what it costs."""
FEW_WORDS = 3
"""A sentence of fewer words says too little to be judged by."""

_VOICES = (
    "u uw",
    "ik mijn mij me m'n i my",
    "je jij jou jouw",
    "you your yours yourself",
    "wij we ons onze our us",
    "beleid contract overeenkomst aanvraag policy agreement",
)
_FORM_WEIGHT = 0.3
"""What a voice, a question mark or the first word of a question counts beside the vector, whose length is 1."""
_ASKS = re.compile(
    r"^\W*(?:en |maar |and |but )?(?:wat|wie|waar\w*|hoe\w*|wanneer|welke?|what|who|whom|where|how|when|which|why|is|"
    r"zijn|mag|mogen|moet\w*|kan|kunnen|heeft|hebben|geldt|gelden|wordt|krijg\w*|are|do|does|can|may|must|should|will)\b",
    re.IGNORECASE,
)


def sounds_like_orders(text: str) -> bool:
    """Whether a text, or a sentence of it, sounds like an order to the assistant."""
    return likelihood(text, _weights()) > SURE


def likelihood(text: str, weights: Floats) -> float:
    """The log-odds that a text, or the sentence of it that sounds most like one, is an order to the assistant.

    `weights`: a row a feature and one for the constant, a column for 'no order' and one for 'order'.
    """
    judged = judged_of(text)
    if not judged:
        return -np.inf
    scores = np.hstack([features(judged), np.ones((len(judged), 1))]) @ weights
    return float((scores[:, 1] - scores[:, 0]).max())


def judged_of(text: str) -> list[str]:
    """What of a text is judged: it whole, and each of its sentences, where there is enough to judge by."""
    sentences = [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]
    return [each for each in dict.fromkeys((text, *sentences)) if len(words(each)) >= FEW_WORDS]


def features(texts: list[str]) -> Floats:
    """A row for each text: its vector, who speaks in it to whom, and whether it has the form of a question."""
    forms = np.array([[*_voices(text), float("?" in text), float(bool(_ASKS.search(text)))] for text in texts])
    vectors = np.asarray(base_encoder().encode_queries(texts), dtype=np.float64)
    return np.hstack([vectors, _FORM_WEIGHT * forms])


def _voices(text: str) -> list[float]:
    said = set(words(text))
    return [float(bool(said & set(voice.split()))) for voice in _VOICES]


@cache
def _weights() -> Floats:
    with np.load(io.BytesIO(resources.files("assistant.guard").joinpath("likely_injection.npz").read_bytes())) as kept:
        weights: Floats = kept["weights"].astype(np.float64)
    return weights
