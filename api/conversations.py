"""Conversations as they go on: the hot ones in memory, all of them in the store."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from api.store import Store
from api.store.turns import Exchange, add_exchange, delete_conversation, last_exchanges
from assistant.turn import HistoryTurn
from knowledge.errors import StoreError

IDLE_SECONDS = 30 * 60.0
HOT_AT_MOST = 10_000
TURNS_AT_MOST = 20
EXPORTED_AT_MOST = 1000
UNWRITTEN_SECONDS = 10.0
"""What is in memory for longer and not in a store that others share was deleted there."""

SHARED_SECONDS = 0.5
"""An answer waits this long at most until other processes can go on with its conversation."""

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class _Conversation:
    used_at: float
    turns: deque[HistoryTurn] = field(default_factory=lambda: deque(maxlen=TURNS_AT_MOST))


class Conversations:
    """The earlier turns of each conversation, by an id that only this class makes; who knows it may read it.

    A conversation idle for `IDLE_SECONDS` is not gone on with. It is kept in the store for as long as the
    settings say, to be read or deleted by who had it, and to be reviewed. Used from the event loop only.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._hot: OrderedDict[str, _Conversation] = OrderedDict()  # idle longest first

    def __len__(self) -> int:
        return len(self._hot)

    async def resume(self, conversation_id: str | None) -> tuple[str, tuple[HistoryTurn, ...]]:
        """The id and earlier turns, oldest first; an id that is not on file starts a new conversation.

        A store that is away costs a conversation its earlier turns, unless it is in memory; never the answer.
        """
        self._forget_idle()
        known = None
        if conversation_id is not None and _ID.fullmatch(conversation_id):
            known = self._hot.get(conversation_id)
            if known is None or self._store.is_shared:  # another process may have gone on with it
                known = await self._look_up(conversation_id, known)
        if conversation_id is None or known is None:
            conversation_id, known = str(uuid.uuid4()), _Conversation(0)
        known.used_at = self._clock()
        self._hot[conversation_id] = known
        self._hot.move_to_end(conversation_id)
        if len(self._hot) > HOT_AT_MOST:
            self._hot.popitem(last=False)
        return conversation_id, tuple(known.turns)

    async def add(self, exchange: Exchange) -> None:
        """Remember an exchange; of a conversation that was forgotten or deleted in the meantime nothing is kept.

        Where another process may be asked next it is in the store on return, unless that takes too long.
        """
        self._forget_idle()
        known = self._hot.get(exchange.conversation_id)
        if known is None:
            return
        known.used_at = self._clock()
        self._hot.move_to_end(exchange.conversation_id)
        known.turns.extend(_turns([exchange]))
        written = self._store.write_behind(add_exchange, exchange)
        if self._store.is_shared and self._store.failure is None:
            await asyncio.wait([asyncio.wrap_future(written)], timeout=SHARED_SECONDS)

    async def export(self, conversation_id: str) -> list[Exchange]:
        """What is kept of a conversation, oldest first; empty where nothing is. Raises StoreError."""
        if not _ID.fullmatch(conversation_id):
            return []
        # As a write: what still waits to be written comes first.
        return await self._store.write(last_exchanges, conversation_id, EXPORTED_AT_MOST)

    async def delete(self, conversation_id: str) -> bool:
        """Whether there was such a conversation, of which nothing is left now. Raises StoreError."""
        if not _ID.fullmatch(conversation_id):
            return False
        was_hot = self._hot.pop(conversation_id, None) is not None
        return await self._store.write(delete_conversation, conversation_id) or was_hot

    async def _look_up(self, conversation_id: str, hot: _Conversation | None) -> _Conversation | None:
        """The conversation as the store has it; `hot` where the store is away, or may not have it yet.

        Where another process may have had it, it keeps its id while the store is away, and its turns come back later.
        """
        try:
            kept = await self._store.read(last_exchanges, conversation_id, TURNS_AT_MOST // 2)
        except StoreError:
            return hot or (_Conversation(self._clock()) if self._store.is_shared else None)
        if not kept and hot is not None and self._clock() - hot.used_at < UNWRITTEN_SECONDS:
            return hot
        if not kept or self._clock() - kept[-1].at.timestamp() >= IDLE_SECONDS:
            return None
        conversation = _Conversation(kept[-1].at.timestamp())
        conversation.turns.extend(_turns(kept))
        return conversation

    def _forget_idle(self) -> None:
        now = self._clock()
        while self._hot and now - next(iter(self._hot.values())).used_at >= IDLE_SECONDS:
            self._hot.popitem(last=False)


def _turns(exchanges: Iterable[Exchange]) -> Iterable[HistoryTurn]:
    for exchange in exchanges:
        yield HistoryTurn(role="user", content=exchange.question)
        yield HistoryTurn(role="assistant", content=exchange.text)
