"""F18 and F12: a database that another process locks for ten seconds, and days that begin in the Netherlands."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.store.engine import BUSY_MILLISECONDS
from tests.api.conftest import assistant, index, wait_until
from tests.api.fake_assistant import FakeAssistant
from tests.api.live_server import serving

__all__ = ["assistant", "index"]

LOCKED_SECONDS = 10.0


@pytest.mark.slow
def test_a_database_locked_for_ten_seconds_loses_no_answer(
    index: Path, assistant: FakeAssistant, tmp_path: Path
) -> None:
    """Answers come as before, and are kept once it is free; feedback is kept, or refused in words and not kept."""
    path = tmp_path / "locked.sqlite3"
    with serving(index, assistant, database_url=f"sqlite:///{path}") as server:
        ask = {"json": {"question": "Tot wanneer kan ik tekenen?"}, "timeout": 60}
        first = httpx.post(f"{server.url}/v1/answers", **ask).json()  # type: ignore[arg-type]  # plain keywords
        wait_until(lambda: server.service.store.waiting == 0)
        locker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        locker.execute("BEGIN EXCLUSIVE")
        end = time.monotonic() + LOCKED_SECONDS
        given = {"receipt_id": first["receipt_id"], "verdict": "good"}
        told: list[int] = []
        saying = threading.Thread(
            target=lambda: told.append(httpx.post(f"{server.url}/v1/feedback", json=given, timeout=60).status_code)
        )
        saying.start()
        asked, waits = [], []
        for _ in range(12):
            before = time.monotonic()
            response = httpx.post(f"{server.url}/v1/answers", **ask)  # type: ignore[arg-type]  # plain keywords
            waits.append(time.monotonic() - before)
            assert response.status_code == 200
            asked.append(response.json()["conversation_id"])
        assert min(waits) < BUSY_MILLISECONDS / 1000, "each waited for the database"
        time.sleep(max(0.0, end - time.monotonic()))
        locker.execute("COMMIT")
        saying.join()
        wait_until(lambda: server.service.store.waiting == 0)
        locker.close()
    with sqlite3.connect(path) as database:
        kept = {row[0] for row in database.execute("SELECT conversation_id FROM turns")}
        assert {*asked, first["conversation_id"]} <= kept
        assert told == [201] or (told == [503] and database.execute("SELECT count(*) FROM feedback").fetchone() == (0,))
    database.close()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-12-31T22:59:59+00:00", "2026-12-31"),
        ("2026-12-31T23:00:00+00:00", "2027-01-01"),
        ("2028-02-28T23:00:00+00:00", "2028-02-29"),
        ("2028-02-29T22:59:59+00:00", "2028-02-29"),
        ("2028-02-29T23:00:00+00:00", "2028-03-01"),
        ("2026-03-28T23:30:00+00:00", "2026-03-29"),  # the night in which the clock goes forward
        ("2026-03-29T21:59:59+00:00", "2026-03-29"),
        ("2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("2026-10-24T22:00:00+00:00", "2026-10-25"),  # and the one in which it goes back
        ("2026-10-25T22:59:59+00:00", "2026-10-25"),
        ("2026-10-25T23:00:00+00:00", "2026-10-26"),
    ],
)
def test_the_day_begins_at_midnight_in_the_netherlands(
    index: Path, assistant: FakeAssistant, moment: str, day: str
) -> None:
    """And every answer says which day it is of, whatever day the asker claims it is."""
    now = dt.datetime.fromisoformat(moment)
    app = create_app(Settings(index=index, rate_limit=0), opener=lambda *_: assistant, now=lambda: now)
    with TestClient(app) as client:
        wait_until(lambda: client.get("/readyz").status_code == 200)
        assert client.post("/v1/answers", json={"question": "Tot wanneer kan ik tekenen?"}).json()["today"] == day
