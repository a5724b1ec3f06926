"""The one question that an outcome asks back: only where what the asker left out decides, and he can tell it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.prose.tokens import read_tokens
from assistant.question import asks_demand
from assistant.rule_fit import Routed, asked_part, asks_which_day
from assistant.turn import Clarification, ClarificationOption, Language
from knowledge.card_fits import PROVIDER
from knowledge.dates import find_dates
from knowledge.dutch import fold, stem
from knowledge.rules.card import (
    AnyOf,
    ChoiceRule,
    ConditionsRule,
    FactSpec,
    Need,
    Said,
    StartRule,
    TermRule,
)
from knowledge.rules.inputs import criteria_of, open_alternatives
from knowledge.rules.result import CriterionResult
from knowledge.rules.run import run_rule
from knowledge.tokens import content_words

YES_NO: dict[Language, tuple[str, str]] = {"nl": ("Ja", "Nee"), "en": ("Yes", "No")}
NAMING_LETTERS = 5
"""So many letters of a word must stand in the question for the question to speak of it."""

_WHAT_LACKS = re.compile(
    r"\bmoet(?:en)? (?:dat|dit|die)\b|\b(?:mis(?:sen|t)?|ontbre\w+|ontbrak\w*|tekort|lack\w*|missing|short of)\b|"
    r"\b(?:wat|welke|what|which|anything|something|iets) (?:\w+ ){0,4}(?:nodig|nog|need|else|more|moet\w*)\b"
)
"""Who asks what has to be or what he lacks is told what is open."""
_HOW_LONG = re.compile(r"\bhoe ?lang\b|\bhow long\b")
"""A length is asked for, and no day."""

Specs = Mapping[str, FactSpec]


@dataclass(frozen=True)
class Asking:
    """What is asked, and when."""

    question: str
    today: dt.date
    language: Language


def ask_back(routed: Routed, specs: Specs, asking: Asking) -> Clarification | None:
    """The question that is asked back; None where what is told with its conditions helps as it is."""
    result = routed.result
    if result.verdict != "undecided" or result.ask is None:
        return None
    missing = _missing(routed, specs, asking)
    if missing is None:
        return None
    spec = specs[missing]
    labels: Sequence[str] = [option.label.in_language(asking.language) for option in spec.options]
    if spec.kind == "yes_no":
        labels = YES_NO[asking.language]
    return Clarification(
        question=(result.ask if missing == result.missing[0] else spec.ask).in_language(asking.language),
        options=tuple(ClarificationOption(label=label, scope={}) for label in labels),
    )


def _missing(routed: Routed, specs: Specs, asking: Asking) -> str | None:
    """The fact to ask for; None where nothing is asked back."""
    kind = routed.rule.rule
    if isinstance(kind, TermRule | StartRule):
        return _day_told_roughly(routed, specs, asking)
    if asks_whom(routed):
        return PROVIDER
    if decided_criteria(routed):
        return _last_thing(routed, specs, asking)
    gate = {criterion.fact for criterion in criteria_of(kind.applies)}
    own = [name for name in routed.result.missing if name not in gate]
    # Of a table that is asked, rather what tells its outcomes apart than whom it is for.
    asks_table = _asks_table(routed)
    missing = own[0] if own and asks_table else routed.result.missing[0]
    if specs[missing].kind == "date" or (_is_told_with_its_condition(routed) and not asks_table):
        return None
    return missing


def _day_told_roughly(routed: Routed, specs: Specs, asking: Asking) -> str | None:
    """The day to count from, where it was told as one of several that end on different days: 'vorige week gemaild'.

    A term or a start is told in general where no day was said: asking for the day would be an offer, not a need.
    """
    part = asked_part(asking.question)
    if not asks_which_day(part) or _HOW_LONG.search(fold(part)):
        return None
    for name in routed.result.missing:
        fact = routed.facts.get(name)
        if specs[name].kind != "date" or fact is None or fact.certainty != "doubtful":
            continue
        days = [day for date, _, _ in find_dates(fact.words, today=asking.today) for day in (date.first, date.last)]
        known = routed.facts.known()
        ends = {run_rule(routed.rule, {**known, name: day}, asking.today, specs).value for day in days}
        return name if len(ends) != 1 else None
    return None


def _last_thing(routed: Routed, specs: Specs, asking: Asking) -> str | None:
    """What a checklist still hangs on: one thing, or few where most was told.

    What the question speaks of was told in words that were not understood: to ask for it again would be rude.
    """
    rule, result = routed.rule.rule, routed.result
    if not (isinstance(rule, ConditionsRule) and routed.asks_decision) or _asks_what_is_needed(asking.question):
        return None
    verdicts = {criterion.id: criterion.verdict for criterion in result.criteria}
    parts = _open_parts(rule.needs, verdicts)
    decided = sum(verdict != "undecided" for verdict in verdicts.values())
    facts = [criterion.fact for part in parts for criterion in criteria_of(part)]
    missing = [c for c in result.criteria if c.fact in facts and c.verdict == "undecided"]
    is_for_asker = all(verdicts.get(c.id) != "undecided" for c in criteria_of(rule.applies))
    is_little = len(parts) == 1 or 2 * len(parts) <= decided
    is_choice = len({c.fact for c in missing}) > len(parts)  # of alternatives the asker chooses which to tell
    if not is_for_asker or not is_little or is_choice:
        return None
    if any(specs[c.fact].kind == "date" or _speaks_of(asking, c, specs, result.criteria) for c in missing):
        return None
    return next((name for name in result.missing if name in facts), None)


def _asks_what_is_needed(question: str) -> bool:
    """Whether it is asked what has to be ('moet dat ook?') or what lacks, and not whether all is well."""
    return asks_demand(asked_part(question)) or _WHAT_LACKS.search(fold(question)) is not None


def _open_parts(need: Need, verdicts: Mapping[str, str]) -> list[Need]:
    """The parts of a condition that are still open; alternatives are one part."""
    ids = [criterion.id for criterion in criteria_of(need)]
    told = [verdicts.get(each, "undecided") for each in ids]
    if isinstance(need, AnyOf):
        return [] if "met" in told or "undecided" not in told else [need]
    parts = getattr(need, "all", None)
    if parts is None:
        return [need] if "undecided" in told else []
    return [each for part in parts for each in _open_parts(part, verdicts)]


def _speaks_of(asking: Asking, criterion: CriterionResult, specs: Specs, others: Sequence[CriterionResult]) -> bool:
    """Whether the question holds a name of what is missing, or a word of it, that no other condition bears."""
    others = [other for other in others if other.fact != criterion.fact]
    keys = {token.key for token in read_tokens(asking.question)}
    theirs = {key for other in others for key in _keys(specs[other.fact])}
    if any(name and name <= keys for name in _keys(specs[criterion.fact]) - theirs):
        return True
    taken = {word for other in others for word in _naming_words(other.name, asking.language)}
    wanted = _naming_words(criterion.name, asking.language) - taken
    said = [word for word in map(stem, content_words(asking.question)) if len(word) >= NAMING_LETTERS]
    return any(each.startswith(word) or word.startswith(each) for word in wanted for each in said)


def _keys(spec: FactSpec) -> set[frozenset[str]]:
    """The words of each name of a fact, as questions are read."""
    return {frozenset(token.key for token in read_tokens(name)) for name in spec.names}


def _naming_words(name: Said, language: Language) -> set[str]:
    return {stem(word) for word in content_words(name.in_language(language)) if len(word) >= NAMING_LETTERS}


def decided_criteria(routed: Routed) -> list[CriterionResult]:
    """The criteria of a checklist that were decided; what a decision table was decided by is told by its outcome."""
    if not isinstance(routed.rule.rule, ConditionsRule):
        return []
    gate = {criterion.id for criterion in criteria_of(routed.rule.rule.applies)}
    # What one lacks is no failure while an alternative to it is open, unless it is told with that.
    verdicts = {criterion.id: criterion.verdict for criterion in routed.result.criteria}
    lacking = open_alternatives(routed.rule.rule.needs, verdicts)
    told = [c for c in routed.result.criteria if c.verdict != "undecided" and c.id not in gate]
    return [c for c in told if c.id not in lacking or c.has_own_words]


def asks_whom(routed: Routed) -> bool:
    """Whether yes or no is asked of a table of which it is not known if it is for this kind of provider."""
    gate = {criterion.fact for criterion in criteria_of(routed.rule.rule.applies)}
    is_open = PROVIDER in gate and PROVIDER in routed.result.missing
    return is_open and routed.asks_decision and isinstance(routed.rule.rule, ChoiceRule)


def _asks_table(routed: Routed) -> bool:
    """Whether a decision is asked of a table that is still open between outcomes, or it is one of days."""
    table = routed.rule.rule
    gate = {criterion.fact for criterion in criteria_of(table.applies)}
    if not isinstance(table, ChoiceRule) or gate.issuperset(routed.result.missing) or routed.is_meant is not None:
        return False
    return routed.asks_decision or table.bound is not None


def lacks_one_of_several(routed: Routed) -> bool:
    """Whether all that was told is that the asker lacks one of several things, any of which is enough."""
    is_open = isinstance(routed.rule.rule, ConditionsRule) and routed.result.verdict == "undecided"
    return is_open and not decided_criteria(routed) and _is_told_with_its_condition(routed)


def _is_told_with_its_condition(routed: Routed) -> bool:
    """Whether what the asker told gives an outcome, or leaves few: each stands there with its condition."""
    is_narrowed = bool(routed.result.spots) or isinstance(routed.rule.rule, ChoiceRule)
    return bool(routed.told - {PROVIDER}) and is_narrowed
