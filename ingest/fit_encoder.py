"""Fits the base encoder to a question bank: a question must lie near the passage that answers it.

Every step draws questions and asks for each to find its own passage among all passages of the bank's
policies, and another question of the same passage among the questions drawn. Pieces are dropped at
random, so that no single word carries a match. Few, small steps: what a longer fit gains on the
policies of the bank it loses on policies without one (evals.legs measures both).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.train_encoder import encode_bags, save, thin
from knowledge.bank import QuestionBank, TiedQuestion
from knowledge.encoder import BUNDLED_FOLDER, FIT_FILE, StaticEncoder
from knowledge.errors import BankError, ConfigurationError
from knowledge.fitted import Fit
from knowledge.records import PolicyText
from knowledge.snapshot_build import passage_input

STEPS = 80
LEARNING_RATE = 0.0025
"""Relative to the mean length of a piece's vector, with Adam; falls to 0 over the steps."""
WARMUP_STEPS = 10
BATCH_SIZE = 256
TEMPERATURE = 0.05
PIECE_DROPOUT = 0.15
MAX_PASSAGE_PIECES = 400
MIN_QUESTIONS = 20
"""Fewer cannot be split into questions to learn from and questions to measure on."""

HELD_OUT_SHARE = 0.1
MEASURED_STEPS = 10
PATIENCE = 3
"""Measurements without a gain on the held-out questions after which the fit stops."""

Ids = NDArray[np.int32]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Examples:
    """Questions and passages as piece numbers; `answers[i]` are the positions of question i's passages."""

    questions: list[Ids]
    answers: list[tuple[int, ...]]
    passages: list[Ids]

    def take(self, numbers: Sequence[int]) -> Examples:
        """Some of the questions, with all passages."""
        return Examples([self.questions[n] for n in numbers], [self.answers[n] for n in numbers], self.passages)


def fit_encoder(
    bank: QuestionBank,
    texts: Sequence[PolicyText],
    out: Path,
    *,
    seed: int = 0,
    base: Path = BUNDLED_FOLDER,
    progress: Progress | None = None,
) -> Fit:
    """Fit the weights of `base` to `bank` and write them, with fit.json, into the folder `out`.

    `texts` may hold a policy twice, as original and as restatement: then both answer. The same bank,
    texts and seed give the same weights on one machine. They are written aside and put in place as a
    whole: an error or an interrupt leaves `out` as it was.

    Raises:
        BankError: fewer than MIN_QUESTIONS questions tie to `texts`.
        ConfigurationError: `out` is no folder of fitted weights, or cannot be written.
        EncoderError: there are no base weights.
    """
    import torch

    _refuse_other_files(out)
    tell = progress or (lambda *_: None)
    torch.manual_seed(seed)
    torch.set_num_threads(2)
    encoder = StaticEncoder(base)
    tied = bank.tie(texts).questions
    if len(tied) < MIN_QUESTIONS:
        raise BankError(
            f"{len(tied)} questions of the bank tie to these policies, wanted at least {MIN_QUESTIONS}; "
            "'loket bank check' tells which lines name no passage"
        )
    examples = _examples(encoder, tied, texts)
    random = np.random.default_rng(seed)
    order = random.permutation(len(tied)).tolist()
    held = max(1, int(len(order) * HELD_OUT_SHARE))
    held_out, learned = examples.take(order[:held]), examples.take(order[held:])
    first = torch.from_numpy(encoder.rows())
    before = measure(first, held_out)
    after, rows, steps = _best(first, before, learned, held_out, random, tell)
    fit = Fit(
        bank=bank.fingerprint,
        base=encoder.name,
        policies=tuple(sorted({text.policy.id for text in texts})),
        questions=len(learned.questions),
        held_out=held,
        steps=steps,
        seed=seed,
        before=before,
        after=after,
    )
    with _put_in_place(out) as aside:
        save(encoder.tokenizer, rows.numpy(), aside)
        (aside / FIT_FILE).write_text(fit.model_dump_json(indent=1) + "\n", "utf-8")
    return fit


def _best(
    first: Any,
    before: dict[str, float],
    learned: Examples,
    held_out: Examples,
    random: np.random.Generator,
    tell: Progress,
) -> tuple[dict[str, float], Any, int]:
    """What the best rows measure on the questions held out, these rows, and after how many steps they came."""
    best, rows, steps = before, first, 0
    for step, fitted in _fit(first, learned, random):
        tell("leren", step, STEPS)
        if step % MEASURED_STEPS == 0:
            after = measure(fitted, held_out)
            if after["mrr"] > best["mrr"]:
                best, rows, steps = after, fitted.clone(), step
            elif step - steps >= PATIENCE * MEASURED_STEPS:
                break
    tell("leren", STEPS, STEPS)
    return best, rows, steps


def _refuse_other_files(out: Path) -> None:
    """What is replaced as a whole must be nothing else than weights of an earlier fit."""
    if out.exists() and not (out.is_dir() and ((out / FIT_FILE).is_file() or not any(out.iterdir()))):
        raise ConfigurationError(f"{out} is no folder of fitted weights and would be replaced; give another folder")


@contextmanager
def _put_in_place(out: Path) -> Iterator[Path]:
    """A new folder beside `out` that takes its place when all goes well, and goes when it does not."""
    target = out.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written ({error.strerror}); give another folder") from error
    new, old = work / "new", work / "old"
    try:
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written ({error.strerror}); free space and retry") from error
    finally:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(work, ignore_errors=True)


def _examples(encoder: StaticEncoder, tied: Sequence[TiedQuestion], texts: Sequence[PolicyText]) -> Examples:
    inputs = [passage_input(text.policy, passage) for text in texts for passage in text.passages]
    return Examples(
        [_known(ids) for ids in encoder.piece_ids([question.text for question in tied])],
        [question.passages for question in tied],
        [_known(ids[:MAX_PASSAGE_PIECES]) for ids in encoder.piece_ids(inputs)],
    )


def _known(ids: Sequence[int]) -> Ids:
    """Piece numbers; a text without any is the unknown piece."""
    return np.array(ids or [0], dtype=np.int32)


def _fit(first: Any, examples: Examples, random: np.random.Generator) -> Iterator[tuple[int, Any]]:
    """Yields (step from 1, the rows after it), STEPS times."""
    import torch

    rows = first.clone().requires_grad_()
    silent = ~first.any(dim=1)  # the unknown piece and its like say nothing, and are to learn nothing
    optimiser = torch.optim.Adam([rows], lr=LEARNING_RATE)
    scale = first.norm(dim=1).mean().item()
    mates: dict[int, list[int]] = {}
    for number, answers in enumerate(examples.answers):
        mates.setdefault(answers[0], []).append(number)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = LEARNING_RATE * scale * min(1, (step + 1) / WARMUP_STEPS) * (1 - step / STEPS)
        drawn = random.choice(len(examples.questions), min(BATCH_SIZE, len(examples.questions)), replace=False)
        loss = _loss(rows, examples, drawn.tolist(), mates, random)
        optimiser.zero_grad()
        loss.backward()
        rows.grad[silent] = 0
        optimiser.step()
        yield step + 1, rows.detach()


def _loss(
    rows: Any, examples: Examples, drawn: Sequence[int], mates: dict[int, list[int]], random: np.random.Generator
) -> Any:
    """Question to passage: any of its passages is right; question to question: another of the same first passage."""
    import torch
    from torch.nn import functional

    def encoded(bags: Sequence[Ids]) -> Any:
        return encode_bags(rows, [thin(bag, PIECE_DROPOUT, random) for bag in bags])

    questions = encoded([examples.questions[n] for n in drawn])
    similarity = questions @ encoded(examples.passages).T / TEMPERATURE
    right = torch.zeros_like(similarity, dtype=torch.bool)
    for row, number in enumerate(drawn):
        right[row, list(examples.answers[number])] = True
    found = torch.logsumexp(similarity.masked_fill(~right, -1e4), 1)
    to_passage = (torch.logsumexp(similarity, 1) - found).mean()
    firsts = np.array([examples.answers[n][0] for n in drawn])
    others = encoded([examples.questions[int(random.choice(mates[int(first)]))] for first in firsts])
    same = torch.from_numpy(firsts[:, None] == firsts)
    same.fill_diagonal_(False)
    among = (questions @ others.T / TEMPERATURE).masked_fill(same, -1e4)
    return to_passage + functional.cross_entropy(among, torch.arange(len(drawn)))


def measure(rows: Any, examples: Examples) -> dict[str, float]:
    """How well questions find a passage that answers them among all: shares in the first 1 and 5, and the MRR."""
    import torch

    with torch.no_grad():
        cosines = (encode_bags(rows, examples.questions) @ encode_bags(rows, examples.passages).T).numpy()
    own = np.array([max(row[list(answers)]) for row, answers in zip(cosines, examples.answers, strict=True)])
    better = (cosines > own[:, None]).sum(axis=1)
    return {
        "any@1": round(float((better < 1).mean()), 4),
        "any@5": round(float((better < 5).mean()), 4),
        "mrr": round(float((1 / (better + 1)).mean()), 4),
    }
