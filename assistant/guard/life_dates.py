"""Birth dates: a date that the words beside it call one, and not a border that a policy draws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.guard.bsn import Span

GENERIC_FROM = 2020
"""A birth in this year or later, of any child, is what a policy on maternity care speaks of."""
BEFORE_CHARS = 60

_MONTH = (
    r"(?:jan(?:uar[iy])?|feb(?:ruar[iy])?|m(?:aart|rt|arch|ar)|apr(?:il)?|me?i|may|june?|juni|jul[iy]?|aug(?:ust(?:us)?)?|"
    r"sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|['’]?\d\d)(?!\d)"
DATE = (
    rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{_YEAR}|\d{{1,2}} \d{{1,2}} (?:19|20)\d\d|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}|"
    rf"\d{{1,2}}(?:e|ste|de|st|nd|rd|th)?\s?[-\s]\s?(?:of\s+)?{_MONTH}[-\s,]*{_YEAR}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
)
"""A whole day, in figures or words."""
_CALLED_BIRTH = re.compile(
    rf"(?:\b(?:geb(?:\.|oren)?\s*dat(?:um)?\.?|geb\.?|geboortedatum|geboortedag|geboorte|gbd|d\.?o\.?b\.?|date of birth|"
    rf"birth ?date|birthday|verjaardag)(?!\w)|°)[\s:=(,]*"
    rf"(?:(?:is|was|op|on|te \w+,?|van (?:de |mijn |onze )?(?:pati[eë]nte?|cli[eë]nte?|verzekerde|haar|hem)|of (?:the |my )?(?:patient|client))"
    rf"[\s:=]*){{0,3}}(?P<date>{DATE}|\d{{8}})",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"\b(?:geboren|born|geboortig)\s+(?:(?:op|on|is|was|in|te|at|the|de|\w+),?\s+){{0,3}}?(?P<date>{DATE})"
    r"(?P<after>\s*(?:of|or)\s+(?:later|eerder|daarna|earlier|before|after)|\s*(?:t/m|tot en met|tot)\b)?",
    re.IGNORECASE,
)
_THEN_BORN = re.compile(
    rf"(?P<date>{DATE})\s*(?:is|was)?\s*\(?(?:geboren|born)\b(?P<after>\s+(?:kinderen|baby))?", re.IGNORECASE
)
_BORDER = re.compile(
    r"\b(?:na|voor|vóór|vanaf|sinds|tussen|tot|after|before|since|from|between|until|op of na|op of voor|uiterlijk)\s+$",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:kinderen|kindjes|baby'?s|pasgeborenen|verzekerden|pati[eë]nten|cli[eë]nten|personen|mensen|vrouwen|iedereen|wie|"
    r"children|babies|newborns|patients|clients|people|insured persons|women|anyone)\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:een|elk|ieder|elke|iedere|als|indien|a|an|any|every|if)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)


def find_birth_dates(text: str) -> Iterator[Span]:
    """Where birth dates stand."""
    for match in _CALLED_BIRTH.finditer(text):
        yield match.span("date")
    for pattern in (_BORN, _THEN_BORN):
        for match in pattern.finditer(text):
            if not match["after"] and not _is_any_birth(text, match):
                yield match.span("date")


def _is_any_birth(text: str, match: re.Match[str]) -> bool:
    """Whether it is a border between births, or any birth of these years."""
    before = text[max(0, match.start() - BEFORE_CHARS) : match.start()]
    if _BORDER.search(text[: match.start("date")]) or _ANYBODY.search(before):
        return True
    year = re.search(r"(?:19|20)\d\d", match["date"])
    is_recent = year is not None and int(year.group()) >= GENERIC_FROM
    return is_recent and _ANY.search(before) is not None
