"""`/v1/feedback` and `/v1/conversations/{id}`: what an asker may say of an answer, see again, and have deleted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from api.problems import (
    BODY,
    FORBIDDEN,
    INTERNAL,
    INVALID,
    NOT_READY,
    NOT_SIGNED_IN,
    STORE_AWAY,
    TOO_MANY,
    UNKNOWN_CONVERSATION,
    UNKNOWN_PASSAGE,
    UNKNOWN_RECEIPT,
    Problem,
    documented,
)
from api.review_schemas import ConversationOut, FeedbackIn, IdOut, TurnOut
from api.roles import Role, helpdesk
from api.routes import Client, Serving
from api.service import Service
from api.store.reviews import Feedback, add_feedback

router = APIRouter()

ConversationId = Annotated[str, Path(max_length=100)]

_KEPT = (INVALID, TOO_MANY, INTERNAL, STORE_AWAY)


@router.post(
    "/v1/feedback",
    status_code=201,
    responses=documented(UNKNOWN_RECEIPT, UNKNOWN_PASSAGE, *BODY, *_KEPT, NOT_SIGNED_IN, FORBIDDEN, NOT_READY),
    tags=["feedback"],
    summary="Say whether an answer was good",
)
async def post_feedback(
    request: Request, service: Serving, client: Client, given: FeedbackIn, response: Response
) -> IdOut:
    """Kept when this returns; an answer that was called bad is put up for review."""
    response.headers["Cache-Control"] = "no-store"
    service.feedback.admit(client)
    given_by = Role.public
    if given.policy_id is not None or given.passage_id is not None:
        given_by = (await helpdesk(request)).role
        require_passage(service, given.policy_id, given.passage_id)
    receipts = service.receipts
    receipt = await run_in_threadpool(receipts.find, given.receipt_id) if receipts is not None else None
    feedback_id = await service.store.write(
        add_feedback,
        Feedback(given_by=given_by.name, **given.model_dump()),
        receipt.question if receipt is not None else "",
        dt.datetime.now(dt.UTC),
    )
    if feedback_id is None:
        raise Problem(UNKNOWN_RECEIPT)
    service.metrics.feedback(given.verdict)
    return IdOut(id=feedback_id)


def require_passage(service: Service, policy_id: str | None, passage_id: str | None) -> None:
    """Raises Problem where the policy is not on file, or has no such passage."""
    if policy_id is None:
        raise Problem(INVALID, errors=[{"field": "policy_id", "message": "Dit veld ontbreekt."}])
    passages = service.policy(policy_id).passages
    if passage_id is not None and not any(passage.id == passage_id for passage in passages):
        raise Problem(UNKNOWN_PASSAGE)


@router.get(
    "/v1/conversations/{conversation_id}",
    responses=documented(UNKNOWN_CONVERSATION, *_KEPT),
    tags=["conversations"],
    summary="All that is kept of a conversation",
)
async def get_conversation(
    service: Serving, client: Client, conversation_id: ConversationId, response: Response
) -> ConversationOut:
    """For who knows its id: nobody else can."""
    response.headers["Cache-Control"] = "no-store"
    service.feedback.admit(client)
    kept = await service.conversations.export(conversation_id)
    if not kept:
        raise Problem(UNKNOWN_CONVERSATION)
    return ConversationOut(
        id=conversation_id, turns=[TurnOut(question=each.question, text=each.text, at=each.at) for each in kept]
    )


@router.delete(
    "/v1/conversations/{conversation_id}",
    status_code=204,
    responses=documented(UNKNOWN_CONVERSATION, *_KEPT),
    tags=["conversations"],
    summary="Delete a conversation",
)
async def delete_conversation(service: Serving, client: Client, conversation_id: ConversationId) -> None:
    """With the feedback on it and what was to be reviewed of it. Its receipts stay, which do not name it."""
    service.feedback.admit(client)
    if not await service.conversations.delete(conversation_id):
        raise Problem(UNKNOWN_CONVERSATION)
