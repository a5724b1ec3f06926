"""Choosing what answers a turn: rules, statements, or neither, which leaves it to quotes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial

from assistant.borrowed import OwnOrBorneOut, answers
from assistant.cards import Cards
from assistant.draft import asks_scope
from assistant.evidence import Evidence
from assistant.look_up import LookUp, look_up
from assistant.preference import is_timely, prefers_rule, settles
from assistant.question import asks_each, asks_likewise
from assistant.record import Turn
from assistant.routing import RuleRouter
from assistant.rule_fit import Question, Routed, asked_part
from assistant.rule_preference import is_twin
from assistant.scope import Understanding
from assistant.sides import point_key, shared_point
from assistant.statements import Found, StatementFinder
from assistant.told_before import Untold, told_before
from assistant.turn_form import names_in
from knowledge.card_fits import PROVIDER
from knowledge.dutch import fold
from knowledge.rules.proven import ProvenRule, Spot
from knowledge.search import Searcher

FAR_BETTER = 1.5
"""How much better one side must answer for the other to be no side: set on questions in which a second care type is
named by the way, and on comparisons, none of which has sides this far apart."""


class Chooser:
    """Chooses between the rules and the statements of the policies that a turn is about."""

    def __init__(self, searcher: Searcher, cards: Cards, router: RuleRouter, statements: StatementFinder) -> None:
        self._searcher = searcher
        self._cards = cards
        self._router = router
        self._statements = statements

    def choose(self, turn: Turn) -> Turn:
        """What is to answer: rules run on what the asker said, or statements; neither leaves it to quotes.

        In a comparison every policy is answered in the same way: by rules only where each has one.
        """
        if turn.status is not None or turn.understanding is None:
            return turn
        if turn.understanding.is_absent:
            return self._choose_elsewhere(turn)
        routed, near, looked_up = [], [], []
        on_point = self._on_shared_point(turn)
        for evidence in turn.evidence:
            question, ids = question_of(turn, evidence), evidence.understanding.scope.policy_ids
            is_settled = evidence.understanding.compares or not asks_scope(evidence.understanding)
            before = told_before(self._searcher.mended(turn.question), turn.history, self._cards, ids)
            routes = self._router.route(question, ids, settled=is_settled)
            rules = [each for each in routes if answers(each, evidence)]
            untold = Untold(self._statements, before) if before.answer else self._statements
            finder = OwnOrBorneOut(untold, evidence)
            is_for = partial(self._router.is_for, question)
            several = len(turn.evidence) > 1
            statements = look_up(
                finder, question, ids, settled=is_settled, compares=several, is_for=is_for, on_point=on_point
            )
            if before.adds_to(statements):
                rules = [each for each in rules if not before.has_outcome(each)]
            routed.append(rules if any(prefers_rule(each, statements, question) for each in _first(rules)) else [])
            near.append(rules)
            looked_up.append(statements)
        told = [number for number in range(len(routed)) if looked_up[number] or (routed[number] and all(routed))]
        decided = [
            number
            for number, rules in enumerate(routed)
            if rules and settles(rules[0], question_of(turn, turn.evidence[number]))
        ]
        compares = _asks_of_each(turn)
        spoken_to = [number for number, rules in enumerate(routed) if rules and rules[0].told - {PROVIDER}]
        far_better = _far_better(turn, routed, looked_up)
        sides = next((each for each in (far_better, decided, spoken_to) if len(each) == 1), told)
        if len(sides) == 1 < len(turn.evidence) and not compares:
            # Two policies were named, but only one of them tells what is asked, or is told anything: the other is part
            # of the story.
            number = sides[0]
            turn = replace(turn, evidence=(turn.evidence[number],), understanding=_one_side(turn.evidence[number]))
            routed, looked_up = [routed[number]], [looked_up[number]]
        elif all(near) and any(rules and not found for rules, found in zip(routed, looked_up, strict=True)):
            routed = near  # one side is answered by a rule alone: then each is by its own
        if all(looked_up) and not _are_twins(routed):
            routed = []  # two rules about different things compare nothing
        if routed and all(routed):
            return replace(turn, routed=tuple(each for part in routed for each in part))
        return replace(turn, looked_up=tuple(looked_up))

    def _on_shared_point(self, turn: Turn) -> Callable[[Found], bool] | None:
        """Whether a statement is about what every side of a comparison tells of; None where there is no such point."""
        if len(turn.evidence) < 2 or not _asks_of_each(turn):
            return None
        found = [
            self._statements.find(question_of(turn, each), each.understanding.scope.policy_ids)
            for each in turn.evidence
        ]
        point = shared_point(found)
        return None if point is None else lambda each: point_key(each) == point

    def _choose_elsewhere(self, turn: Turn) -> Turn:
        """What another policy tells of a care type that has no policy of its own here: a rule or a statement."""
        if not turn.evidence:
            return turn
        evidence = turn.evidence[0]
        question, ids = question_of(turn, evidence), evidence.understanding.scope.policy_ids
        among = {hit.passage.id for hit in evidence.hits}
        found = look_up(OwnOrBorneOut(self._statements, evidence), question, ids, settled=True)
        if found is not None and not all(_is_proven_among(each.statement.spots, among) for each in found.told):
            found = None
        rules = [each for each in self._router.route(question, ids) if answers(each, evidence)][:1]
        told = bool(rules) and (bool(rules[0].told - {"provider_type"}) or is_timely(rules[0], question))
        care = turn.understanding.absent_care if turn.understanding is not None else None
        if (
            told
            and prefers_rule(rules[0], found, question)
            and (_is_for_care(rules[0].rule, care) or _is_proven_among(rules[0].rule.spots.values(), among))
        ):
            return replace(turn, routed=tuple(rules))
        return turn if found is None else replace(turn, looked_up=(found,))


def _asks_of_each(turn: Turn) -> bool:
    """Whether the same is asked of all the policies that were named; else one may be named by the way."""
    if asks_each(turn.question) or asks_likewise(turn.question):
        return True
    questions = [question_of(turn, each) for each in turn.evidence]
    insurers = {fold(name) for name in names_in(asked_part(turn.question)).get("insurer", ())}
    return len(insurers) > 1 or any(question.compares for question in questions)


def _are_twins(routed: Sequence[Sequence[Routed]]) -> bool:
    """Whether the rules of all sides are about the same."""
    return all(rules and is_twin(rules[0].rule, routed[0][0].rule) for rules in routed)


def _first(rules: Sequence[Routed]) -> Sequence[Routed]:
    """The best of the rules: of one policy the nearest too, as one that fails is told before the one asked for."""
    if len({each.rule.policy_id for each in rules}) != 1:
        return rules[:1]
    return (rules[0], max(rules, key=lambda each: each.score))


def _far_better(turn: Turn, routed: Sequence[Sequence[Routed]], looked_up: Sequence[LookUp | None]) -> list[int]:
    """The side of a comparison that answers far better than every other, unless two insurers were named.

    'Ons geboortecentrum staat tegenover het ziekenhuis: voldoen wij?' asks nothing of hospitals.
    """
    scope = turn.understanding.scope if turn.understanding is not None else None
    if len(turn.evidence) < 2 or scope is None or ("insurer" in scope.said and scope.insurer is None):
        return []
    scores = [
        max([0.0, *(each.score for each in rules[:1]), *(each.score for each in (found.told[:1] if found else ()))])
        for rules, found in zip(routed, looked_up, strict=True)
    ]
    best = far_best(scores)
    return [] if best is None else [best]


def far_best(scores: Sequence[float]) -> int | None:
    """The place of the score that is `FAR_BETTER` than every other; None where there is none."""
    best, second = sorted(scores, reverse=True)[:2]
    return scores.index(best) if best - second >= FAR_BETTER else None


def question_of(turn: Turn, evidence: Evidence) -> Question:
    """The turn as the routing of rules takes it."""
    return Question(
        text=evidence.question,
        said=turn.question if evidence.said is None else evidence.said,
        asked=evidence.asked,
        hits=evidence.hits,
        history=turn.history,
        today=turn.today,
        language=turn.language,
        readings=evidence.readings,
    )


def _is_for_care(rule: ProvenRule, care: str | None) -> bool:
    """Whether a rule is written for a care type, though the policy it stands in is about another one: in an annex."""
    return care is not None and any(fold(care) == fold(each) for each in rule.rule.care)


def _is_proven_among(spots: Iterable[Spot], passages: Collection[str]) -> bool:
    """Whether one of the spots that prove something stands in one of these passages."""
    return any(spot.passage_id in passages for spot in spots)


def _one_side(evidence: Evidence) -> Understanding:
    """One side of a comparison as what is asked about."""
    return replace(evidence.understanding, compares=False, groups=())
