"""Fits an encoder to single sentences: a question must lie near the unit of its policy that answers it.

Run: python -m ingest.fit_units --policies DIR [--policies DIR] [--practice DIR] --out knowledge/encoder/units

The questions are those of rules and statements, whose proofs tell which units answer them, and those of
the question bank that are tied to a phrase; beside them those of practice policies (`ingest.practice`), whose
many insurers and kinds of care teach what holds for any policy. Every step draws questions and asks for each
to find its units among all of its policy. Pieces are dropped at random, so that no single word carries a match.
What a fit gives on a policy that it has not seen is measured by `python -m evals.unit_finding`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.pipeline import read_policies, rules_of, statements_of
from ingest.practice import PracticePolicy, read_practice
from ingest.train_encoder import encode_bags, save, thin
from knowledge.bank import QuestionBank, bundled_bank, phrase_key
from knowledge.encoder import BUNDLED_FITTED_FOLDER, BUNDLED_UNITS_FOLDER, StaticEncoder
from knowledge.records import PolicyText, Span
from knowledge.units import headed_text, unit_spans

STEPS = 300
LEARNING_RATE = 0.0025
"""Relative to the mean length of a piece's vector, with Adam; falls to 0 over the steps."""
WARMUP_STEPS = 10
BATCH_SIZE = 256
PRACTICE_SHARE = 0.5
"""Of the questions drawn; the rest are of published policies. Policies of either kind have equal shares of these."""
TEMPERATURE = 0.05
PIECE_DROPOUT = 0.2
LEAST_OVERLAP = 0.5
"""A unit answers where it and a proof share this much of the shorter of the two."""
SEED = 0

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Ask:
    """A question of a policy with the stretches of its text that answer it; none: the policy does not tell."""

    text: str
    spans: tuple[Span, ...]
    is_told: bool = True


@dataclass(frozen=True)
class PolicyAsks:
    """A policy with its units, headed as they are encoded, and the questions asked of it."""

    text: PolicyText
    spans: tuple[Span, ...]
    headed: tuple[str, ...]
    asks: tuple[Ask, ...]

    def answers(self, ask: Ask) -> list[int]:
        """The numbers of the units that answer."""
        return [n for n, unit in enumerate(self.spans) if any(_overlap(unit, span) for span in ask.spans)]


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, action="append", required=True, help="a folder with a manifest")
    parser.add_argument("--practice", type=Path, action="append", default=[], help="a folder of practice policies")
    parser.add_argument("--out", type=Path, default=BUNDLED_UNITS_FOLDER)
    arguments = parser.parse_args()
    practice = [asks_of(each) for folder in arguments.practice for each in read_practice(folder)]
    read = [read_asks(text) for folder in arguments.policies for text in read_policies(folder)]
    encoder = StaticEncoder(BUNDLED_FITTED_FOLDER)
    save(encoder.tokenizer, fit_units(encoder, read, practice), arguments.out)
    for kind, texts in (("published", read), ("practice", practice)):
        told = sum(ask.is_told for each in texts for ask in each.asks)
        print(f"{told} questions over {len(texts)} {kind} texts")
    print(f"written to {arguments.out}")


def read_asks(text: PolicyText, bank: QuestionBank | None = None) -> PolicyAsks:
    """The units of a policy, and the questions of its proven cards and of the bank."""
    asks: list[Ask] = []
    for statement in statements_of(text).proven:
        spans = () if statement.is_absence else tuple(Span(start=s.start, end=s.end) for s in statement.spots)
        asks += [Ask(ask, spans, bool(spans)) for ask in statement.card.asks]
    for rule in rules_of(text).proven:
        spots = (*rule.spots.values(), *(value.spot for value in rule.values.values()))
        asks += [Ask(ask, tuple(Span(start=s.start, end=s.end) for s in spots)) for ask in rule.rule.asks]
    asks += _of_bank(text, bank or bundled_bank())
    return _with_units(text, asks)


def asks_of(practice: PracticePolicy) -> PolicyAsks:
    """The units of a practice policy, and its questions."""
    return _with_units(practice.text, [Ask(question, spans) for question, spans in practice.asks])


def _with_units(text: PolicyText, asks: Iterable[Ask]) -> PolicyAsks:
    placed = [
        (span, headed_text(p, text.text[span.start : span.end]))
        for p in text.passages
        for span in unit_spans(p, text.text)
    ]
    return PolicyAsks(text, tuple(span for span, _ in placed), tuple(headed for _, headed in placed), tuple(asks))


def _of_bank(text: PolicyText, bank: QuestionBank) -> Iterable[Ask]:
    for tied in bank.tie([text]).questions:
        spans = []
        for number, key in zip(tied.passages, tied.keys, strict=True):
            phrases = [phrase_key(phrase) for phrase in key]
            for span in unit_spans(text.passages[number], text.text) if phrases else ():
                held = phrase_key(text.text[span.start : span.end])
                if all(phrase in held for phrase in phrases):
                    spans.append(span)
        if spans:
            yield Ask(tied.text, tuple(spans))


def _overlap(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared >= LEAST_OVERLAP * min(one.end - one.start, other.end - other.start)


def fit_units(
    encoder: StaticEncoder, published: Sequence[PolicyAsks], practice: Sequence[PolicyAsks] = ()
) -> NDArray[np.float32]:
    """The vectors of the pieces after the fit from those of `encoder`, float32, one row a piece."""
    import torch
    from torch.nn import functional

    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    random = np.random.default_rng(SEED)
    table = torch.from_numpy(encoder.rows())
    rows = table.clone().requires_grad_()
    rate = LEARNING_RATE * table.norm(dim=1).mean().item()
    optimiser = torch.optim.Adam([rows], lr=rate)
    read = [*published, *practice]
    units = _pieces(encoder, [headed for each in read for headed in each.headed])
    questions, policies, answers = _examples(encoder, read)
    chances = _chances(policies, len(published))
    owners = torch.tensor([number for number, each in enumerate(read) for _ in each.headed])
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / WARMUP_STEPS) * (1 - step / STEPS)
        drawn = random.choice(len(questions), min(BATCH_SIZE, len(questions)), replace=False, p=chances)
        asked = encode_bags(rows, [thin(questions[number], PIECE_DROPOUT, random) for number in drawn])
        told = encode_bags(rows, [thin(ids, PIECE_DROPOUT, random) for ids in units])
        own = torch.tensor([policies[number] for number in drawn])[:, None] == owners[None, :]
        scores = functional.log_softmax((asked @ told.T / TEMPERATURE).masked_fill(~own, -1e4), dim=1)
        wanted = torch.zeros_like(own)
        for row, number in enumerate(drawn):
            wanted[row, answers[number]] = True
        loss = -torch.logsumexp(scores.masked_fill(~wanted, -1e4), dim=1).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    fitted: NDArray[np.float32] = rows.detach().numpy()
    return fitted


def _examples(encoder: StaticEncoder, read: Sequence[PolicyAsks]) -> tuple[list[Ids], list[int], list[list[int]]]:
    """The questions that a unit answers: their pieces, their policy, and their units counted over all policies."""
    texts, policies, answers = list[str](), list[int](), list[list[int]]()
    first = 0
    for number, each in enumerate(read):
        found: dict[tuple[Span, ...], list[int]] = {}
        for ask in each.asks:
            if ask.spans not in found:
                found[ask.spans] = [first + unit for unit in each.answers(ask)]
            if found[ask.spans]:
                texts.append(ask.text)
                policies.append(number)
                answers.append(found[ask.spans])
        first += len(each.spans)
    return _pieces(encoder, texts), policies, answers


def _chances(policies: Sequence[int], published: int) -> NDArray[np.float64]:
    """The chance of each question to be drawn, by its policy; those from number `published` on are practice."""
    numbers = np.array(policies)
    counts = np.bincount(numbers)
    asked = np.flatnonzero(counts)
    is_practice = asked >= published
    shares = np.zeros(len(counts))
    for kind, share in ((asked[is_practice], PRACTICE_SHARE), (asked[~is_practice], 1 - PRACTICE_SHARE)):
        shares[kind] = share / max(1, len(kind))
    drawn = (shares / np.maximum(counts, 1))[numbers]
    chances: NDArray[np.float64] = drawn / drawn.sum()
    return chances


def _pieces(encoder: StaticEncoder, texts: Sequence[str]) -> list[Ids]:
    return [np.array(ids or [0], dtype=np.int32) for ids in encoder.piece_ids(texts)]


if __name__ == "__main__":
    main()
