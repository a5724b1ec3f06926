"""Runs work on the database: one thread that writes, some that read, and nobody waits for ever."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from api.store import schema
from api.store.engine import READERS, Engines, open_engines
from api.store.jobs import Job, done
from knowledge.errors import ConfigurationError, LoketError, StoreError

log = logging.getLogger("loket.store")

P = ParamSpec("P")
T = TypeVar("T")

READ_SECONDS = 2.0
"""A question waits this long at most for its conversation."""
WRITE_SECONDS = 8.0
RETRY_SECONDS = 1.0
BATCH_AT_MOST = 200
WAITING_AT_MOST = 10_000
"""Writes that a database which is away has not taken yet; what comes on top is dropped and counted."""
CLOSE_SECONDS = 3.0


class Store:
    """A database and its threads. Safe to use from several threads and from the event loop.

    Work is a function that takes a connection first; it runs in a transaction of its own (a savepoint, for
    writes). What was waited for is on the disk when it returns. Every failure is a StoreError.
    """

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="loket-read")
        self._reading: set[Future[Any]] = set()
        self._jobs: deque[Job] = deque()
        self._in_hand = 0
        self._there_is_work = threading.Condition()
        self._is_closing = False
        self._is_prepared = False
        self._stuck: Future[Any] | None = None
        self._failed: str | None = None
        self.dropped = 0
        self._writer = threading.Thread(target=self._write_on, name="loket-write", daemon=True)

    @property
    def is_shared(self) -> bool:
        """Whether several services may be at work on this database."""
        return self._engines.is_shared

    @property
    def waiting(self) -> int:
        """Writes that are not done yet."""
        with self._there_is_work:
            return len(self._jobs) + self._in_hand

    @property
    def failure(self) -> str | None:
        """Why the last work failed; None when it did not."""
        return self._failed

    def start(self) -> None:
        """Make the tables where there are none, and start writing. A database that is away is tried again later.

        Raises ConfigurationError when it is of a newer version of this software, or is no database.
        """
        try:
            self._prepare()
        except StoreError as error:
            log.error("database not reached: %s", error)  # noqa: TRY400 - the message says it all
        self._writer.start()

    # For the event loop

    async def read(self, work: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` reads.

        Raises:
            StoreError: the database is away, or takes longer than `READ_SECONDS`.
        """
        future = self._begin_read(lambda connection: work(connection, *args, **kwargs))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), READ_SECONDS)
        except TimeoutError as error:
            raise self._too_slow(future) from error

    async def write(self, work: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns, once what it wrote is on the disk.

        Raises:
            StoreError: it is not written, or takes longer than `WRITE_SECONDS`.
        """
        job = self._put(lambda connection: work(connection, *args, **kwargs), is_behind=False)
        try:
            result: T = await asyncio.wait_for(asyncio.wrap_future(job.future), WRITE_SECONDS)
        except TimeoutError as error:
            raise StoreError("the database takes too long to write") from error
        return result

    def write_behind(
        self, work: Callable[Concatenate[Connection, P], object], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[None]:
        """Have `work` done soon, without waiting for it; again and again while the database is away. Never fails.

        The future is done when nothing is left to do for it.
        """
        try:
            return self._put(lambda connection: work(connection, *args, **kwargs), is_behind=True).future
        except StoreError as error:
            self.dropped += 1
            log.error("a write is lost: %s", error)  # noqa: TRY400 - the message says it all
            lost: Future[None] = Future()
            lost.set_result(None)
            return lost

    # For other threads and the command line

    def read_now(self, work: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` reads; waits for it. Raises StoreError."""
        future = self._begin_read(lambda connection: work(connection, *args, **kwargs))
        try:
            return future.result(READ_SECONDS)
        except FutureTimeout as error:
            raise self._too_slow(future) from error

    def write_now(self, work: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns, once it is on the disk; waits for it. Raises StoreError."""
        job = self._put(lambda connection: work(connection, *args, **kwargs), is_behind=False)
        try:
            result: T = job.future.result(WRITE_SECONDS)
        except FutureTimeout as error:
            job.future.cancel()
            raise StoreError("the database takes too long to write") from error
        return result

    def close(self) -> None:
        """Write what still waits, for `CLOSE_SECONDS` at most, and let go of the database."""
        with self._there_is_work:
            self._is_closing = True
            self._there_is_work.notify()
        if self._writer.is_alive():
            self._writer.join(CLOSE_SECONDS)
        if self._jobs:
            log.error("%d writes are lost: the database was away when the service closed", len(self._jobs))
        self._readers.shutdown(wait=False, cancel_futures=True)
        wait(list(self._reading), CLOSE_SECONDS)  # they give their connections back
        if not self._writer.is_alive():
            self._engines.dispose()

    # Reading

    def _begin_read(self, work: Callable[[Connection], T]) -> Future[T]:
        if self._stuck is not None and not self._stuck.done():
            raise StoreError("the database does not answer")  # one waits for it already; that is enough
        try:
            future = self._readers.submit(self._read, work)
        except RuntimeError as error:
            raise StoreError("the database is closed") from error
        self._reading.add(future)
        future.add_done_callback(self._reading.discard)
        return future

    def _read(self, work: Callable[[Connection], T]) -> T:
        if not self._is_prepared:
            raise StoreError("the database is away")
        try:
            with self._engines.reader.begin() as connection:
                result = work(connection)
        except (SQLAlchemyError, OSError, LoketError) as error:
            raise self._noted(error) from error
        self._failed = None
        return result

    def _too_slow(self, future: Future[T]) -> StoreError:
        self._stuck = future
        self._failed = "no answer in time"
        return StoreError("the database takes too long to read")

    # Writing

    def _put(self, work: Callable[[Connection], Any], *, is_behind: bool) -> Job:
        job = Job(work, is_behind)
        with self._there_is_work:
            if self._is_closing:
                raise StoreError("the database is closed")
            if len(self._jobs) >= WAITING_AT_MOST:
                raise StoreError("too many writes wait for the database")
            self._jobs.append(job)
            self._there_is_work.notify()
        return job

    def _write_on(self) -> None:
        """Take what waits and write it in one transaction, until the store is closed."""
        while True:
            with self._there_is_work:
                while not self._jobs and not self._is_closing and self._is_prepared:
                    self._there_is_work.wait()
                if not self._jobs and self._is_closing:
                    return
                batch = [self._jobs.popleft() for _ in range(min(len(self._jobs), BATCH_AT_MOST))]
                self._in_hand = len(batch)
            left = self._write(batch)
            with self._there_is_work:
                self._jobs.extendleft(reversed(left))
                self._in_hand = 0
                if left and self._is_closing:
                    return
            if not left and self._is_prepared:
                continue
            time.sleep(RETRY_SECONDS)

    def _write(self, batch: list[Job]) -> list[Job]:
        """Do the jobs and tell those who wait; gives back the ones to try again."""
        outcomes: list[tuple[Job, Any, Exception | None]] = []
        try:
            self._prepare()
            with self._engines.writing() as connection:
                # Only now, as getting here may have taken long: who gave up waiting must not find it done.
                jobs = [job for job in batch if job.is_behind or job.future.set_running_or_notify_cancel()]
                outcomes = [(job, *done(connection, job)) for job in jobs]
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread must go on and those who wait must hear
            failure = self._noted(error)
            for job in batch:
                if not job.is_behind:
                    with suppress(InvalidStateError):  # given up
                        job.future.set_exception(failure)
            return [job for job in batch if job.is_behind]
        self._failed = None
        for job, result, failed in outcomes:
            if failed is not None and not job.is_behind:
                job.future.set_exception(failed)
                continue
            if failed is not None:
                self.dropped += 1
                log.error("a write was refused by the database: %s", type(failed).__name__)
            with suppress(InvalidStateError):  # who waited for what is written behind may have left
                job.future.set_result(result)
        return []

    def _prepare(self) -> None:
        """Make the tables, once. Raises StoreError, or ConfigurationError when this database is not for us."""
        if self._is_prepared:
            return
        try:
            with self._engines.writing() as connection:
                schema.prepare(connection)
        except DBAPIError as error:
            if "file is not a database" in str(error.orig):
                raise ConfigurationError(
                    "het bestand in LOKET_DATABASE_URL is geen database; geef een ander bestand of zet een kopie terug"
                ) from error
            raise self._noted(error) from error
        except (SQLAlchemyError, OSError) as error:
            raise self._noted(error) from error
        self._is_prepared = True

    def _noted(self, error: Exception) -> StoreError:
        """The error in words that hold nothing of what was to be written."""
        if isinstance(error, StoreError):
            why = str(error)
        else:
            why = type(getattr(error, "orig", None) or error).__name__
        if self._failed is None:
            log.warning("database: %s", why)
        self._failed = why
        return StoreError(f"the database is away: {why}")


def open_store(url: str, *, is_shared: bool = False) -> Store:
    """The store at `url`, started; `is_shared`: other processes answer from it too.

    Raises:
        ConfigurationError: it is no address of a database, or the database is not for this version.
    """
    store = Store(open_engines(url, is_shared=is_shared))
    try:
        store.start()
    except ConfigurationError:
        store.close()
        raise
    return store
