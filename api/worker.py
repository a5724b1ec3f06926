"""One of several processes that answer on one address; `api.workers` starts it.

    python -m api.worker LISTENER WATCHER COUNTS FOLDER

The first three are open files: the socket to accept from, the line to who watches, the shared count of questions.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

from knowledge.collector import collector_paused

with collector_paused():
    import uvicorn

    from api.app import BACKLOG, Shared, answer_on
    from api.settings import Settings
    from api.workers import BEAT_SECONDS, WRONG_USE
    from knowledge.errors import ConfigurationError

ACCEPTED_AT_ONCE = 16
"""Connections that a worker takes in one go: with all that wait, a burst would be one worker's alone."""


class WatchedServer(uvicorn.Server):
    """A server that gives signs of life, and stops when nobody hears them any more."""

    def __init__(self, config: uvicorn.Config, line: socket.socket) -> None:
        super().__init__(config)
        self._line = line
        self._beating: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(BACKLOG)  # asyncio takes one number for what may wait and for what is taken in one go
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            try:
                self._line.send(b".")
            except BlockingIOError:
                pass  # who watches is busy
            except OSError:
                self.should_exit = True
                return
            await asyncio.sleep(BEAT_SECONDS)


def main() -> None:
    """Answer until told to stop; exit code 2 when a setting is wrong."""
    listener, watcher, counts = (int(number) for number in sys.argv[1:4])
    line = socket.socket(fileno=watcher)
    line.setblocking(False)
    try:
        answer_on(
            socket.socket(fileno=listener),
            Settings.from_environment(),
            Shared(Path(sys.argv[4]), counts),
            lambda config: WatchedServer(config, line),
            backlog=ACCEPTED_AT_ONCE,
        )
    except ConfigurationError as error:
        print(f"loket: {error}", file=sys.stderr)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        os._exit(0)  # uvicorn has stopped, and raises the signal anew


if __name__ == "__main__":
    main()
