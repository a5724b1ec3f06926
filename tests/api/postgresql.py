"""A PostgreSQL server of our own on this machine, for as long as the tests run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from tests.chroma_server import free_port

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")


def binaries() -> Path | None:
    """The folder of the newest server on this machine; None where there is none."""
    found = [path for place in PLACES for path in Path("/").glob(place.lstrip("/")) if (path / "initdb").is_file()]
    on_path = shutil.which("initdb")
    return max(found, key=lambda path: path.parent.name) if found else Path(on_path).parent if on_path else None


def _other_user() -> str | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class Server:
    """A running server, which may be killed, frozen and started again."""

    def __init__(self, folder_of: Path, folder: Path, user: str | None) -> None:
        self.port = free_port()
        self._folder = folder
        self._command = [
            folder_of / "postgres",
            "-D",
            folder / "data",
            "-h",
            "127.0.0.1",
            "-p",
            self.port,
            "-k",
            folder,
        ]
        self._quiet = _quiet(user)
        self.process = self._start()

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://loket@127.0.0.1:{self.port}/{name}"

    def kill(self) -> None:
        """End all its processes as a power cut would."""
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    def freeze(self) -> None:
        """All its processes stand still; connections stay, and nothing is answered."""
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)

    def restart(self) -> None:
        """Start it again over the same data."""
        self.process = self._start()

    def _processes(self) -> list[int]:
        """The server's own first, so that it starts no other when one of them ends."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [self.process.pid, *map(int, children.read_text().split() if children.is_file() else ())]

    def _start(self) -> subprocess.Popen[bytes]:
        fast = ["-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60"]
        process = subprocess.Popen([*map(str, self._command), *fast], **self._quiet)
        _wait_for(self, process)
        return process


def _quiet(user: str | None) -> dict[str, Any]:
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return quiet | ({"user": user, "cwd": "/"} if user is not None else {"cwd": "/"})


@contextlib.contextmanager
def running(folder_of: Path) -> Iterator[Server]:
    """A server over a new data folder, with the programs in `folder_of`."""
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    server = None
    try:
        initdb = [folder_of / "initdb", "-D", folder / "data", "-U", "loket", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*map(str, initdb), "--locale=C"], check=True, **_quiet(user))
        server = Server(folder_of, folder, user)
        yield server
    finally:
        if server is not None and server.process.poll() is None:
            server.thaw()
            server.process.send_signal(signal.SIGINT)
            server.process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 240
    while True:
        try:
            psycopg.connect(server.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            assert process.poll() is None, "PostgreSQL did not start"
            assert time.monotonic() < end, "PostgreSQL did not start in time"
            time.sleep(0.05)
        else:
            return
