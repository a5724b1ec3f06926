"""Fitting the encoder to tell cards apart: the same every time, of the same shape, and better at it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import fit_cards as fitting
from ingest import prove, prove_statements
from ingest.fit_cards import BANK_WEIGHT, Examples, fit_cards, read_examples
from ingest.train_encoder import save
from knowledge.bank import BankLine, QuestionBank
from knowledge.encoder import StaticEncoder
from tests.fakes import policy_text
from tests.small_statements import POLICY_ID, absence, proof, statement, statement_file

WORDS = ("zolen", "tarief", "portaal", "klachten", "wachttijd", "vervoer")
FILLING = ("wanneer", "hoe", "is", "er", "iets", "over", "geregeld", "weten", "wij", "graag", "van", "u")
PIECES, DIMENSIONS = 1 + len(WORDS) + len(FILLING), 16
EACH = 10


def rows(seed: int = 1) -> NDArray[np.float32]:
    """Vectors of pieces; the first is that of an unknown one."""
    made = np.random.default_rng(seed).standard_normal((PIECES, DIMENSIONS)).astype(np.float32)
    made[0] = 0
    return made


def examples(*, cards: int = 6, policies: int = 2, each: int = EACH) -> Examples:
    """Questions that hold the word of their card among words that say nothing, `cards` in all."""
    random = np.random.default_rng(2)
    labels = np.repeat(np.arange(cards), each)
    filling = [random.choice(np.arange(1 + len(WORDS), PIECES), 5, replace=False) for _ in labels]
    return Examples(
        [np.array([1 + label, *others], dtype=np.int32) for label, others in zip(labels, filling, strict=True)],
        labels,
        labels * policies // cards,
        np.ones(len(labels), dtype=np.float32),
        tuple(f"card {number}" for number in range(cards)),
    )


def fitted_rows(first: NDArray[np.float32], seen: Examples) -> NDArray[np.float32]:
    return fit_cards(first, seen)[0]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two epochs of large steps, on one thread."""
    import torch

    torch.set_num_threads(1)
    monkeypatch.setattr(torch, "set_num_threads", lambda _count: None)
    monkeypatch.setattr(fitting, "EPOCHS", 2)
    monkeypatch.setattr(fitting, "BATCH_SIZE", 16)
    monkeypatch.setattr(fitting, "PIECE_RATE", 0.05)


def told_apart(made: NDArray[np.float32], seen: Examples) -> float:
    """How much nearer questions lie to the mean of their card than to that of the others, on average."""
    vectors = np.stack([made[ids].mean(axis=0) for ids in seen.pieces])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    means = np.stack([vectors[seen.cards == card].mean(axis=0) for card in range(int(seen.cards.max()) + 1)])
    cosines = vectors @ means.T
    own = cosines[np.arange(len(vectors)), seen.cards]
    return float((own - (cosines.sum(axis=1) - own) / (len(means) - 1)).mean())


def test_it_keeps_the_shape_and_changes_the_rows() -> None:
    first = rows()
    before = first.copy()
    made = fitted_rows(first, examples())
    assert made.shape == (PIECES, DIMENSIONS)
    assert made.dtype == np.float32
    assert np.isfinite(made).all()
    assert not np.allclose(made[1:], before[1:], atol=1e-3)
    assert np.array_equal(first, before), "what is given stays as it is"


def test_it_tells_cards_apart_better() -> None:
    seen = examples()
    assert told_apart(fitted_rows(rows(), seen), seen) > told_apart(rows(), seen) + 0.02


def test_the_layer_picks_the_card_of_a_question() -> None:
    seen = examples()
    made, layer = fit_cards(rows(), seen)
    vectors = np.stack([made[ids].mean(axis=0) for ids in seen.pieces])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    own = layer.among([f"card {number}" for number in range(3)])
    assert own is not None
    picked = np.array([own.log_shares(vector).argmax() for vector in vectors[seen.cards < 3]])
    assert (picked == seen.cards[seen.cards < 3]).mean() > 0.9


def test_the_same_seed_gives_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    made = fitted_rows(rows(), examples())
    assert np.array_equal(fitted_rows(rows(), examples()), made)
    monkeypatch.setattr(fitting, "SEED", 1)
    assert not np.array_equal(fitted_rows(rows(), examples()), made)


@pytest.mark.parametrize("each", [1, 2, 3])
def test_fewer_questions_than_a_batch_are_one_batch(monkeypatch: pytest.MonkeyPatch, each: int) -> None:
    monkeypatch.setattr(fitting, "BATCH_SIZE", 512)
    assert not np.array_equal(fitted_rows(rows(), examples(each=each)), rows())


def test_a_card_is_told_from_those_of_its_policy_only() -> None:
    """Where every policy has one card there is nothing to tell, and nothing is learnt."""
    assert fitted_rows(rows(), examples(cards=6, policies=6)) == pytest.approx(rows(), abs=1e-6)


def test_a_question_without_weight_teaches_nothing() -> None:
    seen = examples()
    weights = seen.weights.copy()
    weights[:] = 0.0
    weights[seen.cards < 3] = 1.0
    made = fitted_rows(rows(), Examples(seen.pieces, seen.cards, seen.policies, weights, seen.names))
    assert np.array_equal(made[4:7], rows()[4:7]), "the words of the cards that do not count"
    assert not np.allclose(made[1:4], rows()[1:4], atol=1e-3)


def test_pieces_that_stand_in_no_question_stay() -> None:
    seen = examples(cards=3, policies=1)
    made = fitted_rows(rows(), seen)
    assert np.array_equal(made[4:7], rows()[4:7])
    assert np.array_equal(made[0], rows()[0])


# The questions of cards


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> StaticEncoder:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(("<unk>", *WORDS, *FILLING))}, "<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder: Path = tmp_path_factory.mktemp("encoder")
    save(tokenizer, rows(), folder)
    return StaticEncoder(folder)


TEXT = policy_text(POLICY_ID, [("Planning", ["De zolen liggen klaar.", "Het portaal is open."])])
OTHER = policy_text("zuid-fysio-2026", [("Planning", ["Het vervoer rijdt."])])


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards and a bank in the place of the bundled ones."""
    files = (
        statement_file(
            statement("Ja.", proof("zolen"), id="zolen", asks=["zolen", "graag zolen", ""]),
            statement("Ja.", proof("fax"), id="fax"),
            absences=(absence("klachten", id="klachten", asks=["klachten", "hoe klachten", "iets over klachten"]),),
        ),
        statement_file(statement("Ja.", proof("rijdt"), asks=["vervoer", "is er vervoer", "u"]), policy="zuid-fysio"),
    )
    bank = QuestionBank((BankLine(policy_id=POLICY_ID, sections=("1",), key=("klaar",), questions=("is er iets",)),))
    monkeypatch.setattr(prove_statements, "bundled_statements", lambda: files)
    monkeypatch.setattr(prove, "bundled_cards", lambda: ())
    monkeypatch.setattr(fitting, "bundled_bank", lambda: bank)


@pytest.mark.usefixtures("small")
def test_the_questions_of_proven_cards_are_the_examples(encoder: StaticEncoder) -> None:
    """Cards counted over policies; the title of a card twice, in two languages; the bank's question for less."""
    seen = read_examples(encoder, [OTHER, TEXT])
    counts = np.bincount(seen.cards).tolist()
    assert counts == [6, 5, 5]
    assert np.bincount(seen.policies).tolist() == [11, 5]
    assert set(seen.cards[seen.policies == 0]) == {0, 1}
    assert sorted(set(seen.weights.tolist())) == [BANK_WEIGHT, 1.0]
    (borrowed,) = np.flatnonzero(seen.weights == BANK_WEIGHT)
    assert seen.cards[borrowed] == 0
    assert seen.pieces[borrowed].tolist() == encoder.piece_ids(["is er iets"])[0]
    assert all(len(ids) > 0 for ids in seen.pieces), "an empty question is one unknown piece"
    assert seen.pieces[0].dtype == np.int32
    assert seen.names == tuple(
        f"{family}/statement/{card}"
        for family, card in (("noord-fysio", "zolen"), ("noord-fysio", "klachten"), ("zuid-fysio", "punt"))
    )


@pytest.mark.usefixtures("small")
def test_a_policy_that_is_given_twice_counts_once(encoder: StaticEncoder) -> None:
    once, twice = read_examples(encoder, [OTHER, TEXT]), read_examples(encoder, [TEXT, OTHER, TEXT])
    assert np.array_equal(once.cards, twice.cards)
    assert [ids.tolist() for ids in once.pieces] == [ids.tolist() for ids in twice.pieces]


@pytest.mark.usefixtures("small")
def test_examples_can_be_fitted(encoder: StaticEncoder) -> None:
    made = fitted_rows(encoder.rows(), read_examples(encoder, [OTHER, TEXT]))
    assert made.shape == encoder.rows().shape
    assert not np.array_equal(made, encoder.rows())
