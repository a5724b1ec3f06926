"""What all processes of the service share: whether it is closed, and what was spent today."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from api.store.schema import counters, flags

CLOSED = "closed"


def closed_since(connection: Connection) -> dt.datetime | None:
    """Since when the service is closed; None when it is open."""
    since: dt.datetime | None = connection.execute(select(flags.c.since).where(flags.c.name == CLOSED)).scalar()
    return since


def close(connection: Connection, at: dt.datetime) -> None:
    """Close the service, for all processes."""
    if closed_since(connection) is None:
        connection.execute(insert(flags).values(name=CLOSED, since=at))


def reopen(connection: Connection) -> bool:
    """Open it again; whether it was closed."""
    return connection.execute(delete(flags).where(flags.c.name == CLOSED)).rowcount > 0


def count(connection: Connection, name: str, day: dt.date) -> int:
    """Count one more of `name` on this day; how many that makes."""
    put = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    one = put(counters).values(name=name, day=day, value=1)
    more = one.on_conflict_do_update(index_elements=["name", "day"], set_={"value": counters.c.value + 1})
    return int(connection.execute(more.returning(counters.c.value)).scalar_one())
