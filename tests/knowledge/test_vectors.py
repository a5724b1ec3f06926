"""The vector leg, against a real Chroma; exact search is the oracle."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge.errors import EncoderError, SnapshotCorrupt, SnapshotError
from knowledge.exact_vectors import ExactVectors, Floats, VectorSearch
from knowledge.vectors import COPY_PREFIX, VectorIndex, build_vectors

COUNT, DIMENSIONS = 60, 16


def unit_rows(count: int, dimensions: int = DIMENSIONS, seed: int = 7) -> Floats:
    rows = np.random.default_rng(seed).standard_normal((count, dimensions))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


ROWS = unit_rows(COUNT)
IDS = [f"p{i}" for i in range(COUNT)]
DATA: list[dict[str, str | int | float | bool]] = [
    {"policy_id": f"policy-{i % 3}", "year": 2025 + i % 2, "annex": i % 5 == 0} for i in range(COUNT)
]


@pytest.fixture(autouse=True)
def _own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes make and sweep copies too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "chroma"
    build_vectors(path, IDS, ROWS, DATA)
    return path


@pytest.fixture(scope="module")
def legs(folder: Path) -> list[VectorSearch]:
    return [VectorIndex.open(folder), ExactVectors(IDS, ROWS, DATA)]


def copies() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).glob(f"{COPY_PREFIX}*")}


def hashes(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


FILTERS: list[dict[str, Any] | None] = [
    None,
    {"policy_id": "policy-1"},
    {"policy_id": {"$in": ["policy-0", "policy-2"]}},
    {"policy_id": {"$nin": ["policy-0"]}},
    {"policy_id": {"$ne": "policy-0"}},
    {"year": {"$gt": 2025}},
    {"year": {"$lte": 2025}},
    {"annex": True},
    {"$and": [{"policy_id": "policy-1"}, {"year": 2026}]},
    {"$or": [{"policy_id": "policy-1"}, {"year": {"$eq": 2026}}]},
    {"policy_id": "nowhere"},
    {"unknown": {"$ne": "x"}},
    {"unknown": "x"},
]


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("k", [1, 5, COUNT + 10])
def test_both_legs_agree(legs: list[VectorSearch], where: dict[str, Any] | None, k: int) -> None:
    query = unit_rows(1, seed=99)[0]
    chroma, exact = (leg.query(query, k, where) for leg in legs)
    assert [passage_id for passage_id, _ in chroma] == [passage_id for passage_id, _ in exact] or k > COUNT
    assert {passage_id for passage_id, _ in chroma} == {passage_id for passage_id, _ in exact}
    np.testing.assert_allclose([c for _, c in chroma], [c for _, c in exact], atol=1e-5)


def test_every_vector_finds_itself(legs: list[VectorSearch]) -> None:
    for leg in legs:
        for passage_id, row in zip(IDS, ROWS, strict=True):
            [(found, cosine)] = leg.query(row, 1)
            assert found == passage_id
            assert cosine == pytest.approx(1.0, abs=1e-5)


def test_similarity_lies_between_0_and_1(legs: list[VectorSearch]) -> None:
    for leg in legs:
        cosines = [cosine for _, cosine in leg.query(-ROWS[0], COUNT)]
        assert min(cosines) == 0.0
        assert max(cosines) <= 1.0
        assert cosines == sorted(cosines, reverse=True)


@pytest.mark.parametrize(
    "vector",
    [np.ones(DIMENSIONS - 1), np.ones((1, DIMENSIONS)), np.full(DIMENSIONS, np.nan), np.full(DIMENSIONS, np.inf)],
)
def test_a_wrong_vector_is_refused(legs: list[VectorSearch], vector: Floats) -> None:
    for leg in legs:
        with pytest.raises(EncoderError):
            leg.query(vector, 3)


@pytest.mark.parametrize("k", [0, -1])
def test_none_wanted_none_given(legs: list[VectorSearch], k: int) -> None:
    assert [leg.query(ROWS[0], k) for leg in legs] == [[], []]


def test_exact_refuses_an_unknown_comparison() -> None:
    with pytest.raises(ValueError, match="regex"):
        ExactVectors(IDS, ROWS, DATA).query(ROWS[0], 3, {"policy_id": {"$regex": ".*"}})


@pytest.mark.parametrize("count", [1, 2, 3])
def test_very_small_collections(count: int, tmp_path: Path) -> None:
    build_vectors(tmp_path / "chroma", IDS[:count], ROWS[:count], DATA[:count])
    index = VectorIndex.open(tmp_path / "chroma")
    assert len(index) == count
    assert index.nearest(ROWS[:count]) == IDS[:count]
    index.close()


def test_zero_vectors_are_kept_and_found_by_none(tmp_path: Path) -> None:
    rows = np.concatenate([ROWS[:5], np.zeros((3, DIMENSIONS), np.float32)])
    build_vectors(tmp_path / "chroma", IDS[:8], rows, DATA[:8])
    index = VectorIndex.open(tmp_path / "chroma")
    assert len(index) == 8
    assert index.query(ROWS[2], 1)[0][0] == "p2"
    index.close()


def test_reading_changes_nothing_and_leaves_nothing(folder: Path) -> None:
    before, copied = hashes(folder), copies()
    first, second = VectorIndex.open(folder), VectorIndex.open(folder)
    assert first.query(ROWS[3], 1) == second.query(ROWS[3], 1)
    first.close()
    first.close()
    assert second.query(ROWS[4], 1)[0][0] == "p4"
    second.close()
    assert hashes(folder) == before
    assert copies() == copied


def test_the_copy_of_a_read_only_folder_can_be_written(tmp_path: Path) -> None:
    build_vectors(tmp_path / "chroma", IDS, ROWS, DATA)
    made = [tmp_path / "chroma", *(tmp_path / "chroma").rglob("*")]
    for path in made:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = copies()
    index = VectorIndex.open(tmp_path / "chroma")
    [copy] = [Path(tempfile.gettempdir(), name) for name in copies() - before if not name.endswith(".lock")]
    assert all(path.stat().st_mode & 0o277 == 0o200 for path in [copy, *copy.rglob("*")])  # its owner's alone
    assert index.query(ROWS[0], 1)[0][0] == "p0"
    index.close()
    for path in made:
        path.chmod(0o755)


def test_a_folder_can_be_renamed_after_building_and_while_it_is_read(tmp_path: Path) -> None:
    build_vectors(tmp_path / "a", IDS, ROWS, DATA)
    (tmp_path / "a").rename(tmp_path / "b")
    index = VectorIndex.open(tmp_path / "b")
    (tmp_path / "b").rename(tmp_path / "c")
    assert index.query(ROWS[0], 1)[0][0] == "p0"
    index.close()


def test_the_copy_of_a_killed_reader_is_removed(folder: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from knowledge.vectors import VectorIndex;"
        "index = VectorIndex.open(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    before = copies()
    done = subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    assert done.returncode == -9
    left = copies() - before
    assert left
    VectorIndex.open(folder).close()
    assert not copies() & left


def test_an_index_that_is_let_go_leaves_nothing(folder: Path) -> None:
    before = copies()
    index = VectorIndex.open(folder)
    assert copies() > before
    del index
    assert copies() == before


def test_no_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SnapshotCorrupt, match="no Chroma database"):
        VectorIndex.open(tmp_path)


def test_a_database_without_passages_is_refused(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"")
    before = copies()
    with pytest.raises(SnapshotCorrupt):
        VectorIndex.open(tmp_path)
    assert copies() == before


def test_a_folder_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError):
        build_vectors(tmp_path / "file", IDS, ROWS, DATA)


def test_exact_search_answers_when_chroma_fails_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("native part gone")

    index = VectorIndex.open(folder, ExactVectors(IDS, ROWS, DATA))
    before = index.degraded
    monkeypatch.setattr(index._collection, "query", fail)
    assert index.query(ROWS[5], 1)[0][0] == "p5"
    assert (before, index.degraded) == (False, True)
    assert "native part gone" in caplog.text
    index.close()


def test_nothing_is_printed_and_no_dotenv_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=nonsense.Missing\n")
    script = (
        "import sys; from pathlib import Path; from knowledge.vectors import VectorIndex;"
        "assert 'chromadb' not in sys.modules; VectorIndex.open(Path(sys.argv[1])).close()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    assert (done.stdout, done.stderr) == (b"", b"")
