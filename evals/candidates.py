"""Candidate cases from questions that a person settled: what was asked, and the sentence that answers it.

A candidate is a whole case, so that it can be run at once; what a right answer must hold is only proposed. A person
reads it, adds variants and what a wrong answer would say, and puts it among the cases.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.language import detect_language
from evals.case import Case, Evidence, Scope
from knowledge.addresses import ADDRESS
from knowledge.dates import find_dates
from knowledge.quantities import find_quantities
from knowledge.records import Passage, PolicyText
from knowledge.sentences import split_sentences
from knowledge.tokens import content_words

LONGEST_QUOTE_CHARS = 600
MOST_GROUPS = 3
"""Things that a right answer must hold, as far as they are proposed."""

_MARK = re.compile(r"\s*\[\d{1,2}\]")


@dataclass(frozen=True)
class Settled:
    """A question with the passages that answer it; `answer` is empty where nobody worded one."""

    name: str
    question: str
    asked_on: dt.date
    passages: tuple[Passage, ...]
    answer: str = ""
    insurer: str | None = None
    year: int | None = None
    care: str | None = None


def candidate(settled: Settled, texts: Mapping[str, PolicyText]) -> Case | None:
    """The case of a settled question; None where its passages hold nothing that a right answer could be known by."""
    about = f"{settled.question} {settled.answer}"
    quotes = [(passage.policy_id, _nearest(about, passage, texts[passage.policy_id])) for passage in settled.passages]
    answer = " ".join(_MARK.sub("", settled.answer).split()) or " ".join(quote for _, quote in quotes)
    told = _told(answer, settled.question)
    if not told:
        return None
    return Case(
        id=settled.name,
        lang=detect_language(settled.question),
        kind="fact",
        today=settled.asked_on,
        question=settled.question,
        answer=answer,
        must=tuple((each,) for each in told),
        evidence=tuple(Evidence(doc=policy_id, quote=quote) for policy_id, quote in quotes),
        behaviour="answer",
        scope=Scope(insurer=settled.insurer, year=settled.year, care=settled.care),
    )


def _nearest(about: str, passage: Passage, policy: PolicyText) -> str:
    """The sentence of a passage that shares most words with what was asked and answered."""
    asked = set(content_words(about))
    spans = split_sentences(policy.text, passage.start, passage.end)
    sentences = [" ".join(policy.text[span.start : span.end].split()) for span in spans]
    return max(sentences, key=lambda sentence: len(asked & set(content_words(sentence))))[:LONGEST_QUOTE_CHARS].strip()


def _told(answer: str, question: str) -> Sequence[str]:
    """What the answer tells that the question does not: its days, addresses and amounts; else its longest words."""
    days = [answer[start:end] for _, start, end in find_dates(answer)]
    amounts = [quantity.text for quantity in find_quantities(answer)]
    figures = _new([*days, *ADDRESS.findall(answer), *amounts], question)
    return (figures or sorted(_new(re.findall(r"[^\W\d_]{4,}", answer), question), key=len, reverse=True))[:MOST_GROUPS]


def _new(found: Iterable[str], question: str) -> list[str]:
    """Each once, without what the question already says, and without what is a part of one before it."""
    kept: list[str] = []
    for each in (text.strip(" .,;:") for text in found):
        if each and each.lower() not in question.lower() and not any(each in longer for longer in kept):
            kept.append(each)
    return kept
