"""Days: a day of the asker's against a last or first day, and a term counted from the day on which it begins."""

from __future__ import annotations

import datetime as dt
import re

from assistant.prose.days import ToldDay
from assistant.quoted.held import Held, Outcome, leaves_open
from assistant.quoted.told import Told, events_of, keys_of, shared
from knowledge.dates import find_dates
from knowledge.day_counts import add_months, add_term
from knowledge.dutch import fold
from knowledge.records import DateValue
from knowledge.terms import find_terms

FARTHEST_DAYS = 180
"""A day farther from the sentence's, where one of the two names no year, may be of another year."""
WORDS_FOR_ACT = 2
"""So many words must be shared where only one side tells what is done."""
MONTHS_OF_YEAR = 12

_BY_INSURER = frozenset({"offer", "publish", "price list", "talk"})
_LAST_DAY = re.compile(r"\b(?:uiterste|uiterlijk\w*|deadline|laatste dag|sluitingsdatum|last day|latest)\b")
_OPENING = re.compile(r"\b(?:vanaf|open\w*|start\w*|begin\w*|from|as of|earliest)\b")
_ANSWERING = re.compile(
    r"\b(?:react\w*|reag\w*|antwoord\w*|beantwoord\w*|terugkoppel\w*|repl\w+|respon[ds]\w*|answer\w*)\b"
)
_AFTER_CLAUSE = re.compile(r",\s+(?:nadat|na|after)\s+(?P<what>[^.;,]+)", re.IGNORECASE)
_ON_WHAT = re.compile(r"\b(?:op|over|naar|to|on)\s+(?P<what>[^.;,]+)", re.IGNORECASE)


def hold_day(sentence: str, told: Told) -> Held | None:
    """The asker's day against the one last (or first) day of a sentence that is about the same act."""
    if len(told.days) != 1:
        return None
    day = told.days[0]
    if day.value.kind != "exact" or day.value.bound in ("by", "before", "after"):
        return None
    limit = None if _is_of_insurer(sentence) else _limit(sentence, day.value.first.year)
    if limit is None or not _is_same_act(sentence, day, told):
        return None
    limit_date, has_year = limit
    given = _in_same_year(day.value, limit_date, has_year=has_year)
    if given is None:
        return None
    words = " ".join(day.value.text.split())
    if limit_date.bound == "from":
        met = given >= limit_date.first
        outcome: Outcome = "met" if met else "not_met"
        return Held("first day", outcome, limit_date.text, words, day=limit_date.first, has_year=has_year)
    last = limit_date.last - dt.timedelta(days=1) if limit_date.bound == "before" else limit_date.last
    outcome = "met" if given <= last else "not_met"
    return Held("day", outcome, limit_date.text, words, day=last, has_year=has_year, is_open=leaves_open(sentence))


def count_term(sentence: str, told: Told) -> Held | None:
    """The day to which a term of a sentence runs from a day that the asker tells for the event it is counted from."""
    terms = [term for term, _, _ in find_terms(sentence)]
    days = [day for day in told.days if day.value.kind == "exact" and day.value.bound in ("on", "from")]
    if len(terms) != 1 or len(days) != 1 or terms[0].direction == "before":
        return None
    term, day = terms[0], days[0]
    anchor = term.anchor or _after_what(sentence) or _answered(sentence)
    if not anchor or not _begins_on(anchor, told.sentence_at(day)):
        return None
    try:
        end = add_term(_begun(day, told), term.amount, term.unit).day
    except (OverflowError, ValueError):  # a day that no calendar has
        return None
    length = re.match(r"(?:binnen|within|na|after|uiterlijk|maximaal)?\s*(\S+\s+\S+)", term.text)
    given = " ".join(day.value.text.split())
    is_last = term.direction == "within"
    return Held("term", None, length[1] if length else term.text, given, day=end, is_last=is_last)


def _begun(day: ToldDay, told: Told) -> dt.date:
    """The day, of the year before where it is told as past and its year was concluded to be one to come."""
    first = day.value.first
    if day.value.assumed_year and first > told.today and told.is_behind(day):
        return add_months(first, -MONTHS_OF_YEAR).day
    return first


def _limit(sentence: str, year: int) -> tuple[DateValue, bool] | None:
    """The one exact day of a sentence, where it is a last or a first one, and whether its year is said."""
    said = [date for date, _, _ in find_dates(sentence)]
    found = [date for date, _, _ in find_dates(sentence, year=year)]
    if len(found) != 1 or found[0].kind != "exact":
        return None
    date, folded = found[0], fold(sentence)
    if date.bound == "on" and _LAST_DAY.search(folded):
        date = date.model_copy(update={"bound": "by"})
    if date.bound in ("by", "before") or (date.bound == "from" and _OPENING.search(folded)):
        return date, bool(said)
    return None


def _is_of_insurer(sentence: str) -> bool:
    """Whether a day is set for what the insurer does: who names a later one is not late for it."""
    events = events_of(sentence)
    return bool(events & _BY_INSURER) and not events - _BY_INSURER


def _in_same_year(day: DateValue, limit: DateValue, *, has_year: bool) -> dt.date | None:
    """The asker's day, in the year of the sentence where he says none; None where the years cannot be told."""
    first = day.first
    if day.assumed_year and has_year:
        try:
            first = first.replace(year=limit.first.year)
        except ValueError:  # 29 February
            return None
    if (day.assumed_year or not has_year) and abs((first - limit.first).days) > FARTHEST_DAYS:
        return None
    return first


def _is_same_act(sentence: str, day: ToldDay, told: Told) -> bool:
    """Whether what the asker does on a day is what the sentence sets the day for."""
    clause = told.clause_at(day)
    own, theirs = events_of(clause), events_of(sentence)
    if own and theirs:
        return bool(own & theirs)
    needed = WORDS_FOR_ACT if own or theirs else 1
    return len(shared(tuple(keys_of(sentence)), frozenset(keys_of(clause)))) >= needed


def _after_what(sentence: str) -> str:
    """What a term counts from where a comma stands between: 'binnen een maand, nadat de afspraken zijn gemaakt'."""
    found = _AFTER_CLAUSE.search(sentence)
    return found["what"] if found else ""


def _answered(sentence: str) -> str:
    """What is answered within a term: 'binnen 5 werkdagen een reactie op uw e-mail' counts from the e-mail."""
    if not _ANSWERING.search(fold(sentence)):
        return ""
    found = _ON_WHAT.search(sentence)
    return found["what"] if found else ""


def _begins_on(anchor: str, sentence: str) -> bool:
    """Whether the asker's sentence tells of the event that a term counts from."""
    own, theirs = events_of(sentence), events_of(anchor)
    if theirs:
        return bool(own & theirs)
    return bool(shared(tuple(keys_of(anchor)), frozenset(keys_of(sentence))))
