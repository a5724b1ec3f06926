"""The door: every request gets an id, a bounded body and strict JSON; every response its headers.

Plain ASGI, not Starlette's BaseHTTPMiddleware, which holds back server-sent events.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
import uuid
from collections.abc import MutableMapping
from typing import Any, NoReturn

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import Pseudonyms, letters_of
from api.metrics import Metrics
from api.problems import INTERNAL, MALFORMED, MEDIA, SLOW_BODY, TOO_LARGE, Problem, report

log = logging.getLogger("loket.api")

BODY_BYTES_AT_MOST = 32 * 1024
BODY_SECONDS_AT_MOST = 15.0
DEPTH_AT_MOST = 16

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
"""Strict-Transport-Security is left to whoever ends the TLS: this process knows no certificate, and the header would
bind every other service under the same name too."""
FOR_OTHER_SITES = ("/static/", "/widget")
"""What a page of another site may load: the widget and what it needs. All else is read under CORS, or not at all."""


def read_json(body: bytes) -> Any:
    """Parse JSON as RFC 8259 means it.

    Raises:
        ValueError: not JSON or not UTF-8, a name twice in one object, NaN or Infinity, a number
            beyond a float, a lone surrogate, or more than `DEPTH_AT_MOST` levels.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    _check(value)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _refuse(_: str) -> NoReturn:
    raise ValueError("not a number of JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number beyond a float")
    return number


def _check(value: Any) -> None:
    """Refuse depth and lone surrogates, without recursion."""
    left: list[tuple[Any, int]] = [(value, 1)]
    while left:
        item, depth = left.pop()
        if depth > DEPTH_AT_MOST:
            raise ValueError("nested too deep")
        if isinstance(item, str):
            item.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
        elif isinstance(item, dict):
            left.extend((part, depth + 1) for pair in item.items() for part in pair)
        elif isinstance(item, list):
            left.extend((part, depth + 1) for part in item)


class Intake:
    """Reads the body before the app does, and refuses what the app should never see."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with its body read, or answer with a problem."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            body = await self._admit(scope, receive)
        except Problem as problem:
            await problem.response()(scope, receive, send)
            return
        if body is None:
            return
        unread = [body]

        async def replay() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await receive()

        await self._app(scope, replay, send)

    async def _admit(self, scope: Scope, receive: Receive) -> bytes | None:
        """The body, checked; None: the client has left."""
        headers = Headers(scope=scope)
        announced = headers.get("content-length", "0")
        if announced.isdigit() and int(announced[:20]) > BODY_BYTES_AT_MOST:
            raise Problem(TOO_LARGE)
        try:
            async with asyncio.timeout(BODY_SECONDS_AT_MOST):
                body = await self._read(receive)
        except TimeoutError as error:
            raise Problem(SLOW_BODY) from error
        if body is None or scope["method"] not in ("POST", "PUT", "PATCH"):
            return body
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Problem(MEDIA)
        try:
            read_json(body)
        except ValueError as error:
            raise Problem(MALFORMED) from error
        return body

    @staticmethod
    async def _read(receive: Receive) -> bytes | None:
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > BODY_BYTES_AT_MOST:
                raise Problem(TOO_LARGE)
            more = message.get("more_body", False)
        return bytes(body)


class Journal:
    """Gives each request an id, logs and counts it without its query or body, and turns a crash into a 500."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._pseudonyms = Pseudonyms()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on; log it when it is done."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = letters_of(uuid.uuid4().bytes)
        state: MutableMapping[str, Any] = scope.setdefault("state", {})
        state["request_id"] = request_id
        started_at = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                if scope["path"].startswith(FOR_OTHER_SITES):
                    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last door: nothing unforeseen may reach the caller or the log raw
            report(error, request_id)
            if status:
                raise ConnectionError("response broken off") from None
            await Problem(INTERNAL).response(request_id)(scope, receive, send_with_headers)
        finally:
            seconds = time.perf_counter() - started_at
            self._tell(scope, request_id, status, seconds)

    def _tell(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """Log and count a request that ended; its address is told by the route's template."""
        route, method = getattr(scope.get("route"), "path", "-"), scope["method"]
        self._metrics.request(method, route, status, seconds)
        client = scope.get("client")
        event = {
            "event": "request",
            "request": request_id,
            "method": method,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "client": self._pseudonyms.of(client[0]) if client else None,
        }
        log.info("%s %s %d %.0f ms %s", method, route, status, event["ms"], request_id, extra={"event": event})
