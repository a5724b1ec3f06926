"""Judge one answer against its case: correct, wrong or missed, and how well it is cited.

A wrong answer is worse than none: `wrong` is an answer that lacks what it must hold, holds what it
must not, or should not have been given; `missed` is silence where the policies hold the answer.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.turn import Answer
from evals.case import Case, fold_answer
from knowledge.records import Record

LONGEST_ANSWER_WORDS = 220
"""A longer answer is a dump of passages, whatever it holds."""
CITATIONS_READ = 6
COVERED_SHARE = 0.8
"""A citation covers a piece of evidence when it holds this share of its words."""

Verdict = Literal["correct", "wrong", "missed"]
_FAMILIES = (
    ("answered", "answer"),
    ("clarify", "clarify"),
    ("unanswerable", "abstain"),
    ("out_of_scope", "abstain"),
    ("guardrail", "abstain"),
)


class Judgement(Record):
    """The verdict on one case. `cited_share` (0 to 1) is None where no evidence is due or nothing was answered."""

    case_id: str
    kind: str
    verdict: Verdict
    reason: str
    family: str
    words: int
    cited_share: float | None
    uncited: bool
    latency_ms: float


def family_of(status: str) -> str:
    """What a status does: answer, clarify, abstain or error."""
    return next((family for prefix, family in _FAMILIES if status.startswith(prefix)), "error")


def judge(case: Case, answer: Answer) -> Judgement:
    """The verdict on `answer`, with its reason."""
    family = family_of(answer.status)
    words = len(re.findall(r"\w+", fold_answer(answer.text)))
    verdict, reason = _verdict(case, answer, family, words)
    answered = family == "answer"
    return Judgement(
        case_id=case.id,
        kind=case.kind,
        verdict=verdict,
        reason=reason,
        family=family,
        words=words,
        cited_share=_cited_share(case, answer) if answered and case.behaviour == "answer" else None,
        uncited=answered and not answer.citations,
        latency_ms=answer.latency_ms,
    )


def _verdict(case: Case, answer: Answer, family: str, words: int) -> tuple[Verdict, str]:
    banned = case.banned_in(answer.text)
    if case.behaviour == "abstain":
        if family == "abstain":
            return ("wrong", f"holds {banned[0]!r}") if banned else ("correct", "")
        return (
            ("missed", f"{family} where silence is due")
            if family != "answer"
            else ("wrong", "answers what is not there")
        )
    if case.behaviour == "clarify":
        if (family == "clarify" or _side_by_side(case, answer, words)) and not banned:
            return "correct", ""
        return (
            ("wrong", "answers where asking back is due")
            if family == "answer"
            else ("missed", f"{family} where asking back is due")
        )
    if family != "answer":
        return "missed", f"{family} where the policies hold the answer"
    if lacking := case.lacks(answer.text):
        return "wrong", f"lacks {' / '.join(lacking[0][:3])}"
    if banned:
        return "wrong", f"holds {banned[0]!r}"
    return ("wrong", f"{words} words") if words > LONGEST_ANSWER_WORDS else ("correct", "")


def _side_by_side(case: Case, answer: Answer, words: int) -> bool:
    due = {evidence.doc for evidence in case.evidence}
    cited = {citation.policy_id for citation in answer.citations[:CITATIONS_READ]}
    return answer.status.startswith("answered") and len(due) > 1 and due <= cited and words <= LONGEST_ANSWER_WORDS


def _cited_share(case: Case, answer: Answer) -> float | None:
    if not case.evidence:
        return None
    found = [
        any(c.policy_id == evidence.doc and covers(evidence.quote, c.quote) for c in answer.citations[:CITATIONS_READ])
        for evidence in case.evidence
    ]
    return sum(found) / len(found)


def covers(quote: str, cited: str) -> bool:
    """Whether `cited` holds nearly all words of `quote`."""
    due, held = (set(re.findall(r"\w+", fold_answer(text))) for text in (quote, cited))
    return len(due & held) >= COVERED_SHARE * max(1, len(due))
