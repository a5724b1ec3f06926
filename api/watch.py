"""Looks at the store every second: is the service closed, which answers are approved, is the store there at all."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from api.approved import ApprovedBook
from api.problems import CLOSED, Problem
from api.settings import Settings
from api.store import Store
from api.store.approvals import list_approved
from api.store.schema import approved
from api.store.state import closed_since
from api.store.turns import delete_old
from knowledge.errors import StoreError

log = logging.getLogger("loket.api")

LOOK_SECONDS = 1.0
CLEAN_SECONDS = 3600.0
CLOSED_RETRY_SECONDS = 300


class _Seen(NamedTuple):
    closed_since: dt.datetime | None
    approvals: tuple[int, dt.datetime | None]


def _look(connection: Connection) -> _Seen:
    count = connection.execute(select(func.count(), func.max(approved.c.created_at))).one()
    return _Seen(closed_since(connection), (count[0], count[1]))


class Watch:
    """What the store said when it was last looked at. What is read of it costs nothing."""

    def __init__(self, store: Store, settings: Settings, now: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._seen = _Seen(None, (0, None))
        self.approved = ApprovedBook()
        self.is_store_away = False

    @property
    def is_closed(self) -> bool:
        """Whether questions are not answered just now."""
        return self._settings.closed or self._seen.closed_since is not None

    def closed_problem(self) -> Problem:
        """What who asks is told then, and whom to ask instead."""
        contact = self._settings.contact.strip()
        more = f"U kunt uw vraag stellen via {contact}." if contact else ""
        return Problem(CLOSED, headers={"Retry-After": str(CLOSED_RETRY_SECONDS)}, more=more)

    async def look(self) -> None:
        """Look now. A store that is away leaves what was seen last."""
        try:
            seen = await self._store.read(_look)
            if seen.approvals != self._seen.approvals:
                self.approved = ApprovedBook(await self._store.read(list_approved))
            self._seen, self.is_store_away = seen, False
        except StoreError:
            self.is_store_away = True

    async def clean(self) -> None:
        """Delete what is older than the settings have it kept."""
        today = dt.datetime.now(dt.UTC)
        try:
            await self._store.write(
                delete_old,
                used_before=today - dt.timedelta(days=self._settings.conversation_days),
                reviewed_before=today - dt.timedelta(days=self._settings.feedback_days),
            )
        except StoreError as error:
            log.warning("old conversations are not deleted yet: %s", error)

    async def run(self) -> None:
        """Look and clean, until cancelled."""
        rounds = round(CLEAN_SECONDS / LOOK_SECONDS)
        turn = 0
        while True:
            try:
                await self.look()
                if turn % rounds == 0:
                    await self.clean()
            except Exception as error:  # noqa: BLE001 - whoever closes the service must be heard next time
                log.error("the store says what cannot be read: %s", type(error).__name__)  # noqa: TRY400 - its text may be data
            turn += 1
            await asyncio.sleep(LOOK_SECONDS)
