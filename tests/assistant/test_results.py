"""A run as the answer record has it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from assistant.results import json_value, result_record
from assistant.rule_runs import run_cited
from knowledge.rules.card import Facts
from tests.small_rules import POLICY_ID, RULE_IDS, TODAY, SmallSource, small_source


@pytest.fixture(scope="module")
def source() -> SmallSource:
    return small_source()


def run(source: SmallSource, rule_id: str, facts: Facts, language: str = "nl") -> dict[str, object]:
    rule = source.rulebook.get(f"{POLICY_ID}.{rule_id}")
    assert rule is not None
    done = run_cited(rule, facts, today=TODAY, language=language, rulebook=source.rulebook, texts=source.texts)
    assert [each.label for each in done.citations] == list(range(1, len(done.citations) + 1))
    record = done.record
    labels = {each.label for each in done.citations}
    assert set(record["citations"]) == labels == labels & {*record["citations"]}
    assert all(source.texts[POLICY_ID].text[c.start : c.end] == c.quote for c in done.citations)
    return record


def test_the_record_of_the_contract(source: SmallSource) -> None:
    record = run(source, "entry", {"has_code": True, "revenue": Decimal("99999.5")})
    assert {
        "rule", "verdict", "value", "unit", "sentence", "inputs", "missing", "criteria", "steps", "notes", "citations",
    } <= set(record)  # fmt: skip
    assert (record["rule"], record["verdict"]) == (f"{POLICY_ID}.entry", "not_met")
    assert record["inputs"] == {"has_code": True, "revenue": 99999.5}
    criteria = record["criteria"]
    assert [set(each) >= {"name", "verdict", "needs", "given", "told", "citation"} for each in criteria] == [True] * 3
    assert [each["verdict"] for each in criteria] == ["met", "not_met", "undecided"]
    assert criteria[1]["given"] == "€ 99.999,5"
    assert "€ 100.000" in criteria[1]["needs"]
    assert record["notes"] == ["Het beleid noemt geen peildatum."]


def test_what_is_missing_bears_its_question(source: SmallSource) -> None:
    assert run(source, "entry", {"has_code": True})["missing"] == [
        {"name": "revenue", "ask": "Wat is uw omzet?"},
        {"name": "form", "ask": "Werkt u als praktijk of als keten?"},
    ]
    rule = source.rulebook.get(f"{POLICY_ID}.entry")
    assert rule is not None
    result = source.rulebook.run(rule, {}, TODAY)
    missing = result_record(result, "en", lambda _: 1)["missing"]
    assert missing[0] == {"name": "has_code", "ask": "Heeft u een AGB-code? (en)"}
    assert missing[1] == {"name": "revenue", "ask": None}


@pytest.mark.parametrize(("fte", "places"), [("100", 10), ("7.5", 1), ("123", 13)])
def test_a_figure_is_a_number(source: SmallSource, fte: str, places: int) -> None:
    record = run(source, "places", {"carers_fte": Decimal(fte)})
    assert (record["value"], record["unit"]) == (places, "count")
    assert record["steps"]


def test_a_day_is_iso_text_and_no_sentence_holds_markdown(source: SmallSource) -> None:
    record = run(source, "reply", {"mailed_date": dt.date(2025, 10, 20)})
    assert (record["value"], record["unit"]) == ("2025-10-27", "date")
    assert record["inputs"] == {"mailed_date": "2025-10-20"}
    assert "**" not in json.dumps(record)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("rule_id", RULE_IDS)
def test_every_record_is_json(source: SmallSource, rule_id: str, language: str) -> None:
    record = run(source, rule_id, {}, language)
    assert json.loads(json.dumps(record, allow_nan=False)) == record


@pytest.mark.parametrize(
    ("value", "plain"),
    [(True, True), (Decimal("3.0"), 3), (Decimal("1.1"), 1.1), (dt.date(2026, 1, 2), "2026-01-02"), ("a", "a")],
)
def test_values_of_facts(value: bool | Decimal | dt.date | str, plain: object) -> None:
    assert json_value(value) == plain
    assert type(json_value(value)) is type(plain)
