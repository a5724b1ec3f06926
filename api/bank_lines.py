"""Approved items of the review as lines of a question bank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from api.approved import find_passage
from api.store.reviews import ReviewItem
from knowledge.bank import LONGEST_QUESTION_CHARS, MAX_TIES, BankLine, QuestionBank, phrase_key
from knowledge.records import Passage, PolicyText
from knowledge.sentences import split_sentences
from knowledge.tokens import content_words

LONGEST_KEY_CHARS = 160


def bank_lines(items: Iterable[ReviewItem], texts: Mapping[str, PolicyText]) -> tuple[list[BankLine], list[ReviewItem]]:
    """A line for each passage with the questions that it answers, and the items for which none can be made."""
    lines: list[BankLine] = []
    lost: list[ReviewItem] = []
    for (policy_id, passage_id), of_passage in groupby(sorted(items, key=_place), key=_place):
        found, passage = list(of_passage), find_passage(texts, policy_id, passage_id)
        questions = {phrase_key(item.question): item.question for item in found if _fits(item.question)}
        line = _line(texts[policy_id], passage, list(questions.values())) if passage and questions else None
        if line is None:
            lost += found
        else:
            lines.append(line)
    return lines, lost


def _place(item: ReviewItem) -> tuple[str, str]:
    return item.policy_id or "", item.passage_id or ""


def _fits(question: str) -> bool:
    return bool(question.strip()) and len(question) <= LONGEST_QUESTION_CHARS


def _line(text: PolicyText, passage: Passage, questions: list[str]) -> BankLine | None:
    """The line whose key is the sentence nearest to the questions by its words, of those that name this spot."""
    asked = set(content_words(" ".join(questions)))
    spans = split_sentences(text.text, passage.start, passage.end)
    sentences = [_one_line(text.text[span.start : span.end]) for span in spans]
    nearest_first = sorted(sentences, key=lambda sentence: -len(asked & set(content_words(sentence))))
    for key in nearest_first:
        if not phrase_key(key) or phrase_key(key) not in phrase_key(passage.text):
            continue
        line = BankLine(
            policy_id=passage.policy_id, sections=(passage.section,), key=(key,), questions=tuple(questions)
        )
        tied = QuestionBank((line,)).tie([text]).questions
        if tied and len(tied[0].passages) <= MAX_TIES:
            return line
    return None


def _one_line(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= LONGEST_KEY_CHARS else words[:LONGEST_KEY_CHARS].rpartition(" ")[0]
