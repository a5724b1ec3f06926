"""Which rules a question needs: by the questions that rules answer, the passages found, and the facts said.

A look-up needs none. A rule is routed to when the question sounds like those that it answers, or
search finds the very passages that prove it; it is run on what the asker said, and on nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.facts import AskerFacts, merge, read_facts
from assistant.planning import acts_of
from assistant.question import Asked
from assistant.ranges import run_on_ranges
from assistant.turn import HistoryTurn, Language
from knowledge.bank import TiedQuestion
from knowledge.bank_index import BankIndex
from knowledge.encoder import Encoder
from knowledge.lexical import content_words
from knowledge.rules.card import (
    ChoiceRule,
    ConditionsRule,
    ContactRule,
    DeadlineRule,
    FormulaRule,
    StartRule,
    TermRule,
    all_criteria,
    criteria_of,
    facts_of,
)
from knowledge.rules.proven import ProvenRule
from knowledge.rules.result import RuleResult
from knowledge.rules.rulebook import Rulebook
from knowledge.search import Hit

CANDIDATES = 4
"""Rules of a policy that are run."""
NEAR_SHARE = 0.75
"""A policy is looked at when its best rule is this near to the best of all, before facts are read."""

Floats = npt.NDArray[np.float64]

FEATURES = (
    "meaning",
    "words",
    "passage",
    "facts",
    "share",
    "decided",
    "not for the asker",
    "when and a day",
    "a day unasked",
    "nothing to judge by",
    "same act",
    "other act",
    "when and no day",
    "how much and no figure",
)
WEIGHTS = np.array([1.53, 2.34, 0.95, 1.08, 0.89, 0.9, 0.0, 0.56, -0.31, -0.37, 0.83, -0.68, -0.91, 0.0])
"""Fitted by `python -m evals.rule_routing` on our own questions in prose, a policy at a time left out."""
LEAST = 3.6
"""The least score of a rule that is used; set there too, on those questions and on look-ups."""
UNSAID = 1.0
"""What more a rule must score of whose facts nothing was said: most such questions are look-ups."""
OTHER_POLICY, UNSETTLED = 0.9, 0.75
"""A rule of another policy is as good an answer from this share of the best one's score on: less is enough where
nothing that was said tells which policy is meant, and the rule is about the same act."""

_DATED = (StartRule, TermRule, DeadlineRule)


@dataclass(frozen=True)
class Routed:
    """A rule that a question needs, what was read of the asker for it, its outcome, and its score (no upper bound)."""

    rule: ProvenRule
    facts: AskerFacts
    result: RuleResult
    features: Floats
    score: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question as routing takes it.

    `text` is mended and, for a follow-up, completed; `said` is what the asker typed in this turn; `hits` are the
    passages found, best first; the facts of `history` hold until the asker says otherwise.
    """

    text: str
    said: str
    asked: Asked
    hits: Sequence[Hit]
    history: Sequence[HistoryTurn]
    today: dt.date
    language: Language


class RuleRouter:
    """Routes questions to the rules of one snapshot."""

    def __init__(self, rulebook: Rulebook, encoder: Encoder) -> None:
        self.rulebook = rulebook
        self._rules = list(rulebook)
        self._encoder = encoder
        asks = [
            TiedQuestion(ask, rule.policy_id, (number,))
            for number, rule in enumerate(self._rules)
            for ask in (*rule.rule.asks, rule.rule.title.nl, rule.rule.title.en)
        ]
        self._asks = BankIndex.build(asks, encoder, len(self._rules))
        self._specs = {rule.policy_id: tuple(rulebook.specs(rule.policy_id).values()) for rule in self._rules}
        for specs in self._specs.values():  # so that the first asker does not wait for what is compiled once
            read_facts("", specs, today=dt.date.min)

    def route(self, question: Question, policy_ids: Sequence[str], *, settled: bool = True) -> list[Routed]:
        """The rules that the question needs within `policy_ids` (empty: all), best first, one a policy.

        None for a look-up. Several only where their policies fit the question alike; `settled`: what was said
        tells which policy is meant.
        """
        near = [each for each in self.candidates(question, policy_ids) if can_answer(each, question)]
        candidates = [each for each in near if each.score >= bar(each, question)]
        chosen: list[Routed] = []
        for each in candidates:
            share = OTHER_POLICY if settled or not _is_twin(each.rule, candidates[0].rule) else UNSETTLED
            if each.score < share * candidates[0].score:
                continue
            if each.rule.policy_id not in {other.rule.policy_id for other in chosen}:
                chosen.append(each)
        return chosen

    def candidates(self, question: Question, policy_ids: Sequence[str]) -> list[Routed]:
        """The rules nearest to the question, run on what was said, best first."""
        near = self._near(question, policy_ids)
        facts = {policy_id: self._facts(policy_id, question) for policy_id in near}
        routed = [
            self._run(rule, likeness, facts[policy_id], question)
            for policy_id, rules in near.items()
            for likeness, rule in rules
        ]
        return sorted(routed, key=lambda each: -each.score)

    def _near(self, question: Question, policy_ids: Sequence[str]) -> dict[str, list[tuple[Floats, ProvenRule]]]:
        """By policy the rules most like the question, with how they are (meaning, words, passage; 0 to 1)."""
        if not self._rules:
            return {}
        meaning = self._asks.cosines(self._encoder.encode_queries([question.text])[0], policy_ids)
        words = self._asks.lexical_scores(dict.fromkeys(content_words(question.text), 1.0))
        allowed = [n for n, rule in enumerate(self._rules) if not policy_ids or rule.policy_id in policy_ids]
        most = max((float(words[n]) for n in allowed), default=0.0) or 1.0
        found = _relevance(question.hits)
        likeness = {
            n: np.array([float(meaning[n]), float(words[n]) / most, _best(found, self._rules[n])]) for n in allowed
        }
        ranked = sorted(allowed, key=lambda n: -float(likeness[n] @ WEIGHTS[:3]))
        near: dict[str, list[tuple[Floats, ProvenRule]]] = {}
        for n in ranked:
            rule = self._rules[n]
            if rule.policy_id not in near and likeness[n] @ WEIGHTS[:3] < NEAR_SHARE * (
                likeness[ranked[0]] @ WEIGHTS[:3]
            ):
                continue
            rules = near.setdefault(rule.policy_id, [])
            if len(rules) < CANDIDATES:
                rules.append((likeness[n], rule))
        return near

    def _facts(self, policy_id: str, question: Question) -> AskerFacts:
        """What the asker said of the facts that a policy's rules read, in this turn and in earlier ones."""
        specs = self._specs[policy_id]
        facts = AskerFacts()
        for turn in question.history:
            if turn.role == "user":
                facts = merge(facts, read_facts(turn.content, specs, today=question.today, language=question.language))
        return merge(facts, read_facts(question.said, specs, today=question.today, language=question.language))

    def _run(self, rule: ProvenRule, likeness: Floats, facts: AskerFacts, question: Question) -> Routed:
        own = facts.only(facts_of(rule.rule))
        result = run_on_ranges(self.rulebook, rule, own, question.today)
        features = np.concatenate([likeness, _of_outcome(rule, result, question)])
        return Routed(rule, own, result, features, float(features @ WEIGHTS))


def _is_twin(rule: ProvenRule, other: ProvenRule) -> bool:
    """Whether two rules are about the same act, or of the same name."""
    acts = acts_of(rule.rule.title.nl) & acts_of(other.rule.title.nl)
    return rule.id == other.id or bool(acts)


def _relevance(hits: Sequence[Hit]) -> dict[str, float]:
    best = hits[0].relevance if hits else 0.0
    return {hit.passage.id: hit.relevance / best for hit in hits} if best > 0 else {}


def _best(relevance: Mapping[str, float], rule: ProvenRule) -> float:
    """The relevance of the passage nearest to the question among those that prove a rule."""
    spots = [*rule.spots.values(), *(value.spot for value in rule.values.values())]
    return max((relevance.get(spot.passage_id, 0.0) for spot in spots), default=0.0)


def _of_outcome(rule: ProvenRule, result: RuleResult, question: Question) -> Floats:
    """The features after the likeness, in the order of `FEATURES`."""
    asked, kind, said = question.asked, rule.rule, _told(rule, result) - {"provider_type"}
    named, about = acts_of(question.said) or acts_of(question.text), acts_of(f"{kind.title.nl} {kind.title.en}")
    gate = {criterion.id for criterion in criteria_of(kind.applies)}
    is_dated = isinstance(kind, _DATED)
    judges = isinstance(kind, ConditionsRule | FormulaRule | ChoiceRule)
    return np.array(
        [
            min(len(said), 3) / 3,
            len(said) / max(len(facts_of(kind)), 1),
            bool(said) and result.verdict != "undecided",
            any(c.id in gate and c.verdict == "not_met" for c in result.criteria),
            is_dated and asked.when,
            is_dated and not asked.when,
            judges and not said,
            bool(named & about),
            bool(named and about and not named & about),
            asked.when and not is_dated and result.unit != "date",
            asked.amount and not asked.when and not any(character.isdigit() for character in result.sentence.nl),
        ],
        dtype=np.float64,
    )


def _told(rule: ProvenRule, result: RuleResult) -> set[str]:
    """The facts said on which the outcome rests; whom the rule speaks to decides nothing by itself."""
    kind = rule.rule
    gate = {criterion.fact for criterion in criteria_of(kind.applies)}
    judged = {c.fact for c in all_criteria(kind) if c.fact not in gate} | (set(facts_of(kind)) - gate)
    if isinstance(kind, ConditionsRule):
        judged |= {c.fact for c in criteria_of(kind.needs)}
    return set(result.inputs) & judged


def can_answer(routed: Routed, question: Question) -> bool:
    """Whether a rule of this kind can answer what is asked.

    Conditions and decision tables are for who tells of himself; a list of conditions is looked up. A rule for
    others than the asker answers only where an amount or a day of his own keeps him out.
    """
    rule, asked = routed.rule, question.asked
    kind, said = rule.rule, _told(rule, routed.result)
    if (asked.change and not asked.when and not said) or _is_for_others(routed):
        return False
    if isinstance(kind, ConditionsRule | FormulaRule):
        return bool(said)
    if isinstance(kind, ChoiceRule):
        return bool(said - {"provider_type"}) or not (asked.listing or asked.amount or asked.contact)
    if isinstance(kind, ContactRule):
        return False  # the rows of contact tables tell purposes apart better; `compose` adds the subject line
    if isinstance(kind, StartRule):
        return bool(said) or asked.when
    return bool(said) or asked.when or asked.yes_no


def _is_for_others(routed: Routed) -> bool:
    gate = {criterion.id: criterion for criterion in criteria_of(routed.rule.rule.applies)}
    failed = [gate[c.id] for c in routed.result.criteria if c.id in gate and c.verdict == "not_met"]
    return bool(failed) and all(criterion.parameter is None for criterion in failed)


def bar(routed: Routed, question: Question) -> float:
    """The least score of a rule: higher for one to which the asker said nothing, unless a day or address is asked."""
    kind = routed.rule.rule
    said = _told(routed.rule, routed.result) - {"provider_type"}
    return LEAST if said or (isinstance(kind, _DATED) and question.asked.when) else LEAST + UNSAID
