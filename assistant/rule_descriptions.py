"""A rule as a caller may read it before running it: what it holds, what it asks, and the quotes that prove both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.citations import CitationBook
from assistant.receipts import plain_value
from assistant.results import Cite
from assistant.rule_facts import facts_schema, specs_of
from assistant.rule_runs import cite_into
from knowledge.records import PolicyText
from knowledge.rules.card import Case, ChoiceRule, ConditionsRule, Said
from knowledge.rules.inputs import all_criteria, criteria_of
from knowledge.rules.proven import ProvenRule
from knowledge.rules.rulebook import Rulebook, full_name
from knowledge.rules.wording import fill, tell_value


def rule_heading(rule: ProvenRule, language: str) -> dict[str, Any]:
    """A rule in a list of rules."""
    return {
        "name": full_name(rule),
        "policy_id": rule.policy_id,
        "year": rule.year,
        "kind": rule.rule.kind,
        "title": rule.rule.title.in_language(language),
        "care": list(rule.rule.care),
    }


def describe_rule(
    rule: ProvenRule, rulebook: Rulebook, texts: Mapping[str, PolicyText], language: str
) -> dict[str, Any]:
    """All of a rule. `facts` is a JSON Schema, of which a form can be made; labels refer to `citations`."""
    book = CitationBook(dict(texts))
    cite = cite_into(book, texts[rule.policy_id])

    def told(said: Said | None) -> str | None:
        return fill(said, rule.values).in_language(language).replace("**", "") if said is not None else None

    return rule_heading(rule, language) | {
        "policy_title": texts[rule.policy_id].policy.title,
        "asks": list(rule.rule.asks),
        "parameters": _parameters(rule, language, cite),
        "criteria": _criteria(rule, told, cite),
        "cases": _cases(rule, language, told, cite),
        "met": told(rule.rule.met) if isinstance(rule.rule, ConditionsRule) else None,
        "not_met": told(rule.rule.not_met) if isinstance(rule.rule, ConditionsRule) else None,
        "then": told(rule.rule.then),
        "notes": [told(note) for note in rule.rule.notes],
        "proof": cite(rule.spots["rule"]) if "rule" in rule.spots else None,
        "facts": facts_schema(specs_of(rule, rulebook), language),
        "citations": [each.model_dump(mode="json") for each in book.citations],
    }


def _parameters(rule: ProvenRule, language: str, cite: Cite) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "value": plain_value(value),
            "unit": value.unit,
            "told": tell_value(value).in_language(language),
            "citation": cite(value.spot),
        }
        for name, value in rule.values.items()
    ]


def _criteria(rule: ProvenRule, told: Callable[[Said | None], str | None], cite: Cite) -> list[dict[str, Any]]:
    """Every condition; `gate`: one of those that say to whom the rule speaks at all."""
    gates = {criterion.id for criterion in criteria_of(rule.rule.applies)}
    return [
        {
            "name": told(criterion.name),
            "needs": told(criterion.needs),
            "fact": criterion.fact,
            "gate": criterion.id in gates,
            "note": told(criterion.note),
            "citation": cite(rule.spots[criterion.id]),
        }
        for criterion in all_criteria(rule.rule)
    ]


def _cases(
    rule: ProvenRule, language: str, told: Callable[[Said | None], str | None], cite: Cite
) -> list[dict[str, Any]]:
    """The rows of a decision table, with the facts that each depends on; none: in every other case."""
    if not isinstance(rule.rule, ChoiceRule):
        return []
    return [
        {
            "facts": list(dict.fromkeys(criterion.fact for criterion in criteria_of(case.when))),
            "outcome": _outcome(case, rule, language, told),
            "citation": cite(rule.spots[f"case {number}"]),
        }
        for number, case in enumerate(rule.rule.cases, start=1)
    ]


def _outcome(case: Case, rule: ProvenRule, language: str, told: Callable[[Said | None], str | None]) -> str | None:
    name = case.date or case.term
    return tell_value(rule.values[name]).in_language(language) if name is not None else told(case.value)
