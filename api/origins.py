"""Which other sites may call the interface from a browser (CORS), and the refusal of all others.

A page of a site that is not allowed can read its own refusal, so that the widget on it can say what is wrong, and
nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import FOREIGN_ORIGIN, Problem
from knowledge.errors import ConfigurationError

GUARDED = "/v1/"
"""Below this path nothing is answered to a page of a site that is not allowed."""
OPEN_TO_ALL = frozenset({"/widget.js"})
PREFLIGHT_SECONDS = 600
_ORIGIN = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)


def read_origins(setting: str) -> frozenset[str]:
    """The origins that `LOKET_ALLOWED_ORIGINS` names, in lower case.

    Raises:
        ConfigurationError: one of them is not a scheme with a host, and a port where it is not the usual one.
    """
    named = [name.strip().rstrip("/") for name in setting.split(",") if name.strip()]
    for name in named:
        if not _ORIGIN.fullmatch(name):
            raise ConfigurationError(
                f"instelling LOKET_ALLOWED_ORIGINS past niet: {name!r} is geen adres van een site; "
                "geef er een zoals https://www.example.org, met komma's ertussen"
            )
    return frozenset(name.lower() for name in named)


class Origins:
    """Answers preflights, marks what an allowed site may read, and refuses the others."""

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or _is_own(origin, headers):
            await self._app(scope, receive, send)
            return
        is_open = scope["path"] in OPEN_TO_ALL
        if not is_open and origin.lower() not in self._allowed:
            if scope["path"].startswith(GUARDED) or scope["method"] not in ("GET", "HEAD"):
                refusal = Problem(FOREIGN_ORIGIN, headers={"Access-Control-Allow-Origin": origin, "Vary": "Origin"})
                await refusal.response()(scope, receive, send)
                return
            await self._app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(origin)(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                marked["Access-Control-Allow-Origin"] = origin
                marked["Access-Control-Expose-Headers"] = "Retry-After"
                marked.add_vary_header("Origin")
            await send(message)

        await self._app(scope, receive, send_marked)


def _is_own(origin: str, headers: Headers) -> bool:
    """Whether the page is the server's own. The scheme does not count: a proxy in front may have ended TLS."""
    return origin.partition("://")[2].lower() == headers.get("host", "").lower() != ""


def _preflight(origin: str) -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": "GET, POST, DELETE",
            "Access-Control-Allow-Headers": "content-type",
            "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
            "Vary": "Origin",
        },
    )
