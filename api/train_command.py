"""`loket train`: the bundled encoder fitted to a question bank."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.options import BanksOption, IndexOption, bundled_policies, open_banks, settings_of
from api.terminal import progress_bar

if TYPE_CHECKING:
    from knowledge.fitted import Fit

MEASURES = {
    "any@1": "an answering passage comes first",
    "any@5": "an answering passage is in the first five",
    "mrr": "mean of 1 / rank of the first that answers",
}


def train(
    bank: BanksOption = None,
    policies: Annotated[
        list[Path] | None,
        typer.Option(
            "--policies",
            help="Folder of policy files with a manifest.yaml, more than once if need be: "
            "a policy may come as original and as restatement (default: the bundled policies).",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the weights (default: 'encoder' beside the index folder).")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same weights.")] = 0,
    index: IndexOption = None,
) -> None:
    """Fit the bundled encoder to a question bank."""
    from ingest.fit_encoder import fit_encoder
    from ingest.pipeline import read_policies
    from knowledge.fitted import own_folder

    settings = settings_of(index)
    own = own_folder(settings.index)
    target = out or own
    questions = open_banks(bank, settings)
    with progress_bar() as tell:
        texts = [text for folder in policies or [bundled_policies()] for text in read_policies(folder, tell)]
        fit = fit_encoder(questions, texts, target, seed=seed, progress=tell)
    print(_fit_text(fit))
    print(f"written: {target}")
    if target.resolve() == own:
        print("next: 'loket ingest' with the same bank takes these weights by itself")
    else:
        print(f"next: set LOKET_ENCODER={shlex.quote(str(target))} for 'loket ingest' and for what reads its index")


def _fit_text(fit: Fit) -> str:
    """What was learned from, and what it brought on questions that were kept apart."""
    counts = f"{fit.questions} questions learned from, {fit.held_out} kept apart, {len(fit.policies)} policies"
    lines = [
        f"{counts}, {fit.steps} steps, seed {fit.seed}",
        f"{'of the questions kept apart':<44}{'before':>8}{'after':>8}",
    ]
    lines += [f"{said:<44}{fit.before[name]:>8.3f}{fit.after[name]:>8.3f}" for name, said in MEASURES.items()]
    if not fit.steps:
        lines.append("nothing gained; these are the weights as they were")
    return "\n".join(lines)
