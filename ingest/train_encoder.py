"""Trains the bundled encoder: `python -m ingest.train_encoder --data DATA --out knowledge/encoder`.

A text's vector will be the mean of its pieces' vectors, so only a table of piece vectors is learned:

1. a unigram tokenizer on the Dutch text (lower case, no accents, no punctuation);
2. a first table from which pieces stand near each other in running text (positive pointwise mutual
   information, reduced by a randomised singular value decomposition): it knows pieces that few pairs hold;
3. contrastive training: a heading, term or question must lie nearer to its own text than to all
   other texts of the batch;
4. every row times the rarity of its piece, stored in eight bits a number with one scale a row.

The data's format is in its own README; `knowledge/encoder/PROVENANCE.md` records the run that is bundled.
"""

from __future__ import annotations

import argparse
import json
import lzma
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]

# Measured on policies outside the training: fewer, shorter pieces with more dimensions beat 32,000 x 256.
PIECES = 16_000
DIMENSIONS = 512
UNKNOWN = "<unk>"
WORD_START = "▁"  # alone it stands before a word that no piece begins, and says nothing

STEPS = 500
BATCH_SIZE = 1024
TEMPERATURE = 0.05
LEARNING_RATE = 0.005
WARMUP_STEPS = 20
PIECE_DROPOUT = 0.15
SELF_SHARE = 0.2  # of a batch: a stretch of a care paragraph against the rest of that paragraph
LEAD_SHARE = 0.5  # of the headings and terms that get the words of a question in front
MAX_QUERY_PIECES = 64
MAX_PASSAGE_PIECES = 128
NEIGHBOURS = 8

# Law cites law by the thousand and in words that no provider asks with; citizens' questions are few and the real thing.
KIND_WEIGHTS = {"heading": 2, "title": 1, "chapter": 1, "def": 1.5, "cite_int": 0.4, "cite_ext": 0.4, "qa": 10}
CARE_WEIGHT = 3

# Put before headings and terms, so that the words every question has come to weigh nothing.
QUESTION_LEADS = (
    "wat is", "wat zijn", "wat betekent", "hoe werkt", "hoe zit het met", "wanneer", "waar vind ik",
    "waar staat iets over", "moet ik", "moeten wij voldoen aan", "kan ik", "kunnen wij", "mag ik",
    "mag een zorgaanbieder", "geldt er iets voor", "wat zijn de regels voor", "wat zijn de voorwaarden voor",
    "welke eisen gelden er voor", "welke", "hoeveel", "wie", "wie bepaalt", "hoe vraag ik aan", "ik heb een vraag over",
    "wij willen weten", "wat moet ik doen bij", "heb ik recht op", "wat staat er over", "hoe lang duurt", "is er een",
    "is het zo dat", "wat verstaan jullie onder", "tot wanneer", "vanaf wanneer geldt", "wat gebeurt er met",
    "hoe regelen we", "wat doen jullie aan", "waarom", "krijgen wij", "ben ik verplicht tot", "wat als",
    "uitleg over", "graag informatie over", "hoe hoog is", "onze praktijk", "voor ons als aanbieder", "bij jullie",
    "van de verzekeraar",
)  # fmt: skip


@dataclass(frozen=True)
class Bags:
    """Texts as piece numbers, one after another; text i is ids[starts[i]:starts[i + 1]]."""

    ids: Ids
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> Ids:
        return self.ids[self.starts[index] : self.starts[index + 1]]


@dataclass
class Batcher:
    """Draws batches of (question side, passage side) with a group number for each side.

    Two rows of a batch with the same passage or the same question are no negatives of each other.
    """

    queries: Bags
    passages: Bags
    paragraphs: Bags
    kinds: NDArray[np.str_]
    query_groups: NDArray[np.int64]
    passage_groups: NDArray[np.int64]
    cumulated: NDArray[np.float64]
    leads: list[Ids]
    random: np.random.Generator
    unknown: Ids = field(default_factory=lambda: np.zeros(1, dtype=np.int32))

    def draw(self) -> tuple[list[Ids], list[Ids], NDArray[np.int64], NDArray[np.int64]]:
        """Question sides, passage sides, question groups, passage groups, each BATCH_SIZE long."""
        self_count = int(BATCH_SIZE * SELF_SHARE)
        pairs = np.searchsorted(self.cumulated, self.random.random(BATCH_SIZE - self_count) * self.cumulated[-1])
        paragraphs = self.random.integers(len(self.paragraphs), size=self_count)
        sides = [self._pair(int(index)) for index in pairs] + [self._stretch(int(index)) for index in paragraphs]
        return (
            [query for query, _ in sides],
            [passage for _, passage in sides],
            np.concatenate([self.query_groups[pairs], -1 - np.arange(self_count)]),
            np.concatenate([self.passage_groups[pairs], -1 - paragraphs]),
        )

    def _pair(self, index: int) -> tuple[Ids, Ids]:
        query = self._thin(self.queries[index][:MAX_QUERY_PIECES])
        if self.kinds[index] in ("heading", "title", "chapter", "def"):
            query = self._with_lead(query)
        return query, self._thin(self.passages[index][:MAX_PASSAGE_PIECES])

    def _stretch(self, index: int) -> tuple[Ids, Ids]:
        paragraph = self.paragraphs[index][: 2 * MAX_PASSAGE_PIECES]
        length = int(self.random.integers(4, 13))
        start = int(self.random.integers(0, max(1, len(paragraph) - length)))
        stretch = paragraph[start : start + length]
        rest = np.concatenate([paragraph[:start], paragraph[start + length :]])
        keeps_stretch = self.random.random() < 0.3 or not len(rest)
        passage = paragraph if keeps_stretch else rest
        return self._with_lead(self._thin(stretch)), self._thin(passage[:MAX_PASSAGE_PIECES])

    def _with_lead(self, query: Ids) -> Ids:
        if self.random.random() >= LEAD_SHARE:
            return query
        return np.concatenate([self.leads[self.random.integers(len(self.leads))], query])

    def _thin(self, ids: Ids) -> Ids:
        kept = ids[self.random.random(len(ids)) >= PIECE_DROPOUT] if len(ids) > 3 else ids
        return kept if len(kept) else self.unknown


def read_pairs(data: Path) -> list[dict[str, Any]]:
    """The pairs of `pairs.jsonl.xz`, in file order."""
    with lzma.open(data / "pairs.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_paragraphs(data: Path) -> list[str]:
    """The lines of `text_care.txt.xz`, in file order."""
    with lzma.open(data / "text_care.txt.xz", "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines]


def train_tokenizer(pairs: Sequence[dict[str, Any]], paragraphs: Sequence[str]) -> Any:
    """A unigram `tokenizers.Tokenizer` of PIECES pieces; text on care and citizens' questions count more."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.NFKD(), normalizers.StripAccents(), normalizers.Lowercase(),
        normalizers.Replace("%", " procent "), normalizers.Replace("€", " euro "),
        normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
    ])  # fmt: skip
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES, special_tokens=[UNKNOWN], unk_token=UNKNOWN, max_piece_length=20, show_progress=False
    )
    tokenizer.train_from_iterator(_tokenizer_texts(pairs, paragraphs), trainer)
    return tokenizer


def _tokenizer_texts(pairs: Sequence[dict[str, Any]], paragraphs: Sequence[str]) -> Iterator[str]:
    seen: set[str] = set()
    for pair in pairs:
        times = 20 if pair["kind"] == "qa" else 3 if pair["care"] else 1
        for text in (pair["query"], pair["passage"]):
            if text not in seen:
                seen.add(text)
                yield from [text] * times
    for paragraph in paragraphs:
        yield from (paragraph, paragraph)


def to_bags(tokenizer: Any, texts: Sequence[str]) -> Bags:
    """The texts as piece numbers, in order."""
    bags: list[Ids] = []
    for first in range(0, len(texts), 5000):
        encodings = tokenizer.encode_batch(list(texts[first : first + 5000]), add_special_tokens=False)
        bags += [np.array(encoding.ids, dtype=np.int32) for encoding in encodings]
    return Bags(np.concatenate(bags), np.concatenate([[0], np.cumsum([len(bag) for bag in bags])]))


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


def pair_weights(pairs: Sequence[dict[str, Any]], query_groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The chance of each pair to be drawn; a heading that occurs n times counts for sqrt(n) together."""
    weights = np.array([KIND_WEIGHTS[pair["kind"]] * (CARE_WEIGHT if pair["care"] else 1.0) for pair in pairs])
    weights = weights / np.sqrt(np.bincount(query_groups)[query_groups])
    return np.asarray(weights / weights.sum(), dtype=np.float64)


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
        similarity = _encode(table, queries) @ _encode(table, passages).T / TEMPERATURE
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


def _encode(table: Any, bags: Sequence[Ids]) -> Any:
    import torch
    from torch.nn import functional

    starts = np.concatenate([[0], np.cumsum([len(bag) for bag in bags[:-1]])]).astype(np.int64)
    ids = torch.from_numpy(np.concatenate(bags).astype(np.int64))
    return functional.normalize(functional.embedding_bag(ids, table, torch.from_numpy(starts), mode="mean"), dim=1)


def weigh_rows(rows: NDArray[np.float32], bags: Iterable[Bags], silent: Sequence[int]) -> NDArray[np.float32]:
    """The rows times -log of their piece's share of the text; the silent pieces become zeros."""
    counts = sum((np.bincount(texts.ids, minlength=len(rows)) for texts in bags), np.ones(len(rows)))
    weighed: NDArray[np.float32] = rows * -np.log(counts / counts.sum())[:, None].astype(np.float32)
    weighed[list(silent)] = 0
    return weighed


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

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    started = time.monotonic()
    pairs, texts = read_pairs(data), read_paragraphs(data)
    tokenizer = train_tokenizer(pairs, texts)
    print(f"tokenizer trained, {time.monotonic() - started:.0f} s", flush=True)
    queries = to_bags(tokenizer, [pair["query"] for pair in pairs])
    passages = to_bags(tokenizer, [pair["passage"] for pair in pairs])
    paragraphs = to_bags(tokenizer, [text for text in texts if len(text) > 150])
    distinct = to_bags(tokenizer, list(dict.fromkeys(pair["passage"] for pair in pairs)))
    print(f"texts cut into pieces, {time.monotonic() - started:.0f} s", flush=True)
    pieces = tokenizer.get_vocab_size()
    table = neighbour_vectors([distinct, paragraphs], pieces, DIMENSIONS, seed)
    print(f"first vectors made, {time.monotonic() - started:.0f} s", flush=True)
    query_groups = np.unique([pair["query"] for pair in pairs], return_inverse=True)[1]
    batcher = Batcher(
        queries=queries,
        passages=passages,
        paragraphs=paragraphs,
        kinds=np.array([pair["kind"] for pair in pairs]),
        query_groups=query_groups,
        passage_groups=np.unique([pair["passage"] for pair in pairs], return_inverse=True)[1],
        cumulated=np.cumsum(pair_weights(pairs, query_groups)),
        leads=[np.array(tokenizer.encode(lead).ids, dtype=np.int32) for lead in QUESTION_LEADS],
        random=np.random.default_rng(seed),
    )
    silent = [tokenizer.token_to_id(piece) for piece in (UNKNOWN, WORD_START)]
    rows = weigh_rows(train_vectors(batcher, table, steps).numpy(), [passages], silent)
    save(tokenizer, rows, out)
    print(f"written to {out}, {time.monotonic() - started:.0f} s", flush=True)


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
