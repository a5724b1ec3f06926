"""The shelf: the assistant of the published snapshot, and the next one when another snapshot is published."""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import logging
import sys
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from api.problems import NOT_READY, busy
from assistant.model.budget import Listener
from assistant.rule_runs import RuleSource
from assistant.turn import Answer, HistoryTurn
from knowledge.errors import LoketError, SnapshotCorrupt

if TYPE_CHECKING:
    from knowledge.search import (
        SearchResult,
    )  # it loads the search engine, which a process that starts has no use for yet

log = logging.getLogger("loket.api")

POINTER = "CURRENT"
LOOK_AGAIN_SECONDS = 1.0
# A snapshot that failed to open is tried again after this long, or at once when the pointer changes.
RETRY_SECONDS = 30.0
# When to see whether a snapshot that was replaced is in use no more: an answer on a busy machine takes its time.
LET_GO_SECONDS = (3.0, 5.0, 8.0, 15.0, 30.0)


class OpenSnapshot(RuleSource, Protocol):
    """The part of an open snapshot that pages, look-ups and rules need."""

    @property
    def built_at(self) -> dt.datetime:
        """When the snapshot was built; aware."""


class Answering(Protocol):
    """What the service asks of an assistant; it must be safe to call from several threads."""

    @property
    def snapshot(self) -> OpenSnapshot:
        """The snapshot that it answers from."""

    @property
    def is_degraded(self) -> bool:
        """It searches by other means than it should."""

    def answer(
        self,
        question: str,
        *,
        today: dt.date,
        history: Sequence[HistoryTurn],
        scope: Mapping[str, object] | None,
        language: str | None,
        listener: Listener | None = None,
    ) -> Answer:
        """The answer, as `today` has it; `history` oldest first. `listener` hears it come to be."""

    def search(self, query: str, *, k: int) -> Sequence[SearchResult]:
        """The `k` nearest passages, best first."""


Opener = Callable[[Path, str], Answering]


class Shelf:
    """Holds the assistant of the published snapshot and swaps it when another one is published.

    Opening happens in a thread of its own. Whoever took the old assistant keeps it until done.
    """

    def __init__(
        self,
        index: Path,
        encoder: str,
        opener: Opener,
        clock: Callable[[], float] = time.monotonic,
        *,
        earlier: Opener | None = None,
    ) -> None:
        """`earlier` opens the snapshot before the published one, when that is damaged and nothing is open yet."""
        self._pointer = index / POINTER
        self._index = index
        self._encoder = encoder
        self._opener = opener
        self._earlier = earlier
        self._clock = clock
        self._assistant: Answering | None = None
        self._stamp: tuple[int, int] | None = None
        self._looked_at = float("-inf")
        self._failed_at: float | None = None
        self._opening: threading.Thread | None = None

    def look(self) -> None:
        """Open what the pointer names, in the background, if that is not what is open; at most once a second."""
        now = self._clock()
        if now - self._looked_at < LOOK_AGAIN_SECONDS or (self._opening and self._opening.is_alive()):
            return
        self._looked_at = now
        try:
            status = self._pointer.stat()
        except OSError:
            return  # nothing published, or the folder is away: what is open stays open
        stamp = (status.st_mtime_ns, status.st_ino)
        due = self._failed_at is not None and now - self._failed_at >= RETRY_SECONDS
        if stamp == self._stamp and not due:
            return
        self._stamp, self._failed_at = stamp, None
        self._opening = threading.Thread(target=self._swap, name="loket-open", daemon=True)
        self._opening.start()

    def open_first(self, seconds: float) -> None:
        """Open what is published and wait for it, at most `seconds`; whoever comes then is answered at once."""
        self.look()
        if self._opening is not None:
            self._opening.join(seconds)

    def _swap(self) -> None:
        try:
            assistant = self._opener(self._index, self._encoder)
        except LoketError as error:
            log.error("snapshot not opened: %s", error)  # noqa: TRY400 - the message says it all
            self._failed_at = self._clock()
            if isinstance(error, SnapshotCorrupt) and self._assistant is None and self._earlier is not None:
                self._open_earlier(self._earlier)
        except Exception:
            log.exception("snapshot not opened")
            self._failed_at = self._clock()
        else:
            replaced, self._assistant = self._assistant, assistant
            log.info("snapshot %s is open", assistant.snapshot.id)
            if replaced is not None:
                _let_go(weakref.ref(replaced))

    def _open_earlier(self, opener: Opener) -> None:
        try:
            assistant = opener(self._index, self._encoder)
        except LoketError as error:
            log.error("nor is one before it: %s", error)  # noqa: TRY400 - the message says it all
        else:
            self._assistant = assistant
            log.error("snapshot %s serves in its place", assistant.snapshot.id)

    @property
    def snapshot(self) -> OpenSnapshot | None:
        """The snapshot that is open; None while there is none."""
        return self._assistant.snapshot if self._assistant is not None else None

    @property
    def is_behind(self) -> bool:
        """What is published cannot be opened; what is open, if anything, is another snapshot."""
        return self._failed_at is not None

    @property
    def is_degraded(self) -> bool:
        """What is open searches by other means than it should."""
        return self._assistant is not None and self._assistant.is_degraded

    def current(self) -> Answering:
        """The assistant to use for this request.

        Raises:
            Problem: none is open yet.
        """
        self.look()
        if self._assistant is None:
            raise busy(NOT_READY, 5)
        return self._assistant


def _let_go(replaced: weakref.ref[Answering]) -> None:
    """Free the memory of an assistant that was replaced, once who still used it is done.

    Its parts refer to each other. Python itself looks for such things when enough new ones were made, which in a
    service that only answers is almost never; and glibc keeps what was freed for the thread that had it, which was the
    one that opened the snapshot and has ended. A hundred megabytes would stay with every snapshot.
    """
    threading.Thread(target=_free, args=(replaced,), name="loket-free", daemon=True).start()


def _free(replaced: weakref.ref[Answering]) -> None:
    for seconds in LET_GO_SECONDS:
        time.sleep(seconds)
        gc.collect()
        if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
            trim(0)
        if replaced() is None:
            return
