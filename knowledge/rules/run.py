"""Runs a proven rule on the asker's facts and a day: pure functions, one for each kind of rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from knowledge.rules.card import (
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
)
from knowledge.rules.choice import run_choice
from knowledge.rules.formulas import FORMULAS, OPTIONAL_FACTS
from knowledge.rules.inputs import WISHED_END, facts_of, optional_facts_of
from knowledge.rules.logic import Judged, judge
from knowledge.rules.outcome import as_kind, date_of, day_outcome, opened, result_of, value_sentence
from knowledge.rules.proven import ProvenRule, ProvenValue
from knowledge.rules.result import RuleResult
from knowledge.rules.standing import Bound, exact_date, stand
from knowledge.rules.start import run_start
from knowledge.rules.terms import count_on, count_through, count_to_next_year, event_outcome
from knowledge.rules.wording import tell_amount, tell_day

Specs = Mapping[str, FactSpec]


def run_rule(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    """The outcome of a rule for what is known of the asker. Facts that the rule does not read are left aside.

    Raises:
        TypeError: a fact is not of its kind.
    """
    rule = proven.rule
    known = {name: facts[name] for name in (*facts_of(rule), *optional_facts_of(rule)) if name in facts}
    gate = judge(rule.applies, known, proven, specs) if rule.applies is not None else None
    if gate is not None and gate.verdict == "not_met":
        return result_of(proven, known, verdict="not_met", sentence=_does_not_apply(gate), criteria=gate.criteria)
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
            "sentence": _for_whom_it_applies(gate, result.sentence) if gate.verdict == "undecided" else result.sentence,
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


def _for_whom_it_applies(gate: Judged, sentence: Said) -> Said:
    """An outcome for whom the rule speaks to, where it is not known whether the asker is one of them."""
    open_ = [c for c in gate.criteria if c.verdict == "undecided"]
    return if_it_applies([c.name for c in open_], sentence)


def if_it_applies(names: Sequence[Said], sentence: Said) -> Said:
    """A sentence that holds for an asker of whom all that is named is so."""
    nl, en = ", ".join(name.nl for name in names), ", ".join(name.en for name in names)
    return Said(nl=f"Als dit voor u geldt ({nl}): {sentence.nl}", en=f"If this applies to you ({en}): {sentence.en}")


def _conditions(proven: ProvenRule, facts: Facts, _today: dt.date, specs: Specs) -> RuleResult:
    rule = as_kind(proven, ConditionsRule)
    judged = judge(rule.needs, facts, proven, specs)
    sentence = {
        "met": rule.met,
        "not_met": rule.not_met,
        "undecided": Said(
            nl="Dat is nog niet te zeggen: het hangt af van wat u nog niet heeft genoemd.",
            en="That cannot be said yet: it depends on what you have not told.",
        ),
    }[judged.verdict]
    return result_of(
        proven,
        facts,
        verdict=judged.verdict,
        sentence=sentence,
        criteria=judged.criteria,
        missing=judged.missing,
        ask=specs[judged.missing[0]].ask if judged.missing else None,
        then=rule.then if judged.verdict == "not_met" else None,
    )


def _term(proven: ProvenRule, facts: Facts, today: dt.date, specs: Specs) -> RuleResult:
    rule = as_kind(proven, TermRule)
    term = proven.values["term"]
    given, wished = facts.get(rule.after), facts.get(WISHED_END)
    aim = Said(nl=f"{rule.what.nl} (een streven, geen garantie)", en=f"{rule.what.en} (an aim, not a guarantee)")
    what = aim if rule.is_aim else rule.what
    if not isinstance(given, dt.date) and isinstance(wished, dt.date):
        outcome = event_outcome(wished, term, specs[rule.after], what, today, is_own=rule.own)
        return result_of(proven, facts, **outcome)
    if not isinstance(given, dt.date):
        sentence = _term_in_general(rule, term, specs[rule.after].label, proven.year)
        return result_of(
            proven, facts, verdict="undecided", sentence=sentence, missing=(rule.after,), ask=specs[rule.after].ask
        )
    bound: Bound | None = "by"
    if rule.ends == "through":
        counted, bound = count_through(given, term), None
    elif rule.ends == "next_year":
        counted, bound = count_to_next_year(given), "from"
    else:
        counted = count_on(given, term, specs[rule.after], backwards=rule.backwards)
    acted = facts.get(rule.on) if rule.on else None
    outcome = day_outcome(exact_date(counted.day), what, bound, today, is_own=rule.own, on=acted)
    return result_of(proven, facts, **outcome, steps=counted.steps)


def _term_in_general(rule: TermRule, term: ProvenValue, event: Said, year: int) -> Said:
    """What a term rule says where its event is not known; of a stretch also how long it is from the start of `year`."""
    amount, what = tell_amount(term.quantity, term.unit), Said(nl=opened(rule.what.nl), en=opened(rule.what.en))
    if rule.ends == "through":
        first = dt.date(year, 1, 1)
        start, end = tell_day(first), tell_day(count_through(first, term).day)
        return Said(
            nl=f"{what.nl}: {amount.nl} vanaf de ingangsdatum. Gaat het in op {start.nl}, dan is dat {end.nl}.",
            en=f"{what.en}: {amount.en} from the start. If it starts on {start.en}, that is {end.en}.",
        )
    if rule.ends == "next_year":
        return Said(
            nl=f"{what.nl}: vanaf 1 januari van het volgende kalenderjaar, gerekend na de {event.nl}.",
            en=f"{what.en}: from 1 January of the next calendar year, counted after the {event.en}.",
        )
    nl, en = ("vóór", "before") if rule.backwards else ("na", "after")
    return Said(
        nl=f"{what.nl}: {amount.nl} {nl} de {event.nl}.",
        en=f"{what.en}: {amount.en} {en} the {event.en}.",
    )


def _deadline(proven: ProvenRule, facts: Facts, today: dt.date, _specs: Specs) -> RuleResult:
    rule = as_kind(proven, DeadlineRule)
    date = date_of(proven.values["date"])
    planned = facts.get(rule.on) if rule.on else None
    on = planned if isinstance(planned, dt.date) else None
    if on is not None and proven.values["date"].unit == "month_day":
        date = exact_date(_in_year(date.last, on.year))  # a day without a year comes back every year
    standing = stand(date, rule.bound, today, on=on, is_own=rule.own)
    return result_of(
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
    rule = as_kind(proven, FormulaRule)
    formula = FORMULAS[rule.formula]
    missing = tuple(name for name in formula.facts if name not in facts and name not in OPTIONAL_FACTS)
    if missing:
        return result_of(
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
    return result_of(
        proven,
        facts,
        verdict="value",
        value=f"{figure.figure.normalize():f}",
        unit=rule.unit,
        sentence=value_sentence(rule.what, told),
        steps=figure.steps,
        notes=figure.notes,
    )


def _contact(proven: ProvenRule, facts: Facts, _today: dt.date, _specs: Specs) -> RuleResult:
    rule = as_kind(proven, ContactRule)
    address = proven.values["address"].address or ""
    subject = rule.subject
    nl = f" Zet in het onderwerp: {subject.nl}." if subject else ""
    en = f" Put in the subject line: {subject.en}." if subject else ""
    sentence = Said(nl=f"**{address}**: {rule.what.nl}.{nl}", en=f"**{address}**: {rule.what.en}.{en}")
    return result_of(proven, facts, verdict="value", value=address, unit="address", sentence=sentence)


def _start(proven: ProvenRule, facts: Facts, _today: dt.date, specs: Specs) -> RuleResult:
    return result_of(proven, facts, **run_start(as_kind(proven, StartRule), proven, facts, specs))


_RUNNERS: Mapping[type, Callable[[ProvenRule, Facts, dt.date, Specs], RuleResult]] = {
    ConditionsRule: _conditions,
    ChoiceRule: run_choice,
    StartRule: _start,
    TermRule: _term,
    DeadlineRule: _deadline,
    FormulaRule: _formula,
    ContactRule: _contact,
}
