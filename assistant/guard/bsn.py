"""Citizen service numbers (BSN) by context: nine digits that pass the eleven-test and that no word calls other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.nl import bsn

NEAR_CHARS = 40

Span = tuple[int, int]
"""Start and end (excluded) in the text."""

_WORD = re.compile(
    r"\b(?:bsn|b\.s\.n|burgerservice ?(?:nummer|nr)|sofi(?:[ -]?(?:nummer|nr))?|citizen service number)", re.IGNORECASE
)
_NAMED = re.compile(
    rf"{_WORD.pattern}[\w-]*[\s:=/#.(-]*(?:(?:nr|nummer|number|is|was|van|of|mijn|onze|de|het|deze|my|our|the|this|"
    r"pati[eë]nte?|cli[eë]nte?|verzekerde|patient|client)\b[\s:=.(]*){0,5}(\d(?:[\s.,/_–-]{0,3}\d){7,9})(?!\d)",
    re.IGNORECASE,
)
_NINE = re.compile(
    r"(?<!\d)(?<!\d[.,/+-])(?:\d{9}|\d{4}(?P<a>[ .\u2013/_-])\d\d(?P=a)\d{3}|\d{3}(?P<b>[ .\u2013/_-])\d{3}(?P=b)\d{3}"
    r"|\d(?P<c>[ .\u2013/_-])(?:\d(?P=c)){7}\d)(?!\d|[.,]\d|B\d\d)"
)
_ODD_NINE = re.compile(r"(?<!\d)(?<!\d[.,/+-])\d(?:[\s.\u2013/_-]{0,2}\d){8}(?!\d|[.,/-]\d)")
_EIGHT = re.compile(r"(?<!\d)(?<!\d[.,/-])\d{8}(?!\d|[.,]\d)")
_PERSON = re.compile(
    r"\b(?:pati[eë]nte?|cli[eë]nte?|verzekerde|zorgvrager|kraamvrouw|bewoner|patient|client|insured|meneer|mevrouw|dhr|mevr|mw)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\b(?:agb|kvk|k\.v\.k|declaratie|polis|telefoon|tel|fax|mobiel|mob|factuur|nota|dossier|btw|rsin|fiscaal|"
    r"loonheffings?|big|vecozo|uzovi|vektis|contract|overeenkomst|aanvraag|referentie|kenmerk|zaak|ticket|order|artikel|"
    r"zi|prk|hpk|gpk|bel|belt|bellen|bereikbaar|whatsapp|phone|call|invoice|claim|case|reference|vat)"
    r"(?:[ -]?(?:nummers?|nr|codes?|numbers?|no|id))?\b\W*"
    r"(?:(?:is|van|of|op|via|ons|mij|me|us|on|at)\b\W*){0,3}|€\s*|\beuro?\s*|\+\d{1,3}\s*)$",
    re.IGNORECASE,
)


def find_bsn(text: str) -> Iterator[Span]:
    """Where citizen service numbers seem to stand.

    Nine digits that pass the eleven-test count unless a word before says that they are another number;
    eight digits (as AGB and KvK codes have), and nine in an odd grouping, only beside a word that says so.
    """
    for match in _NAMED.finditer(text):
        if is_bsn(match.group(1)):
            yield match.span(1)
    for match in _NINE.finditer(text):
        if is_bsn(match.group()) and not _OTHER.search(text[max(0, match.start() - NEAR_CHARS) : match.start()]):
            yield match.span()
    yield from _beside_a_word(text)


def find_named(text: str) -> Iterator[Span]:
    """Where a number is called a citizen service number, also when a digit of it is wrong."""
    for match in _NAMED.finditer(text):
        yield match.span(1)


def _beside_a_word(text: str) -> Iterator[Span]:
    for pattern, words in ((_EIGHT, (_WORD,)), (_ODD_NINE, (_WORD, _PERSON))):
        for match in pattern.finditer(text):
            start = max(0, match.start() - NEAR_CHARS)
            near = text[start : match.end() + NEAR_CHARS]
            named = any(word.search(near) for word in words)
            if named and is_bsn(match.group()) and not _OTHER.search(text[start : match.start()]):
                yield match.span()


def is_bsn(text: str) -> bool:
    """Whether the digits of `text` could be a citizen service number, written with or without its leading nought."""
    digits = re.sub(r"\D", "", text)
    return len(digits) in (8, 9) and bool(bsn.is_valid(digits.zfill(9)))
