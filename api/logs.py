"""Logs as events: a line each, as text or as JSON, without personal data, and never in the way of a request.

A line bears no question and no answer. Who asked is told by a pseudonym under a salt that is thrown away every day
and at every start: lines of one day can be put together, those of two days cannot, and nobody can be looked up.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import queue
import secrets
import threading
from collections.abc import Callable
from logging.handlers import QueueHandler
from typing import Any, Literal, TextIO

from assistant.guard.personal_data import mask

QUEUED_AT_MOST = 10_000
"""Lines that a slow disk or terminal has not taken; what comes on top is dropped and counted."""
CLOSE_SECONDS = 1.0
CHATTY = ("httpx", "httpx2")
"""Libraries that log every address they fetch."""

log = logging.getLogger("loket.api")


def letters_of(value: bytes) -> str:
    """Two letters a byte: nine digits in a row may pass for a citizen service number, and a line masks those."""
    return "".join(chr(ord("a") + half) for byte in value for half in divmod(byte, 16))


class Pseudonyms:
    """Names for clients that hold for a day."""

    def __init__(self, today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()) -> None:
        self._today = today
        self._lock = threading.Lock()
        self._day: dt.date | None = None
        self._salt = b""

    def of(self, name: str) -> str:
        """Twelve letters: the same for the same name on the same day."""
        with self._lock:
            if self._day != self._today():
                self._day, self._salt = self._today(), secrets.token_bytes(32)
            return letters_of(hmac.digest(self._salt, name.encode("utf-8", "replace"), hashlib.sha256))[:12]


class _Lines(logging.Formatter):
    """An event as one line of text."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger and message, personal data masked; what goes on over more lines is indented."""
        return mask(super().format(record)).replace("\n", "\n    ")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - the base's name
        """The moment in UTC."""
        return dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")


class _JsonLines(logging.Formatter):
    """An event as one line of JSON: `at`, `level`, `logger`, `event`, and what the event is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The event; one without a name of its own is a `message`."""
        about: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
        }
        event = getattr(record, "event", None)
        about |= event if isinstance(event, dict) else {"event": "message", "message": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            about["error"] = record.exc_info[0].__name__
        return mask(json.dumps(about, ensure_ascii=False, default=str))


class Outlet(QueueHandler):
    """Takes events at once and writes them in a thread of its own; a sink that hangs costs lines, never a request."""

    def __init__(self, stream: TextIO, formatter: logging.Formatter) -> None:
        self._lines: queue.Queue[logging.LogRecord | None] = queue.Queue(QUEUED_AT_MOST)
        super().__init__(self._lines)
        self._stream = stream
        self._formatter = formatter
        self.dropped = 0
        self._thread = threading.Thread(target=self._write, name="loket-log", daemon=True)
        self._thread.start()

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        """Fix the message here: what it was made of may change before it is written."""
        record.message = record.getMessage()
        record.msg, record.args = record.message, None
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        """Hand a record on, or drop it."""
        try:
            self._lines.put_nowait(record)
        except queue.Full:
            self.dropped += 1

    def close(self) -> None:
        """Write what is left, for `CLOSE_SECONDS` at most."""
        try:
            self._lines.put_nowait(None)
        except queue.Full:
            pass
        else:
            self._thread.join(CLOSE_SECONDS)
        super().close()

    def _write(self) -> None:
        while (record := self._lines.get()) is not None:
            try:
                self._stream.write(self._formatter.format(record) + "\n")
                self._stream.flush()
            except (OSError, ValueError):
                self.dropped += 1  # the sink is gone: nobody is left to tell


def install(kind: Literal["text", "json"], stream: TextIO) -> Outlet:
    """Send what all loggers say to `stream`, in this kind of lines."""
    formatter = _JsonLines() if kind == "json" else _Lines("%(asctime)s %(levelname)s %(name)s %(message)s")
    outlet = Outlet(stream, formatter)
    root = logging.getLogger()
    for handler in list(root.handlers):
        root.removeHandler(handler)
    root.addHandler(outlet)
    root.setLevel(logging.INFO)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return outlet
