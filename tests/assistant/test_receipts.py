"""A receipt runs again to the same, and tells what differs where it does not."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

import pytest

from assistant.receipts import RuleReceipt, rerun, rule_receipt
from knowledge.rules.card import Facts
from tests.small_rules import POLICY_ID, RULE_IDS, SIGNING, TODAY, SmallSource, small_source, small_text

SOURCE = small_source()
FACTS: Facts = {"has_code": True, "revenue": Decimal("99999.5"), "mailed_date": TODAY, "carers_fte": Decimal(45)}


def receipt_of(rule_id: str, source: SmallSource = SOURCE, facts: Facts = FACTS) -> RuleReceipt:
    rule = source.rulebook.get(f"{POLICY_ID}.{rule_id}")
    assert rule is not None
    return rule_receipt(source.rulebook.run(rule, facts, TODAY), rule, source=source, today=TODAY)


def kinds(receipt: RuleReceipt, source: SmallSource) -> tuple[bool, list[str]]:
    found = rerun(receipt, source)
    return found.same, [f"{each.what} {each.name}" for each in found.differences]


@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_a_receipt_runs_again_to_the_same(rule_id: str) -> None:
    receipt = receipt_of(rule_id)
    stored = RuleReceipt.model_validate_json(receipt.model_dump_json())
    assert stored == receipt
    assert kinds(stored, SOURCE) == (True, [])
    assert receipt_of(rule_id).id == receipt.id


def test_what_a_receipt_holds() -> None:
    receipt = receipt_of("entry")
    least = receipt.parameters["least"]
    quote = SOURCE.texts[POLICY_ID].text[least.start : least.end]
    assert (least.value, least.unit) == ("100000", "eur")
    assert "€ 100.000" in quote
    assert least.sha256 == hashlib.sha256(quote.encode()).hexdigest()
    assert set(receipt.spots) == {"code", "size", "form"}
    assert receipt.inputs == {"has_code": True, "revenue": "99999.5"}
    assert (receipt.verdict, receipt.today, receipt.snapshot) == ("not_met", TODAY, "snap-1")
    assert receipt.cards == SOURCE.rules[POLICY_ID].cards != ""
    assert receipt_of("reply").steps
    assert receipt_of("offer").parameters["date"].value == "2025-08-21/2025-08-31"


def test_another_snapshot_with_the_same_words_gives_the_same() -> None:
    assert kinds(receipt_of("signing"), small_source(snapshot_id="snap-2")) == (True, ["snapshot id"])


def test_the_same_words_elsewhere_give_the_same() -> None:
    moved = small_source(small_text(signing=f"Lees dit eerst. {SIGNING}"))
    same, found = kinds(receipt_of("reply"), moved)
    assert (same, found) == (True, ["place term"])


def test_a_changed_word_is_told() -> None:
    same, found = kinds(receipt_of("signing"), small_source(small_text(signing=SIGNING.replace("portaal", "systeem"))))
    assert (same, found) == (False, ["proof date"])


def test_a_rule_that_its_policy_no_longer_proves() -> None:
    found = rerun(receipt_of("signing"), small_source(small_text(signing="U tekent uiterlijk 8 november 2025.")))
    assert not found.same
    assert [each.what for each in found.differences] == ["rule"]
    assert "2025-11-07" in found.differences[0].now
    gone = SmallSource("snap-2", {}, {})
    assert [each.what for each in rerun(receipt_of("signing"), gone).differences] == ["snapshot", "rule"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"value": "2025-10-28"}, ["receipt id", "result value"]),
        ({"verdict": "met"}, ["receipt id", "result verdict"]),
        ({"today": dt.date(2026, 1, 1)}, ["receipt id"]),
        ({"inputs": {"mailed_date": "2025-10-21"}}, ["receipt id", "result value", "result steps"]),
        ({"inputs": {"mailed_date": "gisteren"}}, ["receipt id", "inputs mailed_date"]),
        ({"inputs": {"other": True}}, ["receipt id", "inputs ?"]),
        ({"parameters": {}}, ["receipt id", "proof term"]),
    ],
)
def test_an_altered_receipt_is_not_the_same(change: dict[str, object], found: list[str]) -> None:
    altered = RuleReceipt.model_validate(receipt_of("reply").model_dump() | change)
    assert kinds(altered, SOURCE) == (False, found)
