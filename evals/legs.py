"""What each leg of search finds on bank questions that it has not seen, and whether their fusion beats each.

Run: python -m evals.legs --policies DIR [--bank PATH] [--other FILE] [--sample 300] [--seed 1] [--json]

Three trials. *left out*: each policy in turn has no questions in the bank, and the encoder is fitted
to the others alone; its bank questions are asked. *beside it*: in the same indexes, questions of the
other policies are asked that stand in no bank. *held out*: all policies have a bank, and other
questions than its own are asked. --other names a file of questions by another author
({"policy_id", "questions"} a line): these are held out, and the others are the bank; without it,
every fifth question is. A passage answers when the bank ties the question to it. "in scope" searches
the question's own policy, "open" all policies. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from evals.paired import Difference, difference
from ingest.fit_encoder import fit_encoder
from ingest.pipeline import read_policies
from knowledge.bank import QuestionBank, TiedQuestion, bundled_bank, phrase_key, read_bank
from knowledge.encoder import StaticEncoder
from knowledge.errors import BankError, LoketError
from knowledge.fusion import LEGS, Scores, fuse
from knowledge.records import PolicyText
from knowledge.search import Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import load_thesaurus

FUSION, YARDSTICK = "fusion", "BM25 alone"
EVERY = 5
"""Without another author's questions, one in so many is held out."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """The rank from 1 of the first passage that answers, for each question of a trial, by system; 0: not found."""

    trial: str
    ranks: dict[str, npt.NDArray[np.int64]]

    def figures(self, system: str) -> dict[str, float]:
        """Shares of questions answered among the first 1, 5 and 10, and the mean reciprocal rank."""
        ranks = self.ranks[system]
        found = {f"any@{k}": float(((ranks > 0) & (ranks <= k)).mean()) for k in (1, 5, 10)}
        return found | {"mrr": float(reciprocal(ranks).mean())}

    def against(self, system: str) -> dict[str, Difference]:
        """The fusion less another system, per question: answered in the first five, and the reciprocal rank."""
        ours, theirs = self.ranks[FUSION], self.ranks[system]
        return {
            "any@5": difference(_in_five(ours), _in_five(theirs)),
            "mrr": difference(reciprocal(ours), reciprocal(theirs)),
        }


def reciprocal(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """1 by the rank, 0 where nothing was found."""
    return np.where(ranks > 0, 1.0 / np.maximum(ranks, 1), 0.0)


def _in_five(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return ((ranks > 0) & (ranks <= 5)).astype(np.float64)


class Trial:
    """An index, and the ranks that its legs give to questions."""

    def __init__(self, texts: Sequence[PolicyText], bank: QuestionBank, folder: Path) -> None:
        """Fit an encoder to `bank` over its own policies, and build an index of all `texts` in `folder`."""
        known = [text for text in texts if text.policy.id in bank.policy_ids]
        fit_encoder(bank, known, folder / "encoder")
        encoder = StaticEncoder(folder / "encoder")
        snapshot = build_snapshot(folder / "index", texts, encoder, bank=bank)
        self.searcher = Searcher(snapshot, encoder, load_thesaurus())
        self._words, self._stem = bm25s.BM25(), Stemmer.Stemmer("dutch")
        self._words.index(self._tokens([passage.text for passage in snapshot.passages]), show_progress=False)

    def _tokens(self, texts: Sequence[str]) -> list[list[str]]:
        tokens = bm25s.tokenize(list(texts), stopwords="nl", stemmer=self._stem, return_ids=False, show_progress=False)
        return [list(each) for each in tokens]

    def scores(self, question: TiedQuestion, scope: Collection[str]) -> dict[str, Scores]:
        """Every system's score of every passage."""
        legs = self.searcher.legs(question.text, policy_ids=scope)
        words = self._words.get_scores(self._tokens([question.text])[0]).astype(np.float32)
        fused = fuse(legs, self.searcher.has_bank, self.searcher.weights)
        return legs | {FUSION: fused, YARDSTICK: np.where(self.searcher.among(scope), words, np.float32(0))}

    def ranks(self, question: TiedQuestion, scope: Collection[str]) -> dict[str, int]:
        """Every system's rank of the first passage that answers."""
        answers = list(question.passages)
        return {system: _rank(scores, answers) for system, scores in self.scores(question, scope).items()}

    def run(self, questions: Sequence[TiedQuestion], *, in_scope: bool) -> Outcome:
        """All questions, each in its own policy or in all."""
        rows = [self.ranks(question, (question.policy_id,) if in_scope else ()) for question in questions]
        return Outcome("", {system: np.array([row[system] for row in rows]) for system in (*LEGS, FUSION, YARDSTICK)})


def _rank(scores: Scores, answers: Sequence[int]) -> int:
    """The rank of the best of `answers`, behind all that score the same; 0 where it does not score at all."""
    best = float(scores[answers].max())
    return int((scores >= best).sum() - (scores[answers] >= best).sum()) + 1 if best > 0 else 0


def trials(
    texts: Sequence[PolicyText], bank: QuestionBank, held_out: Collection[str], *, sample: int, seed: int, tell: Tell
) -> list[Outcome]:
    """The outcomes of all trials, in scope and open.

    `held_out`: the questions, as `phrase_key` gives them, that no bank may hold. `sample`: questions
    asked of each policy, at most.
    """
    tied = bank.tie(texts).questions
    asked = without(bank, held_out)
    unseen = [question for question in tied if phrase_key(question.text) in held_out]
    ids = asked.policy_ids
    parts: dict[str, list[Outcome]] = {}

    def run(name: str, trial: Trial, questions: Sequence[TiedQuestion]) -> None:
        for where, in_scope in (("in scope", True), ("open", False)):
            parts.setdefault(f"{name}, {where}", []).append(trial.run(questions, in_scope=in_scope))

    with tempfile.TemporaryDirectory() as folder:
        for policy_id in ids:
            tell(f"leaving out {policy_id}")
            trial = Trial(texts, asked.only(set(ids) - {policy_id}), Path(folder) / policy_id)
            run("left out", trial, some([q for q in tied if q.policy_id == policy_id], sample, seed))
            run("beside it", trial, some([q for q in unseen if q.policy_id != policy_id], sample, seed))
        tell("holding out questions")
        run("held out", Trial(texts, asked, Path(folder) / "all"), some(unseen, sample * len(ids), seed))
    return [joined(name, outcomes) for name, outcomes in parts.items()]


def joined(name: str, outcomes: Sequence[Outcome]) -> Outcome:
    """Several outcomes as one."""
    return Outcome(name, {s: np.concatenate([each.ranks[s] for each in outcomes]) for s in outcomes[0].ranks})


def without(bank: QuestionBank, held_out: Collection[str]) -> QuestionBank:
    """The bank without some questions, and without lines that then have none."""
    lines = []
    for line in bank.lines:
        kept = tuple(question for question in line.questions if phrase_key(question) not in held_out)
        if kept:
            lines.append(line.model_copy(update={"questions": kept}))
    return QuestionBank(tuple(lines))


def some(questions: Sequence[TiedQuestion], count: int, seed: int) -> list[TiedQuestion]:
    """At most `count` of the questions, drawn by `seed`."""
    return random.Random(seed).sample(list(questions), min(count, len(questions)))  # noqa: S311  # a sample


def every_fifth(bank: QuestionBank) -> frozenset[str]:
    """The questions held out where there is no other author."""
    return frozenset(phrase_key(question) for line in bank.lines for question in line.questions[EVERY - 1 :: EVERY])


def read_other(path: Path) -> frozenset[str]:
    """The questions of another author's file. Raises BankError where it cannot be read as one."""
    try:
        rows = [json.loads(row) for row in path.read_text("utf-8").split("\n") if row.strip()]
        return frozenset(phrase_key(question) for row in rows for question in row["questions"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BankError(
            f"{path} cannot be read as a file of questions ({error}); give one JSON object a line"
        ) from error


def table(outcomes: Sequence[Outcome]) -> str:
    """All outcomes as Markdown tables."""
    lines = []
    for outcome in outcomes:
        count = len(outcome.ranks[FUSION])
        lines += [
            f"**{outcome.trial}** ({count} questions)",
            "",
            "| | any@1 | any@5 | any@10 | MRR | fusion less it: any@5 | MRR |",
        ]
        lines.append("|---|---:|---:|---:|---:|---:|---:|")
        for system in (YARDSTICK, *LEGS, FUSION):
            cells = [f"{value:.3f}" for value in outcome.figures(system).values()]
            cells += ["", ""] if system == FUSION else [str(each) for each in outcome.against(system).values()]
            lines.append(f"| {system} | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 0, or 2 where something given cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, required=True, help="folder of policies with a manifest.yaml")
    parser.add_argument("--bank", type=Path, help="the question bank (default: the bundled one)")
    parser.add_argument("--other", type=Path, help="file of another author's questions, to be held out")
    parser.add_argument("--sample", type=int, default=300, help="questions a policy (default 300)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print figures as JSON instead of tables")
    given = parser.parse_args(arguments)
    try:
        bank = read_bank([given.bank]) if given.bank else bundled_bank()
        held_out = read_other(given.other) if given.other else every_fifth(bank)
        texts = sorted(read_policies(given.policies), key=lambda text: text.policy.id)
        outcomes = trials(texts, bank, held_out, sample=given.sample, seed=given.seed, tell=_tell)
    except LoketError as error:
        print(error, file=sys.stderr)
        return 2
    figures = {each.trial: {system: each.figures(system) for system in each.ranks} for each in outcomes}
    print(json.dumps(figures, indent=1) if given.json else table(outcomes))
    return 0


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
