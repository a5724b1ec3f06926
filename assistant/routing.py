"""Which rules a question needs: by the questions that rules answer, the passages found, and the facts said.

A look-up needs none. A rule is routed to when the question sounds like those that it answers, or
search finds the very passages that prove it; it is run on what the asker said, and on nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from typing import NamedTuple

import numpy as np

from assistant.asked_outcome import is_meant as is_meant_one
from assistant.asked_outcome import is_ruled_out, kinds_told, outcomes_named
from assistant.cards import LIKENESS, Cards
from assistant.covered import covers
from assistant.facts import AskerFacts, merge, read_facts
from assistant.named_case import with_named_case
from assistant.only_figure import with_only_figures
from assistant.planning import acts_of
from assistant.prose.phrases import Lexicon
from assistant.prose.tokens import read_tokens
from assistant.put_otherwise import moved_in, put_otherwise
from assistant.question import asks_yes_no
from assistant.ranges import run_on_ranges
from assistant.rule_fit import DATED, Floats, Question, Routed, asked_part, bar, can_answer, facts_told
from assistant.rule_preference import (
    BESIDE_SHARE,
    MET_TOO,
    asked_back,
    asked_too,
    asks_one,
    by_other_facts,
    counting,
    covering,
    dated,
    decided,
    elsewhere,
    explaining,
    is_beside,
    is_of_others,
    is_twin,
    of_several,
    supposed,
    theirs,
    timely,
    told_facts,
)
from assistant.told_before import last_answer, tells_outcome
from assistant.turn_form import asks, is_case, says_itself, supposes
from knowledge.card_fits import PROVIDER
from knowledge.rules.card import ChoiceRule, ConditionsRule, DeadlineRule, FormulaRule
from knowledge.rules.inputs import facts_of
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook
from knowledge.statements.card import Statement
from knowledge.statements.proven import ProvenStatement

CANDIDATES = 12
"""Rules of a policy that are run."""
NEAR_SHARE = 0.75
"""A policy is looked at when its best rule is this near to the best of all, before facts are read."""

FEATURES = (
    *LIKENESS,
    "facts",
    "share",
    "decided",
    "when and a day",
    "a day unasked",
    "nothing to judge by",
    "same act",
    "other act",
    "when and no day",
)
WEIGHTS = np.array([0.71, 1.17, 0.5, 0.48, 0.76, 2.53, 1.2, 0.6, 0.77, 0.63, 0.1, -0.15, -0.38, 0.5, -0.5, -0.8])
"""Fitted by `python -m evals.rule_routing` on our own questions in prose, a policy at a time left out; only what an
answer without a day loses where a day is asked was set by hand (fitted: -0.6), for look-ups unseen by the fit."""
_WE = "Wij:"
"""What makes the name of a kind of provider something that an asker tells of himself."""
OTHER_POLICY, UNSETTLED = 0.9, 0.75
"""A rule of another policy is as good an answer from this share of the best one's score on: less is enough where
nothing that was said tells which policy is meant. The rule must be about the same."""


class RuleRouter:
    """Routes questions to the rules of one snapshot."""

    def __init__(self, rulebook: Rulebook, cards: Cards) -> None:
        self.rulebook = rulebook
        self._rules = cards.rules
        self._cards = cards
        policy_ids = {rule.policy_id for rule in self._rules}
        self._lexicons = {policy_id: Lexicon(tuple(rulebook.specs(policy_id).values())) for policy_id in policy_ids}

    def route(self, question: Question, policy_ids: Sequence[str], *, settled: bool = True) -> list[Routed]:
        """The rules that the question needs within `policy_ids` (empty: all), best first, one a policy.

        None for a look-up. Several only where their policies fit the question alike; `settled`: what was said
        tells which policy is meant.
        """
        found = self.candidates(question, policy_ids)
        able = [each for each in found if can_answer(each, question)]
        untold = [
            each for each in able if isinstance(each.rule.rule, ConditionsRule | FormulaRule) and not told_facts(each)
        ]
        near = [each for each in able if each.goes_on or not is_beside(each, untold)]
        candidates = [each for each in near if each.score >= bar(each, question)]
        chosen: list[Routed] = []
        for each in candidates:
            share = OTHER_POLICY if settled else UNSETTLED
            is_new = each.rule.policy_id not in {other.rule.policy_id for other in chosen}
            is_good = each.score >= share * candidates[0].score and is_twin(each.rule, candidates[0].rule)
            if not chosen or (is_new and is_good):
                chosen.append(each)
        if len(chosen) == 1:
            best = timely(supposed(chosen[0], candidates, question), candidates, question)
            best = covering(theirs(dated(best, candidates, question), candidates, question), candidates, question)
            best = decided(counting(best, candidates, question), candidates)
            best = of_several(best, candidates) if question.asks_one_of_several else best
            best = elsewhere(best, candidates, found, question) if question.asks_decision else best
            best = self._asked_for(asked_back(best, found, question), found, question)
            failed = by_other_facts(best, candidates, "not_met", BESIDE_SHARE)
            met = by_other_facts(best, candidates, "met", MET_TOO)
            chosen = [*failed, best, *met, *explaining(best, found)]
            chosen += [each for each in asked_too(best, candidates, question) if each not in chosen]
        return [self._as_asked(each, question) for each in chosen]

    def _as_asked(self, routed: Routed, question: Question) -> Routed:
        """A rule with what its outcome says to who asks for a decision: of a table, whether he names that outcome.

        What only holds if a case that he names is his says neither yes nor no.
        """
        rule = routed.rule.rule
        decides = question.asks_decision and not (question.history and supposes(question.said))
        case = with_named_case(routed, question, self.rulebook)
        if case is not routed or not isinstance(rule, ChoiceRule) or not decides:
            asks_cover = decides and question.asks_cover
            is_covered = covers(case.rule, case.result, question.part, question.today) if asks_cover else None
            return replace(case, asks_decision=decides, is_meant=is_covered)
        specs = self.rulebook.specs(routed.rule.policy_id)
        told = self._facts(routed.rule.policy_id, question)
        known = reduce(merge, [*(turn.facts for turn in told.earlier), told.facts]).known()
        named = outcomes_named(rule, question.part, kinds_told(specs.values(), known))
        is_yes_no = asks_yes_no(question.part, question.language) and not question.asks_one_of_several
        is_meant = is_meant_one(routed.rule, routed.result, named, question.part) if is_yes_no else None
        if is_yes_no and is_meant is None and is_ruled_out(routed.rule, named, routed.facts.known(), specs):
            is_meant = False
        return replace(routed, asks_decision=True, is_meant=is_meant)

    def _asked_for(self, best: Routed, near: Sequence[Routed], question: Question) -> Routed:
        """The best rule; where that is open, one near it whose own open condition is what the question names."""
        if best.result.verdict != "undecided" or not question.asks_decision or self._names_missing(best, question):
            return best
        rules = (each for each in near if each.rule.policy_id == best.rule.policy_id)
        return next((each for each in rules if asks_one(each, best) and self._names_missing(each, question)), best)

    def _names_missing(self, routed: Routed, question: Question) -> bool:
        """Whether the part that asks names the one fact on which a rule still depends."""
        if len(routed.result.missing) != 1:
            return False
        spec = self.rulebook.specs(routed.rule.policy_id)[routed.result.missing[0]]
        said = {token.key for token in read_tokens(asked_part(question.said))}
        names = (frozenset(token.key for token in read_tokens(name)) for name in spec.names)
        return any(name and name <= said for name in names)

    def candidates(self, question: Question, policy_ids: Sequence[str]) -> list[Routed]:
        """The rules nearest to the question, run on what was said, best first."""
        near = self._near(question, policy_ids)
        facts = {policy_id: self._facts(policy_id, question) for policy_id in near}
        routed = [
            self._run(rule, likeness, facts[policy_id], question)
            for policy_id, rules in near.items()
            for likeness, rule in rules
        ]
        return sorted(routed, key=lambda each: (not each.goes_on, -each.score))

    def is_for(self, question: Question, statement: ProvenStatement) -> bool:
        """Whether a statement is for those to whom the asker belongs by what he told: 'wij onderhandelen' is enough."""
        card = statement.card
        if not isinstance(card, Statement) or card.whom is None or statement.policy_id not in self._lexicons:
            return False
        label, told = f"{_WE} {card.whom.label.nl}", self._facts(statement.policy_id, question)
        wanted = read_facts(label, self._lexicons[statement.policy_id], today=question.today).known()
        wanted.pop(PROVIDER, None)
        known = reduce(merge, [*(turn.facts for turn in told.earlier), told.facts]).known()
        return bool(wanted) and all(known.get(name) == value for name, value in wanted.items())

    def _near(self, question: Question, policy_ids: Sequence[str]) -> dict[str, list[tuple[Floats, ProvenRule]]]:
        """By policy the rules most like the question, with how they are, in the order of `LIKENESS` (0 to 1)."""
        allowed = [n for n, rule in enumerate(self._rules) if not policy_ids or rule.policy_id in policy_ids]
        if not allowed:
            return {}
        likeness = self._cards.likeness((question.text, question.part), question.hits, allowed, policy_ids)
        fit = likeness @ WEIGHTS[: len(LIKENESS)]
        near: dict[str, list[tuple[Floats, ProvenRule]]] = {}
        for place in np.argsort(-fit, kind="stable"):
            rule = self._rules[allowed[place]]
            if rule.policy_id not in near and fit[place] < NEAR_SHARE * fit.max():
                continue
            rules = near.setdefault(rule.policy_id, [])
            if len(rules) < CANDIDATES:
                rules.append((likeness[place], rule))
        return near

    def _facts(self, policy_id: str, question: Question) -> _Told:
        """What the asker said of the facts that a policy's rules read."""
        lexicon = self._lexicons[policy_id]
        earlier = [
            _Earlier(
                turn.content,
                read_facts(turn.content, lexicon, today=question.today, language=question.language),
                last_answer(question.history[:place]),
                next((after.content for after in question.history[place:] if after.role == "assistant"), ""),
            )
            for place, turn in enumerate(question.history)
            if turn.role == "user"
        ]
        now = read_facts(question.said, lexicon, today=question.today, language=question.language)
        is_first = not any(asks(turn.text) for turn in earlier)
        return _Told(tuple(earlier), now, is_first)

    def _run(self, rule: ProvenRule, likeness: Floats, told: _Told, question: Question) -> Routed:
        read, specs = facts_of(rule.rule), self.rulebook.specs(rule.policy_id)
        is_told = tells_outcome(rule, last_answer(question.history))
        own = reduce(merge, [each.only(read) for each in (*(turn.facts for turn in told.earlier), told.facts)])
        result = run_on_ranges(self.rulebook, rule, own, question.today)
        dated = with_only_figures(
            rule, own, told.facts, question.said, question.today, specs, goes_on=is_told, asked=question.text
        )
        dated = moved_in(dated, question.said)
        kept = own
        if is_told and dated == own:
            kept, dated = self._put_otherwise(rule, told, question)
        outcome = result if dated == own else run_on_ranges(self.rulebook, rule, dated, question.today)
        # That a day stands in a question does not make a deadline the rule that is asked for.
        counted = result if isinstance(rule.rule, DeadlineRule) else outcome
        only_kept = not told.is_first and says_itself(question.said) and not own.names() & told.facts.names()
        if only_kept:
            counted = run_on_ranges(self.rulebook, rule, AskerFacts(), question.today)
        tells_day = any(isinstance(fact.value, dt.date) for fact in dated)
        features = np.concatenate([likeness, _of_outcome(rule, counted, question, tells_day=tells_day)])
        says_fact = dated != kept or bool(told.facts.only(read).names() - {"provider_type"})
        goes_on = is_told and says_fact and is_case(question.said)
        return Routed(
            rule,
            dated,
            outcome,
            features,
            float(features @ WEIGHTS),
            only_kept,
            goes_on,
            nearness=float(likeness @ WEIGHTS[: len(LIKENESS)]),
        )

    def _put_otherwise(self, rule: ProvenRule, told: _Told, question: Question) -> tuple[AskerFacts, AskerFacts]:
        """The facts of a rule as the turns before put them, and with what this turn puts otherwise.

        The figures of the turns that the rule answered are its own, whatever they were called.
        """
        own = AskerFacts()
        for turn in told.earlier:
            own = merge(own, turn.facts.only(facts_of(rule.rule)))
            if tells_outcome(rule, turn.answer):
                specs = self.rulebook.specs(rule.policy_id)
                is_next = tells_outcome(rule, turn.before)
                own = with_only_figures(rule, own, turn.facts, turn.text, question.today, specs, goes_on=is_next)
                own = put_otherwise(own, turn.facts, turn.text) if is_next else own
        own = merge(own, told.facts.only(facts_of(rule.rule)))
        return own, put_otherwise(own, told.facts, question.said)


class _Earlier(NamedTuple):
    """An earlier turn of the asker, what was read in it, and the answers before and after it ("" for none)."""

    text: str
    facts: AskerFacts
    before: str
    answer: str


class _Told(NamedTuple):
    """What an asker said: in the turns before, by turn, and in this one.

    `is_first`: no turn before this one asked anything: what they told, they told for this question.
    """

    earlier: tuple[_Earlier, ...]
    facts: AskerFacts
    is_first: bool


def _of_outcome(rule: ProvenRule, result: RuleResult, question: Question, *, tells_day: bool) -> Floats:
    """The features after the likeness, in the order of `FEATURES`."""
    kind, said = rule.rule, facts_told(rule, result) - {"provider_type"}
    if isinstance(kind, DeadlineRule) and (not question.asks_decision or (question.waits and kind.own)):
        said = set()  # his own day is held against a deadline only where he asks whether it is in time
    named, about = question.acts, acts_of(f"{kind.title.nl} {kind.title.en}")
    is_dated = isinstance(kind, DATED)
    asks_verdict = question.asks_in_time or question.waits
    is_asked = question.asks_when(kind, tells_day=tells_day)
    is_other_side = is_of_others(rule) != question.waits if asks_verdict else question.is_due and is_of_others(rule)
    asks_when = is_asked and not is_other_side
    judges = isinstance(kind, ConditionsRule | FormulaRule | ChoiceRule)
    return np.array(
        [
            min(len(said), 3) / 3,
            len(said) / max(len(facts_of(kind)), 1),
            bool(said) and result.verdict != "undecided",
            is_dated and asks_when,
            is_dated and not asks_when,
            judges and not said,
            bool(named & about),
            bool(named and not named & about),
            asks_when and not is_dated and result.unit != "date",
        ],
        dtype=np.float64,
    )
