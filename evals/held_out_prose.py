"""How often a question in prose gets the right verdict: questions by an author who saw no card, asked as anyone asks.

Run: python -m evals.held_out_prose --index DIR [--questions FILE]

Of `tests/assistant/held_out.jsonl`, `held_out_more.jsonl`, `held_out_third.jsonl` and `held_out_fourth.jsonl` the odd
lines (counted from 0) are seen by nobody who tunes; the even ones were looked at for causes. The fourth is by who
knew the cards, and so the easiest.
A question is right when a rule that may answer it is among the results
with the verdict (and the day or figure) worked out by hand, or when nothing is decided where a decisive
fact is missing; it is guessed when a verdict comes where a fact is missing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from assistant.answer import Assistant

HELD_OUT = Path(__file__).parents[1] / "tests" / "assistant" / "held_out.jsonl"
DECIDED = frozenset({"met", "not_met", "value"})


def outcome(assistant: Assistant, row: dict[str, Any]) -> str:
    """'right', 'wrong verdict', 'no rule', 'other rule' or 'guessed'."""
    answer = assistant.answer(row["question"], today=dt.date.fromisoformat(row["today"]))
    results: list[Any] = list(answer.results)
    named = {f"{row['policy_id']}.{rule}" for rule in row["rules"]}
    own = [result for result in results if result["rule"] in named]
    if row["verdict"] == "undecided":
        # A policy's own date, told where the asker's is missing, is no verdict; one computed from his facts is.
        judged = any(r["verdict"] in ("met", "not_met") or (r["verdict"] == "value" and r["inputs"]) for r in own)
        return "guessed" if judged else "right"
    if any(_fits(result, row) for result in own):
        return "right"
    return "wrong verdict" if own else "other rule" if results else "no rule"


def _fits(result: dict[str, Any], row: dict[str, Any]) -> bool:
    if result["verdict"] != row["verdict"]:
        return False
    if "value_holds" in row:  # a word of the outcome of a choice
        return row["value_holds"] in str(result["value"])
    return "value" not in row or str(row["value"]) == str(result["value"])


def measure(assistant: Assistant, questions: Path = HELD_OUT) -> dict[str, dict[str, int]]:
    """Counts of outcomes by tag, and under 'all'."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for number, line in enumerate(questions.read_text("utf-8").splitlines()):
        row = json.loads(line)
        found = outcome(assistant, row)
        half = "unseen half" if number % 2 else "seen half"
        for tag in ("all", half, row["verdict"], *row["tags"]):
            counts[tag][found] += 1
    return counts


def main() -> None:
    """Print a line a tag."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=HELD_OUT)
    arguments = parser.parse_args()
    for tag, counts in sorted(measure(Assistant.open(arguments.index), arguments.questions).items()):
        whole = sum(counts.values())
        shares = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        print(f"{tag:12s} {counts['right'] / whole:.3f} of {whole}: {shares}")


if __name__ == "__main__":
    main()
