"""Conversations and their turns: written behind the answer, deleted when they are old or when the asker wants it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select, update

from api.store.schema import conversations, feedback, review, turns
from assistant.guard.personal_data import mask
from assistant.guard.plain_text import plain
from knowledge.records import Record


class Exchange(Record):
    """A question and its answer. The scope is what the answer settled on."""

    conversation_id: str
    at: dt.datetime
    question: str
    text: str
    status: str
    receipt_id: str = ""
    insurer: str | None = None
    year: int | None = None
    care: str | None = None


def add_exchange(connection: Connection, exchange: Exchange) -> None:
    """Keep an exchange, personal data masked."""
    used = update(conversations).where(conversations.c.id == exchange.conversation_id).values(used_at=exchange.at)
    if connection.execute(used).rowcount == 0:
        began = {"id": exchange.conversation_id, "started_at": exchange.at, "used_at": exchange.at}
        connection.execute(insert(conversations).values(began))
    values = exchange.model_dump() | {"question": mask(plain(exchange.question)), "text": mask(exchange.text)}
    connection.execute(insert(turns).values(values))


def last_exchanges(connection: Connection, conversation_id: str, at_most: int) -> list[Exchange]:
    """The last exchanges of a conversation, oldest first."""
    found = select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.id.desc()).limit(at_most)
    return [_exchange(row) for row in reversed(connection.execute(found).mappings().all())]


def exchange_of_receipt(connection: Connection, receipt_id: str, conversation_id: str | None) -> Exchange | None:
    """The exchange whose answer has this receipt, in this conversation first; the same question gives the same one."""
    found = select(turns).where(turns.c.receipt_id == receipt_id)
    found = found.order_by((turns.c.conversation_id == (conversation_id or "")).desc(), turns.c.id.desc()).limit(1)
    row = connection.execute(found).mappings().one_or_none()
    return None if row is None else _exchange(row)


def delete_conversation(connection: Connection, conversation_id: str) -> bool:
    """Delete a conversation with the feedback on it and what is to be reviewed of it; True where there was any.

    What was approved of it stays: it was read by a person, and bears no name.
    """
    was_approved = update(review).where(review.c.conversation_id == conversation_id, review.c.state == "approved")
    connection.execute(was_approved.values(conversation_id=None))
    of_it = (
        delete(review).where(review.c.conversation_id == conversation_id),
        delete(feedback).where(feedback.c.conversation_id == conversation_id),
        delete(conversations).where(conversations.c.id == conversation_id),
    )
    return sum(connection.execute(each).rowcount for each in of_it) > 0


def delete_old(connection: Connection, *, used_before: dt.datetime, reviewed_before: dt.datetime) -> int:
    """Delete conversations, and feedback with what was to be reviewed of it, that are older than they are kept."""
    of_old = (
        delete(conversations).where(conversations.c.used_at < used_before),
        delete(feedback).where(feedback.c.created_at < reviewed_before),
        delete(review).where(review.c.created_at < reviewed_before),
    )
    return sum(connection.execute(each).rowcount for each in of_old)


def _exchange(row: object) -> Exchange:
    return Exchange.model_validate({name: value for name, value in dict(row).items() if name != "id"})  # type: ignore[call-overload]  # a row's mapping
