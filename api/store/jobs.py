"""A piece of work that waits for the writer, and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from knowledge.errors import StoreError


@dataclass
class Job:
    """A piece of work for the writer. `is_behind`: nobody waits, so that it is tried again until it is done."""

    work: Callable[[Connection], Any]
    is_behind: bool
    future: Future[Any] = field(default_factory=Future)


def done(connection: Connection, job: Job) -> tuple[Any, Exception | None]:
    """The result of one job, or why it alone failed; what ails the database itself is raised."""
    try:
        with connection.begin_nested():
            return job.work(connection), None
    except (OperationalError, InterfaceError):
        raise
    except SQLAlchemyError as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        return None, StoreError(f"refused by the database: {type(error).__name__}")
    except Exception as error:  # noqa: BLE001 - an error of the work belongs to who asked for it
        return None, error
