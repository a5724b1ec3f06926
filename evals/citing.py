"""Citations line by line: does what a line cites say what it says, and does each citation bear on what it stands at?

Recall is the share of an answer's lines that are borne: the quotes that they cite, with the outcomes of rules, hold
all their figures and enough of their words. Precision is the share of citations that hold enough words of a line
that they stand at. Both in the policies' language only: a translation shares too few words with what it translates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from statistics import fmean

from assistant.model.likeness import content_of
from assistant.outcomes import sentence
from assistant.turn import Answer, Citation
from knowledge.figures import figures_of

POLICY_LANGUAGE = "nl"
LEAST_BORNE = 0.5
"""The share of a line's words that its sources hold together; a restatement has words of its own."""
LEAST_SHARED = 0.2
"""The share that a citation holds of one line at least: of a line with five of them each may bear a fifth."""
SHORTEST_CLAIM_WORDS = 4

_MARK = re.compile(r"\[(\d{1,2})\]")
_SOURCE = re.compile(r"^(?:Bron|Source): ")


@dataclass(frozen=True)
class Line:
    """A line of an answer without its marks; `labels`: those it bears, itself or by the lead-in of its list."""

    text: str
    labels: tuple[int, ...]

    @property
    def is_claim(self) -> bool:
        """Whether it says something: it names no source, asks nothing back and is longer than a heading."""
        is_long = len(self.text.split()) >= SHORTEST_CLAIM_WORDS
        return is_long and not _SOURCE.match(self.text) and not self.text.endswith("?")


@dataclass(frozen=True)
class Citing:
    """Shares from 0 to 1; None where there are no lines, or no citations."""

    recall: float | None = None
    precision: float | None = None


def marked_share(text: str) -> float | None:
    """The share of an answer's lines that name their source; None without lines."""
    found = [bool(line.labels) for line in chain.from_iterable(_blocks(text)) if line.is_claim]
    return fmean(found) if found else None


def measure_citing(answer: Answer) -> Citing:
    """Recall and precision of an answer's citations; neither for another language than the policies'."""
    if answer.language != POLICY_LANGUAGE:
        return Citing()
    sources = {citation.label: _source(citation) for citation in answer.citations}
    computed = " ".join(_texts(answer.results))
    blocks = list(_blocks(answer.text.replace(sentence(answer.status, answer.language), "")))
    recall = [
        _is_borne(line, " ".join([computed, *(sources[label] for label in line.labels if label in sources)]))
        for line in chain.from_iterable(blocks)
        if line.is_claim and not line.text.endswith(":")  # which only leads in to what is claimed
    ]
    precision = [
        _bears(sources.get(label, ""), block)
        for block in blocks
        for label in dict.fromkeys(chain.from_iterable(line.labels for line in block))
    ]
    return Citing(fmean(recall) if recall else None, fmean(precision) if precision else None)


def _blocks(text: str) -> Iterator[list[Line]]:
    """Each line with the items of the list that it leads in to."""
    block: list[Line] = []
    for line in text.splitlines():
        labels = tuple(int(label) for label in _MARK.findall(line))
        shown = " ".join(_MARK.sub(" ", line).split())
        is_item = shown.startswith("- ")
        if not is_item and shown:
            if block:
                yield block
            block = []
        if shown:
            block.append(Line(shown, labels or (block[0].labels if is_item and block else ())))
    if block:
        yield block


def _is_borne(line: Line, sources: str) -> bool:
    held = set(figures_of(sources))
    has_figures = all(figure in held for figure in figures_of(line.text))
    return has_figures and content_of(line.text).share_in(content_of(sources)) >= LEAST_BORNE


def _bears(source: str, block: Iterable[Line]) -> bool:
    return any(content_of(line.text).share_in(content_of(source)) >= LEAST_SHARED for line in block)


def _source(citation: Citation) -> str:
    """A quote, with what says what it is about."""
    about = (citation.policy_title, citation.insurer, str(citation.year), *citation.heading_path)
    return " ".join([*about, citation.quote])


def _texts(value: object) -> Iterator[str]:
    """Every text and number in the outcomes of rules, however deep."""
    if isinstance(value, dict):
        yield from chain.from_iterable(map(_texts, value.values()))
    elif isinstance(value, list | tuple):
        yield from chain.from_iterable(map(_texts, value))
    elif isinstance(value, str | int | float):
        yield str(value)
