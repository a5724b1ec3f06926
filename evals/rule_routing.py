"""How well questions find their rules, and the weights that find them best: on our own questions, never others.

Run: python -m evals.rule_routing --index DIR [--fit]

The questions in prose of `tests/assistant/prose` name the rule that each needs, or none; the curated
look-ups of `evals/cases` need none. Weights are fitted to tell a question's own rule from the others
that come near, and the least score to tell it from a look-up; a policy at a time is left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Assistant
from assistant.language import detect_language
from assistant.routing import FEATURES, WEIGHTS
from assistant.rule_fit import LEAST, UNSAID, Question, Routed, bar, can_answer
from evals.softmax_fit import fit_softmax
from knowledge.rules.rulebook import full_name

PROSE = Path(__file__).parents[1] / "tests" / "assistant" / "prose"
CASES = Path(__file__).parent / "cases" / "development.jsonl"
LOOK_UPS = frozenset({"fact", "list", "change", "unanswerable", "offtopic", "injection"})
STEPS, SHRINKAGE = 800, 0.01

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A question with the rule it needs (full name; None: none), the family it is of, and the rules that came near."""

    text: str
    family: str
    wanted: str | None
    verdict: str | None
    value: str | None
    routed: tuple[Routed, ...]
    question: Question | None = None

    @property
    def place(self) -> int | None:
        """Where the wanted rule stands among those that came near."""
        names = [full_name(each.rule) for each in self.routed]
        return names.index(self.wanted) if self.wanted in names else None


def main() -> None:
    """Measure, and with --fit fit the weights anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every question that goes wrong")
    arguments = parser.parse_args()
    asked = read_questions(Assistant.open(arguments.index))
    report("as it is", asked, WEIGHTS, LEAST, show=arguments.show)
    if arguments.fit:
        for family in sorted({each.family for each in asked if each.wanted}):
            weights = fit([each for each in asked if each.family != family])
            least = least_of([each for each in asked if each.family != family], weights)
            report(f"{family} left out", [each for each in asked if each.family == family], weights, least)
        weights = fit(asked)
        least = least_of(asked, weights)
        report("fitted", asked, weights, least)
        print("WEIGHTS =", dict(zip(FEATURES, np.round(weights, 2).tolist(), strict=True)), "LEAST =", round(least, 2))


def read_questions(assistant: Assistant) -> list[Asked]:
    """The questions in prose, each within its own policy, and the look-ups."""
    policies = {policy_id.rsplit("-", 1)[0]: text.policy for policy_id, text in assistant.snapshot.texts.items()}
    asked = []
    for path in sorted(PROSE.glob("*.jsonl")):
        policy = policies[path.stem]
        scope = {"insurer": policy.insurer, "year": policy.year, "care": policy.care[0]}
        for line in filter(None, path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            wanted = f"{policy.id}.{row['rule']}" if row["rule"] else None
            near = candidates(assistant, row, scope)
            asked.append(Asked(row["question"], path.stem, wanted, row["verdict"], row.get("value"), *near))
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] in LOOK_UPS:
            asked.append(Asked(row["question"], "look-ups", None, None, None, *candidates(assistant, row, {})))
    return asked


def candidates(
    assistant: Assistant, row: dict[str, str], scope: dict[str, object]
) -> tuple[tuple[Routed, ...], Question | None]:
    """The rules that come near a question, of those that can answer it."""
    language = detect_language(row["question"])
    question, near = assistant.rules_near(row["question"], dt.date.fromisoformat(row["today"]), scope, language)
    return tuple(each for each in near if question is not None and can_answer(each, question)), question


def report(name: str, asked: Sequence[Asked], weights: Floats, least: float, *, show: bool = False) -> None:
    """Shares: a wanted rule chosen, its verdict right (by whatever rule), a look-up left alone."""
    ruled = [each for each in asked if each.wanted and each.verdict != "undecided"]
    free = [each for each in asked if each.wanted is None]
    chosen = {id(each): choose(each, weights, least) for each in asked}
    right = [chosen[id(e)] is not None and full_name(chosen[id(e)].rule) == e.wanted for e in ruled]  # type: ignore[union-attr]
    agrees = [chosen[id(e)] is not None and _agrees(e, chosen[id(e)]) for e in ruled]  # type: ignore[arg-type]
    guessed = [
        (found := chosen[id(e)]) is not None and found.result.verdict in ("met", "not_met", "value")
        and not isinstance(found.result.value, str)
        for e in asked if e.wanted and e.verdict == "undecided"
    ]  # fmt: skip
    alone = [chosen[id(each)] is None for each in free]
    print(
        f"{name:34s} rule {_share(right)}  verdict {_share(agrees)}  undecided but judged {_share(guessed)}"
        f"  look-up alone {_share(alone)}"
    )
    if show:
        for each, good in zip(ruled, agrees, strict=True):
            if not good:
                found = chosen[id(each)]
                got = "-" if found is None else f"{found.rule.id} {found.result.verdict} {dict(found.result.inputs)}"
                print(f"  {each.text}\n      wanted {each.wanted} {each.verdict} {each.value or ''}; got {got}")
        for each, is_alone in zip(free, alone, strict=True):
            if not is_alone:
                print(f"  {each.text}\n      wanted none; got {chosen[id(each)].rule.id}")  # type: ignore[union-attr]


def _agrees(asked: Asked, routed: Routed) -> bool:
    result = routed.result
    return result.verdict == asked.verdict and (asked.value is None or str(asked.value) == str(result.value))


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f} of {len(values)}" if values else "-"


def choose(asked: Asked, weights: Floats, least: float) -> Routed | None:
    """The rule that these weights choose; None where none scores enough."""
    passed = [each for each in asked.routed if each.features @ weights >= least + _more(each, asked)]
    return max(passed, key=lambda each: float(each.features @ weights), default=None)


def _more(routed: Routed, asked: Asked) -> float:
    return bar(routed, asked.question) - LEAST if asked.question is not None else UNSAID


def fit(asked: Sequence[Asked]) -> Floats:
    """Weights under which the wanted rule is the likeliest of those near (softmax, shrunken to 0)."""
    pairs = [(np.stack([r.features for r in each.routed]), each.place) for each in asked if each.place is not None]
    return fit_softmax(pairs, WEIGHTS, steps=STEPS, shrinkage=SHRINKAGE)


def least_of(asked: Sequence[Asked], weights: Floats) -> float:
    """The score from which on a rule is used: where most questions and look-ups are treated rightly."""
    tops = [(max((float(r.features @ weights) for r in each.routed), default=0.0), each) for each in asked]
    return max(
        sorted({top for top, _ in tops}),
        key=lambda least: sum((choose(each, weights, least) is None) == (each.wanted is None) for _, each in tops),
    )


if __name__ == "__main__":
    main()
