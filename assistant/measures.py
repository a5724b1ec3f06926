"""Which measure is asked for, a share, money or a length of time, and whether a text of a policy holds such a one.

Who asks how many days is not helped by a sentence that names none, however near it comes.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.question import asks_share
from assistant.units import holds_day
from knowledge.dutch import fold

Measure = Literal["share", "money", "time"]

_ASKS_MONEY = re.compile(
    r"\b(?:welk\w* (?:\w+ )?\w*bedrag|hoeveel (?:euro|geld)|hoe (?:hoog|groot) (?:is|zijn|was|wordt|worden) "
    r"(?:het|de|dat|die|ons|onze|mijn) (?:\w+ )?\w*(?:bedrag|bedragen|tarief|tarieven|prijs|prijzen|budget)|"
    r"how much money|how many euros?|(?:what|which) (?:\w+ )?amount)\b"
)
_HOW_LONG = re.compile(
    r"\b(?:hoe ?lang(?:e tijd)?|(?:welke|wat voor(?: een)?|wat is (?:de|onze|jullie)) looptijd|"
    r"hoeveel (?:\w+ )?(?:tijd|\w*(?:dagen|weken|maanden|jaar|jaren|uur|uren|minuten))|how long|"
    r"how many (?:\w+ )?(?:days|weeks|months|years|hours|minutes)|(?:what|which) (?:duration|term)|"
    r"what is (?:the|its|our) (?:duration|term))\b(?! (?:\w+ ){0,2}(?:geleden|ago)\b)"
)
_LENGTH = re.compile(
    r"\b(?:\w*jarige?|jaar|jaren|maand|maanden|week|weken|\w*dag|\w*dagen|uur|uren|minuten|\w*termijn\w*|looptijd|"
    r"einddatum|begindatum|duur|duren|duurt|onbeperkt|onbepaald\w*|doorlopend\w*|loopt door|(?<!hoe )lang|langer)\b"
)
"""How the length of something is told, in figures or in words."""
_HOLDS: dict[Measure, re.Pattern[str]] = {
    "share": re.compile(r"%|\bprocent\w*|\b(?:helft|kwart|\w*derde|alle|alles|geen|niets|volledig\w*)\b"),
    "money": re.compile(r"€|\beuro\w*|%|\bprocent\w*"),
    "time": re.compile(
        r"\b\w*(?:dag|dagen|week|weken|weekend|maand|maanden|kwartaal|kwartalen|jaar|jaren|uur|uren|minuut|minuten)\b"
        r"|\b(?:\w*jarig\w*|dagelijks\w*|wekelijks\w*|maandelijks\w*|jaarlijks\w*|zolang|zo lang|looptijd|termijn|"
        r"onbepaalde|onbeperkt|blijvend|direct|meteen|onmiddellijk|20\d\d)\b"
    ),
}


def asked_measures(question: str) -> frozenset[Measure]:
    """The measures that a question asks for; none where it asks for anything else, or for a plain number."""
    folded = fold(question)
    asked: dict[Measure, bool] = {
        "share": asks_share(question),
        "money": _ASKS_MONEY.search(folded) is not None,
        "time": asks_how_long(question),
    }
    return frozenset(measure for measure, is_asked in asked.items() if is_asked)


def holds_measure(text: str, measure: Measure) -> bool:
    """Whether a text holds a measure of this kind; a length of time may be told by a day."""
    return _HOLDS[measure].search(fold(text)) is not None or (measure == "time" and holds_day(text))


def asks_how_long(part: str) -> bool:
    """Whether it is asked how long something takes or holds."""
    return _HOW_LONG.search(fold(part)) is not None


def tells_length(text: str) -> bool:
    """Whether a text tells how long anything takes or holds, or speaks of how long it does."""
    return _LENGTH.search(fold(text)) is not None
