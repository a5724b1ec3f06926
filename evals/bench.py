"""Measure speed and size: ingest, opening, search and answers over the bundled policies.

Run: python -m evals.bench [--rounds N]. Machines are noisy: every figure is shown beside a ratio to
work done in the same run (searching by words alone), and nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TypeVar

import knowledge
from assistant.answer import Assistant
from evals.case import load_cases
from evals.run import BUNDLED_CASES
from ingest.pipeline import ingest
from knowledge.bank import bundled_bank
from knowledge.encoder import open_encoder
from knowledge.rules.card import FactValue
from knowledge.rules.inputs import facts_of

T = TypeVar("T")
POLICIES = Path(knowledge.__file__).parent / "policies"


class Steps:
    """How long each step of answering took, in the order in which the steps come."""

    def __init__(self) -> None:
        self._seconds: dict[str, list[float]] = defaultdict(list)

    def hear(self, name: str, seconds: float) -> None:
        """Takes the time of a step, as the assistant tells it."""
        self._seconds[name].append(seconds)

    def by_name(self) -> list[tuple[str, list[float]]]:
        """Each step with its times in milliseconds, the shortest first."""
        return [(name, sorted(each * 1000 for each in seconds)) for name, seconds in self._seconds.items()]


def main() -> None:
    """Print the figures, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often every question is asked (default 3)")
    rounds = parser.parse_args().rounds
    questions = [case.question for file in sorted(BUNDLED_CASES.glob("*.jsonl")) for case in load_cases(file)] * rounds
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        encoder, encoder_seconds = _timed(open_encoder)
        _, first_seconds = _timed(lambda: ingest(POLICIES, index, encoder, bank=bundled_bank()))
        _, again_seconds = _timed(lambda: ingest(POLICIES, index, encoder, bank=bundled_bank()))
        steps = Steps()
        assistant, open_seconds = _timed(lambda: Assistant.open(index, timed=steps.hear))
        size_bytes = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
        words = _times(questions, assistant.snapshot.lexical.scores)
        search = _times(questions, assistant.search)
        rules = _times_of_rules(assistant)
        ask = _times(questions, lambda question: assistant.answer(question, today=dt.date(2026, 11, 2)))
    print(f"encoder opened         {encoder_seconds:.2f} s")
    print(f"ingest, all new        {first_seconds:.2f} s")
    print(f"ingest, nothing new    {again_seconds:.2f} s   ({again_seconds / first_seconds:.2f} of all new)")
    print(f"snapshot opened        {open_seconds:.2f} s")
    print(f"index size             {size_bytes / 1e6:.1f} MB, {len(assistant.snapshot.passages)} passages")
    print(f"one rule run           {_spread(rules)}   {len(rules)} rules, every fact of them said")
    for name, times in steps.by_name():
        print(f"step {name:8s} {_spread(times)}")
    for name, times in (("words alone", words), ("search", search), ("answer", ask)):
        print(f"{name:12s} {_spread(times)}   ({_share(times, 0.5) / _share(words, 0.5):.1f} x words alone)")


def _times_of_rules(assistant: Assistant) -> list[float]:
    """Milliseconds to run each rule of the policies, with a value for every fact that it reads."""
    today = dt.date(2026, 11, 2)
    values: dict[str, FactValue] = {"yes_no": True, "amount": Decimal(50), "date": today}
    times = []
    for rule in assistant.rules:
        specs = assistant.rules.specs(rule.policy_id)
        named = [specs[name] for name in facts_of(rule.rule)]
        facts = {s.name: s.options[0].value if s.options else values[s.kind] for s in named}
        times.append(_timed(partial(assistant.rules.run, rule, facts, today))[1] * 1000)
    return sorted(times)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _times(questions: Sequence[str], work: Callable[[str], object]) -> list[float]:
    """Milliseconds for each question, after one that warms up."""
    work(questions[0])
    return sorted(_timed(partial(work, question))[1] * 1000 for question in questions)


def _share(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]


def _spread(times: Sequence[float]) -> str:
    return f"p50 {_share(times, 0.5):7.2f} ms   p95 {_share(times, 0.95):7.2f} ms"


if __name__ == "__main__":
    main()
