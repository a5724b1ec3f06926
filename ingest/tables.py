"""Tables that extraction flattened, put together again as rows with tab-separated cells.

Two layouts occur beside the tab-separated one: a row on one line ("Uiterste tekendatum 1 november
2025"), and cells on lines of their own with an empty line between them. Both stand under a header
line whose words name columns ("Onderwerp Datum"). What the value column holds (dates or
addresses) tells where a one-line row divides; a cell of its own is the value of the topic before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import ENDS_SENTENCE, Block, is_address_only
from knowledge.addresses import ADDRESS
from knowledge.dates import find_dates

TOPIC_COLUMNS = frozenset(
    """onderwerp onderdeel activiteit inkoopactiviteit actie stap fase vraag
    zorgovereenkomst overeenkomst wat""".split()
)
DATE_COLUMNS = frozenset("""datum data planning wanneer periode deadline termijn tijdstip""".split())
ADDRESS_COLUMNS = frozenset(
    """bereikbaarheid contact contactgegevens e-mail e-mailadres adres link telefoon waar""".split()
)
OTHER_COLUMNS = frozenset("""voorwaarden voorwaarde eisen toelichting omschrijving aantal tarief uiterste""".split())
LONGEST_CELL_CHARS = 220

_COLUMN_WORDS = TOPIC_COLUMNS | DATE_COLUMNS | ADDRESS_COLUMNS | OTHER_COLUMNS


def rebuild_tables(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with flattened tables as header and rows, and tab-separated runs with their header marked.

    A numbered heading that extraction left in the middle of a table goes before the table, with
    the sentence that leads in.
    """
    rebuilt: list[Block] = []
    index, table = 0, 1 + max((block.table or 0 for block in blocks), default=0)
    while index < len(blocks):
        columns = _header_columns(blocks[index])
        if columns is None:
            rebuilt.append(blocks[index])
            index += 1
            continue
        rows, heading, index = _read_rows(blocks, index + 1, columns[1])
        if not rows:
            rebuilt.append(blocks[index - 1])
            continue
        if heading is not None:
            at = (
                len(rebuilt) - 1
                if rebuilt and rebuilt[-1].kind == "paragraph" and rebuilt[-1].text.endswith(".")
                else len(rebuilt)
            )
            rebuilt.insert(at, heading)
        header = replace(rows[0], text="\t".join(columns), header=True, table=table)
        rebuilt += [header, *(replace(row, table=table) for row in rows)]
        table += 1
    return _mark_tab_tables(rebuilt, table)


def _header_columns(block: Block) -> tuple[str, str] | None:
    """The two column titles when `block` is a flattened header line, else None."""
    words = block.text.split()
    if (
        block.kind != "paragraph"
        or not 2 <= len(words) <= 4
        or not all(word.lower() in _COLUMN_WORDS for word in words)
    ):
        return None
    if words[0].lower() not in TOPIC_COLUMNS:
        return None
    return words[0], " ".join(words[1:])


def _read_rows(blocks: Sequence[Block], start: int, value_column: str) -> tuple[list[Block], Block | None, int]:
    """Rows from `start`, a stray numbered heading among them, and the index after the table."""
    rows: list[Block] = []
    topic: Block | None = None
    heading: Block | None = None
    index = start
    while index < len(blocks):
        block = blocks[index]
        if _is_stray_heading(block, blocks, index, value_column):
            heading, index = block, index + 1
            continue
        if block.kind == "table_row" and "\t" in block.text and topic is None:
            rows.append(block)
        elif block.kind != "paragraph" or not _is_cell(block):
            break
        elif not block.blank_before and (topic is not None or rows):
            # The next line of the cell above.
            if topic is not None:
                topic = replace(topic, text=f"{topic.text} {block.text}")
            else:
                rows[-1] = replace(rows[-1], text=f"{rows[-1].text} {block.text}")
        elif topic is not None:
            rows.append(replace(topic, kind="table_row", text=f"{topic.text}\t{block.text}"))
            topic = None
        elif (at := _value_start(block.text, value_column)) is not None and at > 0:
            rows.append(replace(block, kind="table_row", text=f"{block.text[:at].strip()}\t{block.text[at:].strip()}"))
        elif _names_values(value_column):
            topic = block
        else:
            rows.append(replace(block, kind="table_row"))
        index += 1
    if topic is not None:  # a title after the table was taken for a cell: give it back
        index -= 1
    return rows, heading, index


def _is_cell(block: Block) -> bool:
    sentences = len(re.findall(r"[.!?](?=\s+[A-Z])", block.text))
    return (
        len(block.text) <= LONGEST_CELL_CHARS
        and sentences == 0
        and not (block.text.endswith(".") and len(block.text) > 60)
    )


def _names_values(column: str) -> bool:
    return any(word in DATE_COLUMNS | ADDRESS_COLUMNS for word in column.lower().split())


def _value_start(text: str, column: str) -> int | None:
    """Where the value begins in a row on one line; None when the line holds no such value."""
    words = set(column.lower().split())
    if words & ADDRESS_COLUMNS:
        match = ADDRESS.search(text)
        return match.start() if match else None
    if words & DATE_COLUMNS:
        return next((start for _, start, _ in find_dates(text)), None)
    return None


def _is_stray_heading(block: Block, blocks: Sequence[Block], index: int, value_column: str) -> bool:
    if (
        block.kind != "paragraph"
        or not re.match(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-Z]", block.text)
        or next(find_dates(block.text), None)
    ):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return (
        following is not None
        and following.kind == "paragraph"
        and _is_cell(following)
        and bool(_value_start(following.text, value_column))
    )


def _mark_tab_tables(blocks: Sequence[Block], table: int) -> list[Block]:
    """Runs of tab-separated rows as tables: the first row without values is the header, a repeated header goes."""
    marked: list[Block] = []
    for block in blocks:
        if block.kind != "table_row" or block.table is not None:
            marked.append(block)
            continue
        before = marked[-1] if marked else None
        header = next((row for row in reversed(marked) if row.header), None)
        if header is not None and block.text == header.text:
            continue
        if before is not None and before.kind == "table_row" and before.table is not None:
            marked.append(replace(block, table=before.table))
            continue
        table += 1
        marked.append(replace(block, table=table, header=_is_header(block)))
    return marked


def _is_header(block: Block) -> bool:
    cells = block.text.split("\t")
    return len(cells) > 1 and all(
        len(cell) <= 60 and not ADDRESS.search(cell) and not next(find_dates(cell), None) for cell in cells
    )


def join_contact_rows(blocks: Sequence[Block]) -> list[Block]:
    """'label' followed by blocks that are only addresses becomes one row: label and addresses."""
    mended: list[Block] = []
    for block in blocks:
        last = mended[-1] if mended else None
        if block.kind == "paragraph" and is_address_only(block.text) and last is not None and _is_contact_label(last):
            mended[-1] = replace(last, kind="table_row", text=f"{last.text}\t{block.text}")
        else:
            mended.append(block)
    return mended


def _is_contact_label(block: Block) -> bool:
    if block.kind == "table_row":
        return block.table is None and is_address_only(block.text.rsplit("\t", 1)[-1])
    return (
        block.kind == "paragraph"
        and len(block.text) <= 60
        and not ENDS_SENTENCE.search(block.text)
        and not ADDRESS.search(block.text)
    )
