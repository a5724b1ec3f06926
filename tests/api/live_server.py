"""The application on a real port of this machine, in a thread."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from api.app import create_app
from api.service import Service
from api.settings import Settings
from api.shelf import Answering
from tests.api.conftest import NOW, wait_until


@dataclass(frozen=True)
class LiveServer:
    url: str
    service: Service


@contextmanager
def serving(
    index: Path, assistant: Answering, *, now: Callable[[], dt.datetime] = lambda: NOW, **settings: object
) -> Iterator[LiveServer]:
    """Serve until the block ends; ready when it begins."""
    app = create_app(
        Settings.model_validate({"index": index, "rate_limit": 0} | settings), opener=lambda *_: assistant, now=now
    )
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    service: Service = app.state.service
    wait_until(lambda: service.shelf._assistant is not None)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveServer(f"http://127.0.0.1:{port}", service)
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()
