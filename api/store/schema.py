"""The tables, the same on SQLite and PostgreSQL, and the version that they have."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Date,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    insert,
    inspect,
    select,
    text,
)

from knowledge.errors import ConfigurationError

VERSION = 1
"""Raised by one with every change of the tables; the change itself goes into `prepare`."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SCHEMA_LOCK = 5_665_384
"""Any number, the same in all processes: PostgreSQL lets one of them at a time make the tables."""


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment, kept as microseconds since 1970: SQLite knows no moments, and both sort numbers alike."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> int | None:
        """Moment to number."""
        return None if value is None else (value - _EPOCH) // dt.timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.datetime | None:
        """Number to moment, in UTC."""
        return None if value is None else _EPOCH + dt.timedelta(microseconds=value)


ROW_ID = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts by itself only in a column that is an INTEGER."""

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False, index=True),
)

turns = Table(
    "turns",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column(
        "conversation_id",
        String(36),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", Moment, nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("status", String(60), nullable=False),
    Column("receipt_id", String(40), nullable=False, index=True),
    Column("insurer", Text),
    Column("year", Integer),
    Column("care", Text),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", Moment, nullable=False, index=True),
    Column("receipt_id", String(40), nullable=False),
    Column("conversation_id", String(36), index=True),
    Column("verdict", String(10), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("policy_id", String(100)),
    Column("passage_id", String(300)),
    Column("given_by", String(20), nullable=False),
)

review = Table(
    "review",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", Moment, nullable=False, index=True),
    Column("feedback_id", String(36), nullable=False),
    Column("conversation_id", String(36), index=True),
    Column("receipt_id", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer_text", Text, nullable=False),
    Column("status", String(60), nullable=False),
    Column("insurer", Text),
    Column("year", Integer),
    Column("care", Text),
    Column("reasons", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("policy_id", String(100)),
    Column("passage_id", String(300)),
    Column("state", String(10), nullable=False, index=True),
    Column("note", Text, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(120)),
)

approved = Table(
    "approved",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(120), nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("insurer", Text),
    Column("year", Integer),
    Column("care", Text),
    Column("citations", JSON, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

flags = Table(
    "flags",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("since", Moment, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", BigInteger, nullable=False),
)


def prepare(connection: Connection) -> None:
    """Make the tables where there are none yet; in the transaction of `connection`.

    Raises:
        ConfigurationError: the database is of a newer version of this software.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SCHEMA_LOCK})
    if not inspect(connection).has_table(schema_version.name):
        metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=VERSION))
        return
    version = connection.execute(select(schema_version.c.version)).scalar_one()
    if version > VERSION:
        raise ConfigurationError(
            f"database heeft versie {version}, deze software kent tot en met {VERSION}; "
            "werk de software bij of zet een reservekopie van de oude versie terug"
        )
