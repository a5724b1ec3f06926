"""Whether one works in the whole country: told by the parts of it where one works, where these are said to be all.

'Wij bezorgen alleen in Drenthe', 'niet in Zeeland' and 'in Twente, verder nergens' tell that one does not; where one
is ('wij zitten in Zwolle') or a place that is named without more ('wij leveren ook in Zeeland') tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from assistant.prose.tokens import holds_any
from knowledge.date_words import FULL_WEEKDAYS

REACH_STRENGTH = 2
"""A place that is left out goes before 'landelijk' read alone."""
PLACE_WORDS = 4
"""How many words may stand between 'in' and a place: 'in de vier westelijke provincies'."""
LIST_WORDS = 10
"""How far behind 'in' the last place of a list may stand."""
CLOSING_WORDS = 6
"""A longer piece behind a list of places says more than that it is all."""
_NATIONWIDE = re.compile(r"landelijke? (?:levering|bezorging|dekking|bereik|werkend|actief)\b")
_PLACES = frozenset(
    """
    groningen friesland fryslan drenthe overijssel flevoland gelderland utrecht holland zeeland brabant limburg
    vlaanderen twente achterhoek salland veluwe betuwe randstad rijnmond haaglanden kempen peel wadden waddeneilanden
    eilanden texel schouwen walcheren gooi veenkolonien noordoostpolder westland bollenstreek drechtsteden
    amsterdam rotterdam haag eindhoven tilburg breda nijmegen arnhem enschede zwolle maastricht leeuwarden assen almere
    haarlem leiden gouda dordrecht amersfoort apeldoorn deventer hengelo heerlen venlo roermond middelburg vlissingen
    terneuzen goes alkmaar hoorn delft zoetermeer hilversum lelystad emmen helmond oss bosch
    noorden zuiden oosten westen noordoosten noordwesten zuidoosten zuidwesten
    north south east west
    """.split()
)
"""The provinces, regions and larger cities of the country, and its quarters."""
_PARTS = ("provincie", "provincies", "regio", "regio's", "streek", "gemeente", "gemeenten", "gemeentes", "province",
          "provinces", "region", "regions", "county", "city", "cities", "town", "towns", "stad", "steden")  # fmt: skip
_EACH = frozenset("alle elke iedere twaalf 12 all every each twelve".split())
"""In front of the parts these leave none out."""
_WORKING = frozenset(
    """
    lever levert leveren geleverd bezorg bezorgt bezorgen bezorgd werk werkt werken gewerkt werkzaam actief coach coacht
    coachen begeleid begeleidt begeleiden behandel behandelt behandelen help helpt helpen bedien bedient bedienen
    verstuur verstuurt versturen rijd rijdt rijden opereer opereert opereren bestrijk bestrijkt bestrijken
    deliver delivers delivering ship ships work works working treat treats serve serves serving operate operates
    operating active cover covers
    """.split()
)
"""What one does in a place; where one only is tells nothing."""
_IN = frozenset("in rond rondom binnen om op around within across throughout".split())
_ONLY = frozenset("alleen enkel slechts uitsluitend only solely exclusively".split())
_CLOSING = fw.runs(
    """
    alleen daar, daar alleen, enkel daar, uitsluitend daar, alleen hier, verder niet, verder nog niet, verder nergens,
    nergens anders, elders niet, elders nog niet, daarbuiten niet, daarbuiten nog niet, niet daarbuiten,
    verder dan dat, nowhere else, only there, not elsewhere, not beyond, not anywhere else, not yet elsewhere
    """
)
"""Beside places these tell that there are no more."""
_OF_MANNER = frozenset(
    "gratis zelf weekend weekends avonds persoonlijk fysiek free ourselves evenings later langer sneller".split()
) | frozenset(FULL_WEEKDAYS)
"""In a clause with these, 'alleen in' may tell how or when it is done there, not where it is done at all."""


def read_reach(reading: Reading) -> Iterator[Candidate]:
    """That one does not work in the whole country."""
    specs = [spec for spec in reading.specs if spec.kind == "yes_no" and _NATIONWIDE.search(spec.label.nl)]
    if not specs:
        return
    for number, clause in enumerate(reading.clauses):
        found = _left_out(reading, number, clause)
        if found is not None and clause.owner == "asker" and _is_told(reading, number, *found):
            for spec in specs:
                yield Candidate(spec.name, False, *reading.span(*found), strength=REACH_STRENGTH)


def _is_told(reading: Reading, number: int, first: int, last: int) -> bool:
    return stance(reading.tokens, reading.clauses, number, first, last, outright=True) != "none"


def _left_out(reading: Reading, number: int, clause: Clause) -> tuple[int, int] | None:
    """The words of a clause that tell of places where one does, or does not, work, where the others are left out."""
    if clause.is_item or clause.mood == "question":
        return None
    last = _end_of_list(reading, number)
    words = reading.words(clause.first, last)
    works = any(word in _WORKING for word in words)
    if not works and not (words[0] in fw.CONTRASTS | _ONLY and _worked_before(reading, number)):
        return None
    denied = any(word in dw.NOT or word in dw.CONTRACTED_NOT for word in words)
    for at, word in enumerate(words):
        if word not in _IN | dw.OUTSIDE or (place := _place_behind(words, at)) < 0:
            continue
        span = (clause.first + max(0, at - 2), clause.first + place + 1)
        if word in dw.OUTSIDE:
            if denied and works:
                return span
            continue
        if words[max(0, at - 1) : at] and words[at - 1] in dw.NOT | fw.LEAVING_OUT:
            return span
        if at == 0 and words[-1] in dw.NOT and works:
            return span  # 'in Zeeland leveren wij niet'
        if works and (_is_exclusive(words, denied=denied) or _is_closed(reading, number, last, words[place + 1 :])):
            return span
    return None


def _worked_before(reading: Reading, number: int) -> bool:
    """Whether the clause before, of the same sentence, tells what one does: 'wij leveren overal, alleen niet in X'."""
    before = reading.clauses[number - 1] if number else None
    if before is None or before.sentence != reading.clauses[number].sentence or before.owner != "asker":
        return False
    return any(word in _WORKING for word in reading.words(before.first, before.last))


def _is_exclusive(words: Sequence[str], *, denied: bool) -> bool:
    """Whether 'alleen' in a clause makes its places the only ones."""
    only = any(word in _ONLY and words[at - 1 : at] not in (["niet"], ["not"]) for at, word in enumerate(words))
    return only and not denied and not any(word in _OF_MANNER for word in words)


def _end_of_list(reading: Reading, number: int) -> int:
    """Where a list of places that begins in a clause ends: 'in Drenthe, Friesland en Groningen'."""
    while number + 1 < len(reading.clauses) and reading.clauses[number + 1].is_item:
        number += 1
        words = reading.words(reading.clauses[number].first, reading.clauses[number].last)
        if holds_any(words, _CLOSING) or not any(word in _PLACES for word in words):
            return reading.clauses[number].first
    return reading.clauses[number].last


def _is_closed(reading: Reading, number: int, last: int, behind: Sequence[str]) -> bool:
    """Whether the words behind a list of places, or the piece behind them, tell that there are no more."""
    if holds_any(behind, _CLOSING):
        return True
    sentence = reading.clauses[number].sentence
    beside = next((clause for clause in reading.clauses if clause.first == last), None)
    if beside is None or beside.sentence != sentence or beside.last - beside.first > CLOSING_WORDS:
        return False
    return holds_any(reading.words(beside.first, beside.last), _CLOSING)


def _place_behind(words: Sequence[str], at: int) -> int:
    """Where the last place of a list behind the 'in' at `at` stands; -1 where that is of no part of the country."""
    found = -1
    for place in range(at + 1, min(len(words), at + 1 + LIST_WORDS)):
        if place - max(found, at) > PLACE_WORDS + 1 or words[place] in _WORKING:
            break
        if words[place] in _EACH:
            return -1
        if words[place] in _PLACES or words[place] in _PARTS:
            found = place
    return found
