"""Receipts on disk: a JSON line each, a file a day, deleted when they are old."""

from __future__ import annotations

import datetime as dt
import logging
import mmap
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from assistant.answer_receipts import AnswerReceipt

log = logging.getLogger("loket.receipts")

DAY_BYTES_AT_MOST = 512 * 1024 * 1024
"""A file is not written on beyond this: a flood of questions must not fill the disk."""
REMEMBERED_AT_MOST = 20_000
"""Receipts of today that are not written twice: the same question of the same day gives the same receipt."""

_ID = re.compile(r"[0-9a-f]{20}")
_FILE = re.compile(r"receipts-\d{4}-\d{2}-\d{2}\.jsonl")


def today_utc() -> dt.date:
    """The day by which files are named."""
    return dt.datetime.now(dt.UTC).date()


class ReceiptStore:
    """The receipts in a folder. Safe to use from several threads, and from several processes on one machine.

    A line is written with one call that appends, so that lines of two processes do not mix; what a crash
    left half written is passed over when it is read. Where a receipt cannot be written the answer goes out all
    the same, and the log says so once a day.
    """

    def __init__(self, folder: Path, retention_days: int, today: Callable[[], dt.date] = today_utc) -> None:
        self._folder = folder
        self._retention_days = retention_days
        self._today = today
        self._lock = threading.Lock()
        self._day: dt.date | None = None
        self._written: OrderedDict[str, None] = OrderedDict()
        self._has_warned = False
        self.is_failing = False

    def keep(self, receipt: AnswerReceipt) -> None:
        """Write a receipt, unless this process has written it today."""
        with self._lock:
            try:
                self._begin_day()
                if receipt.id not in self._written and self._append(receipt.model_dump_json()):
                    self._written[receipt.id] = None
                    if len(self._written) > REMEMBERED_AT_MOST:
                        self._written.popitem(last=False)
                    self.is_failing = False
            except OSError as error:
                self._warn(error.strerror or type(error).__name__)

    def find(self, receipt_id: str) -> AnswerReceipt | None:
        """The receipt with this id; None where there is none (any more)."""
        if not _ID.fullmatch(receipt_id):
            return None
        start = f'{{"id":"{receipt_id}"'.encode()
        for path in sorted(self._files(), reverse=True):
            line = _line_from(path, start)
            if line is not None:
                return line
        return None

    def all(self) -> Iterator[AnswerReceipt]:
        """Every receipt that is kept, the oldest day first; what a crash left half written is passed over."""
        for path in sorted(self._files()):
            with path.open("rb") as file:
                for line in file:
                    with suppress(ValidationError):
                        yield AnswerReceipt.model_validate_json(line)

    def _begin_day(self) -> None:
        """Once a day: make the folder, delete what is old, forget what was written."""
        today = self._today()
        if self._day == today:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        oldest = today - dt.timedelta(days=self._retention_days - 1)
        for path in list(self._files()):
            if path.name < _name_of(oldest):  # names sort as their days do
                path.unlink(missing_ok=True)
        self._day, self._has_warned = today, False
        self._written.clear()

    def _append(self, line: str) -> bool:
        path = self._folder / _name_of(self._day or self._today())
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if size >= DAY_BYTES_AT_MOST:
                self._warn(f"{path.name} is full")
                return False
            # A crash may have left half a line: what follows must not become part of it. A line that is being written
            # may look torn too; then an empty one stands between the two. A lock could be held by a frozen process.
            is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            content = (("\n" if is_torn else "") + line + "\n").encode()
            return os.write(descriptor, content) == len(content)
        finally:
            os.close(descriptor)

    def _files(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if _FILE.fullmatch(path.name))

    def _warn(self, why: str) -> None:
        self.is_failing = True
        if not self._has_warned:
            log.warning("receipts are not kept in %s: %s", self._folder, why)
            self._has_warned = True


def _name_of(day: dt.date) -> str:
    return f"receipts-{day.isoformat()}.jsonl"


def _line_from(path: Path, start: bytes) -> AnswerReceipt | None:
    """The receipt whose line begins with `start`; half a line is none."""
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                return None
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                place = content.find(start)
                while place >= 0:
                    end = content.find(b"\n", place)
                    if end >= 0 and (place == 0 or content[place - 1 : place] == b"\n"):
                        return AnswerReceipt.model_validate_json(content[place:end])
                    place = content.find(start, place + 1)
    except (OSError, ValueError, ValidationError):
        return None
    return None
