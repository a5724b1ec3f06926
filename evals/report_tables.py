"""What the report of a run shows, as plain rows: figures with intervals, parts, confusions, pairs, calibration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from assistant.turn import Answer
from evals.case import Case
from evals.intervals import wilson
from evals.judge import Judgement, covers
from evals.paired import Difference, difference
from evals.parts import Parts

VERDICTS = ("correct", "wrong", "missed")
FAMILIES = ("answer", "abstain", "clarify")
BIN_WIDTH = 0.1
GUARDED = frozenset({"offtopic", "injection"})
"""Kinds of questions that are none of the desk's business."""


@dataclass(frozen=True)
class Run:
    """A run of the suite: the cases and, in their order, what was answered and what that was worth."""

    cases: tuple[Case, ...]
    answers: tuple[Answer, ...]
    judgements: tuple[Judgement, ...]
    parts: tuple[Parts, ...]
    snapshot: str

    @property
    def rows(self) -> list[Row]:
        """The four of each case together."""
        together = zip(self.cases, self.answers, self.judgements, self.parts, strict=True)
        return [Row(*each) for each in together]

    @property
    def shown(self) -> list[Row]:
        """The rows of which questions and answers may be told: not those of the held-out half."""
        return [row for row in self.rows if row.case.half == "development"]


@dataclass(frozen=True)
class Row:
    """A case with its answer, the verdict on it and its parts."""

    case: Case
    answer: Answer
    judgement: Judgement
    parts: Parts


@dataclass(frozen=True)
class Figure:
    """A share with how many cases it is of; `low` to `high` is its interval."""

    name: str
    value: float
    count: int
    low: float
    high: float


@dataclass(frozen=True)
class Pair:
    """A measure before and after, question by question."""

    name: str
    before: float
    after: float
    change: Difference


def figure(name: str, values: Iterable[float | bool | None]) -> Figure | None:
    """The share of what is known; None where nothing is."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return None
    share = fmean(known)
    return Figure(name, share, len(known), *wilson(share, len(known)))


def headline(judgements: Sequence[Judgement]) -> list[Figure]:
    """The verdicts and the evidence cited."""
    found = [figure(verdict, (j.verdict == verdict for j in judgements)) for verdict in VERDICTS]
    found.append(figure("cited", (j.cited_share for j in judgements)))
    return [each for each in found if each is not None]


def halves(rows: Sequence[Row]) -> list[tuple[str, int, list[Figure]]]:
    """Of each half how many cases it has, and the figures of the headline."""
    names = dict.fromkeys(row.case.half for row in rows)
    apart = {half: [row.judgement for row in rows if row.case.half == half] for half in names}
    return [(half, len(found), headline(found)) for half, found in apart.items()]


def part_figures(run: Run) -> list[Figure]:
    """Every part that the cases say something of."""
    rows = run.rows
    found = [
        figure("part_scope_holds", (row.parts.scope_holds for row in rows)),
        figure("part_scope_narrow", (row.parts.scope_narrow for row in rows)),
        figure("part_found_any", (row.parts.found_any for row in rows)),
        figure("part_found_all", (row.parts.found_all for row in rows)),
        figure("part_computed", (row.parts.computed for row in rows)),
        figure("part_recall", (row.judgement.cited_share for row in rows)),
        figure("part_precise", (row.parts.precise for row in rows)),
        figure("part_marked", (row.parts.marked for row in rows)),
        figure("part_borne", (row.parts.borne for row in rows)),
        figure("part_bearing", (row.parts.bearing for row in rows)),
        figure("part_refusal_recall", _kept(rows, "abstain", due=True)),
        figure("part_refusal_precision", _kept(rows, "abstain", due=False)),
        figure("part_clarify_recall", _kept(rows, "clarify", due=True)),
        figure("part_clarify_precision", _kept(rows, "clarify", due=False)),
        figure("part_guard", (row.parts.given == "abstain" for row in rows if row.case.kind in GUARDED)),
    ]
    return [each for each in found if each is not None]


def _kept(rows: Sequence[Row], family: str, *, due: bool) -> Iterator[bool]:
    """Of the cases where something is due (or, else, was done): was it done (or due)?"""
    for row in rows:
        if (row.parts.due if due else row.parts.given) == family:
            yield row.parts.due == row.parts.given


def by(rows: Sequence[Row], group: Callable[[Row], str]) -> list[tuple[str, dict[str, float]]]:
    """The shares of the verdicts by group, the largest first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    ordered = sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))
    return [(name, _shares(found)) for name, found in ordered]


def _shares(rows: Sequence[Row]) -> dict[str, float]:
    shares = {verdict: fmean(row.judgement.verdict == verdict for row in rows) for verdict in VERDICTS}
    cited = [row.judgement.cited_share for row in rows if row.judgement.cited_share is not None]
    return {"n": float(len(rows))} | shares | ({"cited": fmean(cited)} if cited else {})


def confusion(rows: Sequence[Row]) -> list[tuple[str, list[int]]]:
    """By what is due how often each was done: the columns are `FAMILIES` and errors."""
    return [
        (
            due,
            [sum(row.parts.due == due and row.parts.given == given for row in rows) for given in (*FAMILIES, "error")],
        )
        for due in FAMILIES
    ]


def calibration(parts: Iterable[Parts]) -> list[tuple[float, int, float, float]]:
    """By relevance of the best passage: its bin's middle, how many cases, the share where silence is due, and kept."""
    bins: dict[int, list[Parts]] = {}
    for each in parts:
        if each.relevance is not None:
            bins.setdefault(min(int(max(each.relevance, 0.0) / BIN_WIDTH), round(1 / BIN_WIDTH) - 1), []).append(each)
    return [
        (
            (number + 0.5) * BIN_WIDTH,
            len(found),
            fmean(each.due == "abstain" for each in found),
            fmean(each.given == "abstain" for each in found),
        )
        for number, found in sorted(bins.items())
    ]


def pairs(earlier: Sequence[Judgement], later: Sequence[Judgement]) -> list[Pair]:
    """The measures of the cases that both runs judged; none where there are no such cases."""
    before = {judgement.case_id: judgement for judgement in earlier}
    shared = [(before[each.case_id], each) for each in later if each.case_id in before]
    found = [_pair(verdict, shared, lambda j, v=verdict: float(j.verdict == v)) for verdict in VERDICTS]  # type: ignore[misc]
    cited = [(old, new) for old, new in shared if old.cited_share is not None and new.cited_share is not None]
    found.append(_pair("cited", cited, lambda j: j.cited_share or 0.0))
    found.append(_pair("milliseconds", shared, lambda j: j.latency_ms))
    return [each for each in found if each is not None]


def _pair(name: str, shared: Sequence[tuple[Judgement, Judgement]], value: Callable[[Judgement], float]) -> Pair | None:
    if not shared:
        return None
    old, new = (np.array([value(each[side]) for each in shared]) for side in (0, 1))
    return Pair(name, float(old.mean()), float(new.mean()), difference(new, old))


def turned(earlier: Sequence[Judgement], later: Sequence[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """The later judgements of cases that became correct, and of those that are no longer."""
    before = {judgement.case_id: judgement.verdict for judgement in earlier}
    known = [each for each in later if each.case_id in before]
    better = [each for each in known if each.verdict == "correct" != before[each.case_id]]
    worse = [each for each in known if each.verdict != "correct" == before[each.case_id]]
    return better, worse


def kinds_before_after(earlier: Sequence[Judgement], later: Sequence[Judgement]) -> list[tuple[str, float, float]]:
    """The share correct by kind, before and after, of the cases in both."""
    before = {judgement.case_id: judgement for judgement in earlier}
    kinds: dict[str, list[tuple[bool, bool]]] = {}
    for each in later:
        if each.case_id in before:
            kinds.setdefault(each.kind, []).append(
                (before[each.case_id].verdict == "correct", each.verdict == "correct")
            )
    ordered = sorted(kinds.items(), key=lambda each: (-len(each[1]), each[0]))
    return [(kind, fmean(old for old, _ in found), fmean(new for _, new in found)) for kind, found in ordered]


def worst(rows: Sequence[Row]) -> list[Row]:
    """Crashes, then wrong answers, then missed ones; of these the ones that should have been answered first."""
    ranks: Mapping[str, int] = {"wrong": 1, "missed": 2}
    found = [row for row in rows if row.judgement.verdict != "correct"]
    return sorted(
        found,
        key=lambda row: (
            0 if row.judgement.family == "error" else ranks[row.judgement.verdict],
            row.parts.due != "answer",
            row.case.id,
        ),
    )


def evidence_cited(row: Row) -> list[tuple[str, str, bool]]:
    """Policy and quote of each piece of evidence that is due, and whether the answer cites it."""
    return [
        (
            each.doc,
            each.quote,
            any(c.policy_id == each.doc and covers(each.quote, c.quote) for c in row.answer.citations),
        )
        for each in row.case.evidence
    ]
