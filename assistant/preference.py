"""Whether a rule answers or the statements that were looked up: the more the rule was told, the rather it."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable

import numpy as np

from assistant.cards import LIKENESS
from assistant.look_up import LookUp
from assistant.question import asks_address, asks_days_left, asks_figure, read_asked
from assistant.rule_fit import DATED, Floats, Question, Routed, tells_now
from assistant.told_before import last_answer, tells_outcome
from assistant.turn_form import tells
from knowledge.addresses import holds_address
from knowledge.card_fits import PROVIDER
from knowledge.date_words import MONTHS
from knowledge.dutch import fold
from knowledge.rules.card import ChoiceRule, ConditionsRule, DeadlineRule
from knowledge.rules.inputs import all_criteria
from knowledge.rules.proven import Spot

PREFERENCE = ("card", "card of what is asked", "facts", "personal", "absence", "alternatives", "score")
PREFERENCE_WEIGHTS = np.array([2.54, 1.69, 0.38, 1.15, -0.76, -0.96, 0.89])
PREFERENCE_LEAST = 5.68
"""Fitted by `python -m evals.rule_or_statement` on our own questions in prose and on questions of cards by an author
who saw none of those that cards are found by."""
SETTLES = 1.0
"""What less is enough for a rule that decides by what the asker told where he asks for a decision. Set by hand: the
questions of the cards seldom tell anything, and where they do the rule mostly says what the statement does."""
SAYS_ALL = 8.3
"""A statement of this score answers before a rule that only asks back: the question is nearly one that it is known to
answer. Set by hand: in our own questions in prose every such statement tells the whole rule."""
KNOWN_TO_ANSWER = 6.0
"""A statement of this score is what is asked, where it tells the condition that is still open. Set by hand."""
DECIDES = 8.5
"""Likewise where a decision is asked in a conversation in which nobody said what kind of provider asks."""
BY_THE_WAY = 5.0
"""The least score of a rule that was told nothing but what kind of provider asks, where no statement answers: that is
said by the way and speaks for no rule."""
ASKS_THE_SAME = 9.5
"""Likewise in a first question: it is one that the statement is known to answer."""
SURER = 3.0
"""How much better a statement must score that answers before a day that does not say whether something can be done."""
SURER_IN_TALK = 1.5
"""Likewise in a conversation, before a rule that was not spoken of and is still open."""
MOST_FACTS = 3
_TIME = re.compile(
    r"\d{4}|\b(?:"
    + "|".join(MONTHS)
    + r")\b|(?:dag|dagen|week|weken|maand|maanden|kwartaal|jaar|jaren|jarige?|uur|datum)\b|"
    r"\b(?:na|nadat|zodra|totdat|voordat|direct|meteen|doorlopend|altijd|moment)\b"
)
"""What tells a time in a statement."""


def preference(rule: Routed, found: LookUp, question: Question) -> Floats:
    """What speaks for a rule rather than the statements found, in the order of `PREFERENCE`."""
    card, part = LIKENESS.index("card"), LIKENESS.index("card of what is asked")
    best = found.told[0]
    told = rule.told - {"provider_type"}
    return np.array(
        [
            rule.features[card] - best.features[card],
            rule.features[part] - best.features[part],
            min(len(told), MOST_FACTS),
            question.is_personal,
            found.is_absence,
            found.by is not None,
            rule.score,
        ],
        dtype=np.float64,
    )


def prefers_rule(rule: Routed, found: LookUp | None, question: Question) -> bool:
    """Whether a rule answers rather than the statements found: the more so, the more it was told."""
    told = f"{rule.result.value or ''} {rule.result.sentence.nl}"
    if rule.goes_on:
        return True
    if found is None:
        asks_day = isinstance(rule.rule.rule, DATED) and question.asked.when
        return rule.told != {PROVIDER} or rule.score >= BY_THE_WAY or asks_day
    if tells(question.said) and rule.result.verdict != "undecided" and tells_now(rule, question):
        return True  # who only tells something of himself wants to know what it means for him
    if isinstance(rule.rule.rule, DeadlineRule) and asks_days_left(question.asking):
        return True  # only the rule counts them
    if rule.result.steps and _told_day(rule) and question.asks_when(rule.rule.rule, tells_day=True):
        return True  # a day counted from one that the asker told
    if found.by == "each" and question.compares:
        return False
    if question.asks_day and rule.result.unit == "date" and not (found.is_absence or _tells_time(found)):
        return True
    if found.by is None and is_timely(rule, question) and not _is_surer(found, rule):
        return True  # that something is due on a day does not say whether it can still be done
    if found.by == "policy" and not (settles(rule, question) and _told_more_than_days(rule)):
        return False  # that it is asked today tells of no policy that it is the one meant
    if found.by is not None and not rule.told:
        return False  # what differs by who asks, or by policy, is told side by side until something decides it
    sends = isinstance(rule.rule.rule, ChoiceRule) and bool(rule.told) and rule.result.verdict == "value"
    if asks_address(question.asking) and not holds_address(told) and not sends:
        return False  # a table that tells where to go by what was told needs no address
    gives = getattr(found.told[0].card, "gives", ())
    if (
        read_asked(question.part).contact
        and "contact" in gives
        and not (holds_address(told) or sends or settles(rule, question))
    ):
        return False
    if (
        read_asked(question.asking).listing
        and "list" in gives
        and not rule.told - {"provider_type"}
        and not found.is_absence
    ):
        return False  # a rule that was told nothing holds no list
    asks_own = question.asks_which and question.is_personal and _is_open_table(rule) and not found.is_absence
    if asks_own and _tells_several(found, rule):
        return True  # which of several is his own is told by what it depends on, and that is to be asked
    if (
        found.by is None
        and not found.is_absence
        and found.told[0].score >= _least_said(rule, question)
        and _asks_back(rule, question)
    ):
        return False  # what the policy says of it serves the asker better than what it depends on
    if question.asks_which and isinstance(rule.rule.rule, ChoiceRule) and rule.told - {PROVIDER}:
        return True  # which of several it is follows from what the asker told, or from what he is asked for yet
    if asks_own:
        return True
    if _is_about_what_is_open(rule, found) and question.asks_decision:
        return False  # that he meets something else is no answer
    if found.is_absence and asks_figure(question.asking) and not any(character.isdigit() for character in told):
        return False
    least = PREFERENCE_LEAST - (SETTLES if settles(rule, question) else 0.0)
    return float(preference(rule, found, question) @ PREFERENCE_WEIGHTS) >= least


def _is_about_what_is_open(rule: Routed, found: LookUp) -> bool:
    """Whether the statement found tells the very condition of an undecided rule of which nothing was read."""
    if rule.result.verdict != "undecided" or found.by is not None or found.is_absence:
        return False
    if not isinstance(rule.rule.rule, ConditionsRule) or found.told[0].score < KNOWN_TO_ANSWER:
        return False
    spots = set(found.told[0].statement.spots)
    by_told = {criterion.id for criterion in all_criteria(rule.rule.rule) if criterion.fact in rule.told}
    is_open = {c.spot for c in rule.result.criteria if c.verdict == "undecided"}
    is_judged = {c.spot for c in rule.result.criteria if c.verdict != "undecided"}
    is_judged -= is_open - {c.spot for c in rule.result.criteria if c.id in by_told}
    return _meeting(spots, is_open) and not _meeting(spots, is_judged)


def _tells_several(found: LookUp, rule: Routed) -> bool:
    """Whether the statements found tell several outcomes of a table, and leave it to the asker which of them holds."""
    spots = [spot for each in found.told for spot in each.statement.spots]
    return sum(_meeting(spots, (spot,)) for name, spot in rule.rule.spots.items() if name.startswith("case ")) > 1


def _is_open_table(rule: Routed) -> bool:
    """Whether a rule is a decision table that is open between its outcomes."""
    return isinstance(rule.rule.rule, ChoiceRule) and rule.result.verdict == "undecided"


def _tells_time(found: LookUp) -> bool:
    """Whether the statements found tell a time of any kind, or after what something is."""
    told = (
        f"{each.card.says.nl} {' '.join(item.nl for item in getattr(each.card, 'items', ()))}" for each in found.told
    )
    return any(_TIME.search(fold(text)) is not None for text in told)


def _meeting(spots: Iterable[Spot], others: Iterable[Spot]) -> bool:
    """Whether two proofs stand on the same words."""
    others = tuple(others)
    return any(
        one.passage_id == two.passage_id and one.start < two.end and two.start < one.end
        for one in spots
        for two in others
    )


def _is_surer(found: LookUp, rule: Routed) -> bool:
    """Whether a statement surely answers, and far more so than the rule: 'kunnen we dan nog onderhandelen?'."""
    best = found.told[0]
    return best.score >= rule.score + SURER and not found.is_absence


def _asks_back(rule: Routed, question: Question) -> bool:
    """Whether a rule only tells what its outcome depends on, and nothing that the asker tells now has a part in it."""
    told = rule.told - {"provider_type"}
    return rule.result.verdict == "undecided" and not any(
        fact.words in question.said for fact in rule.facts if fact.name in told
    )


def _least_said(rule: Routed, question: Question) -> float:
    """The least score of a statement that answers before a rule that asks back.

    Who asks for a decision and told part of what it depends on is served by the rule, and so is who does not say what
    kind of provider he is in his first question.
    """
    if not question.asks_decision:
        return SAYS_ALL
    if question.history and not tells_outcome(rule.rule, last_answer(question.history)):
        return min(DECIDES, rule.score + SURER_IN_TALK)  # what was told for another question does not ask for this rule
    if rule.facts.known().keys() - {PROVIDER}:
        return math.inf
    if PROVIDER in rule.facts.known():
        return SAYS_ALL
    return DECIDES if question.history else ASKS_THE_SAME


def _told_day(rule: Routed) -> bool:
    """Whether the outcome is a day counted from one that was told."""
    return rule.result.unit == "date" and any(
        fact.name in rule.told and isinstance(fact.value, dt.date) for fact in rule.facts
    )


def _told_more_than_days(rule: Routed) -> bool:
    """Whether the outcome rests on something told other than days, and other than what kind of provider asks."""
    told = rule.told - {PROVIDER}
    return any(fact.name in told and not isinstance(fact.value, dt.date) for fact in rule.facts)


def is_timely(rule: Routed, question: Question) -> bool:
    """Whether it is asked if something is in time, and the rule knows the day and how the asker's stands to it."""
    if rule.result.is_open is None or not (question.asks_in_time or question.waits):
        return False
    tells_day = any(isinstance(fact.value, dt.date) for fact in rule.facts)
    return question.asks_when(rule.rule.rule, tells_day=tells_day)


def settles(rule: Routed, question: Question) -> bool:
    """Whether a decision is asked and the rule reaches one by what the asker told."""
    return bool(rule.told - {"provider_type"}) and rule.result.verdict != "undecided" and question.asks_decision
