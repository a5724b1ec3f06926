"""At most so many calls of the chat model a day, over all processes that share the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from api.store import Store
from api.store.state import count
from assistant.model.budget import Budget
from assistant.model.exchange import ChatLine, ModelFailure, Request
from knowledge.errors import StoreError

CALLS = "model_calls"


class Metered:
    """Asks a model as long as the day's calls last. A store that cannot count is no leave to spend."""

    def __init__(self, line: ChatLine, store: Store, calls_a_day: int, today: Callable[[], dt.date]) -> None:
        self._line = line
        self._store = store
        self._calls_a_day = calls_a_day
        self._today = today

    @property
    def name(self) -> str:
        """The model's."""
        return self._line.name

    def ask(
        self, request: Request, budget: Budget, seconds: float, on_text: Callable[[str], None] | None = None
    ) -> str:
        """The reply; see `ChatLine.ask`."""
        try:
            spent = self._store.write_now(count, CALLS, self._today())
        except StoreError as error:
            raise ModelFailure("spent", "the calls of today cannot be counted") from error
        if spent > self._calls_a_day:
            raise ModelFailure("spent", "the calls of today are spent")
        return self._line.ask(request, budget, seconds, on_text)
