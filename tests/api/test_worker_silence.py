"""A worker that is silent hangs, unless it computes: then it waits for its turn on a busy machine, for a while."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from api.workers import BUSY_SILENT_SECONDS, SILENT_SECONDS, START_SECONDS, _cpu_seconds, _Worker

IDLE, BUSY = "import time; time.sleep(60)", "while True: pass"
COMPUTED = 0.2


@contextmanager
def worker(program: str) -> Iterator[_Worker]:
    """A process that computes or not, in the place of a worker that was last heard of at second 100."""
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        try:
            yield _Worker(process, started_at=50.0, heard_at=100.0, cpu_seconds=_cpu_seconds(process.pid))
        finally:
            process.kill()


def _computes(place: _Worker) -> None:
    assert place.process is not None
    end = time.monotonic() + 60
    while _cpu_seconds(place.process.pid) - place.cpu_seconds < COMPUTED and time.monotonic() < end:
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("seconds", "is_silent"),
    [(SILENT_SECONDS, False), (SILENT_SECONDS + 0.1, False), (BUSY_SILENT_SECONDS + 0.1, True)],
)
def test_a_silent_worker_that_computes_is_given_more_time(seconds: float, is_silent: bool) -> None:
    with worker(BUSY) as place:
        _computes(place)
        assert place.is_silent(100.0 + seconds) is is_silent


@pytest.mark.parametrize(("seconds", "is_silent"), [(SILENT_SECONDS, False), (SILENT_SECONDS + 0.1, True)])
def test_a_silent_worker_that_was_stopped_hangs(seconds: float, is_silent: bool) -> None:
    with worker(BUSY) as place:
        assert place.process is not None
        os.kill(place.process.pid, signal.SIGSTOP)
        place.cpu_seconds = _cpu_seconds(place.process.pid)
        assert place.is_silent(100.0 + seconds) is is_silent


def test_a_worker_that_starts_is_waited_for_whatever_it_does() -> None:
    with worker(IDLE) as place:
        place.heard_at = None
        assert not place.is_silent(50.0 + START_SECONDS)
        assert place.is_silent(50.0 + START_SECONDS + 0.1)


def test_of_a_process_that_is_gone_no_time_is_told() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert _cpu_seconds(process.pid) == 0
