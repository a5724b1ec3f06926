from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import conversations
from api.conversations import Conversations
from api.store import Store, open_store
from api.store.turns import Exchange
from assistant.turn import HistoryTurn
from tests.api.test_limits import Clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/kept.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(store: Store, clock: Clock) -> Conversations:
    return Conversations(store, clock)


def resume(kept: Conversations, name: str | None = None) -> tuple[str, tuple[HistoryTurn, ...]]:
    return asyncio.run(kept.resume(name))


def exchange(name: str, number: int | str = "", at: float = 1000.0) -> Exchange:
    return Exchange(
        conversation_id=name,
        at=dt.datetime.fromtimestamp(at, dt.UTC),
        question=f"vraag {number}",
        text=f"antwoord {number}",
        status="answered",
    )


def test_a_conversation_keeps_its_last_turns_oldest_first(kept: Conversations, store: Store, clock: Clock) -> None:
    """In memory, and for whoever comes after a restart."""
    name, turns = resume(kept)
    assert uuid.UUID(name).version == 4
    assert turns == ()
    for number in range(15):
        asyncio.run(kept.add(exchange(name, number)))
    assert len(asyncio.run(kept.export(name))) == 15  # all that waited is written by now
    for reader in (kept, Conversations(store, clock)):
        same, turns = resume(reader, name)
        assert same == name
        assert len(turns) == conversations.TURNS_AT_MOST
        assert (turns[0].role, turns[0].content) == ("user", "vraag 5")
        assert (turns[-1].role, turns[-1].content) == ("assistant", "antwoord 14")


@pytest.mark.parametrize(("idle_seconds", "kept_on"), [(0, True), (30 * 60 - 1, True), (30 * 60, False)])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_conversation_is_not_gone_on_with_after_half_an_hour(
    kept: Conversations, store: Store, clock: Clock, idle_seconds: int, kept_on: bool, restarted: bool
) -> None:
    name, _ = resume(kept)
    asyncio.run(kept.add(exchange(name)))
    asyncio.run(kept.export(name))
    clock.now += idle_seconds
    again, turns = resume(Conversations(store, clock) if restarted else kept, name)
    assert (again == name, len(turns)) == ((True, 2) if kept_on else (False, 0))


def test_the_conversation_idle_longest_leaves_memory_and_comes_back_from_the_store(
    kept: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "HOT_AT_MOST", 2)
    first, second = resume(kept)[0], resume(kept)[0]
    asyncio.run(kept.add(exchange(first)))
    asyncio.run(kept.add(exchange(second)))
    asyncio.run(kept.export(second))
    resume(kept)
    assert len(kept) == 2
    assert len(resume(kept, first)[1]) == 2


def test_what_nobody_had_a_conversation_about_starts_a_new_one(kept: Conversations) -> None:
    for name in (str(uuid.uuid4()), "x", "", "' OR 1=1 --", "\x00", str(uuid.uuid4()).upper()):
        assert resume(kept, name)[0] != name


def test_an_answer_to_a_forgotten_or_deleted_conversation_is_not_kept(kept: Conversations, clock: Clock) -> None:
    forgotten = resume(kept)[0]
    clock.now += 30 * 60
    asyncio.run(kept.add(exchange(forgotten)))
    deleted = resume(kept)[0]
    assert asyncio.run(kept.delete(deleted)) is True
    asyncio.run(kept.add(exchange(deleted)))
    assert len(kept) == 0
    assert [asyncio.run(kept.export(name)) for name in (forgotten, deleted)] == [[], []]


def test_a_conversation_that_is_deleted_is_gone_from_memory_and_store(kept: Conversations, store: Store) -> None:
    name = resume(kept)[0]
    asyncio.run(kept.add(exchange(name)))
    assert asyncio.run(kept.delete(name)) is True
    assert asyncio.run(kept.delete(name)) is False
    assert resume(kept, name)[0] != name
    assert asyncio.run(kept.export(name)) == []


def test_processes_that_share_a_database_go_on_with_each_others_conversations(database: str, clock: Clock) -> None:
    """Each question may come to another one, at once after the answer, and each has it in memory no longer."""
    stores = [open_store(database, is_shared=True) for _ in range(2)]
    here, there = (Conversations(store, clock) for store in stores)
    name, _ = resume(here)
    for number, kept in enumerate((here, there, here, there)):
        same, turns = resume(kept, name)
        assert (same, len(turns)) == (name, 2 * number)
        asyncio.run(kept.add(exchange(name, number)))
    assert asyncio.run(there.delete(name)) is True
    clock.now += conversations.UNWRITTEN_SECONDS
    assert [resume(kept, name)[0] != name for kept in (here, there)] == [True, True]
    for store in stores:
        store.close()
