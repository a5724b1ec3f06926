"""What people settled, on the review list or by an answer of their own: a question and where its answer stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from api.approved import Texts, find_passage
from api.store.approvals import ApprovedAnswer
from api.store.reviews import ReviewItem
from evals.candidates import Settled
from knowledge.records import Passage


def settled_reviews(items: Iterable[ReviewItem], texts: Texts) -> Iterator[Settled]:
    """Of each approved item the passage that answers it; none where it is gone."""
    for item in items:
        yield Settled(
            name=f"review-{item.id[:8]}",
            question=item.question,
            asked_on=item.created_at.date(),
            passages=_passages([(item.policy_id or "", item.passage_id or "")], texts),
            insurer=item.insurer,
            year=item.year,
            care=item.care,
        )


def settled_answers(answers: Iterable[ApprovedAnswer], texts: Texts) -> Iterator[Settled]:
    """Of each approved answer its words and the passages that it cites; none where one is gone."""
    for answer in answers:
        yield Settled(
            name=f"approved-{answer.id[:8]}",
            question=answer.question,
            asked_on=answer.created_at.date(),
            passages=_passages([(each.policy_id, each.passage_id) for each in answer.citations], texts),
            answer=answer.text,
            insurer=answer.insurer,
            year=answer.year,
            care=answer.care,
        )


def _passages(places: list[tuple[str, str]], texts: Texts) -> tuple[Passage, ...]:
    found = [find_passage(texts, policy_id, passage_id) for policy_id, passage_id in places]
    return tuple(each for each in found if each) if all(found) else ()
