"""What answers a look-up: one statement, one for each thing asked, or alternatives where the asker must say which.

Alternatives are the variants of one point for different kinds of providers, or what several policies
say of the same where nothing tells which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.question import read_asked
from assistant.routing import WEIGHTS as RULE_WEIGHTS
from assistant.rule_fit import DATED, Question, Routed, facts_told
from assistant.statements import LIKENESS, Found, StatementFinder, names_whom
from knowledge.statements.card import Statement

LEAST = 5.0
"""The least score of a statement that answers."""
TOGETHER, SAME_POINT = 0.93, 0.7
"""A statement of another policy is as good from this share of the best score on; less is enough for the same point."""
SECOND = 0.9
"""What a second statement must score, as a share of what one part of the question brings at best."""
SAME_WORDS = 90
"""Two statements this alike (0 to 100) say the same, be it of another policy."""
MOST_ALTERNATIVES = 4
MOST_TOLD = 2

RULE_TOLD, RULE_DATED, RULE_UNTOLD = 0.75, 0.9, 1.1
"""A rule answers when it is this much as near as the statement: one told facts, one that gives a day asked for, any."""

_PARTS = re.compile(
    r"(?<=[?])\s+|,?\s+(?:en|and)\s+(?=(?:wat|wanneer|hoe\w*|waar\w*|wie|welke?|moet\w*|mag|mogen|kan|kunnen|geldt|is|zijn|"
    r"what|when|how|where|who|which|must|may|can|do|does|is|are)\b)",
    re.IGNORECASE,
)
MIN_PART_WORDS = 4


@dataclass(frozen=True)
class LookUp:
    """The statements told, best first; with `by`, they are alternatives: for "whom" or of which "policy"."""

    told: tuple[Found, ...]
    by: str | None = None

    @property
    def is_absence(self) -> bool:
        """Whether all that is told is that the policy does not say it."""
        return all(found.statement.is_absence for found in self.told)


def look_up(finder: StatementFinder, question: Question, policy_ids: Sequence[str], *, settled: bool) -> LookUp | None:
    """What answers the question within `policy_ids` (empty: all); None where no statement is near enough.

    `settled`: what was said tells which policy is meant.
    """
    found = [each for each in finder.find(question, policy_ids) if each.score >= LEAST]
    if not found:
        return None
    best = found[0]
    variants = _variants(finder, best, question)
    if len(variants) > 1:
        return LookUp(tuple(variants[:MOST_ALTERNATIVES]), by="whom")
    best = variants[0]
    if not settled:
        others = _elsewhere(best, found[1:])
        if others:
            return LookUp((best, *others)[:MOST_ALTERNATIVES], by="policy")
    return LookUp(_with_second(finder, best, question))


def _variants(finder: StatementFinder, best: Found, question: Question) -> list[Found]:
    """The variants of the best statement's point that the asker may mean; it alone where there are no others."""
    variants = finder.variants(best)
    if len(variants) < 2:
        return [best]
    earlier = " ".join(turn.content for turn in question.history if turn.role == "user")
    for text in (question.said, question.text, earlier):
        named = [each for each in variants if names_whom(text, each.statement)]
        if named:
            return named if len(named) < len(variants) else [best]
    return variants


def _elsewhere(best: Found, found: Sequence[Found]) -> list[Found]:
    """The best statement of each other policy that is as good an answer."""
    chosen: dict[str, Found] = {}
    for each in found:
        policy_id = each.statement.policy_id
        if policy_id == best.statement.policy_id or policy_id in chosen:
            continue
        if each.statement.is_absence and not best.statement.is_absence:
            continue  # that another policy is silent is no alternative
        share = SAME_POINT if _point(each) is not None and _point(each) == _point(best) else TOGETHER
        if each.score >= share * best.score:
            chosen[policy_id] = each
    return list(chosen.values())


def _point(found: Found) -> str | None:
    return found.card.point if isinstance(found.card, Statement) else None


def says_alike(one: Found, other: Found) -> bool:
    """Whether two statements say the same."""
    return fuzz.ratio(_whole(one), _whole(other)) >= SAME_WORDS


def _whole(found: Found) -> str:
    items = found.card.items if isinstance(found.card, Statement) else ()
    return " ".join((found.card.says.nl, *(item.nl for item in items)))


def _with_second(finder: StatementFinder, best: Found, question: Question) -> tuple[Found, ...]:
    """The best statement, and what answers another part of the question, where it asks for two things."""
    parts = [part for part in _PARTS.split(question.text) if len(part.split()) >= MIN_PART_WORDS]
    if len(parts) < 2:
        return (best,)
    told = [best]
    for part in parts:
        asked = replace(question, text=part, asked=read_asked(part))
        near = finder.find(asked, (best.statement.policy_id,))[:1]
        is_new = near and all(near[0].statement != each.statement for each in told)
        if is_new and near[0].score >= max(LEAST, SECOND * best.score) and not near[0].statement.is_absence:
            told.append(near[0])
    return tuple(told[:MOST_TOLD])


def prefers_rule(rule: Routed, found: LookUp | None, question: Question) -> bool:
    """Whether a rule answers rather than the statements found: the more so, the more it was told."""
    if found is None:
        return True
    like = RULE_WEIGHTS[: len(LIKENESS)]
    by_rule, by_statement = (float(each.features[: len(LIKENESS)] @ like) for each in (rule, found.told[0]))
    said = facts_told(rule.rule, rule.result)
    if said - {"provider_type"}:
        share = RULE_TOLD
    elif isinstance(rule.rule.rule, DATED) and question.asked.when:
        share = RULE_DATED
    else:
        share = RULE_UNTOLD
    return by_rule >= share * by_statement
