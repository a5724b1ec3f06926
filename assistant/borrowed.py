"""Cards of other policies beside a policy's own sentences: they answer only what its likeliest sentence answers.

Such cards tell a small part of a policy, so that the nearest of them is mostly about something else. What the
policy says itself is ranked for every question (`assistant.units`): where the sentence that most likely answers
is the proof of a borrowed card, both tell the same and the card tells it better; everywhere else it is silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from assistant.evidence import Evidence
from assistant.rule_fit import Question, Routed
from assistant.statements import Found, StatementFinder
from knowledge.rules.proven import ProvenRule, Spot


def is_borne_out(spots: Iterable[Spot], evidence: Evidence) -> bool:
    """Whether the sentence that most likely answers stands at one of these spots."""
    if not evidence.units:
        return False
    best = evidence.units[0]
    return any(
        spot.passage_id == best.hit.passage.id and spot.start < best.span.end and best.span.start < spot.end
        for spot in spots
    )


def answers(rule: Routed, evidence: Evidence) -> bool:
    """Whether a rule may answer: it was written for its policy, or what it is proven by does."""
    return not rule.rule.is_kin or is_borne_out(_spots(rule.rule), evidence)


class OwnOrBorneOut(StatementFinder):
    """The statements of a finder, without the borrowed ones that the policy's own sentences do not bear out."""

    def __init__(self, finder: StatementFinder, evidence: Evidence) -> None:
        vars(self).update(vars(finder))
        self._finder = finder
        self._evidence = evidence

    def find(self, question: Question, policy_ids: Collection[str]) -> list[Found]:
        """The statements nearest to the question within `policy_ids` (empty: all), best first."""
        return [each for each in self._finder.find(question, policy_ids) if self._may_answer(each)]

    def at_point(self, policy_id: str, point: str) -> list[Found]:
        """The statements of a policy on one point."""
        return [each for each in self._finder.at_point(policy_id, point) if self._may_answer(each)]

    def _may_answer(self, found: Found) -> bool:
        return not found.statement.is_kin or is_borne_out(found.statement.spots, self._evidence)


def _spots(rule: ProvenRule) -> list[Spot]:
    return [*rule.spots.values(), *(value.spot for value in rule.values.values())]
