"""What callers send and get about answers that were given: feedback, review, approved answers, conversations."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt, StrictStr

from api.schemas import Name, QuestionText
from api.store.reviews import Reason, State, Verdict
from assistant.guard.personal_data import mask
from assistant.guard.plain_text import plain


def _masked(raw: str) -> str:
    return mask(plain(raw))


Remark = Annotated[StrictStr, Field(max_length=1000), AfterValidator(_masked)]
Id = Annotated[StrictStr, Field(pattern=r"^[A-Za-z0-9-]{1,36}$")]
PassageName = Annotated[StrictStr, Field(min_length=1, max_length=300), AfterValidator(plain)]
PolicyName = Annotated[StrictStr, Field(min_length=1, max_length=100), AfterValidator(plain)]


class FeedbackIn(BaseModel):
    """What someone thinks of an answer. `policy_id` and `passage_id`: from the helpdesk, where the right one stands."""

    model_config = ConfigDict(extra="forbid")

    receipt_id: Id
    verdict: Verdict
    reasons: Annotated[list[Reason], Field(max_length=5)] = []
    comment: Remark = ""
    policy_id: PolicyName | None = None
    passage_id: PassageName | None = None
    conversation_id: Id | None = None


class IdOut(BaseModel):
    """What was kept."""

    id: str


class ReviewItemOut(BaseModel):
    """An answer that was called bad, and what was decided of it."""

    id: str
    created_at: dt.datetime
    receipt_id: str
    question: str
    answer_text: str
    status: str
    insurer: str | None
    year: int | None
    care: str | None
    reasons: list[str]
    comment: str
    policy_id: str | None
    passage_id: str | None
    state: State
    note: str
    decided_at: dt.datetime | None
    decided_by: str | None


class ReviewsOut(BaseModel):
    """Items, newest first."""

    items: list[ReviewItemOut]


class DecisionIn(BaseModel):
    """What an administrator decides of an item. Approving needs the passage that answers the question."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["approve", "reject"]
    policy_id: PolicyName | None = None
    passage_id: PassageName | None = None
    note: Remark = ""


class CitedIn(BaseModel):
    """A passage that an approved answer rests on."""

    model_config = ConfigDict(extra="forbid")

    policy_id: PolicyName
    passage_id: PassageName


class ApprovedIn(BaseModel):
    """An answer for one question. What is left out of insurer and year is taken from the policies that it cites."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[QuestionText, AfterValidator(mask)]
    text: Annotated[StrictStr, Field(min_length=1, max_length=4000), AfterValidator(_masked)]
    insurer: Annotated[Name, AfterValidator(plain)] | None = None
    year: Annotated[StrictInt, Field(ge=2000, le=2100)] | None = None
    care: Annotated[Name, AfterValidator(plain)] | None = None
    citations: Annotated[list[CitedIn], Field(min_length=1, max_length=10)]


class ApprovedOut(BaseModel):
    """An approved answer. `stale`: a policy that it cites changed or is gone, so that it is not given any more."""

    id: str
    created_at: dt.datetime
    created_by: str
    question: str
    text: str
    insurer: str | None
    year: int | None
    care: str | None
    citations: list[CitedIn]
    state: Literal["served", "stale"]


class ApprovedListOut(BaseModel):
    """Approved answers, newest first."""

    items: list[ApprovedOut]


class TurnOut(BaseModel):
    """A question and its answer, as they are kept."""

    question: str
    text: str
    at: dt.datetime


class ConversationOut(BaseModel):
    """All that is kept of a conversation, oldest first."""

    id: str
    turns: list[TurnOut]
