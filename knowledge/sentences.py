"""Dutch text to sentences, by offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.records import Span

_ABBREVIATIONS = frozenset(
    """bv bijv o.a t.a.v i.p.v e.v jl nr art dhr mevr m.b.t d.w.z etc e.d t.o.v incl excl ca max min resp vs evt
    tel zgn t.b.v n.a.v i.v.m m.u.v a.s""".split()
)
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[A-Z\"'“‘(0-9À-Þ])|\n+")


def split_sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of `text[start:end]` in order, without the white space between them; a line break ends one."""
    first = start
    for match in _END.finditer(text, start, end):
        last_word = re.search(r"([\w.]+)\.$", text[first : match.start() + 1].strip())
        if last_word and "\n" not in match.group() and last_word.group(1).lower() in _ABBREVIATIONS:
            continue
        yield from _trimmed(text, first, match.start() + len(match.group()) - len(match.group().lstrip("\"'”’)")))
        first = match.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        yield Span(start=start + len(piece) - len(piece.lstrip()), end=start + len(piece.rstrip()))
