"""What contradicts itself in a file of cards: found when the cards are read, not when a rule is run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from knowledge.rules.card import (
    CardFile,
    ChoiceRule,
    ContactRule,
    Criterion,
    DeadlineRule,
    FactSpec,
    FormulaRule,
    Rule,
    Said,
    StartRule,
    TermRule,
)
from knowledge.rules.formulas import FORMULAS
from knowledge.rules.inputs import all_criteria, criteria_of, facts_of

_TIMES = frozenset({"day", "week", "month", "year", "working_day"})
_OF_AMOUNTS = frozenset({"at_least", "at_most", "more_than", "less_than"})
_OF_DAYS = frozenset({"by", "before", "from_day"})
_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


def faults_of(cards: CardFile) -> Iterator[str]:
    """Names used twice, facts, parameters, options and formulas that are not there, tests that never can be run."""
    counts = Counter(fact.name for fact in cards.facts) + Counter(rule.id for rule in cards.rules)
    yield from (f"{name} stands twice" for name, count in counts.items() if count > 1)
    specs = {fact.name: fact for fact in cards.facts}
    for rule in cards.rules:
        yield from (f"{rule.id}: {fault}" for fault in _faults(rule, specs))


def _faults(rule: Rule, specs: Mapping[str, FactSpec]) -> Iterator[str]:
    if isinstance(rule, FormulaRule) and rule.formula not in FORMULAS:
        yield f"formula {rule.formula} is not defined"
        return
    criteria = all_criteria(rule)
    yield from (f"fact {name} is not defined" for name in facts_of(rule) if name not in specs)
    wanted = [criterion.parameter for criterion in criteria if criterion.parameter] + _own_parameters(rule)
    places = {place for said in _wordings(rule) for text in (said.nl, said.en) for place in _PLACE.findall(text)}
    missing = dict.fromkeys(name for name in (*wanted, *sorted(places)) if name not in rule.parameters)
    yield from (f"parameter {name} is not defined" for name in missing)
    for criterion in criteria:
        yield from _of_test(criterion, specs.get(criterion.fact))
    yield from (f"two criteria are called {name}" for name in _clashes(rule))
    is_counted = isinstance(rule, TermRule) and rule.ends != "next_year"  # once a year is no length of time
    terms = [rule.parameters.get("term")] if is_counted else []
    if isinstance(rule, ChoiceRule):
        terms += [rule.parameters.get(case.term) for case in rule.cases if case.term]
    yield from (f"a term in {term.unit} cannot be counted" for term in terms if term and term.unit not in _TIMES)


def _of_test(criterion: Criterion, spec: FactSpec | None) -> Iterator[str]:
    chosen = [*criterion.one_of, *([criterion.is_] if isinstance(criterion.is_, str) else [])]
    known = {option.value for option in spec.options} if spec else set()
    yield from (f"{criterion.fact} has no option {value}" for value in chosen if value not in known)
    if spec is None:
        return
    tests = set(criterion.tests)
    if (tests & _OF_AMOUNTS and spec.kind != "amount") or (tests & _OF_DAYS and spec.kind != "date"):
        yield f"{criterion.fact} is a {spec.kind}, and is compared like another"


def _clashes(rule: Rule) -> list[str]:
    """Names of criteria that differ: a rule that says one thing twice may name it once."""
    found: dict[str, Criterion] = {}
    clashes = []
    needs = [rule.applies, getattr(rule, "needs", None)]
    needs += [case.when for case in rule.cases] if isinstance(rule, ChoiceRule) else []
    for need in needs:
        for criterion in criteria_of(need):
            if found.setdefault(criterion.id, criterion) != criterion:
                clashes.append(criterion.id)
    return list(dict.fromkeys(clashes))


def _wordings(rule: Rule) -> Iterator[Said]:
    """The wordings of a rule that values are filled into."""
    yield from rule.notes
    yield from (
        said
        for name in ("what", "met", "not_met", "then", "subject")
        if isinstance(said := getattr(rule, name, None), Said)
    )
    for criterion in all_criteria(rule):
        yield from (s for s in (criterion.needs, criterion.met, criterion.not_met, criterion.note) if s is not None)
    if isinstance(rule, ChoiceRule):
        yield from (case.value for case in rule.cases if case.value is not None)


def _own_parameters(rule: Rule) -> list[str]:
    """The parameters that a kind of rule cannot do without."""
    if isinstance(rule, StartRule):
        return ["first_day"]
    if isinstance(rule, TermRule):
        return ["term"]
    if isinstance(rule, DeadlineRule):
        return ["date"]
    if isinstance(rule, ContactRule):
        return ["address"]
    if isinstance(rule, FormulaRule):
        return list(FORMULAS[rule.formula].parameters)
    if isinstance(rule, ChoiceRule):
        return [name for case in rule.cases for name in (case.date, case.term) if name]
    return []
