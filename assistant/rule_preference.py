"""Which of the rules near to a question answers it: the best one, or one as near that suits better what is asked.

Each function gives the best rule as it stands where none of those near it suits better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.asked_outcome import chosen_case
from assistant.covered import covers
from assistant.planning import acts_of
from assistant.rule_fit import DATED, LEAST, Question, Routed
from assistant.turn_form import supposes
from knowledge.rules.card import ChoiceRule, ConditionsRule, DeadlineRule, FormulaRule, StartRule, TermRule
from knowledge.rules.inputs import all_criteria
from knowledge.rules.proven import ProvenRule

AS_NEAR = 0.9
"""A rule is as near as the best one from this share of its score on."""
CASE_PUT = 0.8
"""A rule to which the case that the asker puts tells something is as near from this share on."""
MET_TOO = 0.88
"""A rule that is met by other facts is told too from this share on."""
OPEN_SHARE = 0.75
"""A rule whose open condition the question names is the one asked for from this share on."""
VERDICT_ASKED = 0.8
"""A rule that tells whether it can still be done is as near from this share on, where that is asked."""
AWAITED = 0.7
"""Likewise one about nothing but what the asker waits for: what he tells of himself speaks for other rules."""
COVER_ASKED = 0.75
"""A start that was counted is as near from this share on, where it is asked if the contract holds for a time."""
FAR_NEARER = 0.7
"""How much more a rule must score by the sound of the question alone that is asked back for, before one that was told
something. In our own questions in prose two are so far ahead, and both are to be asked back."""
NEARER = 0.75
"""A rule is no answer below this share of the score of one of which nothing was told."""
DAY_ASKED = 0.75
"""A rule that tells a day is as near from this share on, where a day is asked for."""
BOTH_ASKED = 0.6
"""A rule that tells the other half of what is asked is told too from this share on."""
BESIDE_SHARE = 0.4
"""A rule is told beside the best one from this share of its score on."""


def supposed(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; before one to which nothing was told, one as near to which the case that the asker puts tells."""
    if told_facts(best) or not supposes(question.said):
        return best
    near = (each for each in candidates if each.score >= CASE_PUT * best.score)
    return next((each for each in near if told_facts(each) and each.rule.policy_id == best.rule.policy_id), best)


def timely(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where it is asked whether something is in time and it does not tell, one as near that does.

    Who asks whether he can still act is told his own day, who waits for the insurer that of the insurer.
    """
    if not (question.asks_in_time or question.waits):
        return best
    near = [best] if _tells_standing(best, question) else []
    near += [
        each
        for each in candidates
        if each.score >= AWAITED * best.score
        and each.rule.policy_id == best.rule.policy_id
        and _tells_standing(each, question)
    ]
    awaited = [each for each in near if question.waits and _names_only(each, question)]
    near = [each for each in near if each.score >= VERDICT_ASKED * best.score]
    if isinstance(best.rule.rule, StartRule) and _is_counted(best):  # 'is het te laat als ik vandaag aanvraag?'
        near = [each for each in near if acts_of(each.rule.rule.title.nl) & question.acts]
    return next(iter([*awaited, *near]), best)


def _tells_standing(rule: Routed, question: Question) -> bool:
    """Whether a rule tells a day and how today stands to it: of the asker, or of the insurer for whom he waits."""
    stands = isinstance(rule.rule.rule, DeadlineRule) or rule.result.is_open is not None
    return stands and is_of_others(rule.rule) == question.waits


def _names_only(rule: Routed, question: Question) -> bool:
    """Whether a rule is about what is waited for and nothing else: a questionnaire that is offered is another thing."""
    acts = acts_of(rule.rule.rule.title.nl)
    return bool(acts) and acts <= question.acts


def covering(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where it is asked if a contract holds for a time, the first day of one that was counted."""
    if not question.asks_cover:
        return best
    near = (each for each in candidates if each.score >= COVER_ASKED * best.score)
    return next(
        (
            each
            for each in near
            if each.rule.policy_id == best.rule.policy_id
            and _is_counted(each)
            and covers(each.rule, each.result, question.part, question.today) is not None
        ),
        best,
    )


def theirs(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where it is asked when the asker will know or get something, what the insurer does as near to it.

    Of several things that the insurer does by a day, the one that is asked about and nothing else.
    """
    if not question.asks_day or not isinstance(best.rule.rule, DATED):
        return best
    near = [
        each
        for each in candidates
        if each.score >= AS_NEAR * best.score
        and each.rule.policy_id == best.rule.policy_id
        and each.result.unit == "date"
        and is_of_others(each.rule)
    ]
    if isinstance(best.rule.rule, TermRule):
        return best  # it counts from what the asker tells, or is to tell
    if is_of_others(best.rule):
        other_acts = acts_of(best.rule.rule.title.nl) - question.acts
        return next((each for each in near if other_acts and _names_only(each, question)), best)
    return next(iter(near), best) if question.awaits_word else best


def dated(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where a day is asked for and it tells none, one near it about the same act that does."""
    if not question.asks_day or best.result.unit == "date" or isinstance(best.rule.rule, DATED):
        return best
    return next(
        (
            each
            for each in candidates
            if each.score >= DAY_ASKED * best.score
            and each.rule.policy_id == best.rule.policy_id
            and isinstance(each.rule.rule, DATED)
            and each.result.unit == "date"
            and acts_of(each.rule.rule.title.nl) & question.acts
        ),
        best,
    )


def asked_too(best: Routed, candidates: Sequence[Routed], question: Question) -> list[Routed]:
    """The other half of what is asked in one go: from when a contract holds, and whether something can be.

    The day is counted from one that was told.
    """
    if not question.asks_both:
        return []
    is_dated = isinstance(best.rule.rule, DATED)
    return [
        each
        for each in candidates
        if each.score >= BOTH_ASKED * best.score
        and each.rule.policy_id == best.rule.policy_id
        and isinstance(each.rule.rule, DATED) != is_dated
        and not told_facts(each) & told_facts(best)
        and _is_counted(best if is_dated else each)
        and (each if is_dated else best).result.verdict != "undecided"
    ][:1]


def _is_counted(rule: Routed) -> bool:
    """Whether a day was counted from one that was told."""
    return rule.result.unit == "date" and bool(rule.result.steps) and bool(told_facts(rule))


def counting(best: Routed, candidates: Sequence[Routed], question: Question) -> Routed:
    """The best rule; before a fixed day against which nothing is to be held, one as near that counts from a day told.

    It is about the same act: who tells when his contract came asks how long he has from then on.
    """
    if not isinstance(best.rule.rule, DeadlineRule) or (told_facts(best) and question.asks_decision):
        return best
    acts = acts_of(best.rule.rule.title.nl)
    return next(
        (
            each
            for each in candidates
            if each.score >= AS_NEAR * best.score
            and each.rule.policy_id == best.rule.policy_id
            and each.result.steps
            and told_facts(each)
            and acts_of(each.rule.rule.title.nl) & acts
        ),
        best,
    )


def decided(best: Routed, candidates: Sequence[Routed]) -> Routed:
    """The best rule; where it is still open, one as near about the same act that all of what was told decides."""
    if best.result.verdict != "undecided" or not told_facts(best):
        return best
    return next(
        (
            each
            for each in candidates
            if each.score >= AS_NEAR * best.score
            and each.rule.policy_id == best.rule.policy_id
            and each.result.verdict != "undecided"
            and not each.result.missing
            and told_facts(each) >= told_facts(best)
            and acts_of(each.rule.rule.title.nl) & acts_of(best.rule.rule.title.nl)
        ),
        best,
    )


def by_other_facts(
    best: Routed, candidates: Sequence[Routed], verdict: Literal["met", "not_met"], share: float
) -> list[Routed]:
    """The conditions of the same policy, as near as this share of the best, that other facts which were told decide.

    Only where the asker meets the best: one condition met does not tell whether he can get a contract.
    """
    told = told_facts(best)
    if best.result.verdict != "met" or not told:
        return []
    return [
        each
        for each in candidates
        if each.rule.policy_id == best.rule.policy_id
        and each.result.verdict == verdict
        and isinstance(each.rule.rule, ConditionsRule)
        and told_facts(each)
        and not told_facts(each) & told
        and each.score >= share * best.score
    ][:1]


def asked_back(best: Routed, near: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where it only judges what was told by the way, the condition that the question is far nearer to.

    Of that one nothing was told, and it depends on one thing: 'we zijn geregistreerd; kopen ze ook bij ons in?'.
    """
    if not (question.asks_decision and told_facts(best) and best.result.verdict in ("met", "not_met")):
        return best
    return next(
        (
            each
            for each in near
            if each.rule.policy_id == best.rule.policy_id
            and isinstance(each.rule.rule, ConditionsRule)
            and not told_facts(each)
            and each.result.verdict == "undecided"
            and len(each.result.missing) == 1
            and each.nearness >= best.nearness + FAR_NEARER
        ),
        best,
    )


def asks_one(rule: Routed, best: Routed) -> bool:
    """Whether a rule is a checklist that depends on one thing yet, near to the best one."""
    is_open = isinstance(rule.rule.rule, ConditionsRule) and rule.result.verdict == "undecided"
    return is_open and rule.score >= OPEN_SHARE * best.score


def elsewhere(best: Routed, candidates: Sequence[Routed], near: Sequence[Routed], question: Question) -> Routed:
    """The best rule; where the asker is of a kind for which another policy or agreement holds, what tells him so.

    Likewise where he asks whether he has to be elsewhere: the table that says it, of all rules `near`.
    """
    if question.asks_elsewhere:
        tables = (each for each in near if each.rule.policy_id == best.rule.policy_id and each.score >= LEAST)
        best = next((each for each in tables if _sends_elsewhere(each)), best)
    if isinstance(best.rule.rule, DATED):
        return best
    for each in candidates:
        case = chosen_case(each.rule, each.result) if each.rule.policy_id == best.rule.policy_id else None
        if case is not None and case.elsewhere:
            return each
    return best


def _sends_elsewhere(rule: Routed) -> bool:
    """Whether a rule is a table of which policy or agreement holds for whom."""
    return isinstance(rule.rule.rule, ChoiceRule) and any(case.elsewhere for case in rule.rule.rule.cases)


def explaining(best: Routed, candidates: Sequence[Routed]) -> list[Routed]:
    """The figure that a limit which the asker does not meet comes to for him: how many places he needs."""
    missed = {c.id for c in best.result.criteria if c.verdict == "not_met"}
    limits = {c.parameter for c in all_criteria(best.rule.rule) if c.id in missed and c.parameter}
    return [
        each
        for each in candidates
        if isinstance(each.rule.rule, FormulaRule)
        and each.rule.policy_id == best.rule.policy_id
        and each.result.verdict == "value"
        and limits & set(each.rule.rule.parameters)
    ][:1]


def of_several(best: Routed, candidates: Sequence[Routed]) -> Routed:
    """The best rule; where that only says yes or no, a table that what was told decides, as far or farther."""
    if not isinstance(best.rule.rule, ConditionsRule):
        return best
    return next(
        (
            each
            for each in candidates
            if isinstance(each.rule.rule, ChoiceRule)
            and each.rule.policy_id == best.rule.policy_id
            and each.result.verdict == "value"
            and len(told_facts(each)) >= max(len(told_facts(best)), 1)
            and told_facts(each) & told_facts(best)
        ),
        best,
    )


def is_beside(rule: Routed, untold: Sequence[Routed]) -> bool:
    """Whether a rule only judges by what was told beside the question: one of `untold` is nearer to it.

    Of that one the asker told nothing; what he told by the way decides nothing that he asks.
    """
    return any(other.rule.policy_id == rule.rule.policy_id and rule.score < NEARER * other.score for other in untold)


def is_of_others(rule: ProvenRule) -> bool:
    """Whether a rule tells what the insurer does by a day, and not the asker."""
    return isinstance(rule.rule, DeadlineRule | TermRule | ChoiceRule) and not rule.rule.own


def told_facts(routed: Routed) -> set[str]:
    """The facts on which an outcome rests, but for what kind of provider asks."""
    return routed.told - {"provider_type"}


def is_twin(rule: ProvenRule, other: ProvenRule) -> bool:
    """Whether two rules are about the same act, or of the same name."""
    acts = acts_of(rule.rule.title.nl) & acts_of(other.rule.title.nl)
    return rule.id == other.id or bool(acts)
