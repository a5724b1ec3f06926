"""Planning and contact tables as typed facts: what, exact or vague date or address, for whom, source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.sections import PlacedBlock, SectionedText
from ingest.tables import ADDRESS_COLUMNS, DATE_COLUMNS
from knowledge.addresses import ADDRESS
from knowledge.dates import find_dates
from knowledge.records import Fact, Passage, Span

_GROUP = re.compile(r"(?:^|(?<=\s))([A-Z][^:.;\d]{2,70}?):\s+(?=\S)")
"""'Zorgaanbieders zonder onderhandeling: ...' inside a cell: from here on the value is for them."""
LONGEST_VALUE_CHARS = 400


def read_facts(policy_id: str, sectioned: SectionedText, passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """The facts of every table whose rows hold dates or addresses, in reading order."""
    facts: list[Fact] = []
    for rows in _tables(sectioned):
        header = [cell.lower() for cell in rows[0].block.text.split("\t")] if rows[0].block.header else []
        for row in rows[1:] if header else rows:
            passage = next((p for p in passages if p.start <= row.start and row.end <= p.end), None)
            if passage is not None:
                facts += _row_facts(policy_id, len(facts), row, header, passage)
    return tuple(facts)


def _tables(sectioned: SectionedText) -> Iterator[list[PlacedBlock]]:
    run: list[PlacedBlock] = []
    for placed in sectioned.blocks:
        if placed.block.kind == "table_row" and (not run or run[0].block.table == placed.block.table):
            run.append(placed)
            continue
        if run:
            yield run
        run = [placed] if placed.block.kind == "table_row" else []
    if run:
        yield run


def _row_facts(policy_id: str, count: int, row: PlacedBlock, header: list[str], passage: Passage) -> list[Fact]:
    cells = [(match.group(), row.start + match.start()) for match in re.finditer(r"[^\t]+", row.block.text)]
    if len(cells) < 2:
        return []
    value_at = _value_cell([text for text, _ in cells], header)
    if value_at is None:
        return []
    kind, index = value_at
    topic, topic_start = cells[1] if index == 0 else _before(row, cells, index)
    value, value_start = cells[index]
    if kind == "contact":
        # A label with several addresses behind it is one contact.
        value = row.block.text[cells[index][1] - row.start :].strip()
    facts: list[Fact] = []
    for for_whom, part, offset in _groups(value) if kind == "deadline" else [(None, value, 0)]:
        dates = tuple(date for date, _, _ in find_dates(part))
        addresses = tuple(match.group().strip(" .,;\t") for match in ADDRESS.finditer(part))
        start = value_start + offset
        facts.append(
            Fact(
                id=f"{policy_id}:f{count + len(facts) + 1:03d}",
                policy_id=policy_id,
                kind=kind,
                topic=" ".join(topic.split()),
                value=part.strip(),
                dates=dates,
                addresses=addresses,
                for_whom=for_whom,
                passage_id=passage.id,
                spans=(
                    Span(start=topic_start, end=topic_start + len(topic)),
                    Span(start=start, end=start + len(part.rstrip())),
                ),
                page=passage.page,
            )
        )
    return facts


def _before(row: PlacedBlock, cells: list[tuple[str, int]], index: int) -> tuple[str, int]:
    """The cells in front of the value, as they stand in the text, and where they begin."""
    start, (last, last_start) = cells[0][1], cells[index - 1]
    return row.block.text[start - row.start : last_start + len(last) - row.start], start


def _value_cell(cells: list[str], header: list[str]) -> tuple[str, int] | None:
    """The kind of fact and the index of its value cell; None when the row holds neither date nor address."""
    for index, title in enumerate(header[: len(cells)]):
        words = set(re.findall(r"[\w-]+", title))
        if words & DATE_COLUMNS:
            return "deadline", index
        if words & ADDRESS_COLUMNS and ADDRESS.search(cells[index]):
            return "contact", index
    if header:
        return None
    for index in range(len(cells) - 1, -1, -1):
        if next(find_dates(cells[index]), None):
            return "deadline", index
    if not ADDRESS.search(cells[0]) and any(ADDRESS.search(cell) for cell in cells[1:]):
        return "contact", next(i for i, cell in enumerate(cells) if i and ADDRESS.search(cell))
    return None


def _groups(value: str) -> Iterator[tuple[str | None, str, int]]:
    """The parts of a cell, each with the group that it is for and its offset in the cell."""
    if len(value) > LONGEST_VALUE_CHARS:
        yield None, value, 0
        return
    marks = list(_GROUP.finditer(value))
    first = marks[0].start() if marks else len(value)
    if value[:first].strip():
        yield None, value[:first].rstrip(" .;"), 0
    for mark, following in zip_longest(marks, marks[1:]):
        end = following.start() if following else len(value)
        yield mark.group(1).strip(), value[mark.end() : end].rstrip(" .;"), mark.end()
