"""The texts that the encoder learns from, as pairs and as piece numbers."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.encoder_words import QUESTION_TIMES, Reworded, Rewording, english_words
from knowledge.thesaurus import load_thesaurus

Ids = NDArray[np.int32]

# Measured on policies outside the training: fewer, shorter pieces with more dimensions beat 32,000 x 256.
PIECES = 16_000
UNKNOWN = "<unk>"
WORD_START = "▁"  # alone it stands before a word that no piece begins, and says nothing

MIN_PARAGRAPH_LETTERS = 150
REWORDED_KINDS = ("heading", "def", "title")  # where they are about care; citizens' questions always
MAX_REWORDED_LETTERS = 150

# Law cites law by the thousand and in words that no provider asks with; citizens' questions are few and the real thing.
KIND_WEIGHTS = {"heading": 2, "title": 1, "chapter": 1, "def": 1.5, "cite_int": 0.4, "cite_ext": 0.4, "qa": 10}
CARE_WEIGHT = 3


@dataclass(frozen=True)
class Bags:
    """Texts as piece numbers, one after another; text i is ids[starts[i]:starts[i + 1]]."""

    ids: Ids
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> Ids:
        return self.ids[self.starts[index] : self.starts[index + 1]]


@dataclass(frozen=True)
class Corpus:
    """All texts of the training, in file order."""

    pairs: list[dict[str, Any]]
    paragraphs: list[str]
    reworded: list[Reworded]
    concepts: list[tuple[str, ...]]
    """All names of each concept of the thesaurus."""
    words: list[tuple[str, str]]
    """English words with a Dutch one each."""


def read_corpus(data: Path, seed: int) -> Corpus:
    """The files of the data folder, and what the thesaurus and the English words add to them."""
    pairs, paragraphs = read_pairs(data), read_paragraphs(data)
    terms = load_thesaurus().terms
    rewording = Rewording(terms, np.random.default_rng(seed))
    long_paragraphs = [text for text in paragraphs if len(text) > MIN_PARAGRAPH_LETTERS]
    reworded = list(rewording.paragraphs(long_paragraphs))
    reworded += rewording.questions(_to_reword(pairs), first_group=len(long_paragraphs))
    return Corpus(pairs, paragraphs, reworded, [term.names for term in terms], english_words())


def _to_reword(pairs: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        if pair["kind"] == "qa":
            yield from [(pair["query"], pair["passage"])] * QUESTION_TIMES
        elif pair["care"] and pair["kind"] in REWORDED_KINDS and len(pair["query"]) < MAX_REWORDED_LETTERS:
            yield pair["query"], pair["passage"]


def read_pairs(data: Path) -> list[dict[str, Any]]:
    """The pairs of `pairs.jsonl.xz`, in file order."""
    with lzma.open(data / "pairs.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_paragraphs(data: Path) -> list[str]:
    """The lines of `text_care.txt.xz`, in file order."""
    with lzma.open(data / "text_care.txt.xz", "rt", encoding="utf-8") as lines:
        return [line.strip() for line in lines]


def train_tokenizer(corpus: Corpus) -> Any:
    """A unigram `tokenizers.Tokenizer` of PIECES pieces; text on care, citizens' questions and English count more."""
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
    tokenizer.train_from_iterator(_tokenizer_texts(corpus), trainer)
    return tokenizer


def _tokenizer_texts(corpus: Corpus) -> Iterator[str]:
    seen: set[str] = set()
    for pair in corpus.pairs:
        times = 20 if pair["kind"] == "qa" else 3 if pair["care"] else 1
        for text in (pair["query"], pair["passage"]):
            if text not in seen:
                seen.add(text)
                yield from [text] * times
    for paragraph in corpus.paragraphs:
        yield from (paragraph, paragraph)
    # Without these, an English word falls apart into Dutch syllables.
    for reworded in corpus.reworded:
        yield reworded.query
    for names in corpus.concepts:
        yield from names * 20


def to_bags(tokenizer: Any, texts: Sequence[str]) -> Bags:
    """The texts as piece numbers, in order."""
    bags: list[Ids] = []
    for first in range(0, len(texts), 5000):
        encodings = tokenizer.encode_batch(list(texts[first : first + 5000]), add_special_tokens=False)
        bags += [np.array(encoding.ids, dtype=np.int32) for encoding in encodings]
    return Bags(np.concatenate(bags), np.concatenate([[0], np.cumsum([len(bag) for bag in bags])]))


def pair_weights(pairs: Sequence[dict[str, Any]], query_groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The chance of each pair to be drawn; a heading that occurs n times counts for sqrt(n) together."""
    weights = np.array([KIND_WEIGHTS[pair["kind"]] * (CARE_WEIGHT if pair["care"] else 1.0) for pair in pairs])
    weights = weights / np.sqrt(np.bincount(query_groups)[query_groups])
    return np.asarray(weights / weights.sum(), dtype=np.float64)
