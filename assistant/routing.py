"""Which rules a question needs: by the questions that rules answer, the passages found, and the facts said.

A look-up needs none. A rule is routed to when the question sounds like those that it answers, or
search finds the very passages that prove it; it is run on what the asker said, and on nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.facts import AskerFacts, merge, read_facts
from assistant.only_figure import with_only_figures
from assistant.planning import acts_of
from assistant.question import Asked, read_asked
from assistant.ranges import run_on_ranges
from assistant.turn import HistoryTurn, Language
from knowledge.bank import TiedQuestion
from knowledge.bank_index import BankIndex
from knowledge.dutch import fold
from knowledge.encoder import Encoder
from knowledge.lexical import content_words
from knowledge.rules.card import (
    ChoiceRule,
    ConditionsRule,
    ContactRule,
    Criterion,
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
from knowledge.sentences import split_sentences

CANDIDATES = 8
"""Rules of a policy that are run."""
NEAR_SHARE = 0.75
"""A policy is looked at when its best rule is this near to the best of all, before facts are read."""

Floats = npt.NDArray[np.float64]

LIKENESS = ("meaning", "words", "passage", "meaning of what is asked", "words of what is asked")
FEATURES = (
    *LIKENESS,
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
WEIGHTS = np.array([1.27, 1.92, 0.78, 0.83, 1.07, 0.86, 0.96, 0.91, 0.0, 0.27, -0.45, -0.36, 0.7, -0.57, -0.72, 0.0])
"""Fitted by `python -m evals.rule_routing` on our own questions in prose, a policy at a time left out."""
LEAST = 3.8
"""The least score of a rule that is used; set there too, on those questions and on look-ups."""
UNSAID = 1.2
"""What more a rule must score of whose facts nothing was said: most such questions are look-ups."""
OTHER_POLICY, UNSETTLED = 0.9, 0.75
"""A rule of another policy is as good an answer from this share of the best one's score on: less is enough where
nothing that was said tells which policy is meant. The rule must be about the same."""

_DATED = (StartRule, TermRule, DeadlineRule)


_WHICH = re.compile(
    r"\b(?:welk(?:e)? (?:soort |type |zorg)?(?:contract|overeenkomst|beleid|inkoopbeleid|model|variant)|wat voor|"
    r"which (?:kind|type|contract|agreement|policy)|genoeg|voldoende|volstaat|voldo\w*|toegestaan|kan dat|mag dat|"
    r"te laat|op tijd|enough|sufficient|allowed|standaard\w* of)\b"
)
_PERSONAL = re.compile(r"\b(?:ik|wij|we|ons|onze|mij|mijn|m'n|i|our|us|my|me)\b")


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

    @cached_property
    def part(self) -> str:
        """The sentences of the question that ask: a story comes before its question."""
        return asked_part(self.text)

    @cached_property
    def asks_decision(self) -> bool:
        """Whether yes or no is asked, or which of several it is: 'mag dat?', 'welk contract krijgen we?'."""
        return read_asked(self.part).yes_no or _WHICH.search(fold(self.part)) is not None

    @cached_property
    def is_personal(self) -> bool:
        """Whether the asker speaks of himself."""
        return _PERSONAL.search(fold(self.text)) is not None


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
            share = OTHER_POLICY if settled else UNSETTLED
            is_new = each.rule.policy_id not in {other.rule.policy_id for other in chosen}
            is_good = each.score >= share * candidates[0].score and _is_twin(each.rule, candidates[0].rule)
            if not chosen or (is_new and is_good):
                chosen.append(each)
        return chosen

    def candidates(self, question: Question, policy_ids: Sequence[str]) -> list[Routed]:
        """The rules nearest to the question, run on what was said, best first."""
        near = self._near(question, policy_ids)
        facts = {policy_id: self._facts(policy_id, question) for policy_id in near}
        routed = [
            self._run(rule, likeness, *facts[policy_id], question)
            for policy_id, rules in near.items()
            for likeness, rule in rules
        ]
        return sorted(routed, key=lambda each: -each.score)

    def _near(self, question: Question, policy_ids: Sequence[str]) -> dict[str, list[tuple[Floats, ProvenRule]]]:
        """By policy the rules most like the question, with how they are, in the order of `LIKENESS` (0 to 1)."""
        if not self._rules:
            return {}
        allowed = [n for n, rule in enumerate(self._rules) if not policy_ids or rule.policy_id in policy_ids]
        whole = self._likeness(question.text, policy_ids, allowed)
        asked = self._likeness(question.part, policy_ids, allowed)
        found = _relevance(question.hits)
        likeness = {
            n: np.array([*whole[n], _best(found, self._rules[n]), *asked[n]], dtype=np.float64) for n in allowed
        }
        like = WEIGHTS[: len(LIKENESS)]
        ranked = sorted(allowed, key=lambda n: -float(likeness[n] @ like))
        near: dict[str, list[tuple[Floats, ProvenRule]]] = {}
        for n in ranked:
            rule = self._rules[n]
            if rule.policy_id not in near and likeness[n] @ like < NEAR_SHARE * (likeness[ranked[0]] @ like):
                continue
            rules = near.setdefault(rule.policy_id, [])
            if len(rules) < CANDIDATES:
                rules.append((likeness[n], rule))
        return near

    def _likeness(self, text: str, policy_ids: Sequence[str], allowed: Sequence[int]) -> dict[int, tuple[float, float]]:
        """For every rule allowed how near its nearest question is to a text, in meaning and in words (0 to 1)."""
        meaning = self._asks.cosines(self._encoder.encode_queries([text])[0], policy_ids)
        words = self._asks.lexical_scores(dict.fromkeys(content_words(text), 1.0))
        most = max((float(words[n]) for n in allowed), default=0.0) or 1.0
        return {n: (float(meaning[n]), float(words[n]) / most) for n in allowed}

    def _facts(self, policy_id: str, question: Question) -> tuple[AskerFacts, AskerFacts]:
        """What the asker said of the facts that a policy's rules read: in all turns together, and in this one."""
        specs = self._specs[policy_id]
        facts = AskerFacts()
        for turn in question.history:
            if turn.role == "user":
                facts = merge(facts, read_facts(turn.content, specs, today=question.today, language=question.language))
        now = read_facts(question.said, specs, today=question.today, language=question.language)
        return merge(facts, now), now

    def _run(
        self, rule: ProvenRule, likeness: Floats, facts: AskerFacts, now: AskerFacts, question: Question
    ) -> Routed:
        own = facts.only(facts_of(rule.rule))
        result = run_on_ranges(self.rulebook, rule, own, question.today)
        specs = self.rulebook.specs(rule.policy_id)
        dated = with_only_figures(rule, own, now, question.said, question.today, specs)
        told = result if dated == own else run_on_ranges(self.rulebook, rule, dated, question.today)
        # That a day stands in a question does not make a deadline the rule that is asked for.
        counted = result if isinstance(rule.rule, DeadlineRule) else told
        features = np.concatenate([likeness, _of_outcome(rule, counted, question)])
        return Routed(rule, dated, told, features, float(features @ WEIGHTS))


def asked_part(text: str) -> str:
    """The sentences of a text that ask; the last one where none does."""
    sentences = [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]
    asking = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    return " ".join(asking) or (sentences[-1] if sentences else text)


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
    if isinstance(kind, DeadlineRule) and not question.asks_decision:
        said = set()  # his own day is held against a deadline only where he asks whether it is in time
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
            bool(named and not named & about),
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

    Conditions and decision tables are for who tells of himself; a list of conditions is looked up, and so is why
    or how something is. A rule for others than the asker answers only where an amount or a day keeps him out.
    """
    asked, kind = question.asked, routed.rule.rule
    said = _told(routed.rule, routed.result) | {criterion.fact for criterion in _failed_gate(routed)}
    if (asked.change and not asked.when and not said) or isinstance(kind, ContactRule) or _is_for_others(routed):
        return False  # contact tables tell purposes apart better than rules do; `compose` adds the subject line
    if isinstance(kind, _DATED):
        return bool(said) or asked.when or (asked.yes_no and not isinstance(kind, StartRule))
    own = question.asks_decision or question.is_personal
    if asked.when and not own and routed.result.unit != "date":
        return False
    if isinstance(kind, ConditionsRule | FormulaRule):
        return bool(said) and (own or not (asked.listing or asked.contact))
    return bool(said) or (own and not (asked.listing or asked.contact or asked.amount))


def _failed_gate(routed: Routed) -> list[Criterion]:
    """The criteria of whom a rule speaks to that the asker does not meet."""
    gate = {criterion.id: criterion for criterion in criteria_of(routed.rule.rule.applies)}
    return [gate[c.id] for c in routed.result.criteria if c.id in gate and c.verdict == "not_met"]


def _is_for_others(routed: Routed) -> bool:
    failed = _failed_gate(routed)
    return bool(failed) and all(criterion.parameter is None for criterion in failed)


def bar(routed: Routed, question: Question) -> float:
    """The least score of a rule: higher for one to which the asker said nothing, unless a day or address is asked."""
    kind, said = routed.rule.rule, _told(routed.rule, routed.result)
    if said - {"provider_type"} or (isinstance(kind, _DATED) and question.asked.when):
        return LEAST
    return LEAST + (UNSAID / 2 if said else UNSAID)  # what kind of provider asks is said by the way
