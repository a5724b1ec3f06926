"""How much may come in: questions per client, questions at once, and the time they take."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import mmap
import tempfile
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import ParamSpec, Protocol, TypeVar

import numpy as np

from api.problems import BUSY, SLOW_ANSWER, TOO_MANY, busy

P = ParamSpec("P")
T = TypeVar("T")

WINDOW_SECONDS = 60.0
# Clients remembered at once: some 10 MB at most. The one that asked longest ago is forgotten first.
CLIENTS_AT_MOST = 20_000


COUNTED_AT_MOST = 1 << 16
"""Questions that the workers of a machine remember together; with more in a minute the oldest are forgotten."""
LOCKED_SECONDS = 0.05
"""A worker holds the count for microseconds, unless it is stopped right then."""


class Window(Protocol):
    """Who decides whether a client may ask now."""

    def admit(self, client: str) -> None:
        """Count a question of `client`. Raises Problem when there are too many."""


class MovingWindow:
    """At most `limit` questions per client in any stretch of `WINDOW_SECONDS`; 0 is no limit.

    Used from the event loop only. It counts per process.
    """

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._asked_at: OrderedDict[str, deque[float]] = OrderedDict()

    def admit(self, client: str) -> None:
        """Count a question of `client`.

        Raises:
            Problem: too many in the window; `Retry-After` says when the oldest one leaves it.
        """
        if self._limit == 0:
            return
        now = self._clock()
        asked_at = self._asked_at.setdefault(client, deque())
        self._asked_at.move_to_end(client)
        while asked_at and now - asked_at[0] >= WINDOW_SECONDS:
            asked_at.popleft()
        if len(asked_at) >= self._limit:
            raise busy(TOO_MANY, WINDOW_SECONDS - (now - asked_at[0]))
        asked_at.append(now)
        while len(self._asked_at) > CLIENTS_AT_MOST:
            self._asked_at.popitem(last=False)


class SharedWindow:
    """The same, counted by all workers of a machine together.

    The count is a ring of (client, moment) in memory that the workers map, under a lock that the kernel takes back
    from one that dies. Where it is not had soon, as from one that is frozen, this process counts alone.
    """

    def __init__(self, limit: int, counts: int, place: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`counts`: an open file of `new_counts`; `place`: which of its rings."""
        self._limit = limit
        self._clock = clock
        self._counts = counts
        self._start = place * _RING_BYTES
        mapped = mmap.mmap(counts, _RINGS * _RING_BYTES)
        ring = np.frombuffer(mapped, dtype=_ASKED, count=COUNTED_AT_MOST + 1, offset=self._start)
        self._ring, self._next = ring[:-1], ring[-1:]["client"]
        self._alone = MovingWindow(limit, clock)

    def admit(self, client: str) -> None:
        """Count a question of `client`. Raises Problem as `MovingWindow.admit` does."""
        if self._limit == 0:
            return
        if not self._lock():
            self._alone.admit(client)
            return
        try:
            self._admit(int.from_bytes(hashlib.blake2b(client.encode("utf-8", "replace"), digest_size=8).digest()))
        finally:
            fcntl.lockf(self._counts, fcntl.LOCK_UN, 1, self._start)

    def _admit(self, client: int) -> None:
        now = self._clock()
        asked_at = self._ring["at"][self._ring["client"] == client]
        recent = asked_at[asked_at > now - WINDOW_SECONDS]
        if len(recent) >= self._limit:
            raise busy(TOO_MANY, WINDOW_SECONDS - (now - float(np.sort(recent)[-self._limit])))
        place = int(self._next[0]) % COUNTED_AT_MOST
        self._ring[place] = (client, now)
        self._next[0] = place + 1

    def _lock(self) -> bool:
        end = time.monotonic() + LOCKED_SECONDS
        while True:
            try:
                fcntl.lockf(self._counts, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, self._start)
            except OSError:
                if time.monotonic() >= end:
                    return False
                time.sleep(0.001)
            else:
                return True


_ASKED = np.dtype([("client", np.uint64), ("at", np.float64)])
_RINGS = 2
_RING_BYTES = (COUNTED_AT_MOST + 1) * _ASKED.itemsize
QUESTIONS, FEEDBACK = range(_RINGS)


def window(limit: int, counts: int | None, place: int) -> Window:
    """What counts a client's questions: this process alone, or all workers in `counts`."""
    return MovingWindow(limit) if counts is None else SharedWindow(limit, counts, place)


@contextmanager
def new_counts() -> Iterator[int]:
    """An open file for `SharedWindow`, which has no name: nothing of it is left when its last user ends."""
    with tempfile.TemporaryFile() as file:
        file.truncate(_RINGS * _RING_BYTES)
        yield file.fileno()


class WorkGate:
    """Runs blocking work in threads: `workers` at once, `queue` waiting, the rest refused.

    A place is given back when the work itself ends, not when the caller stops waiting for it:
    a caller who leaves frees nothing that is still running, and one whose stream never
    started loses no place for ever.
    """

    def __init__(self, workers: int, queue: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="loket")
        self._places = workers + queue
        self._taken = 0
        self._lock = threading.Lock()

    @property
    def places(self) -> int:
        """Work that may run or wait at once."""
        return self._places

    @property
    def taken(self) -> int:
        """Work running or waiting."""
        return self._taken

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start or queue `work`.

        Raises:
            Problem: all places are taken.
        """
        with self._lock:
            if self._taken >= self._places:
                raise busy(BUSY, 2)
            self._taken += 1
        try:
            future = self._pool.submit(work, *args, **kwargs)
        except RuntimeError as error:  # the pool is closing: the service is going down
            self._give_back()
            raise busy(BUSY, 5) from error
        future.add_done_callback(self._give_back)
        return future

    def _give_back(self, _: object = None) -> None:
        with self._lock:
            self._taken -= 1

    def close(self) -> None:
        """Drop what waits; let what runs end by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)


async def result_of(future: Future[T], timeout_seconds: float) -> T:
    """Wait for work on the event loop.

    Raises:
        Problem: it took longer than `timeout_seconds`.
    """
    try:
        return await asyncio.wait_for(asyncio.wrap_future(future), timeout_seconds)
    except TimeoutError as error:
        raise busy(SLOW_ANSWER, 5) from error
