"""Question and scope to evidence: passages, the units of them that may answer, and typed facts.

A unit is what can be quoted on its own: a sentence, a list item, a table row; `units` tells how they are
scored, `rows` how facts are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.going_on import GoingOn, ranked_going_on
from assistant.question import Asked
from assistant.rows import ScoredFact, scored_facts
from assistant.scope import Understanding
from assistant.units import LEAST_TOLD, Unit, rank_units
from assistant.wording import Wording, read_wording
from knowledge.search import Hit, Searcher

PASSAGES = 10
"""Passages searched for a turn."""
PASSAGES_FILTERED = 100
"""Passages searched where most are about something else."""


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
        found = scored_facts(self.question, self.asked, self.understanding, self._wording, self.searcher)
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
