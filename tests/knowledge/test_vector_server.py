"""F7: the vector leg by a Chroma server, against a real one; exact search is the oracle."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest

from knowledge import vector_server
from knowledge.errors import ConfigurationError, EncoderError, VectorServerError
from knowledge.exact_vectors import ExactVectors
from knowledge.vector_server import PREFIX, ServerAddress, ServerVectors, collection_name, send_vectors
from tests.chroma_server import ChromaServer, running
from tests.knowledge.test_vectors import COUNT, DATA, FILTERS, IDS, ROWS, unit_rows

SNAPSHOT = "20260101T000000000Z-0123abcd"
EXACT = ExactVectors(IDS, ROWS, DATA)
HANG_SECONDS = 240.0
FROZEN_SECONDS = 3.0
"""What a server that says nothing is waited for here."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running(tmp_path_factory.mktemp("chroma-server")) as started:
        yield started


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that runs is waited for, however busy the machine is."""
    monkeypatch.setattr(vector_server, "READ_SECONDS", HANG_SECONDS)


@pytest.fixture
def address(server: ChromaServer) -> Iterator[ServerAddress]:
    """A server that runs, and holds nothing of ours."""
    found = ServerAddress.read(server.url)
    yield found
    if server.process.poll() is not None:
        server.restart()
    server.thaw()
    door = found.open(10)
    for name in door.names():
        door.delete(name)
    door.close()


@pytest.fixture
def vectors(address: ServerAddress) -> Iterator[ServerVectors]:
    send_vectors(address, SNAPSHOT, EXACT, [SNAPSHOT])
    opened = ServerVectors(address, SNAPSHOT, EXACT)
    yield opened
    opened.close()


def names(address: ServerAddress) -> list[str]:
    door = address.open(10)
    try:
        return sorted(door.names())
    finally:
        door.close()


def recovered(vectors: ServerVectors) -> float:
    """The seconds until it searches by the server again."""
    began = time.monotonic()
    while vectors.degraded:
        assert time.monotonic() - began < HANG_SECONDS, "it does without the server for too long"
        time.sleep(0.02)
    return time.monotonic() - began


@pytest.mark.parametrize("k", [1, 5, COUNT + 10])
def test_the_server_finds_what_exact_search_finds(vectors: ServerVectors, k: int) -> None:
    assert not vectors.degraded
    for where in FILTERS:
        for vector in unit_rows(3, seed=11):
            found, wanted = vectors.query(vector, k, where), EXACT.query(vector, k, where)
            assert [id_ for id_, _ in found] == [id_ for id_, _ in wanted], where
            assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=1e-5)
    assert not vectors.degraded
    assert vectors.query(ROWS[0], 0) == []
    with pytest.raises(EncoderError):
        vectors.query(ROWS[0][:3], 1)


@pytest.mark.parametrize("fault", ["gone", "frozen"])
def test_without_the_server_answers_come_all_the_same_and_it_is_used_again_by_itself(
    patience: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, server: ChromaServer, fault: str
) -> None:
    monkeypatch.setattr(vector_server, "READ_SECONDS", FROZEN_SECONDS)
    vectors: ServerVectors = request.getfixturevalue("vectors")
    server.kill() if fault == "gone" else server.freeze()
    waits = []
    for row in ROWS[:5]:
        began = time.monotonic()
        assert vectors.query(row, 5) == EXACT.query(row, 5)
        waits.append(time.monotonic() - began)
        assert vectors.degraded
    assert min(waits) < FROZEN_SECONDS, "each waited anew"
    server.restart() if fault == "gone" else server.thaw()
    recovered(vectors)
    assert vectors.query(ROWS[1], 3)[0][0] == IDS[1]
    assert not vectors.degraded


def test_a_server_that_is_away_at_first_is_used_once_it_is_there(
    server: ChromaServer, address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_server, "READ_SECONDS", FROZEN_SECONDS)
    server.freeze()
    began = time.monotonic()
    vectors = ServerVectors(address, SNAPSHOT, EXACT)
    assert time.monotonic() - began < HANG_SECONDS
    assert vectors.degraded
    assert vectors.query(ROWS[3], 5) == EXACT.query(ROWS[3], 5)
    server.thaw()
    send_vectors(address, SNAPSHOT, EXACT, [])  # nothing was sent to it yet
    recovered(vectors)
    vectors.close()


@pytest.mark.parametrize(
    ("ids", "rows"),
    [(IDS[:-1], ROWS[:-1]), (IDS, unit_rows(COUNT, seed=99)), ([f"x{id_}" for id_ in IDS], ROWS)],
    ids=["incomplete", "other vectors", "other passages"],
)
def test_a_collection_that_is_not_the_snapshots_is_not_used(
    address: ServerAddress, ids: list[str], rows: np.ndarray
) -> None:
    send_vectors(address, SNAPSHOT, ExactVectors(ids, rows, DATA[: len(ids)]), [])
    vectors = ServerVectors(address, SNAPSHOT, EXACT)
    assert vectors.degraded
    assert vectors.query(ROWS[3], 5) == EXACT.query(ROWS[3], 5)
    vectors.close()


def test_sending_is_done_once_mends_what_was_cut_short_and_clears_what_is_gone(address: ServerAddress) -> None:
    kept, gone = "20260101T000000000Z-00000001", "20260101T000000000Z-00000002"
    for snapshot in (kept, gone):
        assert send_vectors(address, snapshot, EXACT, [kept, gone]) is True
    door = address.open(10)
    door.create("of-somebody-else")
    half = door.create(collection_name(SNAPSHOT))
    half.add(ids=IDS[:3], embeddings=ROWS[:3])
    door.close()
    assert send_vectors(address, SNAPSHOT, EXACT, [kept]) is True
    assert send_vectors(address, SNAPSHOT, EXACT, [kept]) is False
    assert names(address) == sorted(["of-somebody-else", PREFIX + kept, PREFIX + SNAPSHOT])
    vectors = ServerVectors(address, SNAPSHOT, EXACT)
    assert not vectors.degraded
    vectors.close()


def test_a_server_that_is_away_is_told_to_who_sends(
    server: ChromaServer, address: ServerAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_server, "SEND_SECONDS", 0.3)
    server.freeze()
    with pytest.raises(VectorServerError, match="Chroma server does not take"):
        send_vectors(address, SNAPSHOT, EXACT, [])


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://chroma:8000", ("chroma", 8000, False)),
        (" https://chroma.example.org/ ", ("chroma.example.org", 443, True)),
        ("http://127.0.0.1", ("127.0.0.1", 80, False)),
    ],
)
def test_an_address_is_read(url: str, address: tuple[str, int, bool]) -> None:
    assert ServerAddress.read(url) == address


@pytest.mark.parametrize(
    "url", ["chroma:8000", "ftp://x", "http://", "http://x:port", "http://x:99999", "http://x/y", "http://u:p@x", "x"]
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="LOKET_CHROMA_URL"):
        ServerAddress.read(url)
