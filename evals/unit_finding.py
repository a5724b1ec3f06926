"""How well questions find the sentence that answers them in a policy that nothing was fitted to; weights for it.

Run: python -m evals.unit_finding --policies DIR [--policies DIR] [--practice DIR] [--sample 1200] [--fit]

Each policy in turn is left out: encoders are fitted to the cards and the bank of the others, beside practice
policies, an index of it is built without any card or bank, and its questions are asked. With --fit the weights
of `assistant.units` are fitted to what was found, and measured on each policy with the others' weights.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant import units
from assistant.question import read_asked
from assistant.units import FEATURES, NOTHING_FEATURES, Candidates, read_units
from assistant.wording import read_wording
from evals.softmax_fit import fit_softmax_any
from ingest.fit_encoder import fit_encoder
from ingest.fit_units import PolicyAsks, asks_of, fit_units, read_asks
from ingest.pipeline import read_policies
from ingest.practice import read_practice
from ingest.train_encoder import save
from knowledge.bank import bundled_bank
from knowledge.encoder import StaticEncoder
from knowledge.records import PolicyText
from knowledge.search import Searcher
from knowledge.snapshot_build import build_snapshot
from knowledge.thesaurus import load_thesaurus
from knowledge.units import UnitReader

PASSAGES = 10
SHRINKAGE = 0.001
SEED = 2

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A question with its candidates; `answers`: a flag for each unit and, at the end, for *nothing*."""

    policy_id: str
    text: str
    is_told: bool
    found: Candidates
    answers: npt.NDArray[np.bool_]

    @property
    def rows(self) -> Floats:
        """The features of units and of nothing side by side, one row each."""
        own = np.hstack([self.found.features, np.zeros((len(self.found.features), len(NOTHING_FEATURES)))])
        nothing = np.concatenate([np.zeros(len(FEATURES)), self.found.nothing])
        return np.vstack([own, nothing])


def main() -> None:
    """Measure, and with --fit fit the weights anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, action="append", required=True, help="originals first")
    parser.add_argument("--practice", type=Path, action="append", default=[], help="a folder of practice policies")
    parser.add_argument("--sample", type=int, default=1200, help="how many questions of each policy are asked")
    parser.add_argument("--fit", action="store_true")
    arguments = parser.parse_args()
    read = [[read_asks(text) for text in read_policies(folder)] for folder in arguments.policies]
    practice = [asks_of(each) for folder in arguments.practice for each in read_practice(folder)]
    everything = [each for folder in read for each in folder]
    asked = [each for own in read[0] for each in ask_left_out(own, everything, practice, arguments.sample)]
    now = np.concatenate([units.WEIGHTS, units.NOTHING_WEIGHTS])
    report("as it is", asked, now)
    if not arguments.fit:
        return
    for policy_id in sorted({each.policy_id for each in asked}):
        others = fit([each for each in asked if each.policy_id != policy_id])
        report(f"{policy_id}, fitted to the others", [each for each in asked if each.policy_id == policy_id], others)
    weights = fit(asked)
    report("fitted to all", asked, weights)
    print("WEIGHTS =", weights[: len(FEATURES)].round(2).tolist())
    print("NOTHING_WEIGHTS =", weights[len(FEATURES) :].round(2).tolist())


def ask_left_out(
    own: PolicyAsks, read: Sequence[PolicyAsks], practice: Sequence[PolicyAsks], sample: int
) -> list[Asked]:
    """Questions of one policy, asked of an index that knows nothing of it."""
    policy_id = own.text.policy.id
    others = [each for each in read if each.text.policy.id != policy_id]
    with tempfile.TemporaryDirectory() as folder:
        searcher = _searcher(own.text, others, practice, Path(folder))
        drawn = random.Random(SEED).sample(own.asks, min(sample, len(own.asks)))  # noqa: S311  # a sample
        return [_ask(searcher, own, ask.text, own.answers(ask), is_told=ask.is_told) for ask in drawn]


def _searcher(text: PolicyText, others: Sequence[PolicyAsks], practice: Sequence[PolicyAsks], folder: Path) -> Searcher:
    bank = bundled_bank().only({each.text.policy.id for each in others})
    fit_encoder(bank, [each.text for each in others], folder / "fitted")
    fitted = StaticEncoder(folder / "fitted")
    save(fitted.tokenizer, fit_units(fitted, others, practice), folder / "units")
    snapshot = build_snapshot(folder / "index", [text], fitted)
    searcher = Searcher(snapshot, fitted, load_thesaurus())
    searcher.units = UnitReader(snapshot.texts, StaticEncoder(folder / "units"))
    return searcher


def _ask(searcher: Searcher, own: PolicyAsks, text: str, answers: Sequence[int], *, is_told: bool) -> Asked:
    mended = searcher.mended(text)
    wording = read_wording(mended, searcher.snapshot.lexical, searcher.among(()), searcher.thesaurus)
    found = read_units(mended, read_asked(mended), searcher.search(mended, PASSAGES), wording, searcher)
    wanted = {own.spans[number] for number in answers}
    flags = [span in wanted for span in found.spans]
    return Asked(own.text.policy.id, text, is_told, found, np.array([*flags, not any(flags)]))


def fit(asked: Sequence[Asked]) -> Floats:
    """The weights of units and nothing that make what answers likeliest."""
    return fit_softmax_any([(each.rows, each.answers) for each in asked], shrinkage=SHRINKAGE)


def report(name: str, asked: Sequence[Asked], weights: Floats) -> None:
    """How often the likeliest unit answers, one of the first three does, and how sure the weights are where it does."""
    told = [each for each in asked if each.answers[:-1].any()]
    ranks = np.array([_rank(each.rows[:-1] @ weights, each.answers[:-1]) for each in told])
    firsts = " ".join(f"@{k} {(ranks <= k).mean():.3f}" for k in (1, 2, 3, 5))
    print(
        f"{name}: {len(asked)} questions; found among the units of {len(told)}: {firsts} mrr {(1 / ranks).mean():.3f}"
    )
    for label, each in (("answered", told), ("not told", [one for one in asked if not one.is_told])):
        if each:
            nothing = np.array([_shares(one.rows @ weights)[-1] for one in each])
            print(
                f"    {label}: nothing is likelier than not for {(nothing > 0.5).mean():.3f}, mean {nothing.mean():.3f}"
            )


def _rank(scores: Floats, answers: npt.NDArray[np.bool_]) -> int:
    return int((scores > scores[answers].max()).sum()) + 1


def _shares(scores: Floats) -> Floats:
    likely = np.exp(scores - scores.max())
    shares: Floats = likely / likely.sum()
    return shares


if __name__ == "__main__":
    main()
