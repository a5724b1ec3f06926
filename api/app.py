"""The web application, put together; `loket serve` runs it."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from api import (
    change_routes,
    conversation_routes,
    helpdesk_page,
    logs,
    pages,
    problems,
    receipt_routes,
    review_routes,
    routes,
    rule_routes,
    widget,
)
from api.chroma_commands import vector_server
from api.intake import Intake, Journal
from api.metrics import Metrics
from api.options import language_model, open_id, open_receipts, today_in_the_netherlands
from api.origins import Origins, read_origins
from api.service import Service
from api.settings import Settings
from api.shelf import Answering, Opener, Shelf
from api.store import Store, open_store
from knowledge.errors import ConfigurationError

if TYPE_CHECKING:
    from assistant.answer import Keep, Timed
    from assistant.model.doors import LanguageModel
    from knowledge.vector_server import ServerAddress

OPENING_SECONDS = 30.0
SHUTDOWN_SECONDS = 8
BACKLOG = 2048
"""Connections that may wait to be accepted."""
ROUTED = (
    routes,
    rule_routes,
    change_routes,
    receipt_routes,
    conversation_routes,
    review_routes,
    widget,
    pages,
    helpdesk_page,
)
"""Modules whose routes are served."""


def open_assistant(
    index: Path,
    encoder: str,
    model: LanguageModel | None = None,
    keep: Keep | None = None,
    timed: Timed | None = None,
    server: ServerAddress | None = None,
    *,
    earlier: bool = False,
) -> Answering:
    """Open the published snapshot, or the one before it; imported late, because its libraries take seconds to load."""
    from assistant.answer import Assistant
    from knowledge.snapshot import open_earlier_snapshot

    return Assistant.open(
        index,
        encoder=encoder,
        model=model,
        keep=keep,
        timed=timed,
        server=server,
        snapshot=open_earlier_snapshot(index, server) if earlier else None,
        may_lack_encoder=True,
    )


def metered(settings: Settings, store: Store) -> LanguageModel | None:
    """The chat model that is set, with the calls that it may make in a day. Raises ConfigurationError."""
    model = language_model(settings)
    if model is None or not settings.model_daily_calls:
        return model
    from api.metered import Metered

    line = Metered(model.line, store, settings.model_daily_calls, today_in_the_netherlands)
    return replace(model, line=line)


@dataclass(frozen=True)
class Shared:
    """What the workers of one `loket serve` share: a folder for their counts, and the questions of each client."""

    folder: Path
    counts: int


def create_app(
    settings: Settings,
    *,
    opener: Opener | None = None,
    now: Callable[[], dt.datetime] | None = None,
    shared: Shared | None = None,
) -> FastAPI:
    """The application. `opener` and `now` are replaced in tests; `now` must be an aware moment.

    `shared`: where this process is one of several.

    Raises ConfigurationError when a model is set that cannot be opened, a database that is not for us, or a site
    that is no origin.
    """
    allowed = read_origins(settings.allowed_origins)
    server = vector_server(settings.chroma_url)
    openid = open_id(settings)
    receipts = open_receipts(settings)
    keep = receipts.keep if receipts else None
    store = open_store(settings.database_url.get_secret_value(), is_shared=shared is not None)
    metrics = Metrics(shared.folder if shared else None)
    try:
        model = metered(settings, store)
    except ConfigurationError:
        store.close()
        raise
    published = partial(open_assistant, model=model, keep=keep, timed=metrics.step, server=server)
    earlier = partial(published, earlier=True)
    shelf = Shelf(settings.index, settings.encoder, opener or published, earlier=None if opener else earlier)
    service = Service(settings, shelf, store, receipts, metrics, now, shared.counts if shared else None)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.shelf.look()
        watching = [asyncio.create_task(service.watch.run()), asyncio.create_task(service.keep_looking())]
        yield
        for task in watching:
            task.cancel()
        await run_in_threadpool(service.close)

    app = FastAPI(
        title="Inkooploket",
        version="1",
        description="Answers care providers' questions about a health insurer's procurement policy, with the source.",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    app.state.openid = openid
    problems.install(app)
    for part in ROUTED:
        app.include_router(part.router)
    app.mount("/static", pages.static_files(), name="static")
    app.add_middleware(Intake)
    app.add_middleware(Origins, allowed=allowed)
    app.add_middleware(Journal, metrics=metrics)  # added last: outermost, so that a refusal at the door is logged too
    return app


def serve(settings: Settings) -> None:
    """Run until told to stop, in this process or in the workers that the settings ask for.

    Raises ConfigurationError when a setting is wrong, or the address to listen on is taken.
    """
    with _listener(settings.host, settings.port) as listener:
        if settings.workers == 1:
            answer_on(listener, settings)
            return
        from api.workers import serve_by_workers

        outlet = logs.install(settings.log, sys.stderr)
        try:
            open_store(
                settings.database_url.get_secret_value()
            ).close()  # the tables are made, or what is wrong is said once
            serve_by_workers(settings, listener)
        finally:
            outlet.close()


def answer_on(
    listener: socket.socket,
    settings: Settings,
    shared: Shared | None = None,
    make_server: Callable[[uvicorn.Config], uvicorn.Server] = uvicorn.Server,
    backlog: int = BACKLOG,
) -> None:
    """Answer who connects to `listener`, until told to stop.

    The access log is off: it would hold the questions in `?q=`. The application logs its own lines.

    Raises ConfigurationError when a setting is wrong.
    """
    outlet = logs.install(settings.log, sys.stderr)
    try:
        app = create_app(settings, shared=shared)
        # Listening comes after opening: a page that is there before its answers are greets its reader with an error.
        service: Service = app.state.service
        service.shelf.open_first(OPENING_SECONDS)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=backlog,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
        make_server(config).run(sockets=[listener])
    finally:
        outlet.close()


def _listener(host: str, port: int) -> socket.socket:
    """A socket that is bound, and does not listen yet."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise ConfigurationError(
            f"op {host} poort {port} kan niet worden geluisterd ({error.strerror}); "
            "geef een andere LOKET_HOST of LOKET_PORT"
        ) from error
    return listener
