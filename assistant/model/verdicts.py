"""Verdicts in prose: yes or no, meets or not, in time or late. Code gives them; a model may only repeat them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.model.likeness import denies
from assistant.model.prose import clauses_of, sentences_of

Verdict = tuple[str, bool]
"""What is judged, and whether it is affirmed."""

_YES = re.compile(
    r"^\W*(?:ja|jawel|yes|zeker|certainly|indeed)\b(?=\s*(?:[,.:;!*–-]|$|u\b|dat\b|you\b))", re.IGNORECASE
)
_NO = re.compile(r"^\W*(?:nee|neen|no|zeker niet)\b(?=\s*[,.:;!*–-]|\s*$)", re.IGNORECASE)
_MEETS = re.compile(
    r"\b(?:voldoe\w*|voldaan|meets?|(?:are|were|been|conditions?|not)\s+met|satisf\w+|compl(?:y|ies|iant))\b",
    re.IGNORECASE,
)
_LATE = re.compile(
    r"\b(?:te laat|too late|verlopen|verstreken|expired|gesloten|closed|voorbij|passed)\b", re.IGNORECASE
)
_IN_TIME = re.compile(r"\b(?:op tijd|tijdig|on time|in time|timely|nog open|still open)\b", re.IGNORECASE)
_ELIGIBLE = re.compile(
    r"\b(?:in aanmerking|recht op|eligible|entitled|toegelaten|toegestaan|allowed|permitted)\b", re.IGNORECASE
)
_MAY = re.compile(r"\b(?:mag|mogen|kunt|kan|kunnen|may|can)\b", re.IGNORECASE)
_MUST = re.compile(
    r"\b(?:moet|moeten|dient|dienen|verplicht\w*|vereist|must|required|shall|hoeft|hoeven|need)\b", re.IGNORECASE
)

JUDGED = frozenset({"yes", "meets", "in time", "eligible"})
"""Only code says these; that something may or must be done, a policy says too."""


def verdicts_in(text: str) -> frozenset[Verdict]:
    """The verdicts that `text` gives."""
    return frozenset(verdict for sentence in sentences_of(text) for verdict in _of_sentence(sentence.bare))


def of_results(verdicts: Iterable[str]) -> frozenset[Verdict]:
    """The verdicts that outcomes of rules amount to, whatever words tell them."""
    told: dict[str, Verdict] = {"met": ("meets", True), "not_met": ("meets", False)}
    return frozenset(told[verdict] for verdict in verdicts if verdict in told)


def _of_sentence(sentence: str) -> Iterator[Verdict]:
    if _YES.search(sentence):
        yield ("yes", True)
    if _NO.search(sentence):
        yield ("yes", False)
    for clause in clauses_of(sentence):
        affirmed = not denies(clause)
        if _MEETS.search(clause):
            yield ("meets", affirmed)
        if _LATE.search(clause):
            yield ("in time", not affirmed)
        if _IN_TIME.search(clause):
            yield ("in time", affirmed)
        if _ELIGIBLE.search(clause):
            yield ("eligible", affirmed)
        if _MAY.search(clause):
            yield ("may", affirmed)
        if _MUST.search(clause):
            yield ("must", affirmed)
