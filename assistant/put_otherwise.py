"""What a turn puts otherwise: 'en als dat 310.000 wordt?', 'sorry, 55', 'en een week later?', 'dan de 15e'.

Such a figure has neither name nor unit, and such a day is told from another one: what it is of is known from the
rule whose outcome was the answer before. It takes the place of the one amount, or the one day, told for that rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.facts import AskerFact, AskerFacts
from assistant.turn_form import own_words
from knowledge.day_counts import add_term
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import find_quantities

_SHIFT = re.compile(
    r"\b(?P<count>\d{1,3}|[a-z]+) (?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?|days?|weeks?|months?) "
    r"(?P<way>later|eerder|earlier)\b"
)
_ORDINAL = re.compile(r"\b(?:de|the) (?P<day>[1-9]|[12]\d|3[01])(?:e|de|ste|st|nd|rd|th)\b")
"""A day of a month that was named before: 'het wordt de 15e'."""
_MOVING = re.compile(
    r"\b(?:wordt|worden|werd|word|niet|toch|eerder|later|uitgesteld|verzet|verschoven|opgeschoven|verplaatst|schuift|"
    r"becomes|become|moved|instead|not|won't|can't|postponed|rather|rescheduled)\b"
)
"""Words with which a day is put off to another one."""
MOST_MOVED = 999
"""The most days, weeks or months that a day is moved by: beyond them the calendar may end."""
_UNITS = {"d": "day", "w": "week", "m": "month"}
"""By the letter with which they begin in both languages."""
_ONE = frozenset({"een", "a", "one"})
_GROWS = re.compile(r"(?:groei|krimp|stijg|daal|dale|zak|opschal|grow|shrink|rise|drop)\w*")
"""What an amount does, which is no thing that is counted: 'en als we naar 90 groeien?'."""
_BARE = frozenset({"number", "count"})


def put_otherwise(own: AskerFacts, now: AskerFacts, text: str) -> AskerFacts:
    """`own`, the facts that a rule reads, with what `text` puts otherwise; `now`: what was read in it by name."""
    told = [fact for fact in own if fact.certainty == "said" and fact.name not in now.known()]
    found = [*_amount(told, now, text), *_day(told, text)]
    names = {fact.name for fact in found}
    return AskerFacts((*(fact for fact in own if fact.name not in names), *found)) if found else own


def moved_in(own: AskerFacts, text: str) -> AskerFacts:
    """`own`, with a day of `text` that is another one of its month behind it: 'we redden 1 oktober niet, het wordt de
    15e'."""
    days = [fact for fact in own if isinstance(fact.value, dt.date) and text[fact.start : fact.end] == fact.words]
    if len(days) != 1:
        return own
    behind = days[0].end
    if _MOVING.search(fold(text)) is None:
        return own
    moved = _day_of_same_month(text[behind:], days[0].value)  # type: ignore[arg-type]  # a day, see above
    if moved is None:
        return own
    value, start, end = (moved[0], moved[1] + behind, moved[2] + behind)
    day = AskerFact(days[0].name, value, text[start:end], start, end, reason="put otherwise")
    return AskerFacts((*(fact for fact in own if fact is not days[0]), day))


def _amount(told: Sequence[AskerFact], now: AskerFacts, text: str) -> Iterator[AskerFact]:
    """The one bare figure of the text, where one amount was told; that amount itself may be named once more: 'die 80
    was met kantoor erbij, het zijn er 60'."""
    amounts = [fact for fact in told if isinstance(fact.value, Decimal)]
    read = [fact for fact in now if fact.certainty == "said"]
    bare = [
        figure
        for figure in find_quantities(text)
        if figure.unit in _BARE and not figure.in_range
        if not own_words(figure.noun) or _GROWS.fullmatch(fold(figure.noun))
        if not any(fact.start < figure.end and figure.start < fact.end for fact in read)
    ]
    if len(amounts) != 1:
        return
    bare = [figure for figure in bare if figure.value != amounts[0].value] or bare
    if len(bare) == 1:
        yield AskerFact(
            amounts[0].name, bare[0].value, bare[0].text, bare[0].start, bare[0].end, reason="put otherwise",
            bound=bare[0].bound, approximate=bare[0].approximate,
        )  # fmt: skip


def _day(told: Sequence[AskerFact], text: str) -> Iterator[AskerFact]:
    """The day that lies so much later or earlier than the one told, or is another one of its month."""
    days = [(fact.name, fact.value) for fact in told if isinstance(fact.value, dt.date)]
    if len(days) != 1:
        return
    name, day = days[0]
    moved = _shifted(text, day) or _day_of_same_month(text, day)
    if moved is not None:
        value, start, end = moved
        yield AskerFact(name, value, text[start:end], start, end, reason="put otherwise")


def _shifted(text: str, day: dt.date) -> tuple[dt.date, int, int] | None:
    found = list(_SHIFT.finditer(fold(text)))
    if len(found) != 1:
        return None
    match = found[0]
    count = 1 if match["count"] in _ONE else _number(match["count"])
    if count is None:
        return None
    count = count if match["way"] == "later" else -count
    return add_term(day, count, _UNITS[match["unit"][:1]]).day, match.start(), match.end()


def _number(word: str) -> int | None:
    value = Decimal(word) if word.isdigit() else NUMBER_WORDS.get(word)
    return int(value) if value is not None and value == int(value) and value <= MOST_MOVED else None


def _day_of_same_month(text: str, day: dt.date) -> tuple[dt.date, int, int] | None:
    found = list(_ORDINAL.finditer(fold(text)))
    if len(found) != 1:
        return None
    try:
        return day.replace(day=int(found[0]["day"])), found[0].start(), found[0].end()
    except ValueError:  # the month has no such day
        return None
