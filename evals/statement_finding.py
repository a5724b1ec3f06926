"""How well questions find their statements, and the weights that find them best: on the cards' own questions.

Run: python -m evals.statement_finding --index DIR [--fit] [--sample 0.5] [--show]

Every question of a card is asked while it is left out of the index; the card that it belongs to is
the one wanted. Weights are fitted to tell it from the others that come near, a policy left out at a time.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answer import Assistant
from assistant.cards import LeftOut
from assistant.language import detect_language
from assistant.question import read_asked
from assistant.rule_fit import Question
from assistant.statements import FEATURES, WEIGHTS
from evals.softmax_fit import fit_softmax
from knowledge.statements.proven import ProvenStatement

STEPS, SHRINKAGE = 600, 0.005

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A question with the statement it belongs to and those found for it, by their features."""

    text: str
    wanted: ProvenStatement
    found: tuple[ProvenStatement, ...]
    features: Floats

    @property
    def place(self) -> int | None:
        """Where the wanted statement stands among those found."""
        return self.found.index(self.wanted) if self.wanted in self.found else None


def main() -> None:
    """Measure, and with --fit fit the weights anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--sample", type=int, default=3000, help="how many of the questions are asked")
    parser.add_argument("--show", action="store_true", help="print every question that goes wrong")
    arguments = parser.parse_args()
    asked = read_questions(Assistant.open(arguments.index), arguments.sample)
    policies = sorted({each.wanted.policy_id for each in asked})
    report("as it is", asked, WEIGHTS, show=arguments.show)
    for policy_id in policies:
        own = [each for each in asked if each.wanted.policy_id == policy_id]
        report(f"  {policy_id}", own, WEIGHTS)
        if arguments.fit:
            report("    fitted on the others", own, fit([each for each in asked if each.wanted.policy_id != policy_id]))
    if arguments.fit:
        weights = fit(asked)
        report("fitted", asked, weights)
        print("WEIGHTS =", dict(zip(FEATURES, np.round(weights, 2).tolist(), strict=True)))


def sampled(assistant: Assistant, random: np.random.Generator, count: int) -> list[int]:
    """The places of some questions that statements answer; names of cards and questions of the bank are none."""
    curated = assistant.snapshot.curated
    first, statements = len(curated.proven_rules), curated.proven_statements
    places = [
        place
        for place, ask in enumerate(curated.asks.questions)
        if ask.passages[0] >= first and not ask.borrowed and ask.text in statements[ask.passages[0] - first].card.asks
    ]
    return sorted(random.choice(places, min(count, len(places)), replace=False).tolist())


def read_questions(assistant: Assistant, sample: int) -> list[Asked]:
    """A sample of the cards' questions, each asked within its policy while it is left out."""
    curated = assistant.snapshot.curated
    asked = []
    for place in sampled(assistant, np.random.default_rng(1), sample):
        ask = curated.asks.questions[place]
        wanted = curated.proven_statements[ask.passages[0] - len(curated.proven_rules)]
        ids = (wanted.policy_id,)
        question = Question(
            text=ask.text,
            said=ask.text,
            asked=read_asked(ask.text),
            hits=assistant.searcher.search(ask.text, 10, policy_ids=ids),
            history=(),
            today=dt.date.min,
            language=detect_language(ask.text),
        )
        found = assistant.statements.find(question, ids, left_out=LeftOut((place,)))
        features = np.stack([each.features for each in found])
        asked.append(Asked(ask.text, wanted, tuple(each.statement for each in found), features))
    return asked


def report(name: str, asked: Sequence[Asked], weights: Floats, *, show: bool = False) -> None:
    """Shares of questions whose own statement comes first, or among those found; absences told from statements."""
    best = [each.found[int(np.argmax(each.features @ weights))] for each in asked]
    first = [one == each.wanted for one, each in zip(best, asked, strict=True)]
    near = [each.place is not None for each in asked]
    kind = [one.is_absence == each.wanted.is_absence for one, each in zip(best, asked, strict=True)]
    print(
        f"{name:34s} first {np.mean(first):.3f}  found {np.mean(near):.3f}  told or not {np.mean(kind):.3f}"
        f"  of {len(asked)}"
    )
    if show:
        for one, each in zip(best, asked, strict=True):
            if one != each.wanted:
                print(f"  {each.text}\n      wanted {each.wanted.card.id}; got {one.card.id}")


def fit(asked: Sequence[Asked]) -> Floats:
    """Weights under which the wanted statement is the likeliest of those found (softmax, shrunken to 0)."""
    pairs = [(each.features, each.place) for each in asked if each.place is not None]
    return fit_softmax(pairs, WEIGHTS, steps=STEPS, shrinkage=SHRINKAGE)


if __name__ == "__main__":
    main()
