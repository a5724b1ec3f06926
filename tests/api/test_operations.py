"""What an operator sees: metrics, health, logs, the model's budget, and wrong settings in one line."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api import logs
from api.logs import Outlet, Pseudonyms
from api.metered import Metered
from api.service import Service
from api.store import Store, open_store
from api.store import store as store_module
from assistant.guard.personal_data import mask
from assistant.model.budget import Budget
from assistant.model.exchange import ModelFailure, Request
from tests.api.conftest import MakeClient, wait_until
from tests.api.fake_assistant import FakeAssistant
from tests.api.test_roles import token_for
from tests.conftest import ROOT

BSN = "123456782"
QUESTION = "Tot wanneer kan ik tekenen?"


def service_of(client: TestClient) -> Service:
    service: Service = client.app.state.service  # type: ignore[attr-defined]  # the application behind it
    return service


def samples(client: TestClient, headers: dict[str, str]) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    text = client.get("/metrics", headers=headers).text
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_tell_what_happened_and_nothing_that_was_asked(client: TestClient) -> None:
    headers = token_for(client, "helpdesk")
    secret = "geheimzinnig"
    for question in (QUESTION, f"Hoe is het weer, {secret}?"):
        answered = client.post("/v1/answers", json={"question": question}).json()
    client.post("/v1/feedback", json={"receipt_id": answered["receipt_id"], "verdict": "good"})
    client.get(f"/v1/policies/{secret}")
    client.get(f"/{secret}")
    client.request(f"{secret}".upper(), "/healthz")
    client.post("/v1/answers", json={"question": ""})
    found = samples(client, headers)
    of = lambda name, **labels: found.get((name, frozenset(labels.items())))  # noqa: E731
    assert of("loket_requests_total", method="POST", route="/v1/answers", status="200") == 2
    assert of("loket_requests_total", method="POST", route="/v1/answers", status="422") == 1
    assert of("loket_requests_total", method="GET", route="/v1/policies/{policy_id}", status="404") == 1
    assert of("loket_requests_total", method="other", route="/healthz", status="405") == 1
    assert of("loket_request_seconds_count", route="/v1/answers") == 3
    assert of("loket_answers_total", status="answered", by="assistant") == 1
    assert of("loket_answers_total", status="out_of_scope_other", by="assistant") == 1
    assert of("loket_feedback_total", verdict="good") == 1
    assert (of("loket_answers_running"), of("loket_answers_places")) == (0, 66)
    assert (of("loket_ready"), of("loket_closed"), of("loket_store_dropped")) == (1, 0, 0)
    assert (of("loket_snapshot_age_seconds") or 0) > 0
    assert [of("loket_degraded", part=part) for part in ("search", "snapshot", "store", "receipts")] == [0] * 4
    assert secret not in str(found).lower()


def test_the_steps_of_a_real_answer_are_timed(tmp_path: Path) -> None:
    from assistant.answer import Assistant
    from ingest import pipeline
    from tests.conftest import policy_markdown, write_policies
    from tests.fakes import FakeEncoder

    source = write_policies(tmp_path / "policies", {"huid": policy_markdown("huidzorg")})
    pipeline.ingest(source, tmp_path / "index", FakeEncoder())
    from knowledge.snapshot import open_snapshot

    took: list[tuple[str, float]] = []
    snapshot = open_snapshot(tmp_path / "index")
    assistant = Assistant(snapshot, FakeEncoder(), timed=lambda name, seconds: took.append((name, seconds)))
    assistant.answer("Hoeveel stijgt het tarief voor huidzorg?", today=dt.date(2026, 1, 2))
    assert [name for name, _ in took] == ["scope", "changes", "search", "rules", "compose", "record"]
    assert all(0 <= seconds < 30 for _, seconds in took)
    assert assistant.is_degraded is False


# Health


def test_a_search_that_is_degraded_is_told_and_still_ready(client: TestClient, assistant: FakeAssistant) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "snapshot": "snap-1", "degraded": []}
    assistant.is_degraded = True
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"], response.json()["degraded"]) == (
        200,
        "degraded",
        ["search"],
    )


def test_receipts_that_cannot_be_written_are_told(make_client: MakeClient, tmp_path: Path) -> None:
    """Also where the disk is full: answers go on."""
    client = make_client(receipts=str(tmp_path / "file" / "receipts"))
    (tmp_path / "file").write_text("in the way")
    receipts = service_of(client).receipts
    assert receipts is not None
    receipts.keep(_Receipt())  # type: ignore[arg-type]  # the two parts that are used
    assert client.get("/readyz").json()["degraded"] == ["receipts"]
    (tmp_path / "file").unlink()
    receipts.keep(_Receipt())  # type: ignore[arg-type]  # the two parts that are used
    assert client.get("/readyz").json()["degraded"] == []


class _Receipt:
    id = "0" * 20

    def model_dump_json(self) -> str:
        return "{}"


def test_a_store_that_is_away_costs_no_answer(
    make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F18: locked by another process. What waits is written once it is free; who waits is told at once to come back."""
    monkeypatch.setattr(store_module, "WRITE_SECONDS", 0.3)
    monkeypatch.setattr(store_module, "RETRY_SECONDS", 0.05)
    path = tmp_path / "x.sqlite3"
    client = make_client(database_url=f"sqlite:///{path}")
    headers = token_for(client, "helpdesk")
    receipt = client.post("/v1/answers", json={"question": QUESTION}).json()["receipt_id"]
    wait_until(lambda: service_of(client).store.waiting == 0)
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    talks = [client.post("/v1/answers", json={"question": QUESTION}).json()["conversation_id"] for _ in range(20)]
    assert locker.in_transaction, "who asked has not waited for the lock"
    feedback = client.post("/v1/feedback", json={"receipt_id": receipt, "verdict": "bad"})
    assert (feedback.status_code, feedback.json()["type"]) == (503, "urn:loket:problem:store-away")
    assert int(feedback.headers["retry-after"]) > 0
    locker.execute("ROLLBACK")
    locker.close()
    for talk in talks:
        wait_until(lambda t=talk: client.get(f"/v1/conversations/{t}").status_code == 200)  # type: ignore[misc]  # bound now
    assert client.post("/v1/feedback", json={"receipt_id": receipt, "verdict": "bad"}).status_code == 201
    assert len(client.get("/v1/review", headers=headers).json()["items"]) == 1
    assert client.get("/readyz").json()["degraded"] == []


def test_a_store_that_fails_is_told_and_costs_no_answer(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6: the disk is full."""
    monkeypatch.setattr(store_module, "RETRY_SECONDS", 0.05)
    client = make_client()
    store = service_of(client).store
    store.write_now(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count=1"))  # no page more
    filler = "x" * 900
    for _ in range(40):
        assert client.post("/v1/answers", json={"question": filler}).status_code == 200
    wait_until(lambda: store.failure is not None)
    assert "store" in client.get("/readyz").json()["degraded"]
    headers = {"Authorization": "Bearer loket_x"}
    assert client.get("/v1/review", headers=headers).status_code == 401, "reading goes on"
    assert store.waiting > 0, "what could not be written still waits"


# Logs


@pytest.fixture
def root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    for handler in handlers:
        if handler not in root.handlers:
            root.addHandler(handler)
    root.setLevel(level)


def test_a_request_is_one_event_without_what_was_asked(make_client: MakeClient, root_logger: None) -> None:
    stream = io.StringIO()
    outlet = logs.install("json", stream)
    client = make_client()
    client.post("/v1/answers", json={"question": f"Mag patiënt {BSN} komen?"})
    client.get("/", params={"q": QUESTION})
    logging.getLogger("elsewhere").warning("Mag patiënt %s komen?", BSN)
    outlet.close()
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    asked = next(event for event in events if event.get("route") == "/v1/answers")
    assert (asked["event"], asked["method"], asked["status"], asked["level"]) == ("request", "POST", 200, "info")
    assert re.fullmatch("[a-p]{12}", asked["client"])
    assert re.fullmatch("[a-p]{32}", asked["request"])
    assert asked["ms"] > 0
    assert "testclient" not in stream.getvalue()
    assert "tekenen" not in stream.getvalue()
    assert BSN not in stream.getvalue()
    assert events[-1]["message"].startswith("Mag patiënt [")


def test_a_name_in_a_line_is_never_masked() -> None:
    value = bytes.fromhex(f"a6dd5c175a2144d1abda{BSN}dc8")
    assert "[" in mask(value.hex())  # what a name of digits may run into
    assert mask(f"request {logs.letters_of(value)}") == f"request {logs.letters_of(value)}"


def test_lines_of_text_are_masked_too(root_logger: None) -> None:
    stream = io.StringIO()
    outlet = logs.install("text", stream)
    logging.getLogger("x").warning("bsn %s\nforged line", BSN)
    outlet.close()
    assert BSN not in stream.getvalue()
    assert [line.startswith("    ") for line in stream.getvalue().splitlines()] == [False, True]


def test_a_pseudonym_holds_for_a_day_and_cannot_be_made_again() -> None:
    day = [dt.date(2026, 1, 1)]
    names = Pseudonyms(lambda: day[0])
    first = names.of("192.0.2.1")
    assert names.of("192.0.2.1") == first != names.of("192.0.2.2")
    assert Pseudonyms(lambda: day[0]).of("192.0.2.1") != first
    day[0] += dt.timedelta(days=1)
    assert names.of("192.0.2.1") != first


def test_a_sink_that_hangs_blocks_nobody(
    root_logger: None, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F20: a pipe that nobody reads. It holds some 64 kB; all that does not fit is dropped."""
    monkeypatch.setattr(logs, "QUEUED_AT_MOST", 200)
    reader, writer = os.pipe()
    stream = os.fdopen(writer, "w")
    outlet = logs.install("json", stream)
    client = make_client()
    log = logging.getLogger("x")
    for number in range(5_000):
        log.info("event %d %s", number, "." * 50)
    for _ in range(20):
        assert client.get("/healthz").status_code == 200
    assert outlet.dropped > 0
    os.close(reader)  # the write that hangs fails now, and so do all after it
    wait_until(outlet._lines.empty)
    outlet.close()
    with suppress(BrokenPipeError):
        stream.close()


def test_a_sink_that_is_gone_blocks_nobody(root_logger: None) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = os.fdopen(writer, "w")
    outlet = Outlet(stream, logging.Formatter())
    outlet.handle(logging.LogRecord("x", logging.INFO, "", 0, "lost", (), None))
    wait_until(lambda: outlet.dropped == 1)
    outlet.close()
    with suppress(BrokenPipeError):
        stream.close()


# The model's budget


class _Line:
    name = "a model"
    asked = 0

    def ask(self, *_: Any) -> str:
        self.asked += 1
        return "reply"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/meter.sqlite3")
    yield opened
    opened.close()


def test_a_model_is_asked_so_often_a_day_and_no_more(store: Store) -> None:
    day, line = [dt.date(2026, 1, 1)], _Line()
    request, budget = Request("write", "p", "s", "m"), Budget(8)
    metered = [Metered(line, store, 3, lambda: day[0]) for _ in range(2)]  # a restart gives no new budget
    for number in (0, 0, 1):
        assert metered[number].ask(request, budget, 1.0) == "reply"
    for each in metered:
        with pytest.raises(ModelFailure, match="spent"):
            each.ask(request, budget, 1.0)
    assert line.asked == 3
    day[0] += dt.timedelta(days=1)
    assert metered[0].ask(request, budget, 1.0) == "reply"


def test_calls_that_cannot_be_counted_are_not_made(store: Store) -> None:
    line = _Line()
    metered = Metered(line, store, 3, lambda: dt.date(2026, 1, 1))
    store.close()
    with pytest.raises(ModelFailure, match="spent"):
        metered.ask(Request("write", "p", "s", "m"), Budget(8), 1.0)
    assert line.asked == 0


# Headers


@pytest.mark.parametrize("path", ["/", "/healthz", "/v1/policies", "/nowhere", "/openapi.json", "/static/loket.css"])
def test_every_response_says_what_a_browser_may_do_with_it(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == ("cross-origin" if "static" in path else "same-origin")
    assert "strict-transport-security" not in headers


# F15: wrong settings


def _loket(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    here = {name: value for name, value in os.environ.items() if not name.startswith("LOKET_")}
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    return subprocess.run(command, env=here | variables, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"LOKET_PORT": "taken"}, "LOKET_PORT"),
        ({"LOKET_HOST": "192.0.2.1"}, "LOKET_HOST"),
        ({"LOKET_DATABASE_URL": "mysql://x/y"}, "LOKET_DATABASE_URL"),
        ({"LOKET_DATABASE_URL": "sqlite:////proc/none/x"}, "LOKET_DATABASE_URL"),
        ({"LOKET_OIDC_ISSUER": "http://x.example", "LOKET_OIDC_AUDIENCE": "x"}, "LOKET_OIDC_ISSUER"),
        ({"LOKET_OIDC_ISSUER": "https://x.example"}, "LOKET_OIDC_AUDIENCE"),
        ({"LOKET_LOG": "xml"}, "LOKET_LOG"),
        ({"LOKET_CONVERSATION_DAYS": "0"}, "LOKET_CONVERSATION_DAYS"),
        ({"LOKET_CLOSD": "1"}, "LOKET_CLOSED"),
    ],
)
def test_a_wrong_setting_is_one_dutch_line_and_exit_code_2(
    variables: dict[str, str], told: str, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        plain = {"LOKET_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3", "LOKET_RECEIPTS": "", "LOKET_PORT": "0"}
        given = {name: port if value == "taken" else value for name, value in variables.items()}
        ended = _loket("serve", **plain | given)
    lines = [line for line in ended.stderr.splitlines() if "http://" not in line or told in line]
    assert (ended.returncode, ended.stdout, len(lines)) == (2, "", 1), ended
    assert lines[0].startswith("loket: ")
    assert told in lines[0]
    assert "Traceback" not in ended.stderr
