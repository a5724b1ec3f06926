"""What a run of a rule was made from, so that anyone can make it again and see whether the same comes out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from assistant.rule_facts import read_facts, specs_of
from assistant.rule_runs import RuleSource
from knowledge.records import PolicyText, Record
from knowledge.rules.card import FactValue
from knowledge.rules.proven import ProvenRule, ProvenValue, Spot
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook, full_name

ID_DIGITS = 20


class ProvenSpot(Record):
    """A stretch of a policy's text, and what it says as a hash."""

    passage_id: str
    start: int
    end: int
    sha256: str


class ProvenParameter(ProvenSpot):
    """A value that a rule computed with, and the stretch that holds it."""

    value: str
    unit: str


class RuleReceipt(Record):
    """What a run was made from and what came of it. `id` is the hash of all the rest.

    `cards`: the fingerprint of the card file; `spots`: the proofs of conditions, cases and the rule as a whole;
    `steps` in Dutch, whatever the language of the answer.
    """

    id: str
    snapshot: str
    rule: str
    cards: str
    parameters: Mapping[str, ProvenParameter]
    spots: Mapping[str, ProvenSpot]
    inputs: Mapping[str, bool | str]
    today: dt.date
    steps: tuple[str, ...]
    verdict: str
    value: str | None


class Difference(Record):
    """One thing that is not as the receipt has it.

    `what`: `receipt` (it was altered), `snapshot`, `cards`, `rule` (it is not used any more), `place` (the same words
    stand elsewhere), `proof`, `inputs` (a fact that the rule does not read any more), `result`.
    """

    what: Literal["receipt", "snapshot", "cards", "rule", "place", "proof", "inputs", "result"]
    name: str
    before: str
    now: str


class Replay(Record):
    """A run made again. `same`: the same outcome from the same proof, whichever snapshot it is from now."""

    same: bool
    differences: tuple[Difference, ...]


_HARMLESS = frozenset({"snapshot", "cards", "place"})
"""Differences with which still the same comes out, from the same words."""


def rule_receipt(result: RuleResult, rule: ProvenRule, *, source: RuleSource, today: dt.date) -> RuleReceipt:
    """The receipt of a run of `rule` on `today` that gave `result`."""
    text = source.texts[rule.policy_id]
    receipt = RuleReceipt(
        id="",
        snapshot=source.id,
        rule=full_name(rule),
        cards=source.rules[rule.policy_id].cards,
        parameters={name: _proven(value, text) for name, value in rule.values.items()},
        spots={name: _spot(spot, text) for name, spot in rule.spots.items()},
        inputs={name: _as_sent(value) for name, value in result.inputs.items()},
        today=today,
        steps=tuple(step.nl for step in result.steps),
        verdict=result.verdict,
        value=result.value,
    )
    return receipt.model_copy(update={"id": receipt_id(receipt)})


def receipt_id(receipt: RuleReceipt) -> str:
    """The id that the receipt's content gives; another one means that it was altered."""
    content = json.dumps(receipt.model_dump(mode="json", exclude={"id"}), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:ID_DIGITS]


def rerun(receipt: RuleReceipt, source: RuleSource) -> Replay:
    """Run the rule again as `source` has it now, on the facts and the day of the receipt."""
    found = tuple(_differences(receipt, source))
    return Replay(same=all(each.what in _HARMLESS for each in found), differences=found)


def _differences(receipt: RuleReceipt, source: RuleSource) -> Iterator[Difference]:
    if receipt_id(receipt) != receipt.id:
        yield Difference(what="receipt", name="id", before=receipt.id, now=receipt_id(receipt))
    if source.id != receipt.snapshot:
        yield Difference(what="snapshot", name="id", before=receipt.snapshot, now=source.id)
    rulebook = Rulebook(source.rules)
    rule = rulebook.get(receipt.rule)
    if rule is None:
        why = "; ".join(rulebook.refused().get(receipt.rule, ("no such rule",)))
        yield Difference(what="rule", name=receipt.rule, before="proven", now=why)
        return
    given = read_facts(receipt.inputs, specs_of(rule, rulebook))
    for fault in given.faults:
        yield Difference(what="inputs", name=fault.name or "?", before="read", now=fault.wanted.en)
    if given.faults:
        return
    result = rulebook.run(rule, given.facts, receipt.today)
    yield from _compared(receipt, rule_receipt(result, rule, source=source, today=receipt.today))


def _compared(before: RuleReceipt, now: RuleReceipt) -> Iterator[Difference]:
    if before.cards != now.cards:
        yield Difference(what="cards", name="fingerprint", before=before.cards, now=now.cards)
    yield from _compared_proofs({**before.spots, **before.parameters}, {**now.spots, **now.parameters})
    for name in ("verdict", "value", "steps"):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            yield Difference(what="result", name=name, before=_shown(old), now=_shown(new))


def _compared_proofs(before: Mapping[str, ProvenSpot], now: Mapping[str, ProvenSpot]) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *now)):
        old, new = before.get(name), now.get(name)
        if old is None or new is None or _told(old) != _told(new):
            yield Difference(what="proof", name=name, before=_shown(old and _told(old)), now=_shown(new and _told(new)))
        elif old != new:
            yield Difference(what="place", name=name, before=_place(old), now=_place(new))


def _told(proof: ProvenSpot) -> str:
    value = f"{proof.value} {proof.unit} " if isinstance(proof, ProvenParameter) else ""
    return f"{value}sha256:{proof.sha256}"


def _place(proof: ProvenSpot) -> str:
    return f"{proof.passage_id} {proof.start}-{proof.end}"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "-" if value is None else str(value)


def _as_sent(value: FactValue) -> bool | str:
    """A fact as a caller may send it again; an amount as text, which keeps all its decimals."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else value


def _spot(spot: Spot, text: PolicyText) -> ProvenSpot:
    return ProvenSpot(passage_id=spot.passage_id, start=spot.start, end=spot.end, sha256=_hash(spot, text))


def _proven(value: ProvenValue, text: PolicyText) -> ProvenParameter:
    spot = value.spot
    return ProvenParameter(
        passage_id=spot.passage_id,
        start=spot.start,
        end=spot.end,
        sha256=_hash(spot, text),
        value=plain_value(value),
        unit=value.unit,
    )


def _hash(spot: Spot, text: PolicyText) -> str:
    return hashlib.sha256(text.text[spot.start : spot.end].encode()).hexdigest()


def plain_value(value: ProvenValue) -> str:
    """A proven value as plain text: a number with a point, an ISO day, or the first and last day of a stretch."""
    if value.address is not None:
        return value.address
    if value.date is not None:
        first, last = value.date.first.isoformat(), value.date.last.isoformat()
        return last if first == last else f"{first}/{last}"
    return f"{value.quantity:f}"
