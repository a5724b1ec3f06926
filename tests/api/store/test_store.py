"""What the store promises, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from api.store import Store, open_store, schema
from api.store import store as store_module
from api.store.approvals import ApprovedAnswer, ApprovedPassage, add_approved, delete_approved, list_approved
from api.store.reviews import Feedback, add_feedback, decide, find_review, list_reviews
from api.store.state import close, closed_since, count, reopen
from api.store.tokens import add_token, has_tokens, holder_of, list_tokens, revoke_token
from api.store.turns import Exchange, add_exchange, delete_conversation, delete_old, last_exchanges
from knowledge.errors import ConfigurationError, StoreError
from tests.api.conftest import wait_until

AT = dt.datetime(2026, 10, 30, 12, 0, 0, 123456, tzinfo=dt.UTC)
TALK = "11111111-2222-4333-8444-555555555555"
BSN = "123456782"


@pytest.fixture
def store(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database, given the time of a busy machine: what takes too long has tests of its own."""
    monkeypatch.setattr(store_module, "READ_SECONDS", 240.0)
    monkeypatch.setattr(store_module, "WRITE_SECONDS", 240.0)
    opened = open_store(database)
    yield opened
    opened.close()


def exchange(
    conversation_id: str = TALK, receipt_id: str = "r1", at: dt.datetime = AT, question: str = "Wanneer?"
) -> Exchange:
    return Exchange(
        conversation_id=conversation_id,
        at=at,
        question=question,
        text="Op 1 mei [1].",
        status="answered",
        receipt_id=receipt_id,
        insurer="Noorderlicht",
        year=2027,
        care="fysiotherapie",
    )


def test_an_exchange_comes_back_as_it_was(store: Store) -> None:
    store.write_now(add_exchange, exchange())
    store.write_now(add_exchange, exchange(receipt_id="r2"))
    assert store.read_now(last_exchanges, TALK, 10) == [exchange(), exchange(receipt_id="r2")]
    assert store.read_now(last_exchanges, TALK, 1) == [exchange(receipt_id="r2")]


@pytest.mark.parametrize("odd", ["é€😀", "a\x00b", "'; DROP TABLE turns; --", "x" * 20_000, "\\", "%s %(x)s :name"])
def test_any_text_is_kept(store: Store, odd: str) -> None:
    store.write_now(add_exchange, exchange(question=odd))
    assert store.read_now(last_exchanges, TALK, 1)[0].question == odd.replace("\x00", "")


def test_personal_data_is_masked_before_it_is_written(store: Store) -> None:
    store.write_now(add_exchange, exchange(question=f"Mag patiënt {BSN} komen?"))
    assert BSN not in store.read_now(last_exchanges, TALK, 1)[0].question


def test_deleting_a_conversation_takes_its_feedback_and_its_review_along(store: Store) -> None:
    other = TALK.replace("1", "9")
    for talk in (TALK, other):
        store.write_now(add_exchange, exchange(talk, receipt_id=f"r-{talk[0]}"))
        given = Feedback(receipt_id=f"r-{talk[0]}", verdict="bad", reasons=("unclear",), conversation_id=talk)
        store.write_now(add_feedback, given, "", AT)
    assert store.write_now(delete_conversation, TALK) is True
    assert store.write_now(delete_conversation, TALK) is False
    assert store.read_now(last_exchanges, TALK, 10) == []
    assert [item.receipt_id for item in store.read_now(list_reviews, "open", 10)] == ["r-9"]
    left = lambda connection, table: connection.execute(select(func.count()).select_from(table)).scalar()  # noqa: E731
    assert [store.read_now(left, table) for table in (schema.turns, schema.feedback, schema.review)] == [1, 1, 1]


def test_what_is_old_is_deleted_and_what_is_not_stays(store: Store) -> None:
    day = dt.timedelta(days=1)
    for number in range(4):
        talk = TALK.replace("1", str(number))
        store.write_now(add_exchange, exchange(talk, receipt_id=f"r{number}", at=AT - number * day))
        store.write_now(add_feedback, Feedback(receipt_id=f"r{number}", verdict="bad"), "", AT - number * day)
    store.write_now(delete_old, used_before=AT - 2 * day, reviewed_before=AT - day)
    kept = [len(store.read_now(last_exchanges, TALK.replace("1", str(number)), 10)) for number in range(4)]
    assert kept == [1, 1, 1, 0]
    assert {item.receipt_id for item in store.read_now(list_reviews, "open", 10)} == {"r0", "r1"}


def test_bad_feedback_is_put_up_for_review_with_what_was_said(store: Store) -> None:
    store.write_now(add_exchange, exchange())
    given = Feedback(receipt_id="r1", verdict="bad", reasons=("incorrect", "source"), comment="klopt niet")
    assert store.write_now(add_feedback, given, "", AT)
    assert store.write_now(add_feedback, Feedback(receipt_id="r1", verdict="good"), "", AT)
    assert store.write_now(add_feedback, Feedback(receipt_id="unknown", verdict="bad"), "", AT) is None
    assert store.write_now(add_feedback, Feedback(receipt_id="old", verdict="bad"), "Vraag van het bewijs?", AT)
    old, item = sorted(store.read_now(list_reviews, "open", 10), key=lambda each: each.receipt_id)
    assert (old.question, old.answer_text) == ("Vraag van het bewijs?", "")
    assert (item.question, item.answer_text, item.status) == ("Wanneer?", "Op 1 mei [1].", "answered")
    assert (item.reasons, item.comment, item.insurer, item.year) == (
        ("incorrect", "source"),
        "klopt niet",
        "Noorderlicht",
        2027,
    )
    decided = item.model_copy(update={"state": "approved", "decided_by": "a", "decided_at": AT, "note": "n"})
    store.write_now(decide, decided)
    assert store.read_now(find_review, item.id) == decided
    assert [each.id for each in store.read_now(list_reviews, "open", 10)] == [old.id]


def test_approved_answers_come_and_go(store: Store) -> None:
    cited = (ApprovedPassage(policy_id="p", passage_id="p:1", sha256="0" * 64),)
    answer = ApprovedAnswer(id=TALK, created_at=AT, created_by="a", question="Hoe?", text="Zo.", citations=cited)
    store.write_now(add_approved, answer)
    assert store.read_now(list_approved) == [answer]
    assert [store.write_now(delete_approved, TALK) for _ in range(2)] == [True, False]


def test_a_token_is_known_until_it_is_revoked_and_never_kept(store: Store, database: str, tmp_path: Path) -> None:
    assert not store.read_now(has_tokens)
    token = store.write_now(add_token, "anna", "helpdesk", AT)
    other = store.write_now(add_token, "bo", "administrator", AT)
    assert len(token) >= 43
    holder = store.read_now(holder_of, other)
    assert holder is not None
    assert (holder.name, holder.role) == ("bo", "administrator")
    assert store.read_now(holder_of, token[:-1]) is None
    assert store.read_now(holder_of, token + "\ud800") is None
    with pytest.raises(ConfigurationError, match="anna"):
        store.write_now(add_token, "anna", "administrator", AT)
    assert [store.write_now(revoke_token, "anna", AT) for _ in range(2)] == [True, False]
    assert store.read_now(holder_of, token) is None
    assert [(each.name, each.revoked_at is None) for each in store.read_now(list_tokens)] == [
        ("anna", False),
        ("bo", True),
    ]
    assert store.read_now(has_tokens)
    if database.startswith("sqlite"):
        store.close()
        assert all(token.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_the_service_is_closed_and_opened_for_everyone(store: Store) -> None:
    assert store.read_now(closed_since) is None
    store.write_now(close, AT)
    store.write_now(close, AT + dt.timedelta(hours=1))
    assert store.read_now(closed_since) == AT
    assert [store.write_now(reopen) for _ in range(2)] == [True, False]


def test_calls_are_counted_by_day(store: Store) -> None:
    today = AT.date()
    assert [store.write_now(count, "model", today) for _ in range(3)] == [1, 2, 3]
    assert store.write_now(count, "model", today + dt.timedelta(days=1)) == 1
    assert store.write_now(count, "other", today) == 1


def test_what_was_written_is_there_after_a_restart(database: str) -> None:
    first = open_store(database)
    first.write_behind(add_exchange, exchange())
    first.close()
    second = open_store(database)
    assert second.read_now(last_exchanges, TALK, 10) == [exchange()]
    second.close()


def test_what_is_written_behind_comes_before_what_is_written_after_it(store: Store) -> None:
    for number in range(500):
        store.write_behind(add_exchange, exchange(receipt_id=str(number)))
    assert store.write_now(add_feedback, Feedback(receipt_id="499", verdict="good"), "", AT)
    assert [each.receipt_id for each in store.read_now(last_exchanges, TALK, 1000)] == [str(n) for n in range(500)]


def test_two_stores_on_one_database_do_not_lose_each_other(database: str) -> None:
    """As the service and a command beside it, or two workers."""
    stores = [open_store(database) for _ in range(2)]
    threads = [
        threading.Thread(target=lambda s=store: [s.write_now(count, "model", AT.date()) for _ in range(50)])
        for store in stores
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores[0].write_now(count, "model", AT.date()) == 101
    for store in stores:
        store.close()


def test_work_that_fails_takes_nothing_else_along(store: Store) -> None:
    def breaks(connection: Connection) -> None:
        connection.execute(insert(schema.flags).values(name="half", since=AT))
        raise ZeroDivisionError

    def refused(connection: Connection) -> None:
        connection.execute(insert(schema.flags).values(name=None, since=AT))

    store.write_behind(refused)
    store.write_behind(add_exchange, exchange())
    with pytest.raises(ZeroDivisionError):
        store.write_now(breaks)
    with pytest.raises(StoreError, match="refused"):
        store.write_now(refused)
    names = lambda connection: connection.execute(select(schema.flags.c.name)).scalars().all()  # noqa: E731
    assert store.read_now(names) == []
    assert len(store.read_now(last_exchanges, TALK, 10)) == 1
    assert store.dropped == 1


def test_a_read_cannot_write_on_sqlite(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/x.sqlite3")
    with pytest.raises(StoreError):
        store.read_now(close, AT)
    store.close()


def test_a_newer_database_is_refused(database: str) -> None:
    store = open_store(database)
    store.write_now(lambda connection: connection.execute(update(schema.schema_version).values(version=99)))
    store.close()
    with pytest.raises(ConfigurationError, match="versie 99"):
        open_store(database)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "mysql://a/b",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "http://x",
        "postgresql+asyncpg://a/b",
    ],
)
def test_an_address_that_is_none_is_a_wrong_setting(address: str) -> None:
    with pytest.raises(ConfigurationError, match="LOKET_DATABASE_URL"):
        open_store(address)


def test_a_file_that_is_no_database_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"geen database, maar een brief" * 100)
    with pytest.raises(ConfigurationError, match="geen database"):
        open_store(f"sqlite:///{tmp_path}/x.sqlite3")


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    store = open_store(f"sqlite:///{tmp_path}/x.sqlite3")
    ask = lambda connection, name: connection.execute(text(f"PRAGMA {name}")).scalar()  # noqa: E731
    asked = {name: store.write_now(ask, name) for name in ("journal_mode", "synchronous", "busy_timeout", "mmap_size")}
    assert asked == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 5000, "mmap_size": 0}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    if sqlite3.sqlite_version_info < (3, 51, 3):
        assert f"SQLite {sqlite3.sqlite_version}" in caplog.text
    store.close()


# Trouble


def test_a_database_that_is_locked_gets_what_was_behind_once_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(store_module, "WRITE_SECONDS", 0.3)
    path = tmp_path / "x.sqlite3"
    store = open_store(f"sqlite:///{path}")
    store.write_now(count, "model", AT.date())
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    store.write_behind(add_exchange, exchange())
    with pytest.raises(StoreError):
        store.write_now(close, AT)
    assert store.waiting <= 2
    locker.execute("COMMIT")
    locker.close()
    wait_until(lambda: len(store.read_now(last_exchanges, TALK, 10)) == 1)
    assert store.read_now(closed_since) is None, "who was told that it failed must not find it done"
    store.close()


def test_a_database_that_is_not_there_yet_is_used_once_it_is(
    postgresql: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "RETRY_SECONDS", 0.05)
    address = postgresql.new_database()  # type: ignore[attr-defined]  # a server
    import psycopg

    name = address.rpartition("/")[2]
    with psycopg.connect(address.replace(name, "postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} RENAME TO {name}_away")
        store = open_store(address)
        assert store.failure is not None
        store.write_behind(add_exchange, exchange())
        with pytest.raises(StoreError):
            store.read_now(closed_since)
        connection.execute(f"ALTER DATABASE {name}_away RENAME TO {name}")
    wait_until(lambda: store.waiting == 0 and store.failure is None)
    assert len(store.read_now(last_exchanges, TALK, 10)) == 1
    store.close()


def test_a_frozen_database_costs_one_wait_and_no_more(postgresql: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGSTOP holds every process of the server; the connections stay open and nothing answers."""
    import os
    import signal
    import subprocess

    monkeypatch.setattr(store_module, "READ_SECONDS", 3.0)
    server = postgresql.process  # type: ignore[attr-defined]  # a server
    store = open_store(postgresql.new_database())  # type: ignore[attr-defined]  # a server
    store.read_now(closed_since)
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True).stdout
    pids = [server.pid, *map(int, children.split())]
    try:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        waits = []
        for _ in range(5):
            before = time.monotonic()
            with pytest.raises(StoreError):
                asyncio.run(store.read(closed_since))
            waits.append(time.monotonic() - before)
        assert min(waits) < 3.0, "each waited anew"
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    wait_until(lambda: _answers(store))
    store.close()


def _answers(store: Store) -> bool:
    try:
        return store.read_now(closed_since) is None
    except StoreError:
        return False
