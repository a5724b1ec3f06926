"""Rules against the text: every value and condition of a card is looked for where its proof says it stands.

A rule of which anything is not found is refused for that policy and never used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.next_year import in_year, prove_in_year
from ingest.proof_finder import ProofFinder
from knowledge.records import PolicyText
from knowledge.rules.card import CardFile, ChoiceRule, Proof, Rule
from knowledge.rules.inputs import all_criteria
from knowledge.rules.load import bundled_cards, family_of, fingerprint
from knowledge.rules.proven import PolicyRules, ProvenRule, ProvenValue, RefusedRule, Spot


def prove_rules(text: PolicyText, files: Sequence[CardFile] | None = None) -> PolicyRules:
    """The rules that hold for a policy, and those that its text does not prove. Default: the bundled cards."""
    family = family_of(text.policy.id, text.policy.year)
    cards = (
        next((each for each in bundled_cards() if each.policy == family), None)
        if files is None
        else next((each for each in files if each.policy == family), None)
    )
    if cards is None:
        return PolicyRules(policy_id=text.policy.id)
    finder = ProofFinder(text, is_other_year=text.policy.year not in cards.years)
    outcomes = [prove_in_year(rule, cards.years, text, lambda card: _prove(card, text, finder)) for rule in cards.rules]
    return PolicyRules(
        policy_id=text.policy.id,
        cards=fingerprint(cards),
        facts=tuple(in_year(fact, cards.years, text.policy.year) or fact for fact in cards.facts),
        proven=tuple(outcome for outcome in outcomes if isinstance(outcome, ProvenRule)),
        refused=tuple(outcome for outcome in outcomes if isinstance(outcome, RefusedRule)),
    )


def prove_with(rules: Sequence[Rule], text: PolicyText, finder: ProofFinder) -> list[ProvenRule]:
    """Those of `rules` that a finder of the text proves."""
    return [outcome for rule in rules if isinstance(outcome := _prove(rule, text, finder), ProvenRule)]


def _prove(rule: Rule, text: PolicyText, finder: ProofFinder) -> ProvenRule | RefusedRule:
    reasons: list[str] = []
    values: dict[str, ProvenValue] = {}
    spots: dict[str, Spot] = {}
    for name, parameter in rule.parameters.items():
        value = finder.value(parameter)
        if isinstance(value, str):
            reasons.append(f"{name}: {value}")
        else:
            values[name] = value
    for name, proof in _proofs(rule):
        spot = finder.spot(proof)
        if isinstance(spot, str):
            reasons.append(f"{name}: {spot}")
        else:
            spots[name] = spot
    if reasons:
        return RefusedRule(rule_id=rule.id, reasons=tuple(reasons))
    return ProvenRule(policy_id=text.policy.id, year=text.policy.year, rule=rule, values=values, spots=spots)


def _proofs(rule: Rule) -> Iterator[tuple[str, Proof]]:
    for criterion in all_criteria(rule):
        yield criterion.id, criterion.proof
    if isinstance(rule, ChoiceRule):
        for number, case in enumerate(rule.cases, start=1):
            yield f"case {number}", case.proof
    if rule.proof is not None:
        yield "rule", rule.proof
