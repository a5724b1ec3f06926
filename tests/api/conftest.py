from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api import postgresql as postgresql_server
from tests.api.fake_assistant import FakeAssistant, fake_assistant

NOW = dt.datetime(2026, 10, 30, 12, 0, tzinfo=dt.UTC)

MakeClient = Callable[..., TestClient]


def publish(index: Path, snapshot_id: str) -> None:
    """Point the index folder at a snapshot, as ingest does: by replacing the pointer file."""
    index.mkdir(parents=True, exist_ok=True)
    (index / "next").write_text(snapshot_id)
    (index / "next").replace(index / "CURRENT")


def wait_until(true: Callable[[], bool], seconds: float = 240.0) -> None:
    """Wait for a thread to get somewhere; however busy the machine is, it should within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgresql_server.Server]:
    """A PostgreSQL server; where none is installed the test is skipped."""
    binaries = postgresql_server.binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL on this machine (initdb is not found): the same tests ran on SQLite")
    with postgresql_server.running(binaries) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/loket.sqlite3"
    server: postgresql_server.Server = request.getfixturevalue("postgresql")
    return server.new_database()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    publish(tmp_path / "index", "snap-1")
    return tmp_path / "index"


@pytest.fixture
def assistant() -> FakeAssistant:
    return fake_assistant()


@pytest.fixture
def make_client(index: Path, assistant: FakeAssistant) -> Iterator[MakeClient]:
    """A started application; keyword arguments are settings."""
    clients: list[TestClient] = []

    def make(**settings: object) -> TestClient:
        settings = {"index": index, "rate_limit": 0} | settings
        app = create_app(Settings.model_validate(settings), opener=lambda *_: assistant, now=lambda: NOW)
        client = TestClient(app, raise_server_exceptions=True)
        client.__enter__()
        clients.append(client)
        wait_until(lambda: client.get("/readyz").status_code == 200)
        return client

    yield make
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(make_client: MakeClient) -> TestClient:
    return make_client()
