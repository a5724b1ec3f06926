"""Tables that a policy reader can check: facts and a day to a verdict, for every rule of the bundled policies.

A row holds for the original and the restatement alike: rules are proven, and then run, on either.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.pipeline import read_policies
from ingest.prove import prove_rules
from knowledge.rules.card import FactSpec, FactValue
from knowledge.rules.load import bundled_cards, family_of
from knowledge.rules.rulebook import Rulebook

ROWS = Path(__file__).parent / "rows"
FEWEST_ROWS = 400


@cache
def rulebooks() -> dict[str, tuple[str, Rulebook]]:
    """The policy id and rulebook of each family, of the bundled policies."""
    with resources.as_file(resources.files("knowledge") / "policies") as folder:
        texts = read_policies(Path(folder))
    return {
        family_of(text.policy.id, text.policy.year): (text.policy.id, Rulebook({text.policy.id: prove_rules(text)}))
        for text in texts
    }


def rows() -> list[Any]:
    found = []
    for path in sorted(ROWS.glob("*.yaml")):
        for number, row in enumerate(yaml.safe_load(path.read_text("utf-8")), start=1):
            found.append(pytest.param(path.stem, row, id=f"{path.stem}-{number}-{row['rule']}"))
    return found


@pytest.mark.parametrize(("family", "row"), rows())
def test_row(family: str, row: dict[str, Any]) -> None:
    """The verdict, and the value and missing facts where the row names them."""
    policy_id, rulebook = rulebooks()[family]
    rule = rulebook.get(f"{policy_id}.{row['rule']}")
    assert rule is not None, f"{row['rule']} is not proven"
    specs = rulebook.specs(policy_id)
    facts = {name: as_fact(specs[name], value) for name, value in row.get("facts", {}).items()}
    result = rulebook.run(rule, facts, row.get("today", dt.date(2026, 1, 1)))
    assert result.verdict == row["verdict"]
    if "value" in row:
        assert result.value == str(row["value"])
    if "missing" in row:
        assert list(result.missing) == row["missing"]


def as_fact(spec: FactSpec, value: Any) -> FactValue:
    return Decimal(str(value)) if spec.kind == "amount" else value  # type: ignore[no-any-return]


def test_there_are_rows_enough_and_every_rule_has_some() -> None:
    """Every bundled rule stands in the tables."""
    assert len(rows()) >= FEWEST_ROWS
    counts = Counter((row.values[0], row.values[1]["rule"]) for row in rows())
    without = [f"{cards.policy}.{rule.id}" for cards in bundled_cards() for rule in cards.rules
               if not counts[cards.policy, rule.id]]  # fmt: skip
    assert without == []


def test_every_row_names_its_section() -> None:
    """So that a reader can look it up."""
    assert [row.id for row in rows() if not row.values[1].get("section")] == []
