"""Between HTTP and the assistant: which snapshot answers, on which day, with which history."""

from __future__ import annotations

import asyncio
import ctypes
import datetime as dt
import gc
import logging
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from api.approved import given_instead
from api.conversations import Conversations
from api.limits import FEEDBACK, QUESTIONS, WorkGate, result_of, window
from api.metrics import Metrics
from api.problems import NOT_READY, UNKNOWN_INSURER, UNKNOWN_POLICY, Problem, busy
from api.receipt_store import ReceiptStore
from api.schemas import Ask
from api.settings import Settings
from api.store import Store
from api.store.approvals import ApprovedAnswer
from api.store.turns import Exchange
from api.told import Event, Told
from api.watch import Watch
from assistant.model.budget import Listener
from assistant.rule_runs import RuleSource
from assistant.scope import insurer_named
from assistant.turn import Answer, HistoryTurn
from knowledge.errors import LoketError, SnapshotCorrupt
from knowledge.records import PolicyText

if TYPE_CHECKING:
    from knowledge.search import (
        SearchResult,
    )  # it loads the search engine, which a process that starts has no use for yet

log = logging.getLogger("loket.api")

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
POINTER = "CURRENT"
LOOK_AGAIN_SECONDS = 1.0
# A snapshot that failed to open is tried again after this long, or at once when the pointer changes.
RETRY_SECONDS = 30.0
# By then nobody asks a snapshot that was replaced any more, or it takes until the next one is.
LET_GO_SECONDS = 3.0


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
            is_first = self._assistant is None
            self._assistant = assistant
            log.info("snapshot %s is open", assistant.snapshot.id)
            if not is_first:
                _let_go()

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


def _let_go() -> None:
    """Free the memory of an assistant that was replaced, once who still used it is done.

    Its parts refer to each other. Python itself looks for such things when enough new ones were made, which in a
    service that only answers is almost never; and glibc keeps what was freed for the thread that had it, which was the
    one that opened the snapshot and has ended. A hundred megabytes would stay with every snapshot.
    """
    timer = threading.Timer(LET_GO_SECONDS, _free)
    timer.daemon = True
    timer.start()


def _free() -> None:
    gc.collect()
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


@dataclass(frozen=True)
class PendingAnswer:
    """An answer under way."""

    future: Future[Answer]
    conversation_id: str
    question: str
    texts: Mapping[str, PolicyText]
    told: Told | None = None
    approved: Sequence[ApprovedAnswer] = ()


class Service:
    """Everything a request needs, made once per process."""

    def __init__(
        self,
        settings: Settings,
        shelf: Shelf,
        store: Store,
        receipts: ReceiptStore | None,
        metrics: Metrics,
        now: Callable[[], dt.datetime] | None = None,
        counts: int | None = None,
    ) -> None:
        """`counts`: where the workers of this machine count together, see `limits.new_counts`."""
        self.settings = settings
        self.receipts = receipts
        self.metrics = metrics
        self.now = now or (lambda: dt.datetime.now(AMSTERDAM))
        self.store = store
        self.shelf = shelf
        self.gate = WorkGate(settings.threads, settings.queue)
        self.questions = window(settings.rate_limit, counts, QUESTIONS)
        self.feedback = window(settings.rate_limit, counts, FEEDBACK)
        self.conversations = Conversations(store)
        self.watch = Watch(store, settings, self.now)

    def today(self, asked: dt.date | None = None) -> dt.date:
        """The civil day in the Netherlands; `asked` counts only where the settings allow it."""
        if asked is not None and self.settings.allow_today:
            return asked
        return self.now().astimezone(AMSTERDAM).date()

    async def begin(
        self, ask: Ask, client: str, told: Told | None = None, today: dt.date | None = None
    ) -> PendingAnswer:
        """Admit a question and start on it; `told` hears the answer come to be. `today` None: the clock's.

        Raises:
            Problem: the service is closed, no snapshot is open, there are no policies of the one insurer that may
                answer, the client asks too much, or all places are taken.
        """
        if self.watch.is_closed:
            raise self.watch.closed_problem()
        assistant = self.shelf.current()
        scope = ask.scope.said_only() if ask.scope else {}
        if ask.only_insurer is not None:
            scope["only_insurer"] = self.insurer(ask.only_insurer)
        self.questions.admit(client)
        conversation_id, history = await self.conversations.resume(ask.conversation_id)
        approved = self.watch.approved.of(ask.question)
        future = self.gate.submit(
            assistant.answer,
            ask.question,
            today=today or self.today(),
            history=history,
            scope=scope or None,
            language=ask.language,
            listener=None if approved else told,  # what is told before may not be what is answered
        )
        return PendingAnswer(future, conversation_id, ask.question, assistant.snapshot.texts, told, approved)

    async def heard(self, pending: PendingAnswer) -> AsyncGenerator[Event, None]:
        """What is told of an answer before it is there; whoever stops reading cancels what a model still does."""
        if pending.told is None:
            return
        told = pending.told.until(pending.future, self.settings.answer_timeout_seconds)
        try:
            async with aclosing(told) as events:
                async for event in events:
                    yield event
        finally:
            pending.told.leave()

    async def finish(self, pending: PendingAnswer) -> Answer:
        """The answer, remembered in its conversation.

        Raises:
            Problem: it took too long.
        """
        answer = await result_of(pending.future, self.settings.answer_timeout_seconds)
        answer = given_instead(answer, pending.approved, pending.texts)
        self.metrics.answer(answer.status, approved=answer.approved_id is not None, seconds=answer.latency_ms / 1000)
        if not answer.status.startswith("guardrail_"):  # what was refused for what it holds is kept nowhere
            await self.conversations.add(
                Exchange(
                    conversation_id=pending.conversation_id,
                    at=dt.datetime.now(dt.UTC),
                    question=pending.question,
                    text=answer.text,
                    status=answer.status,
                    receipt_id=answer.receipt_id,
                    **answer.scope.model_dump(include={"insurer", "year", "care"}),
                )
            )
        return answer.model_copy(update={"conversation_id": pending.conversation_id})

    async def search(self, query: str, k: int, client: str) -> tuple[str, Sequence[SearchResult]]:
        """The snapshot's id and the passages found in it, best first."""
        assistant = self.shelf.current()
        self.questions.admit(client)
        future = self.gate.submit(assistant.search, query, k=k)
        return assistant.snapshot.id, await result_of(future, self.settings.answer_timeout_seconds)

    def policy(self, policy_id: str) -> PolicyText:
        """The policy with this id.

        Raises:
            Problem: there is none, or no snapshot is open.
        """
        found = self.shelf.current().snapshot.texts.get(policy_id)
        if found is None:
            raise Problem(UNKNOWN_POLICY)
        return found

    def degraded(self) -> dict[str, bool]:
        """Per part whether it works less well than it should; the service answers all the same."""
        return {
            "search": self.shelf.is_degraded,
            "snapshot": self.shelf.is_behind,
            "store": self.watch.is_store_away or self.store.failure is not None,
            "receipts": self.receipts is not None and self.receipts.is_failing,
        }

    async def keep_looking(self) -> None:
        """Every second, until cancelled: open what was published, and tell the other workers how this one stands."""
        while True:
            self.shelf.look()
            self.metrics.look(self)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def insurer(self, name: str) -> str:
        """The insurer on file that `name` stands for, or a label of it.

        Raises:
            Problem: there is none, or no snapshot is open.
        """
        texts = self.shelf.current().snapshot.texts
        found = insurer_named([text.policy for text in texts.values()], name)
        if found is None:
            raise Problem(UNKNOWN_INSURER)
        return found

    def close(self) -> None:
        """Stop taking work, and write what is to be kept."""
        self.gate.close()
        self.store.close()
