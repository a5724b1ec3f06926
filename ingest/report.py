"""What an ingest did, for the operator: per policy what came out, and what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from knowledge.bank import MAX_TIES, QuestionBank
from knowledge.records import PolicyText, Record
from knowledge.rules.proven import PolicyRules
from knowledge.statements.proven import PolicyStatements


class PolicyReport(Record):
    """What came out of one policy file."""

    policy_id: str
    file: str
    pages: int
    sections: int
    passages: int
    facts: int
    oddities: tuple[str, ...]
    reused: bool
    rules_proven: tuple[str, ...] = ()
    rules_refused: tuple[str, ...] = ()
    statements_proven: tuple[str, ...] = ()
    statements_refused: tuple[str, ...] = ()


class BankReport(Record):
    """What came of the question bank: how many questions are tied, and the lines that name no spot."""

    questions: int
    loose: tuple[str, ...] = ()


class Report(Record):
    """The outcome of an ingest or a check. `snapshot_id` is what is published now, None after a check."""

    snapshot_id: str | None
    published: bool
    policies: tuple[PolicyReport, ...]
    changes: tuple[str, ...]
    questions: BankReport = BankReport(questions=0)


def report_bank(bank: QuestionBank, texts: Sequence[PolicyText]) -> BankReport:
    """How the lines of `bank` tie to `texts`."""
    ties = bank.tie(texts)
    faults = [(line, "stands nowhere") for line in ties.loose]
    faults += [(line, f"stands in more than {MAX_TIES} passages") for line in ties.broad]
    return BankReport(
        questions=len(ties.questions),
        loose=tuple(
            f"{line.policy_id}, section {' or '.join(line.sections)}: key {' + '.join(line.key)!r} {fault}"
            for line, fault in faults
        ),
    )


def report_policy(text: PolicyText, rules: PolicyRules, statements: PolicyStatements, *, reused: bool) -> PolicyReport:
    """Counts and oddities of one policy, and what its text proves of its rules and statements."""
    counts = Counter((oddity.kind, oddity.text) for oddity in text.oddities)
    return PolicyReport(
        policy_id=text.policy.id,
        file=text.policy.file,
        pages=len(text.pages),
        sections=sum(section.kind != "contents" for section in text.sections),
        passages=len(text.passages),
        facts=len(text.facts),
        oddities=tuple(
            f"{kind}: {what}" + (f" ({count}x)" if count > 1 else "") for (kind, what), count in counts.items()
        ),
        reused=reused,
        rules_proven=tuple(rule.id for rule in rules.proven),
        rules_refused=tuple(f"{rule.rule_id}: {'; '.join(rule.reasons)}" for rule in rules.refused),
        statements_proven=tuple(statement.card.id for statement in statements.proven),
        statements_refused=tuple(f"{each.statement_id}: {'; '.join(each.reasons)}" for each in statements.refused),
    )


def compare_with(previous: Mapping[str, PolicyText], texts: Sequence[PolicyText]) -> tuple[str, ...]:
    """What differs from the published snapshot, a line a policy."""
    lines = []
    for text in texts:
        before = previous.get(text.policy.id)
        if before is None:
            lines.append(f"added: {text.policy.id} ({len(text.passages)} passages)")
            continue
        old, new = ({passage.text for passage in version.passages} for version in (before, text))
        if old != new:
            lines.append(f"changed: {text.policy.id} ({len(new - old)} passages new, {len(old - new)} gone)")
        elif before.policy != text.policy:
            lines.append(f"changed: {text.policy.id} (manifest entry only)")
    gone = sorted(set(previous) - {text.policy.id for text in texts})
    return (*lines, *(f"removed: {policy_id}" for policy_id in gone))
