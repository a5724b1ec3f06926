"""Rules made in a line: proven as they are written, each spot standing for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from knowledge.dates import find_dates
from knowledge.records import DateValue
from knowledge.rules.card import CardFile, FactSpec, Rule
from knowledge.rules.inputs import all_criteria
from knowledge.rules.proven import ProvenRule, ProvenValue, Spot
from knowledge.rules.result import RuleResult
from knowledge.rules.run import run_rule

TODAY = dt.date(2026, 6, 15)
HERE = {"sections": ["1"], "holds": ["hier"]}


def said(text: str) -> dict[str, str]:
    return {"nl": text, "en": f"{text} (en)"}


def fact(name: str, kind: str = "yes_no", **fields: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "label": said(name), "ask": said(f"{name}?"), **fields}


def parameter(value: Any, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "proof": HERE}


def criterion(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "name": said(name), "needs": said(f"{name} is nodig"), "fact": name, "proof": HERE, **fields}


FACTS = [
    fact("iso"),
    fact("hkz"),
    fact("fte", "amount", unit="fte"),
    fact("omzet", "amount", unit="eur"),
    fact("soort", "choice", options=[{"value": "zbc", "label": said("zbc")}, {"value": "msr", "label": said("msr")}]),
    fact("application_date", "date"),
    fact("desired_start", "date"),
    fact("other_application_date", "date"),
    fact("wished_end", "date"),
    fact("ontvangen", "date"),
    fact("mailed_date", "date"),
    fact("getekend", "date"),
    fact("carers_fte", "amount", unit="fte"),
    fact("staff_index_percent", "amount", unit="percent"),
    fact("material_index_percent", "amount", unit="percent"),
    fact("correction_percent", "amount", unit="percent"),
]


def card_file(*rules: dict[str, Any]) -> CardFile:
    return CardFile.model_validate({"policy": "noord-zorg", "years": [2026], "facts": FACTS, "rules": list(rules)})


def rule(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": "regel", "kind": kind, "title": said("regel"), "asks": ["een?", "twee?", "drie?"], **fields}


def proven(written: dict[str, Any], *, year: int = 2026) -> ProvenRule:
    made: Rule = card_file(written).rules[0]
    values = {}
    place = 0
    for name, each in made.parameters.items():
        place += 10
        spot = Spot(passage_id="p1", start=place, end=place + 5)
        if each.unit == "address":
            values[name] = ProvenValue(unit=each.unit, spot=spot, address=str(each.value))
        elif each.unit == "date":
            values[name] = ProvenValue(unit=each.unit, spot=spot, date=_date(str(each.value)))
        else:
            values[name] = ProvenValue(unit=each.unit, spot=spot, number=Decimal(each.value))
    names = [c.id for c in all_criteria(made)] + [f"case {n}" for n in range(1, 6)] + ["rule"]
    spots = {name: Spot(passage_id="p1", start=n * 100, end=n * 100 + 9) for n, name in enumerate(names, start=1)}
    return ProvenRule(policy_id=f"noord-zorg-{year}", year=year, rule=made, values=values, spots=spots)


def _date(text: str) -> DateValue:
    return next(date for date, _, _ in find_dates(text))


SPECS = {spec["name"]: FactSpec.model_validate(spec) for spec in FACTS}


def run(written: dict[str, Any], facts: Mapping[str, Any] | None = None, today: dt.date = TODAY) -> RuleResult:
    return run_rule(proven(written), dict(facts or {}), today, SPECS)
