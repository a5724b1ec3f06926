"""When a rule is to answer and when a statement: fitted on our own questions, never others.

Run: python -m evals.rule_or_statement --index DIR

The questions in prose of `tests/assistant/prose` want the rule that they name; those of
`evals/card_questions.jsonl`, which no card is found by, the rule or a statement, as their card is. Only questions
count for which both were found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.answer import Assistant
from assistant.language import detect_language
from assistant.look_up import look_up
from assistant.preference import PREFERENCE, PREFERENCE_LEAST, PREFERENCE_WEIGHTS, preference
from assistant.question import read_asked
from assistant.rule_fit import Question
from evals.rule_routing import PROSE
from evals.statement_finding import QUESTIONS
from knowledge.records import Policy
from knowledge.rules.load import family_of

SHRINKAGE = 0.5
TODAY = dt.date(2026, 9, 1)

Floats = npt.NDArray[np.float64]


def main() -> None:
    """Print how often each side is met as it is, and the weights fitted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    assistant = Assistant.open(parser.parse_args().index)
    examples = [*_in_prose(assistant), *_of_cards(assistant)]
    features, wanted = np.stack([each for each, _ in examples]), np.array([rule for _, rule in examples])
    _report("as it is", features @ PREFERENCE_WEIGHTS >= PREFERENCE_LEAST, wanted)
    weights, least = _fit(features, wanted)
    _report("fitted", features @ weights >= least, wanted)
    print("WEIGHTS =", dict(zip(PREFERENCE, np.round(weights, 2).tolist(), strict=True)), "LEAST =", round(least, 2))


def _in_prose(assistant: Assistant) -> Iterator[tuple[Floats, bool]]:
    policies = {policy_id.rsplit("-", 1)[0]: text.policy for policy_id, text in assistant.snapshot.texts.items()}
    for path in sorted(PROSE.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            found = _both(assistant, row["question"], policies[path.stem], dt.date.fromisoformat(row["today"]))
            if found is not None:
                yield found[0], row["rule"] == found[1]


def _of_cards(assistant: Assistant) -> Iterator[tuple[Floats, bool]]:
    """The questions of cards that are for fitting: those of statements, and those of rules where that rule is found."""
    policies = {family_of(p.id, p.year): p for p in assistant.snapshot.policies.values()}
    for line in QUESTIONS.read_text("utf-8").splitlines():
        row = json.loads(line)
        family, kind, name = row["card"].split("/")
        found = _both(assistant, row["asks"][0], policies[family], TODAY) if family in policies else None
        if found is not None and (kind == "statement" or found[1] == name):
            yield found[0], kind == "rule"


def _both(assistant: Assistant, text: str, policy: Policy, today: dt.date) -> tuple[Floats, str] | None:
    """What speaks for the rule found, and its id; None where not both a rule and a statement are found."""
    question = Question(
        text=text,
        said=text,
        asked=read_asked(text),
        hits=assistant.searcher.search(text, 10, policy_ids=(policy.id,)),
        history=(),
        today=today,
        language=detect_language(text),
    )
    statements = look_up(assistant.statements, question, (policy.id,), settled=True)
    rules = assistant.router.route(question, (policy.id,))
    return (preference(rules[0], statements, question), rules[0].rule.id) if statements and rules else None


def _fit(features: Floats, wanted: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
    """Logistic regression, shrunken to 0: weights, and the sum from which on the rule answers."""
    sign = np.where(wanted, 1.0, -1.0)

    def loss(point: Floats) -> float:
        margins = sign * (features @ point[1:] + point[0])
        return float(np.logaddexp(0, -margins).sum() + SHRINKAGE * (point[1:] @ point[1:]))

    point = minimize(loss, np.zeros(features.shape[1] + 1)).x
    return point[1:], -float(point[0])


def _report(name: str, chosen: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> None:
    print(
        f"{name:10s} rule where wanted {chosen[wanted].mean():.3f} of {wanted.sum()},"
        f" statement where wanted {(~chosen[~wanted]).mean():.3f} of {(~wanted).sum()}"
    )


if __name__ == "__main__":
    main()
