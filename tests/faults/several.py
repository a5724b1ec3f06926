"""The product as an operator runs it: `loket serve --workers 2` in processes of its own, asked over HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.chroma_server import free_port
from tests.conftest import ROOT

_START = "import sys; sys.argv[0] = 'loket'; from api.cli import main; main()"
READY_SECONDS = 240.0
"""Far more than it takes: other tests and their services run beside this one."""


def loket(environment: Mapping[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command, run to its end."""
    command = [sys.executable, "-c", _START, *map(str, arguments)]
    return subprocess.run(command, env=_environment(environment), cwd=ROOT, capture_output=True, text=True, timeout=300)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    return ours | {"OMP_NUM_THREADS": "1"} | dict(given)


@dataclass
class Loket:
    """A running service. `pid`: of the process that was started, which watches the workers where there are several."""

    url: str
    pid: int
    log: Path

    def events(self, start: str = "") -> list[dict[str, Any]]:
        """What it logged, those whose message starts with `start`."""
        lines = [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]
        return [line for line in lines if str(line.get("message", "")).startswith(start)]

    def workers(self) -> list[int]:
        """The process ids of its workers."""
        return [int(each) for each in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def ask(self, question: str, within: float = 120.0, **more: object) -> httpx.Response:
        """The answer, over a new connection each time that one fails, as a browser does.

        Fails when there is none within so many seconds.
        """
        end = time.monotonic() + within
        while True:
            left = end - time.monotonic()
            assert left > 0, f"no answer within {within} seconds"
            try:
                response = httpx.post(f"{self.url}/v1/answers", json={"question": question, **more}, timeout=left)
            except httpx.HTTPError:
                time.sleep(0.02)
                continue
            if response.status_code == 200:
                return response
            time.sleep(0.05)

    def ready(self) -> dict[str, Any]:
        return dict(httpx.get(f"{self.url}/readyz", timeout=60).json())

    def degraded(self) -> set[str]:
        """What any of the workers says, of twenty that were asked."""
        return {part for _ in range(20) for part in self.ready().get("degraded", ["not ready"])}


@contextlib.contextmanager
def serving(folder: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[Loket]:
    """`loket serve` until the block ends; ready when it begins."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), folder / "serve.log"
    variables = {"LOKET_RATE_LIMIT": "0", "LOKET_RECEIPTS": str(folder / "receipts"), "LOKET_LOG": "json"}
    command = [sys.executable, "-c", _START, "serve", "--port", str(port), *arguments]
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, env=_environment(variables | dict(environment)), cwd=ROOT, stdout=said, stderr=said
        )
    service = Loket(f"http://127.0.0.1:{port}", process.pid, log)
    try:
        wait_for(lambda: _is_ready(service), READY_SECONDS, service)
        yield service
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
        process.kill()
        process.wait()


def _is_ready(service: Loket) -> bool:
    try:
        return httpx.get(f"{service.url}/readyz", timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def wait_for(true: Callable[[], bool], seconds: float, service: Loket | None = None) -> float:
    """The seconds that it took until it was so."""
    began = time.monotonic()
    while not true():
        told = "\n".join(service.log.read_text("utf-8", "replace").splitlines()[-15:]) if service else ""
        assert time.monotonic() - began < seconds, f"not within {seconds} seconds\n{told}"
        time.sleep(0.05)
    return time.monotonic() - began


@dataclass
class Asking:
    """Clients that ask without a pause, and how long each had to wait, new tries included."""

    service: Loket
    question: str
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def going_on(self, clients: int = 3) -> Iterator[None]:
        """Ask for as long as the block lasts."""
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                began = time.monotonic()
                try:
                    self.service.ask(self.question, within=120)
                except AssertionError as error:
                    self.failures.append(str(error))
                self.waits.append(time.monotonic() - began)

        threads = [threading.Thread(target=ask) for _ in range(clients)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()
