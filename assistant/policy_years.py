"""Which years a text says of a policy or contract, as against years of dates and of what came before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dates import MONTHS
from knowledge.records import Span
from knowledge.sentences import split_sentences

_YEAR = r"(20[2-3]\d)"
_POLICY_YEAR = re.compile(
    rf"\b(?:\w*beleid|\w*contract\w*|\w*overeenkomst\w*|voorwaarden|tarie\w+|inkoop\w*|policy|contracts?|agreements?|voor|van|for)\s+(?:(?:het )?jaar\s+|year\s+)?{_YEAR}\b"
    rf"|\b\w*(?:beleid|tekendatum|voorwaarden|deadline|policy)\b[^.?!]{{0,30}}\b(?:in|uit)\s+{_YEAR}\b"
    rf"|\b{_YEAR}[- ]?(?:\w*beleid|\w*contract\w*|\w*overeenkomst\w*|policy)\b|\b{_YEAR}\s*\?*$",
    re.IGNORECASE,
)
_SPEAKS_OF_POLICY = re.compile(
    r"beleid|contract|overeenkomst|voorwaard|tarie|inkoop|aanbod|aanbieding|offerte|aanvra|aangevraagd|vra\w+ (?:\w+ ){0,4}aan\b|aanmeld|teken|"
    r"ingekocht|inkopen|polic|agreement|offer|appl[yi]|sign",
    re.IGNORECASE,
)
_PART = re.compile(r"[^;]+")
_COMPARED_YEAR = re.compile(
    rf"\b(?:ten opzichte van|t\.?o\.?v\.?|vergeleken met|sinds|anders dan|dan in|compared (?:to|with)|since)\s+(?:\w+\s+){{0,4}}{_YEAR}",
    re.IGNORECASE,
)
_DOCUMENT_YEAR = re.compile(
    r"\b(?:\w*standpunt|\w*visie|\w*richtlijn|\w*norm|\w*kwaliteitsstandaard|zorgstandaard|\w*handreiking|handleiding|\w*rapport|\w*onderzoek|\w*studie|"
    r"\w*akkoord|\w*advies|besluit|oordeel|koers|agenda|leidraad|\w*protocol|convenant|position|vision|guideline|standard|report|study|"
    rf"research|accord|advice)s?\s+(?:(?!\w*(?:beleid|contract|overeenkomst|polic|agreement))[\w'-]+\s+){{0,5}}(?<!voor )(?<!for ){_YEAR}\b",
    re.IGNORECASE,
)
"""The year of a paper that a policy speaks of: 'het standpunt van 2023', 'de visie kraamzorg 2030'."""
_DATED_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)})\.?\s+{_YEAR}|\d[-/.]{_YEAR}\b", re.IGNORECASE)
_BARE_YEAR = re.compile(rf"\b{_YEAR}\b")


def policy_years(text: str) -> list[int]:
    """Years said of a policy or contract; years of a date, of a paper or of an older policy compared with do not
    count.

    Nor do those of what an asker tells by the way before or after his question: 'voor 2029 hebben wij een plan'.
    """
    plain = _without_other_years(text)
    asides = list(_asides(plain))
    found = (m for m in _POLICY_YEAR.finditer(plain) if not any(a.start <= m.start() < a.end for a in asides))
    return list(dict.fromkeys(int(next(group for group in match.groups() if group)) for match in found))


def _asides(text: str) -> Iterator[Span]:
    """The parts of a text with a question that neither ask nor speak of a policy or contract."""
    sentences = list(split_sentences(text, 0, len(text)))
    if any(text[: span.end].endswith("?") for span in sentences):
        for span in sentences:
            parts = [] if text[: span.end].endswith("?") else _PART.finditer(text, span.start, span.end)
            yield from (Span(start=p.start(), end=p.end()) for p in parts if not _SPEAKS_OF_POLICY.search(p.group()))


def _without_other_years(text: str) -> str:
    """`text` with the years of dates, of papers, and of older policies compared with, blanked out; places stay the same."""
    for pattern in (_COMPARED_YEAR, _DOCUMENT_YEAR, _DATED_YEAR):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def bare_years(text: str) -> Iterator[re.Match[str]]:
    """The years of `text`, in order, that belong to no date and no older policy; places count in `text`."""
    return _BARE_YEAR.finditer(_without_other_years(text))
