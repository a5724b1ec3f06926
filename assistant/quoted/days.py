"""Days: a day of the asker's against a last or first day, and a term counted from the day on which it begins."""

from __future__ import annotations

import datetime as dt
import re

from assistant.planning import acts_of
from assistant.prose.days import ToldDay
from assistant.question import asks_in_time
from assistant.quoted.anchors import day_of
from assistant.quoted.first_days import asks_begin, tells_begin
from assistant.quoted.held import Held, Outcome, leaves_open
from assistant.quoted.term_rules import TermRule, term_rules
from assistant.quoted.told import Told, events_of, keys_of, shared
from assistant.turn import Language
from knowledge.dates import find_dates
from knowledge.day_counts import add_months, add_term, first_of_next_month
from knowledge.dutch import fold
from knowledge.records import DateValue

FARTHEST_DAYS = 180
"""A day farther from the sentence's, where one of the two names no year, may be of another year."""
WORDS_FOR_ACT = 2
"""So many words must be shared where only one side tells what is done."""
MONTHS_OF_YEAR = 12
LEAST_YEAR_DAYS = 360
"""A stretch this long is a year of a contract and no day of the asker's."""

_TODAY: dict[Language, str] = {"nl": "vandaag", "en": "today"}
_BY_INSURER = frozenset({"offer", "publish", "price list", "talk"})
_LAST_DAY = re.compile(r"\b(?:uiterste|uiterlijk\w*|deadline|laatste dag|sluitingsdatum|last day|latest)\b")
_OPENING = re.compile(r"\b(?:vanaf|open\w*|start\w*|begin\w*|from|as of|earliest)\b")
_ANSWERING = re.compile(
    r"\b(?:react\w*|reag\w*|antwoord\w*|beantwoord\w*|terugkoppel\w*|repl\w+|respon[ds]\w*|answer\w*)\b"
)
_DECIDING = re.compile(r"\b(?:beslis\w*|besluit|besluiten|decid\w+)\b")
_HEARING = re.compile(
    r"\b(?:hoor|horen|hoort|bericht\w*|antwoord\w*|reacti\w*|reageren|beslis\w*|besluit\w*|uitsluitsel|weten|weet|"
    r"duidelijkheid|uitslag|uitkomst|bescheid|jullie|akkoord|goedkeuring|toestemming|"
    r"hear|decision|decide|answer|reply|response|know|outcome|result|approval)\b"
)
_AFTER_CLAUSE = re.compile(r",\s+(?:nadat|na|after)\s+(?P<what>[^.;,]+)", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:daarop|hierop|daarna|hierna|vervolgens)\s+(?:binnen|uiterlijk)\b", re.IGNORECASE)
_ON_WHAT = re.compile(r"\b(?:op|over|naar|to|on)\s+(?P<what>[^.;,]+)", re.IGNORECASE)


def hold_day(sentence: str, told: Told) -> Held | None:
    """The asker's day against the one last (or first) day of a sentence that is about the same act."""
    own = _own_day(told)
    if own is None or own[0].kind != "exact" or own[0].bound in ("by", "before", "after"):
        return None
    day, clause = own
    limit = None if _is_of_insurer(sentence) else _limit(sentence, day.first.year)
    if limit is None or not _is_same_act(sentence, clause):
        return None
    limit_date, has_year = limit
    given = _in_same_year(day, limit_date, has_year=has_year)
    if given is None:
        return None
    words = " ".join(day.text.split())
    if limit_date.bound == "from":
        met = given >= limit_date.first
        outcome: Outcome = "met" if met else "not_met"
        return Held("first day", outcome, limit_date.text, words, day=limit_date.first, has_year=has_year)
    last = limit_date.last - dt.timedelta(days=1) if limit_date.bound == "before" else limit_date.last
    outcome = "met" if given <= last else "not_met"
    return Held("day", outcome, limit_date.text, words, day=last, has_year=has_year, is_open=leaves_open(sentence))


def _own_day(told: Told) -> tuple[DateValue, str] | None:
    """The one day that the asker tells and its clause; today where he tells none and asks whether it still can be."""
    days = [day for day in told.days if (day.value.last - day.value.first).days < LEAST_YEAR_DAYS]
    if len(days) == 1:
        return days[0].value, told.clause_at(days[0])
    if days or not asks_in_time(told.asking):
        return None
    today = DateValue(kind="exact", first=told.today, last=told.today, text=_TODAY[told.language])
    return today, told.text


def count_term(sentence: str, told: Told) -> Held | None:
    """The day to which a term of a sentence runs from a day that the asker tells for the event it is counted from."""
    rules = term_rules(sentence)
    counted = [held for rule in rules if (held := _counted(rule, sentence, told, is_only=len(rules) == 1)) is not None]
    return counted[0] if len({held.day for held in counted}) == 1 else None


def _counted(rule: TermRule, sentence: str, told: Told, *, is_only: bool) -> Held | None:
    anchor = rule.anchor or (_anchor_elsewhere(sentence) if is_only else "")
    day = day_of(anchor, told, is_back=rule.amount < 0)
    if day is None or not _is_asked_for(sentence.replace(anchor, " "), told):
        return None
    since = _begun(day, told)
    try:
        end = add_term(since, rule.amount, rule.unit).day
        end = first_of_next_month(end).day - dt.timedelta(days=1) if rule.to_month_end else end
    except (OverflowError, ValueError):  # a day that no calendar has
        return None
    return Held(
        "term", None, rule.words, "", day=end, is_last=rule.is_last, since=since, is_back=rule.amount < 0,
        to_month_end=rule.to_month_end,
    )  # fmt: skip


def _begun(day: ToldDay, told: Told) -> dt.date:
    """The day, of the year before where it is told as past and its year was concluded to be one to come."""
    first = day.value.first
    if day.value.assumed_year and first > told.today and told.is_behind(day):
        return add_months(first, -MONTHS_OF_YEAR).day
    return first


def _anchor_elsewhere(sentence: str) -> str:
    """What a term without an anchor of its own counts from, where its sentence tells it elsewhere."""
    return _after_what(sentence) or _answered(sentence) or _pointed_back(sentence)


def _is_asked_for(sentence: str, told: Told) -> bool:
    """Whether a term is of what is asked: not of the insurer's decision where the first day is, nor of another act."""
    if asks_begin(told.asking) and not tells_begin(sentence):
        return False
    if _DECIDING.search(fold(sentence)) and not _HEARING.search(fold(told.asking)):
        return False
    asked, theirs = acts_of(told.asking), acts_of(sentence)
    if "sign" in asked:
        asked |= {"offer"}  # what is offered is signed
    return not (asked and theirs) or bool(asked & theirs)


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


def _is_same_act(sentence: str, clause: str) -> bool:
    """Whether what the asker does on a day, as his clause tells, is what the sentence sets the day for."""
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


def _pointed_back(sentence: str) -> str:
    """What the sentence itself told before: 'U ontvangt een uitkomst en kunt daarop binnen ... reageren'."""
    found = _POINTS_BACK.search(sentence)
    return sentence[: found.start()] if found else ""
