"""Three-valued judging of conditions: met, not met, or undecided where a fact is missing. Never a guess."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.rules.card import AllOf, Criterion, Facts, FactSpec, FactValue, Need, Said, Unit
from knowledge.rules.proven import ProvenRule, ProvenValue
from knowledge.rules.result import CriterionResult, Verdict
from knowledge.rules.wording import fill, tell_amount, tell_fact, tell_number

AMOUNT_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}
_DAY_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "by": operator.le,
    "before": operator.lt,
    "from_day": operator.ge,
}


LEAST_GAP = Decimal("0.001")
"""How little an amount is over a limit of which only 'meer dan' is said; no more is told of it than that it is over."""


@dataclass(frozen=True)
class Judged:
    """A condition judged, with its criteria in order and the facts that could still change the verdict."""

    verdict: Verdict
    criteria: tuple[CriterionResult, ...]
    missing: tuple[str, ...]


def judge(need: Need, facts: Facts, proven: ProvenRule, specs: Mapping[str, FactSpec]) -> Judged:
    """`need` on `facts`.

    All-of is not met when one is not, any-of met when one is, whatever is not known; then, where
    something is not known, undecided.
    """
    if isinstance(need, Criterion):
        result = judge_criterion(need, facts, proven, specs)
        return Judged(result.verdict, (result,), (need.fact,) if result.verdict == "undecided" else ())
    parts = [judge(each, facts, proven, specs) for each in (need.all if isinstance(need, AllOf) else need.any)]
    verdict = _all([p.verdict for p in parts]) if isinstance(need, AllOf) else _any([p.verdict for p in parts])
    missing = tuple(name for part in parts for name in part.missing) if verdict == "undecided" else ()
    return Judged(verdict, tuple(c for part in parts for c in part.criteria), tuple(dict.fromkeys(missing)))


def _all(verdicts: Sequence[Verdict]) -> Verdict:
    if "not_met" in verdicts:
        return "not_met"
    return "undecided" if "undecided" in verdicts else "met"


def _any(verdicts: Sequence[Verdict]) -> Verdict:
    if "met" in verdicts:
        return "met"
    return "undecided" if "undecided" in verdicts else "not_met"


def judge_criterion(
    criterion: Criterion, facts: Facts, proven: ProvenRule, specs: Mapping[str, FactSpec]
) -> CriterionResult:
    """One criterion on `facts`. Raises TypeError where a fact is not of its kind."""
    spec, given = specs[criterion.fact], facts.get(criterion.fact)
    verdict: Verdict = "undecided"
    distance = None
    if given is not None:
        verdict = "met" if _passes(criterion, given, proven.values) else "not_met"
        distance = _distance(criterion, given, proven.values)
    needs = fill(criterion.needs, proven.values)
    return CriterionResult(
        id=criterion.id,
        fact=criterion.fact,
        name=criterion.name,
        needs=needs,
        verdict=verdict,
        given=tell_fact(spec, given) if given is not None else None,
        distance=distance,
        told=_told(criterion, verdict, needs, distance, proven.values),
        has_own_words={"met": criterion.met, "not_met": criterion.not_met}.get(verdict) is not None,
        note=fill(criterion.note, proven.values) if criterion.note else None,
        spot=proven.spots[criterion.id],
    )


def _passes(criterion: Criterion, given: FactValue, values: Mapping[str, ProvenValue]) -> bool:
    if criterion.is_ is not None:
        return given == criterion.is_
    if criterion.one_of:
        return given in criterion.one_of
    (test,) = criterion.tests
    value = values[criterion.parameter or ""]
    if test in _DAY_TESTS:
        if not isinstance(given, dt.date):
            raise TypeError(f"{criterion.fact} is {given!r}, wanted a day")
        bound = value.day if test != "from_day" else value.date.first if value.date else value.day
        return _DAY_TESTS[test](given, bound)
    if isinstance(given, bool) or not isinstance(given, Decimal):
        raise TypeError(f"{criterion.fact} is {given!r}, wanted an amount")
    return AMOUNT_TESTS[test](given, value.quantity)


def _distance(criterion: Criterion, given: FactValue, values: Mapping[str, ProvenValue]) -> Said | None:
    """How far an amount or a day is from the bound; None where there is no bound."""
    if criterion.parameter is None:
        return None
    value = values[criterion.parameter]
    if isinstance(given, Decimal):
        gap = given - value.quantity
        if not gap:
            return Said(nl="precies op de grens", en="exactly on the limit")
        nl, en = ("meer", "more") if gap > 0 else ("minder", "less")
        if abs(gap) <= LEAST_GAP:
            return Said(nl=f"{nl} dan de grens", en=f"{en} than the limit")
        amount = _gap_in_words(abs(gap), value.unit)
        return Said(nl=f"{amount.nl} {nl} dan de grens", en=f"{amount.en} {en} than the limit")
    if isinstance(given, dt.date):
        days = (given - value.day).days
        if not days:
            return Said(nl="precies op de dag zelf", en="exactly on that day")
        count = tell_amount(Decimal(abs(days)), "day")
        return Said(
            nl=f"{count.nl} {'na' if days > 0 else 'vóór'} die dag",
            en=f"{count.en} {'after' if days > 0 else 'before'} that day",
        )
    return None


def _gap_in_words(gap: Decimal, unit: Unit) -> Said:
    """An amount between two others; between two shares it is one of percentage points."""
    if unit != "percent":
        return tell_amount(gap, unit)
    points = tell_number(gap)
    return Said(nl=f"{points.nl} procentpunt", en=f"{points.en} percentage points")


def _told(
    criterion: Criterion,
    verdict: Verdict,
    needs: Said,
    distance: Said | None,
    values: Mapping[str, ProvenValue],
) -> Said:
    """The criterion's verdict in a sentence."""
    own = criterion.met if verdict == "met" else criterion.not_met if verdict == "not_met" else None
    if own is not None:
        return fill(own, values)
    nl = {
        "met": "Aan deze eis voldoet u:",
        "not_met": "Aan deze eis voldoet u niet:",
        "undecided": "Nog niet bekend:",
    }[verdict]
    en = {
        "met": "You meet this requirement:",
        "not_met": "You do not meet this requirement:",
        "undecided": "Not known yet:",
    }[verdict]
    shown = f" ({distance.nl})" if distance else "", f" ({distance.en})" if distance else ""
    return Said(nl=f"{nl} {needs.nl.rstrip('.')}{shown[0]}.", en=f"{en} {needs.en.rstrip('.')}{shown[1]}.")
