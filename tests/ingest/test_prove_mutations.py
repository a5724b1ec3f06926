"""Proof works: a policy that says another date, amount or percentage proves the rule no longer."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from ingest.pipeline import read_policies
from ingest.prove import prove_rules
from knowledge.dates import MONTHS
from knowledge.records import PolicyText
from knowledge.rules.proven import PolicyRules, ProvenValue

NUMBER_WORDS = {
    "een": "zes", "één": "zes", "twee": "acht", "drie": "twee", "vier": "acht", "vijf": "acht", "zes": "een",
    "zeven": "zeven", "acht": "vier", "tien": "acht", "twaalf": "dertig", "one": "six", "two": "six", "six": "one",
    "half": "tien", "helft": "derde",
}  # fmt: skip
"""Number words with another of the same length, so that no offset moves."""


@cache
def bundled() -> tuple[tuple[PolicyText, PolicyRules], ...]:
    with resources.as_file(resources.files("knowledge") / "policies") as folder:
        texts = read_policies(Path(folder))
    return tuple((text, prove_rules(text)) for text in texts)


def valued() -> list[tuple[str, str, str]]:
    return [
        (text.policy.id, rule.id, name)
        for text, rules in bundled()
        for rule in rules.proven
        for name, value in rule.values.items()
        if value.unit != "address"
    ]


@pytest.mark.parametrize(("policy_id", "rule_id", "parameter"), valued())
def test_a_changed_value_refuses_the_rule_and_names_it(policy_id: str, rule_id: str, parameter: str) -> None:
    """Change the one figure in the text that proves the parameter: the rule is refused, by name and reason."""
    text, rules = next(each for each in bundled() if each[0].policy.id == policy_id)
    rule = next(each for each in rules.proven if each.id == rule_id)
    changed = mutated(text, rule.values[parameter])
    refused = {each.rule_id: each.reasons for each in prove_rules(changed).refused}
    assert rule_id in refused, f"{parameter} still stands after the change"
    assert any(reason.startswith(f"{parameter}:") for reason in refused[rule_id])


def test_every_bundled_rule_is_proven() -> None:
    """No rule of the bundled cards is refused by the policies that it was written for."""
    assert {text.policy.id: rules.refused for text, rules in bundled() if rules.refused} == {}


def test_a_rule_that_is_not_proven_is_not_used() -> None:
    """A refused rule stands in no rulebook."""
    text, rules = bundled()[0]
    rule, name = next((r, n) for r in rules.proven for n, v in r.values.items() if v.unit != "address")
    again = prove_rules(mutated(text, rule.values[name]))
    assert rule.id not in {each.id for each in again.proven}


def mutated(text: PolicyText, value: ProvenValue) -> PolicyText:
    """`text` with another figure, of the same length, where `value` stands."""
    spot = text.text[value.spot.start : value.spot.end]
    changed = _other_date(spot, value) if value.date is not None else _other_number(spot, value)
    assert changed != spot
    assert len(changed) == len(spot)
    return text.model_copy(update={"text": text.text[: value.spot.start] + changed + text.text[value.spot.end :]})


def _other_date(spot: str, value: ProvenValue) -> str:
    """Another day or, in a vague date, another month of the same length."""
    assert value.date is not None
    words = re.escape(value.date.text).replace(r"\ ", r"\s+")
    return re.sub(words, lambda match: _shifted(match.group()), spot, flags=re.IGNORECASE)


def _shifted(date: str) -> str:
    day = re.search(r"\b\d{1,2}\b", date)
    if day:
        other = str(int(day.group()) - 1 if int(day.group()) not in (1, 10) else int(day.group()) + 1)
        return date[: day.start()] + other + date[day.end() :]
    year = re.search(r"20\d\d", date)
    if year:
        return date[: year.start()] + str(int(year.group()) + 1) + date[year.end() :]
    month = next(word for word in re.findall(r"[a-z]+", date.lower()) if word in MONTHS)
    other = next(name for name in MONTHS if len(name) == len(month) and MONTHS[name] != MONTHS[month])
    return re.sub(month, other, date, flags=re.IGNORECASE)


def _other_number(spot: str, value: ProvenValue) -> str:
    """Every way in which the number stands in the spot replaced by another number of the same length."""
    number = value.quantity

    def other(match: re.Match[str]) -> str:
        digits = match.group()
        plain = digits.replace(".", "").replace(",", ".") if "," in digits else digits
        same = plain.replace(".", "") == str(number).rstrip("0").rstrip(".").replace(".", "") or (
            plain.replace(".", "").isdigit() and int(plain.replace(".", "")) == number
        )
        if not same and plain != str(number):
            return digits
        return digits[:-1] + str((int(digits[-1]) + 1) % 10) if digits.strip("0.,") else digits

    changed = re.sub(r"\d+(?:[.,]\d+)*", other, spot)
    if changed == spot:
        changed = re.sub(
            r"[^\W\d_]+", lambda m: NUMBER_WORDS.get(m.group().lower(), m.group()), spot, flags=re.IGNORECASE
        )
    return changed
