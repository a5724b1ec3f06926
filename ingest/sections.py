"""Blocks to kept text and a section tree.

Here the kept text is made: blocks joined by line breaks, an empty line around all but list items
and table rows. From here on everything is offsets into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from knowledge.records import Section

ANNEX = re.compile(r"^(?:bijlagen?|annex|appendix)\b", re.IGNORECASE)
_TIGHT = frozenset({"list_item", "table_row", "contents"})


@dataclass(frozen=True)
class PlacedBlock:
    """A block with its offsets in the kept text; `section` is the index of its section."""

    block: Block
    start: int
    end: int
    section: int


@dataclass(frozen=True)
class SectionedText:
    """The kept text, its sections in reading order and its blocks (headings included)."""

    text: str
    sections: tuple[Section, ...]
    blocks: tuple[PlacedBlock, ...]


@dataclass
class _Open:
    """A section while its end is not known yet."""

    number: str | None
    title: str
    level: int
    path: tuple[str, ...]
    start: int
    page: int | None
    kind: str


def split_sections(blocks: Sequence[Block], title: str) -> SectionedText:
    """The kept text of `blocks` and its section tree. Text before the first heading is headed by `title`."""
    repeated = _repeated_titles(blocks)
    opened: list[_Open] = []
    placed: list[PlacedBlock] = []
    parts: list[str] = []
    length = 0
    for block in blocks:
        glue = _glue(placed[-1].block if placed else None, block)
        start = length + len(glue)
        new = _opens(block, opened, start, title, repeated)
        if new is not None:
            opened.append(new)
        parts += [glue, block.text]
        length = start + len(block.text)
        placed.append(PlacedBlock(block, start, length, len(opened) - 1))
    ends = [*(section.start for section in opened[1:]), length][: len(opened)]
    sections = tuple(
        Section.model_validate(
            {
                "id": f"s{index}",
                "number": o.number,
                "title": o.title,
                "level": o.level,
                "path": o.path,
                "start": o.start,
                "end": end,
                "page": o.page,
                "kind": o.kind,
            }
        )
        for index, (o, end) in enumerate(zip(opened, ends, strict=True))
    )
    return SectionedText("".join(parts), sections, tuple(placed))


def _glue(before: Block | None, block: Block) -> str:
    if before is None:
        return ""
    tight = block.kind in _TIGHT and (
        before.kind == block.kind
        or (before.kind == "paragraph" and before.text.endswith(":") and block.kind == "list_item")
    )
    return "\n" if tight else "\n\n"


def _opens(block: Block, opened: Sequence[_Open], start: int, title: str, repeated: frozenset[str]) -> _Open | None:
    """The section that begins with `block`; None when it belongs to the one before."""
    current = opened[-1] if opened else None
    if block.kind == "contents":
        return (
            None
            if current is not None and current.kind == "contents"
            else _Open(None, "Inhoud", 1, ("Inhoud",), start, block.page, "contents")
        )
    if block.kind != "heading":
        if current is None or current.kind == "contents":
            return _Open(None, title, 1, (title,), start, block.page, "front")
        return None
    if _key(block.text) == _key(title) and not block.number:
        return _Open(None, title, 1, (title,), start, block.page, "front")
    level = _level(block, opened, repeated)
    parents = _parents(opened, level)
    shown = f"{block.number} {block.text}" if block.number else block.text
    annex = ANNEX.match(block.text) is not None or any(parent.kind == "annex" for parent in parents)
    return _Open(
        block.number,
        block.text,
        level,
        (*(_shown(parent) for parent in parents), shown),
        start,
        block.page,
        "annex" if annex else "body",
    )


def _shown(section: _Open) -> str:
    return f"{section.number} {section.title}" if section.number else section.title


def _level(block: Block, opened: Sequence[_Open], repeated: frozenset[str]) -> int:
    if block.level:
        return block.level
    if block.number:
        return block.number.count(".") + 1
    if ANNEX.match(block.text):
        return 1
    above = next((s for s in reversed(opened) if s.number or ANNEX.match(s.title)), None)
    base = above.level + 1 if above is not None else 1
    if _key(block.text) in repeated and opened and opened[-1].level >= base and _key(opened[-1].title) not in repeated:
        return base + 1
    if _key(block.text) in repeated and len(opened) > 1 and opened[-1].level == base + 1:
        return base + 1
    return base


def _repeated_titles(blocks: Sequence[Block]) -> frozenset[str]:
    """Titles without a number that head several parts of one chapter: they stand below what is unique."""
    chapter, counts = "", Counter[tuple[str, str]]()
    for block in blocks:
        if block.kind != "heading":
            continue
        if block.number:
            chapter = block.number
        else:
            counts[chapter, _key(block.text)] += 1
    return frozenset(title for (_, title), count in counts.items() if count > 1)


def _key(title: str) -> str:
    return " ".join(title.lower().split())


def _parents(opened: Sequence[_Open], level: int) -> list[_Open]:
    parents: list[_Open] = []
    for section in reversed(opened):
        if section.kind in {"contents", "front"}:
            break
        if section.level < level and (not parents or section.level < parents[-1].level):
            parents.append(section)
    return parents[::-1]
