"""How well questions find their statements, and the weights and bars that find them best: on our own questions.

Run: python -m evals.statement_finding --index DIR [--fit] [--questions FILE] [--show]

`evals/card_questions.jsonl` holds questions by an author who saw none of those that cards are found by, two a card;
none of them is in the snapshot or in a fit of its encoder. The first of each two is for fitting, the second for
measuring. The weights are fitted to tell the card wanted from the others that come near; the bars, from which on a
statement answers at all, to the questions as they are and as they would be had nobody written the card.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # comes with sentence-transformers

from assistant.alike import are_variants, says_alike
from assistant.answer import Assistant
from assistant.language import detect_language
from assistant.look_up import CERTAIN, PER_LEAD, PER_SCORE
from assistant.question import read_asked
from assistant.rule_fit import Question
from assistant.statements import FEATURES, WEIGHTS, Found
from evals.softmax_fit import fit_softmax
from knowledge.card_layer import card_name
from knowledge.statements.proven import ProvenStatement

QUESTIONS = Path(__file__).with_name("card_questions.jsonl")
STEPS, SHRINKAGE = 600, 0.005
BAR_SHRINKAGE = 0.01

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A question with the statement it belongs to and those found for it, best first."""

    text: str
    wanted: ProvenStatement
    found: tuple[Found, ...]

    @property
    def features(self) -> Floats:
        """Those of the statements found, one row each."""
        return np.stack([each.features for each in self.found])

    @property
    def place(self) -> int | None:
        """Where the wanted statement stands among those found."""
        return next((place for place, each in enumerate(self.found) if each.statement == self.wanted), None)

    def ranked(self, weights: Floats) -> list[Found]:
        """The statements found, best first by these weights."""
        scored = [Found(each.statement, each.features, float(each.features @ weights)) for each in self.found]
        return sorted(scored, key=lambda each: -each.score)

    def is_answered_by(self, found: Found) -> bool:
        """Whether a statement is the one wanted, or says the same."""
        own = next((each for each in self.found if each.statement == self.wanted), None)
        return found.statement == self.wanted or (own is not None and says_alike(found, own))


@dataclass(frozen=True)
class Bar:
    """From which score and lead on a statement answers: `per_score` x score + `per_lead` x lead at least `least`."""

    per_score: float
    per_lead: float
    least: float

    def passes(self, score: float, lead: float) -> bool:
        """Whether a statement with this score and lead answers."""
        return self.per_score * score + self.per_lead * lead >= self.least

    @classmethod
    def fit(cls, cases: Sequence[tuple[float, float, bool]]) -> Self:
        """Logistic regression on scores, leads and whether the statement answers; where both are as likely."""
        rows = np.array([[score, lead, 1.0] for score, lead, _ in cases])
        sign = np.array([1.0 if good else -1.0 for *_, good in cases])

        def loss(point: Floats) -> float:
            margins = np.logaddexp(0, -sign * (rows @ point)).mean()
            return float(margins + BAR_SHRINKAGE * (point[:2] @ point[:2]) / len(cases))

        per_score, per_lead, offset = minimize(loss, np.zeros(3)).x
        return cls(float(per_score), float(per_lead), float(-offset))


def main() -> None:
    """Measure, and with --fit fit weights and bar anew."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every question for fitting that goes wrong")
    arguments = parser.parse_args()
    asked = list(read_questions(Assistant.open(arguments.index), arguments.questions))
    fitting, measuring = ([each for half, each in asked if half == wanted] for wanted in (0, 1))
    bar = Bar(PER_SCORE, PER_LEAD, CERTAIN)
    report("for fitting", fitting, WEIGHTS, bar, show=arguments.show)
    report("for measuring", measuring, WEIGHTS, bar)
    if arguments.fit:
        weights = fit_softmax(
            [(each.features, each.place) for each in fitting if each.place is not None],
            WEIGHTS,
            steps=STEPS,
            shrinkage=SHRINKAGE,
        )
        bar = Bar.fit(list(bar_cases(fitting, weights)))
        report("fitted: for measuring", measuring, weights, bar)
        print("WEIGHTS =", dict(zip(FEATURES, np.round(weights, 2).tolist(), strict=True)))
        print(bar)


def read_questions(assistant: Assistant, path: Path) -> Iterator[tuple[int, Asked]]:
    """The questions of a file, each asked within its policy, with its place among those of its card."""
    policies = assistant.snapshot.policies
    proven = assistant.snapshot.curated.proven_statements
    named = {card_name(each, policies[each.policy_id].year): each for each in proven}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        wanted = named.get(row["card"])
        if wanted is not None:
            yield from ((number % 2, ask(assistant, text, wanted)) for number, text in enumerate(row["asks"]))


def ask(assistant: Assistant, text: str, wanted: ProvenStatement) -> Asked:
    """A question with what is found for it in the policy of the statement wanted."""
    ids = (wanted.policy_id,)
    question = Question(
        text=text,
        said=text,
        asked=read_asked(text),
        hits=assistant.searcher.search(text, 10, policy_ids=ids),
        history=(),
        today=dt.date.min,
        language=detect_language(text),
    )
    return Asked(text, wanted, tuple(assistant.statements.find(question, ids)))


def bar_cases(asked: Sequence[Asked], weights: Floats) -> Iterator[tuple[float, float, bool]]:
    """The score and lead of the best statement and whether it answers: as it is, and without the card wanted."""
    for each in asked:
        ranked = each.ranked(weights)
        without = [found for found in ranked if not each.is_answered_by(found)]
        yield ranked[0].score, lead_of(ranked), each.is_answered_by(ranked[0])
        if without:
            yield without[0].score, lead_of(without), False


def lead_of(ranked: Sequence[Found]) -> float:
    """As `assistant.look_up.is_certain` takes it."""
    best = ranked[0]
    rivals = [each.score for each in ranked[1:] if not says_alike(best, each) and not are_variants(best, each)]
    return best.score - rivals[0] if rivals else best.score


def report(name: str, asked: Sequence[Asked], weights: Floats, bar: Bar, *, show: bool = False) -> None:
    """Shares: the own statement first, or found; absences told from statements; answered rightly, wrongly, not.

    The last three as it is, and the share that is answered where the card wanted is taken away.
    """
    first = [each.ranked(weights)[0] for each in asked]
    right = [each.is_answered_by(one) for each, one in zip(asked, first, strict=True)]
    near = [each.place is not None for each in asked]
    kind = [one.statement.is_absence == each.wanted.is_absence for one, each in zip(first, asked, strict=True)]
    cases = list(bar_cases(asked, weights))
    told = [good for score, lead, good in cases if bar.passes(score, lead)]
    print(
        f"{name:22s} first {np.mean(right):.3f}  found {np.mean(near):.3f}  told or not {np.mean(kind):.3f}"
        f"  answered rightly {sum(told) / len(asked):.3f}  wrongly, half of them without their card"
        f" {(len(told) - sum(told)) / len(cases):.3f}  of {len(asked)}"
    )
    if show:
        for each, one, good in zip(asked, first, right, strict=True):
            if not good:
                print(f"  {each.text}\n      wanted {each.wanted.card.id}; got {one.card.id}")


if __name__ == "__main__":
    main()
