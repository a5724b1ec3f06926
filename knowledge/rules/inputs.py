"""What a rule takes in: the criteria that it tests, and the facts about the asker that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.rules.card import (
    AllOf,
    AnyOf,
    ChoiceRule,
    ConditionsRule,
    Criterion,
    DeadlineRule,
    FormulaRule,
    Need,
    Rule,
    StartRule,
    TermRule,
)
from knowledge.rules.formulas import inputs_of

OTHER_DAY = "other_application_date"
"""The fact of another day on which one could apply: its start is told beside that of the application."""

WISHED_END = "wished_end"
"""The fact of the day on which a term should end, where the day of its event is what is asked for."""


def criteria_of(need: Need | None) -> Iterator[Criterion]:
    """The criteria of a condition, in order."""
    if isinstance(need, Criterion):
        yield need
    elif isinstance(need, AllOf):
        for each in need.all:
            yield from criteria_of(each)
    elif isinstance(need, AnyOf):
        for each in need.any:
            yield from criteria_of(each)


def open_alternatives(need: Need | None, verdicts: Mapping[str, str]) -> frozenset[str]:
    """The criteria that are not met and of which one that is still open may take the place.

    `verdicts`: "met", "not_met" or "undecided" by the id of a criterion.
    """
    if not isinstance(need, AllOf | AnyOf):
        return frozenset()
    parts = need.all if isinstance(need, AllOf) else need.any
    found = frozenset[str]().union(*(open_alternatives(part, verdicts) for part in parts))
    ids = [criterion.id for criterion in criteria_of(need)]
    told = [verdicts.get(each, "undecided") for each in ids]
    if isinstance(need, AnyOf) and "undecided" in told and "met" not in told:
        found |= {each for each in ids if verdicts.get(each) == "not_met"}
    return found


def spared_alternatives(need: Need | None, verdicts: Mapping[str, str]) -> frozenset[str]:
    """The criteria that need not be met any more, as one that may take their place is. `verdicts`: as above."""
    if not isinstance(need, AllOf | AnyOf):
        return frozenset()
    parts = need.all if isinstance(need, AllOf) else need.any
    found = frozenset[str]().union(*(spared_alternatives(part, verdicts) for part in parts))
    if isinstance(need, AnyOf):
        met = [part for part in parts if all(verdicts.get(c.id) == "met" for c in criteria_of(part))]
        if met:
            found |= {c.id for part in parts if part not in met for c in criteria_of(part)}
    return found


def all_criteria(rule: Rule) -> tuple[Criterion, ...]:
    """Every criterion of a rule, those of `applies` first."""
    found = list(criteria_of(rule.applies))
    if isinstance(rule, ConditionsRule):
        found += criteria_of(rule.needs)
    if isinstance(rule, ChoiceRule):
        for case in rule.cases:
            found += criteria_of(case.when)
    return tuple({criterion.id: criterion for criterion in found}.values())


def facts_of(rule: Rule) -> tuple[str, ...]:
    """The names of the facts that a rule reads, in order."""
    found = [criterion.fact for criterion in all_criteria(rule)]
    if isinstance(rule, StartRule):
        found += ["application_date", "desired_start"]
    if isinstance(rule, TermRule):
        found.append(rule.after)
    if isinstance(rule, DeadlineRule | TermRule | ChoiceRule) and rule.on:
        found.append(rule.on)
    if isinstance(rule, ChoiceRule):
        found += [case.after for case in rule.cases if case.after]
    if isinstance(rule, FormulaRule):
        found += inputs_of(rule.formula)
    return tuple(dict.fromkeys(found))


def optional_facts_of(rule: Rule) -> tuple[str, ...]:
    """The names of the facts that a rule can do without and never asks for."""
    if isinstance(rule, StartRule):
        return (OTHER_DAY,)
    return (WISHED_END,) if event_of(rule) is not None else ()


def event_of(rule: Rule) -> str | None:
    """The date fact from which a rule counts on to a last day; None where it counts from none, or from several."""
    if isinstance(rule, TermRule):
        return rule.after if rule.ends == "after" and not rule.backwards else None
    events = {case.after for case in rule.cases if case.after} if isinstance(rule, ChoiceRule) else set()
    return events.pop() if len(events) == 1 else None
