"""Approved answers: for which questions they are given, and what they look like.

The words of the question must be the same, figures and signs included; insurer, year and care type as the assistant
understood them must agree; and what the cited passages say must not have changed by a letter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

from api.problems import INVALID, Problem
from api.review_schemas import ApprovedIn, CitedIn
from api.store.approvals import ApprovedAnswer, ApprovedPassage
from assistant import outcomes
from assistant.citations import LONGEST_QUOTE_CHARS, CitationBook, unsupported
from assistant.language import detect_language
from assistant.turn import Answer, Citation, Scope
from assistant.turn_form import says_itself
from knowledge.dutch import fold, words
from knowledge.figures import figures_of
from knowledge.records import Passage, PolicyText, Span
from knowledge.sentences import split_sentences

Texts = Mapping[str, PolicyText]
Key = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

_NEVER = ("guardrail", "error", "unanswerable_no_policy")
"""How an answer began that no approved one replaces: what was asked is unsafe, or is about what is not on file."""
_SIGNS = re.compile(r"[<>≤≥=%€$+±]")
_MARK = re.compile(r"\[(\d{1,2})\]")


def question_key(question: str) -> Key:
    """What two questions share that are the same but for capitals, accents, spaces and punctuation."""
    return tuple(words(question)), tuple(figures_of(fold(question))), tuple(_SIGNS.findall(question))


class ApprovedBook:
    """The approved answers by the question that each is for; the newest first."""

    def __init__(self, answers: Iterable[ApprovedAnswer] = ()) -> None:
        self._by_key: dict[Key, list[ApprovedAnswer]] = {}
        for answer in answers:
            self._by_key.setdefault(question_key(answer.question), []).append(answer)

    def of(self, question: str) -> Sequence[ApprovedAnswer]:
        """The answers approved for this question; none where it does not say by itself what it asks."""
        if not self._by_key or not says_itself(question):
            return ()
        return self._by_key.get(question_key(question), ())


def given_instead(answer: Answer, approved: Sequence[ApprovedAnswer], texts: Texts) -> Answer:
    """The first approved answer that fits what the assistant understood; the assistant's own where none does."""
    if answer.status.startswith(_NEVER):
        return answer
    fit = (each for each in approved if _agrees(each, answer.scope, texts))
    for each in fit:
        passages = passages_of(each, texts)
        if passages is not None:
            return _as_answer(each, answer, passages, texts)
    return answer


def passages_of(approved: ApprovedAnswer, texts: Texts) -> list[Passage] | None:
    """The passages that the answer cites; None when one is gone or says something else now."""
    found = []
    for cited in approved.citations:
        passage = find_passage(texts, cited.policy_id, cited.passage_id)
        if passage is None or digest(passage) != cited.sha256:
            return None
        found.append(passage)
    return found


def find_passage(texts: Texts, policy_id: str, passage_id: str) -> Passage | None:
    """The passage with this id, in the policy that it is said to be in."""
    policy = texts.get(policy_id)
    return next((each for each in policy.passages if each.id == passage_id), None) if policy else None


def digest(passage: Passage) -> str:
    """The hash of what a passage says, and under which headings."""
    return hashlib.sha256("\x1f".join((*passage.heading_path, passage.text)).encode()).hexdigest()


def settle(given: ApprovedIn, texts: Texts) -> ApprovedIn:
    """The answer with the insurer and the year of the policies that it cites, and a mark for each citation.

    Raises:
        Problem: a passage is not on file, insurer or year are not those of a cited policy, or the text
            holds a figure or an address that none of the passages holds.
    """
    policies = []
    for cited in given.citations:
        if find_passage(texts, cited.policy_id, cited.passage_id) is None:
            raise _wrong("citations", "Deze passage is niet bekend.")
        policies.append(texts[cited.policy_id].policy)
    insurers, years = {policy.insurer for policy in policies}, {policy.year for policy in policies}
    if given.insurer is not None and insurers != {given.insurer}:
        raise _wrong("insurer", "De passages zijn van een andere zorgverzekeraar.")
    if given.year is not None and years != {given.year}:
        raise _wrong("year", "De passages gaan over een ander jaar.")
    if not says_itself(given.question):
        raise _wrong("question", "Deze vraag is zonder eerdere vragen niet te begrijpen.")
    labels = {int(label) for label in _MARK.findall(given.text)}
    if labels and not labels <= set(range(1, len(policies) + 1)):
        raise _wrong("text", "De tekst verwijst naar een bron die er niet is.")
    marks = "" if labels else " " + "".join(f"[{label}]" for label in range(1, len(policies) + 1))
    passages = [find_passage(texts, cited.policy_id, cited.passage_id) for cited in given.citations]
    citations = _citations(given.text, [passage for passage in passages if passage is not None], texts)
    if unsupported(given.text, citations, dict(texts), language=detect_language(given.text)):
        raise _wrong("text", "Een getal, datum of adres in de tekst staat niet in de passages.")
    return given.model_copy(
        update={
            "text": given.text + marks,
            "insurer": next(iter(insurers)) if len(insurers) == 1 else None,
            "year": next(iter(years)) if len(years) == 1 else None,
        }
    )


def digested(cited: Sequence[CitedIn], texts: Texts) -> tuple[ApprovedPassage, ...]:
    """The passages with what they say now, as a hash."""
    pairs = ((each, find_passage(texts, each.policy_id, each.passage_id)) for each in cited)
    return tuple(
        ApprovedPassage(policy_id=each.policy_id, passage_id=each.passage_id, sha256=digest(passage))
        for each, passage in pairs
        if passage is not None
    )


def _agrees(approved: ApprovedAnswer, scope: Scope, texts: Texts) -> bool:
    if approved.insurer != scope.insurer or approved.year != scope.year:
        return False
    cited = {each.policy_id for each in approved.citations}
    if scope.policy_ids and not cited <= set(scope.policy_ids):
        return False
    if approved.care is not None:
        return scope.care is not None and fold(approved.care) == fold(scope.care)
    return scope.care is None or all(
        fold(scope.care) in map(fold, texts[policy_id].policy.care) for policy_id in cited if policy_id in texts
    )


def _citations(told: str, passages: Sequence[Passage], texts: Texts) -> list[Citation]:
    """A citation of each, numbered in their order: the sentences that bear what is `told`."""
    cited = []
    for label, passage in enumerate(passages, start=1):
        span = _bearing(told, passage, texts[passage.policy_id].text)
        cited.append(CitationBook(dict(texts)).cite(passage, span).model_copy(update={"label": label}))
    return cited


def _bearing(told: str, passage: Passage, text: str) -> Span:
    """The sentences in a row, as many as a quote may hold, with most of the figures and words that are `told`.

    Of those that bear as much the shortest. A passage that a quote may hold whole is cited whole.
    """
    whole = Span(start=passage.start, end=passage.end)
    if whole.end - whole.start <= LONGEST_QUOTE_CHARS:
        return whole
    told = _MARK.sub(" ", told)
    figures, said = set(figures_of(told)), set(words(told))
    sentences = list(split_sentences(text, passage.start, passage.end))
    rows = (
        Span(start=first.start, end=last.end)
        for place, first in enumerate(sentences)
        for last in sentences[place:]
        if last.end - first.start <= LONGEST_QUOTE_CHARS
    )

    def borne(row: Span) -> tuple[int, int, int]:
        quote = text[row.start : row.end]
        return len(figures & set(figures_of(quote))), len(said & set(words(quote))), row.start - row.end

    return max(rows, key=borne, default=whole)


def _as_answer(approved: ApprovedAnswer, answer: Answer, passages: Sequence[Passage], texts: Texts) -> Answer:
    notices = [outcomes.APPROVED[answer.language]]
    for passage in passages:
        policy = texts[passage.policy_id].policy
        told = outcomes.RESTATEMENT[answer.language].format(insurer=policy.insurer, source=policy.source or "-")
        if policy.authority == "restatement" and told not in notices:
            notices.append(told)
    return answer.model_copy(
        update={
            "status": "answered",
            "text": approved.text,
            "citations": tuple(_citations(approved.text, passages, texts)),
            "results": (),
            "clarification": None,
            "notices": tuple(notices),
            "follow_ups": (),
            "handoff": None,
            "model": None,
            "approved_id": approved.id,
        }
    )


def _wrong(field: str, message: str) -> Problem:
    return Problem(INVALID, errors=[{"field": field, "message": message}])
