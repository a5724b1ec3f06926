"""Fitting the encoder to single sentences: which units answer, and that questions come nearer to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest import fit_units as fitting
from ingest import prove, prove_statements
from ingest.fit_units import Ask, PolicyAsks, fit_units, read_asks
from ingest.train_encoder import save
from knowledge.bank import BankLine, QuestionBank
from knowledge.encoder import StaticEncoder
from knowledge.records import Span
from knowledge.units import headed_text, unit_spans
from tests.fakes import policy_text
from tests.small_statements import POLICY_ID, absence, proof, statement, statement_file

WORDS = (
    "zolen",
    "liggen",
    "klaar",
    "portaal",
    "is",
    "open",
    "wanneer",
    "kan",
    "ik",
    "planning",
    "het",
    "de",
    "inlegwerk",
    "website",
)
TEXT = policy_text(POLICY_ID, [("Planning", ["De zolen liggen klaar.", "Het portaal is open."])])
UNITS = [span for passage in TEXT.passages for span in unit_spans(passage, TEXT.text)]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> StaticEncoder:
    """Sixteen random numbers for each word."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(("<unk>", *WORDS))}, "<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    rows = np.random.default_rng(1).standard_normal((1 + len(WORDS), 16)).astype(np.float32)
    folder: Path = tmp_path_factory.mktemp("encoder")
    save(tokenizer, rows, folder)
    return StaticEncoder(folder)


def policy_asks(*asks: Ask) -> PolicyAsks:
    headed = tuple(headed_text(p, TEXT.text[s.start : s.end]) for p in TEXT.passages for s in unit_spans(p, TEXT.text))
    return PolicyAsks(TEXT, tuple(UNITS), headed, asks)


@pytest.mark.parametrize(
    ("span", "answers"),
    [
        (UNITS[0], [0]),
        (UNITS[1], [1]),
        (Span(start=UNITS[0].start + 3, end=UNITS[0].start + 8), [0]),
        (Span(start=UNITS[0].start, end=UNITS[1].end), [0, 1]),
        (Span(start=UNITS[0].end - 2, end=UNITS[1].end), [1]),
    ],
)
def test_a_unit_answers_where_half_of_a_proof_stands_in_it_or_half_of_it_in_the_proof(
    span: Span, answers: list[int]
) -> None:
    assert policy_asks().answers(Ask("", (span,))) == answers


def test_questions_come_from_cards_and_from_the_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    files = (
        statement_file(
            statement("Ja.", proof("zolen"), id="zolen", asks=["wanneer zolen", "zolen", "klaar"]),
            absences=(absence("klachten", id="klachten", asks=["klachten", "open", "ik"]),),
        ),
    )
    bank = QuestionBank((BankLine(policy_id=POLICY_ID, sections=("1",), key=("open",), questions=("kan ik",)),))
    monkeypatch.setattr(prove_statements, "bundled_statements", lambda: files)
    monkeypatch.setattr(prove, "bundled_cards", lambda: ())
    read = read_asks(TEXT, bank)
    assert {ask.text: (read.answers(ask), ask.is_told) for ask in read.asks} == {
        **dict.fromkeys(("wanneer zolen", "zolen", "klaar"), ([0], True)),
        **dict.fromkeys(("klachten", "open", "ik"), ([], False)),
        "kan ik": ([1], True),
    }


def test_questions_come_nearer_to_the_units_that_answer_them(
    encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that no unit holds are learnt to mean what answers them; the same every time."""
    import torch

    monkeypatch.setattr(torch, "set_num_threads", lambda _count: None)
    monkeypatch.setattr(fitting, "STEPS", 30)
    monkeypatch.setattr(fitting, "LEARNING_RATE", 0.02)
    read = [policy_asks(*[Ask("inlegwerk", (UNITS[0],)), Ask("website", (UNITS[1],))] * 5)]
    before = encoder.rows()
    rows = fit_units(encoder, read)
    assert rows.shape == before.shape
    for question, wanted, other in (("inlegwerk", 0, 1), ("website", 1, 0)):
        nearer = [
            _cosine(encoder, made, question, wanted) - _cosine(encoder, made, question, other)
            for made in (before, rows)
        ]
        assert nearer[1] > max(nearer[0], 0.1), question
    assert np.array_equal(fit_units(encoder, read), rows)


def _cosine(encoder: StaticEncoder, rows: np.ndarray, question: str, unit: int) -> float:
    texts = encoder.piece_ids([question, policy_asks().headed[unit]])
    one, other = (rows[ids].sum(axis=0) for ids in texts)
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
