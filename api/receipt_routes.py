"""`/v1/receipts/{id}`: what an answer was made from, without what was asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from api.problems import INTERNAL, INVALID, TOO_MANY, UNKNOWN_RECEIPT, Problem, documented
from api.routes import Client, Serving
from assistant.answer_receipts import CitedPassage, UsedStatement, Withheld
from assistant.turn import ModelUse, Scope
from knowledge.records import Record

router = APIRouter()

ReceiptId = Annotated[str, Path(max_length=100)]


class ReceiptModel(Record):
    """The language model that had to do with an answer; not what it made of the question."""

    name: str
    prompts: tuple[str, ...] = ()
    wrote: bool = False


class ReceiptOut(Record):
    """A receipt as anyone may see it: neither the question nor the conversation nor the facts told is in it."""

    id: str
    snapshot: str
    encoder: str
    software: str
    masked: bool = Field(description="personal data was taken out of what was asked; it cannot be replayed")
    history_sha256: str
    language: str
    today: str
    status: str
    scope: Scope
    text_sha256: str
    passages: tuple[CitedPassage, ...]
    statements: tuple[UsedStatement, ...]
    rules: tuple[str, ...] = Field(description="full names of the rules that were run")
    withheld: tuple[Withheld, ...]
    model: ReceiptModel | None


@router.get(
    "/v1/receipts/{receipt_id}",
    responses=documented(UNKNOWN_RECEIPT, INVALID, TOO_MANY, INTERNAL),
    tags=["answers"],
    summary="What an answer was made from",
)
async def get_receipt(service: Serving, client: Client, receipt_id: ReceiptId, response: Response) -> ReceiptOut:
    """The receipt of this id, as long as it is kept."""
    response.headers["Cache-Control"] = "no-store"
    store = service.receipts
    service.questions.admit(client)  # looking through months of receipts is work, as a question is
    receipt = await run_in_threadpool(store.find, receipt_id) if store is not None else None
    if receipt is None:
        raise Problem(UNKNOWN_RECEIPT)
    return ReceiptOut(
        id=receipt.id,
        snapshot=receipt.snapshot,
        encoder=receipt.encoder,
        software=receipt.software,
        masked=receipt.masked,
        history_sha256=receipt.history_sha256,
        language=receipt.language,
        today=receipt.today.isoformat(),
        status=receipt.status,
        scope=receipt.scope,
        text_sha256=receipt.text_sha256,
        passages=receipt.passages,
        statements=receipt.statements,
        rules=tuple(each.rule for each in receipt.rules),
        withheld=receipt.withheld,
        model=_model(receipt.model),
    )


def _model(use: ModelUse | None) -> ReceiptModel | None:
    return None if use is None else ReceiptModel(name=use.name, prompts=use.prompts, wrote=use.wrote)
