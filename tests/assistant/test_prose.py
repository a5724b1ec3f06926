"""Questions in prose, as askers type them, to verdicts: what is read of the asker decides, and nothing else.

`prose/*.jsonl` are our own questions, by whose faults the reader was mended: with the rule that each
needs, nearly all verdicts are right and none is guessed. `held_out.jsonl` is by an author who saw no
card and no phrase, asked without a hint; half of it was looked at for causes, and it is held at what was reached.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.facts import read_facts
from assistant.language import detect_language
from assistant.only_figure import with_only_figures
from assistant.prose.phrases import Lexicon
from assistant.ranges import run_on_ranges
from evals.held_out_prose import measure
from ingest.pipeline import ingest
from knowledge.bank import bundled_bank
from knowledge.encoder import BUNDLED_FITTED_FOLDER, StaticEncoder
from knowledge.rules.inputs import facts_of
from tests.knowledge.rules.test_rows import rulebooks

PROSE = Path(__file__).parent / "prose"
POLICIES = Path(__file__).parents[2] / "knowledge" / "policies"
RIGHT_LEAST, JUDGED_MOST = 0.95, 0
"""Of our own questions, with the rule given: shares of right verdicts, and verdicts where a fact is missing."""
HELD_OUT_LEAST, GUESSED_MOST = 0.88, 0.02
"""Of the held-out questions, routed and all. Raise these as it gets better; never lower one to let a change pass."""


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(PROSE.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            yield path.stem, json.loads(line)


@cache
def lexicons() -> dict[str, Lexicon]:
    """By family the words of the facts that its rules read."""
    found = rulebooks().items()
    return {family: Lexicon(tuple(book.specs(policy_id).values())) for family, (policy_id, book) in found}


def verdict(family: str, row: dict[str, Any]) -> tuple[str, str | None]:
    """The verdict and value of the rule that a question names, on what the question says."""
    policy_id, rulebook = rulebooks()[family]
    rule = rulebook.get(f"{policy_id}.{row['rule']}")
    assert rule is not None, row["rule"]
    today, text = dt.date.fromisoformat(row["today"]), row["question"]
    specs = rulebook.specs(policy_id)
    told = read_facts(text, lexicons()[family], today=today, language=detect_language(text))
    own = with_only_figures(rule, told.only(facts_of(rule.rule)), told, text, today, specs)
    result = run_on_ranges(rulebook, rule, own, today)
    return result.verdict, result.value


def test_there_are_questions_enough() -> None:
    """Two hundred, sixty of them with a fact missing."""
    ruled = [row for _, row in rows() if row["rule"]]
    assert len(ruled) >= 200
    assert sum(row["verdict"] == "undecided" for row in ruled) >= 60


def test_our_own_questions_get_their_verdict() -> None:
    decided = [(family, row) for family, row in rows() if row["rule"] and row["verdict"] != "undecided"]
    wrong = []
    for family, row in decided:
        found, value = verdict(family, row)
        if found != row["verdict"] or ("value" in row and str(row["value"]) != str(value)):
            wrong.append((row["question"], row["rule"], row["verdict"], found, value))
    assert len(wrong) <= (1 - RIGHT_LEAST) * len(decided), wrong


def test_no_verdict_comes_where_a_fact_is_missing() -> None:
    undecided = [(family, row) for family, row in rows() if row["rule"] and row["verdict"] == "undecided"]
    judged = [row["question"] for family, row in undecided if verdict(family, row)[0] in ("met", "not_met")]
    assert len(judged) <= JUDGED_MOST * len(undecided), judged


@pytest.mark.slow
def test_held_out_questions(tmp_path: Path) -> None:
    ingest(POLICIES, tmp_path, StaticEncoder(BUNDLED_FITTED_FOLDER), bank=bundled_bank())
    counts = measure(Assistant.open(tmp_path))["all"]
    whole = sum(counts.values())
    assert counts["right"] / whole >= HELD_OUT_LEAST, dict(counts)
    assert counts["guessed"] / whole <= GUESSED_MOST, dict(counts)
