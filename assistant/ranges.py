"""Rules run on what askers leave open: 'ongeveer', 'meer dan', 'hooguit'.

An amount that is not exact is a range. Where both its ends give the same outcome the words are good
enough; where they do not, the fact decides nothing and is to be asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from assistant.facts import AskerFact, AskerFacts
from assistant.only_figure import ONLY_MONTH
from knowledge.quantity_words import Bound
from knowledge.rules.card import FactSpec, FactValue, FormulaRule, Said
from knowledge.rules.logic import LEAST_GAP
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook
from knowledge.rules.start import APPLIED, applied_in, applied_on
from knowledge.rules.wording import tell_fact

ABOUT = Decimal("0.1")
"""How far 'ongeveer' may be off, as a share of the amount."""
_VERY_MUCH = Decimal(10) ** 12


def run_on_ranges(rulebook: Rulebook, rule: ProvenRule, facts: AskerFacts, today: dt.date) -> RuleResult:
    """The outcome of a rule on what was said; an inexact amount that could turn it is left out, and so is missing."""
    if isinstance(rule.rule, FormulaRule):
        return rulebook.run(rule, facts.known(), today)
    known = _nudged(facts)
    open_ = []
    for fact in facts:
        if fact.name in known and (ends := _ends(fact)) is not None:
            outcomes = {_outcome(rulebook.run(rule, known | {fact.name: end}, today)) for end in ends}
            if len(outcomes) > 1:
                open_.append(fact.name)
    used = {name: value for name, value in known.items() if name not in open_}
    result = rulebook.run(rule, used, today)
    return _as_said(result, facts, rulebook.specs(rule.policy_id))


def _as_said(result: RuleResult, facts: AskerFacts, specs: Mapping[str, FactSpec]) -> RuleResult:
    """The outcome with what was said in the record, not what it was nudged to."""
    said = facts.known()
    criteria = tuple(
        c.model_copy(update={"given": tell_fact(specs[c.fact], said[c.fact])}) if c.given is not None else c
        for c in result.criteria
    )
    steps = tuple(_as_month(step, facts.get(APPLIED)) for step in result.steps)
    inputs = {name: said[name] for name in result.inputs}
    return result.model_copy(update={"inputs": inputs, "criteria": criteria, "steps": steps})


def _as_month(step: Said, applied: AskerFact | None) -> Said:
    """A step with the month of an application, where that is all that was said."""
    if applied is None or applied.reason != ONLY_MONTH or not isinstance(applied.value, dt.date):
        return step
    day, month = applied_on(applied.value), applied_in(applied.value)
    return Said(nl=step.nl.replace(day.nl, month.nl), en=step.en.replace(day.en, month.en))


def _nudged(facts: AskerFacts) -> dict[str, FactValue]:
    """The values said; 'meer dan 100' is a little more than 100, so that it stands on its own side of a limit."""
    nudges = {"more_than": LEAST_GAP, "less_than": -LEAST_GAP}
    return {
        fact.name: fact.value + nudges.get(fact.bound, Decimal(0)) if isinstance(fact.value, Decimal) else fact.value
        for fact in facts
        if fact.name in facts.known()
    }


def _outcome(result: RuleResult) -> tuple[str, str | None, tuple[str, ...]]:
    return result.verdict, result.value, tuple(criterion.verdict for criterion in result.criteria)


def _ends(fact: AskerFact) -> tuple[FactValue, FactValue] | None:
    """The least and the most that an amount may be by its words; None where it is exact, or no amount."""
    if isinstance(fact.value, bool) or not isinstance(fact.value, Decimal):
        return None
    least, most = range_of(fact.value, fact.bound, approximate=fact.approximate)
    return None if least == most else (least, most)


def range_of(value: Decimal, bound: Bound, *, approximate: bool) -> tuple[Decimal, Decimal]:
    """The least and the most that an amount may be by its words; 'meer dan 100' is a little more than 100."""
    if bound in ("at_least", "more_than"):
        return value + (LEAST_GAP if bound == "more_than" else 0), _VERY_MUCH
    if bound in ("at_most", "less_than"):
        return Decimal(0), value - (LEAST_GAP if bound == "less_than" else 0)
    off = value * ABOUT if approximate else Decimal(0)
    return value - off, value + off
