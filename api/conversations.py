"""Conversations, kept in memory for as long as they go on."""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.turn import HistoryTurn

IDLE_SECONDS = 30 * 60.0
CONVERSATIONS_AT_MOST = 10_000
TURNS_AT_MOST = 20


@dataclass
class _Conversation:
    used_at: float
    turns: deque[HistoryTurn] = field(default_factory=lambda: deque(maxlen=TURNS_AT_MOST))


class Conversations:
    """The earlier turns of each conversation, by an id that only this class makes.

    A conversation idle for `IDLE_SECONDS` is forgotten; so is the one idle longest when there are
    `CONVERSATIONS_AT_MOST`. Used from the event loop only, so it needs no lock.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_id: OrderedDict[str, _Conversation] = OrderedDict()  # idle longest first

    def __len__(self) -> int:
        return len(self._by_id)

    def resume(self, conversation_id: str | None) -> tuple[str, tuple[HistoryTurn, ...]]:
        """The id and earlier turns, oldest first; an id that is not on file starts a new conversation."""
        now = self._forget_idle()
        known = self._by_id.get(conversation_id) if conversation_id is not None else None
        if conversation_id is None or known is None:
            conversation_id, known = str(uuid.uuid4()), _Conversation(now)
            self._by_id[conversation_id] = known
            if len(self._by_id) > CONVERSATIONS_AT_MOST:
                self._by_id.popitem(last=False)
        known.used_at = now
        self._by_id.move_to_end(conversation_id)
        return conversation_id, tuple(known.turns)

    def add(self, conversation_id: str, question: str, answer: str) -> None:
        """Remember an exchange; one that was forgotten in the meantime stays so."""
        now = self._forget_idle()
        known = self._by_id.get(conversation_id)
        if known is None:
            return
        known.used_at = now
        self._by_id.move_to_end(conversation_id)
        known.turns.append(HistoryTurn(role="user", content=question))
        known.turns.append(HistoryTurn(role="assistant", content=answer))

    def _forget_idle(self) -> float:
        now = self._clock()
        while self._by_id and now - next(iter(self._by_id.values())).used_at >= IDLE_SECONDS:
            self._by_id.popitem(last=False)
        return now
