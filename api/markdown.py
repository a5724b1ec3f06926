"""The Markdown of answers, read into plain records: paragraphs, lists, bold and [1] marks. No HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_ITEM = re.compile(r"\s*(?:[-*•]|\d{1,2}[.)])\s+(?=\S)")
_INLINE = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<mark>\d{1,3})\]|\\(?P<escaped>[!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Run:
    """Text in a line; a `mark` holds the citation's label."""

    kind: Literal["plain", "bold", "mark"]
    text: str


@dataclass(frozen=True)
class MarkdownBlock:
    """A paragraph of one entry, or a list of several."""

    kind: Literal["paragraph", "list", "numbered"]
    entries: tuple[tuple[Run, ...], ...]


def read_runs(text: str) -> tuple[Run, ...]:
    """The line's runs; whatever is no bold, mark or escape stays as it is typed."""
    runs: list[Run] = []
    place = 0
    for match in _INLINE.finditer(text):
        if match.start() > place:
            runs.append(Run("plain", text[place : match.start()]))
        if match["bold"] is not None:
            runs.append(Run("bold", match["bold"]))
        elif match["mark"] is not None:
            runs.append(Run("mark", match["mark"]))
        else:
            runs.append(Run("plain", match["escaped"]))
        place = match.end()
    if place < len(text):
        runs.append(Run("plain", text[place:]))
    return tuple(runs)


def read_markdown(text: str) -> list[MarkdownBlock]:
    """The blocks of an answer, in order."""
    blocks: list[MarkdownBlock] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        plain: list[str] = []
        items: list[str] = []
        kind: Literal["list", "numbered"] = "list"
        for line in chunk.split("\n"):
            bullet = _ITEM.match(line)
            if bullet:
                kind = "numbered" if bullet.group().strip()[0].isdigit() else "list"
                items.append(line[bullet.end() :])
            elif items:
                items[-1] += " " + line.strip()
            else:
                plain.append(line.strip())
        if any(plain):
            blocks.append(MarkdownBlock("paragraph", (read_runs(" ".join(plain)),)))
        if items:
            blocks.append(MarkdownBlock(kind, tuple(read_runs(item) for item in items)))
    return blocks
