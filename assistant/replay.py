"""An answer asked again from its receipt: would the same be said today, and if not, what differs?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

from assistant.answer_receipts import AnswerReceipt, content_id
from assistant.receipts import RuleReceipt
from assistant.turn import Answer, HistoryTurn
from knowledge.errors import ConfigurationError
from knowledge.records import Record

Kind = Literal["receipt", "snapshot", "encoder", "software", "model", "scope", "status", "text", "passage", "place",
               "statement", "rule"]  # fmt: skip
_HARMLESS = frozenset({"snapshot", "encoder", "software", "place"})
"""Differences with which still the same is said, from the same words."""


class Difference(Record):
    """One thing that is not as the receipt has it.

    `what`: `receipt` (it was altered), `text` (the wording of the answer), `passage` (another quote, or none),
    `place` (the same words stand elsewhere); the others speak for themselves.
    """

    what: Kind
    name: str
    before: str
    now: str


class AnswerReplay(Record):
    """An answer made again. `same`: the same words, status and proof, whichever snapshot they are from now."""

    same: bool
    receipt_id: str
    differences: tuple[Difference, ...]


class Asking(Protocol):
    """What asks again: an assistant that hands each receipt to `keep`."""

    def answer(
        self,
        question: str,
        *,
        today: dt.date,
        history: Sequence[HistoryTurn],
        scope: Mapping[str, object] | None,
        language: str | None,
    ) -> Answer:
        """The answer to the receipt's question."""


def ask_again(receipt: AnswerReceipt, assistant: Asking, kept: Sequence[AnswerReceipt]) -> AnswerReplay:
    """Ask the receipt's question again and compare; `kept` is where `assistant` leaves its receipts, the last one last.

    Raises ConfigurationError for a receipt whose question was masked: it is not the question that was asked.
    """
    if receipt.masked:
        raise ConfigurationError(
            f"receipt {receipt.id} cannot be replayed: personal data was taken out of what was asked; give another one"
        )
    assistant.answer(
        receipt.question,
        today=receipt.today,
        history=receipt.history,
        scope=dict(receipt.given),
        language=receipt.language,
    )
    now = kept[-1]
    found = tuple(_differences(receipt, now))
    return AnswerReplay(same=all(each.what in _HARMLESS for each in found), receipt_id=now.id, differences=found)


def _differences(before: AnswerReceipt, now: AnswerReceipt) -> Iterator[Difference]:
    if content_id(before) != before.id:
        yield Difference(what="receipt", name="id", before=before.id, now=content_id(before))
    plain: tuple[tuple[Kind, str, object, object], ...] = (
        ("snapshot", "id", before.snapshot, now.snapshot),
        ("encoder", "name", before.encoder, now.encoder),
        ("software", "version", before.software, now.software),
        ("status", "status", before.status, now.status),
        ("scope", "policies", " ".join(before.scope.policy_ids), " ".join(now.scope.policy_ids)),
        ("model", "name", before.model and before.model.name, now.model and now.model.name),
        ("text", "sha256", before.text_sha256, now.text_sha256),
    )
    for what, name, old, new in plain:
        if old != new:
            yield Difference(what=what, name=name, before=str(old or "-"), now=str(new or "-"))
    yield from _passages(before, now)
    yield from _named("statement", _statements(before), _statements(now))
    yield from _named("rule", _rules(before.rules), _rules(now.rules))


def _passages(before: AnswerReceipt, now: AnswerReceipt) -> Iterator[Difference]:
    """Quotes by their label: other words, or the same words elsewhere."""
    old, new = ({each.label: each for each in receipt.passages} for receipt in (before, now))
    for label in sorted({*old, *new}):
        was, is_ = old.get(label), new.get(label)
        if was is None or is_ is None or was.sha256 != is_.sha256:
            shown = [f"{each.passage_id} sha256:{each.sha256}" if each else "-" for each in (was, is_)]
            yield Difference(what="passage", name=f"[{label}]", before=shown[0], now=shown[1])
        elif was != is_:
            shown = [f"{each.passage_id} {each.start}-{each.end}" for each in (was, is_)]
            yield Difference(what="place", name=f"[{label}]", before=shown[0], now=shown[1])


def _named(what: Kind, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Difference]:
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Difference(what=what, name=name, before=old.get(name, "-"), now=new.get(name, "-"))


def _statements(receipt: AnswerReceipt) -> dict[str, str]:
    return {f"{each.policy_id}.{each.statement}": f"sha256:{each.sha256}" for each in receipt.statements}


def _rules(receipts: Sequence[RuleReceipt]) -> dict[str, str]:
    """Each rule with what came of it; what its proof says is in its own receipt and, quoted, in the passages."""
    return {each.rule: f"{each.verdict} {each.value or ''}".strip() for each in receipts}
