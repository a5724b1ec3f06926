"""What callers send and get, as the interface names it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from assistant.deadlines import Deadline
from assistant.guard.plain_text import plain
from assistant.receipts import RuleReceipt
from assistant.turn import Citation

QUESTION_CHARACTERS_AT_MOST = 1000


def clean_question(raw: str) -> str:
    """The question as a reader would see it, trimmed; see `assistant.guard.plain_text`.

    Raises:
        PydanticCustomError: nothing is left, or more than `QUESTION_CHARACTERS_AT_MOST` characters.
    """
    question = plain(raw)
    if not question:
        raise PydanticCustomError("question_empty", "empty question")
    if len(question) > QUESTION_CHARACTERS_AT_MOST:
        raise PydanticCustomError("question_too_long", "question too long")
    return question


def _iso_day(value: object) -> object:
    """Only YYYY-MM-DD: pydantic alone would take seconds since 1970 for a day."""
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        return value
    if value is None or isinstance(value, dt.date):
        return value
    raise PydanticCustomError("date_format", "not YYYY-MM-DD")


Day = Annotated[dt.date, BeforeValidator(_iso_day)]
QuestionText = Annotated[StrictStr, AfterValidator(clean_question)]
Name = Annotated[StrictStr, Field(min_length=1, max_length=200)]


class ScopeIn(BaseModel):
    """What the question is about, where the asker said so; null is: not said."""

    model_config = ConfigDict(extra="forbid")

    insurer: Name | None = None
    year: Annotated[StrictInt, Field(ge=2000, le=2100)] | None = None
    care: Name | Annotated[list[Name], Field(max_length=20)] | None = None
    policy_ids: Annotated[list[Name], Field(max_length=50)] | None = None
    said: Annotated[list[Name], Field(max_length=20)] | None = None
    assumed: Annotated[list[Name], Field(max_length=20)] | None = None

    def said_only(self) -> dict[str, object]:
        """The fields that name something."""
        return self.model_dump(exclude_none=True, exclude={"said", "assumed"})


class Ask(BaseModel):
    """A question. `today` counts only in evaluation and at the helpdesk."""

    model_config = ConfigDict(extra="forbid")

    question: QuestionText = Field(
        description=f"1 to {QUESTION_CHARACTERS_AT_MOST} characters after trimming",
        examples=["Tot wanneer kan ik een contract aanvragen?"],
    )
    conversation_id: Annotated[StrictStr, Field(max_length=200)] | None = Field(
        default=None, description="from an earlier answer; one that is not known starts a new conversation"
    )
    today: Day | None = None
    scope: ScopeIn | None = None
    language: Literal["nl", "en"] | None = Field(default=None, description="null: the language of the question")
    only_insurer: Name | None = Field(
        default=None,
        description="the insurer whose policies alone may answer, by its name or a label, for a widget on its site",
        examples=["caresq"],
    )


class RuleAsk(BaseModel):
    """What is known of the asker. `today` counts only in evaluation and at the helpdesk."""

    model_config = ConfigDict(extra="forbid")

    facts: dict[str, object] = Field(
        default_factory=dict,
        max_length=100,
        description="by name, as the rule's `facts` schema has them; null or left out: not known",
        examples=[{"application_date": "2026-04-14"}],
    )
    today: Day | None = None
    language: Literal["nl", "en"] = "nl"


class FoundPassage(BaseModel):
    """A passage that a search found."""

    rank: int
    policy_id: str
    section: str
    heading_path: list[str]
    page: int | None
    text: str
    passage_id: str
    url: str
    relevance: float = Field(description="fused over the search legs; higher is better")
    leg_ranks: dict[str, int | None] = Field(description="its place in each search leg, from 1; null: not found there")


class SearchOut(BaseModel):
    """Passages, best first."""

    snapshot: str
    results: list[FoundPassage]


class PolicyOut(BaseModel):
    """A policy on file."""

    id: str
    title: str
    insurer: str
    labels: list[str]
    year: int
    care: list[str]
    version: str | None
    published_on: dt.date | None
    valid_from: dt.date | None
    valid_until: dt.date | None
    source: str | None
    authority: Literal["original", "restatement"]
    url: str


class PoliciesOut(BaseModel):
    """All policies on file, with questions to start from."""

    snapshot: str
    policies: list[PolicyOut]
    suggestions: list[str]


class ContactOut(BaseModel):
    """A mailbox for questions about procurement."""

    email: str
    insurer: str


class WidgetPolicyOut(BaseModel):
    """A policy that a widget can be about."""

    id: str
    title: str
    insurer: str
    year: int
    care: list[str]


class WidgetOut(BaseModel):
    """What a widget shows before the first question: whom it speaks for, whom to ask, what can be asked.

    `insurer` null: it is bound to none.
    """

    insurer: str | None
    contact: ContactOut | None
    policies: list[WidgetPolicyOut]
    suggestions: list[str]
    question_characters_at_most: int = QUESTION_CHARACTERS_AT_MOST


class SectionOut(BaseModel):
    """A heading of a policy."""

    id: str
    number: str | None
    title: str
    level: int
    page: int | None
    kind: str


class PolicyDetailOut(PolicyOut):
    """A policy with its headings, and the ids of its passages in reading order."""

    sections: list[SectionOut]
    passages: list[str]


class PassageOut(BaseModel):
    """A passage, with its offsets in the policy's kept text."""

    id: str
    policy_id: str
    section: str
    heading_path: list[str]
    page: int | None
    page_label: str | None
    start: int
    end: int
    text: str
    url: str


class PassageWithNeighboursOut(PassageOut):
    """A passage with those around it, in reading order; `before` ends and `after` begins next to it."""

    before: list[PassageOut]
    after: list[PassageOut]


class ReadyOut(BaseModel):
    """The service answers from this snapshot. `degraded`: the parts that work less well than they should."""

    status: Literal["ready", "degraded"] = "ready"
    snapshot: str
    degraded: list[str] = []


class AliveOut(BaseModel):
    """The process runs."""

    status: Literal["alive"] = "alive"


class RuleOut(BaseModel):
    """A rule on file; `name` is 'policy_id.rule_id'."""

    name: str
    policy_id: str
    year: int
    kind: str
    title: str
    care: list[str]


class RulesOut(BaseModel):
    """The rules on file that the policies prove."""

    snapshot: str
    rules: list[RuleOut]


class ParameterOut(BaseModel):
    """A value that a rule computes with; `citation` is the label of the quote that proves it."""

    name: str
    value: str
    unit: str
    told: str
    citation: int


class RuleCriterionOut(BaseModel):
    """A condition of a rule; `gate`: it says to whom the rule speaks at all."""

    name: str
    needs: str
    fact: str
    gate: bool
    note: str | None
    citation: int


class CaseOut(BaseModel):
    """A row of a decision table; without `facts`: in every other case."""

    facts: list[str]
    outcome: str
    citation: int


class RuleDetailOut(RuleOut):
    """A rule with its proof. `facts` is the JSON Schema of what it can be asked with."""

    snapshot: str
    policy_title: str
    asks: list[str]
    parameters: list[ParameterOut]
    criteria: list[RuleCriterionOut]
    cases: list[CaseOut]
    met: str | None
    not_met: str | None
    then: str | None
    notes: list[str]
    proof: int | None
    facts: dict[str, object]
    citations: list[Citation]


class RuleRunOut(BaseModel):
    """A run of a rule: the entry of an answer's `results`, its citations, and what it was made from."""

    result: dict[str, object]
    citations: list[Citation]
    receipt: RuleReceipt
    today: dt.date
    language: Literal["nl", "en"]


class DeadlinesOut(BaseModel):
    """Planned dates, earliest first."""

    snapshot: str
    today: dt.date
    deadlines: list[Deadline]
