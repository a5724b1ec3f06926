"""When two wordings are the same, and how alike they are where they are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from rapidfuzz.distance import Indel

from knowledge.addresses import ADDRESS
from knowledge.dates import find_dates
from knowledge.dutch import fold

_SIGNS = (("-", "‐‑‒–—−"), ("'", "‘’‚`´"), ('"', "“”„"))
_PLAIN = {ord(sign): plain for plain, signs in _SIGNS for sign in signs}
_WORD = re.compile(r"\w+")
LONGEST_DATE_DAYS = 120
"""A longer stretch ("in 2026") is a year, no date."""


def plain(text: str) -> str:
    """A text as it is compared: white space, dashes and quotes in one form; case and every word count."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_PLAIN).split())


def is_reworded(old: str, new: str) -> bool:
    """Whether two plain texts differ in more than white space and signs, such as a full stop that came or went."""
    return _words(old) != _words(new)


def likeness(old: str, new: str) -> float:
    """How much of two texts is the same words in the same order, from 0 to 1."""
    return float(Indel.normalized_similarity(_words(old), _words(new)))


def with_year(text: str, year: int, other: int) -> str:
    """`text` with the bare year replaced by another; the years of dates and addresses stay."""
    if str(year) not in text or year == other:
        return text
    taken = [match.span() for match in ADDRESS.finditer(text)]
    dates = ((date.last - date.first, start, end) for date, start, end in find_dates(text))
    taken += [(start, end) for length, start, end in dates if length.days < LONGEST_DATE_DAYS]

    def replaced(match: re.Match[str]) -> str:
        inside = any(start <= match.start() < end for start, end in taken)
        return match.group() if inside else str(other)

    return re.sub(rf"(?<!\d){year}(?!\d)", replaced, text)


def same_but_year(old: str, new: str, years: tuple[int, int]) -> bool:
    """Whether two plain texts differ at most in the policy's own year: `years` are the old and the new one."""
    return old == new or with_year(old, *years) == new


def shared_key(text: str, other_texts: Collection[str], years: tuple[int, int]) -> str:
    """The key by which a plain text finds its twin among `other_texts`: itself, or itself in the other year."""
    return text if text in other_texts else with_year(text, *years)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))
