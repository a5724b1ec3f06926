"""Runs a proven rule on the asker's facts and a day: pure functions, one for each kind of rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from knowledge.records import DateValue
from knowledge.rules.card import (
    Case,
    ChoiceRule,
    ConditionsRule,
    ContactRule,
    DeadlineRule,
    Facts,
    FactSpec,
    FormulaRule,
    Said,
    StartRule,
    TermRule,
    all_criteria,
    criteria_of,
    facts_of,
)
from knowledge.rules.formulas import FORMULAS, OPTIONAL_FACTS
from knowledge.rules.logic import Judged, judge
from knowledge.rules.proven import ProvenRule, ProvenValue, Spot
from knowledge.rules.result import RuleResult
from knowledge.rules.standing import Bound, exact_date, stand
from knowledge.rules.start import run_start
from knowledge.rules.terms import count_on
from knowledge.rules.wording import fill, tell_amount

Specs = Mapping[str, FactSpec]


def run_rule(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    """The outcome of a rule for what is known of the asker. Facts that the rule does not read are left aside.

    Raises:
        TypeError: a fact is not of its kind.
    """
    rule = proven.rule
    known = {name: facts[name] for name in facts_of(rule) if name in facts}
    gate = judge(rule.applies, known, proven, specs) if rule.applies is not None else None
    if gate is not None and gate.verdict == "not_met":
        return _result(proven, known, verdict="not_met", sentence=_does_not_apply(gate), criteria=gate.criteria)
    result = _RUNNERS[type(rule)](proven, known, today, specs)
    if gate is None:
        return result
    missing = tuple(dict.fromkeys((*gate.missing, *result.missing)))
    # Whom the rule speaks to is not known: what it would give is told per criterion, and is no verdict.
    is_open = gate.verdict == "undecided" and result.verdict in ("met", "value") and not result.unit
    return result.model_copy(
        update={
            "verdict": "undecided" if is_open else result.verdict,
            "value": None if is_open else result.value,
            "sentence": _if_it_applies(gate, result.sentence) if gate.verdict == "undecided" else result.sentence,
            "criteria": (*gate.criteria, *result.criteria),
            "missing": missing,
            "ask": specs[missing[0]].ask if missing else None,
        }
    )


def _does_not_apply(gate: Judged) -> Said:
    """Why the rule is not for the asker: the criterion of whom it speaks to that fails."""
    failed = next(c for c in gate.criteria if c.verdict == "not_met")
    if failed.has_own_words:
        return failed.told
    nl = f" ({failed.distance.nl})" if failed.distance else ""
    en = f" ({failed.distance.en})" if failed.distance else ""
    return Said(
        nl=f"Dit geldt niet voor u: {failed.needs.nl.rstrip('.')}{nl}.",
        en=f"This does not apply to you: {failed.needs.en.rstrip('.')}{en}.",
    )


def _if_it_applies(gate: Judged, sentence: Said) -> Said:
    """An outcome for whom the rule speaks to, where it is not known whether the asker is one of them."""
    open_ = [c for c in gate.criteria if c.verdict == "undecided"]
    nl, en = ", ".join(c.name.nl for c in open_), ", ".join(c.name.en for c in open_)
    return Said(nl=f"Als dit voor u geldt ({nl}): {sentence.nl}", en=f"If this applies to you ({en}): {sentence.en}")


def _conditions(proven: ProvenRule, facts: Facts, _today: dt.date, specs: Specs) -> RuleResult:
    rule = _of(proven, ConditionsRule)
    judged = judge(rule.needs, facts, proven, specs)
    sentence = {
        "met": rule.met,
        "not_met": rule.not_met,
        "undecided": Said(
            nl="Dat is nog niet te zeggen: het hangt af van wat u nog niet heeft genoemd.",
            en="That cannot be said yet: it depends on what you have not told.",
        ),
    }[judged.verdict]
    return _result(
        proven,
        facts,
        verdict=judged.verdict,
        sentence=sentence,
        criteria=judged.criteria,
        missing=judged.missing,
        ask=specs[judged.missing[0]].ask if judged.missing else None,
        then=rule.then if judged.verdict == "not_met" else None,
    )


def _choice(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    """The first case that is met; undecided as long as an earlier one could be."""
    rule = _of(proven, ChoiceRule)
    criteria: list[Any] = []
    for number, case in enumerate(rule.cases, start=1):
        judged = judge(case.when, facts, proven, specs) if case.when is not None else None
        if judged is not None:
            criteria += [c for c in judged.criteria if c.id not in {known.id for known in criteria}]
        if judged is not None and judged.verdict == "undecided":
            return _undecided_choice(proven, facts, judged, criteria, rule.cases[number - 1 :], specs)
        if judged is None or judged.verdict == "met":
            return _chosen(proven, facts, case, number, criteria, today, specs)
    return _result(
        proven,
        facts,
        verdict="not_met",
        sentence=Said(
            nl=f"{_opened(rule.what.nl)}: geen van de mogelijkheden past bij wat u noemt.",
            en=f"{_opened(rule.what.en)}: none of the possibilities fits what you tell.",
        ),
        criteria=criteria,
        then=rule.then,
    )


def _undecided_choice(
    proven: ProvenRule, facts: Facts, judged: Judged, criteria: Sequence[Any], cases: Sequence[Case], specs: Specs
) -> RuleResult:
    """The outcomes that are still possible, side by side, each with its condition, and the fact that tells which."""
    rule = _of(proven, ChoiceRule)
    told = [_with_condition(case, fill(_outcome(case, proven, specs), proven.values)) for case in cases]
    nl, en = "; ".join(each.nl for each in told), "; ".join(each.en for each in told)
    return _result(
        proven,
        facts,
        verdict="undecided",
        sentence=Said(nl=f"{_opened(rule.what.nl)}: {nl}.", en=f"{_opened(rule.what.en)}: {en}."),
        criteria=criteria,
        missing=judged.missing,
        ask=specs[judged.missing[0]].ask,
    )


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_condition(case: Case, outcome: Said) -> Said:
    """An outcome with the names of its conditions: 'maatwerk (binnen de regio)'."""
    names = list(criteria_of(case.when))
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
    rule = _of(proven, ChoiceRule)
    common: dict[str, Any] = {"criteria": criteria, "spots": (proven.spots[f"case {number}"],)}
    if case.value is not None:
        told = fill(case.value, proven.values)
        sentence = _value_sentence(rule.what, told)
        return _result(proven, facts, verdict="value", value=told.nl, sentence=sentence, **common)
    if case.date is not None:
        date = _date_of(proven.values[case.date])
        return _result(proven, facts, **_day(date, rule.what, rule.bound, today, is_own=rule.own), **common)
    after = case.after or ""
    given = facts.get(after)
    if not isinstance(given, dt.date):
        told = _outcome(case, proven, specs)
        sentence = Said(nl=f"{_opened(rule.what.nl)}: {told.nl}.", en=f"{_opened(rule.what.en)}: {told.en}.")
        return _result(
            proven, facts, verdict="undecided", sentence=sentence, missing=(after,), ask=specs[after].ask, **common
        )
    counted = count_on(given, proven.values[case.term or ""], specs[after])
    outcome = _day(exact_date(counted.day), rule.what, rule.bound, today, is_own=rule.own)
    return _result(proven, facts, **outcome, steps=counted.steps, **common)


def _day(date: DateValue, what: Said, bound: Bound | None, today: dt.date, *, is_own: bool) -> dict[str, Any]:
    """An outcome that is a day, and how today stands to it where it has a bound."""
    standing = stand(date, bound or "on", today, is_own=is_own)
    told = standing.sentence if bound else Said(nl=" ", en=" ")
    return {
        "verdict": "value",
        "value": date.last.isoformat(),
        "unit": "date",
        "is_open": standing.is_open if bound else None,
        "sentence": Said(
            nl=f"**{standing.told.nl}**: {what.nl}. {told.nl}".strip(),
            en=f"**{standing.told.en}**: {what.en}. {told.en}".strip(),
        ),
    }


def _date_of(value: ProvenValue) -> DateValue:
    if value.date is None:
        raise TypeError(f"a value in {value.unit} is no date")
    return value.date


def _value_sentence(what: Said, told: Said) -> Said:
    return Said(nl=f"**{told.nl}**: {what.nl}.", en=f"**{told.en}**: {what.en}.")


def _term(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    rule = _of(proven, TermRule)
    term = proven.values["term"]
    given = facts.get(rule.after)
    if not isinstance(given, dt.date):
        amount = tell_amount(term.quantity, term.unit)
        event = specs[rule.after].label
        nl, en = ("vóór", "before") if rule.backwards else ("na", "after")
        sentence = Said(
            nl=f"{_opened(rule.what.nl)}: {amount.nl} {nl} de {event.nl}.",
            en=f"{_opened(rule.what.en)}: {amount.en} {en} the {event.en}.",
        )
        return _result(
            proven, facts, verdict="undecided", sentence=sentence, missing=(rule.after,), ask=specs[rule.after].ask
        )
    counted = count_on(given, term, specs[rule.after], backwards=rule.backwards)
    aim = Said(nl=f"{rule.what.nl} (een streven, geen garantie)", en=f"{rule.what.en} (an aim, not a guarantee)")
    what = aim if rule.is_aim else rule.what
    outcome = _day(exact_date(counted.day), what, "by", today, is_own=rule.own)
    return _result(proven, facts, **outcome, steps=counted.steps)


def _deadline(proven: ProvenRule, facts: Facts, today: dt.date, _specs: Specs) -> RuleResult:
    rule = _of(proven, DeadlineRule)
    date = _date_of(proven.values["date"])
    planned = facts.get(rule.on) if rule.on else None
    on = planned if isinstance(planned, dt.date) else None
    if on is not None and proven.values["date"].unit == "month_day":
        date = exact_date(_in_year(date.last, on.year))  # a day without a year comes back every year
    standing = stand(date, rule.bound, today, on=on, is_own=rule.own)
    return _result(
        proven,
        facts,
        verdict="value" if on is None else "met" if standing.is_open else "not_met",
        value=date.last.isoformat(),
        unit="date",
        sentence=Said(
            nl=f"**{standing.told.nl}**: {rule.what.nl}. {standing.sentence.nl}",
            en=f"**{standing.told.en}**: {rule.what.en}. {standing.sentence.en}",
        ),
        then=rule.then if standing.is_open is False else None,
        is_open=standing.is_open,
    )


def _in_year(day: dt.date, year: int) -> dt.date:
    """The same day of another year; 28 February for the 29th where that year has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _formula(proven: ProvenRule, facts: Facts, _today: dt.date, specs: Specs) -> RuleResult:
    rule = _of(proven, FormulaRule)
    formula = FORMULAS[rule.formula]
    missing = tuple(name for name in formula.facts if name not in facts and name not in OPTIONAL_FACTS)
    if missing:
        return _result(
            proven,
            facts,
            verdict="undecided",
            sentence=rule.what,
            missing=missing,
            ask=specs[missing[0]].ask,
        )
    amounts = {name: value.quantity for name, value in proven.values.items()}
    for name in formula.facts:
        if name in facts:
            given = facts[name]
            if isinstance(given, bool) or not isinstance(given, Decimal):
                raise TypeError(f"{name} is {given!r}, wanted an amount")
            amounts[name] = given
    figure = formula.compute(amounts)
    told = tell_amount(figure.figure, rule.unit)
    return _result(
        proven,
        facts,
        verdict="value",
        value=f"{figure.figure.normalize():f}",
        unit=rule.unit,
        sentence=_value_sentence(rule.what, told),
        steps=figure.steps,
        notes=figure.notes,
    )


def _contact(proven: ProvenRule, facts: Facts, _today: dt.date, _specs: Specs) -> RuleResult:
    rule = _of(proven, ContactRule)
    address = proven.values["address"].address or ""
    subject = rule.subject
    nl = f" Zet in het onderwerp: {subject.nl}." if subject else ""
    en = f" Put in the subject line: {subject.en}." if subject else ""
    sentence = Said(nl=f"**{address}**: {rule.what.nl}.{nl}", en=f"**{address}**: {rule.what.en}.{en}")
    return _result(proven, facts, verdict="value", value=address, unit="address", sentence=sentence)


def _start(proven: ProvenRule, facts: Facts, _today: dt.date, specs: Specs) -> RuleResult:
    return _result(proven, facts, **run_start(_of(proven, StartRule), proven, facts, specs))


_RUNNERS: Mapping[type, Callable[[ProvenRule, Facts, dt.date, Specs], RuleResult]] = {
    ConditionsRule: _conditions,
    ChoiceRule: _choice,
    StartRule: _start,
    TermRule: _term,
    DeadlineRule: _deadline,
    FormulaRule: _formula,
    ContactRule: _contact,
}


def _of(proven: ProvenRule, kind: type[Any]) -> Any:
    if not isinstance(proven.rule, kind):
        raise TypeError(f"{proven.id} is no {kind.__name__}")
    return proven.rule


def _result(proven: ProvenRule, facts: Facts, **outcome: Any) -> RuleResult:
    """A result with what every one has: the rule, its notes, and the spots of its values."""
    spots: list[Spot] = [*outcome.pop("spots", ()), *_value_spots(proven)]
    notes = (*proven.rule.notes, *outcome.pop("notes", ()))
    filled = {n: fill(outcome.pop(n), proven.values) for n in ("sentence", "then") if outcome.get(n) is not None}
    return RuleResult(
        rule=proven.id,
        policy_id=proven.policy_id,
        title=proven.rule.title,
        inputs=dict(facts),
        spots=tuple(dict.fromkeys(spots)),
        notes=tuple(fill(note, proven.values) for note in notes),
        **filled,
        **{name: tuple(value) if isinstance(value, list) else value for name, value in outcome.items()},
    )


def _value_spots(proven: ProvenRule) -> list[Spot]:
    """Where the rule as a whole, and the values that no criterion compares with, stand."""
    compared = {criterion.parameter for criterion in all_criteria(proven.rule)}
    own = [value.spot for name, value in proven.values.items() if name not in compared]
    return [*([proven.spots["rule"]] if "rule" in proven.spots else []), *own]
