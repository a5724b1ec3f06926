"""`/v1/review` and `/v1/approved`: what the helpdesk reads, what an administrator decides; and `/metrics`."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.approved import Texts, digested, passages_of, settle
from api.conversation_routes import require_passage
from api.problems import (
    FORBIDDEN,
    INTERNAL,
    INVALID,
    MALFORMED,
    MEDIA,
    NOT_READY,
    NOT_SIGNED_IN,
    SLOW_BODY,
    STORE_AWAY,
    TOO_LARGE,
    UNKNOWN_APPROVED,
    UNKNOWN_PASSAGE,
    UNKNOWN_REVIEW,
    Problem,
    documented,
)
from api.review_schemas import (
    ApprovedIn,
    ApprovedListOut,
    ApprovedOut,
    CitedIn,
    DecisionIn,
    ReviewItemOut,
    ReviewsOut,
)
from api.roles import Administrator, helpdesk
from api.routes import Serving
from api.service import Service
from api.store.approvals import ApprovedAnswer, add_approved, delete_approved, list_approved
from api.store.reviews import ReviewItem, State, decide, find_review, list_reviews

router = APIRouter()

ItemId = Annotated[str, Path(max_length=100)]

_READING = (NOT_SIGNED_IN, FORBIDDEN, INVALID, INTERNAL, NOT_READY, STORE_AWAY)
_WRITING = (MALFORMED, SLOW_BODY, TOO_LARGE, MEDIA, *_READING)


@router.get(
    "/v1/review",
    dependencies=[Depends(helpdesk)],
    responses=documented(*_READING),
    tags=["review"],
    summary="Answers that were called bad",
)
async def get_reviews(
    service: Serving, response: Response, state: State = "open", at_most: Annotated[int, Query(ge=1, le=500)] = 100
) -> ReviewsOut:
    """Those in this state, newest first."""
    response.headers["Cache-Control"] = "no-store"
    items = await service.store.read(list_reviews, state, at_most)
    return ReviewsOut(items=[_item(item) for item in items])


@router.post(
    "/v1/review/{item_id}",
    responses=documented(UNKNOWN_REVIEW, UNKNOWN_PASSAGE, *_WRITING),
    tags=["review"],
    summary="Decide of an answer",
)
async def post_review(
    service: Serving, caller: Administrator, item_id: ItemId, decision: DecisionIn, response: Response
) -> ReviewItemOut:
    """Approving says that the question and the passage belong together; it can be decided anew."""
    response.headers["Cache-Control"] = "no-store"
    item = await _review(service, item_id)
    decided = decided_item(item, decision, caller.name)
    if decided.state == "approved":
        require_passage(service, decided.policy_id, decided.passage_id)
    await service.store.write(decide, decided)
    return _item(decided)


@router.get(
    "/v1/approved",
    dependencies=[Depends(helpdesk)],
    responses=documented(*_READING),
    tags=["review"],
    summary="Approved answers",
)
async def get_approved(service: Serving, response: Response) -> ApprovedListOut:
    """All of them, newest first, and whether they are given still."""
    response.headers["Cache-Control"] = "no-store"
    texts = service.shelf.current().snapshot.texts
    answers = await service.store.read(list_approved)
    return ApprovedListOut(items=[_approved(answer, texts) for answer in answers])


@router.post(
    "/v1/approved",
    status_code=201,
    responses=documented(*_WRITING),
    tags=["review"],
    summary="Approve an answer for a question",
)
async def post_approved(service: Serving, caller: Administrator, given: ApprovedIn, response: Response) -> ApprovedOut:
    """From now on it is given to who asks just that, for as long as the cited passages say the same."""
    response.headers["Cache-Control"] = "no-store"
    texts = service.shelf.current().snapshot.texts
    given = settle(given, texts)
    answer = ApprovedAnswer(
        id=str(uuid.uuid4()),
        created_at=dt.datetime.now(dt.UTC),
        created_by=caller.name,
        **given.model_dump(exclude={"citations"}),
        citations=digested(given.citations, texts),
    )
    await service.store.write(add_approved, answer)
    await service.watch.look()
    return _approved(answer, texts)


@router.delete(
    "/v1/approved/{answer_id}",
    status_code=204,
    responses=documented(UNKNOWN_APPROVED, *_READING),
    tags=["review"],
    summary="Withdraw an approved answer",
)
async def withdraw_approved(service: Serving, _: Administrator, answer_id: ItemId) -> None:
    """It is given no more."""
    if not is_id(answer_id) or not await service.store.write(delete_approved, answer_id):
        raise Problem(UNKNOWN_APPROVED)
    await service.watch.look()


@router.get("/metrics", include_in_schema=False, dependencies=[Depends(helpdesk)])
async def get_metrics(service: Serving) -> Response:
    """For Prometheus, with a token of the helpdesk's."""
    headers = {"Cache-Control": "no-store"}
    service.metrics.look(service)
    return Response(service.metrics.show(), media_type=CONTENT_TYPE_LATEST, headers=headers)


def decided_item(item: ReviewItem, decision: DecisionIn, name: str) -> ReviewItem:
    """The item as it is decided.

    Raises:
        Problem: it is approved without the passage that answers its question.
    """
    policy_id, passage_id = decision.policy_id or item.policy_id, decision.passage_id or item.passage_id
    if decision.decision == "approve":
        for field, value in (("policy_id", policy_id), ("passage_id", passage_id)):
            if value is None:
                raise Problem(INVALID, errors=[{"field": field, "message": "Dit veld ontbreekt."}])
    return item.model_copy(
        update={
            "state": "approved" if decision.decision == "approve" else "rejected",
            "policy_id": policy_id,
            "passage_id": passage_id,
            "note": decision.note,
            "decided_at": dt.datetime.now(dt.UTC),
            "decided_by": name,
        }
    )


def is_id(text: str) -> bool:
    """Whether it may be the id of anything on file."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


async def _review(service: Service, item_id: str) -> ReviewItem:
    item = await service.store.read(find_review, item_id) if is_id(item_id) else None
    if item is None:
        raise Problem(UNKNOWN_REVIEW)
    return item


def _item(item: ReviewItem) -> ReviewItemOut:
    return ReviewItemOut.model_validate(item.model_dump())


def _approved(answer: ApprovedAnswer, texts: Texts) -> ApprovedOut:
    return ApprovedOut(
        **answer.model_dump(exclude={"citations"}),
        citations=[CitedIn(policy_id=each.policy_id, passage_id=each.passage_id) for each in answer.citations],
        state="stale" if passages_of(answer, texts) is None else "served",
    )
