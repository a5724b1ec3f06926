"""The JSON interface of changes: what differs between two policies on file."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api.problems import READING, TOO_MANY, UNKNOWN_POLICY, Problem, documented
from api.routes import Client, Serving
from knowledge.changes.cards import compare_rules
from knowledge.changes.compare import compare, list_changes
from knowledge.changes.records import CardChange, CardState, FigureKind, SectionChange
from knowledge.rules.proven import PolicyRules

router = APIRouter()

AskedPolicy = Annotated[str, Query(max_length=100)]


class FigureOut(BaseModel):
    """A figure that became another one, as both texts word it; null where one has none."""

    kind: FigureKind
    old: str | None
    new: str | None


class SentenceChangeOut(BaseModel):
    """A sentence, item or table row that is not the same; "moved": the same words at another place."""

    kind: Literal["added", "removed", "changed", "moved"]
    old: str | None
    new: str | None
    passage_id: str | None
    old_passage_id: str | None


class SectionChangeOut(BaseModel):
    """A section that came, went or changed. `old_section`, `old_title`: how the older policy names it."""

    section: str
    title: str
    kind: Literal["added", "removed", "changed"]
    renumbered: bool
    retitled: bool
    old_section: str | None
    old_title: str | None
    sentences: list[SentenceChangeOut]
    figures: list[FigureOut]
    passage_id: str | None
    old_passage_id: str | None


class RuleChangeOut(BaseModel):
    """What came of a rule; `look`: a person has to look at it."""

    rule: str
    state: CardState
    why: str
    look: bool


class ChangesOut(BaseModel):
    """What `policy_id` says otherwise than `against`."""

    snapshot: str
    policy_id: str
    against: str
    sections: list[SectionChangeOut]
    rules: list[RuleChangeOut]
    unchanged_sections: int
    years_only: int = Field(description="sentences that differ in nothing but the policy's own year; not listed")


@router.get(
    "/v1/changes",
    responses=documented(UNKNOWN_POLICY, *READING, TOO_MANY),
    tags=["policies"],
    summary="Compare two policies",
)
def get_changes(service: Serving, client: Client, policy_id: AskedPolicy, against: AskedPolicy) -> ChangesOut:
    """What `policy_id` says otherwise than `against`: sections, sentences, figures, and what came of the rules."""
    snapshot = service.shelf.current().snapshot
    service.questions.admit(client)
    new, old = snapshot.texts.get(policy_id), snapshot.texts.get(against)
    if new is None or old is None:
        raise Problem(UNKNOWN_POLICY)
    comparison = compare(old, new)
    changes = list_changes(comparison)
    rules = [snapshot.rules.get(each, PolicyRules(policy_id=each)) for each in (against, policy_id)]
    return ChangesOut(
        snapshot=snapshot.id,
        policy_id=policy_id,
        against=against,
        sections=[_section(each) for each in changes.sections],
        rules=[_rule(each) for each in compare_rules(rules[0], rules[1], comparison)],
        unchanged_sections=changes.unchanged_sections,
        years_only=changes.years_only,
    )


def _section(change: SectionChange) -> SectionChangeOut:
    return SectionChangeOut.model_validate(change, from_attributes=True)


def _rule(change: CardChange) -> RuleChangeOut:
    return RuleChangeOut(rule=change.name, state=change.state, why=change.why, look=change.look)
