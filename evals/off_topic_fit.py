"""Fit `assistant.guard.likely_topic`: `python -m evals.off_topic_fit [--out FILE]`.

In scope are the questions of the bank and of the cards, out of scope those of `off_topic/questions.jsonl`,
most of them from templates, with the same words in a provider's voice among those in scope. Only questions
that reach the second look are fitted to. Printed is, at several thresholds, what each of five parts loses or
finds when it was left out.
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
from assistant.guard.off_topic import is_tied
from knowledge.bank import bundled_bank

Floats = npt.NDArray[np.float64]

FOLDS = 5
PENALTY = 1.0
BANK_WEIGHT, OWN_WEIGHT = 0.3, 2.0
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
    _write(parser.parse_args().out, fit(rows, target, weigh))


def training_questions() -> tuple[list[str], list[int], list[float]]:
    """The questions that reach the second look, the number of each one's kind, and its weight."""
    found: dict[str, tuple[int, float]] = dict.fromkeys(_asked(), (0, BANK_WEIGHT))
    own = resources.files("evals").joinpath("off_topic/questions.jsonl").read_text("utf-8")
    for line in own.splitlines():
        row = json.loads(line)
        kind = KINDS.index(row["kind"])
        found[row["question"]] = (kind, 1.0 if kind else OWN_WEIGHT)
    reached = {question: known for question, known in found.items() if not is_tied(question)}
    return list(reached), [kind for kind, _ in reached.values()], [weight for _, weight in reached.values()]


def _asked() -> list[str]:
    """What providers ask: the bank and the questions of rules and statements."""
    asked = [ask for line in bundled_bank().lines for ask in line.questions]
    knowledge = Path(str(resources.files("knowledge")))
    for file in sorted(knowledge.glob("*/asks/*.jsonl")):
        asked += [ask for line in file.read_text("utf-8").splitlines() if line for ask in json.loads(line)["asks"]]
    return asked


def fit(rows: Floats, target: npt.NDArray[np.int_], weigh: Floats) -> Floats:
    """The weights of a multinomial logistic regression, a column a kind; the last row is the constant."""
    inputs = np.hstack([rows, np.ones((len(rows), 1))])
    wanted = np.eye(len(KINDS))[target]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(inputs.shape[1], len(KINDS))
        scores = inputs @ weights
        shares = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
        bound = weights.copy()
        bound[-1] = 0
        told = -(weigh * np.log(shares[np.arange(len(target)), target] + 1e-12)).sum()
        slope = inputs.T @ (weigh[:, None] * (shares - wanted)) + 2 * PENALTY * bound
        return float(told + PENALTY * (bound**2).sum()), slope.ravel()

    start = np.zeros(inputs.shape[1] * len(KINDS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Floats = found.x.reshape(inputs.shape[1], len(KINDS))
    return weights


def _figures(rows: Floats, target: npt.NDArray[np.int_], weigh: Floats) -> str:
    """What is found and what is lost at each threshold, each part judged by weights that never saw it."""
    odds = np.zeros(len(rows))
    part = np.random.default_rng(0).permutation(len(rows)) % FOLDS
    for fold in range(FOLDS):
        weights = fit(rows[part != fold], target[part != fold], weigh[part != fold])
        scores = np.hstack([rows[part == fold], np.ones((int((part == fold).sum()), 1))]) @ weights
        odds[part == fold] = np.logaddexp.reduce(scores[:, 1:], axis=1) - scores[:, 0]
    lines = []
    for threshold in THRESHOLDS:
        found = float((odds[target > 0] > threshold).mean())
        lost = float((odds[target == 0] > threshold).mean())
        lines.append(
            f"above {threshold:5.1f}: {found:6.1%} found of those out of scope, {lost:6.2%} lost of those in scope"
        )
    return "\n".join(lines)


def _write(path: Path, weights: Floats) -> None:
    """The same bytes for the same weights: a zip file would hold the time."""
    content = io.BytesIO()
    np.save(content, weights.astype(np.float32))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("weights.npy"), content.getvalue())
    print(f"written: {path}")


if __name__ == "__main__":
    main()
