"""F8, F9 and F17: a damaged snapshot, a missing encoder, and what a backup gives back; by the real assistant."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from assistant.outcomes import BY_WORDS_ALONE
from ingest import pipeline
from knowledge.encoder import BUNDLED_FITTED_FOLDER, StaticEncoder
from tests.api.conftest import wait_until
from tests.conftest import policy_markdown, write_policies
from tests.fakes import FakeEncoder
from tests.knowledge.test_snapshot import flip

QUESTION = "Hoeveel stijgt het tarief voor huidzorg?"
OLD, NEW = "2,5", "7,5"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index folder with two snapshots: by the older one rates rise by 2.5 percent, by the published one by 7.5."""
    folder = tmp_path_factory.mktemp("sound")
    encoder = StaticEncoder(BUNDLED_FITTED_FOLDER)
    for share in (OLD, NEW):
        text = policy_markdown("huidzorg").replace(OLD, share)
        pipeline.ingest(write_policies(folder / "policies", {"huid": text}), folder / "index", encoder)
    return folder / "index"


def _ids(index: Path) -> tuple[str, str]:
    """The older one, and the published one."""
    old, new = sorted(path.name for path in index.iterdir() if path.is_dir())
    assert (index / "CURRENT").read_text().strip() == new
    return old, new


@contextmanager
def _serving(index: Path, **settings: object) -> Iterator[TestClient]:
    with TestClient(create_app(Settings.model_validate({"index": index, "rate_limit": 0} | settings))) as client:
        wait_until(lambda: client.get("/readyz").status_code == 200)
        yield client


def _ask(client: TestClient, **more: object) -> dict[str, Any]:
    return dict(client.post("/v1/answers", json={"question": QUESTION, **more}).json())


def _wrong_dimension(path: Path) -> None:
    np.save(path, np.load(path)[:, :7], allow_pickle=False)


@pytest.mark.parametrize(
    ("pattern", "damage", "degraded", "share"),
    [
        ("chroma/*/data_level0.bin", lambda path: path.write_bytes(path.read_bytes()[:100]), ["search"], NEW),
        ("chroma/*/index_metadata.pickle", lambda path: path.write_bytes(b""), ["search"], NEW),
        ("chroma/chroma.sqlite3", flip, ["search"], NEW),
        ("vectors.npy", _wrong_dimension, ["snapshot"], OLD),
        ("policies/huid.json", flip, ["snapshot"], OLD),
        ("", shutil.rmtree, ["snapshot"], OLD),
    ],
    ids=["segment cut short", "empty pickle", "flipped byte in sqlite", "wrong dimension", "flipped byte", "gone"],
)
def test_a_service_that_starts_on_a_damaged_snapshot_answers(
    sound: Path, tmp_path: Path, pattern: str, damage: Callable[[Path], object], degraded: list[str], share: str
) -> None:
    """From it where only Chroma's part is damaged, else from the one before; and it says so."""
    index = tmp_path / "index"
    shutil.copytree(sound, index)
    old, new = _ids(index)
    [path] = (index / new).glob(pattern) if pattern else [index / new]
    damage(path)
    with _serving(index) as client:
        ready = client.get("/readyz").json()
        assert (ready["status"], ready["degraded"]) == ("degraded", degraded)
        assert ready["snapshot"] == (new if share == NEW else old)
        assert share in _ask(client)["text"]


def test_with_nothing_sound_it_is_not_ready(sound: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    shutil.copytree(sound, index)
    for snapshot in _ids(index):
        flip(index / snapshot / "vectors.npy")
    with TestClient(create_app(Settings(index=index))) as client:
        wait_until(lambda: client.app.state.service.shelf.is_behind)  # type: ignore[attr-defined]  # the application
        assert client.get("/readyz").status_code == 503


def test_what_was_rolled_back_from_does_not_come_back(sound: Path, tmp_path: Path) -> None:
    """The published one is damaged, and only a newer one is sound, which was taken back for a reason."""
    index = tmp_path / "index"
    shutil.copytree(sound, index)
    old, _ = _ids(index)
    (index / "CURRENT").write_text(f"{old}\n")
    flip(index / old / "vectors.npy")
    with TestClient(create_app(Settings(index=index))) as client:
        wait_until(lambda: client.app.state.service.shelf.is_behind)  # type: ignore[attr-defined]  # the application
        assert client.get("/readyz").status_code == 503


def test_without_the_encoder_words_alone_are_searched(tmp_path: Path) -> None:
    """F9: built with an encoder that is not here, as when its files are gone or changed. Nothing is fetched."""
    source = write_policies(tmp_path / "policies", {"huid": policy_markdown("huidzorg")})
    pipeline.ingest(source, tmp_path / "index", FakeEncoder(name="gone"))
    with _serving(tmp_path / "index") as client:
        assert client.get("/readyz").json()["degraded"] == ["search"]
        found = client.get("/v1/search", params={"q": "tarief stijgt"}).json()["results"]
        assert found[0]["section"] == "3"
        answer = _ask(client)
        assert answer["status"] == "answered"
        assert OLD in answer["text"]
        assert BY_WORDS_ALONE["nl"] in answer["notices"]


def test_a_backup_put_back_on_an_empty_machine_answers_the_same(sound: Path, tmp_path: Path) -> None:
    """F17, as docs/operations.md says: the snapshot that CURRENT names, CURRENT, the database, the receipts."""
    here, there = tmp_path / "here", tmp_path / "there"
    shutil.copytree(sound, here / "index")
    _, new = _ids(here / "index")

    def settings(folder: Path) -> dict[str, object]:
        return {"receipts": str(folder / "receipts"), "database_url": f"sqlite:///{folder}/loket.sqlite3"}

    with _serving(here / "index", **settings(here)) as client:
        first = _ask(client)
        _ask(client, conversation_id=first["conversation_id"])
        feedback = {"receipt_id": first["receipt_id"], "verdict": "bad", "reasons": ["unclear"]}
        assert client.post("/v1/feedback", json=feedback).status_code == 201
        there.mkdir()
        with (
            closing(sqlite3.connect(here / "loket.sqlite3")) as source,
            closing(sqlite3.connect(there / "loket.sqlite3")) as copy,
        ):
            source.backup(copy)  # what `.backup` does, while the service runs
    shutil.copytree(here / "index" / new, there / "index" / new)
    shutil.copy(here / "index" / "CURRENT", there / "index" / "CURRENT")
    shutil.copytree(here / "receipts", there / "receipts")
    shutil.rmtree(here)
    with _serving(there / "index", **settings(there)) as client:
        assert client.get("/readyz").json() == {"status": "ready", "snapshot": new, "degraded": []}
        kept = client.get(f"/v1/conversations/{first['conversation_id']}").json()
        assert [turn["question"] for turn in kept["turns"]] == [QUESTION] * 2
        passing = {"latency_ms": 0, "conversation_id": ""}
        assert _ask(client) | passing == first | passing
        going_on = _ask(client, conversation_id=first["conversation_id"])
        assert (going_on["conversation_id"], going_on["text"]) == (first["conversation_id"], first["text"])
        assert client.get(f"/v1/receipts/{first['receipt_id']}").status_code == 200
    with closing(sqlite3.connect(there / "loket.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM review").fetchone() == (1,)
