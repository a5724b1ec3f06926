"""Which weights of the fusion find most, over questions and policies that were left out.

Run: python -m evals.weights --policies DIR [--bank PATH] [--other FILE] [--sample 150] [--seed 1]

The trials of `evals.legs`; each question's legs are scored once and weighed in every way of a coarse
grid. Printed: the mean reciprocal rank of each trial and their mean, best first, and where the
default stands. Take a default from a plateau, not a peak.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.legs import Trial, every_fifth, read_other, some, without
from ingest.pipeline import read_policies
from knowledge.bank import QuestionBank, TiedQuestion, bundled_bank, phrase_key, read_bank
from knowledge.errors import LoketError
from knowledge.fusion import DEFAULT_WEIGHTS, FusionWeights, Scores, fuse
from knowledge.records import PolicyText

LEXICAL, BANK, BANK_LEXICAL = (0.2, 0.3, 0.4, 0.5, 0.6), (0.3, 0.4, 0.5, 0.6, 0.7), (0.2, 0.4, 0.6)
SHOWN = 12


@dataclass(frozen=True)
class Scored:
    """A question with the legs' scores, ready to be weighed."""

    trial: str
    legs: dict[str, Scores]
    has_bank: npt.NDArray[np.bool_]
    answers: tuple[int, ...]

    def reciprocal_rank(self, weights: FusionWeights) -> float:
        """1 by the rank of the first passage that answers, 0 where none is found."""
        fused = fuse(self.legs, self.has_bank, weights)
        best = fused[list(self.answers)].max()
        return 1.0 / (1 + int((fused > best).sum())) if best > 0 else 0.0


def grid() -> Iterator[FusionWeights]:
    """The weights tried."""
    for lexical, bank, bank_lexical in product(LEXICAL, BANK, BANK_LEXICAL):
        yield replace(
            DEFAULT_WEIGHTS,
            lexical=lexical,
            vector=round(1 - lexical, 2),
            bank=bank,
            bank_lexical=bank_lexical,
            bank_vector=round(1 - bank_lexical, 2),
        )


def scored(
    texts: Sequence[PolicyText], bank: QuestionBank, held_out: Collection[str], *, sample: int, seed: int
) -> list[Scored]:
    """Questions of policies left out, of the policies beside them, and held out, with the legs' scores."""
    tied = bank.tie(texts).questions
    asked = without(bank, held_out)
    unseen = [question for question in tied if phrase_key(question.text) in held_out]
    ids = asked.policy_ids
    found: list[Scored] = []
    with tempfile.TemporaryDirectory() as folder:
        for policy_id in ids:
            print(f"leaving out {policy_id}", file=sys.stderr, flush=True)
            trial = Trial(texts, asked.only(set(ids) - {policy_id}), Path(folder) / policy_id)
            own = [question for question in tied if question.policy_id == policy_id]
            beside = [question for question in unseen if question.policy_id != policy_id]
            found += _legs("left out", trial, some(own, sample, seed))
            found += _legs("beside it", trial, some(beside, sample, seed))
        trial = Trial(texts, asked, Path(folder) / "all")
        found += _legs("held out", trial, some(unseen, sample * len(ids), seed))
    return found


def _legs(name: str, trial: Trial, questions: Sequence[TiedQuestion]) -> Iterator[Scored]:
    for question in questions:
        for where, scope in (("in scope", (question.policy_id,)), ("open", ())):
            legs = trial.searcher.legs(question.text, policy_ids=scope)
            yield Scored(f"{name}, {where}", legs, trial.searcher.has_bank, question.passages)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the best weights; 0, or 2 where something given cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, required=True, help="folder of policies with a manifest.yaml")
    parser.add_argument("--bank", type=Path, help="the question bank (default: the bundled one)")
    parser.add_argument("--other", type=Path, help="file of another author's questions, to be held out")
    parser.add_argument("--sample", type=int, default=150, help="questions a policy (default 150)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        bank = read_bank([given.bank]) if given.bank else bundled_bank()
        held_out = read_other(given.other) if given.other else every_fifth(bank)
        texts = sorted(read_policies(given.policies), key=lambda text: text.policy.id)
        questions = scored(texts, bank, held_out, sample=given.sample, seed=given.seed)
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(questions))
    return 0


def table(questions: Sequence[Scored]) -> str:
    """The best of the grid and the default, a line each."""
    names = sorted({question.trial for question in questions})
    rows = []
    for weights in (DEFAULT_WEIGHTS, *grid()):
        means = [np.mean([q.reciprocal_rank(weights) for q in questions if q.trial == name]) for name in names]
        rows.append((float(np.mean(means)), weights, means))
    default, ranked = rows[0], sorted(rows[1:], key=lambda row: -row[0])
    lines = [f"| weights | mean | {' | '.join(names)} |", "|---|---:|" + "---:|" * len(names)]
    for title, (mean, weights, means) in [
        ("default", default),
        *((str(n), row) for n, row in enumerate(ranked[:SHOWN], 1)),
    ]:
        shown = (
            f"{weights.lexical}:{weights.vector}, bank {weights.bank} ({weights.bank_lexical}:{weights.bank_vector})"
        )
        cells = " | ".join(f"{each:.3f}" for each in means)
        lines.append(f"| {title}: {shown} | {mean:.4f} | {cells} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
