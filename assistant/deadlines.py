"""The planned dates of the policies on file, as they stand to a day, for lists and calendars."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.rule_runs import citation_of
from assistant.scope import ScopeReader
from assistant.turn import Citation
from knowledge.dutch import fold, words
from knowledge.records import DateValue, Policy, PolicyText, Record
from knowledge.rules.planned import Planned, planned_dates
from knowledge.rules.proven import PolicyRules
from knowledge.rules.rulebook import Rulebook
from knowledge.rules.standing import Bound, stand
from knowledge.thesaurus import load_thesaurus

ID_DIGITS = 12

Status = Literal["open", "today", "past", "now"]


class Deadline(Record):
    """A planned date and how it stands to a day.

    `first`, `last`: the stretch that the policy names, `kind` as in `DateValue`; `told` the date with its bound, in
    words. `due`: the last day that counts (`from`: the first). `status`: `open` while `due` is to come, `today` on
    it, `past` after it; `now` within a stretch without an exact day, and from the first day of a `from` on.
    `days_left`: until `due`, negative once it is past; None for a `from` that has begun, which names no end.
    `own`: the provider must act by then; None where the policy's table does not tell.
    """

    id: str
    policy_id: str
    policy_title: str
    insurer: str
    year: int
    what: str
    for_whom: str | None
    told: str
    kind: Literal["exact", "period", "vague"]
    first: dt.date
    last: dt.date
    due: dt.date
    bound: Bound
    own: bool | None
    status: Status
    days_left: int | None
    rule: str | None
    citation: Citation


@dataclass(frozen=True)
class Wanted:
    """Which policies' dates are wanted; None: all. A name fits an insurer or one of its labels."""

    insurer: str | None = None
    year: int | None = None
    care: str | None = None


def deadlines(
    texts: Mapping[str, PolicyText],
    rulebook: Rulebook,
    *,
    today: dt.date,
    wanted: Wanted | None = None,
    language: str = "nl",
) -> list[Deadline]:
    """The dates of the policies that are wanted, earliest first; none where nothing on file fits."""
    policies = fitting([text.policy for text in texts.values()], wanted or Wanted())
    found = [
        _deadline(each, texts[policy.id], today, language)
        for policy in policies
        for each in planned_of(texts[policy.id], rulebook)
    ]
    return sorted(found, key=lambda each: (each.due, each.policy_id, each.id))


def planned_of(text: PolicyText, rulebook: Rulebook) -> tuple[Planned, ...]:
    """What one policy plans, each under an id that stays its own when dates and rows change.

    A row of a table is numbered by its place there, and that moves: its words name it here.
    """
    rules = PolicyRules(policy_id=text.policy.id, proven=tuple(rulebook.among([text.policy.id])))
    return tuple(_renamed(planned_dates(text, rules)))


def _renamed(planned: Sequence[Planned]) -> Iterator[Planned]:
    counts: dict[str, int] = {}
    for each in planned:
        if each.rule is not None:
            yield each
            continue
        told = " ".join(words(f"{each.what.nl} {each.for_whom or ''}"))
        name = hashlib.sha256(told.encode()).hexdigest()[:ID_DIGITS]
        counts[name] = counts.get(name, 0) + 1
        number = f"-{counts[name]}" if counts[name] > 1 else ""
        yield each.model_copy(update={"id": f"{each.policy_id}.row-{name}{number}"})


def fitting(policies: Sequence[Policy], wanted: Wanted) -> list[Policy]:
    """The policies that fit all that is wanted."""
    found = [policy for policy in policies if wanted.year is None or policy.year == wanted.year]
    if wanted.insurer is not None and wanted.insurer.strip():
        found = [policy for policy in found if _is_of(policy, wanted.insurer)]
    if wanted.care is not None and wanted.care.strip():
        covering = _covering(tuple(policies), wanted.care)
        found = [policy for policy in found if policy.id in covering]
    return found


def _is_of(policy: Policy, insurer: str) -> bool:
    """Whether `insurer` is the insurer or a label, or one is named within the other: 'Caresq zorgverzekeringen'."""
    asked = f" {' '.join(words(insurer))} "
    names = [f" {' '.join(words(name))} " for name in (policy.insurer, *policy.labels)]
    return any(asked == name or (asked.strip() and (asked in name or name in asked)) for name in names)


def _covering(policies: tuple[Policy, ...], care: str) -> frozenset[str]:
    """The policies for `care`, by the thesaurus; a term that it does not know counts where a policy names it."""
    understanding = _reader(policies).read("", (), {"care": care})
    if understanding.is_absent:
        return frozenset()
    if understanding.scope.care is not None:
        return frozenset(policy.id for policy in understanding.policies)
    asked = fold(care.strip())
    return frozenset(
        policy.id for policy in policies if any(asked in fold(name) for name in (*policy.care, policy.title))
    )


@lru_cache(maxsize=4)
def _reader(policies: tuple[Policy, ...]) -> ScopeReader:
    return ScopeReader(policies, load_thesaurus())


def _deadline(planned: Planned, text: PolicyText, today: dt.date, language: str) -> Deadline:
    policy, date = text.policy, planned.date
    due = due_day(date, planned.bound)
    status = status_of(date, planned.bound, today)
    standing = stand(date, planned.bound, today, is_own=bool(planned.own))
    return Deadline(
        id=planned.id,
        policy_id=policy.id,
        policy_title=policy.title,
        insurer=policy.insurer,
        year=policy.year,
        what=planned.what.in_language(language),
        for_whom=planned.for_whom,
        told=standing.told.in_language(language),
        kind=date.kind,
        first=date.first,
        last=date.last,
        due=due,
        bound=planned.bound,
        own=planned.own,
        status=status,
        days_left=None if planned.bound == "from" and status == "now" else (due - today).days,
        rule=f"{policy.id}.{planned.rule}" if planned.rule else None,
        citation=citation_of(planned.spot, text),
    )


def due_day(date: DateValue, bound: Bound) -> dt.date:
    """The last day that counts: `before` ends on the day before its date. A `from` is due on its first day."""
    if bound == "from":
        return date.first
    return date.last - dt.timedelta(days=1) if bound == "before" else date.last


def status_of(date: DateValue, bound: Bound, today: dt.date) -> Status:
    """How `today` stands to a date; see `Deadline`."""
    due = due_day(date, bound)
    if bound == "from":
        return "open" if today < due else "today" if today == due and date.kind == "exact" else "now"
    if date.kind != "exact" and date.first <= today <= due:
        return "now"
    return "today" if today == due else "open" if today < due else "past"
