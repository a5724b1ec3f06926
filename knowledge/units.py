"""Passages as the units that can be quoted on their own, and what each of them means.

A unit is a sentence, a list item or a table row. Its meaning is read with an encoder fitted to the
questions that single sentences answer (`ingest.fit_units`), so that an answer is found by what it
says even in a policy for which nobody wrote questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from knowledge.addresses import ADDRESS
from knowledge.encoder import BUNDLED_UNITS_FOLDER, NoEncoder, StaticEncoder
from knowledge.errors import EncoderError
from knowledge.records import Passage, PolicyText, Span
from knowledge.sentences import split_sentences

if TYPE_CHECKING:
    from knowledge.encoder import Encoder, Vectors

CACHED_PASSAGES = 20_000
_HEADER_CHARS, _HEADER_CELL_CHARS = 60, 40
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a passage, in order. `headed`, `plain`: one row a unit, its meaning with and without its heading."""

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    headed: Vectors
    plain: Vectors


@cache
def unit_encoder() -> Encoder:
    """The encoder of units and of the questions that they answer. Raises EncoderError where its files are missing."""
    return StaticEncoder(BUNDLED_UNITS_FOLDER, label="units")


class UnitReader:
    """Reads the units of the passages of one snapshot; those read before are kept."""

    def __init__(self, texts: Mapping[str, PolicyText], encoder: Encoder | None = None) -> None:
        """`encoder` None: the bundled one, opened when it is first needed; without its files all units mean nothing."""
        self._texts = texts
        self._encoder = encoder
        self.of = lru_cache(maxsize=CACHED_PASSAGES)(self._of)

    def question(self, text: str) -> Vectors:
        """A question's meaning, to be held against `headed` and `plain`."""
        vector: Vectors = self._opened().encode_queries([text])[0]
        return vector

    def _of(self, passage: Passage) -> Units:
        text = self._texts[passage.policy_id].text
        spans = tuple(unit_spans(passage, text))
        texts = tuple(text[span.start : span.end] for span in spans)
        encoder = self._opened()
        headed = encoder.encode_passages([headed_text(passage, each) for each in texts])
        plain = encoder.encode_passages([_led(passage, span, text) for span in spans])
        return Units(spans, texts, headed, plain)

    def _opened(self) -> Encoder:
        if self._encoder is not None:
            return self._encoder
        try:
            return unit_encoder()
        except EncoderError:  # then sentences are told apart by their words
            return NoEncoder("units", 1)


def unit_spans(passage: Passage, text: str) -> list[Span]:
    """Where the units of a passage stand in its policy's kept `text`; the header of a table is none."""
    return [
        span
        for span in split_sentences(text, passage.start, passage.end)
        if not _is_header(text[span.start : span.end])
    ]


def headed_text(passage: Passage, text: str) -> str:
    """A unit's text below the heading that it stands under, as it is encoded."""
    return f"{passage.heading_path[-1] if passage.heading_path else passage.section}. {text}"


def _led(passage: Passage, span: Span, text: str) -> str:
    """A unit's text behind the words that lead its list in."""
    leads = passage.part_at(span.start).lead
    return " ".join((*(text[lead.start : lead.end] for lead in leads), text[span.start : span.end]))


def _is_header(text: str) -> bool:
    cells = text.split("\t")
    return (
        len(cells) > 1
        and all(
            len(cell) < _HEADER_CELL_CHARS and not _NUMBER.search(cell) and not ADDRESS.search(cell) for cell in cells
        )
        and len(text) < _HEADER_CHARS
    )
