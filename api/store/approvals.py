"""Answers that an administrator approved for one question."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select

from api.store.schema import approved
from knowledge.records import Record


class ApprovedPassage(Record):
    """Where an approved answer stands, and the hash of what stands there."""

    policy_id: str
    passage_id: str
    sha256: str


class ApprovedAnswer(Record):
    """An approved answer and the question that it is for. None: the question settles none."""

    id: str
    created_at: dt.datetime
    created_by: str
    question: str
    text: str
    insurer: str | None = None
    year: int | None = None
    care: str | None = None
    citations: tuple[ApprovedPassage, ...]


def add_approved(connection: Connection, answer: ApprovedAnswer) -> None:
    """Keep an approved answer."""
    values = answer.model_dump() | {"citations": [each.model_dump() for each in answer.citations]}
    connection.execute(insert(approved).values(values))


def list_approved(connection: Connection) -> list[ApprovedAnswer]:
    """All approved answers, the newest first."""
    found = select(approved).order_by(approved.c.created_at.desc(), approved.c.id)
    return [ApprovedAnswer.model_validate(dict(row)) for row in connection.execute(found).mappings()]


def delete_approved(connection: Connection, answer_id: str) -> bool:
    """Whether there was such an answer, which is gone now."""
    return connection.execute(delete(approved).where(approved.c.id == answer_id)).rowcount > 0
