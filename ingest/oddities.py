"""What an operator may want to look at: text that looks like optical faults, pages without text.

An address whose domain is one letter off from the domain that the document uses otherwise is
mended: a wrong mailbox would send a provider nowhere. Everything else is reported, not changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from ingest.blocks import Block
from ingest.source import SourceDocument
from knowledge.records import Oddity

_DOMAIN = re.compile(r"(?<=@)[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?<=www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_MIXED = re.compile(r"\b(?:[A-Z]*[0-9][A-Z]{2,}|[A-Z]+1[A-Z]+|20\d{2}[0-9])\b")
_RUN_ON = re.compile(r"^(?:De|Het|Een)([a-z]{5,})\b")
_MISREAD_LETTERS = re.compile(r"\b\w*(?:patiént|ciént|nciél|vioed|ri[ij]sico's)\w*", re.IGNORECASE)
LEAST_SHARE = 4
"""A domain is taken for a misreading when another, one letter off, stands this many times as often."""


def mend_addresses(blocks: Sequence[Block]) -> tuple[list[Block], list[Oddity]]:
    """`blocks` with misread domains mended after the document's own use."""
    counts = Counter(domain.lower() for block in blocks for domain in _DOMAIN.findall(block.text))
    readings = {
        domain: other
        for domain, count in counts.items()
        for other, more in counts.items()
        if domain != other and Levenshtein.distance(domain, other) == 1 and more >= LEAST_SHARE * count
    }
    mended, oddities = [], []
    for block in blocks:
        text = block.text
        for wrong, right in readings.items():
            if wrong in text.lower():
                text = re.sub(rf"(?<=[@.]){re.escape(wrong)}", right, text, flags=re.IGNORECASE)
                oddities.append(
                    Oddity(kind="repaired", text=f"address domain {wrong!r} read as {right!r}", page=block.page)
                )
        mended.append(replace(block, text=text))
    return mended, oddities


def find_oddities(document: SourceDocument, blocks: Sequence[Block]) -> Iterator[Oddity]:
    """Pages without text, and words that optical recognition seems to have misread."""
    for page in document.pages:
        if page.number is not None and not any(line.text.strip() for line in page.lines):
            yield Oddity(kind="page_without_text", text=f"page {page.number} holds no text", page=page.number)
    vocabulary = {word for block in blocks for word in re.findall(r"[a-z]{5,}", block.text)}
    for block in blocks:
        run_on = [match for match in _RUN_ON.finditer(block.text) if match.group(1) in vocabulary]
        for match in [*_MIXED.finditer(block.text), *run_on, *_MISREAD_LETTERS.finditer(block.text)]:
            yield Oddity(
                kind="optical_fault", text=f"{match.group()!r} in: {_around(block.text, match)}", page=block.page
            )


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 30) : match.end() + 30].strip()
