"""Source lines without what is no policy text: running heads, page numbers, link lines, escapes.

The first step of cleaning. A line keeps its page; what is dropped is dropped whole, so that every
kept line still reads as it stands in the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import ftfy

from ingest.source import SourceDocument, SourcePage

EDGE_LINES = 2
"""How many lines at the top and at the foot of a page can be a running head."""
REPEATED_SHARE = 0.3
"""A line that stands at the edge of this share of the pages (and at least three) is a running head."""

_LINK_LINE = re.compile(r"^\s*(?:mailto:|https?://)\S+\s*$")
_PAGE_NUMBER = re.compile(
    r"^\s*(?:pagina\s+|page\s+|p\.\s*)?[-–]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–]?(?:\s*(?:/|van|of)\s*\d{1,4})?\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|&])")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CONTENTS_LINE = re.compile(r"^\s*(?:\d+(?:\.\d+)*\.?\s)?.*?\S(?:\s*\.{3,}\s*|\t+|\s{3,})\d{1,3}\s*$")
MIN_CONTENTS_LINES = 3


@dataclass(frozen=True)
class Line:
    """A kept line. `blank_before`: an empty line or a page break stands in front of it."""

    text: str
    page: int | None
    kind: str = "text"
    level: int = 0
    header: bool = False
    table: int | None = None
    blank_before: bool = True
    page_start: bool = False


def kept_lines(document: SourceDocument) -> list[Line]:
    """The lines of `document` that are policy text, in reading order; empty lines become flags.

    Lines of a table of contents get the kind "contents".
    """
    repeated = _running_heads(document.pages)
    lines: list[Line] = []
    for page in document.pages:
        blank, first = True, True
        count = len(page.lines)
        for index, source in enumerate(page.lines):
            at_edge = index < EDGE_LINES or index >= count - EDGE_LINES
            if (
                page.number is not None
                and at_edge
                and (_mask(source.text) in repeated or _PAGE_NUMBER.match(source.text))
            ):
                continue
            if not source.text.strip() or _LINK_LINE.match(source.text):
                blank = blank or not source.text.strip()
                continue
            text = _plain(source.text)
            if not text.strip():
                blank = True
                continue
            # Extracted text keeps a form feed as one leading space: a page began here.
            starts_page = (first and page.number is not None) or (
                page.number is None and re.match(r" {1,2}\S", text) is not None and source.kind == "text"
            )
            lines.append(
                Line(
                    text.rstrip(),
                    page.number,
                    source.kind,
                    source.level,
                    source.header,
                    source.table,
                    blank or starts_page,
                    starts_page,
                )
            )
            blank, first = False, False
    return _mark_contents(lines)


def _running_heads(pages: Sequence[SourcePage]) -> set[str]:
    numbered = [page for page in pages if page.number is not None and page.lines]
    counts: Counter[str] = Counter()
    for page in numbered:
        edges = [*page.lines[:EDGE_LINES], *page.lines[-EDGE_LINES:]]
        counts.update({_mask(line.text) for line in edges if line.kind == "text" and len(line.text) <= 120})
    least = max(3, round(len(numbered) * REPEATED_SHARE))
    return {text for text, count in counts.items() if text and count >= least}


def _mask(text: str) -> str:
    """A line with its numbers hidden, so that 'Beleid 2027 | 12' and 'Beleid 2027 | 13' are one."""
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def _plain(text: str) -> str:
    """Mojibake mended, tags and Markdown left over from extraction taken out."""
    text = ftfy.fix_text(text, normalization="NFC", uncurl_quotes=False)
    text = text.replace("'’", "’").replace("\u00ad", "").replace("\u00a0", " ").replace("\u200b", "")
    text = _TAG.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)


def _mark_contents(lines: list[Line]) -> list[Line]:
    marked = list(lines)
    run: list[int] = []
    for index in range(len(lines) + 1):
        is_entry = (
            index < len(lines)
            and lines[index].kind in {"text", "table_row"}
            and _CONTENTS_LINE.match(lines[index].text)
        )
        if is_entry:
            run.append(index)
            continue
        if len(run) >= MIN_CONTENTS_LINES:
            for entry in run:
                marked[entry] = replace(lines[entry], kind="contents")
        run = []
    return marked
