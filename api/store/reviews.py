"""Feedback on answers, and what a person is to look at because of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from api.store.schema import feedback, review
from api.store.turns import exchange_of_receipt
from knowledge.records import Record

Verdict = Literal["good", "bad"]
Reason = Literal["incorrect", "incomplete", "unclear", "source", "other"]
State = Literal["open", "approved", "rejected"]


class Feedback(Record):
    """What someone said of an answer; `comment` is masked. `given_by`: their role."""

    receipt_id: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    conversation_id: str | None = None
    policy_id: str | None = None
    passage_id: str | None = None
    given_by: str = "public"


class ReviewItem(Record):
    """An answer that was called bad. `policy_id` and `passage_id`: where the right answer stands, as far as known."""

    id: str
    created_at: dt.datetime
    receipt_id: str
    question: str
    answer_text: str
    status: str
    insurer: str | None = None
    year: int | None = None
    care: str | None = None
    reasons: tuple[str, ...] = ()
    comment: str = ""
    policy_id: str | None = None
    passage_id: str | None = None
    state: State = "open"
    note: str = ""
    decided_at: dt.datetime | None = None
    decided_by: str | None = None


def add_feedback(connection: Connection, given: Feedback, question: str, at: dt.datetime) -> str | None:
    """Keep feedback, and its answer for review where it is bad; the id, or None where nobody knows the answer.

    `question`: that of the receipt, for an answer of which no conversation is on file; empty where there is none.
    """
    exchange = exchange_of_receipt(connection, given.receipt_id, given.conversation_id)
    if exchange is None and not question:
        return None
    feedback_id = str(uuid.uuid4())
    said = given.model_dump() | {"reasons": list(given.reasons)}
    connection.execute(insert(feedback).values(id=feedback_id, created_at=at, **said))
    if given.verdict == "bad":
        connection.execute(
            insert(review).values(
                id=str(uuid.uuid4()),
                created_at=at,
                feedback_id=feedback_id,
                conversation_id=given.conversation_id or (exchange.conversation_id if exchange else None),
                receipt_id=given.receipt_id,
                question=exchange.question if exchange else question,
                answer_text=exchange.text if exchange else "",
                status=exchange.status if exchange else "",
                insurer=exchange.insurer if exchange else None,
                year=exchange.year if exchange else None,
                care=exchange.care if exchange else None,
                reasons=list(given.reasons),
                comment=given.comment,
                policy_id=given.policy_id,
                passage_id=given.passage_id,
                state="open",
                note="",
            )
        )
    return feedback_id


def list_reviews(connection: Connection, state: State, at_most: int) -> list[ReviewItem]:
    """The items in this state, newest first."""
    found = select(review).where(review.c.state == state).order_by(review.c.created_at.desc(), review.c.id)
    return [_item(row) for row in connection.execute(found.limit(at_most)).mappings()]


def find_review(connection: Connection, item_id: str) -> ReviewItem | None:
    """The item with this id."""
    row = connection.execute(select(review).where(review.c.id == item_id)).mappings().one_or_none()
    return None if row is None else _item(row)


def decide(connection: Connection, item: ReviewItem) -> None:
    """Keep what was decided of an item: its state, by whom and when, the right passage and the note."""
    decided = item.model_dump(include={"state", "note", "decided_at", "decided_by", "policy_id", "passage_id"})
    connection.execute(update(review).where(review.c.id == item.id).values(decided))


def _item(row: object) -> ReviewItem:
    return ReviewItem.model_validate(
        {name: value for name, value in dict(row).items() if name in ReviewItem.model_fields}  # type: ignore[call-overload]  # a row's mapping
    )
