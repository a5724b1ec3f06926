"""The units of passages that may answer a question, each with how likely it is that it does.

Scores are shares of one whole: of all units read and of *nothing*, the case that none of them answers.
They are fitted to questions asked of policies that the encoder had not seen (`evals.unit_finding`), so
that a share means the same in a policy for which nobody wrote questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.question import Asked, asks_figure
from assistant.wording import Wording, words_of
from knowledge.addresses import holds_address
from knowledge.bank import phrase_key
from knowledge.dates import find_dates
from knowledge.numerals import find_numerals
from knowledge.records import Passage, Span
from knowledge.search import Hit, Searcher

Floats = npt.NDArray[np.float64]

FEATURES = (
    "meaning with heading", "meaning with lead", "words", "words with heading", "passage", "sentence before",
    "sentence after", "figure lacks", "address lacks", "date lacks", "date stands", "leads in", "list item",
    "list asked", "opens", "length",
)  # fmt: skip
WEIGHTS = np.array(
    [12.78, 2.67, -2.28, 6.07, 1.23, 1.39, 0.16, -2.48, -0.38, -0.65, 0.46, -1.0, 0.25, 0.22, 0.35, 0.19]
)
NOTHING_FEATURES = ("best meaning", "best three meanings", "best words", "best passage meaning", "always")
NOTHING_WEIGHTS = np.array([-0.43, 7.61, 1.36, -0.36, 5.83])
"""Both fitted by `python -m evals.unit_finding`, each policy left out in turn."""
_MEANINGS = [FEATURES.index("meaning with heading"), FEATURES.index("meaning with lead")]
LEAST_TOLD = 0.85
"""How likely it must be that one of the units read answers: a false refusal counts as dearly as a false answer."""
NEAR_SHARE = 0.35
"""Units within this share of the likeliest may be the answer as well as it."""
SPOT = 3.0
"""What a unit gains by being the spot that the bank's nearest question is tied to, times that question's cosine."""

_FIGURE = re.compile(r"\d|\b(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|geen|alle|helft)\b", re.IGNORECASE)


_ANY_YEAR = 2000
"""What completes a date without a year where only its being there counts."""


@dataclass(frozen=True)
class Unit:
    """A quotable stretch of a passage; `span` in the policy's kept text.

    `score` is how likely it answers (0 to 1), `held` the weighed share (0 to 1) of the question's words that it holds.
    """

    hit: Hit
    span: Span
    text: str
    score: float
    held: float

    @property
    def opens(self) -> bool:
        """Whether its passage goes on after it, so that a question is followed by its answer."""
        return self.span.end < self.hit.passage.end


@dataclass(frozen=True)
class Candidates:
    """The units read for a question: their features, one row each, and those of *nothing*."""

    hits: tuple[Hit, ...]
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    features: Floats
    nothing: Floats

    def shares(self) -> Floats:
        """How likely each unit answers (0 to 1), and at the end how likely none does; together 1."""
        spots = [SPOT * _spot(hit, text) for hit, text in zip(self.hits, self.texts, strict=True)]
        scores = np.append(self.features @ WEIGHTS + spots, self.nothing @ NOTHING_WEIGHTS)
        likely = np.exp(scores - scores.max())
        shares: Floats = likely / likely.sum()
        return shares


def rank_units(question: str, asked: Asked, hits: Sequence[Hit], wording: Wording, searcher: Searcher) -> list[Unit]:
    """The units of the passages found, the likeliest to answer first."""
    read = read_units(question, asked, hits, wording, searcher)
    held = read.features[:, FEATURES.index("words with heading")] if read.spans else ()
    rows = zip(read.hits, read.spans, read.texts, read.shares(), held, strict=False)
    return sorted((Unit(hit, span, text, float(p), float(h)) for hit, span, text, p, h in rows), key=lambda u: -u.score)


def read_units(question: str, asked: Asked, hits: Sequence[Hit], wording: Wording, searcher: Searcher) -> Candidates:
    """The features of all units of the passages found."""
    vector = searcher.units.question(searcher.with_dutch_names(question))
    figure, thesaurus = asks_figure(question), searcher.thesaurus
    best = hits[0].relevance if hits else 1.0
    of_hits, spans, texts, rows = list[Hit](), list[Span](), list[str](), list[list[float]]()
    for hit in hits:
        units = searcher.units.of(hit.passage)
        headed, plain = units.headed @ vector, units.plain @ vector
        above = words_of(" ".join((*hit.passage.heading_path, _lead(searcher, hit.passage))), thesaurus)
        for place, (span, text) in enumerate(zip(units.spans, units.texts, strict=True)):
            own = words_of(text, thesaurus)
            of_hits.append(hit)
            spans.append(span)
            texts.append(text)
            rows.append(
                [
                    headed[place],
                    plain[place],
                    wording.share_held(own, words_of("", thesaurus)),
                    wording.share_held(own, above),
                    hit.relevance / best,
                    headed[place - 1] if place else 0.0,
                    headed[place + 1] if place + 1 < len(headed) else 0.0,
                    *_kinds(asked, text, figure=figure),
                    *_shape(hit.passage, span, text, asked),
                    place == 0,
                    np.log(1 + len(text.split())),
                ]
            )
    features = np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))
    if not vector.any():  # without an encoder the words held stand for the meaning
        features[:, _MEANINGS] = features[:, [FEATURES.index("words with heading")]]
    return Candidates(tuple(of_hits), tuple(spans), tuple(texts), features, _nothing(features, hits))


def holds_figure(text: str) -> bool:
    """Whether a number stands in `text`, in digits or in words, or how many are all or none."""
    return _FIGURE.search(text) is not None or next(find_numerals(text), None) is not None


def holds_date(text: str) -> bool:
    """Whether a date stands in `text`, exact or vague."""
    return next(find_dates(text), None) is not None


def holds_day(text: str) -> bool:
    """Whether a date stands in `text`, with its year or without: 'voor 1 juli'."""
    return next(find_dates(text, year=_ANY_YEAR), None) is not None


def _kinds(asked: Asked, text: str, *, figure: bool) -> list[bool]:
    """Whether the kind of thing asked for stands in a unit."""
    dated = asked.when and holds_date(text)
    return [
        figure and not holds_figure(text),
        asked.contact and not holds_address(text),
        asked.when and not dated,
        dated,
    ]


def _shape(passage: Passage, span: Span, text: str, asked: Asked) -> list[bool]:
    listed = passage.part_at(span.start).kind == "list"
    return [text.rstrip().endswith(":"), listed, listed and asked.listing]


def _nothing(features: Floats, hits: Sequence[Hit]) -> Floats:
    if not len(features):
        return np.array([0.0, 0.0, 0.0, 0.0, 1.0])
    meaning = np.sort(features[:, 0])[-3:]
    words = features[:, FEATURES.index("words with heading")].max()
    return np.array([meaning[-1], meaning.mean(), words, max(hit.cosine for hit in hits), 1.0])


def _lead(searcher: Searcher, passage: Passage) -> str:
    text = searcher.snapshot.texts[passage.policy_id].text
    return " ".join(text[span.start : span.end] for span in passage.lead)


def _spot(hit: Hit, text: str) -> float:
    """The cosine of the bank's nearest question where `text` is the spot that it is tied to, else 0."""
    if hit.nearest is None or not hit.nearest.key:
        return 0.0
    held = phrase_key(text)
    return max(0.0, hit.nearest.cosine) if all(phrase_key(phrase) in held for phrase in hit.nearest.key) else 0.0
