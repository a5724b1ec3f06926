"""The service under load: started as an operator would, with a database of its own, and what it uses of the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path

from knowledge.errors import ConfigurationError, SnapshotError
from knowledge.index_folder import new_id, publish, published_id, read_record, write_record

READY_SECONDS = 120.0
STOP_SECONDS = 15.0
LOG = "log"
SIXTHS = 6
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Usage:
    """What processes together used so far: seconds of processor time, bytes in memory, open files."""

    cpu_seconds: float
    memory_bytes: int
    files: int


@dataclass(frozen=True)
class Service:
    """Processes that serve the same snapshots, each at an address of its own. No processes: started elsewhere.

    A process may answer with several workers, which are counted with it.
    """

    ports: tuple[int, ...]
    pids: tuple[int, ...] = ()

    def usage(self) -> Usage:
        """What the processes and those that they started use, as Linux tells it."""
        each = [_usage(pid) for first in self.pids for pid in _with_children(first)]
        return Usage(sum(e.cpu_seconds for e in each), sum(e.memory_bytes for e in each), sum(e.files for e in each))


class Samples:
    """What a service used, sampled in the background."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.taken = [service.usage()]

    @contextmanager
    def every(self, seconds: float) -> Iterator[None]:
        """Take one every so often while the block runs, and one at its end."""
        with _repeating(seconds, self._take):
            yield
        self._take()

    def sixths(self, of: Callable[[Usage], float], share: float) -> list[float]:
        """For each sixth of the run the value that `share` of its samples are at or below: 0.5 is the median."""
        size = max(1, len(self.taken) // SIXTHS)
        parts = [sorted(map(of, self.taken[at * size :][:size] or self.taken[-1:])) for at in range(SIXTHS)]
        return [part[int(share * (len(part) - 1))] for part in parts]

    def _take(self) -> None:
        self.taken.append(self._service.usage())


@contextmanager
def _repeating(seconds: float, work: Callable[[], None]) -> Iterator[None]:
    """Do something every so often in a thread of its own while the block runs."""
    done = threading.Event()

    def repeat() -> None:
        while not done.wait(seconds):
            work()

    thread = threading.Thread(target=repeat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def twins(index: Path, folder: Path) -> tuple[str, str]:
    """The published snapshot of an index folder twice in another, which is made: their ids; the first is published.

    Raises SnapshotError when there is none.
    """
    published = published_id(index)
    if published is None:
        raise SnapshotError(f"nothing is published in {index}; run 'loket ingest' first")
    folder.mkdir()
    other = new_id(folder, published.rpartition("-")[2])
    for name in (published, other):
        shutil.copytree(index / published, folder / name)
    record = read_record(folder / published)
    write_record(folder / other, record.model_copy(update={"id": other, "previous": published}))
    publish(folder, published)
    return published, other


@contextmanager
def swapping(folder: Path, ids: tuple[str, str], seconds: float) -> Iterator[list[str]]:
    """Publish the second and the first snapshot in turn while the block runs; gives the ids published so far."""
    published, turns = list[str](), cycle(reversed(ids))

    def swap() -> None:
        name = next(turns)
        publish(folder, name)
        published.append(name)

    with _repeating(seconds, swap):
        yield published


@contextmanager
def started(index: Path, folder: Path, processes: int = 1, workers: int = 1) -> Iterator[Service]:
    """`processes` of `loket serve` on an index folder, ready to answer; what they write is in `folder`, their log too.

    `workers`: of each of them, at its one address. Raises ConfigurationError when one does not become ready.
    """
    with ExitStack() as stack:
        ports = [_free_port() for _ in range(processes)]
        served = [stack.enter_context(_process(index, folder / str(port), port, workers)) for port in ports]
        for port, process in zip(ports, served, strict=True):
            _wait_until_ready(port, process, folder / str(port) / LOG, workers)
        yield Service(tuple(ports), tuple(process.pid for process in served))


@contextmanager
def _process(index: Path, folder: Path, port: int, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir(parents=True)
    variables = os.environ | {
        "LOKET_RATE_LIMIT": "0",  # all users come from one address
        "LOKET_DATABASE_URL": f"sqlite:///{folder}/loket.sqlite3",
        "LOKET_RECEIPTS": str(folder / "receipts"),
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--index", str(index), "--port", str(port)]
    command += ["--workers", str(workers)]
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(command, env=variables, stderr=log)  # noqa: S603  # our own command
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], log: Path, workers: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/metrics")
            counted = connection.getresponse().read().decode().splitlines()
            if f"loket_workers {float(workers)}" in counted and "loket_ready 1.0" in counted:
                return
        except (OSError, HTTPException):
            pass  # it does not listen yet
        finally:
            connection.close()
        time.sleep(0.1)
    said = log.read_text("utf-8", "replace").strip().rpartition("\n")[2]
    raise ConfigurationError(f"the service on port {port} did not become ready; it said {said!r} last")


def _with_children(pid: int) -> Sequence[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return ()
    return [pid, *(each for child in children for each in _with_children(int(child)))]


def _usage(pid: int) -> Usage:
    try:
        ran = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return Usage(0.0, 0, 0)  # it ended
    return Usage((int(ran[11]) + int(ran[12])) / _TICKS, pages * _PAGE_BYTES, files)
