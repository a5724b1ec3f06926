"""The question bank: read with every mistake named, and tied to the passages that its lines name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bank import (
    LONGEST_QUESTION_CHARS,
    MAX_TIES,
    BankLine,
    QuestionBank,
    Ties,
    as_row,
    bundled_bank,
    phrase_key,
    read_bank,
    write_lines,
)
from knowledge.errors import BankError
from knowledge.records import PolicyText
from tests.fakes import policy_text

QUESTION = "Tot wanneer kan ik tekenen?"
TEXT = policy_text(
    "noord",
    [
        ("Planning", ["Het portaal opent op 3 maart.", "Tekenen kan tot 15 april, via het portaal."]),
        ("Tarief", ["Het tarief stijgt.", *(f"Regel {number} geldt altijd." for number in range(MAX_TIES + 1))]),
        ("Één adres", ["Schrijf naar het  CAFÉ aan de gracht."]),
    ],
)


def line(**fields: Any) -> BankLine:
    plain = {"policy_id": "noord", "sections": ("1",), "key": ("15 april",), "questions": (QUESTION,)}
    return BankLine.model_validate(plain | fields)


def row(**fields: Any) -> dict[str, Any]:
    return {"policy_id": "noord", "sections": ["1"], "key": ["15 april"], "questions": [QUESTION]} | fields


def tie(*lines: BankLine, texts: tuple[PolicyText, ...] = (TEXT,)) -> Ties:
    return QuestionBank(lines).tie(texts)


def as_authority(text: PolicyText, authority: str) -> PolicyText:
    return text.model_copy(update={"policy": text.policy.model_copy(update={"authority": authority})})


# Reading


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in rows), "utf-8")
    return path


def test_lines_come_in_the_order_of_the_files(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", row(key=["twee"]))
    write(tmp_path / "a.jsonl", row(key=["een"]), "", "  ")
    write(tmp_path / "lees.txt", "geen regel")
    single = write(tmp_path / "los.json", row(key=["drie"]))
    found = read_bank([single, tmp_path])
    assert [each.key for each in found.lines] == [("drie",), ("een",), ("twee",)]
    assert found.policy_ids == ("noord",)
    assert read_bank([]).lines == ()


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bank.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(row()).encode() + b"\r\n")
    assert read_bank([path]).lines == (line(),)


# (what the file holds, words of the message)
WRONG: list[tuple[bytes, tuple[str, ...]]] = [
    (b"geen json", ("line 1", "mend the line")),
    (b"[]", ("line 1",)),
    (b"{}", ("line 1", "policy_id")),
    (b"\xff\xfe\x00", ("cannot be read",)),
    *(
        (json.dumps(each).encode(), ("line 1", *said))
        for each, said in [
            (row(policy_id=""), ("policy_id",)),
            (row(sections=[]), ("sections",)),
            (row(key=[]), ("key",)),
            (row(questions=[]), ("questions",)),
            (row(key="15 april"), ("key",)),
            (row(question=QUESTION), ("question",)),
            (row(authority="copy"), ("authority",)),
            (row(questions=[3]), ("questions.0",)),
            (row(questions=[" "]), ("empty",)),
            (row(questions=["x" * (LONGEST_QUESTION_CHARS + 1)]), (str(LONGEST_QUESTION_CHARS),)),
            (row(key=["15 april", "\u200b"]), ("key phrase", "empty")),
            (row(sections=["  "]), ("section", "empty")),
            (row(questions=["Wanneer?", "wánneer? "]), ("twice", "wanneer?")),
            (row(approved=False), ("approved", "take the line away")),
            (row(approved=None), ("approved",)),
        ]
    ),
    ((json.dumps(row()) + "\n{").encode(), ("line 2",)),
]


@pytest.mark.parametrize(("content", "said"), WRONG)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, content: bytes, said: tuple[str, ...]) -> None:
    path = tmp_path / "bank.jsonl"
    path.write_bytes(content)
    with pytest.raises(BankError) as caught:
        read_bank([path])
    assert all(word in str(caught.value) for word in ("bank.jsonl", *said)), str(caught.value)


def test_a_file_that_is_not_there_and_a_folder_without_files(tmp_path: Path) -> None:
    with pytest.raises(BankError, match=r"weg\.jsonl cannot be read"):
        read_bank([tmp_path / "weg.jsonl"])
    with pytest.raises(BankError, match=r"no \*\.jsonl file"):
        read_bank([tmp_path])


def test_the_longest_question_may_stay(tmp_path: Path) -> None:
    longest = "x" * LONGEST_QUESTION_CHARS
    assert read_bank([write(tmp_path / "b.jsonl", row(questions=[longest]))]).lines[0].questions == (longest,)


@pytest.mark.parametrize("approved", [{"approved": True}, {}])
def test_an_approved_proposal_is_a_line_like_any_other(tmp_path: Path, approved: dict[str, bool]) -> None:
    found = read_bank([write(tmp_path / "b.jsonl", row(**approved))])
    assert found.lines == (line(),)
    assert found.fingerprint == QuestionBank((line(),)).fingerprint


def test_proposals_are_read_where_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "b.jsonl"
    write_lines(path, [line(approved=False), line(key=("3 maart",))])
    assert [each.approved for each in read_bank([path], proposals=True).lines] == [False, True]


WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20)
WORD = WORD.filter(lambda text: bool(phrase_key(text)))
LINES = st.builds(
    BankLine,
    policy_id=st.sampled_from(("noord", "zuid")),
    sections=st.lists(WORD, min_size=1, max_size=2).map(tuple),
    key=st.lists(WORD, min_size=1, max_size=3).map(tuple),
    questions=st.lists(WORD, min_size=1, max_size=4, unique_by=phrase_key).map(tuple),
    authority=st.sampled_from((None, "original", "restatement")),
)


@given(st.lists(LINES, max_size=5))
def test_lines_that_are_written_are_read_again(tmp_path_factory: pytest.TempPathFactory, lines: list[BankLine]) -> None:
    path = tmp_path_factory.getbasetemp() / "round.jsonl"
    write_lines(path, lines)
    assert read_bank([path]).lines == tuple(lines)
    assert path.read_text("utf-8").split("\n") == [*map(as_row, lines), ""]


@given(st.lists(LINES, max_size=5), st.randoms(use_true_random=False))
def test_the_fingerprint_changes_with_a_line_and_not_with_the_order(lines: list[BankLine], random: Any) -> None:
    shuffled = random.sample(lines, len(lines))
    before = QuestionBank(tuple(lines)).fingerprint
    assert QuestionBank(tuple(shuffled)).fingerprint == before
    assert QuestionBank((*lines, line(questions=("En nog een?",)))).fingerprint != before
    assert len(before) == 12


@pytest.mark.parametrize(
    "change",
    [
        {"policy_id": "zuid"},
        {"sections": ("2",)},
        {"key": ("april",)},
        {"questions": ("?",)},
        {"authority": "original"},
    ],
)
def test_any_field_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert QuestionBank((line(**change),)).fingerprint != QuestionBank((line(),)).fingerprint


# Tying


# (fields of the line, places that it ties to): None: nowhere, "broad": in too many
TIES: list[tuple[dict[str, Any], tuple[int, ...] | str | None]] = [
    ({}, (1,)),
    ({"sections": ("2", "1")}, (1,)),
    ({"sections": ("2",)}, None),
    ({"sections": ("1 Planning",)}, None),
    ({"key": ("15 APRIL",)}, (1,)),
    ({"key": ("15  april",)}, (1,)),
    ({"key": ("tekenen", "portaal")}, (1,)),
    ({"key": ("portaal",)}, (0, 1)),
    ({"key": ("portaal", "tarief")}, None),
    ({"key": ("16 april",)}, None),
    ({"sections": ("3",), "key": ("het cafe",)}, (7,)),
    ({"sections": ("2",), "key": ("geldt altijd",)}, "broad"),
    ({"sections": ("2",), "key": ("regel 0",)}, (3,)),
    ({"sections": ("1", "2"), "key": ("t",)}, "broad"),
]


@pytest.mark.parametrize(("fields", "places"), TIES)
def test_a_line_ties_to_the_passages_of_its_section_that_hold_its_key(
    fields: dict[str, Any], places: tuple[int, ...] | str | None
) -> None:
    ties = tie(line(**fields))
    assert [question.passages for question in ties.questions] == ([places] if isinstance(places, tuple) else [])
    assert len(ties.loose) == (places is None)
    assert len(ties.broad) == (places == "broad")


def test_as_many_passages_as_may_be_is_not_too_broad() -> None:
    text = policy_text("noord", [("Een", ["regel"] * MAX_TIES)])
    assert tie(line(key=("regel",)), texts=(text,)).questions[0].passages == tuple(range(MAX_TIES))


def test_places_count_on_from_one_text_to_the_next() -> None:
    other = policy_text("zuid", [("Slot", ["Tekenen kan tot 15 april."])])
    ties = tie(line(), line(policy_id="zuid"), line(policy_id="oost"), texts=(other, TEXT))
    assert {(tied.policy_id, tied.passages) for tied in ties.questions} == {("zuid", (0,)), ("noord", (2,))}
    assert (ties.loose, ties.broad) == ((), ()), "a policy that is not there is nobody's mistake"
    assert tie(line(), texts=()) == Ties()
    assert tie() == Ties()


def test_an_original_and_its_restatement_answer_the_same_question() -> None:
    told_again = policy_text("noord", [("Data", ["U tekent voor 15 april."])])
    texts = (as_authority(TEXT, "original"), as_authority(told_again, "restatement"))
    ties = tie(line(), texts=texts)
    assert [tied.passages for tied in ties.questions] == [(1, len(TEXT.passages))]


@pytest.mark.parametrize(
    ("authority", "texts", "tied", "loose"),
    [
        (None, ("original",), 1, 0),
        (None, ("restatement",), 1, 0),
        ("original", ("original",), 1, 0),
        ("original", ("restatement",), 0, 0),
        ("restatement", ("original",), 0, 0),
        ("restatement", ("original", "restatement"), 1, 0),
    ],
)
def test_a_spot_of_one_kind_of_text(authority: str | None, texts: tuple[str, ...], tied: int, loose: int) -> None:
    ties = tie(line(authority=authority), texts=tuple(as_authority(TEXT, each) for each in texts))
    assert (len(ties.questions), len(ties.loose)) == (tied, loose)


def test_a_question_at_two_spots_leads_to_both() -> None:
    ties = tie(line(), line(key=("3 maart",)))
    assert [(tied.text, tied.passages) for tied in ties.questions] == [(QUESTION, (0, 1))]


def test_only_some_policies() -> None:
    bank = QuestionBank((line(), line(policy_id="zuid")))
    assert bank.only(["zuid", "oost"]).lines == (line(policy_id="zuid"),)
    assert bank.only([]).lines == ()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"sections": ("slot", "1")}, False),
        ({"sections": ("1", "1 ")}, True),
        ({"key": ("15  APRIL",)}, True),
        ({"questions": ("Anders?",), "authority": "original"}, True),
        ({"policy_id": "zuid"}, False),
        ({"key": ("april",)}, False),
    ],
)
def test_the_spot_of_a_line(other: dict[str, Any], same: bool) -> None:
    assert (line().spot == line(**other).spot) == same


def test_the_bundled_bank_is_read_once() -> None:
    assert bundled_bank() is bundled_bank()
    assert len(bundled_bank().policy_ids) == 5
