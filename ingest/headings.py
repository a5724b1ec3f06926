"""Which blocks are headings, in text that does not mark them.

A heading stands alone, is short, begins with a capital and ends without a full stop. A number in
front must continue the numbering; one that lost its full stop ("21" after chapter 2) is mended.
A label with its value ("Consult: € 30,50") looks the same and is what answers: a row, no heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from ingest.blocks import BARE_NUMBER, NUMBERED, Block
from knowledge.addresses import ADDRESS
from knowledge.dates import MONTHS
from knowledge.records import Oddity

LONGEST_HEADING_CHARS, LONGEST_HEADING_WORDS = 120, 18
MIN_HEADED_CHARS = 40
"""What stands under a heading is a paragraph of at least this length, a list, a table or a heading."""

_MONTH_START = re.compile(rf"^(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_CONTINUED = re.compile(r"\s*\((?:vervolg|continued)\)\s*$", re.IGNORECASE)
_VALUE_BEHIND = re.compile(r"€\s?\d|:\s\d|:\s.*\d\s?%|\S\s\|\s\S|\.{4}")
"""An amount, a number or share behind a colon, cells with bars between them, dots that lead to a value."""
_DAY = re.compile(rf"\b\d{{1,2}}\s(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
MIN_DATED_ROWS = 3
"""So many titles under each other that each hold a day are a calendar; one may be 'Wijzigingen per 1 januari'."""
_OPEN_END = re.compile(r"\b(?:in|van|op|met|en|of|de|het|voor|een|te|aan|door|via|bij|naar|om)$", re.IGNORECASE)


def is_title(title: str) -> bool:
    """Whether a line of text can be a heading by its looks: short, capital in front, no full stop behind."""
    title = title.strip()
    return (
        (title[:1].isupper() or title[1:2].isupper())
        and len(title) <= LONGEST_HEADING_CHARS
        and not _MONTH_START.match(title)
        and not re.search(r"[.;,:!]$", title)
        and "\t" not in title
        and not ADDRESS.search(title)
    )


def _number_marked(block: Block) -> Block:
    if block.kind != "heading":
        return block
    match = NUMBERED.match(block.text)
    if match is None or _MONTH_START.match(match.group(2)):
        return block
    return replace(block, number=match.group(1), text=match.group(2).strip())


def mark_headings(blocks: Sequence[Block], *, structured: bool) -> tuple[list[Block], list[Oddity]]:
    """`blocks` with headings marked and numbered, and what had to be mended to read the numbering.

    `structured`: the format marks its headings; only their numbers are read.
    """
    oddities: list[Oddity] = []
    marked = [_number_marked(block) for block in blocks] if structured else _guess_headings(blocks, oddities)
    return [block for block in marked if not _is_continued(block)], oddities


def _guess_headings(blocks: Sequence[Block], oddities: list[Oddity]) -> list[Block]:
    guessed: list[Block] = []
    last: tuple[int, ...] = ()
    index = 0
    while index < len(blocks):
        block, following = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
        heading, used = None, 1
        if block.kind == "paragraph":
            bare, numbered = BARE_NUMBER.match(block.text), NUMBERED.match(block.text)
            if bare and following is not None and following.kind == "paragraph" and is_title(following.text):
                heading, used = _numbered(bare.group(1), following.text, last, block, oddities), 2
            elif numbered and is_title(numbered.group(2)) and not _is_footnote(numbered.group(1), guessed):
                heading = _numbered(numbered.group(1), numbered.group(2), last, block, oddities)
            elif not numbered and _is_plain_heading(blocks, index):
                heading = replace(block, kind="heading")
        if heading is not None and heading.number:
            last = tuple(map(int, heading.number.split(".")))
        guessed.append(heading or block)
        index += used if heading is not None else 1
    return guessed


def _is_footnote(number: str, before: Sequence[Block]) -> bool:
    """'3 Title' straight after '2 Title' that was no heading: both are notes at the foot of a page."""
    previous = NUMBERED.match(before[-1].text) if before and before[-1].kind == "paragraph" else None
    return previous is not None and number.isdigit() and previous.group(1) == str(int(number) - 1)


def _numbered(number: str, title: str, last: tuple[int, ...], block: Block, oddities: list[Oddity]) -> Block | None:
    """The heading with its number, mended where a full stop was lost; None when no heading goes here."""
    parts = tuple(map(int, number.split(".")))
    if not _follows(parts, last):
        mended = tuple(map(int, number)) if number.isdigit() and len(number) == 2 and "0" not in number else ()
        if not mended or not _follows(mended, last):
            return None
        oddities.append(
            Oddity(
                kind="repaired",
                text=f"section number {number!r} read as {'.'.join(map(str, mended))!r}: {title}",
                page=block.page,
            )
        )
        parts = mended
    return replace(block, kind="heading", text=" ".join(title.split()), number=".".join(map(str, parts)))


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a section `number` can come after `last`: a first child, or a next sibling at some level."""
    if not last:
        return number[0] <= 3 and all(part <= 2 for part in number[1:])
    if len(number) == len(last) + 1 and number[:-1] == last:
        return number[-1] <= 2
    depth = len(number) - 1
    return depth < len(last) and number[:depth] == last[:depth] and last[depth] < number[depth] <= last[depth] + 2


def _is_plain_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    before = blocks[index - 1] if index else None
    if not _can_head(block) or (before is not None and before.text.endswith(":") and not block.page_start):
        return False
    if _VALUE_BEHIND.search(block.text) or _is_dated_row(blocks, index):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind in {"contents", "table_row"}:
        return following is not None and following.kind == "table_row" and following.table is not None
    return (
        following.kind == "list_item"
        or _can_head(following)
        or NUMBERED.match(following.text) is not None
        or len(following.text) >= MIN_HEADED_CHARS
    )


def _is_dated_row(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block stands among so many that look like headings and each hold a day."""
    if not _is_dated(blocks[index]):
        return False
    above = takewhile(_is_dated, reversed(blocks[max(0, index + 1 - MIN_DATED_ROWS) : index]))
    below = takewhile(_is_dated, blocks[index + 1 : index + MIN_DATED_ROWS])
    return 1 + len(list(above)) + len(list(below)) >= MIN_DATED_ROWS


def _is_dated(block: Block) -> bool:
    return _can_head(block) and _DAY.search(block.text) is not None


def _can_head(block: Block) -> bool:
    text = block.text
    return (
        block.kind in {"paragraph", "heading"}
        and is_title(text.rstrip("?"))
        and len(text.split()) <= LONGEST_HEADING_WORDS
        and re.search(r"[^\W\d_]{3}", text) is not None
        and not _OPEN_END.search(text)
        and not _looks_like_value(text)
    )


def _looks_like_value(text: str) -> bool:
    """Dates and amounts that stand alone are cells, not headings."""
    return bool(
        re.search(
            r"^\d|^(?:vanaf|uiterlijk|eind|begin|half|medio)\b.*20\d\d"
            r"|^(?:versie|postbus|inhoud(?:sopgave)?)\b|^\w+ \d+$",
            text,
            re.IGNORECASE,
        )
    )


def _is_continued(block: Block) -> bool:
    return block.kind == "heading" and bool(_CONTINUED.search(block.text))
