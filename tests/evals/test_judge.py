"""The judge: one case, one answer, one verdict; and the same verdicts as the scorer beside the project."""

from __future__ import annotations

import datetime as dt
import importlib.util
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.outcomes import SENTENCES
from assistant.turn import Answer, Citation
from evals.case import Case
from evals.judge import CITATIONS_READ, LONGEST_ANSWER_WORDS, family_of, judge
from tests.conftest import SHARED

SCORER = SHARED / "qa" / "score.py"
DAY = dt.date(2031, 5, 1)
QUOTE = "Het loket opent op werkdagen om negen uur."


def case(behaviour: str = "answer", **changes: Any) -> Case:
    fields: dict[str, Any] = {
        "id": "proef-1",
        "lang": "nl",
        "kind": "fact",
        "today": DAY,
        "question": "Hoe laat gaat het loket open?",
        "answer": "Om negen uur.",
        "must": [["negen uur", "9 uur"]],
        "must_not": ["tien uur"],
        "evidence": [{"doc": "noord", "quote": QUOTE}],
        "behaviour": behaviour,
    }
    return Case.model_validate(fields | changes)


def citation(policy_id: str = "noord", quote: str = QUOTE, label: int = 1) -> Citation:
    return Citation(
        label=label, policy_id=policy_id, policy_title="Beleid", insurer="Noord", year=2031, authority="original",
        section="1", heading_path=("1 Loket",), page=None, quote=quote, passage_id=f"{policy_id}#1", start=0,
        end=len(quote), url="/policies/noord",
    )  # fmt: skip


def answer(status: str, text: str = "", *citations: Citation) -> Answer:
    return Answer(status=status, language="nl", text=text, citations=citations, today=DAY, latency_ms=12.5)


@pytest.mark.parametrize(
    ("status", "family"),
    [
        ("answered", "answer"),
        ("answered_partly", "answer"),
        ("clarify_scope", "clarify"),
        ("unanswerable_no_policy", "abstain"),
        ("out_of_scope_medical", "abstain"),
        ("guardrail_abuse", "abstain"),
        ("error_internal", "error"),
        ("", "error"),
        ("iets anders", "error"),
    ],
)
def test_a_status_belongs_to_a_family_by_its_prefix(status: str, family: str) -> None:
    assert family_of(status) == family


@pytest.mark.parametrize("status", sorted(SENTENCES))
def test_every_status_of_the_assistant_has_a_family(status: str) -> None:
    assert (family_of(status) == "error") == status.startswith("error_")


@pytest.mark.parametrize(
    ("behaviour", "status", "text", "verdict"),
    [
        ("answer", "answered", "Om negen uur.", "correct"),
        ("answer", "answered_partly", "Om 9 uur.", "correct"),
        ("answer", "answered", "Om **NEGEN**\n uur [1]", "correct"),
        ("answer", "answered", "Om acht uur.", "wrong"),
        ("answer", "answered", "", "wrong"),
        ("answer", "answered", "Om 19 uur.", "wrong"),
        ("answer", "answered", "Om negen uur of tien uur.", "wrong"),
        ("answer", "answered", "Om negen uur, niet om TIEN uur.", "wrong"),
        ("answer", "clarify_scope", "Om negen uur.", "missed"),
        ("answer", "unanswerable_no_evidence", "Om negen uur.", "missed"),
        ("answer", "guardrail_abuse", "", "missed"),
        ("answer", "error_internal", "Om negen uur.", "missed"),
        ("abstain", "unanswerable_no_policy", "Dat weet ik niet.", "correct"),
        ("abstain", "out_of_scope_other", "", "correct"),
        ("abstain", "guardrail_injection", "", "correct"),
        ("abstain", "unanswerable_no_evidence", "Niet om tien uur in elk geval.", "wrong"),
        ("abstain", "answered", "Om negen uur.", "wrong"),
        ("abstain", "answered_partly", "", "wrong"),
        ("abstain", "clarify_scope", "Welk beleid?", "missed"),
        ("abstain", "error_internal", "", "missed"),
        ("clarify", "clarify_scope", "Welk beleid?", "correct"),
        ("clarify", "clarify_question", "Wat wilt u weten?", "correct"),
        ("clarify", "clarify_scope", "Welk beleid? Dat van tien uur?", "missed"),
        ("clarify", "answered", "Om negen uur.", "wrong"),
        ("clarify", "unanswerable_no_evidence", "", "missed"),
        ("clarify", "error_internal", "", "missed"),
    ],
)
def test_a_verdict_follows_from_what_is_due_and_what_was_said(
    behaviour: str, status: str, text: str, verdict: str
) -> None:
    judged = judge(case(behaviour), answer(status, text))
    assert judged.verdict == verdict
    assert (judged.reason == "") == (verdict == "correct")


@pytest.mark.parametrize(
    ("text", "must", "verdict"),
    [
        ("Op 1–2 mei", [["1-2 mei"]], "correct"),
        ("Dat is een collega’s taak", [["collega's"]], "correct"),
        ("Vanaf 2031", [["31"]], "wrong"),
        ("€ 1.250,50", [["250,50"]], "correct"),
        ("12,5%", [["2,5%"]], "wrong"),
        ("in dat jaar", [["ja"]], "wrong"),
        ("ja, dat mag", [["ja"]], "correct"),
        ("het contractloze deel", [["contract"]], "correct"),
        ("dat is nieuwe zorg", [["niet"]], "wrong"),
        ("dat is nietig", [["niet"]], "wrong"),
        ("eerste en tweede", [["eerste"], ["tweede"]], "correct"),
        ("eerste", [["eerste"], ["tweede"]], "wrong"),
        ("`code` en #kop", [["code en kop"]], "correct"),
    ],
)
def test_what_an_answer_must_hold_is_looked_for_in_folded_text(text: str, must: list[list[str]], verdict: str) -> None:
    assert judge(case(must=must), answer("answered", text)).verdict == verdict


@pytest.mark.parametrize(("words", "verdict"), [(LONGEST_ANSWER_WORDS, "correct"), (LONGEST_ANSWER_WORDS + 1, "wrong")])
def test_an_answer_longer_than_allowed_is_wrong_whatever_it_holds(words: int, verdict: str) -> None:
    judged = judge(case(must=[["woord"]]), answer("answered", "woord " * words))
    assert (LONGEST_ANSWER_WORDS, judged.words, judged.verdict) == (220, words, verdict)


SEVERAL: dict[str, Any] = {
    "evidence": [{"doc": "noord", "quote": QUOTE}, {"doc": "zuid", "quote": "Zuid is dicht."}],
    "must": [],
}


@pytest.mark.parametrize(
    ("cited", "text", "verdict"),
    [
        (["noord", "zuid"], "Noord zus, zuid zo.", "correct"),
        (["zuid", "oost", "noord"], "Noord zus, zuid zo.", "correct"),
        (["noord"], "Noord zus.", "wrong"),
        ([], "Noord zus.", "wrong"),
        (["noord", "zuid"], "Om tien uur.", "wrong"),
        (["noord", "zuid"], "woord " * LONGEST_ANSWER_WORDS, "correct"),
        (["noord", "zuid"], "woord " * (LONGEST_ANSWER_WORDS + 1), "wrong"),
        (["noord"] * (CITATIONS_READ - 1) + ["zuid"], "Noord zus, zuid zo.", "correct"),
        (["noord"] * CITATIONS_READ + ["zuid"], "Noord zus, zuid zo.", "wrong"),
    ],
)
def test_where_asking_back_is_due_the_alternatives_side_by_side_are_right_too(
    cited: list[str], text: str, verdict: str
) -> None:
    citations = [citation(policy_id, label=number) for number, policy_id in enumerate(cited, start=1)]
    assert judge(case("clarify", **SEVERAL), answer("answered", text, *citations)).verdict == verdict


def test_one_policy_alone_is_not_set_side_by_side() -> None:
    assert judge(case("clarify"), answer("answered", "Noord zus.", citation())).verdict == "wrong"


WORDS_10 = "een twee drie vier vijf zes zeven acht negen tien"


@pytest.mark.parametrize(
    ("cited", "share"),
    [
        ([], 0.0),
        ([citation(quote=WORDS_10)], 1.0),
        ([citation(quote=f"Vooraf: {WORDS_10.upper()}, en erna.")], 1.0),
        ([citation(quote="acht zeven zes vijf vier drie twee een")], 1.0),
        ([citation(quote="een twee drie vier vijf zes zeven")], 0.0),
        ([citation("zuid", quote=WORDS_10)], 0.0),
        ([citation(quote="x")] * (CITATIONS_READ - 1) + [citation(quote=WORDS_10)], 1.0),
        ([citation(quote="x")] * CITATIONS_READ + [citation(quote=WORDS_10)], 0.0),
    ],
)
def test_evidence_is_covered_by_four_fifths_of_its_words_in_one_of_the_first_citations(
    cited: list[Citation], share: float
) -> None:
    due = case(evidence=[{"doc": "noord", "quote": WORDS_10}])
    assert judge(due, answer("answered", "Om negen uur.", *cited)).cited_share == share


def test_the_share_is_over_all_evidence_and_only_where_an_answer_was_due_and_given() -> None:
    due = case(**(SEVERAL | {"must": [["negen uur"]]}))
    assert judge(due, answer("answered", "Om negen uur.", citation())).cited_share == 0.5
    assert judge(due, answer("unanswerable_no_evidence")).cited_share is None
    assert judge(case("abstain"), answer("answered", "x", citation())).cited_share is None


@pytest.mark.parametrize(
    ("given", "uncited"),
    [
        (answer("answered", "x"), True),
        (answer("answered_partly", "x"), True),
        (answer("answered", "x", citation()), False),
        (answer("clarify_scope", "x"), False),
        (answer("error_internal"), False),
    ],
)
def test_an_answer_without_a_citation_is_told(given: Answer, uncited: bool) -> None:
    judged = judge(case(), given)
    assert judged.uncited is uncited
    assert (judged.case_id, judged.kind, judged.latency_ms) == ("proef-1", "fact", 12.5)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.is_file():
        pytest.skip(f"no scorer at {SCORER}")
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PHRASES = st.sampled_from(
    ["negen uur", "NEGEN  uur", "9 uur", "19 uur", "tien uur", "ja", "jaar", "niet", "nietig", "does", "€ 1.250,50",
     "250,50", "12,5%", "1–2 mei", "1-2 mei", "collega’s", "**vet**", "vet", "#1", "é", "ﬁne", "[1]", "²", "-"]
)  # fmt: skip
TEXTS = st.lists(PHRASES, max_size=8).map(" ".join)
LONG = st.sampled_from(["", "woord " * 219, "woord " * 220, "woord " * 221])
QUOTES = st.lists(st.sampled_from(WORDS_10.split()), min_size=1, max_size=10).map(" ".join)
DOCS = st.sampled_from(["noord", "zuid", "oost"])
CASES = st.builds(
    case,
    st.sampled_from(["answer", "abstain", "clarify"]),
    must=st.lists(st.lists(PHRASES, min_size=1, max_size=2), min_size=1, max_size=2),
    must_not=st.lists(PHRASES, max_size=2),
    evidence=st.lists(st.builds(lambda doc, quote: {"doc": doc, "quote": quote}, DOCS, QUOTES), min_size=1, max_size=3),
)
ANSWERS = st.builds(
    lambda status, text, long, cited: answer(status, f"{text} {long}".strip(), *cited),
    st.sampled_from(sorted(SENTENCES)),
    TEXTS,
    LONG,
    st.lists(st.builds(citation, DOCS, QUOTES), max_size=8),
)


@pytest.mark.shared
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(due=CASES, said=ANSWERS)
def test_the_verdicts_agree_with_the_scorer(scorer: ModuleType, due: Case, said: Answer) -> None:
    row = scorer.judge(due.model_dump(mode="json"), said.model_dump(mode="json"))
    judged = judge(due, said)
    assert (judged.verdict, judged.family, judged.words) == (row["verdict"], row["family"], row["n_words"])
    assert (judged.cited_share, judged.uncited) == (row["cite_recall"], row["uncited"])
