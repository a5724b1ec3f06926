"""What is curated about the policies of a snapshot: proven rules and statements, found by the questions they answer.

<folder>/rules.json       the rules that the policies prove, and those refused
<folder>/statements.json  the statements, likewise
<folder>/rule_asks/       the questions that the proven rules answer, encoded and indexed
<folder>/statement_asks/  those of the proven statements
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from knowledge.bank import TiedQuestion
from knowledge.bank_index import BankIndex
from knowledge.rules.proven import PolicyRules, ProvenRule
from knowledge.statements.proven import PolicyStatements, ProvenStatement

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

_RULES_FILE, _RULES = "rules.json", TypeAdapter(list[PolicyRules])
_STATEMENTS_FILE, _STATEMENTS = "statements.json", TypeAdapter(list[PolicyStatements])
Curation = TypeVar("Curation", PolicyRules, PolicyStatements)
_RULE_ASKS, _STATEMENT_ASKS = "rule_asks", "statement_asks"


@dataclass(frozen=True, eq=False)
class Curated:
    """Rules and statements by policy id; the indexes count them in the order of `proven_rules`, `proven_statements`."""

    rules: Mapping[str, PolicyRules]
    statements: Mapping[str, PolicyStatements]
    rule_asks: BankIndex
    statement_asks: BankIndex

    @classmethod
    def open(cls, folder: Path, dimensions: int) -> Curated:
        """What `write_curated` wrote. Raises OSError, ValueError or SnapshotCorrupt where it cannot be read."""
        rules = _RULES.validate_json((folder / _RULES_FILE).read_bytes())
        statements = _STATEMENTS.validate_json((folder / _STATEMENTS_FILE).read_bytes())
        return cls(
            rules={each.policy_id: each for each in rules},
            statements={each.policy_id: each for each in statements},
            rule_asks=BankIndex.open(folder / _RULE_ASKS, _count(rules), dimensions),
            statement_asks=BankIndex.open(folder / _STATEMENT_ASKS, _count(statements), dimensions),
        )

    @property
    def proven_rules(self) -> tuple[ProvenRule, ...]:
        """The rules that are used, policy by policy."""
        return tuple(rule for each in self.rules.values() for rule in each.proven)

    @property
    def proven_statements(self) -> tuple[ProvenStatement, ...]:
        """The statements that are used, policy by policy."""
        return tuple(statement for each in self.statements.values() for statement in each.proven)


def write_curated(
    folder: Path, rules: Sequence[PolicyRules], statements: Sequence[PolicyStatements], encoder: Encoder
) -> None:
    """Write what is curated into `folder`, which exists; the questions are encoded."""
    rules, statements = _in_order(rules), _in_order(statements)
    (folder / _RULES_FILE).write_bytes(_RULES.dump_json(rules, by_alias=True))
    (folder / _STATEMENTS_FILE).write_bytes(_STATEMENTS.dump_json(statements, by_alias=True))
    BankIndex.build(list(_rule_asks(rules)), encoder, _count(rules)).save(folder / _RULE_ASKS)
    BankIndex.build(list(_statement_asks(statements)), encoder, _count(statements)).save(folder / _STATEMENT_ASKS)


def fingerprint_curated(rules: Sequence[PolicyRules], statements: Sequence[PolicyStatements]) -> str:
    """A digest that changes with any rule or statement."""
    digest = hashlib.sha256(_RULES.dump_json(_in_order(rules), by_alias=True))
    digest.update(_STATEMENTS.dump_json(_in_order(statements), by_alias=True))
    return digest.hexdigest()


def _in_order(each: Sequence[Curation]) -> list[Curation]:
    return sorted(each, key=lambda one: one.policy_id)


def _count(each: Sequence[PolicyRules] | Sequence[PolicyStatements]) -> int:
    return sum(len(one.proven) for one in each)


def _rule_asks(rules: Sequence[PolicyRules]) -> Iterator[TiedQuestion]:
    proven = (rule for each in rules for rule in each.proven)
    for number, rule in enumerate(proven):
        for ask in (*rule.rule.asks, rule.rule.title.nl, rule.rule.title.en):
            yield TiedQuestion(ask, rule.policy_id, (number,))


def _statement_asks(statements: Sequence[PolicyStatements]) -> Iterator[TiedQuestion]:
    proven = (statement for each in statements for statement in each.proven)
    for number, statement in enumerate(proven):
        for ask in (*statement.card.asks, statement.card.about.nl, statement.card.about.en):
            yield TiedQuestion(ask, statement.policy_id, (number,))
