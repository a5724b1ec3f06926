"""A policy as it is read: its kept text cut at headings, lines, pages and passages.

Nothing is rewritten: every piece of text on the page is a stretch of the kept text. Only a
section's heading is shown as the section record words it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from knowledge.records import Page, Passage, PolicyText, Section

_BULLET = re.compile(r"[•▪◦‣●○■□·*–-]\s+")
HEADING_LINES_AT_MOST = 3

Emphasis = Literal["passage", "lead", "none"]


@dataclass(frozen=True)
class Piece:
    """A stretch of one line. `anchors` are ids of passages that begin here, `page` one that begins here."""

    text: str
    emphasis: Emphasis
    anchors: tuple[str, ...] = ()
    page: Page | None = None


@dataclass(frozen=True)
class Line:
    """A line of the kept text: a paragraph, a list item, or a table row of one or more cells."""

    kind: Literal["paragraph", "item", "row"]
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Block:
    """Lines of one kind in a row: one paragraph, a whole list or a whole table."""

    kind: Literal["paragraph", "item", "row"]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Part:
    """A section with its text; no section: text that stands before the first heading or between two."""

    section: Section | None
    heading: tuple[Piece, ...]
    blocks: tuple[Block, ...]


class _Cutter:
    """Hands out pieces in reading order, each passage and page start once."""

    def __init__(self, policy: PolicyText, cited: Passage | None) -> None:
        self._text = policy.text
        self._cited = cited
        self._passages = deque(sorted(policy.passages, key=lambda passage: passage.start))
        self._pages = deque(sorted(policy.pages, key=lambda page: page.start))
        self._lists = sorted((passage.start, passage.end) for passage in policy.passages if passage.kind == "list")
        cuts = {passage.start for passage in policy.passages} | {page.start for page in policy.pages}
        if cited:
            cuts |= {cited.start, cited.end, *(place for span in cited.lead for place in (span.start, span.end))}
        self._cuts = sorted(cuts)

    def emphasis(self, place: int) -> Emphasis:
        if self._cited is None:
            return "none"
        if self._cited.start <= place < self._cited.end:
            return "passage"
        return "lead" if any(span.start <= place < span.end for span in self._cited.lead) else "none"

    def in_list(self, place: int) -> bool:
        """Whether ingest read a list here."""
        before = bisect_right(self._lists, (place, len(self._text))) - 1
        return before >= 0 and place < self._lists[before][1]

    def _bounds(self, start: int, end: int) -> list[int]:
        return [start, *self._cuts[bisect_right(self._cuts, start) : bisect_left(self._cuts, end)], end]

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The stretch cut where something begins; what began since the last stretch is set at its start."""
        bounds = self._bounds(start, end)
        return tuple(piece for first, last in pairwise(bounds) for piece in self._cut(self._text[first:last], first))

    def heading(self, title: str, start: int, end: int) -> tuple[Piece, ...]:
        """The heading in the record's words; `start` and `end` are where it stands in the text, if it does."""
        emphasis = self.emphasis(start) if end > start else "none"
        anchors, page = self._begun(end)
        return (Piece(title, emphasis, anchors, page),)

    def _cut(self, text: str, first: int) -> Iterator[Piece]:
        anchors, page = self._begun(first + 1)
        yield Piece(text, self.emphasis(first), anchors, page)

    def _begun(self, before: int) -> tuple[tuple[str, ...], Page | None]:
        anchors: list[str] = []
        page = None
        while self._passages and self._passages[0].start < before:
            anchors.append(self._passages.popleft().id)
        while self._pages and self._pages[0].start < before:
            page = self._pages.popleft()
        return tuple(anchors), page


def lay_out(policy: PolicyText, cited: Passage | None = None) -> list[Part]:
    """The whole policy in reading order, with the cited passage marked."""
    cutter = _Cutter(policy, cited)
    parts: list[Part] = []
    place = 0
    for section in sorted(policy.sections, key=lambda section: section.start):
        if section.start > place and policy.text[place : section.start].strip():
            parts.append(Part(None, (), _blocks(policy.text, place, section.start, cutter)))
        body = _heading_end(policy.text, section)
        number = f"{section.number} " if section.number else ""
        heading = cutter.heading(number + section.title, section.start, body)
        parts.append(Part(section, heading, _blocks(policy.text, body, section.end, cutter)))
        place = max(place, section.end)
    if policy.text[place:].strip():
        parts.append(Part(None, (), _blocks(policy.text, place, len(policy.text), cutter)))
    return parts


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _heading_end(text: str, section: Section) -> int:
    """Where the body begins: behind the lines that hold the heading, if the text has it."""
    titles = {_letters(section.title), _letters(f"{section.number or ''}{section.title}")}
    end = section.start
    for _ in range(HEADING_LINES_AT_MOST):
        stop = text.find("\n", end, section.end)
        end = section.end if stop < 0 else stop + 1
        if _letters(text[section.start : end]) in titles:
            return end
    return section.start


def _chunks(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Lines that stand together, without an empty line between: where each begins and ends, trimmed."""
    together: list[tuple[int, int]] = []
    place = start
    for line in text[start:end].split("\n"):
        first = place + len(line) - len(line.lstrip())
        last = place + len(line.rstrip())
        place += len(line) + 1
        if first < last:
            together.append((first, last))
        elif together:
            yield together
            together = []
    if together:
        yield together


def _blocks(text: str, start: int, end: int, cutter: _Cutter) -> tuple[Block, ...]:
    lines = [
        _line(text, first, last, cutter, in_list=_is_item(text, chunk, place, cutter))
        for chunk in _chunks(text, start, end)
        for place, (first, last) in enumerate(chunk)
    ]
    return tuple(_grouped(lines))


def _is_item(text: str, chunk: list[tuple[int, int]], place: int, cutter: _Cutter) -> bool:
    """Ingest keeps an empty line around all but list items and rows, and takes their bullets away."""
    first, last = chunk[place]
    leads_in = place == 0 and text[last - 1] == ":"
    return not leads_in and (len(chunk) > 1 or cutter.in_list(first))


def _grouped(lines: Iterable[Line]) -> Iterator[Block]:
    for kind, same in groupby(lines, key=lambda line: line.kind):
        if kind == "paragraph":
            yield from (Block(kind, (line,)) for line in same)
        else:
            yield Block(kind, tuple(same))


def _line(text: str, start: int, end: int, cutter: _Cutter, *, in_list: bool) -> Line:
    if "\t" in text[start:end]:
        cells: list[tuple[Piece, ...]] = []
        first = start
        for cell in text[start:end].split("\t"):
            cells.append(cutter.pieces(first, first + len(cell)) if cell else ())
            first += len(cell) + 1
        return Line("row", tuple(cells))
    bullet = _BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return Line("item", (cutter.pieces(bullet.end(), end),))
    return Line("item" if in_list else "paragraph", (cutter.pieces(start, end),))
