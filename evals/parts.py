"""The parts of an answer, measured apart: scope, search, rules, citations, asking back and silence.

Each is None where a case says nothing of it: search is measured where evidence is due, rules where a
computation is. Citations are measured against the gold evidence, and line by line in `evals.citing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from assistant.turn import Answer
from evals.case import Case
from evals.citing import Citing, marked_share, measure_citing
from evals.judge import CITATIONS_READ, covers, family_of
from knowledge.records import Record
from knowledge.search import SearchResult

FOUND_AMONG = 5
"""Passages that are read of a search."""
COMPUTED_KINDS = frozenset({"date", "eligibility"})
"""Kinds of questions that a rule answers, whether or not the case names the rule."""


class Parts(Record):
    """What of an answer was right, part by part; shares from 0 to 1.

    `due` and `given`: answer, abstain, clarify (or error). `policies`: those that the gold evidence stands in.
    `scope_holds`: the scope leaves these in; `scope_narrow`: and no others. `found_any`, `found_all`: evidence
    among the best passages; `relevance`: of the best one. `computed`: a rule was run. `precise`: share of the
    citations that are gold evidence; `marked`: share of the answer's lines that name their source; `borne`: share
    of them that it says as well; `bearing`: share of the citations that say something of what they stand at.
    """

    case_id: str
    due: str
    given: str
    policies: tuple[str, ...] = ()
    scope_holds: bool | None = None
    scope_narrow: bool | None = None
    found_any: bool | None = None
    found_all: bool | None = None
    relevance: float | None = None
    computed: bool | None = None
    precise: float | None = None
    marked: float | None = None
    borne: float | None = None
    bearing: float | None = None


def measure(case: Case, answer: Answer, results: Sequence[SearchResult]) -> Parts:
    """The parts of `answer`; `results` are what a search for the question found, best first."""
    due = tuple(dict.fromkeys(evidence.doc for evidence in case.evidence))
    wanted = case.behaviour == "answer" and bool(due)
    given = family_of(answer.status)
    scope = set(answer.scope.policy_ids)
    found = [
        any(r.policy_id == each.doc and covers(each.quote, r.text) for r in results[:FOUND_AMONG])
        for each in case.evidence
    ]
    citing = measure_citing(answer) if given == "answer" else Citing()
    return Parts(
        case_id=case.id,
        due=case.behaviour,
        given=given,
        policies=due,
        scope_holds=not scope or set(due) <= scope if wanted else None,
        scope_narrow=scope == set(due) if wanted else None,
        found_any=any(found) if wanted else None,
        found_all=all(found) if wanted else None,
        relevance=results[0].relevance if results else None,
        computed=bool(answer.results) if case.tool or case.kind in COMPUTED_KINDS else None,
        precise=_precise(case, answer) if wanted and given == "answer" else None,
        marked=marked_share(answer.text) if given == "answer" else None,
        borne=citing.recall,
        bearing=citing.precision,
    )


def _precise(case: Case, answer: Answer) -> float | None:
    cited = answer.citations[:CITATIONS_READ]
    if not cited:
        return None
    return fmean(
        any(
            c.policy_id == each.doc and (covers(each.quote, c.quote) or covers(c.quote, each.quote))
            for each in case.evidence
        )
        for c in cited
    )


def share(parts: Iterable[Parts], of: Callable[[Parts], float | bool | None]) -> tuple[float, int] | None:
    """The mean of a part and of how many cases; None where no case says anything of it."""
    values = [float(value) for value in map(of, parts) if value is not None]
    return (fmean(values), len(values)) if values else None
