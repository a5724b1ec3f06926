"""Fit `assistant.guard.likely_topic`: `python -m evals.off_topic_fit [--out FILE]`.

In scope are the questions of the bank and of the cards, out of scope those of `off_topic/questions.jsonl`,
most of them from templates, with the same words in a provider's voice among those in scope. Only questions
that reach the second look are fitted to. Printed is, at several thresholds, what each of five parts loses or
finds when it was left out, and the same for the questions of `off_topic/apart.jsonl`, which are never fitted to.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.guard.likely_topic import KINDS, SURE, features
from assistant.guard.off_topic import is_tied, off_topic
from knowledge.bank import bundled_bank

Floats = npt.NDArray[np.float64]

FOLDS = 5
PENALTY = 0.3
BANK_WEIGHT, OWN_WEIGHT = 0.15, 2.0
"""What a question of the bank and one of our own in scope weigh beside one out of scope."""
ROUNDS = 300
THRESHOLDS = (-0.5, 0.0, 0.5, SURE, 1.2)


def main() -> None:
    """Fit, print what it finds, and write the weights."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("assistant/guard/likely_topic.npz"))
    questions, kinds, weights = training_questions()
    rows, target, weigh = features(questions), np.array(kinds), np.array(weights)
    print(f"{len(questions)} questions reach the second look, {int((target > 0).sum())} of them out of scope")
    print(_figures(rows, target, weigh))
    fitted = fit(rows, target, weigh)
    print(_apart(fitted))
    write_weights(parser.parse_args().out, fitted)


def training_questions() -> tuple[list[str], list[int], list[float]]:
    """The questions that reach the second look, the number of each one's kind, and its weight."""
    found: dict[str, tuple[int, float]] = dict.fromkeys(asked_by_providers(), (0, BANK_WEIGHT))
    for question, name in own_questions():
        kind = KINDS.index(name)
        found[question] = (kind, 1.0 if kind else OWN_WEIGHT)
    reached = {question: known for question, known in found.items() if not is_tied(question)}
    return list(reached), [kind for kind, _ in reached.values()], [weight for _, weight in reached.values()]


def own_questions(name: str = "questions") -> list[tuple[str, str]]:
    """The questions of a file of `off_topic`, each with its kind."""
    read = resources.files("evals").joinpath(f"off_topic/{name}.jsonl").read_text("utf-8")
    return [(row["question"], row["kind"]) for row in map(json.loads, read.splitlines())]


def asked_by_providers() -> list[str]:
    """What providers ask: the bank and the questions of rules and statements."""
    asked = [ask for line in bundled_bank().lines for ask in line.questions]
    knowledge = Path(str(resources.files("knowledge")))
    for file in sorted(knowledge.glob("*/asks/*.jsonl")):
        asked += [ask for line in file.read_text("utf-8").splitlines() if line for ask in json.loads(line)["asks"]]
    return asked


def fit(
    rows: Floats, target: npt.NDArray[np.int_], weigh: Floats, *, kinds: int = len(KINDS), penalty: float = PENALTY
) -> Floats:
    """The weights of a multinomial logistic regression, a column a kind; the last row is the constant."""
    inputs = np.hstack([rows, np.ones((len(rows), 1))])
    wanted = np.eye(kinds)[target]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(inputs.shape[1], kinds)
        scores = inputs @ weights
        shares = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
        bound = weights.copy()
        bound[-1] = 0
        told = -(weigh * np.log(shares[np.arange(len(target)), target] + 1e-12)).sum()
        slope = inputs.T @ (weigh[:, None] * (shares - wanted)) + 2 * penalty * bound
        return float(told + penalty * (bound**2).sum()), slope.ravel()

    start = np.zeros(inputs.shape[1] * kinds)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Floats = found.x.reshape(inputs.shape[1], kinds)
    return weights


def _figures(rows: Floats, target: npt.NDArray[np.int_], weigh: Floats) -> str:
    """What is found and what is lost at each threshold, each part judged by weights that never saw it."""
    odds = np.zeros(len(rows))
    part = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    for fold in range(FOLDS):
        weights = fit(rows[part != fold], target[part != fold], weigh[part != fold])
        odds[part == fold] = odds_out_of_scope(weights, rows[part == fold])
    lines = []
    for threshold in THRESHOLDS:
        found = float((odds[target > 0] > threshold).mean())
        lost = float((odds[target == 0] > threshold).mean())
        lines.append(
            f"above {threshold:5.1f}: {found:6.1%} found of those out of scope, {lost:6.2%} lost of those in scope"
        )
    return "\n".join(lines)


def odds_out_of_scope(weights: Floats, rows: Floats) -> Floats:
    """The log-odds that each row is of another kind than the first."""
    scores = np.hstack([rows, np.ones((len(rows), 1))]) @ weights
    odds: Floats = np.logaddexp.reduce(scores[:, 1:], axis=1) - scores[:, 0]
    return odds


def _apart(weights: Floats) -> str:
    """The same for the questions of `off_topic/apart.jsonl`, which nothing was fitted to, patterns and all."""
    questions = own_questions("apart")
    is_out = np.array([kind != KINDS[0] for _, kind in questions])
    by_words = np.array([off_topic(question) is not None for question, _ in questions])
    odds = odds_out_of_scope(weights, features([question for question, _ in questions]))
    odds[[is_tied(question) for question, _ in questions]] = -np.inf
    lines = [f"apart: {int(is_out.sum())} out of scope, {int((~is_out).sum())} in scope; by rules and this"]
    for threshold in THRESHOLDS:
        refused = by_words | (odds > threshold)
        lines.append(
            f"above {threshold:5.1f}: {refused[is_out].mean():6.1%} found, {refused[~is_out].mean():6.2%} lost"
        )
    return "\n".join(lines)


def write_weights(path: Path, weights: Floats) -> None:
    """The same bytes for the same weights: a zip file would hold the time."""
    content = io.BytesIO()
    np.save(content, weights.astype(np.float32))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("weights.npy"), content.getvalue())
    print(f"written: {path}")


if __name__ == "__main__":
    main()
