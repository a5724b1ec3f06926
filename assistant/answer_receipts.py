"""What an answer was made from, so that anyone can ask again and see whether the same would be said.

A receipt holds no personal data that was recognised: the question and the conversation stand in it
masked, as the assistant itself got them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version

from assistant.guard.personal_data import is_masked
from assistant.receipts import ID_DIGITS, RuleReceipt, rule_receipt
from assistant.record import Turn
from assistant.turn import Answer, HistoryTurn, Language, ModelUse, Scope
from knowledge.records import Record
from knowledge.snapshot import Snapshot

SOFTWARE = version("inkooploket")


class CitedPassage(Record):
    """A quote of the answer: where it stands, and what it says as a hash."""

    label: int
    policy_id: str
    passage_id: str
    start: int
    end: int
    sha256: str


class UsedStatement(Record):
    """A statement that the answer tells, and what its card says as a hash."""

    policy_id: str
    statement: str
    sha256: str


class Withheld(Record):
    """Something that was not said. `what`: answer, draft or model; `why`: a status, or words of our own."""

    what: str
    why: str


class AnswerReceipt(Record):
    """What an answer was made from and what came of it. `id` is the hash of all the rest.

    `given`: the caller's own choice of scope; `scope`: what the answer settled on. `masked`: personal data
    stood in the question or the conversation, so that it cannot be asked again. `rules` are receipts of
    their own. `model` None: no language model had to do with it.
    """

    id: str
    snapshot: str
    encoder: str
    software: str
    question: str
    masked: bool
    history: tuple[HistoryTurn, ...] = ()
    history_sha256: str
    given: Mapping[str, object]
    language: Language
    today: dt.date
    status: str
    scope: Scope
    text_sha256: str
    passages: tuple[CitedPassage, ...] = ()
    statements: tuple[UsedStatement, ...] = ()
    rules: tuple[RuleReceipt, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    model: ModelUse | None = None


def answer_receipt(turn: Turn, answer: Answer, snapshot: Snapshot) -> AnswerReceipt:
    """The receipt of a turn that ended in `answer`; its words came through `guard.let_in`."""
    spoken = (turn.question, *(each.content for each in turn.history), json.dumps(turn.given, default=str))
    receipt = AnswerReceipt(
        id="",
        snapshot=snapshot.id,
        encoder=snapshot.encoder_name,
        software=SOFTWARE,
        question=turn.question,
        masked=any(map(is_masked, spoken)),
        history=turn.history,
        history_sha256=_hash("\x1f".join(f"{each.role}:{each.content}" for each in turn.history)),
        given=dict(turn.given),
        language=answer.language,
        today=turn.today,
        status=answer.status,
        scope=answer.scope,
        text_sha256=_hash(answer.text),
        passages=tuple(_passages(answer)),
        statements=tuple(_statements(turn)),
        rules=tuple(rule_receipt(each.result, each.rule, source=snapshot, today=turn.today) for each in turn.routed),
        withheld=tuple(_withheld(answer)),
        model=answer.model,
    )
    return receipt.model_copy(update={"id": content_id(receipt)})


def content_id(receipt: AnswerReceipt) -> str:
    """The id that the receipt's content gives; another one means that it was altered."""
    content = json.dumps(receipt.model_dump(mode="json", exclude={"id"}), sort_keys=True)
    return _hash(content)[:ID_DIGITS]


def _passages(answer: Answer) -> Iterator[CitedPassage]:
    for citation in answer.citations:
        yield CitedPassage(
            label=citation.label,
            policy_id=citation.policy_id,
            passage_id=citation.passage_id,
            start=citation.start,
            end=citation.end,
            sha256=_hash(citation.quote),
        )


def _statements(turn: Turn) -> Iterator[UsedStatement]:
    if turn.routed:
        return  # rules answered instead
    for found in turn.looked_up:
        for each in found.told if found else ():
            proven = each.statement
            says = json.dumps(proven.card.model_dump(mode="json", exclude={"asks"}), sort_keys=True)
            yield UsedStatement(policy_id=proven.policy_id, statement=proven.card.id, sha256=_hash(says))


def _withheld(answer: Answer) -> Iterator[Withheld]:
    if not answer.status.startswith(("answered", "clarify")):
        yield Withheld(what="answer", why=answer.status)
    if answer.status == "unanswerable_unsupported":
        yield Withheld(what="draft", why="it held something that no quote and no result bears")
    if answer.model is not None:
        yield from (Withheld(what="model", why=why) for why in answer.model.withheld)
        if answer.model.failed is not None:
            yield Withheld(what="model", why=answer.model.failed)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
