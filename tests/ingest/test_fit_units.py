"""Fitting the encoder to single sentences: which units answer, and that questions come nearer to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest import fit_units as fitting
from ingest import prove, prove_statements
from ingest.fit_units import PRACTICE_SHARE, Ask, PolicyAsks, asks_of, fit_units, read_asks
from ingest.practice import PracticePolicy
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


def test_practice_questions_keep_the_units_that_answer_them() -> None:
    read = asks_of(PracticePolicy(TEXT, (("wanneer zolen", (UNITS[0],)), ("website", tuple(UNITS)))))
    assert read.spans == tuple(UNITS)
    assert read.headed == policy_asks().headed
    assert [(ask.text, read.answers(ask), ask.is_told) for ask in read.asks] == [
        ("wanneer zolen", [0], True),
        ("website", [0, 1], True),
    ]


def test_what_practice_asks_is_learnt_too(encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch, "set_num_threads", lambda _count: None)
    monkeypatch.setattr(fitting, "STEPS", 30)
    monkeypatch.setattr(fitting, "LEARNING_RATE", 0.02)
    published = [policy_asks(*[Ask("planning", (UNITS[0],)), Ask("planning", (UNITS[1],))] * 5)]
    practice = [policy_asks(Ask("inlegwerk", (UNITS[0],)), Ask("website", (UNITS[1],)))]
    without, beside = (fit_units(encoder, published, each) for each in ((), practice))
    for question, wanted, other in (("inlegwerk", 0, 1), ("website", 1, 0)):
        nearer = [
            _cosine(encoder, made, question, wanted) - _cosine(encoder, made, question, other)
            for made in (without, beside)
        ]
        assert nearer[1] > max(nearer[0], 0.1), question


@pytest.mark.parametrize(
    ("policies", "published", "shares"),
    [
        ([0, 0, 0, 1], 2, {0: 0.5, 1: 0.5}),
        ([0, 0, 0, 1, 2, 2, 3], 2, {0: 0.25, 1: 0.25, 2: 0.25, 3: 0.25}),
        ([0, 1, 1, 2], 1, {0: 1 - PRACTICE_SHARE, 1: PRACTICE_SHARE / 2, 2: PRACTICE_SHARE / 2}),
        ([0, 2, 2], 2, {0: 1 - PRACTICE_SHARE, 2: PRACTICE_SHARE}),  # a policy that nothing is asked of
        ([1, 1], 1, {1: 1.0}),
    ],
)
def test_policies_of_a_kind_are_drawn_alike_whatever_is_asked_of_them(
    policies: list[int], published: int, shares: dict[int, float]
) -> None:
    chances = fitting._chances(policies, published)
    drawn = {each: sum(chances[n] for n, policy in enumerate(policies) if policy == each) for each in policies}
    assert drawn == pytest.approx(shares)
    for each in shares:
        assert len({round(float(chances[n]), 9) for n, policy in enumerate(policies) if policy == each}) == 1


def _cosine(encoder: StaticEncoder, rows: np.ndarray, question: str, unit: int) -> float:
    texts = encoder.piece_ids([question, policy_asks().headed[unit]])
    one, other = (rows[ids].sum(axis=0) for ids in texts)
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
