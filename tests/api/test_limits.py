from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import cycle

import pytest

from api.limits import FEEDBACK, QUESTIONS, MovingWindow, SharedWindow, Window, WorkGate, new_counts, result_of
from api.problems import BUSY, SLOW_ANSWER, TOO_MANY, Problem
from tests.api.conftest import wait_until
from tests.conftest import ROOT


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def counts() -> Iterator[int]:
    with new_counts() as opened:
        yield opened


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_the_window_moves_with_the_clock(workers: int, counts: int) -> None:
    """Two a minute, asked at 0 and 30 seconds: the third may come at 60, the fourth at 90; at any worker."""
    clock = Clock()
    windows: list[Window] = [SharedWindow(2, counts, QUESTIONS, clock) for _ in range(workers)]
    turns = cycle(windows or [MovingWindow(2, clock)])
    rows = [(0.0, None), (30.0, None), (30.0, 30), (59.5, 1), (60.0, None), (60.0, 30), (89.999, 1), (90.0, None)]
    for seconds, retry_after in rows:
        clock.now = 1000.0 + seconds
        window = next(turns)
        if retry_after is None:
            window.admit("a")
        else:
            with pytest.raises(Problem) as caught:
                window.admit("a")
            assert caught.value.kind is TOO_MANY
            assert caught.value.headers["Retry-After"] == str(retry_after)


def test_clients_are_counted_apart_and_zero_is_no_limit() -> None:
    window = MovingWindow(1, Clock())
    window.admit("a")
    window.admit("b")
    with pytest.raises(Problem):
        window.admit("b")
    unlimited = MovingWindow(0, Clock())
    for _ in range(1000):
        unlimited.admit("a")


def test_workers_count_clients_and_kinds_apart_and_together_never_too_many(counts: int) -> None:
    """Four processes that ask as one client, as fast as they can: as many are let in as one would let in."""
    code = (
        "import sys; from api.limits import SharedWindow; from api.problems import Problem\n"
        f"window, let_in = SharedWindow(100, {counts}, 0), 0\n"
        "for _ in range(100):\n"
        "    try: window.admit('a'); let_in += 1\n"
        "    except Problem: pass\n"
        "print(let_in)"
    )
    asking = [
        subprocess.Popen([sys.executable, "-c", code], pass_fds=[counts], stdout=subprocess.PIPE, cwd=ROOT)
        for _ in range(4)
    ]
    assert sum(int(each.communicate(timeout=60)[0]) for each in asking) == 100
    SharedWindow(100, counts, QUESTIONS).admit("b")
    SharedWindow(100, counts, FEEDBACK).admit("a")
    SharedWindow(0, counts, QUESTIONS).admit("a")
    with pytest.raises(Problem):
        SharedWindow(100, counts, QUESTIONS).admit("a")


def test_a_count_that_a_frozen_worker_holds_stops_nobody(counts: int) -> None:
    code = f"import fcntl, time; fcntl.lockf({counts}, fcntl.LOCK_EX, 1, 0); print(1, flush=True); time.sleep(60)"
    frozen = subprocess.Popen([sys.executable, "-c", code], pass_fds=[counts], stdout=subprocess.PIPE)
    assert frozen.stdout is not None
    frozen.stdout.readline()
    window = SharedWindow(2, counts, QUESTIONS)
    for _ in range(2):
        window.admit("a")
    with pytest.raises(Problem):  # counted alone
        window.admit("a")
    frozen.kill()
    frozen.communicate()
    window.admit("a")  # and together again, by what was counted together


def test_the_client_that_asked_longest_ago_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.limits.CLIENTS_AT_MOST", 2)
    window = MovingWindow(1, Clock())
    for client in ("a", "b", "c"):
        window.admit(client)
    window.admit("a")  # forgotten, so counted anew
    with pytest.raises(Problem):
        window.admit("c")


def test_the_gate_refuses_what_neither_runs_nor_waits_and_gives_every_place_back() -> None:
    gate = WorkGate(workers=1, queue=2)
    go = threading.Event()
    held = [gate.submit(go.wait, 5) for _ in range(3)]
    with pytest.raises(Problem) as caught:
        gate.submit(go.wait, 5)
    assert caught.value.kind is BUSY
    assert caught.value.headers["Retry-After"] == "2"
    assert held[2].cancel()  # still waiting: its place is free at once
    assert gate.taken == 2
    go.set()
    wait_until(lambda: gate.taken == 0)
    failing = gate.submit(int, "x")
    with pytest.raises(ValueError):
        failing.result(5)
    wait_until(lambda: gate.taken == 0)
    gate.close()
    with pytest.raises(Problem):
        gate.submit(int, "1")
    assert gate.taken == 0


def test_work_that_takes_too_long_keeps_its_place_until_it_ends() -> None:
    gate = WorkGate(workers=1, queue=0)
    go = threading.Event()

    async def ask() -> None:
        future = gate.submit(go.wait, 5)
        wait_until(future.running)
        await result_of(future, 0.01)

    with pytest.raises(Problem) as caught:
        asyncio.run(ask())
    assert caught.value.kind is SLOW_ANSWER
    assert gate.taken == 1
    go.set()
    wait_until(lambda: gate.taken == 0)
    gate.close()
