"""Requests to a chat model over the network: in time, cancelled when late, tried once more when it is busy."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.model.budget import Budget
from assistant.model.exchange import FailureKind, ModelFailure, Request
from assistant.model.opening import open_model, reason

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

LONGEST_REPLY = 3000
"""Characters after which a reply is given up: what is wanted is a third of it."""
TRIES = 2
PAUSE_SECONDS = 0.25
TOO_MANY_REQUESTS = 429
REFUSED, SERVER_ERRORS = range(400, 500), range(500, 600)
FAILURES_IN_A_ROW = 3
REST_SECONDS = 30.0

_CUT_REASONS = frozenset({"length", "max_tokens", "content_filter", "error"})
_TRIED_AGAIN = frozenset({"overloaded", "server_error"})
_COUNTED = frozenset({"timeout", "overloaded", "server_error", "refused", "unreachable"})

_Put = Callable[[object], None]


class _Done:
    """The reply is whole."""


class Breaker:
    """Keeps a model that failed several times in a row from being asked for a while: nobody waits for it in vain."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._rests_until = float("-inf")

    @property
    def is_open(self) -> bool:
        """The model rests."""
        return self._clock() < self._rests_until

    def count(self, *, failed: bool) -> None:
        """Remember how a request ended."""
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= FAILURES_IN_A_ROW:
                self._failures = 0
                self._rests_until = self._clock() + REST_SECONDS


class LiveModel:
    """A chat model asked over the network. Safe to use from several threads."""

    def __init__(self, model: BaseChatModel, name: str, breaker: Breaker | None = None) -> None:
        self._model = model
        self._name = name
        self._breaker = breaker or Breaker()

    @classmethod
    def open(cls, name: str, base_url: str = "", *, timeout_seconds: float) -> LiveModel:
        """The model of a setting. Raises ConfigurationError."""
        return cls(open_model(name, base_url, timeout_seconds=timeout_seconds), name)

    @property
    def name(self) -> str:
        """As the setting has it."""
        return self._name

    def ask(
        self, request: Request, budget: Budget, seconds: float, on_text: Callable[[str], None] | None = None
    ) -> str:
        """The reply; see `ChatLine.ask`."""
        if self._breaker.is_open:
            raise ModelFailure("resting")
        try:
            reply = self._ask(request, budget, seconds, on_text)
        except ModelFailure as failure:
            if failure.kind != "cancelled":  # that the asker left says nothing of the model
                self._breaker.count(failed=failure.kind in _COUNTED)
            raise
        self._breaker.count(failed=False)
        return reply

    def _ask(self, request: Request, budget: Budget, seconds: float, on_text: Callable[[str], None] | None) -> str:
        ends = time.monotonic() + min(seconds, budget.remaining)
        heard: queue.SimpleQueue[object] = queue.SimpleQueue()
        future = asyncio.run_coroutine_threadsafe(self._replied(request, heard.put, ends), _loop())
        budget.listener.on_leaving(lambda: heard.put(ModelFailure("cancelled")))
        parts: list[str] = []
        try:
            while True:
                item = heard.get(timeout=max(0.0, ends - time.monotonic()))
                if isinstance(item, Exception):
                    raise item
                if isinstance(item, _Done):
                    break
                parts.append(str(item))
                if sum(map(len, parts)) > LONGEST_REPLY:
                    raise ModelFailure("too_long")
                if on_text is not None:
                    on_text(parts[-1])
        except queue.Empty:
            raise ModelFailure("timeout", f"{seconds:.1f} seconds") from None
        finally:
            future.cancel()
        reply = "".join(parts)
        if not reply.strip():
            raise ModelFailure("empty")
        return reply

    async def _replied(self, request: Request, put: _Put, ends: float) -> None:
        """Put the pieces of the reply, then that it is whole or what went wrong."""
        for tried in range(1, TRIES + 1):
            started: list[bool] = []
            try:
                await (self._structured(request, put) if request.shape else self._streamed(request, put, started))
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  # the thread that waits raises it
                failure = error if isinstance(error, ModelFailure) else _as_failure(error)
                pause = _pause(error)
                again = failure.kind in _TRIED_AGAIN and not started and tried < TRIES
                if not again or time.monotonic() + pause >= ends:
                    put(failure)
                    return
                await asyncio.sleep(pause)
            else:
                put(_Done())
                return

    async def _streamed(self, request: Request, put: _Put, started: list[bool]) -> None:
        async for chunk in self._model.astream(_messages(request)):
            if text := str(chunk.text):
                started.append(True)
                put(text)
            _refuse_cut(chunk.response_metadata)

    async def _structured(self, request: Request, put: _Put) -> None:
        if request.shape is None:
            raise TypeError("a structured request has a shape")
        shaped = self._model.with_structured_output(request.shape, include_raw=True)
        reply: Any = await shaped.ainvoke(_messages(request))
        _refuse_cut(getattr(reply["raw"], "response_metadata", {}))
        if not isinstance(reply["parsed"], request.shape):
            raise ModelFailure("malformed", reason(reply["parsing_error"]) if reply["parsing_error"] else "")
        put(reply["parsed"].model_dump_json())


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """The event loop on which all requests run, in a thread that does not keep the process alive."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="loket-model", daemon=True).start()
    return loop


def _messages(request: Request) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(request.system), HumanMessage(request.material)]


def _refuse_cut(metadata: dict[str, Any]) -> None:
    ended = metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason")
    if ended in _CUT_REASONS:
        raise ModelFailure("cut", str(ended))


def _as_failure(error: Exception) -> ModelFailure:
    return ModelFailure(_kind_of(error), reason(error))


def _kind_of(error: Exception) -> FailureKind:
    """What went wrong, as far as the errors of many libraries tell it alike."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        if status == TOO_MANY_REQUESTS:
            return "overloaded"
        return "server_error" if status in SERVER_ERRORS else "refused" if status in REFUSED else "malformed"
    named = " ".join(kind.__name__.lower() for kind in type(error).__mro__)
    if isinstance(error, TimeoutError) or "timeout" in named:
        return "timeout"
    if isinstance(error, ConnectionError) or "connect" in named or "network" in named:
        return "unreachable"
    return "cut" if "protocol" in named or "incomplete" in named else "malformed"


def _pause(error: Exception) -> float:
    """How long to wait before the second try: as long as the server says, else a moment."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after", PAUSE_SECONDS)))
    except ValueError:
        return PAUSE_SECONDS
