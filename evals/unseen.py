"""How well a policy is answered from that nobody wrote cards for: made-up policies with questions of their own.

Run: python -m evals.unseen [--half looked_at] [--half held_out] [--keep DIR]

`evals/unseen` holds policies of insurers that do not exist, each in a folder with its manifest, written for this
measurement alone. `looked_at`: their questions served to mend answers. `held_out`: of these figures are told only.
`pairs_only`: policies without such questions. `pairs.jsonl` has questions with the very words that answer them, for
fitting how sentences are found (`ingest.practice`): those of `looked_at` and `pairs_only` were, so that figures of
`looked_at` flatter. Each policy is published beside the bundled ones, as an insurer's
first policy of its kind would be. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.answer import Assistant
from evals.case import Case, load_cases
from evals.judge import Judgement, judge
from evals.run import generate
from ingest.manifest import MANIFEST_NAME
from ingest.pipeline import ingest
from knowledge.bank import bundled_bank
from knowledge.encoder import open_encoder

HERE = Path(__file__).with_suffix("")
BUNDLED = HERE.parents[1] / "knowledge" / "policies"
HALVES = ("looked_at", "held_out")
QUESTIONS_FILE = "questions.jsonl"


@dataclass(frozen=True)
class Figures:
    """Of the questions of one policy: how many the policy tells, and shares of these and of the others (0 to 1)."""

    told: int
    right: float
    wrong: float
    untold: int
    silent: float

    @classmethod
    def of(cls, cases: Sequence[Case], judgements: Sequence[Judgement]) -> Figures:
        """The figures of what was judged; a question that the policy does not tell is right where none is answered."""
        pairs = list(zip(cases, judgements, strict=True))
        told = [judgement for case, judgement in pairs if case.behaviour != "abstain"]
        untold = [judgement for case, judgement in pairs if case.behaviour == "abstain"]
        return cls(
            told=len(told),
            right=_share(told, "correct"),
            wrong=_share(told, "wrong"),
            untold=len(untold),
            silent=_share(untold, "correct"),
        )

    def line(self, name: str) -> str:
        """The figures as a line of text."""
        return (
            f"{name:34s} {self.told:4d} told: {self.right:.3f} right {self.wrong:.3f} wrong; "
            f"{self.untold:3d} not told: {self.silent:.3f} silent"
        )


def _share(judgements: Sequence[Judgement], verdict: str) -> float:
    return sum(each.verdict == verdict for each in judgements) / len(judgements) if judgements else 0.0


def folders(half: str) -> list[Path]:
    """The folders of the made-up policies of a half, by name."""
    return sorted(each for each in (HERE / half).iterdir() if each.is_dir())


def publish_beside_bundled(folder: Path, index_dir: Path, aside: Path) -> None:
    """Publish the bundled policies and that of `folder` in `index_dir`; their files are put together in `aside`."""
    aside.mkdir(parents=True)
    policies = []
    for source in (BUNDLED, folder):
        manifest = yaml.safe_load((source / MANIFEST_NAME).read_text("utf-8"))
        for entry in manifest["policies"]:
            shutil.copy(source / entry["file"], aside)
        policies += manifest["policies"]
    (aside / MANIFEST_NAME).write_text(yaml.safe_dump({"policies": policies}, allow_unicode=True), "utf-8")
    ingest(aside, index_dir, open_encoder(), bank=bundled_bank())


def measure(folder: Path, work: Path) -> tuple[tuple[Case, ...], list[Judgement]]:
    """The questions of a made-up policy with the verdicts on their answers; `work`: an empty folder."""
    publish_beside_bundled(folder, work / "index", work / "policies")
    cases = load_cases(folder / QUESTIONS_FILE)
    answers = generate(Assistant.open(work / "index"), cases, lambda *_: None)
    return cases, [judge(case, answer) for case, answer in zip(cases, answers, strict=True)]


def main() -> None:
    """Measure and print a line for each policy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", action="append", choices=HALVES, help="default: both")
    parser.add_argument("--keep", type=Path, help="an empty folder to keep the indexes in")
    arguments = parser.parse_args()
    for half in arguments.half or HALVES:
        cases, judgements = list[Case](), list[Judgement]()
        for folder in folders(half):
            with tempfile.TemporaryDirectory() as aside:
                own, judged = measure(folder, (arguments.keep or Path(aside)) / folder.name)
            print(Figures.of(own, judged).line(folder.name))
            cases += own
            judgements += judged
        print(Figures.of(cases, judgements).line(f"{half}, all"))


if __name__ == "__main__":
    main()
