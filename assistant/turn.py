"""The records of one turn: the question's scope, the evidence and the answer that callers get.

`Answer` is the answer record of the published contract: names and meanings stay, adding is free.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from knowledge.records import Record

Language = Literal["nl", "en"]


class HistoryTurn(Record):
    """An earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


class Scope(Record):
    """Which policies a question is about.

    `said` names what the asker said ("insurer", "year", "care"); `assumed` what was concluded
    from the conversation or from what there is to choose from. `policy_ids` empty: all policies.
    """

    insurer: str | None = None
    year: int | None = None
    care: str | None = None
    policy_ids: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


class Citation(Record):
    """A quote, verbatim from the ingested text, and where it stands."""

    label: int = Field(ge=1)
    policy_id: str
    policy_title: str
    insurer: str
    year: int
    authority: Literal["original", "restatement"]
    section: str
    heading_path: tuple[str, ...]
    page: int | None
    page_label: str | None = None
    quote: str
    passage_id: str
    start: int
    end: int
    url: str


class ClarificationOption(Record):
    """One way to answer the question asked back; `scope` is what choosing it adds."""

    label: str
    scope: dict[str, str | int]


class Clarification(Record):
    """The one question asked back."""

    question: str
    options: tuple[ClarificationOption, ...]


class Handoff(Record):
    """An e-mail to a person, drafted for the asker to send."""

    email: str
    subject: str
    body: str


class ModelUse(Record):
    """What a language model had to do with an answer; part of its receipt.

    `prompts`: those that were sent, with their versions. `wrote`: the text is the model's wording, checked.
    `rewritten`: the question as it was searched with. `withheld`: what of the model was not used, and why, in
    words of our own; `failed`: how it failed. The facts of an answer are the same with a model and without.
    """

    name: str
    prompts: tuple[str, ...] = ()
    wrote: bool = False
    rewritten: str | None = None
    intent: str | None = None
    withheld: tuple[str, ...] = ()
    failed: str | None = None

    @property
    def is_degraded(self) -> bool:
        """The model was wanted and gave nothing."""
        return self.failed is not None and not self.wrote


class Answer(Record):
    """The answer record. `text` is Markdown without HTML; [1] marks refer to `citations`.

    `approved_id`: the answer that a person approved and that stands here; the receipt is of the one that it replaced.
    """

    id: str | None = None
    status: str
    language: Language
    text: str
    citations: tuple[Citation, ...] = ()
    results: tuple[dict[str, object], ...] = ()
    clarification: Clarification | None = None
    scope: Scope = Scope()
    notices: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    handoff: Handoff | None = None
    model: ModelUse | None = None
    receipt_id: str = ""
    approved_id: str | None = None
    conversation_id: str | None = None
    today: dt.date
    latency_ms: float = 0.0
