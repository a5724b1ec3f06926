"""What a turn can be answered from, gathered from the policies that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from assistant.cards import Cards
from assistant.evidence import Evidence, gather
from assistant.followup import complete, goes_on, readings
from assistant.going_on import GoingOn
from assistant.question import Asked, asks_which_is_first, read_asked
from assistant.record import Turn
from assistant.scope import ScopeReader, Understanding
from assistant.sides import of_side
from assistant.turn_form import asks_itself
from assistant.units import holds_day
from knowledge.search import Searcher

UNITS_JUDGED = 5
"""The best units, one of which holds a date where other policies are to tell when something is due."""


class Gatherer:
    """Gathers evidence: of a comparison for each side, of a care type without a policy from the others."""

    def __init__(self, searcher: Searcher, cards: Cards, scopes: ScopeReader) -> None:
        self._searcher = searcher
        self._cards = cards
        self._scopes = scopes

    def gather(self, turn: Turn) -> Turn:
        """The turn with its evidence, or with the status that ends it."""
        if turn.status is not None or turn.understanding is None:
            return turn
        understanding = turn.understanding
        if understanding.absent_insurer and understanding.only_insurer and understanding.policies:
            return replace(turn, status="out_of_scope_insurer")
        if understanding.is_absent and understanding.absent_care is None:
            return replace(turn, status="unanswerable_no_policy")
        mended = self._searcher.mended(turn.asked)
        fits = partial(self._cards.nearest, policy_ids=understanding.scope.policy_ids)
        question = complete(mended, turn.history, fits) if turn.rewritten is None else mended
        asked = read_asked(mended)
        if not asked.kind_said and not asks_itself(mended):  # "en bij de ander?" asks for the same kind of thing
            asked = read_asked(question)
        if understanding.compares and asks_which_is_first(mended):
            asked = replace(asked, when=True)
        if understanding.is_absent:
            return self._gather_elsewhere(turn, understanding, question, asked)
        parts = sides_of(understanding) if understanding.compares else (understanding,)
        on = goes_on(mended, turn.history) if turn.rewritten is None else None
        ways = readings(mended, turn.history, fits) if turn.rewritten is None else None
        evidence = tuple(self._of_side(turn, question, asked, part, parts, on, ways) for part in parts)
        return replace(turn, evidence=evidence, understanding=understanding)

    def _of_side(
        self,
        turn: Turn,
        question: str,
        asked: Asked,
        part: Understanding,
        parts: Sequence[Understanding],
        on: GoingOn | None,
        ways: tuple[str, str] | None,
    ) -> Evidence:
        """The evidence of one part; of a comparison for what is asked of that side."""
        others = [policy for other in parts if other is not part for policy in other.policies]
        said = None
        if others:
            question, said = (
                of_side(text, part.policies, others, self._scopes.means) for text in (question, turn.question)
            )
        return gather(question, asked, part, self._searcher, going_on=on, readings=ways, said=said)

    def _gather_elsewhere(self, turn: Turn, understanding: Understanding, question: str, asked: Asked) -> Turn:
        """What other policies say of a care type that has no policy of its own here, an annex for one."""
        care = understanding.absent_care or ""
        ids = tuple(policy.id for policy in understanding.policies)
        understanding = replace(understanding, scope=understanding.scope.model_copy(update={"policy_ids": ids}))
        evidence = gather(
            question, asked, understanding, self._searcher, speaks=lambda text: self._scopes.names(text, care)
        )
        dated = evidence.facts or any(holds_day(unit.text) for unit in evidence.units[:UNITS_JUDGED])
        if not evidence.units or (asked.when and not dated):
            return replace(turn, status="unanswerable_no_policy")
        return replace(turn, evidence=(evidence,), understanding=understanding)


def sides_of(understanding: Understanding) -> tuple[Understanding, ...]:
    """A comparison as one understanding for each side: each is searched and answered on its own."""
    return tuple(
        replace(
            understanding,
            policies=side,
            scope=understanding.scope.model_copy(update={"policy_ids": tuple(policy.id for policy in side)}),
        )
        for side in understanding.groups
    )
