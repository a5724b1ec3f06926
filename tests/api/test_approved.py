"""What an approved answer cites: the sentences of its passages that bear it, whole and verbatim."""

from __future__ import annotations

import datetime as dt

import pytest

from api.approved import digested, given_instead, settle
from api.problems import Problem
from api.review_schemas import ApprovedIn, CitedIn
from api.store.approvals import ApprovedAnswer
from assistant.citations import LONGEST_QUOTE_CHARS
from assistant.turn import Answer, Scope
from knowledge.records import PolicyText
from tests.api.conftest import NOW
from tests.api.fake_assistant import POLICY, policy_text

SENTENCES = [f"Bij stap {place} hoort een termijn van {place + 40} werkdagen, zegt de planning." for place in range(30)]


def long_policy() -> PolicyText:
    """A policy of which the last passage is too long for one quote."""
    held = policy_text(POLICY)
    last = held.passages[-1]
    body = " ".join(SENTENCES)
    text = f"{held.text[: last.start]}{body}"
    passage = last.model_copy(update={"end": len(text), "text": body})
    return held.model_copy(update={"text": text, "passages": (*held.passages[:-1], passage)})


TEXTS = {POLICY.id: long_policy()}
LONG = TEXTS[POLICY.id].passages[-1].id


def given(text: str, passage_id: str = LONG) -> ApprovedIn:
    cited = [CitedIn(policy_id=POLICY.id, passage_id=passage_id)]
    return ApprovedIn(question="Welke termijn geldt bij welke stap?", text=text, citations=cited)


def served(text: str, passage_id: str = LONG) -> Answer:
    """The answer as it is given once it is approved."""
    kept = settle(given(text, passage_id), TEXTS)
    approved = ApprovedAnswer(
        id="a",
        created_at=NOW,
        created_by="bo",
        **kept.model_dump(exclude={"citations"}),
        citations=digested(kept.citations, TEXTS),
    )
    own = Answer(
        status="answered",
        language="nl",
        text="x",
        today=dt.date(2026, 10, 1),
        scope=Scope(insurer=POLICY.insurer, year=POLICY.year),
    )
    return given_instead(own, [approved], TEXTS)


@pytest.mark.parametrize("place", [0, 12, 29])
def test_the_quote_is_the_sentence_that_bears_the_answer(place: int) -> None:
    (cited,) = served(f"Bij stap {place} geldt een termijn van {place + 40} werkdagen.").citations
    assert cited.quote == SENTENCES[place]
    assert TEXTS[POLICY.id].text[cited.start : cited.end] == cited.quote


def test_what_stands_in_two_sentences_is_quoted_from_the_first_to_the_last() -> None:
    (cited,) = served("Bij stap 3 geldt 43 en bij stap 5 geldt 45 werkdagen.").citations
    assert cited.quote == " ".join(SENTENCES[3:6])


def test_a_passage_that_fits_is_quoted_whole() -> None:
    passage = TEXTS[POLICY.id].passages[3]
    (cited,) = served("Tekenen kan tot en met 13 november 2026.", passage.id).citations
    assert (cited.start, cited.end) == (passage.start, passage.end)


def test_figures_that_stand_too_far_apart_for_one_quote_are_refused() -> None:
    with pytest.raises(Problem):
        settle(given("Bij stap 0 geldt 40 en bij stap 29 geldt 69 werkdagen."), TEXTS)
    assert len(" ".join(SENTENCES)) > LONGEST_QUOTE_CHARS
