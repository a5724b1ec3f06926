"""Fits an encoder further, to tell the cards of a policy apart by the questions that they answer.

Run: python -m ingest.fit_cards --policies DIR [--policies DIR] --out knowledge/encoder/cards

Every question is to pick its card among those of its policy by a linear layer on its vector. The vectors of
the pieces and the layer are kept. Pieces are dropped at random, so that no single word carries a card. The
encoder serves for nothing else, so policies without cards lose nothing by it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.pipeline import read_policies
from ingest.prove import prove_rules
from ingest.prove_statements import prove_statements
from ingest.train_encoder import encode_bags, save, thin
from knowledge.bank import bundled_bank
from knowledge.card_fits import card_names, cards_by_policy
from knowledge.card_layer import BUNDLED_LAYER_FOLDER, CardLayer
from knowledge.curated import card_questions
from knowledge.encoder import BUNDLED_CARDS_FOLDER, BUNDLED_FITTED_FOLDER, StaticEncoder
from knowledge.records import PolicyText
from knowledge.thesaurus import load_thesaurus

EPOCHS = 8
BATCH_SIZE = 512
PIECE_RATE, CARD_RATE = 0.004, 0.02
"""Learning rates with Adam, falling to 0: of the pieces' vectors relative to their mean length, of the linear layer."""
PIECE_DROPOUT = 0.35
BANK_WEIGHT = 0.5
SHARPNESS = 8.0
"""What a card's mean question is scaled by, as the linear layer's first row for it."""
SEED = 0

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Examples:
    """Questions as piece numbers, with the card and the policy of each and how much it counts.

    `names`: of every card, by its number.
    """

    pieces: list[Ids]
    cards: NDArray[np.intp]
    policies: NDArray[np.intp]
    weights: NDArray[np.float32]
    names: tuple[str, ...]


def main() -> None:
    """Fit, write and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--policies", type=Path, action="append", required=True, help="a folder with a manifest")
    parser.add_argument("--out", type=Path, default=BUNDLED_CARDS_FOLDER)
    arguments = parser.parse_args()
    encoder = StaticEncoder(BUNDLED_FITTED_FOLDER)
    texts = [text for folder in arguments.policies for text in read_policies(folder)]
    examples = read_examples(encoder, texts)
    rows, layer = fit_cards(encoder.rows(), examples)
    save(encoder.tokenizer, rows, arguments.out)
    layer.save(arguments.out / BUNDLED_LAYER_FOLDER.name)
    print(f"{len(examples.pieces)} questions of {examples.cards.max() + 1} cards; written to {arguments.out}")


def read_examples(encoder: StaticEncoder, texts: Sequence[PolicyText]) -> Examples:
    """The questions of the cards that the texts prove, each once, with the bank's that tie to their spots.

    Of a policy that is given twice, as original and as restatement, the cards are the same. Rules that tell contacts
    are left out: statements tell those.
    """
    by_policy: dict[str, PolicyText] = {}
    for text in texts:
        by_policy.setdefault(text.policy.id, text)
    ordered = [by_policy[policy_id] for policy_id in sorted(by_policy)]
    rules, statements = [prove_rules(text) for text in ordered], [prove_statements(text) for text in ordered]
    own = {card for each in cards_by_policy(rules, statements).values() for card in each}
    asked = card_questions(ordered, rules, statements, bundled_bank().tie(ordered).questions)
    tied = [question for question in asked if question.passages[0] in own]
    names = {policy_id: number for number, policy_id in enumerate(sorted(by_policy))}
    pieces = encoder.piece_ids([_with_dutch_names(question.text) for question in tied])
    return Examples(
        [np.array(ids or [0], dtype=np.int32) for ids in pieces],
        np.array([question.passages[0] for question in tied]),
        np.array([names[question.policy_id] for question in tied]),
        np.array([BANK_WEIGHT if question.borrowed else 1.0 for question in tied], dtype=np.float32),
        card_names(rules, statements, {text.policy.id: text.policy.year for text in ordered}),
    )


def _with_dutch_names(text: str) -> str:
    """As `Searcher.with_dutch_names` gives a question to the encoder."""
    named = (mention.term for mention in load_thesaurus().find(text) if mention.is_english)
    return " ".join([text, *dict.fromkeys(term.concept for term in named if term.kind != "organisation")])


def fit_cards(first: NDArray[np.float32], examples: Examples) -> tuple[NDArray[np.float32], CardLayer]:
    """The vectors of the pieces after the fit, float32, one row a piece, and the layer that picks cards."""
    import torch
    from torch.nn import functional

    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    random = np.random.default_rng(SEED)
    table = torch.from_numpy(first)
    rows = table.clone().requires_grad_()
    layer, offsets = _first_layer(table, examples)
    allowed = _cards_of_policies(examples)
    rates = (PIECE_RATE * table.norm(dim=1).mean().item(), CARD_RATE)
    optimiser = torch.optim.Adam([{"params": [rows], "lr": rates[0]}, {"params": [layer, offsets], "lr": rates[1]}])
    cards, policies = torch.from_numpy(examples.cards), torch.from_numpy(examples.policies)
    weights = torch.from_numpy(examples.weights)
    batches = _batches(len(cards), random)
    for step, drawn in enumerate(batches):
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * (1 - step / len(batches))
        vectors = encode_bags(rows, [thin(examples.pieces[number], PIECE_DROPOUT, random) for number in drawn])
        scores = (vectors @ layer.T + offsets).masked_fill(~allowed[policies[drawn]], -1e4)
        losses = functional.cross_entropy(scores, cards[drawn], reduction="none")
        optimiser.zero_grad()
        ((losses * weights[drawn]).sum() / weights[drawn].sum()).backward()
        optimiser.step()
    places = {name: place for place, name in enumerate(examples.names)}
    return rows.detach().numpy(), CardLayer(places, layer.detach().numpy(), offsets.detach().numpy())


def _first_layer(table: Any, examples: Examples) -> tuple[Any, Any]:
    """The linear layer to begin with: each card's mean question, and no offset."""
    import torch

    with torch.no_grad():
        vectors = encode_bags(table, examples.pieces)
        means = torch.zeros(len(examples.names), vectors.shape[1])
        cards = torch.from_numpy(examples.cards)
        means.index_add_(0, cards, vectors)
        counts = torch.bincount(cards, minlength=len(means)).clamp(min=1)
        means = SHARPNESS * means / counts[:, None]
    return means.requires_grad_(), torch.zeros(len(means), requires_grad=True)


def _cards_of_policies(examples: Examples) -> Any:
    """Which cards (columns) are of which policy (rows)."""
    import torch

    allowed = torch.zeros(int(examples.policies.max()) + 1, len(examples.names), dtype=torch.bool)
    allowed[examples.policies, examples.cards] = True
    return allowed


def _batches(count: int, random: np.random.Generator) -> list[NDArray[np.intp]]:
    """The numbers of the questions of every step."""
    size = min(BATCH_SIZE, count)
    steps = []
    for _ in range(EPOCHS):
        order = random.permutation(count)
        steps += [order[start : start + size] for start in range(0, count - size + 1, size)]
    return steps


if __name__ == "__main__":
    main()
