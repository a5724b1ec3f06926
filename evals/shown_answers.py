"""Prints answers as they are, ten of each kind, good and bad: what a reader should know before trusting the figures.

Run: python -m evals.shown_answers --index DIR [--out docs/answers.md]

The questions are those of `evals/cases`, its held-out half aside, and `evals/held_out`, a fixed draw of each kind.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Assistant
from assistant.turn import Answer
from evals.case import Case, load_cases
from evals.judge import Judgement, judge
from evals.run import BUNDLED_CASES, HERE, generate

PER_KIND = 10
SEED = 1
HEAD = """# Answers as they are

Ten questions of each kind, drawn by `python -m evals.shown_answers`, over the bundled policies: what was asked, how it
was judged, and what the assistant said. The questions are our own; those whose name begins with *blind* are of an
author who saw neither cards nor rules.
"""


def main() -> None:
    """Answer, judge and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("docs/answers.md"))
    arguments = parser.parse_args()
    files = [*sorted(BUNDLED_CASES.glob("*.jsonl")), *sorted((HERE / "held_out").glob("*.jsonl"))]
    cases = drawn([case for file in files for case in load_cases(file) if case.half == "development"])
    answers = generate(Assistant.open(arguments.index), cases, lambda *_: None)
    judgements = [judge(case, answer) for case, answer in zip(cases, answers, strict=True)]
    arguments.out.write_text("\n".join([HEAD, *_shown(cases, answers, judgements)]) + "\n", "utf-8")


def drawn(cases: Sequence[Case]) -> list[Case]:
    """At most `PER_KIND` cases of each kind, the kinds in alphabetical order; always the same ones."""
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[case.kind].append(case)
    draw = random.Random(SEED)  # noqa: S311  # a draw of examples
    return [case for kind in sorted(by_kind) for case in draw.sample(by_kind[kind], min(PER_KIND, len(by_kind[kind])))]


def _shown(cases: Sequence[Case], answers: Sequence[Answer], judgements: Sequence[Judgement]) -> Iterator[str]:
    kind = ""
    for case, answer, judgement in zip(cases, answers, judgements, strict=True):
        if case.kind != kind:
            kind = case.kind
            yield f"\n## {kind}\n"
        reason = f": {judgement.reason}" if judgement.verdict != "correct" else ""
        yield f"### {case.id}: {judgement.verdict}{reason}\n"
        yield from (f"*{turn.role}*: {turn.content}\n" for turn in case.history)
        yield f"**{case.question}** ({case.today})\n"
        yield "\n".join(f"> {line}" for line in answer.text.splitlines())
        yield f"\n`{answer.status}`; cited: {_cited(answer)}\n"


def _cited(answer: Answer) -> str:
    return "; ".join(f"[{each.label}] {each.policy_id} {each.section}" for each in answer.citations) or "nothing"


if __name__ == "__main__":
    main()
