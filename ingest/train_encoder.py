"""Trains the bundled encoder: `python -m ingest.train_encoder --data DATA --out knowledge/encoder`.

A text's vector will be the mean of its pieces' vectors, so only a table of piece vectors is learned:

1. a unigram tokenizer on the Dutch text (lower case, no accents, no punctuation);
2. a first table from which pieces stand near each other in running text (positive pointwise mutual
   information, reduced by a randomised singular value decomposition): it knows pieces that few pairs hold;
3. every row times the rarity of its piece, so that training starts from texts where "de" weighs little;
4. contrastive training: a heading, term or question, or a text in other words (synonyms, English), must
   lie nearer to its own text than to all other texts of the batch;
5. the rows stored in eight bits a number, with one scale a row.

The data's format is in its own README; `knowledge/encoder/PROVENANCE.md` records the run that is bundled.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder_batches import BATCH_SIZE, Batcher
from ingest.encoder_data import UNKNOWN, WORD_START, Bags, Ids, read_corpus, to_bags, train_tokenizer

DIMENSIONS = 512
STEPS = 500
TEMPERATURE = 0.05
LEARNING_RATE = 0.005
WARMUP_STEPS = 20
NEIGHBOURS = 8


def neighbour_vectors(bags: Iterable[Bags], pieces: int, dimensions: int, seed: int) -> Any:
    """A float32 tensor (pieces, dimensions), rows of length 0.1 * sqrt(dimensions), from pieces that stand together.

    Needs about pieces * pieces * 20 bytes of memory for a while.
    """
    import torch

    counts = np.zeros(pieces * pieces, dtype=np.float32)
    for texts in bags:
        of_text = np.repeat(np.arange(len(texts)), np.diff(texts.starts))
        for distance in range(1, NEIGHBOURS + 1):
            together = of_text[:-distance] == of_text[distance:]
            left = texts.ids[:-distance][together].astype(np.int64)
            cells = np.bincount(left * pieces + texts.ids[distance:][together], minlength=pieces * pieces)
            counts += cells * np.float32(distance**-0.5)
    table = torch.from_numpy(counts.reshape(pieces, pieces))
    table = table + table.T
    totals = table.sum(1).clamp_min(1e-6)
    context = totals**0.75 / (totals**0.75).sum()
    table = torch.log((table / (totals[:, None] * context[None, :])).clamp_min(1e-12)).clamp_min(0)
    basis = table @ torch.randn(pieces, dimensions + 32, generator=torch.Generator().manual_seed(seed))
    for _ in range(2):
        basis = table @ torch.linalg.qr(basis).Q
    basis = torch.linalg.qr(basis).Q
    left_vectors, values, _ = torch.linalg.svd(basis.T @ table, full_matrices=False)
    rows = (basis @ left_vectors)[:, :dimensions] * values[:dimensions] ** 0.5
    rows = rows - rows.mean(0)
    return torch.nn.functional.normalize(rows, dim=1) * (0.1 * dimensions**0.5)


def weigh_rows(table: Any, bags: Iterable[Bags]) -> Any:
    """The rows times -log of their piece's share of the text; on average they keep their length."""
    import torch

    counts = sum((np.bincount(texts.ids, minlength=len(table)) for texts in bags), np.ones(len(table)))
    rarity = -np.log(counts / counts.sum())
    return table * torch.from_numpy((rarity / rarity.mean()).astype(np.float32))[:, None]


def train_vectors(batcher: Batcher, table: Any, steps: int) -> Any:
    """The table after `steps` batches of symmetric in-batch softmax with Adam, the rate falling to 0."""
    import torch
    from torch.nn import functional

    table.requires_grad_()
    optimiser = torch.optim.Adam([table], lr=LEARNING_RATE, fused=True)
    own = torch.arange(BATCH_SIZE)
    losses: list[float] = []
    for step in range(steps):
        optimiser.param_groups[0]["lr"] = LEARNING_RATE * min(1, (step + 1) / WARMUP_STEPS) * (1 - step / steps)
        queries, passages, query_groups, passage_groups = batcher.draw()
        similarity = encode_bags(table, queries) @ encode_bags(table, passages).T / TEMPERATURE
        same = (query_groups[:, None] == query_groups) | (passage_groups[:, None] == passage_groups)
        np.fill_diagonal(same, val=False)
        similarity = similarity.masked_fill(torch.from_numpy(same), -1e4)
        loss = (functional.cross_entropy(similarity, own) + functional.cross_entropy(similarity.T, own)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}: loss {np.mean(losses[-100:]):.3f}", flush=True)
    return table.detach()


def encode_bags(table: Any, bags: Sequence[Ids]) -> Any:
    """The texts' vectors of length 1, through which gradients flow to the table.

    torch's embedding_bag gives the same, but its backward pass takes 0.5 s for 1,024 passages where this takes 0.05 s.
    """
    import torch
    from scipy import sparse  # comes with sentence-transformers
    from torch.nn import functional

    class RowSums(torch.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(context: Any, rows: Any, counts: Any) -> Any:
            context.counts = counts
            return torch.from_numpy(counts @ rows.detach().numpy())

        @staticmethod
        def backward(context: Any, *gradients: Any) -> Any:
            return torch.from_numpy(context.counts.T.tocsr() @ gradients[0].contiguous().numpy()), None

    ids = np.concatenate(bags)
    ends = np.concatenate([[0], np.cumsum([len(bag) for bag in bags])])
    counts = sparse.csr_matrix((np.ones(len(ids), dtype=np.float32), ids, ends), shape=(len(bags), len(table)))
    return functional.normalize(RowSums.apply(table, counts), dim=1)


def thin(ids: Ids, dropout: float, random: np.random.Generator) -> Ids:
    """A text's pieces, each left out with the chance `dropout`; one at least stays, and short texts stay whole."""
    kept = ids[random.random(len(ids)) >= dropout] if len(ids) > 3 else ids
    return kept if len(kept) else ids[:1]


def save(tokenizer: Any, rows: NDArray[np.float32], out: Path) -> None:
    """Writes a sentence-transformers model folder, the vectors in eight bits with a scale a row.

    The library reads that form (`embeddings` times `weights`) but writes only the plain one, so the
    weights file is written anew after it; other files in the folder stay.
    """
    import safetensors.numpy
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    out.mkdir(parents=True, exist_ok=True)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=rows)], device="cpu")
    model.save(str(out), create_model_card=False)
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    eight_bits = np.round(rows / scales[:, None]).astype(np.int8)
    tensors = {"embeddings": eight_bits, "weights": scales.astype(np.float32)}
    weights_file = out / "model.safetensors"
    weights_file.unlink()  # the library made it readable to its owner alone
    weights_file.write_bytes(safetensors.numpy.save(tensors))


def measure(folder: Path, bank: Path) -> dict[str, float]:
    """How well the encoder in `folder` finds the own passage of each bank question among all passages of the bank."""
    from knowledge.encoder import StaticEncoder

    encoder = StaticEncoder(folder)
    entries = [json.loads(line) for line in bank.read_text(encoding="utf-8").splitlines()]
    own = np.array([index for index, entry in enumerate(entries) for _ in entry["questions"]])
    questions = encoder.encode_queries([question for entry in entries for question in entry["questions"]])
    cosines = questions @ encoder.encode_passages([entry["passage"] for entry in entries]).T
    better = (cosines > cosines[np.arange(len(own)), own][:, None]).sum(axis=1)
    return {
        "any@1": float((better < 1).mean()),
        "any@5": float((better < 5).mean()),
        "any@10": float((better < 10).mean()),
        "mrr": float((1 / (better + 1)).mean()),
    }


def train(data: Path, out: Path, *, seed: int, steps: int) -> None:
    """Reads the data folder, trains, and writes the model folder."""
    import torch

    torch.set_num_threads(2)
    torch.manual_seed(seed)
    started = time.monotonic()
    corpus = read_corpus(data, seed)
    _tell(f"{len(corpus.pairs)} pairs, {len(corpus.reworded)} texts in other words", started)
    tokenizer = train_tokenizer(corpus)
    _tell("tokenizer trained", started)
    batcher = Batcher(corpus, tokenizer, np.random.default_rng(seed))
    distinct = to_bags(tokenizer, list(dict.fromkeys(pair["passage"] for pair in corpus.pairs)))
    _tell("texts cut into pieces", started)
    table = neighbour_vectors([distinct, batcher.paragraphs], tokenizer.get_vocab_size(), DIMENSIONS, seed)
    _tell("first vectors made", started)
    rows: NDArray[np.float32] = train_vectors(batcher, weigh_rows(table, [batcher.passages]), steps).numpy()
    rows[[tokenizer.token_to_id(piece) for piece in (UNKNOWN, WORD_START)]] = 0
    save(tokenizer, rows, out)
    _tell(f"written to {out}", started)


def _tell(what: str, started: float) -> None:
    print(f"{what}, {time.monotonic() - started:.0f} s", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the bundled encoder.")
    parser.add_argument("--data", type=Path, required=True, help="folder with pairs.jsonl.xz and text_care.txt.xz")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model into")
    parser.add_argument("--bank", type=Path, help="question bank to measure on; nothing of it is trained on")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    train(arguments.data, arguments.out, seed=arguments.seed, steps=arguments.steps)
    if arguments.bank is not None:
        print(json.dumps(measure(arguments.out, arguments.bank)))


if __name__ == "__main__":
    main()
