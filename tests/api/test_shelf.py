from __future__ import annotations

import contextlib
import threading
import weakref
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api import shelf as shelf_module
from api.app import create_app
from api.problems import Problem
from api.settings import Settings
from api.shelf import Answering, Shelf
from knowledge.errors import SnapshotCorrupt
from tests.api.conftest import publish, wait_until
from tests.api.fake_assistant import fake_assistant
from tests.api.test_limits import Clock


def _open(index: Path, _: str) -> Answering:
    name = (index / "CURRENT").read_text()
    if name == "bad":
        raise SnapshotCorrupt("snapshot bad: no manifest; run loket ingest")
    return fake_assistant(name)


def _id(shelf: Shelf) -> str | None:
    with contextlib.suppress(Problem):
        return shelf.current().snapshot.id
    return None


def _look(shelf: Shelf, clock: Clock, seconds: float = 1.0) -> str | None:
    """Look after `seconds`, let the opening end, look what is open."""
    clock.now += seconds
    shelf.look()
    if shelf._opening:
        shelf._opening.join(5)
    return _id(shelf)


def test_a_new_snapshot_is_taken_up_and_a_bad_one_is_not(tmp_path: Path) -> None:
    clock = Clock()
    shelf = Shelf(tmp_path, "bundled", _open, clock)
    assert _look(shelf, clock) is None  # nothing published yet
    publish(tmp_path, "one")
    assert _look(shelf, clock) == "one"
    old = shelf.current()
    publish(tmp_path, "two")
    assert _look(shelf, clock, 0.5) == "one"  # looks at most once a second
    assert _look(shelf, clock, 0.5) == "two"
    assert old.snapshot.id == "one"  # whoever has it, keeps it
    publish(tmp_path, "bad")
    assert _look(shelf, clock) == "two"
    publish(tmp_path, "three")
    assert _look(shelf, clock) == "three"
    (tmp_path / "CURRENT").unlink()
    assert _look(shelf, clock) == "three"


def test_a_replaced_assistant_is_freed_once_a_slow_answer_is_done_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    shelf = Shelf(tmp_path, "bundled", _open, clock)
    publish(tmp_path, "one")
    _look(shelf, clock)
    in_use: list[Answering] = [shelf.current()]
    in_use[0].itself = in_use[0]  # type: ignore[attr-defined]  # as its parts refer to each other
    old = weakref.ref(in_use[0])
    monkeypatch.setattr(shelf_module, "LET_GO_SECONDS", (0.0, *[0.1] * 50))
    publish(tmp_path, "two")
    assert _look(shelf, clock) == "two"
    assert old() is not None
    in_use.clear()
    wait_until(lambda: old() is None)


def test_a_snapshot_that_failed_to_open_is_tried_again_after_a_while(tmp_path: Path) -> None:
    clock = Clock()
    tries = []

    def opener(index: Path, encoder: str) -> Answering:
        tries.append(clock.now)
        if len(tries) == 1:
            raise OSError("disk away")
        return _open(index, encoder)

    publish(tmp_path, "one")
    shelf = Shelf(tmp_path, "bundled", opener, clock)
    assert _look(shelf, clock) is None
    assert _look(shelf, clock, 29) is None
    assert _look(shelf, clock, 1) == "one"
    assert len(tries) == 2


def test_the_one_before_serves_where_the_published_one_is_damaged_from_the_start(tmp_path: Path) -> None:
    clock = Clock()
    publish(tmp_path, "bad")
    shelf = Shelf(tmp_path, "bundled", _open, clock, earlier=lambda *_: fake_assistant("earlier"))
    assert _look(shelf, clock) == "earlier"
    assert (shelf.is_behind, shelf.is_degraded) == (True, False)
    publish(tmp_path, "good")
    assert _look(shelf, clock) == "good"
    assert not shelf.is_behind
    publish(tmp_path, "bad")  # what is open stays open, newer than the one before
    assert _look(shelf, clock) == "good"
    assert shelf.is_behind


def test_the_service_is_alive_before_it_is_ready(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    go = threading.Event()

    def opener(index: Path, encoder: str) -> Answering:
        assert go.wait(10)
        return _open(index, encoder)

    app = create_app(Settings(index=tmp_path), opener=opener)
    with TestClient(app) as client:
        assert client.get("/healthz").json() == {"status": "alive"}
        for path in ("/readyz", "/v1/policies", "/v1/search?q=a"):
            response = client.get(path)
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert response.headers["retry-after"] == "5"
        assert client.post("/v1/answers", json={"question": "a"}).status_code == 503
        page = client.get("/")
        assert page.status_code == 200
        assert "geautomatiseerde assistent" in page.text
        assert client.get("/policies/x").status_code == 503
        go.set()
        wait_until(lambda: client.get("/readyz").status_code == 200)
        assert client.get("/readyz").json() == {"status": "ready", "snapshot": "one", "degraded": []}


@pytest.mark.parametrize("missing", ["", "sub/folder"])
def test_an_index_that_is_not_there_is_not_ready(tmp_path: Path, missing: str) -> None:
    with TestClient(create_app(Settings(index=tmp_path / missing), opener=_open)) as client:
        assert client.get("/readyz").status_code == 503
