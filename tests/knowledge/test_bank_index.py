"""The bank's index: a passage scores as the best of its questions, and what is saved is opened again or refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from knowledge.bank import TiedQuestion
from knowledge.bank_index import BankIndex
from knowledge.errors import SnapshotCorrupt
from knowledge.tokens import content_words
from tests.fakes import FakeEncoder

ENCODER = FakeEncoder()
PASSAGES = 4
QUESTIONS = (
    TiedQuestion("Wanneer sluit het portaal?", "noord", (0,)),
    TiedQuestion("Hoe laat gaat het portaal dicht?", "noord", (0, 1)),
    TiedQuestion("Wat is het tarief voor zolen?", "zuid", (3,), (("tarief",),), borrowed=True),
)


@pytest.fixture(scope="module")
def index() -> BankIndex:
    return BankIndex.build(QUESTIONS, ENCODER, PASSAGES)


@pytest.fixture
def saved(index: BankIndex, tmp_path: Path) -> Path:
    index.save(tmp_path / "bank")
    return tmp_path / "bank"


def vector(text: str) -> NDArray[np.float32]:
    (made,) = ENCODER.encode_queries([text])
    return np.asarray(made, np.float32)


def terms(text: str) -> dict[str, float]:
    return dict.fromkeys(content_words(text), 1.0)


def test_a_passage_scores_as_its_best_question(index: BankIndex) -> None:
    query = vector("portaal dicht")
    each = index.vectors @ query
    assert index.cosines(query).tolist() == pytest.approx(
        [max(each[0], each[1], 0), max(each[1], 0), 0, max(each[2], 0)]
    )
    assert index.cosines(query).dtype == np.float32
    scores = index.lexical_scores(terms("het tarief voor zolen"))
    assert scores[3] > 0
    assert scores[:3].tolist() == [0, 0, 0]


def test_the_question_itself_is_as_near_as_can_be(index: BankIndex) -> None:
    for question in QUESTIONS:
        cosines = index.cosines(vector(question.text))
        assert cosines[list(question.passages)] == pytest.approx(1, abs=1e-3)
        assert cosines.max() == cosines[question.passages[0]]
        nearest = index.nearest(vector(question.text), question.passages[0])
        assert nearest is not None
        assert nearest.text == question.text
        assert nearest.cosine == pytest.approx(1, abs=1e-3)


def test_which_passages_have_a_question(index: BankIndex) -> None:
    assert len(index) == len(QUESTIONS)
    scored = index.cosines(vector("wanneer sluit het portaal, en wat is het tarief")) > 0
    assert scored.tolist() == [True, True, False, True]
    assert index.nearest(vector("portaal"), 2) is None


@given(st.lists(st.tuples(st.sets(st.integers(0, 5), min_size=1), st.floats(-1, 1, width=32)), max_size=8))
def test_scores_are_maxima(pairs: list[tuple[set[int], float]]) -> None:
    questions = [TiedQuestion(f"v{n}", "p", tuple(sorted(places))) for n, (places, _) in enumerate(pairs)]
    vectors = np.array([[cosine] for _, cosine in pairs], dtype=np.float32).reshape(-1, 1)
    index = BankIndex(questions, vectors, None, 6)
    expected = [max([0.0, *(cosine for places, cosine in pairs if place in places)]) for place in range(6)]
    assert index.cosines(np.ones(1, dtype=np.float32)).tolist() == pytest.approx(expected)


# Saved and opened


@pytest.mark.parametrize("questions", [(), QUESTIONS[:1], QUESTIONS], ids=len)
def test_what_is_saved_is_opened_again(tmp_path: Path, questions: tuple[TiedQuestion, ...]) -> None:
    built = BankIndex.build(questions, ENCODER, PASSAGES)
    built.save(tmp_path / "bank")
    again = BankIndex.open(tmp_path / "bank", PASSAGES, ENCODER.dimensions)
    assert again.questions == built.questions
    assert np.array_equal(again.vectors, built.vectors)
    for text in ("portaal", "tarief zolen", "niets hiervan"):
        assert np.array_equal(again.cosines(vector(text)), built.cosines(vector(text)))
        assert np.array_equal(again.lexical_scores(terms(text)), built.lexical_scores(terms(text)))


def test_without_questions_nothing_scores() -> None:
    index = BankIndex.build((), ENCODER, PASSAGES)
    assert index.cosines(vector("portaal")).tolist() == [0] * PASSAGES
    assert index.lexical_scores(terms("portaal")).tolist() == [0] * PASSAGES
    assert BankIndex.build((), ENCODER, 0).cosines(vector("x")).tolist() == []


def rewrite(change: Callable[[list[list[object]]], object]) -> Callable[[Path], object]:
    """Damage that leaves questions.json readable."""

    def damage(folder: Path) -> None:
        path = folder / "questions.json"
        rows = json.loads(path.read_text("utf-8"))
        change(rows)
        path.write_text(json.dumps(rows), "utf-8")

    return damage


def other_vectors(*shape: int) -> Callable[[Path], object]:
    return lambda folder: np.save(folder / "vectors.npy", np.zeros(shape, np.float16))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no questions": lambda folder: (folder / "questions.json").unlink(),
    "questions are no JSON": lambda folder: (folder / "questions.json").write_text("["),
    "questions are no text": lambda folder: (folder / "questions.json").write_bytes(b"\xff"),
    "questions are a number": lambda folder: (folder / "questions.json").write_text("3"),
    "a row too short": rewrite(lambda rows: rows[0].pop()),
    "places are a number": rewrite(lambda rows: rows[0].__setitem__(2, 3)),
    "a question too few": rewrite(lambda rows: rows.pop()),
    "all questions gone": rewrite(lambda rows: rows.clear()),
    "a question too many": rewrite(lambda rows: rows.append(rows[0])),
    "a place past the last": rewrite(lambda rows: rows[0].__setitem__(2, [PASSAGES])),
    "no vectors": lambda folder: (folder / "vectors.npy").unlink(),
    "vectors are empty": lambda folder: (folder / "vectors.npy").write_bytes(b""),
    "vectors are another thing": lambda folder: (folder / "vectors.npy").write_text("tekst"),
    "other dimensions": other_vectors(len(QUESTIONS), ENCODER.dimensions + 1),
    "a vector too few": other_vectors(len(QUESTIONS) - 1, ENCODER.dimensions),
    "no words": lambda folder: shutil.rmtree(folder / "bm25"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_is_refused(saved: Path, damage: Callable[[Path], object]) -> None:
    damage(saved)
    with pytest.raises(SnapshotCorrupt):
        BankIndex.open(saved, PASSAGES, ENCODER.dimensions)


@pytest.mark.parametrize("place", [-1, "een", 0.5, None])
def test_a_place_that_is_none_is_refused(saved: Path, place: object) -> None:
    rewrite(lambda rows: rows[0].__setitem__(2, [place]))(saved)
    with pytest.raises(SnapshotCorrupt):
        BankIndex.open(saved, PASSAGES, ENCODER.dimensions)


def test_an_index_of_a_longer_snapshot_is_refused(saved: Path) -> None:
    assert len(BankIndex.open(saved, PASSAGES, ENCODER.dimensions)) == len(QUESTIONS)
    with pytest.raises(SnapshotCorrupt):
        BankIndex.open(saved, PASSAGES - 1, ENCODER.dimensions)
