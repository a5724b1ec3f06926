"""Several processes that answer on one address, and the one that starts them, watches them and starts them again.

All accept from one socket: whoever is free takes the next connection, and what waits there outlives a worker. They
share nothing else but the snapshot's folder, the database, what the clients asked in the last minute, and a folder
in which each puts its counts.
"""

from __future__ import annotations

import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

from api.limits import new_counts
from api.settings import PREFIX, Settings
from knowledge.errors import ConfigurationError

log = logging.getLogger("loket.workers")

BEAT_SECONDS = 0.25
SILENT_SECONDS = 2.0
"""A worker that is not heard of for so long hangs: it is killed, so that who waits for it hears of it."""
BUSY_SILENT_SECONDS = 15.0
"""The same for one that computed since: on a machine with more work than processors it only waits for its turn."""
STILL_CPU_SECONDS = 0.03
"""Who used less processor time since it was last heard of did nothing."""
START_SECONDS = 180.0
"""What opening a large index on a busy machine may take."""
STOP_SECONDS = 12.0
LOOK_SECONDS = 0.25
LATE_SECONDS = 1.0
"""A look that comes this late tells that the machine stood still, not the workers."""
REST_SECONDS = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0)
"""How long a worker that died before it answered stays down, the first time, the second time, ..."""
WRONG_USE = 2
HOME = Path(__file__).resolve().parents[1]
"""Where this program is: a folder `api` where it is started must not be taken for it."""


@dataclass
class _Worker:
    """A place for a worker: the process in it, if any, and what is heard of it.

    `cpu_seconds`: the processor time that it had used when it was last heard of.
    """

    process: subprocess.Popen[bytes] | None = None
    line: socket.socket | None = None
    started_at: float = 0.0
    heard_at: float | None = None
    cpu_seconds: float = 0.0
    failures: int = 0
    start_at: float = field(default_factory=time.monotonic)

    def is_silent(self, now: float) -> bool:
        """Whether it should have been heard of by now."""
        if self.heard_at is None:
            return now - self.started_at > START_SECONDS
        silent = now - self.heard_at
        return silent > SILENT_SECONDS and (silent > BUSY_SILENT_SECONDS or self.is_still())

    def is_still(self) -> bool:
        """Whether it has computed nothing since it was last heard of; so too where the system does not tell."""
        return self.process is None or _cpu_seconds(self.process.pid) - self.cpu_seconds < STILL_CPU_SECONDS


def serve_by_workers(settings: Settings, listener: socket.socket) -> None:
    """Run `settings.workers` processes on `listener` until told to stop.

    Raises:
        ConfigurationError: a worker says that a setting is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="loket-workers-") as folder, new_counts() as counts, _told() as told:
        crew = Crew(settings, listener, Path(folder), counts)
        try:
            while not told:
                crew.look()
        finally:
            crew.stop()


class Crew:
    """The workers. Used from one thread."""

    def __init__(self, settings: Settings, listener: socket.socket, folder: Path, counts: int) -> None:
        self._listener = listener
        self._folder = folder
        self._counts = counts
        self._environment = {
            **os.environ,
            **_as_environment(settings),
            "PROMETHEUS_MULTIPROC_DIR": str(folder),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(HOME), os.environ.get("PYTHONPATH")))),
        }
        self._places = [_Worker() for _ in range(settings.workers)]
        self._heard = selectors.DefaultSelector()
        self._looked_at = time.monotonic()

    def look(self) -> None:
        """Hear the workers for a moment; start those that are due, end those that hang.

        Raises:
            ConfigurationError: a worker says that a setting is wrong.
        """
        for key, _ in self._heard.select(LOOK_SECONDS):
            self._hear(key.data)
        now = time.monotonic()
        if now - self._looked_at > LATE_SECONDS:
            for place in self._places:
                place.heard_at = None if place.heard_at is None else now
        self._looked_at = now
        for place in self._places:
            if place.process is None:
                if now >= place.start_at:
                    self._start(place)
            elif place.process.poll() is not None:
                self._ended(place, now)
            elif place.is_silent(now):
                log.error("worker %d hangs and is killed", place.process.pid)
                place.process.kill()  # it is looked at again when it has ended

    def stop(self) -> None:
        """End all workers: with what they are doing, for `STOP_SECONDS` at most."""
        running = [place.process for place in self._places if place.process is not None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for place in self._places:
            self._hang_up(place)
        self._heard.close()

    def _start(self, place: _Worker) -> None:
        ours, theirs = socket.socketpair()
        shared = (self._listener.fileno(), theirs.fileno(), self._counts)
        with theirs:
            place.process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-P", "-m", "api.worker", *map(str, shared), str(self._folder)],
                env=self._environment,
                pass_fds=shared,
            )
        ours.setblocking(False)
        self._heard.register(ours, selectors.EVENT_READ, place)
        place.line, place.started_at, place.heard_at = ours, time.monotonic(), None
        log.info("worker %d started", place.process.pid)

    def _hear(self, place: _Worker) -> None:
        """Take a sign of life, or the end of the line."""
        try:
            is_alive = place.line is not None and bool(place.line.recv(4096))
        except OSError:
            is_alive = False
        if is_alive:
            place.heard_at = time.monotonic()
            place.cpu_seconds = _cpu_seconds(place.process.pid) if place.process is not None else 0.0
        else:
            self._hang_up(place)

    def _ended(self, place: _Worker, now: float) -> None:
        assert place.process is not None  # noqa: S101 - for the type checker
        code, pid = place.process.returncode, place.process.pid
        if code == WRONG_USE and place.heard_at is None:
            raise ConfigurationError("een werker kon niet starten; zie de regel hierboven")
        log.error("worker %d ended with %d; another one is started", pid, code)
        mark_process_dead(pid, str(self._folder))  # type: ignore[no-untyped-call]  # it has no types
        place.failures = place.failures + 1 if place.heard_at is None else 0
        place.start_at = now + REST_SECONDS[min(place.failures, len(REST_SECONDS) - 1)]
        place.process = None
        self._hang_up(place)

    def _hang_up(self, place: _Worker) -> None:
        if place.line is not None:
            self._heard.unregister(place.line)
            place.line.close()
            place.line = None


def _cpu_seconds(pid: int) -> float:
    """The processor time that a process has used, in seconds; 0 where the system does not tell."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")  # proc(5): utime, stime
    except (OSError, ValueError, IndexError):
        return 0.0


def _as_environment(settings: Settings) -> dict[str, str]:
    """The settings as the worker reads them: what the command line gave is among them."""
    found: dict[str, str] = {}
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        secret = getattr(value, "get_secret_value", None)
        found[f"{PREFIX}{name.upper()}"] = str(secret() if secret else value)
    return found


@contextmanager
def _told() -> Iterator[list[int]]:
    """A list that is empty until somebody asks this process to stop."""
    told: list[int] = []
    before = {each: signal.signal(each, lambda got, _: told.append(got)) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
