"""What is wrong with a bank is found; and nothing is wrong with the one that comes with the policies."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.options import bundled_policies
from evals import duplicates
from evals.bank_check import check_bank
from evals.duplicates import Question, alike_across, question, read_questions, too_alike
from ingest.pipeline import read_policies
from knowledge.bank import BankLine, QuestionBank, bundled_bank, phrase_key
from tests.conftest import ROOT, SHARED
from tests.fakes import policy_text

TEXT = policy_text("noord", [("Planning", ["Het portaal opent op 3 maart.", "Tekenen kan tot 15 april."])])
SECRET = question("geheim:1", "Tot welke dag kunnen praktijken de overeenkomst voor zolen tekenen?")


def line(**fields: Any) -> BankLine:
    plain = {"policy_id": "noord", "sections": ("1",), "key": ("15 april",), "questions": ("Tot wanneer tekenen?",)}
    return BankLine.model_validate(plain | fields)


def problems(*lines: BankLine, against: tuple[Question, ...] = ()) -> tuple[str, ...]:
    return check_bank(QuestionBank(lines), [TEXT], against).problems


def test_a_sound_bank() -> None:
    findings = check_bank(QuestionBank((line(), line(policy_id="zuid"), line(authority="restatement"))), [TEXT])
    assert (findings.lines, findings.questions, findings.elsewhere, findings.problems) == (1, 1, 2, ())
    assert [bare.passage_id for bare in findings.bare] == ["noord#1"]
    assert check_bank(QuestionBank(), []).problems == ()


# (lines beside a sound one, words of the only problem; None: there is none)
FAULTS: list[tuple[dict[str, Any], tuple[str, ...] | None]] = [
    ({"key": ("3 maart",)}, None),
    ({"key": ("16 april",)}, ("noord", "section 1", "'16 april'", "nowhere")),
    ({"sections": ("9",)}, ("section 9", "nowhere")),
    ({}, ("spot of 2 lines",)),
    ({"key": ("15  APRIL",), "questions": ("Anders?",)}, ("spot of 2 lines",)),
    ({"authority": "original"}, ("spot of 2 lines",)),
    ({"policy_id": "zuid", "key": ("16 april",)}, None),
]


@pytest.mark.parametrize(("fields", "said"), FAULTS)
def test_a_fault_of_a_line(fields: dict[str, Any], said: tuple[str, ...] | None) -> None:
    found = problems(line(), line(**fields))
    assert len(found) == (said is not None), found
    assert all(word in found[0] for word in said or ())


def test_a_key_in_too_many_passages() -> None:
    text = policy_text("noord", [("Planning", ["Tekenen kan tot 15 april."] * 4)])
    assert "more than 3 passages" in check_bank(QuestionBank((line(),)), [text]).problems[0]


def test_the_kinds_of_text_have_spots_of_their_own() -> None:
    restated = TEXT.model_copy(update={"policy": TEXT.policy.model_copy(update={"authority": "restatement"})})
    lines = (line(authority="original"), line(authority="restatement"))
    assert check_bank(QuestionBank(lines), [TEXT, restated]).problems == ()


def test_a_question_that_the_bank_must_not_know_is_named_by_its_id_alone() -> None:
    asked = "Tot welke dag kunnen de praktijken de overeenkomst voor zolen tekenen?"
    (found,) = problems(line(questions=("Hoe laat?", asked)), against=(SECRET, question("geheim:2", "Iets anders?")))
    assert "geheim:1" in found
    assert asked in found
    assert SECRET.text not in found
    assert "geheim:2" not in found


WORDS = st.sampled_from("overeenkomst overeenkomsten tekenen praktijk praktijken zolen caresq dag tarief april".split())
ASKED = st.lists(WORDS, max_size=6).map(" ".join)


@given(st.lists(ASKED, max_size=5), st.lists(ASKED, max_size=5), st.sampled_from((None, "april")))
def test_no_pair_is_lost_by_looking_at_likely_ones_only(own: list[str], others: list[str], claim: str | None) -> None:
    left = [question(f"a{n}", text, claim) for n, text in enumerate(own)]
    right = [question(f"b{n}", text, claim) for n, text in enumerate(others)]
    assert alike_across(left, right) == tuple(too_alike((one, other) for one in left for other in right))


# The bank that comes with the policies


@pytest.fixture(scope="module")
def unseen() -> list[Question]:
    """The curated cases, and the questions beside the project where they are."""
    files = [*sorted((ROOT / "evals" / "cases").glob("*.jsonl")), SHARED / "qa" / "dev.jsonl"]
    return [asked for path in files if path.is_file() for asked in read_questions(path)]


def test_the_bundled_bank_fits_the_bundled_policies() -> None:
    texts = read_policies(bundled_policies())
    findings = check_bank(bundled_bank(), texts)
    assert findings.problems == ()
    assert {text.policy.id for text in texts} == set(bundled_bank().policy_ids)
    assert findings.questions > 5_000
    assert len(findings.bare) <= 5


def test_the_bundled_bank_asks_nothing_twice_at_one_spot() -> None:
    for each in bundled_bank().lines:
        assert len(set(map(phrase_key, each.questions))) == len(each.questions), each.spot


def test_the_bundled_bank_does_not_know_the_questions_it_is_measured_on(unseen: list[Question]) -> None:
    own = [question(each.policy_id, text) for each in bundled_bank().lines for text in each.questions]
    assert len(unseen) > 20
    assert [pair.other.id for pair in alike_across(own, unseen)] == []


def test_such_a_question_would_be_found(unseen: list[Question], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "ALIKE", 60)
    own = [question(each.policy_id, text) for each in bundled_bank().lines[:300] for text in each.questions]
    assert alike_across([*own, unseen[0]], unseen[:1])[-1].own == unseen[0]
