"""The web application, put together; `loket serve` runs it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from api import change_routes, pages, problems, receipt_routes, routes, rule_routes
from api.intake import Intake, Journal
from api.options import language_model, open_receipts
from api.service import Answering, Opener, Service
from api.settings import Settings

if TYPE_CHECKING:
    from assistant.answer import Keep
    from assistant.model.doors import LanguageModel

OPENING_SECONDS = 30.0
SHUTDOWN_SECONDS = 8


def open_assistant(
    index: Path, encoder: str, model: LanguageModel | None = None, keep: Keep | None = None
) -> Answering:
    """Open the published snapshot; imported late, because the encoder's library takes seconds to load."""
    from assistant.answer import Assistant

    return Assistant.open(index, encoder=encoder, model=model, keep=keep)


def create_app(
    settings: Settings, *, opener: Opener | None = None, now: Callable[[], dt.datetime] | None = None
) -> FastAPI:
    """The application. `opener` and `now` are replaced in tests; `now` must be an aware moment.

    Raises ConfigurationError when a model is set that cannot be opened.
    """
    receipts = open_receipts(settings)
    keep = receipts.keep if receipts else None
    service = Service(settings, opener or partial(open_assistant, model=language_model(settings), keep=keep), now)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.shelf.look()
        yield
        service.close()

    app = FastAPI(
        title="Inkooploket",
        version="1",
        description="Answers care providers' questions about a health insurer's procurement policy, with the source.",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    app.state.receipts = receipts
    problems.install(app)
    app.include_router(routes.router)
    app.include_router(rule_routes.router)
    app.include_router(change_routes.router)
    app.include_router(receipt_routes.router)
    app.include_router(pages.router)
    app.mount("/static", pages.static_files(), name="static")
    app.add_middleware(Intake)
    app.add_middleware(Journal)  # added last: outermost, so that a refusal at the door is logged too
    return app


def serve(settings: Settings) -> None:
    """Run until told to stop.

    The access log is off: it would hold the questions in `?q=`. The application logs its own lines.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    app = create_app(settings)
    # Listening comes after opening: a page that is there before its answers are greets its first reader with an error.
    service: Service = app.state.service
    service.shelf.open_first(OPENING_SECONDS)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
