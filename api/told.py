"""What an answer tells while it comes to be, from the thread that answers to the stream that a client reads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from assistant.model.budget import Listener
from assistant.turn import Answer, Citation

Event = tuple[str, dict[str, Any]]


class Told(Listener):
    """A listener whose events are read on the event loop that it was made on."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()

    def evidence(self, citations: Sequence[Citation], results: Sequence[Mapping[str, object]]) -> None:
        """The citations, then each result."""
        self._put(("evidence", {"citations": tuple(citations)}))
        for result in results:
            self._put(("result", dict(result)))

    def text(self, so_far: str) -> None:
        """All sentences that passed so far."""
        self._put(("text", {"text": so_far, "partial": True}))

    async def until(self, future: Future[Answer], seconds: float) -> AsyncGenerator[Event, None]:
        """The events until the answer is there, fails, or has taken `seconds`."""
        future.add_done_callback(lambda _: self._put(None))
        ends = self._loop.time() + seconds
        while True:
            try:
                event = await asyncio.wait_for(self._events.get(), max(0.0, ends - self._loop.time()))
            except TimeoutError:
                return
            if event is None:
                return
            yield event

    def _put(self, event: Event | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)
