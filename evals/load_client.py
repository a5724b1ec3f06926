"""Users of the service over HTTP: they ask, and say what came of it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import count, cycle, islice
from typing import Self

PATIENCE_SECONDS = 90.0
REFUSALS = frozenset({429, 503})
RECOVERED_ASKS = 3
"""Questions in a row that are answered as fast as usual when a service has recovered."""
AS_FAST, FAST_SECONDS = 2.0, 0.1
"""As fast as usual: within so many times the usual time, or within so many seconds."""


@dataclass(frozen=True)
class Reply:
    """What came of a question. `status` 0: no reply. `is_whole`: an answer came, and all of it.

    `retry_after`: in how many seconds a refused user may come back; None where it does not say.
    """

    status: int
    seconds: float
    is_whole: bool
    retry_after: float | None = None

    @property
    def is_refusal(self) -> bool:
        """Whether it was refused as it should be: by a status for it, with when to come back."""
        return self.status in REFUSALS and self.retry_after is not None

    @property
    def is_error(self) -> bool:
        """Neither answered nor refused as it should be."""
        return not self.is_whole and not self.is_refusal


class User:
    """A connection that is kept open between questions, until the block ends."""

    def __init__(self, port: int, *, streams: bool = False) -> None:
        """`streams`: the answer is wanted as server-sent events."""
        self._port = port
        self._streams = streams
        self._connection: HTTPConnection | None = None

    def ask(self, question: str) -> Reply:
        """Ask, and wait for all of the answer."""
        began = time.perf_counter()
        try:
            response = self._send(question)
            body = response.read()
        except (OSError, HTTPException):
            self._leave()
            return Reply(0, time.perf_counter() - began, is_whole=False)
        seconds = time.perf_counter() - began
        after = response.headers.get("Retry-After", "")
        whole = response.status == 200 and (_ends_with_answer(body) if self._streams else b'"receipt_id"' in body)
        return Reply(response.status, seconds, whole, float(after) if after.isdigit() else None)

    def __enter__(self) -> Self:
        """Connects when a question is asked."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connection."""
        self._leave()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, question: str) -> HTTPResponse:
        if self._connection is not None:
            try:
                return self._request(self._connection, question)
            except ConnectionError:  # a connection that was kept may have been closed in the meantime
                self._leave()
        self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        return self._request(self._connection, question)

    def _request(self, connection: HTTPConnection, question: str) -> HTTPResponse:
        path = "/v1/answers/stream" if self._streams else "/v1/answers"
        connection.request("POST", path, json.dumps({"question": question}), {"Content-Type": "application/json"})
        return connection.getresponse()


def _ends_with_answer(body: bytes) -> bool:
    events = body.decode("utf-8", "replace").replace("\r\n", "\n").strip().split("\n\n")
    return "event: answer" in events[-1]


def ask_for(
    ports: Sequence[int],
    questions: Sequence[str],
    users: int,
    seconds: float,
    *,
    rate: float = 0.0,
    streams: bool = False,
) -> list[Reply]:
    """The replies to users who ask for so many seconds, spread over the ports; who is refused comes back when told to.

    `rate`: questions a second, of all together; 0: each asks again as soon as he has an answer.
    """
    until = time.monotonic() + seconds

    def be(number: int) -> list[Reply]:
        replies: list[Reply] = []
        due = time.monotonic() + (number / rate if rate else 0.0)
        with User(ports[number % len(ports)], streams=streams) as user:
            for question in islice(cycle(questions), number * len(questions) // users, None):
                time.sleep(max(0.0, min(due, until) - time.monotonic()))
                if time.monotonic() >= until:
                    break
                replies.append(user.ask(question))
                again = time.monotonic() + (replies[-1].retry_after or 0.0)
                due = max(due + users / rate if rate else 0.0, again)
        return replies

    return _all_of([partial(be, number) for number in range(users)])


def ask_at_once(ports: Sequence[int], questions: Sequence[str], users: int) -> list[Reply]:
    """The replies to users who all ask at the same moment, each once."""
    gate = threading.Barrier(users)

    def be(number: int) -> list[Reply]:
        gate.wait()
        with User(ports[number % len(ports)]) as user:
            return [user.ask(questions[number % len(questions)])]

    return _all_of([partial(be, number) for number in range(users)])


def recovered_in(ports: Sequence[int], questions: Sequence[str], usual_seconds: float, most_seconds: float) -> float:
    """In how many seconds from now questions are answered as fast as usual; `most_seconds` where it takes longer."""
    began, in_a_row, since = time.monotonic(), 0, 0.0
    for number in count():
        asked = time.monotonic() - began
        if asked >= most_seconds:
            break
        with User(ports[number % len(ports)]) as user:
            reply = user.ask(questions[number % len(questions)])
        if reply.is_whole and reply.seconds <= max(AS_FAST * usual_seconds, FAST_SECONDS):
            since = since if in_a_row else asked
            in_a_row += 1
        else:
            in_a_row = 0
        if in_a_row == RECOVERED_ASKS:
            return since
    return most_seconds


def _all_of(work: Sequence[Callable[[], list[Reply]]]) -> list[Reply]:
    """What everyone got, all at work at once."""
    with ThreadPoolExecutor(len(work)) as pool:
        return [reply for replies in [pool.submit(each) for each in work] for reply in replies.result()]
