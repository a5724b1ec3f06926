"""Decision tables: the first case that is met; while an earlier one is open, all that are still possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from knowledge.rules.card import Case, ChoiceRule, Criterion, Facts, FactSpec, Said
from knowledge.rules.inputs import WISHED_END, criteria_of
from knowledge.rules.logic import Judged, judge
from knowledge.rules.outcome import as_kind, date_of, day_outcome, opened, result_of, value_sentence
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.standing import exact_date
from knowledge.rules.terms import count_on, event_outcome
from knowledge.rules.wording import fill, tell_amount

Specs = Mapping[str, FactSpec]


def run_choice(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    """The first case that is met; undecided as long as an earlier one could be."""
    rule = as_kind(proven, ChoiceRule)
    criteria: list[Any] = []
    for number, case in enumerate(rule.cases, start=1):
        judged = judge(case.when, facts, proven, specs) if case.when is not None else None
        if judged is not None:
            criteria += [c for c in judged.criteria if c.id not in {known.id for known in criteria}]
        if judged is not None and judged.verdict == "undecided":
            return _undecided_choice(proven, facts, judged, criteria, rule.cases[number - 1 :], specs)
        if judged is None or judged.verdict == "met":
            return _chosen(proven, facts, case, number, criteria, today, specs)
    return result_of(
        proven,
        facts,
        verdict="not_met",
        sentence=Said(
            nl=f"{opened(rule.what.nl)}: geen van de mogelijkheden past bij wat u noemt.",
            en=f"{opened(rule.what.en)}: none of the possibilities fits what you tell.",
        ),
        criteria=criteria,
        then=rule.then,
    )


def _undecided_choice(
    proven: ProvenRule, facts: Facts, judged: Judged, criteria: Sequence[Any], cases: Sequence[Case], specs: Specs
) -> RuleResult:
    """The outcomes that are still possible, side by side, each with its condition, and the fact that tells which."""
    rule = as_kind(proven, ChoiceRule)
    told = [
        _with_condition(open_, fill(_outcome(case, proven, specs), proven.values))
        for case, open_ in _still_possible(cases, facts, proven, specs)
    ]
    nl, en = "; ".join(each.nl for each in told), "; ".join(each.en for each in told)
    return result_of(
        proven,
        facts,
        verdict="undecided",
        sentence=Said(nl=f"{opened(rule.what.nl)}: {nl}.", en=f"{opened(rule.what.en)}: {en}."),
        criteria=criteria,
        missing=judged.missing,
        ask=specs[judged.missing[0]].ask,
    )


def _still_possible(
    cases: Sequence[Case], facts: Facts, proven: ProvenRule, specs: Specs
) -> Iterator[tuple[Case, list[Criterion]]]:
    """The cases that what is known does not rule out, each with its criteria that are still open."""
    for case in cases:
        judged = judge(case.when, facts, proven, specs) if case.when is not None else None
        if judged is None or judged.verdict == "met":
            yield case, []
            return  # what comes after it cannot be reached
        if judged.verdict == "undecided":
            open_ = {criterion.id for criterion in judged.criteria if criterion.verdict == "undecided"}
            yield case, [criterion for criterion in criteria_of(case.when) if criterion.id in open_]


def _with_condition(names: Sequence[Criterion], outcome: Said) -> Said:
    """An outcome with the names of the conditions that are open: 'maatwerk (binnen de regio)'."""
    if not names:
        return Said(nl=f"{outcome.nl} (anders)", en=f"{outcome.en} (otherwise)")
    nl, en = ", ".join(c.name.nl for c in names), ", ".join(c.name.en for c in names)
    return Said(nl=f"{outcome.nl} ({nl})", en=f"{outcome.en} ({en})")


def _outcome(case: Case, proven: ProvenRule, specs: Specs) -> Said:
    if case.value is not None:
        return case.value
    if case.date is not None:
        return Said(nl=f"{{{case.date}}}", en=f"{{{case.date}}}")
    term, event = proven.values[case.term or ""], specs[case.after or ""].label
    amount = tell_amount(term.quantity, term.unit)
    return Said(nl=f"{amount.nl} na de {event.nl}", en=f"{amount.en} after the {event.en}")


def _chosen(
    proven: ProvenRule,
    facts: Facts,
    case: Case,
    number: int,
    criteria: Sequence[Any],
    today: dt.date,
    specs: Specs,
) -> RuleResult:
    rule = as_kind(proven, ChoiceRule)
    acted = facts.get(rule.on) if rule.on else None
    common: dict[str, Any] = {"criteria": criteria, "spots": (proven.spots[f"case {number}"],)}
    if case.value is not None:
        told = fill(case.value, proven.values)
        sentence = value_sentence(rule.what, told)
        return result_of(proven, facts, verdict="value", value=told.nl, sentence=sentence, **common)
    if case.date is not None:
        date = date_of(proven.values[case.date])
        outcome = day_outcome(date, rule.what, rule.bound, today, is_own=rule.own, on=acted)
        then = rule.then if outcome["is_open"] is False else None
        return result_of(proven, facts, **outcome, **common, then=then)
    after = case.after or ""
    given, wished = facts.get(after), facts.get(WISHED_END)
    if not isinstance(given, dt.date) and isinstance(wished, dt.date):
        term = proven.values[case.term or ""]
        outcome = event_outcome(wished, term, specs[after], rule.what, today, is_own=rule.own)
        return result_of(proven, facts, **outcome, **common)
    if not isinstance(given, dt.date):
        told = _outcome(case, proven, specs)
        sentence = Said(nl=f"{opened(rule.what.nl)}: {told.nl}.", en=f"{opened(rule.what.en)}: {told.en}.")
        return result_of(
            proven, facts, verdict="undecided", sentence=sentence, missing=(after,), ask=specs[after].ask, **common
        )
    counted = count_on(given, proven.values[case.term or ""], specs[after])
    outcome = day_outcome(exact_date(counted.day), rule.what, rule.bound, today, is_own=rule.own, on=acted)
    return result_of(proven, facts, **outcome, steps=counted.steps, **common)
