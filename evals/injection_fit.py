"""Fit `assistant.guard.likely_injection`: `python -m evals.injection_fit [--out FILE]`.

Orders are those of `injections/lines.jsonl`; what is none are the rest of its lines, the questions of the bank and of
the cards, and the questions of `off_topic`. Printed is, at several thresholds, what is lost of what providers ask,
each of three parts judged by weights that never saw it, and what is found of the orders of
`injections/apart.jsonl`, which are in other words and never fitted to.
"""

from __future__ import annotations

import argparse
import json
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.guard.injection import is_injection
from assistant.guard.likely_injection import SURE, features, judged_of, likelihood
from evals.off_topic_fit import asked_by_providers, fit, odds_out_of_scope, own_questions, write_weights

Floats = npt.NDArray[np.float64]

FOLDS, PENALTY = 3, 0.3
ASKED_WEIGHT, OFF_TOPIC_WEIGHT = 0.1, 0.1
"""What a question of a provider and one that is not for us weigh beside a line of our own."""
THRESHOLDS = (-1.0, SURE, 0.0, 1.0)


def main() -> None:
    """Fit, print what it finds, and write the weights."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("assistant/guard/likely_injection.npz"))
    given = parser.parse_args()
    lines = _lines("lines")
    own = own_questions()
    asked = [*dict.fromkeys((*asked_by_providers(), *(question for question, kind in own if kind == "in_scope")))]
    others = [question for question, kind in own if kind != "in_scope"]
    sentences = [*dict.fromkeys(sentence for text in asked for sentence in judged_of(text))]
    texts = [*(text for text, _ in lines), *others]
    target = np.array([is_order for _, is_order in lines] + [False] * len(others), dtype=np.int_)
    weigh = np.array([1.0] * len(lines) + [OFF_TOPIC_WEIGHT] * len(others))
    rows, rows_asked = features(texts), features(sentences)

    def fitted(among: npt.NDArray[np.bool_]) -> Floats:
        wanted = np.concatenate([target, np.zeros(int(among.sum()), dtype=np.int_)])
        weights = np.concatenate([weigh, np.full(int(among.sum()), ASKED_WEIGHT)])
        return fit(np.vstack([rows, rows_asked[among]]), wanted, weights, kinds=2, penalty=PENALTY)

    part = np.random.default_rng(0).permutation(len(sentences)) % FOLDS
    odds_of: dict[str, float] = {}
    for number in range(FOLDS):
        odds = odds_out_of_scope(fitted(part != number), rows_asked[part == number])
        odds_of |= dict(zip((sentences[place] for place in np.flatnonzero(part == number)), odds, strict=True))
    lost = np.array([max((odds_of[each] for each in judged_of(text)), default=-np.inf) for text in asked])
    weights = fitted(np.ones(len(sentences), dtype=np.bool_))
    apart = [text for text, _ in _lines("apart")]
    by_pattern = np.array([is_injection(text) for text in apart])
    by_meaning = np.array([likelihood(text, weights) for text in apart])
    print(f"{len(asked)} questions of providers; {len(apart)} orders apart, {by_pattern.mean():.1%} found by patterns")
    for threshold in THRESHOLDS:
        found = float(((by_meaning > threshold) | by_pattern).mean())
        print(f"above {threshold:5.1f}: {found:6.1%} found of the orders apart, {(lost > threshold).mean():6.2%} lost")
    write_weights(given.out, weights)


def _lines(name: str) -> list[tuple[str, bool]]:
    """The lines of a file, each with whether it is an order."""
    read = resources.files("evals").joinpath(f"injections/{name}.jsonl").read_text("utf-8")
    return [(row["text"], row["injection"]) for row in map(json.loads, read.splitlines())]


if __name__ == "__main__":
    main()
