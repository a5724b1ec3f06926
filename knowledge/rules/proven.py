"""What came of a policy's rules at ingest: those proven, with the spots that prove them, and those refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from knowledge.records import DateValue, Record
from knowledge.rules.card import FactSpec, Rule, Unit


class Spot(Record):
    """Where a proof stands: a stretch of the policy's kept text (`end` excluded) within a passage."""

    passage_id: str
    start: int
    end: int


class ProvenValue(Record):
    """A parameter as the policy's text gives it. Exactly one of the values is set, by its unit."""

    unit: Unit
    spot: Spot
    number: Decimal | None = None
    date: DateValue | None = None
    address: str | None = None

    @property
    def day(self) -> dt.date:
        """The last day that the date names. Raises TypeError where this is no date."""
        if self.date is None:
            raise TypeError(f"a value in {self.unit} is no date")
        return self.date.last

    @property
    def quantity(self) -> Decimal:
        """The number. Raises TypeError where this is none."""
        if self.number is None:
            raise TypeError(f"a value in {self.unit} is no number")
        return self.number


class ProvenRule(Record):
    """A rule that the text of a policy proves.

    `spots`: for every criterion by its id, for every case as 'case 1', and 'rule' for the rule as a whole.
    `is_kin`: the rule was written for another policy of the insurer.
    """

    policy_id: str
    year: int
    rule: Rule
    values: Mapping[str, ProvenValue]
    spots: Mapping[str, Spot]
    is_kin: bool = False

    @property
    def id(self) -> str:
        """The rule's own id."""
        return self.rule.id


class RefusedRule(Record):
    """A rule that is not used for a policy, and what of it was not found."""

    rule_id: str
    reasons: tuple[str, ...]


class PolicyRules(Record):
    """The rules of one policy. `cards`: the fingerprint of the card file; "" where there is none for it."""

    policy_id: str
    cards: str = ""
    facts: tuple[FactSpec, ...] = ()
    proven: tuple[ProvenRule, ...] = ()
    refused: tuple[RefusedRule, ...] = ()
