"""The bundled evaluation cases, the model that reads them and the search for questions that are too alike."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
import yaml

from evals import duplicates
from evals.case import Case, Half, Kind, holds, load_cases, plain_policy
from knowledge.errors import UnreadableFile
from tests.conftest import SHARED

ROOT = Path(__file__).resolve().parents[2]
HALVES: dict[Half, Path] = {half: ROOT / "evals" / "cases" / f"{half}.jsonl" for half in get_args(Half)}
POLICIES = ROOT / "knowledge" / "policies"
UNSEEN = (SHARED / "qa" / "dev.jsonl", SHARED / "bank" / "questions.jsonl")

MOST_CITATIONS = 6
LONGEST_QUOTE_CHARACTERS = 600
LONGEST_ANSWER_WORDS = 220

FEWEST = 400
FEWEST_OF_A_HALF = 150
ENGLISH_SHARE = 1 / 13
FEWEST_BY_KIND: dict[Kind, int] = {
    "fact": 100,
    "list": 25,
    "contact": 25,
    "date": 18,
    "deadline": 45,
    "eligibility": 36,
    "change": 18,
    "compare": 14,
    "followup": 20,
    "unanswerable": 32,
    "offtopic": 14,
    "injection": 8,
    "clarify": 12,
}
BEHAVIOUR_OTHER_THAN_ANSWER: dict[Kind, str] = {
    "unanswerable": "abstain",
    "offtopic": "abstain",
    "injection": "abstain",
    "clarify": "clarify",
}

SOUND: dict[str, Any] = {
    "id": "proef-1",
    "lang": "nl",
    "kind": "fact",
    "today": "2026-05-01",
    "history": [],
    "question": "Hoe laat gaat het loket open?",
    "answer": "Om negen uur.",
    "must": [["negen uur", "9 uur"]],
    "must_not": ["tien uur"],
    "evidence": [{"doc": "proef-2026", "quote": "Het loket opent om negen uur."}],
    "behaviour": "answer",
    "scope": {"insurer": None, "year": 2026, "care": None},
}


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return tuple(case for path in HALVES.values() for case in load_cases(path))


@pytest.fixture(scope="module")
def questions() -> tuple[duplicates.Question, ...]:
    """The questions of both halves."""
    return tuple(each for path in HALVES.values() for each in duplicates.read_questions(path))


@pytest.fixture(scope="module")
def policies() -> dict[str, str]:
    manifest = yaml.safe_load((POLICIES / "manifest.yaml").read_text("utf-8"))
    return {entry["id"]: plain_policy((POLICIES / entry["file"]).read_text("utf-8")) for entry in manifest["policies"]}


def _written(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path


# The model


def test_a_sound_line_is_read(tmp_path: Path) -> None:
    (case,) = load_cases(_written(tmp_path / "cases.jsonl", SOUND))
    assert case.must == (("negen uur", "9 uur"),)
    assert case.tool is None
    assert case.slots is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "colour"),
        ({"kind": "riddle"}, "kind"),
        ({"today": "morgen"}, "today"),
        ({"question": ""}, "question"),
        ({"must": [[]]}, "must"),
        ({"must": []}, "nothing proves it"),
        ({"evidence": []}, "nothing proves it"),
        ({"kind": "followup"}, "without earlier turns"),
        ({"history": [{"role": "system", "content": "x"}]}, "history"),
        ({"scope": {"insurer": None, "label": "x"}}, "scope"),
    ],
)
def test_a_faulty_line_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    path = _written(tmp_path / "cases.jsonl", SOUND, {**SOUND, "id": "proef-2", **change})
    with pytest.raises(UnreadableFile, match=complaint) as refused:
        load_cases(path)
    assert "cases.jsonl:2" in str(refused.value)


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="proef-1"):
        load_cases(_written(tmp_path / "cases.jsonl", SOUND, SOUND))


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe"])
def test_what_is_no_case_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        load_cases(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        load_cases(tmp_path / "nowhere.jsonl")


@pytest.mark.parametrize(
    ("text", "alternative", "expected"),
    [
        ("Dat is 7 november 2026.", "7 november 2026", True),
        ("Dat is 17 november 2026.", "7 november 2026", False),
        ("Het is 1,25 fte.", "1,2", False),
        ("Ja, dat kan.", "ja", True),
        ("Eén keer per jaar.", "ja", False),
        ("Dat kan nietig zijn.", "niet", False),
        ("De prijslijstdatum", "prijslijst", True),
        ("Van **2–3** cm", "2-3 cm", True),
        ("één\n keer", "één keer", True),
        ("VIER WEKEN", "vier weken", True),
    ],
)
def test_an_alternative_is_found_as_a_reader_would(text: str, alternative: str, expected: bool) -> None:
    assert holds(text, alternative) is expected


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("## 2.1 Kop\n\nEen *schuine* regel\nloopt door.", "2.1 Kop Een schuine regel loopt door."),
        ("- een;\n  - **twee**;", "een; twee;"),
        ("| Wat | Wanneer |\n|---|:---:|\n| Loket | 1 mei |", "Wat Wanneer Loket 1 mei"),
        ("Minder - of meer", "Minder - of meer"),
    ],
)
def test_markdown_is_read_as_a_quote_has_it(markdown: str, plain: str) -> None:
    assert plain_policy(markdown) == plain


# The bundled cases


def test_every_kind_has_enough_cases(cases: tuple[Case, ...]) -> None:
    counts = Counter(case.kind for case in cases)
    assert set(FEWEST_BY_KIND) == set(get_args(Kind))
    assert {kind: counts[kind] for kind, fewest in FEWEST_BY_KIND.items() if counts[kind] < fewest} == {}
    assert len(cases) >= FEWEST


def test_english_is_asked_too(cases: tuple[Case, ...]) -> None:
    assert sum(case.lang == "en" for case in cases) >= ENGLISH_SHARE * len(cases)


@pytest.mark.parametrize("half", get_args(Half))
def test_each_half_asks_every_kind_about_every_policy(half: Half, policies: dict[str, str]) -> None:
    cases = load_cases(HALVES[half])
    assert {case.half for case in cases} == {half}
    assert {case.kind for case in cases} == set(get_args(Kind))
    assert {proof.doc for case in cases for proof in case.evidence} == set(policies)
    assert len(cases) >= FEWEST_OF_A_HALF


def test_no_case_stands_in_both_halves(cases: tuple[Case, ...]) -> None:
    assert [name for name, times in Counter(case.id for case in cases).items() if times > 1] == []


def test_every_quote_stands_in_its_policy(cases: tuple[Case, ...], policies: dict[str, str]) -> None:
    strays = [
        (case.id, proof.quote)
        for case in cases
        for proof in case.evidence
        if " ".join(proof.quote.split()) not in policies.get(proof.doc, "")
    ]
    assert strays == []


def test_an_answer_can_cite_all_its_evidence(cases: tuple[Case, ...]) -> None:
    assert [case.id for case in cases if len(case.evidence) > MOST_CITATIONS] == []
    assert [case.id for case in cases for proof in case.evidence if len(proof.quote) > LONGEST_QUOTE_CHARACTERS] == []


def test_every_gold_answer_passes_its_own_case(cases: tuple[Case, ...]) -> None:
    faults = [
        (case.id, case.lacks(case.answer), case.banned_in(case.answer))
        for case in cases
        if (case.behaviour == "answer" and case.lacks(case.answer)) or case.banned_in(case.answer)
    ]
    assert faults == []
    assert [case.id for case in cases if len(case.answer.split()) > LONGEST_ANSWER_WORDS] == []


def test_no_question_gives_its_own_answer_away(cases: tuple[Case, ...]) -> None:
    given_away = [
        case.id
        for case in cases
        if case.kind in ("contact", "deadline") and case.behaviour == "answer" and not case.lacks(case.question)
    ]
    assert given_away == []


def test_behaviour_follows_from_the_kind(cases: tuple[Case, ...]) -> None:
    odd = [case.id for case in cases if case.behaviour != BEHAVIOUR_OTHER_THAN_ANSWER.get(case.kind, "answer")]
    assert odd == []
    assert [case.id for case in cases if case.behaviour == "abstain" and case.evidence] == []


def test_history_alternates_and_ends_with_the_assistant(cases: tuple[Case, ...]) -> None:
    for case in cases:
        roles = [turn.role for turn in case.history]
        assert roles == ["user", "assistant"] * (len(roles) // 2), case.id


def test_no_two_bundled_questions_are_alike(questions: tuple[duplicates.Question, ...]) -> None:
    assert duplicates.duplicates(questions) == ()


def test_no_bundled_question_is_like_one_that_stays_unseen(questions: tuple[duplicates.Question, ...]) -> None:
    present = [path for path in UNSEEN if path.is_file()]
    if not present:
        pytest.skip("../shared is not there: no development set or question bank to compare with")
    unseen = [other for path in present for other in duplicates.read_questions(path)]
    found = duplicates.alike_across(questions, unseen)
    assert [(pair.own.id, pair.other.id) for pair in found] == []


def test_the_scorer_agrees_that_the_gold_answers_are_right(cases: tuple[Case, ...]) -> None:
    score = _scorer()
    status = {"answer": "answered", "abstain": "unanswerable_no_evidence", "clarify": "clarify_scope"}
    for case in cases:
        cited = [{"policy_id": proof.doc, "quote": proof.quote} for proof in case.evidence]
        output = {"status": status[case.behaviour], "text": case.answer, "citations": cited}
        row = score.judge(json.loads(case.model_dump_json()), output)
        assert (case.id, row["verdict"], row["cite_recall"] in (None, 1.0)) == (case.id, "correct", True)


def test_the_development_set_fits_the_model() -> None:
    if not UNSEEN[0].is_file():
        pytest.skip("../shared is not there: no development set to read")
    assert load_cases(UNSEEN[0])


def _scorer() -> ModuleType:
    path = SHARED / "qa" / "score.py"
    if not path.is_file():
        pytest.skip("../shared is not there: no scorer to agree with")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The search for questions that are too alike

OPENING = "Hoe laat opent het loket in Zwolle op zaterdag?"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (OPENING, OPENING, True),
        (OPENING, "op zaterdag, hoe laat opent het loket in Zwolle", True),
        (OPENING, "Opent het loket in Zwolle laat op zaterdag en wie werkt daar?", True),
        (OPENING, "Wat kost een parkeerkaart voor bezoekers van het ziekenhuis?", False),
        ("Zwolle zaterdag?", "Welke bus rijdt op zaterdag van Kampen over Hattem naar station Zwolle?", False),
        ("en dan?", "en dan?", False),
        ("", OPENING, False),
    ],
)
def test_likeness_is_in_the_words_that_say_something(one: str, other: str, alike: bool) -> None:
    first, second = duplicates.question("a", one), duplicates.question("b", other)
    assert (duplicates.likeness(first, second) >= duplicates.ALIKE) is alike
    assert duplicates.likeness(first, second) == duplicates.likeness(second, first)


@pytest.mark.parametrize(("claim", "found"), [("negen uur | proef-2026", 1), ("tien uur | proef-2026", 0), (None, 0)])
def test_the_same_claim_lowers_the_threshold(claim: str | None, found: int) -> None:
    own = duplicates.question("a", "Vanaf welk tijdstip opent het loket zaterdags?", "negen uur | proef-2026")
    other = duplicates.question("b", "Welk tijdstip hanteert het loket zaterdags voor bezoekers?", claim)
    assert duplicates.ALIKE_WITH_SAME_CLAIM <= duplicates.likeness(own, other) < duplicates.ALIKE
    assert len(duplicates.duplicates([own], [other])) == found


def test_a_pair_is_printed_with_the_own_question_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = _written(tmp_path / "own.jsonl", {**SOUND, "question": "Hoe laat opent het loket op zaterdag?"})
    bank = _written(
        tmp_path / "bank.jsonl",
        {"policy_id": "proef-2026", "passage": "x", "questions": ["Wie komt?", "zaterdag opent het LOKET hoe laat"]},
    )
    assert duplicates.main([str(own), "--against", str(bank)]) == 1
    printed = capsys.readouterr().out
    assert "proef-1  bank:1.2  Hoe laat opent het loket op zaterdag?" in printed
    assert "LOKET" not in printed


def test_nothing_alike_is_said_and_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = _written(tmp_path / "own.jsonl", SOUND, {**SOUND, "id": "proef-2", "question": "Wat kost parkeren?"})
    assert duplicates.main([str(own)]) == 0
    assert "0 pairs" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": "a"}', '{"questions": 3}', '{"id": "a", "question": 3}'])
def test_a_line_without_a_question_is_refused_unseen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    own = _written(tmp_path / "own.jsonl", SOUND)
    odd = tmp_path / "odd.jsonl"
    odd.write_text(line, "utf-8")
    assert duplicates.main([str(own), "--against", str(odd)]) == 2
    assert "odd.jsonl:1" in capsys.readouterr().err
