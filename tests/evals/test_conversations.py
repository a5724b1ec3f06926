"""The bundled conversations: whole and consistent, judged as is said, and answered at least as well as was reached.

Measured when they were made, on the policies' restatements: turns right .712, conversations right .270, scopes right
.943; since then .907, .620 and .997. Fifteen more, written before their failures were looked at, began at .672 and
.200; with them it was .895, .591 and .997. Thirty more, written before a follow-up was held against the policies in
every way it may be meant, began at .835 and .533; with them it is .902, .662 and 1.000. The held-out ones, measured
blind, each time: .788, .350 and .884; .853, .500 and .909; .859, .450 and .909.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.answer import Assistant
from assistant.turn import Answer, Citation, Scope
from evals.case import holds
from evals.conversations import (
    HELD_OUT,
    OWN,
    Conversation,
    Kind,
    judged,
    load_conversations,
    main,
    measure,
    play,
    shares,
    table,
)
from ingest.manifest import read_manifest
from ingest.pipeline import ingest
from knowledge.bank import bundled_bank
from knowledge.encoder import open_encoder
from knowledge.errors import UnreadableFile
from knowledge.thesaurus import load_thesaurus
from tests.evals.test_cases import POLICIES, _written

TURN_LEAST, CONVERSATION_LEAST, SCOPE_LEAST = 0.94, 0.78, 0.98
"""What was measured less .02. Raise these as it gets better; never lower one to let a change pass."""
FEWEST_BY_KIND: dict[Kind, int] = {"follow_up": 180, "switch": 30, "new_fact": 20, "corrected_fact": 10}

SOUND: dict[str, Any] = {
    "id": "gesprek-1",
    "lang": "nl",
    "today": "2026-05-01",
    "turns": [
        {
            "question": "Hoe laat gaat het loket open?",
            "kind": "opening",
            "must": [["negen uur", "9 uur"]],
            "must_not": ["tien uur"],
            "family": "answer",
            "policy_ids": ["noord-2026"],
            "care": "kraamzorg",
        },
        {"question": "en wat kost dat?", "kind": "unanswerable", "family": "abstain"},
        {"question": "en waar?", "kind": "follow_up", "family": "clarify", "policy_ids": ["noord-2026", "zuid-2026"]},
    ],
}


@pytest.fixture(scope="module")
def conversations() -> tuple[Conversation, ...]:
    return load_conversations()


@pytest.fixture(scope="module")
def held_out() -> tuple[Conversation, ...]:
    return load_conversations(HELD_OUT)


@pytest.fixture(scope="module")
def bundled(conversations: tuple[Conversation, ...], held_out: tuple[Conversation, ...]) -> tuple[Conversation, ...]:
    return (*conversations, *held_out)


def sound(**turn: Any) -> Conversation:
    """The sound conversation; `turn`: changes of its first turn."""
    first, *others = SOUND["turns"]
    return Conversation.model_validate_json(json.dumps({**SOUND, "turns": [{**first, **turn}, *others]}))


def answer(status: str, text: str, *policy_ids: str, care: str | None = None) -> Answer:
    cited = tuple(
        Citation(
            label=label, policy_id=policy_id, policy_title="x", insurer="x", year=2026, authority="original",
            section="1", heading_path=(), page=None, quote="x", passage_id="x", start=0, end=1, url="",
        )
        for label, policy_id in enumerate(policy_ids, start=1)
    )  # fmt: skip
    scope = Scope(care=care)
    return Answer(status=status, language="nl", text=text, citations=cited, scope=scope, today=dt.date(2026, 5, 1))


RIGHT = (
    answer("answered", "Om 9 uur.", "noord-2026", care="kraamzorgaanbieder"),
    answer("unanswerable_not_told", "Dat staat er niet."),
    answer("clarify_scope", "Welk loket?"),
)


# The file


def test_there_are_more_than_a_hundred_conversations_of_three_to_six_turns(
    conversations: tuple[Conversation, ...],
) -> None:
    assert len(conversations) == 157
    assert {len(each.turns) for each in conversations} == {3, 4, 5, 6}
    assert sum(each.lang == "en" for each in conversations) >= 8


def test_every_kind_of_turn_is_there(conversations: tuple[Conversation, ...]) -> None:
    counts = Counter(turn.kind for each in conversations for turn in each.turns)
    assert set(counts) == set(get_args(Kind))
    assert {kind: counts[kind] for kind, fewest in FEWEST_BY_KIND.items() if counts[kind] < fewest} == {}


def test_the_held_out_ones_are_others(
    conversations: tuple[Conversation, ...], held_out: tuple[Conversation, ...]
) -> None:
    assert len(held_out) == 64
    openings, others = ({each.turns[0].question for each in told} for told in (conversations, held_out))
    assert not openings & others


@pytest.mark.parametrize("path", [OWN, HELD_OUT])
def test_every_policy_is_talked_about(path: Path) -> None:
    named = {policy_id for each in load_conversations(path) for turn in each.turns for policy_id in turn.policy_ids}
    assert named == {policy.id for policy in read_manifest(POLICIES)}


def test_every_care_type_is_one_of_the_thesaurus(bundled: tuple[Conversation, ...]) -> None:
    concepts = {term.concept for term in load_thesaurus().terms}
    assert {turn.care for each in bundled for turn in each.turns if turn.care} <= concepts


def test_what_must_stand_in_an_answer_is_not_banned_from_it(bundled: tuple[Conversation, ...]) -> None:
    odd = [
        (each.id, turn.question)
        for each in bundled
        for turn in each.turns
        for group in turn.must
        if all(any(holds(alternative, banned) for banned in turn.must_not) for alternative in group)
    ]
    assert odd == []


def test_a_day_is_wanted_in_every_form(bundled: tuple[Conversation, ...]) -> None:
    for each in bundled:
        for turn in each.turns:
            for group in turn.must:
                days = [text for text in group if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
                for day in map(dt.date.fromisoformat, days):
                    assert f"{day.day}-{day.month}-{day.year}" in group, (each.id, day)
                    assert any(re.fullmatch(rf"{day.day} [a-z]+ {day.year}", text) for text in group), (each.id, day)


def test_the_clock_stands_in_the_time_of_the_policies(bundled: tuple[Conversation, ...]) -> None:
    assert all(dt.date(2025, 1, 1) <= each.today <= dt.date(2028, 3, 31) for each in bundled)


def test_small_talk_is_not_answered(bundled: tuple[Conversation, ...]) -> None:
    turns = [turn for each in bundled for turn in each.turns if turn.kind in ("thanks", "off_topic")]
    assert {turn.family for turn in turns} == {"abstain"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"colour": "red"}, "colour"),
        ({"today": "morgen"}, "today"),
        ({"turns": SOUND["turns"][:2]}, "turns"),
        ({"turns": [*SOUND["turns"], *SOUND["turns"], SOUND["turns"][0]]}, "turns"),
        ({"turns": [{**SOUND["turns"][0], "kind": "riddle"}, *SOUND["turns"][1:]]}, "kind"),
        ({"turns": [{**SOUND["turns"][0], "must": []}, *SOUND["turns"][1:]]}, "must"),
        ({"turns": [{**SOUND["turns"][0], "family": "abstain"}, *SOUND["turns"][1:]]}, "must"),
    ],
)
def test_a_faulty_line_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    path = _written(tmp_path / "own.jsonl", SOUND, {**SOUND, "id": "gesprek-2", **change})
    with pytest.raises(UnreadableFile, match=complaint) as refused:
        load_conversations(path)
    assert "own.jsonl:2" in str(refused.value)


def test_an_id_that_stands_twice_and_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="gesprek-1"):
        load_conversations(_written(tmp_path / "own.jsonl", SOUND, SOUND))
    with pytest.raises(UnreadableFile):
        load_conversations(tmp_path / "nowhere.jsonl")


# The verdicts


def test_a_conversation_in_which_all_is_right() -> None:
    verdicts = judged(sound(), RIGHT)
    assert [each.reason for each in verdicts] == ["", "", ""]
    assert [each.scope_right for each in verdicts] == [True, None, None]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (answer("answered", "Om tien voor 9 uur.", "zuid-2026"), "does not cite noord-2026"),
        (answer("answered", "Om 8 uur.", "noord-2026"), "lacks negen uur"),
        (answer("answered", "Om 9 uur of tien uur.", "noord-2026"), "tien uur"),
        (answer("clarify_scope", "Welk loket?"), "clarify"),
    ],
)
def test_an_answer_that_is_not_right(given: Answer, reason: str) -> None:
    verdict, *_ = judged(sound(), (given, *RIGHT[1:]))
    assert reason in verdict.reason
    assert verdict.scope_right is False


def test_any_policy_may_be_cited_where_none_is_named() -> None:
    verdict, *_ = judged(sound(policy_ids=[]), (answer("answered", "Om 9 uur.", "zuid-2026"), *RIGHT[1:]))
    assert verdict.is_right


def test_policies_side_by_side_are_as_good_as_asking_back() -> None:
    side_by_side = answer("answered", "Noord: hier. Zuid: daar.", "noord-2026", "zuid-2026")
    assert judged(sound(), (*RIGHT[:2], side_by_side))[2].is_right


def test_the_shares() -> None:
    right, wrong = judged(sound(), RIGHT), judged(sound(), (answer("answered", "Om 8 uur.", "noord-2026"), *RIGHT[1:]))
    found = shares([right, wrong])
    assert (found.turn, found.conversation, found.scope) == (5 / 6, 0.5, 0.5)
    assert found.kinds["opening"] == (2, 0.5)
    assert "conversation right     0.500" in table(found)
    assert shares([]).turn == 0.0


@pytest.mark.parametrize("file", [None, "{"])
def test_what_cannot_be_read_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str | None
) -> None:
    path = OWN
    if file is not None:
        path = tmp_path / "own.jsonl"
        path.write_text(file, "utf-8")
    assert main(["--index", str(tmp_path / "none"), "--file", str(path)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


# The assistant


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("conversations")
    ingest(POLICIES, folder, open_encoder(), bank=bundled_bank())
    return folder


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_conversations_go_as_well_as_they_did(index: Path, conversations: tuple[Conversation, ...]) -> None:
    heard: list[str] = []
    found, verdicts = measure(Assistant.open(index), conversations, heard.append)
    assert len(verdicts) == len(heard) == len(conversations)
    assert found.turn >= TURN_LEAST, table(found)
    assert found.conversation >= CONVERSATION_LEAST, table(found)
    assert found.scope >= SCOPE_LEAST, table(found)


@pytest.mark.slow
def test_the_history_is_what_was_asked_and_answered(index: Path, conversations: tuple[Conversation, ...]) -> None:
    """A follow-up is answered within the care type of before: the day for kraamzorg, not of another policy."""
    assistant = Assistant.open(index)
    conversation = next(each for each in conversations if each.id == "gb-01")
    answers = play(assistant, conversation)
    assert len(answers) == len(conversation.turns)
    assert "7 november 2025" in answers[3].text
    alone = assistant.answer(conversation.turns[3].question, today=conversation.today)
    assert alone.text != answers[3].text
