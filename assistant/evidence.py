"""Question and scope to evidence: passages, the units of them that may answer, and typed facts.

A unit is what can be quoted on its own: a sentence, a list item, a table row; `units` tells how they are
scored. Facts are scored from 0 to about 1 by meaning (cosine) and by the asker's words that they hold,
weighed by how rare the word is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.going_on import GoingOn, ranked_going_on
from assistant.planning import acts_of, is_own_deadline
from assistant.question import CHANNEL_WORDS, Asked
from assistant.scope import Understanding
from assistant.units import LEAST_TOLD, Unit, rank_units
from assistant.wording import Wording, read_wording, words_of
from knowledge.records import Fact, PolicyText
from knowledge.search import Hit, Searcher

PASSAGES = 10
"""Passages searched for a turn."""
PASSAGES_FILTERED = 100
"""Passages searched where most are about something else."""
SAME_ACT, OTHER_ACT, OWN_DEADLINE = 0.3, 0.15, 0.1
"""What a planned date gains by being about the act asked for, loses by being about another, gains as a deadline."""

_CHANNEL_OF = {
    "phone": re.compile(r"^[+\d][\d\s-]{8,}$"),
    "mail": re.compile("@"),
    "post": re.compile("postbus", re.IGNORECASE),
    "web": re.compile(r"^(?:www\.|http)"),
}


@dataclass(frozen=True)
class ScoredFact:
    """A fact with how well its subject fits the question (0 to about 1)."""

    fact: Fact
    score: float


@dataclass(frozen=True)
class Evidence:
    """What a question can be answered from; everything best first.

    Units and facts are scored when they are first looked at: who is answered by a rule or a statement
    does not wait for them. `going_on`, `readings`, `speaks`, `said`: see `gather`.
    """

    question: str
    asked: Asked
    understanding: Understanding
    hits: tuple[Hit, ...]
    searcher: Searcher = field(repr=False, compare=False)
    going_on: GoingOn | None = None
    speaks: Callable[[str], bool] | None = field(default=None, repr=False, compare=False)
    readings: tuple[str, str] | None = None
    said: str | None = None

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The quotable stretches of the passages found, the likeliest to answer first.

        A question to which none is likely enough an answer goes on from the one before it.
        """
        units = rank_units(self.question, self.asked, self.hits, self._wording, self.searcher)
        if self.going_on is not None and sum(unit.score for unit in units) < LEAST_TOLD:
            question, ids = self.going_on.question, self.understanding.scope.policy_ids
            hits = _hits(question, self.understanding, self.searcher, self.speaks)
            units = rank_units(question, self.asked, hits, self._read(question), self.searcher)
            units = ranked_going_on(units, self.going_on, self.searcher, ids)
        return tuple(units)

    @cached_property
    def facts(self) -> tuple[ScoredFact, ...]:
        """The typed facts of the kinds asked for."""
        found = _facts(self.question, self.asked, self.understanding, self._wording, self.searcher)
        if self.speaks is None:
            return tuple(found)
        return tuple(each for each in found if self.speaks(f"{each.fact.topic} {each.fact.for_whom or ''}"))

    @cached_property
    def _wording(self) -> Wording:
        return self._read(self.question)

    def _read(self, question: str) -> Wording:
        among = self.searcher.among(self.understanding.scope.policy_ids)
        return read_wording(question, self.searcher.snapshot.lexical, among, self.searcher.thesaurus)


def gather(
    question: str,
    asked: Asked,
    understanding: Understanding,
    searcher: Searcher,
    *,
    going_on: GoingOn | None = None,
    readings: tuple[str, str] | None = None,
    speaks: Callable[[str], bool] | None = None,
    said: str | None = None,
) -> Evidence:
    """The evidence for `question` (a follow-up already completed) within its scope.

    `going_on`: how it is meant where it has no answer by itself. `readings`: see `readings` of `followup`.
    `speaks` tells whether a text is about what was asked, where the policies searched are about other
    things: then only passages count whose heading is, or else whose text is, and facts that are.
    `said`: of a comparison, what the asker typed that asks of this side.
    """
    hits = tuple(_hits(question, understanding, searcher, speaks))
    return Evidence(question, asked, understanding, hits, searcher, going_on, speaks, readings, said)


def _hits(
    question: str, understanding: Understanding, searcher: Searcher, speaks: Callable[[str], bool] | None
) -> list[Hit]:
    ids = understanding.scope.policy_ids
    if speaks is None:
        return searcher.search(question, PASSAGES, policy_ids=ids)
    hits = searcher.search(question, PASSAGES_FILTERED, policy_ids=ids)
    headed = [hit for hit in hits if speaks(" ".join(hit.passage.heading_path))]
    return (headed or [hit for hit in hits if speaks(hit.passage.text)])[:PASSAGES]


def _facts(
    question: str, asked: Asked, understanding: Understanding, wording: Wording, searcher: Searcher
) -> list[ScoredFact]:
    """Facts of the kinds asked for, of the policies in scope."""
    kinds = {kind for kind, wanted in (("deadline", asked.when), ("contact", asked.contact)) if wanted}
    texts = searcher.snapshot.texts
    ids = understanding.scope.policy_ids or tuple(texts)
    facts = [
        fact
        for policy_id in ids
        for fact in texts[policy_id].facts
        if fact.kind in kinds and _fits_channel(fact, asked)
    ]
    subjects = [f"{fact.topic} {fact.for_whom or ''}".strip() for fact in facts]
    cosines = searcher.similarities(question, subjects)
    scored = []
    for fact, subject, cosine in zip(facts, subjects, cosines, strict=True):
        about = wording.without(CHANNEL_WORDS) if fact.kind == "contact" else wording
        policy = words_of(_policy_words(texts[fact.policy_id]), searcher.thesaurus)
        held = about.share_held(words_of(subject, searcher.thesaurus), policy)
        about_same = _same_act(question, fact) if fact.kind == "deadline" else 0.0
        scored.append(ScoredFact(fact, 0.5 * max(cosine, 0.0) + 0.5 * held + about_same))
    return sorted(scored, key=lambda item: -item.score)


def _same_act(question: str, fact: Fact) -> float:
    """What it adds to a planned date's score that the row is about the act asked for, or takes off that it is not."""
    asked, planned = acts_of(question), acts_of(fact.topic)
    if not asked or not planned:
        same = 0.0
    else:
        same = SAME_ACT * len(asked & planned) / len(planned) if asked & planned else -OTHER_ACT
    return same + (OWN_DEADLINE if is_own_deadline(question) and is_own_deadline(fact.topic) else 0.0)


def _fits_channel(fact: Fact, asked: Asked) -> bool:
    """Whether a contact is of the kind asked for: who wants to phone is not helped by a mailbox."""
    if fact.kind != "contact" or not asked.channels:
        return True
    return any(_CHANNEL_OF[channel].search(address) for channel in asked.channels for address in fact.addresses)


def _policy_words(text: PolicyText) -> str:
    """Words that name the policy rather than the fact: the asker says them to say where to look."""
    policy = text.policy
    return " ".join((policy.insurer, *policy.labels, policy.title, str(policy.year), *policy.care))
