"""F2: the service is killed under load: what it acknowledged is there, its database whole, and it is soon ready."""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from ingest import pipeline
from tests.api.conftest import wait_until
from tests.conftest import ROOT, policy_markdown, write_policies
from tests.fakes import FakeEncoder

KILLS = int(os.environ.get("TEST_KILLS", "2"))
READY_SECONDS = 30.0
CLIENTS = 4

_SERVE = """
import sys
from pathlib import Path
from api.app import serve
from api.settings import Settings
import api.app
from assistant.answer import Assistant
from knowledge.snapshot import open_snapshot
from tests.fakes import FakeEncoder

def open_assistant(index, encoder, model=None, keep=None, timed=None, server=None, *, earlier=False):
    return Assistant(open_snapshot(index), FakeEncoder(), keep=keep, timed=timed)

api.app.open_assistant = open_assistant
serve(Settings.from_environment())
"""


class Killed:
    """A service in a process of its own, and what its clients were told was kept."""

    def __init__(self, folder: Path, port: int) -> None:
        kept = {"LOKET_DATABASE_URL": f"sqlite:///{folder}/loket.sqlite3", "LOKET_RECEIPTS": str(folder / "receipts")}
        self._variables = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LOKET_")},
            **kept,
            "LOKET_INDEX": str(folder / "index"),
            "LOKET_PORT": str(port),
            "LOKET_RATE_LIMIT": "0",
        }
        self.url = f"http://127.0.0.1:{port}"
        self.acknowledged: list[str] = []
        self._stop = threading.Event()

    def start(self) -> tuple[subprocess.Popen[bytes], float]:
        """The process once it is ready, and how many seconds that took."""
        began = time.monotonic()
        command = [sys.executable, "-c", _SERVE]
        process = subprocess.Popen(command, env=self._variables, cwd=ROOT, stderr=subprocess.DEVNULL)
        while True:
            assert process.poll() is None, "it did not start"
            try:
                if httpx.get(f"{self.url}/readyz", timeout=10).status_code == 200:
                    return process, time.monotonic() - began
            except httpx.HTTPError:
                assert time.monotonic() - began < 240
            time.sleep(0.05)

    def load(self) -> list[threading.Thread]:
        """Clients that ask and say what they think of it, until they are stopped."""
        self._stop.clear()
        threads = [threading.Thread(target=self._ask) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        return threads

    def stop(self, threads: list[threading.Thread]) -> None:
        self._stop.set()
        for thread in threads:
            thread.join()

    def _ask(self) -> None:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            while not self._stop.is_set():
                try:
                    answer = client.post("/v1/answers", json={"question": "Hoeveel stijgt het tarief?"}).json()
                    given = {"receipt_id": answer["receipt_id"], "verdict": "bad", "reasons": ["unclear"]}
                    response = client.post("/v1/feedback", json=given)
                except (httpx.HTTPError, ValueError):
                    self._stop.wait(0.05)
                    continue
                if response.status_code == 201:
                    self.acknowledged.append(response.json()["id"])


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_service_that_is_killed_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    source = write_policies(tmp_path / "policies", {"huid": policy_markdown("huidzorg")})
    pipeline.ingest(source, tmp_path / "index", FakeEncoder())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    service, chance = Killed(tmp_path, port), random.Random(20261128)
    process, took = service.start()
    waits = [took]
    try:
        for _ in range(KILLS):
            known = len(service.acknowledged)
            clients = service.load()
            wait_until(lambda known=known: len(service.acknowledged) > known)  # type: ignore[misc]  # bound now
            time.sleep(chance.uniform(0.5, 2.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            service.stop(clients)
            process, took = service.start()
            waits.append(took)
            with closing(sqlite3.connect(tmp_path / "loket.sqlite3")) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                kept = {row[0] for row in database.execute("SELECT id FROM feedback")}
                assert database.execute("SELECT count(*) FROM review").fetchone()[0] == len(kept)
            assert set(service.acknowledged) <= kept
    finally:
        process.kill()
        process.wait()
    assert len(service.acknowledged) >= KILLS
    print(
        f"{KILLS} kills, {len(service.acknowledged)} acknowledged and kept, ready again in {max(waits):.1f} s at most"
    )
    # The middle one: a busy machine may start it slowly now and then.
    assert sorted(waits[1:])[len(waits) // 2 - 1] < max(READY_SECONDS, 3 * waits[0])
