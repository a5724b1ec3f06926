"""Between HTTP and the assistant: which snapshot answers, on which day, with which history."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from api.approved import given_instead
from api.conversations import Conversations
from api.limits import FEEDBACK, QUESTIONS, WorkGate, result_of, window
from api.metrics import Metrics
from api.problems import UNKNOWN_INSURER, UNKNOWN_POLICY, Problem
from api.receipt_store import ReceiptStore
from api.schemas import Ask
from api.settings import Settings
from api.shelf import LOOK_AGAIN_SECONDS, Shelf
from api.store import Store
from api.store.approvals import ApprovedAnswer
from api.store.turns import Exchange
from api.told import Event, Told
from api.watch import Watch
from assistant.scope import insurer_named
from assistant.turn import Answer
from knowledge.records import PolicyText

if TYPE_CHECKING:
    from knowledge.search import (
        SearchResult,
    )  # it loads the search engine, which a process that starts has no use for yet


AMSTERDAM = ZoneInfo("Europe/Amsterdam")


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
