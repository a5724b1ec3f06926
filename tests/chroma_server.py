"""A Chroma server of our own on this machine, which may be killed, frozen and started again."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

_RUN = "import sys; sys.argv[0] = 'chroma'; from chromadb.cli.cli import app; app()"


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class ChromaServer:
    """`chroma run` over a folder, always on the same port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = self._start()

    def kill(self) -> None:
        """End it as a power cut would; once more does nothing."""
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It keeps its connections and answers none."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def restart(self) -> None:
        """Start it again over the same folder."""
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", _RUN, "run", "--path", str(self._folder), "--port", str(self.port)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self._folder)
        end = time.monotonic() + 240
        while True:
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", timeout=2).status_code == 200:
                    return process
            except httpx.HTTPError:
                assert process.poll() is None, "the Chroma server did not start"
                assert time.monotonic() < end, "the Chroma server did not start in time"
            time.sleep(0.05)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[ChromaServer]:
    """A server over `folder` until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    server = ChromaServer(folder)
    try:
        yield server
    finally:
        server.kill()
