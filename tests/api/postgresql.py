"""A PostgreSQL server of our own on this machine, for as long as the tests run."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

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


@dataclass(frozen=True)
class Server:
    """A running server; `process` may be stopped and continued."""

    process: subprocess.Popen[bytes]
    port: int

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgresql://loket@127.0.0.1:{self.port}/{name}"


@contextlib.contextmanager
def running(folder_of: Path) -> Iterator[Server]:
    """A server over a new data folder, with the programs in `folder_of`."""
    user = _other_user()
    folder = Path(tempfile.mkdtemp(prefix="loket-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    as_user = {"user": user, "cwd": "/"} if user is not None else {"cwd": "/"}
    process = None
    try:
        initdb = [folder_of / "initdb", "-D", folder / "data", "-U", "loket", "-A", "trust", "-E", "UTF8", "-N"]
        subprocess.run([*map(str, initdb), "--locale=C"], check=True, **quiet, **as_user)  # type: ignore[call-overload]  # plain keywords
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        serve = [folder_of / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", port, "-k", folder]
        fast = ["-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60"]
        process = subprocess.Popen([*map(str, serve), *fast], **quiet, **as_user)  # type: ignore[call-overload]  # plain keywords
        server = Server(process, port)
        _wait_for(server)
        yield server
    finally:
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGINT)
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: Server) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(server.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, "PostgreSQL did not start"
            time.sleep(0.05)
        else:
            return
