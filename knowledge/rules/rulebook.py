"""The proven rules of all policies on file: found by name, run on facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from knowledge.rules.card import ContactRule, Facts, FactSpec
from knowledge.rules.proven import PolicyRules, ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.run import run_rule


class Rulebook:
    """The rules of one snapshot. A rule's full name is 'policy_id.rule_id'."""

    def __init__(self, rules: Mapping[str, PolicyRules]) -> None:
        self._policies = rules
        self._rules = {full_name(rule): rule for each in rules.values() for rule in each.proven}
        self._specs = {policy_id: {spec.name: spec for spec in each.facts} for policy_id, each in rules.items()}

    def __iter__(self) -> Iterator[ProvenRule]:
        return iter(self._rules.values())

    def __len__(self) -> int:
        return len(self._rules)

    def among(self, policy_ids: Collection[str] = ()) -> list[ProvenRule]:
        """The rules of these policies; all when none is named."""
        return [rule for rule in self if not policy_ids or rule.policy_id in policy_ids]

    def get(self, name: str) -> ProvenRule | None:
        """The rule with this full name; None where there is none, or its policy does not prove it."""
        return self._rules.get(name)

    def refused(self) -> dict[str, tuple[str, ...]]:
        """The full names of the rules that are not used, each with what was not found."""
        return {
            f"{policy_id}.{refused.rule_id}": refused.reasons
            for policy_id, each in self._policies.items()
            for refused in each.refused
        }

    def specs(self, policy_id: str) -> Mapping[str, FactSpec]:
        """The facts that the rules of a policy ask about, by name."""
        return self._specs.get(policy_id, {})

    def contact(self, policy_id: str, address: str) -> ProvenRule | None:
        """The contact rule of a policy for an address, one with a subject line first; None where there is none."""
        rules = [
            rule
            for rule in self.among((policy_id,))
            if isinstance(rule.rule, ContactRule) and rule.values["address"].address == address
        ]
        return max(rules, key=lambda rule: rule.rule.subject is not None, default=None)  # type: ignore[union-attr]  # just filtered

    def run(self, rule: ProvenRule, facts: Facts, today: dt.date) -> RuleResult:
        """The outcome of a rule. Raises TypeError where a fact is not of its kind."""
        return run_rule(rule, facts, today, self.specs(rule.policy_id))


def full_name(rule: ProvenRule) -> str:
    """The name of a rule among those of all policies."""
    return f"{rule.policy_id}.{rule.id}"
