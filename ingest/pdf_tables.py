"""Ruled tables of a PDF page, read by their ruling lines with pdfplumber."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page as PlumberPage
from pdfplumber.table import Table
from pypdf import PageObject
from pypdf.generic import StreamObject

_PATH_OPERATOR = re.compile(rb"(?<![\w.)])(?:l|re)(?=\s)")
_MIN_RULES = 4  # fewer lines or boxes make no table of two cells
_SAME_EDGE_POINTS = 3.0


@dataclass(frozen=True)
class RuledTable:
    """A table on one page; coordinates in points, y counted upward from the bottom of the page."""

    left: float
    bottom: float
    right: float
    top: float
    edges: tuple[float, ...]  # left edges of the columns
    rows: tuple[tuple[str, ...], ...]  # cells by column; a cell over several columns has its text in the first
    has_header: bool  # the first row is set off from the next ones by font, colour or shading

    def holds(self, x: float, y: float) -> bool:
        """True for a text origin inside the table."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1

    def has_columns_of(self, other: RuledTable) -> bool:
        """True where the columns of both tables stand at the same places."""
        return len(self.edges) == len(other.edges) and all(
            abs(a - b) < _SAME_EDGE_POINTS for a, b in zip(self.edges, other.edges, strict=True)
        )


def may_have_tables(page: PageObject) -> bool:
    """True where the page draws enough lines or boxes for a table: a cheap look before the costly one."""
    contents = page.get_contents()
    streams: list[StreamObject] = [] if contents is None else [contents]
    resources = page.get("/Resources")
    drawn = None if resources is None else resources.get_object().get("/XObject")
    for reference in {} if drawn is None else drawn.get_object().values():
        thing = reference.get_object()
        if isinstance(thing, StreamObject) and thing.get("/Subtype") == "/Form":
            streams.append(thing)
    return sum(len(_PATH_OPERATOR.findall(stream.get_data())) for stream in streams) >= _MIN_RULES


def find_ruled_tables(page: PlumberPage) -> list[RuledTable]:
    """The tables with ruling lines, from the top down; frames with one column or no text are left out."""
    found = page.find_tables({"vertical_strategy": "lines", "horizontal_strategy": "lines"})
    tables = [_read_table(page, table) for table in found if len({cell[0] for cell in table.cells}) > 1]
    return sorted((table for table in tables if any(any(row) for row in table.rows)), key=lambda table: -table.top)


def _read_table(page: PlumberPage, table: Table) -> RuledTable:
    left, top, right, bottom = table.bbox
    height = float(page.mediabox[3])  # pdfplumber counts y downward from the top of the page
    rows = tuple(tuple((cell or "").replace("\n", " ") for cell in row) for row in table.extract())
    edges = sorted({round(cell[0], 1) for cell in table.cells})
    return RuledTable(
        left=left,
        bottom=height - bottom,
        right=right,
        top=height - top,
        edges=tuple(edge for at, edge in enumerate(edges) if not at or edge - edges[at - 1] > _SAME_EDGE_POINTS),
        rows=tuple(row for row in rows if any(row)),
        has_header=_has_header(page, table),
    )


def _has_header(page: PlumberPage, table: Table) -> bool:
    """Compares the looks of the first row with those of the next two: stripes alone make no header."""
    looks = [[_look(page, cell) for cell in row.cells] for row in table.rows[:3]]
    if len(looks) < 2:
        return False
    return all(_differ(looks[0], other) for other in looks[1:])


def _differ(row: Sequence[object], other: Sequence[object]) -> bool:
    pairs = [(a, b) for a, b in zip(row, other, strict=False) if a and b]
    return len(pairs) > 1 and sum(a != b for a, b in pairs) * 2 > len(pairs)


def _look(page: PlumberPage, cell: tuple[float, float, float, float] | None) -> object:
    """Fonts and colours of the text in a cell and the shades under it; None for a cell without text."""
    if cell is None:
        return None
    chars = [char for char in page.chars if char["text"].strip() and _is_within(char, cell)]
    if not chars:
        return None
    middle = {"x0": cell[0] + 1, "x1": cell[0] + 1, "top": cell[1] + 1, "bottom": cell[1] + 1}
    shades = {
        str(rect["non_stroking_color"])
        for rect in page.rects
        if rect["fill"] and _is_within(middle, (rect["x0"], rect["top"], rect["x1"], rect["bottom"]))
    }
    inks = {(char["fontname"], str(char["non_stroking_color"])) for char in chars}
    return frozenset(inks), frozenset(shades)


def _is_within(thing: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
