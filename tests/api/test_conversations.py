from __future__ import annotations

import uuid

import pytest

from api import conversations
from api.conversations import Conversations
from tests.api.test_limits import Clock


def test_a_conversation_keeps_its_last_turns_oldest_first() -> None:
    kept = Conversations(Clock())
    name, turns = kept.resume(None)
    assert uuid.UUID(name).version == 4
    assert turns == ()
    for number in range(15):
        kept.add(name, f"vraag {number}", f"antwoord {number}")
    same, turns = kept.resume(name)
    assert same == name
    assert len(turns) == conversations.TURNS_AT_MOST
    assert (turns[0].role, turns[0].content) == ("user", "vraag 5")
    assert (turns[-1].role, turns[-1].content) == ("assistant", "antwoord 14")


@pytest.mark.parametrize(("idle_seconds", "kept_on"), [(0, True), (30 * 60 - 1, True), (30 * 60, False)])
def test_a_conversation_is_forgotten_after_half_an_hour(idle_seconds: int, kept_on: bool) -> None:
    clock = Clock()
    kept = Conversations(clock)
    name, _ = kept.resume(None)
    kept.add(name, "vraag", "antwoord")
    clock.now += idle_seconds
    again, turns = kept.resume(name)
    assert (again == name, len(turns)) == ((True, 2) if kept_on else (False, 0))


def test_the_conversation_idle_longest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "CONVERSATIONS_AT_MOST", 2)
    kept = Conversations(Clock())
    first, second = kept.resume(None)[0], kept.resume(None)[0]
    kept.resume(first)
    third = kept.resume(None)[0]
    assert len(kept) == 2
    assert [kept.resume(name)[0] == name for name in (first, third)] == [True, True]
    assert kept.resume(second)[0] != second


def test_an_answer_to_a_forgotten_conversation_is_not_kept() -> None:
    clock = Clock()
    kept = Conversations(clock)
    name, _ = kept.resume(None)
    clock.now += 30 * 60
    kept.add(name, "vraag", "antwoord")
    assert len(kept) == 0
