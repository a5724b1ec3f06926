"""Everything that a policy plans on a day: its deadline rules, and the rows of its planning tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.records import DateValue, Fact, PolicyText, Record
from knowledge.rules.card import DeadlineRule, Said
from knowledge.rules.proven import PolicyRules, ProvenRule, Spot
from knowledge.rules.standing import Bound
from knowledge.rules.wording import fill

_BOUND_OF_DATE: dict[str, Bound] = {"on": "on", "by": "by", "before": "before", "from": "from", "after": "from"}


class Planned(Record):
    """A planned date: what it is about, for whom, its bound, and where it stands.

    `rule`: the id of the deadline rule it comes from; None for a row of a table, whose words `what` has. `own`: the
    provider must act by then, None where a row does not tell.
    """

    id: str
    policy_id: str
    what: Said
    for_whom: str | None = None
    date: DateValue
    bound: Bound
    own: bool | None
    rule: str | None
    spot: Spot


def planned_dates(text: PolicyText, rules: PolicyRules) -> tuple[Planned, ...]:
    """The planned dates of a policy, earliest first; a row that a deadline rule rests on is told once, as the rule."""
    from_rules = list(_of_rules(rules.proven))
    taken = {(each.spot.passage_id, each.date.first, each.date.last) for each in from_rules}
    found = [*from_rules, *(each for each in _of_rows(text.facts) if _place(each) not in taken)]
    return tuple(sorted(found, key=lambda each: (each.date.last, each.id)))


def _place(planned: Planned) -> tuple[str, object, object]:
    return planned.spot.passage_id, planned.date.first, planned.date.last


def _of_rules(rules: Iterable[ProvenRule]) -> Iterator[Planned]:
    for proven in rules:
        if isinstance(proven.rule, DeadlineRule):
            value = proven.values["date"]
            if value.date is not None:
                yield Planned(
                    id=f"{proven.policy_id}.{proven.id}",
                    policy_id=proven.policy_id,
                    what=fill(proven.rule.what, proven.values),
                    date=value.date,
                    bound=proven.rule.bound,
                    own=proven.rule.own,
                    rule=proven.id,
                    spot=value.spot,
                )


def _of_rows(facts: Iterable[Fact]) -> Iterator[Planned]:
    for fact in facts:
        if fact.kind != "deadline":
            continue
        for number, date in enumerate(fact.dates, start=1):
            yield Planned(
                id=fact.id if number == 1 else f"{fact.id}-{number}",
                policy_id=fact.policy_id,
                what=Said(nl=fact.topic, en=fact.topic),
                for_whom=fact.for_whom,
                date=date,
                bound=_BOUND_OF_DATE[date.bound],
                own=None,
                rule=None,
                spot=Spot(
                    passage_id=fact.passage_id,
                    start=min(span.start for span in fact.spans),
                    end=max(span.end for span in fact.spans),
                ),
            )
