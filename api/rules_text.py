"""What `loket rules` shows in a terminal: lists, a rule with its proof, and a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.rule_runs import RuleRun

_VERDICTS = {
    "nl": {"met": "voldaan", "not_met": "niet voldaan", "undecided": "nog niet bekend"},
    "en": {"met": "met", "not_met": "not met", "undecided": "not known yet"},
}


def list_text(rules: Sequence[Mapping[str, Any]], refused: Mapping[str, Sequence[str]]) -> str:
    """A line a rule: full name, kind, title and care."""
    lines = []
    for rule in rules:
        care = f" ({', '.join(rule['care'])})" if rule["care"] else ""
        lines.append(f"{rule['name']}  [{rule['kind']}]  {rule['title']}{care}")
    for name, reasons in refused.items():
        lines.append(f"{name}  REFUSED, not used")
        lines += [f"    {reason}" for reason in reasons]
    lines.append(f"{len(rules)} rules, {len(refused)} refused")
    return "\n".join(lines)


def rule_text(rule: Mapping[str, Any]) -> str:
    """A rule with everything that it holds, as `rule_descriptions.describe_rule` gives it."""
    lines = [f"{rule['name']}  [{rule['kind']}]", rule["title"], f"{rule['policy_title']}", ""]
    lines += _part("values", (f"{p['name']} = {p['told']} ({p['unit']}) [{p['citation']}]" for p in rule["parameters"]))
    lines += _part("conditions", map(_condition, rule["criteria"]))
    lines += _part("outcomes", map(_case, rule["cases"]))
    lines += _part("says", (f"{name}: {rule[name]}" for name in ("met", "not_met", "then") if rule[name]))
    lines += _part("facts", (_fact(name, schema) for name, schema in rule["facts"]["properties"].items()))
    lines += _part("notes", rule["notes"])
    lines += _part("asked as", rule["asks"])
    return "\n".join([*lines, *_citations(rule["citations"])])


def _condition(criterion: Mapping[str, Any]) -> str:
    gate = " (to whom it applies)" if criterion["gate"] else ""
    note = f" Note: {criterion['note']}" if criterion["note"] else ""
    return f"{criterion['name']}{gate}: {criterion['needs']} [{criterion['citation']}]{note}"


def _case(case: Mapping[str, Any]) -> str:
    return f"{case['outcome']} (by {', '.join(case['facts']) or 'default'}) [{case['citation']}]"


def _fact(name: str, schema: Mapping[str, Any]) -> str:
    kind = schema.get("x-unit") or schema.get("format") or schema["type"]
    values = f"; one of {', '.join(option['const'] for option in schema['oneOf'])}" if "oneOf" in schema else ""
    return f"{name} ({kind}{values}): {schema['description']}"


def run_text(run: RuleRun, language: str) -> str:
    """The outcome, its reasons, and the quotes."""
    record, verdicts = run.record, _VERDICTS[language]
    marks = "".join(f"[{label}]" for label in record["citations"])
    lines = [f"{record['sentence']} {marks}".strip(), *([record["then"]] if record["then"] else []), ""]
    for criterion in record["criteria"]:
        given = f" (opgegeven: {criterion['given']})" if language == "nl" else f" (given: {criterion['given']})"
        shown = given if criterion["given"] is not None else ""
        lines.append(f"- {verdicts[criterion['verdict']]}: {criterion['needs']}{shown} [{criterion['citation']}]")
        lines += [f"    {criterion['note']}"] if criterion["note"] else []
    lines += [f"= {step}" for step in record["steps"]]
    lines += [f"! {note}" for note in record["notes"]]
    lines += [f"? {missing['ask'] or ''} ({missing['name']})" for missing in record["missing"]]
    return "\n".join([*lines, *_citations(each.model_dump() for each in run.citations)])


def _part(title: str, items: Iterable[str]) -> list[str]:
    shown = [f"    {item}" for item in items]
    return [f"{title}:", *shown] if shown else []


def _citations(citations: Iterable[Mapping[str, Any]]) -> list[str]:
    lines = []
    for citation in citations:
        page = f", p. {citation['page']}" if citation["page"] else ""
        path = " > ".join(citation["heading_path"])
        lines += [
            "",
            f"[{citation['label']}] {citation['policy_title']} ({citation['insurer']}), {path}{page}",
            "    " + " ".join(citation["quote"].split()),
        ]
    return lines
