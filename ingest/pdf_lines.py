"""Lines of a PDF page with their places, headings found by the outline, tables put in."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination

from ingest.pdf_tables import RuledTable
from ingest.source import one_line, table_row_text

_MARGIN_SHARE = 0.06  # of the page height: where running heads and page numbers stand
_GAP_SHARE = 1.25  # of the usual distance between lines: more is a gap between paragraphs
_MAX_HEADING_LINES = 4
_NUMBER = re.compile(r"\s*((?:\d+|[A-Z]|[IVXLC]+)(?:\.\d+)*\.?)(?:\s+|(?<=\d)(?=[^\W\d]))")
_CAPTION = re.compile(r"tab(?:el|le)\s+[\dA-Z]", re.IGNORECASE)


@dataclass(frozen=True)
class PlacedLine:
    """A line and the origin of its text, in points from the bottom left of the page."""

    text: str
    x: float
    y: float
    kind: str = "text"  # text, heading, row (of a table), caption
    level: int = 0
    table: RuledTable | None = None
    row: int = 0
    in_margin: bool = False
    after_gap: bool = False


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark: its depth from 1, its page from 0, and the height it jumps to, where it says so."""

    title: str
    level: int
    page: int
    y: float | None


def place_lines(page: PageObject, tables: Sequence[RuledTable]) -> list[PlacedLine]:
    """The lines of a page in reading order: as drawn, with heads first, feet last and tables as rows.

    A table whose cells do not hold the same characters as the text drawn inside its lines is not
    trusted: its text stays as plain lines, so that nothing is lost or said twice.
    """
    chunks = list(_chunks(page))
    trusted = [table for table in tables if _accounts_for(table, chunks)]
    lines = list(_assemble(chunks, trusted))
    height = float(page.mediabox.top)
    if not page.rotation:
        lines = _order(lines, height * _MARGIN_SHARE, height * (1 - _MARGIN_SHARE))
    return _mark_captions(_mark_gaps(lines))


def _chunks(page: PageObject) -> Iterator[tuple[str, float, float]]:
    """The text of a page in the pieces that pypdf reads it in, each with its origin."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, matrix: Sequence[float], place: Sequence[float], _font: Any, _size: Any) -> None:
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        pieces.append((text, float(x), float(y)))

    page.extract_text(visitor_text=visit)
    for text, x, y in pieces:
        for at, part in enumerate(text.split("\n")):
            if at:
                yield "\n", x, y
            if part:
                yield part, x, y


def _accounts_for(table: RuledTable, chunks: Sequence[tuple[str, float, float]]) -> bool:
    drawn = Counter("".join("".join(text.split()) for text, x, y in chunks if table.holds(x, y)))
    read = Counter("".join("".join(cell.split()) for row in table.rows for cell in row))
    strays = sum(((drawn - read) + (read - drawn)).values())
    return strays <= max(2, 0.02 * sum(drawn.values()))


def _assemble(chunks: Sequence[tuple[str, float, float]], tables: Sequence[RuledTable]) -> Iterator[PlacedLine]:
    """Joins pieces into lines; the first piece inside a table brings in the table as a whole."""
    text, place = "", (0.0, 0.0)
    written: list[RuledTable] = []
    for piece, x, y in (*chunks, ("\n", 0.0, 0.0)):
        table = next((table for table in tables if piece.strip() and table.holds(x, y)), None)
        if piece == "\n" or table is not None:
            if text.strip():
                yield PlacedLine(one_line(text), *place)
            text = ""
        if table is not None and table not in written:
            written.append(table)
            for at, row in enumerate(table.rows):
                yield PlacedLine(table_row_text(row), table.left, table.top, kind="row", table=table, row=at)
        if table is None and piece != "\n":
            place = place if text.strip() else (x, y)
            text += piece


def _order(lines: Sequence[PlacedLine], foot: float, head: float) -> list[PlacedLine]:
    """Puts what stands in the upper margin first and what stands in the lower margin last."""
    marked = [replace(line, in_margin=line.table is None and not foot < line.y < head) for line in lines]
    heads = sorted((line for line in marked if line.in_margin and line.y >= head), key=lambda line: -line.y)
    feet = sorted((line for line in marked if line.in_margin and line.y <= foot), key=lambda line: -line.y)
    return heads + [line for line in marked if not line.in_margin] + feet


def _mark_gaps(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Marks lines that stand further below the line before than lines of this page usually do."""
    steps = [before.y - line.y for before, line in pairwise(lines) if line.kind != "row"]
    usual = statistics.median([step for step in steps if step > 1] or [float("inf")])
    marked = list(lines)
    for at, (before, line) in enumerate(pairwise(lines), 1):
        is_apart = before.y - line.y > usual * _GAP_SHARE or before.in_margin != line.in_margin
        marked[at] = replace(line, after_gap=is_apart or (before.kind == "row") != (line.kind == "row"))
    return marked


def _mark_captions(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Marks a line that opens with "Tabel 3" and stands right above a table."""
    marked = list(lines)
    for at, (line, after) in enumerate(pairwise(lines)):
        if after.kind == "row" and after.row == 0 and line.kind == "text" and _CAPTION.match(line.text):
            marked[at] = replace(line, kind="caption", table=after.table)
    return marked


def read_outline(reader: PdfReader) -> list[OutlineEntry]:
    """The bookmarks in order; those that lead to no page are left out, a broken outline counts as none."""
    entries: list[OutlineEntry] = []

    def walk(items: Sequence[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            elif isinstance(item, Destination) and item.title and item.title.strip():
                page = reader.get_destination_page_number(item)
                if page is not None and page >= 0:
                    y = float(item.top) if isinstance(item.top, (int, float)) else None
                    entries.append(OutlineEntry(item.title, min(level, 9), page, y))

    try:
        walk(reader.outline, 1)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return []
    return entries


def mark_headings(lines: list[PlacedLine], entries: Sequence[OutlineEntry]) -> tuple[list[PlacedLine], int]:
    """Turns the lines that a page's bookmarks name into headings; returns them and how many were found.

    A heading that runs over several lines becomes one line.
    """
    found: dict[int, tuple[int, OutlineEntry]] = {}  # index of the first line -> number of lines, bookmark
    for entry in entries:
        taken = {at + k for at, (count, _) in found.items() for k in range(count)}
        places = [
            (at, count)
            for at in range(len(lines))
            for count in range(1, _MAX_HEADING_LINES + 1)
            if taken.isdisjoint(range(at, at + count)) and _is_title(lines[at : at + count], count, entry.title)
        ]
        if places:
            at, count = min(places, key=lambda place: _distance(lines[place[0]], entry))
            found[at] = (count, entry)
    marked: list[PlacedLine] = []
    at = 0
    while at < len(lines):
        count, heading = found.get(at, (1, None))
        if heading is None:
            marked.append(lines[at])
        else:
            text = " ".join(line.text for line in lines[at : at + count])
            marked.append(replace(lines[at], text=text, kind="heading", level=heading.level, in_margin=False))
        at += count
    return marked, len(found)


def _distance(line: PlacedLine, entry: OutlineEntry) -> float:
    """How far a line stands from where the bookmark jumps to; a running head is the last choice."""
    return (0.0 if entry.y is None else abs(entry.y - line.y)) + (10_000 if line.in_margin else 0)


def _is_title(lines: Sequence[PlacedLine], count: int, title: str) -> bool:
    if len(lines) < count or any(line.kind != "text" for line in lines):
        return False
    number, words = _split_number(" ".join(line.text for line in lines))
    wanted_number, wanted = _split_number(title)
    return bool(words) and words == wanted and (not number or not wanted_number or number == wanted_number)


def _split_number(title: str) -> tuple[str, str]:
    """The number in front of a title and its words, both without white space and punctuation."""
    match = _NUMBER.match(title)
    number, words = (match[1], title[match.end() :]) if match else ("", title)
    return re.sub(r"\W", "", number).casefold(), re.sub(r"[\W_]", "", words).casefold()
