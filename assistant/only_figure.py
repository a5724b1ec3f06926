"""The one day or figure of a question: a rule that reads one takes it, where nothing else lays claim to it.

Askers tell days and figures in more ways than anyone can list ('13 oktober stond hij klaar', 'drie ton
doen we bij jullie'). A question that holds one day, one amount of money or one share, and a rule that
needs one, belong together; what was read as something else, what the policy says and what is only
asked about is left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.counted_back import wished_day
from assistant.facts import AskerFact, AskerFacts
from assistant.prose import function_words as fw
from assistant.prose.day_words import AWAY, BACK
from assistant.prose.days import OwnDay, own_days, spoken_days
from assistant.prose.tokens import read_tokens
from assistant.question import asks_in_time
from assistant.turn_form import is_case, own_words, without_opening
from knowledge.date_words import MONTHS
from knowledge.dutch import fold
from knowledge.quantities import Quantity, find_quantities, find_shares
from knowledge.records import DateValue, Span
from knowledge.rules.card import ChoiceRule, DeadlineRule, FactSpec, FactValue, Rule, StartRule, TermRule
from knowledge.rules.inputs import OTHER_DAY, event_of, facts_of
from knowledge.rules.proven import ProvenRule
from knowledge.rules.start import WISHED
from knowledge.sentences import split_sentences

_ASKED_ABOUT = frozenset({"by", "before"})
"""'uiterlijk 1 november', 'vóór 1 mei': what the policy says, not what the asker does."""
_ARRIVING = frozenset({"offer_date", "received_date"})
"""A contract is offered where it is received, in VECOZO: the day of the one is that of the other."""
_AGREEING = "signed_date"
"""'Akkoord' is said of signing, and of much else that one agrees on."""
_SENDING = "mailed_date"
"""A day of mailing is also the day of what is mailed, an application for one."""
_APPLYING = "application_date"
_OF_A_MONTH = frozenset({_APPLYING, WISHED})
"""Days of which the month is enough: a contract begins with one."""
_DAYS_OF_A_YEAR = 360
ONLY_MONTH = "the only month"
"""Why a day is the first one of what was told."""
_APPLIED = re.compile(r"\b\w*(?:aanvra\w+|aangevraagd|aanmeld\w*|aangemeld|formulier\w*|appl(?:y|ied|ication\w*))\b")
"""Without these words a day of handing in is the day of whatever had to be handed in."""
_FIGURES = frozenset({"eur", "percent", "fte"})
"""Units in which a figure says by itself what it is."""
_OF_THE_POLICY = re.compile(
    r"\b(?:grens\w*|eis\w*|eisen|minimum\w*|norm\w*|drempel\w*|vereist\w*|verplicht\w*|limiet\w*|plafond\w*|moet\w*|"
    r"minimaal|maximaal|limit\w*|threshold\w*|requir\w*|must)\b"
)
_COMPARES = re.compile(
    r"\b(?:verschil\w*|uitmaakt|uitmaken|(?:maakt|maak|uit) .{0,60}\buit|scheelt|schelen|"
    r"in plaats van|ipv|i\.p\.v|of (?:pas|beter)|"
    r"wat (?:betekent|doet|doe|heeft) (?:dat|dit|het)|(?:of|or) (?:morgen|vandaag|overmorgen|tomorrow|today|wait|only)|"
    r"beter (?:wachten|nu)|wachten tot|nog (?:snel|net) (?:vandaag|nu)|"
    r"difference|matters?|instead of|rather than|better to)\b"
)
"""How one asks what it matters to apply on the one day or on the other."""
_COMING_MONTH = re.compile(r"\b(?:deze|komende|volgende|this|coming|next) (?:maand|month)\b")
NAMING_LETTERS = 5
"""A shorter word of a name says nothing of what it names."""
_NAME_NOTHING = frozenset(
    """
    contract overeenkomst zorgovereenkomst agreement verzekeraar zorgverzekeraar insurer jullie vecozo portaal
    zorginkoopportaal portal onder gewoon
    """.split()
)
"""Words that stand in the names of facts of all kinds."""
_NO_NAME = "no name"
"""Why a figure that stands alone was left open by the reader."""
_NEAR_CHARS = 40
"""How far from a figure a word makes it the policy's own: 'de grens van 300.000'."""


def with_only_figures(
    rule: ProvenRule,
    own: AskerFacts,
    told: AskerFacts,
    text: str,
    today: dt.date,
    specs: Mapping[str, FactSpec],
    *,
    goes_on: bool = False,
    asked: str = "",
) -> AskerFacts:
    """`own`, the facts that a rule reads, with the only day (or month) and the only figure of a unit of `text`.

    `told`: what was read of the asker in this text for whatever rule; `specs`: the facts of the policy's rules.
    `goes_on`: the answer before was an outcome of the rule, so that a figure takes the place of what was told then.
    `asked`: the question that the text may go on from: where that names the event, a day that is only told is its day.
    """
    wished = wished_day(rule.rule, told, text, today)
    if wished is not None:  # the day that was told is where the count should come out, and not what it begins with
        kept = [fact for fact in own if fact.name in _kept(rule) or not _is_from(fact, wished)]
        return AskerFacts((*kept, wished))
    known = told if goes_on else own
    event = event_of(rule.rule)
    tells_only = is_case(text) or not own_words(without_opening(text))  # 'vorige week dinsdag' answers a question back
    is_told = tells_only and (goes_on or (event is not None and event in specs and _is_named(specs[event], asked)))
    days = _only_day(rule, own, told, text, today, specs, goes_on=is_told)
    found = [*days, *_only_amounts(rule, known, told, text, specs)]
    names = {fact.name for fact in found}
    return AskerFacts((*(fact for fact in own if fact.name not in names), *found)) if found else own


def _is_from(fact: AskerFact, wished: AskerFact) -> bool:
    """Whether a fact is a day from which one cannot count to the day that is wished for: that day, or a later one."""
    days = (fact.value, wished.value)
    return isinstance(days[0], dt.date) and isinstance(days[1], dt.date) and days[0] >= days[1]


def _kept(rule: ProvenRule) -> frozenset[str]:
    """The fact of the day on which the asker acts, which may be the day that he wishes for."""
    on = getattr(rule.rule, "on", None)
    return frozenset({on}) if on else frozenset()


def _only_day(
    rule: ProvenRule,
    own: AskerFacts,
    told: AskerFacts,
    text: str,
    today: dt.date,
    specs: Mapping[str, FactSpec],
    *,
    goes_on: bool,
) -> Iterator[AskerFact]:
    now = [
        fact
        for fact in told
        if fact.name in own.names() and isinstance(fact.value, dt.date) and not _is_year(fact, text, today)
    ]
    if isinstance(rule.rule, TermRule) and rule.rule.ends == "next_year":
        if all(fact.certainty == "doubtful" for fact in now):
            yield from _year_of(rule.rule, told, text, today)
        return
    month = _only_month(rule.rule, now, text, today)
    if month is not None and all(fact.certainty == "doubtful" for fact in now):
        yield month  # enough for a contract that begins with a month, where the reader of facts wants a day
    if month is not None or now:
        yield from _other_day([month] if month is not None else now, rule, text, today)
        return
    day = _day_of(rule, told, text, today, specs, goes_on=goes_on)
    name = _dated(rule, day.value) if day is not None else None
    if day is None or name is None:
        return
    if not goes_on and _is_mailed(day.value, told) and not _is_named(specs[name], text):
        return  # 'maandag gemaild' is no day of a quotation where no quotation is spoken of
    found = AskerFact(name, day.value.first, text[day.start : day.end], day.start, day.end, reason="the only day")
    yield found
    yield from _other_day([found], rule, text, today)


def _is_year(fact: AskerFact, text: str, today: dt.date) -> bool:
    """Whether what was read as a day is a whole year: 'het contract voor volgend jaar' is signed on a day."""
    days = (day.value for day in own_days(text, today) if day.start == fact.start)
    return any((day.last - day.first).days >= _DAYS_OF_A_YEAR for day in days)


def _year_of(rule: TermRule, told: AskerFacts, text: str, today: dt.date) -> Iterator[AskerFact]:
    """The day of an event of which only the calendar year counts: of all that lies behind in one year the latest.

    The day of an application is none of what is applied for.
    """
    applied = {fact.value for fact in told if fact.name == _APPLYING and fact.certainty == "said"}
    past = [day for day in own_days(text, today) if day.value.first <= today and day.tense != "ahead"]
    past = [day for day in past if day.value.first not in applied]
    if past and len({year for day in past for year in (day.value.first.year, day.value.last.year)}) == 1:
        day = max(past, key=lambda each: each.value.first)
        yield AskerFact(
            rule.after, day.value.first, text[day.start : day.end], day.start, day.end, reason="the only year"
        )


def _other_day(now: Sequence[AskerFact], rule: ProvenRule, text: str, today: dt.date) -> Iterator[AskerFact]:
    """The other one of two days on which an application can be made, where it is asked what that matters."""
    applied = next((fact for fact in now if fact.name == _APPLYING), None)
    if applied is None or not isinstance(rule.rule, StartRule) or _COMPARES.search(fold(text)) is None:
        return
    days = [day for day in spoken_days(text, today) if day.value.kind == "exact" and day.value.bound != "from"]
    others = {day.value.first: day for day in days if day.value.first != applied.value}
    if len(others) == 1 and len(days) > 1:
        (day,) = others.values()
        yield AskerFact(OTHER_DAY, day.value.first, text[day.start : day.end], day.start, day.end, reason="compared")


def _day_of(
    rule: ProvenRule,
    told: AskerFacts,
    text: str,
    today: dt.date,
    specs: Mapping[str, FactSpec],
    *,
    goes_on: bool,
) -> OwnDay | None:
    """The one day of a text that can be the one that a rule reads; None where there is none, or several.

    `goes_on`: the text only tells a day of what the rule has just answered.
    """
    kind = rule.rule
    if isinstance(kind, DeadlineRule) and not goes_on and not asks_in_time(text, tells_day=True):
        return None  # a day is held against a deadline only by who asks whether it is in time
    shared = {_SENDING, _APPLYING} if isinstance(kind, DeadlineRule) and not _APPLIED.search(fold(text)) else {_SENDING}
    if goes_on:
        shared |= {_APPLYING}  # 'wij dienen hem in op 25 september': of what, was asked before
    if event_of(rule.rule) in _ARRIVING:
        shared |= _ARRIVING
    claimed: dict[FactValue, set[str]] = {}
    for fact in told:
        if isinstance(fact.value, dt.date) and fact.name not in shared:
            claimed.setdefault(fact.value, set()).add(fact.name)
    arrived = {fact.value for fact in told if fact.name in shared & _ARRIVING}
    spoken = own_days(text, today)
    days = [
        day
        for day in spoken
        if not _is_away(day)
        and (day.value.first not in claimed or _is_free(rule, day, claimed[day.value.first], specs, today))
    ]
    if any(day.value.kind != "exact" and _has_figure(day) for day in days):
        return None
    days = [day for day in days if day.value.kind == "exact" and not _is_asked_about(day)]
    is_alone = len({day.value.first for day in spoken}) == 1 and (goes_on or all(_has_figure(day) for day in days))
    if (isinstance(kind, DeadlineRule) and not goes_on) or not is_alone:
        days = [day for day in days if day.value.first in arrived or _is_of(rule, day, specs, today)]
    if isinstance(kind, DeadlineRule) and len({day.value.first for day in days}) > 1:
        days = [day for day in days if day.value.first >= today]  # what he plans, not what he tells of before
    if isinstance(kind, TermRule | ChoiceRule) and len({day.value.first for day in days}) > 1:
        days = [day for day in days if day.tense == "done"]  # what is counted from, not what he plans
    return days[0] if len({day.value.first for day in days}) == 1 else None


def _is_free(
    rule: ProvenRule, day: OwnDay, claimed: Collection[str], specs: Mapping[str, FactSpec], today: dt.date
) -> bool:
    """Whether a rule can take a day though it was read as that of other facts, the names of which are in `claimed`."""
    kind = rule.rule
    if isinstance(kind, DeadlineRule):
        return day.value.first >= today
    if isinstance(kind, StartRule):
        return _ARRIVING.issuperset(claimed) and bool(day.words & fw.SENT)  # 'de aanvraag ligt klaar, maandag mailen'
    if not isinstance(kind, TermRule):
        return False
    if _runs_from_start(kind):
        return day.value.bound == "from"
    return claimed == {_AGREEING} and _names_event(rule, day, specs)


def _has_figure(day: OwnDay) -> bool:
    return any(character.isdigit() for character in day.value.text)


def _is_asked_about(day: OwnDay) -> bool:
    """Whether the words in front make a day a limit; 'tot dinsdag in Portugal' tells when somebody is back."""
    return day.value.bound in _ASKED_ABOUT and not day.words & AWAY


def _is_away(day: OwnDay) -> bool:
    """Whether somebody is away on a day, so that nobody acts on it: 'vanaf maandag met vakantie'."""
    return bool(day.words & AWAY) and not day.words & BACK and day.value.bound not in _ASKED_ABOUT


def _is_of(rule: ProvenRule, day: OwnDay, specs: Mapping[str, FactSpec], today: dt.date) -> bool:
    """Whether the clause of a day tells what a rule reads a day of."""
    name = _dated(rule, day.value)
    if name is None:
        return False
    if isinstance(rule.rule, DeadlineRule):
        # He asks whether it is in time: on a day to come he acts, or somebody is back who can.
        return day.value.first > today or (day.value.first == today and day.tense != "done")
    return _names_event(rule, day, specs)


def _names_event(rule: ProvenRule, day: OwnDay, specs: Mapping[str, FactSpec]) -> bool:
    """Whether the clause of a day names what a rule counts from."""
    name = _dated(rule, day.value)
    if name is None:
        return False
    if isinstance(rule.rule, StartRule) and day.words & fw.SENT:
        return True
    if day.keys & _naming_keys(specs[name]):
        return True
    return any(word.endswith(_long_names(specs[name].names)) for word in day.words if len(word) > NAMING_LETTERS)


@lru_cache(maxsize=512)
def _long_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The longer words by which a fact is told, which longer words may end in: 'rookstopaanvraag'."""
    words = (token.text for name in names for token in read_tokens(name.replace("|", " ")))
    return tuple(dict.fromkeys(word for word in words if len(word) > NAMING_LETTERS and word not in _NAME_NOTHING))


def _naming_keys(spec: FactSpec) -> frozenset[str]:
    """The keys of the longer words by which a fact is told."""
    return _keys_of(spec.names)


@lru_cache(maxsize=512)
def _keys_of(names: tuple[str, ...]) -> frozenset[str]:
    tokens = (token for name in names for token in read_tokens(name.replace("|", " ")))
    return frozenset(
        token.key for token in tokens if len(token.text) >= NAMING_LETTERS and token.text not in _NAME_NOTHING
    )


def _is_mailed(date: DateValue, told: AskerFacts) -> bool:
    """Whether a day was told as that of a message."""
    return any(fact.name == _SENDING and fact.value == date.first for fact in told)


def _is_named(spec: FactSpec, text: str) -> bool:
    """Whether a text names what has the day."""
    tokens = read_tokens(text)
    if {token.key for token in tokens} & _naming_keys(spec) or spec.name == _SENDING:
        return True
    return any(token.text.endswith(_long_names(spec.names)) for token in tokens)


def _only_month(rule: Rule, now: Sequence[AskerFact], text: str, today: dt.date) -> AskerFact | None:
    """The one stretch of a text that lies within a month ('en als ik dat pas in mei doe?', 'half februari'), where the
    first day of a contract follows from a month: that of the application, or the one in which it is to start.

    Of several the one that was read as such a day.
    """
    names = _OF_A_MONTH if isinstance(rule, StartRule) else {WISHED} if _runs_from_start(rule) else frozenset()
    if not names:
        return None
    days = [day for day in own_days(text, today) if day.value.bound == "on" and not _is_away(day)]
    read = {fact.start: fact.name for fact in now if fact.name in names}
    found = [day for day in days if day.start in read] or days
    if len(found) != 1 or not _is_within_month(found[0].value):
        return None
    day, said = found[0], fold(found[0].value.text)
    named = any(word in MONTHS for word in re.findall(r"[a-z]+", said)) or _COMING_MONTH.search(said) is not None
    if (not named or _APPLYING not in names) and day.start not in read:
        return None  # 'vorige maand' tells when something was, and seldom what
    name = read.get(day.start, _APPLYING)
    first = _next_year(day, today) if name == WISHED else day.value.first
    return AskerFact(name, first, text[day.start : day.end], day.start, day.end, reason=ONLY_MONTH)


def _runs_from_start(rule: Rule) -> bool:
    """Whether a rule counts from the first day of a contract."""
    return isinstance(rule, TermRule) and rule.after == WISHED


def _next_year(day: OwnDay, today: dt.date) -> dt.date:
    """The first day of a month; of one to come that lies behind, as its year was only concluded, the next one."""
    first = day.value.first
    if day.tense != "ahead" or not day.value.assumed_year or day.value.last >= today:
        return first
    return first.replace(year=first.year + 1)


def _is_within_month(date: DateValue) -> bool:
    """Whether a stretch of days lies within one month."""
    return date.kind != "exact" and (date.first.year, date.first.month) == (date.last.year, date.last.month)


def _dated(rule: ProvenRule, date: DateValue) -> str | None:
    """The fact of a rule that a day tells; None where the rule reads none, or it cannot be told which."""
    kind = rule.rule
    if isinstance(kind, StartRule):
        return "desired_start" if date.bound == "from" else _APPLYING
    if date.bound == "from":
        return WISHED if _runs_from_start(kind) else None
    return kind.on if isinstance(kind, DeadlineRule) else event_of(kind)


def _only_amounts(
    rule: ProvenRule, own: AskerFacts, told: AskerFacts, text: str, specs: Mapping[str, FactSpec]
) -> Iterator[AskerFact]:
    """Of each unit the one figure of the text, where the rule reads one fact in that unit."""
    sure = [fact for fact in told if not (fact.certainty == "doubtful" and fact.reason == _NO_NAME)]
    named = {fact.name for fact in own if fact in sure or fact.certainty == "said"}
    read = facts_of(rule.rule)
    for unit in sorted(_FIGURES):
        facts = [name for name in read if specs[name].unit == unit]
        if len(facts) != 1 or facts[0] in named:
            continue
        figures = [each for each in _quantities(text) if each.unit == unit]
        if len(figures) != 1:
            continue
        (figure,) = figures
        is_claimed = any(fact.start < figure.end and figure.start < fact.end for fact in sure)
        around = fold(_around(figure, text))
        if not is_claimed and not figure.in_range and not _OF_THE_POLICY.search(around):
            yield AskerFact(
                facts[0], figure.value, figure.text, figure.start, figure.end, reason="the only figure",
                bound=figure.bound, approximate=figure.approximate,
            )  # fmt: skip


def _around(figure: Quantity, text: str) -> str:
    """What stands near a figure in its own sentence."""
    sentences = split_sentences(text, 0, len(text))
    own = next((span for span in sentences if span.start <= figure.start < span.end), Span(start=0, end=len(text)))
    return text[max(own.start, figure.start - _NEAR_CHARS) : min(own.end, figure.end + _NEAR_CHARS)]


@lru_cache(maxsize=64)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text; every rule that comes near a question asks for the same ones."""
    return (*find_quantities(text), *find_shares(text))
