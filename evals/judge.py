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
Fault = Literal["lacks", "holds", "long", "unfounded", "unasked", "not_silent", "not_asked", "not_answered"]

REASONS: dict[Fault, str] = {
    "lacks": "lacks {detail}",
    "holds": "holds '{detail}'",
    "long": "{detail} words",
    "unfounded": "answers what is not there",
    "unasked": "answers where asking back is due",
    "not_silent": "{detail} where silence is due",
    "not_asked": "{detail} where asking back is due",
    "not_answered": "{detail} where the policies hold the answer",
}
"""What is wrong with an answer; `detail`: the strings, the number of words, or what was done instead."""
_FAMILIES = (
    ("answered", "answer"),
    ("clarify", "clarify"),
    ("unanswerable", "abstain"),
    ("out_of_scope", "abstain"),
    ("guardrail", "abstain"),
)


class Judgement(Record):
    """The verdict on one case, with its reason in words and apart, to say it in another language.

    `cited_share` (0 to 1) is None where no evidence is due or nothing was answered.
    """

    case_id: str
    kind: str
    verdict: Verdict
    reason: str
    family: str
    words: int
    cited_share: float | None
    uncited: bool
    latency_ms: float
    fault: Fault | None = None
    detail: str = ""


def family_of(status: str) -> str:
    """What a status does: answer, clarify, abstain or error."""
    return next((family for prefix, family in _FAMILIES if status.startswith(prefix)), "error")


def judge(case: Case, answer: Answer) -> Judgement:
    """The verdict on `answer`, with its reason."""
    family = family_of(answer.status)
    words = len(re.findall(r"\w+", fold_answer(answer.text)))
    verdict, fault, detail = _verdict(case, answer, family, words)
    answered = family == "answer"
    return Judgement(
        case_id=case.id,
        kind=case.kind,
        verdict=verdict,
        reason=REASONS[fault].format(detail=detail) if fault else "",
        family=family,
        words=words,
        cited_share=_cited_share(case, answer) if answered and case.behaviour == "answer" else None,
        uncited=answered and not answer.citations,
        latency_ms=answer.latency_ms,
        fault=fault,
        detail=detail,
    )


def _verdict(case: Case, answer: Answer, family: str, words: int) -> tuple[Verdict, Fault | None, str]:
    banned = next(iter(case.banned_in(answer.text)), None)
    if case.behaviour == "abstain":
        if family == "answer":
            return "wrong", "unfounded", ""
        if family != "abstain":
            return "missed", "not_silent", family
    elif case.behaviour == "clarify":
        if family != "clarify" and not _side_by_side(case, answer, words):
            return ("wrong", "unasked", "") if family == "answer" else ("missed", "not_asked", family)
    elif family != "answer":
        return "missed", "not_answered", family
    elif lacking := case.lacks(answer.text):
        return "wrong", "lacks", " / ".join(lacking[0][:3])
    if banned is not None:
        return "missed" if family == "clarify" else "wrong", "holds", banned
    if case.behaviour == "answer" and words > LONGEST_ANSWER_WORDS:
        return "wrong", "long", str(words)
    return "correct", None, ""


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
