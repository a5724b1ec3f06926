"""F19: two workers on one SQLite file are right together, and end together."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import policy_markdown, write_policies
from tests.faults.several import Loket, loket, serving, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

QUESTION = "Hoeveel stijgt het tarief voor huidzorg?"
LIMIT = 30


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An index of one policy, and a SQLite file."""
    folder = tmp_path_factory.mktemp("workers")
    source = write_policies(folder / "policies", {"huid": policy_markdown("huidzorg")})
    found = {
        "LOKET_INDEX": str(folder / "index"),
        "LOKET_DATABASE_URL": f"sqlite:///{folder}/loket.sqlite3",
        "LOKET_WORKERS": "2",
    }
    done = loket(found, "ingest", source)
    assert done.returncode == 0, done.stderr
    return found


@pytest.fixture
def service(environment: dict[str, str], tmp_path: Path) -> Iterator[Loket]:
    with serving(tmp_path, environment | {"LOKET_RATE_LIMIT": str(LIMIT)}) as started:
        wait_for(lambda: len(started.events("snapshot")) == 2, 120, started)
        yield started


def test_a_conversation_a_limit_and_the_counts_are_right_over_both(service: Loket) -> None:
    said = service.ask(QUESTION).json()
    statuses: Counter[int] = Counter({200: 1})
    for _ in range(LIMIT + 10):
        given = {"question": QUESTION, "conversation_id": said["conversation_id"]}
        response = httpx.post(f"{service.url}/v1/answers", json=given, timeout=60)
        statuses[response.status_code] += 1
        if response.status_code == 200:
            assert response.json()["conversation_id"] == said["conversation_id"]
    assert statuses == {200: LIMIT, 429: 11}
    kept = httpx.get(f"{service.url}/v1/conversations/{said['conversation_id']}", timeout=60).json()
    assert len(kept["turns"]) == LIMIT
    answered = {event["process"] for event in service.events() if event.get("route") == "/v1/answers"}
    assert answered == set(service.workers())
    counts = httpx.get(f"{service.url}/metrics", timeout=60).text
    assert f'loket_requests_total{{method="POST",route="/v1/answers",status="200"}} {LIMIT}.0' in counts
    assert "loket_worker_starts_total 2.0" in counts


def test_workers_do_not_outlive_who_watches_them(service: Loket) -> None:
    workers = service.workers()
    assert len(workers) == 2
    os.kill(service.pid, signal.SIGKILL)
    wait_for(lambda: not any(_is_running(worker) for worker in workers), 15, service)


def test_a_wrong_setting_ends_them_all_and_says_so(environment: dict[str, str]) -> None:
    done = loket(environment | {"LOKET_MODEL": "nowhere:model"}, "serve", "--port", "0")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "LOKET_MODEL" in done.stderr


def _is_running(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")
