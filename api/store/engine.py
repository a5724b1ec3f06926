"""How a database is reached: SQLite in one file of this machine, or PostgreSQL."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from knowledge.errors import ConfigurationError, StoreError

log = logging.getLogger("loket.store")

BUSY_MILLISECONDS = 5000
READERS = 4
LOCK_SECONDS = 0.005
"""How often a writer that waits for another process looks whether it is done."""
_WAL_RESET_FIXED_IN = (3, 51, 3)
"""Before it two connections that write or checkpoint at the same moment can damage a file: there is only one here."""


@dataclass(frozen=True)
class Engines:
    """One engine that writes over one connection, one that reads over some, and what keeps other processes out."""

    writer: Engine
    reader: Engine
    lock: FileLock | None
    is_shared: bool
    """Several services may be at work on this database, on this machine or others."""

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, which is committed at the end.

        Raises StoreError when another process keeps the file to itself.
        """
        with self._alone(), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with self.lock or nullcontext():
                yield
        except Timeout as error:
            raise StoreError("another process keeps the database locked") from error

    def dispose(self) -> None:
        """Close all connections. The last one to close a SQLite file also checkpoints it, hence the lock."""
        try:
            with self._alone():
                self.reader.dispose()
                self.writer.dispose()
        except StoreError:
            log.warning("the database is locked by another process; closed without a checkpoint")


def open_engines(address: str, *, is_shared: bool = False) -> Engines:
    """The engines for `address`: sqlite:///FILE, postgresql://... or postgresql+psycopg://...

    `is_shared`: other processes answer from this database too, as they may from PostgreSQL in any case. Nothing is
    reached yet, but a SQLite file is made where there is none.

    Raises:
        ConfigurationError: another kind of address, or a folder in which no file can be made.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise _wrong_address() from error
    if url.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(url.set(drivername="postgresql+psycopg"))
    if url.drivername == "sqlite" and url.database and url.database != ":memory:" and not url.query:
        return _sqlite(Path(url.database), is_shared)
    raise _wrong_address()


def _wrong_address() -> ConfigurationError:
    return ConfigurationError(
        "LOKET_DATABASE_URL is geen adres van een database; geef sqlite:///BESTAND of "
        "postgresql://GEBRUIKER:WACHTWOORD@SERVER/DATABASE"
    )


def _postgresql(url: URL) -> Engines:
    common: dict[str, Any] = {
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "pool_timeout": 3,
        "max_overflow": 0,
        "hide_parameters": True,  # what was asked must not stand in an error
        "connect_args": {
            "connect_timeout": 3,
            "tcp_user_timeout": 5000,
            "options": f"-c statement_timeout={BUSY_MILLISECONDS} -c lock_timeout=3000",
        },
    }
    try:
        writer = create_engine(url, pool_size=1, **common)
        reader = create_engine(url, pool_size=READERS, **common)
    except (ArgumentError, ImportError) as error:
        raise _wrong_address() from error
    return Engines(writer, reader, None, is_shared=True)


def _sqlite(path: Path, is_shared: bool) -> Engines:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its other files the same rights
    except OSError as error:
        raise ConfigurationError(
            f"database {path} is niet te openen ({error.strerror}); geef een ander bestand in LOKET_DATABASE_URL"
        ) from error
    if sqlite3.sqlite_version_info < _WAL_RESET_FIXED_IN:
        log.info("SQLite %s: every write goes through one connection and one lock", sqlite3.sqlite_version)
    url = URL.create("sqlite", database=str(path))
    writer = create_engine(url, pool_size=1, max_overflow=0, hide_parameters=True)
    reader = create_engine(url, pool_size=READERS, max_overflow=0, hide_parameters=True)
    _set_up(writer, "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA secure_delete=ON", begin="IMMEDIATE")
    _set_up(reader, "PRAGMA query_only=ON", begin="DEFERRED")
    lock = FileLock(f"{path}.lock", timeout=BUSY_MILLISECONDS / 1000, mode=0o600, poll_interval=LOCK_SECONDS)
    return Engines(writer, reader, lock, is_shared)


def _set_up(engine: Engine, *pragmas: str, begin: str) -> None:
    """Settings for each connection; and BEGIN is ours, Python's own comes too late for a lock."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        common = (f"PRAGMA busy_timeout={BUSY_MILLISECONDS}", "PRAGMA mmap_size=0", "PRAGMA foreign_keys=ON")
        for pragma in (*common, *pragmas):
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")
