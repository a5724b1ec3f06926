"""Bad strings in every place where a caller can put one, before the assistant itself: no 5xx, no echo, no hang."""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.service import Service
from api.settings import Settings
from api.store import store as store_module
from assistant.answer import Assistant
from ingest import pipeline
from knowledge.snapshot import open_snapshot
from tests.api.conftest import NOW, wait_until
from tests.api.postgresql import Server
from tests.api.test_hostile import BODIES
from tests.api.test_roles import token_for
from tests.conftest import policy_markdown, write_policies
from tests.fakes import FakeEncoder
from tests.faults.bad_strings import BAD_STRINGS, BSNS

pytestmark = pytest.mark.slow

MEASURED = int(os.environ.get("TEST_ROUNDS", "1")) > 1
SECONDS_AT_MOST = 2.0 if MEASURED else 60.0
"""Of this process. Two where it is measured, on a quiet machine; else what tells a hang, which takes minutes."""
TOLD_CHARS = 12
"""A shorter string may stand in a problem by chance."""
ADDRESS_CHARS = 20_000
"""Clients and servers take no address over some 64 kB."""
ITEM = "00000000-0000-4000-8000-000000000000"


@dataclass
class Served:
    """The service, with all that it logged and the files that it keeps."""

    client: TestClient
    headers: dict[str, str]
    folder: Path
    logged: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["sqlite"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    source = write_policies(folder / "policies", {"huid": policy_markdown("huidzorg")})
    pipeline.ingest(source, folder / "index", FakeEncoder())
    kept = folder / "kept"
    database = f"sqlite:///{kept}/loket.sqlite3"
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        database = server.new_database()
    settings = Settings(
        index=folder / "index",
        rate_limit=0,
        receipts=str(kept / "receipts"),
        database_url=database,  # type: ignore[arg-type]  # pydantic makes it a secret
    )
    receipts: list[Any] = []
    assistant = Assistant(open_snapshot(folder / "index"), FakeEncoder(), keep=receipts.append)
    app = create_app(settings, opener=lambda *_: assistant, now=lambda: NOW)
    # Other work on the machine may hold the database up; how long a read may take is told by another test.
    with pytest.MonkeyPatch.context() as patch, TestClient(app) as client:
        patch.setattr(store_module, "READ_SECONDS", 30.0)
        wait_until(lambda: client.get("/readyz").status_code == 200)
        made = Served(client, token_for(client, "administrator"), kept)
        handler = logging.Handler()
        handler.emit = lambda record: made.logged.append(record.getMessage())  # type: ignore[method-assign]  # a plain list
        logger = logging.getLogger("loket")
        logger.addHandler(handler)
        level, logger.level = logger.level, logging.DEBUG
        service: Service = app.state.service
        assert service.receipts is not None
        assistant._keep = service.receipts.keep
        yield made
        logger.removeHandler(handler)
        logger.setLevel(level)


def _path(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


Send = Callable[..., httpx.Response]


def _json(send: Send, path: str, body: Any) -> httpx.Response:
    content = json.dumps(body).encode()  # a lone surrogate as an escape
    return send("POST", path, content=content, headers={"Content-Type": "application/json"})


Way = Callable[[Send, str], httpx.Response]

# Where a caller can put a string; {} is its place in an address.
ADDRESSES = [
    ("GET", "/?q={}"),
    ("GET", "/?q=wanneer&lang={}"),
    ("GET", "/?q=wanneer&insurer={0}&year={0}&care={0}"),
    ("GET", "/policies/{}"),
    ("GET", "/policies/huid?passage={}"),
    ("GET", "/v1/search?q={}"),
    ("GET", "/v1/search?q=tarief&k={}"),
    ("GET", "/v1/policies/{}"),
    ("GET", "/v1/policies/huid/passages/{}"),
    ("GET", "/v1/rules?policy_id={}"),
    ("GET", "/v1/rules/{}"),
    ("GET", "/v1/deadlines?insurer={0}&care={0}"),
    ("GET", "/v1/deadlines?year={}"),
    ("GET", "/v1/deadlines?today={}"),
    ("GET", "/v1/deadlines.ics?insurer={0}&care={0}"),
    ("GET", "/v1/receipts/{}"),
    ("GET", "/v1/conversations/{}"),
    ("DELETE", "/v1/conversations/{}"),
    ("GET", "/v1/review?state={}"),
    ("GET", "/v1/review?at_most={}"),
    ("DELETE", "/v1/approved/{}"),
    ("GET", "/v1/changes?policy_id={0}&against={0}"),
    ("GET", "/v1/changes?policy_id=huid&against={}"),
    ("GET", "/v1/widget?lang={0}&insurer={0}"),
    ("GET", "/static/{}"),
    ("GET", "/{}"),
]
QUESTION = {"question": "Hoeveel stijgt het tarief?"}
# And in a body.
FIELDS: list[tuple[str, Callable[[str], Any]]] = [
    ("/v1/answers", lambda text: {"question": text}),
    ("/v1/answers/stream", lambda text: {"question": text}),
    ("/v1/answers", lambda text: {**QUESTION, "conversation_id": text}),
    ("/v1/answers", lambda text: {**QUESTION, "scope": {"insurer": text, "care": [text], "policy_ids": [text]}}),
    ("/v1/answers", lambda text: {**QUESTION, "today": text, "language": text}),
    ("/v1/answers", lambda text: {**QUESTION, text or "x": text}),
    ("/v1/rules/huid.x", lambda text: {"facts": {text: text}}),
    ("/v1/feedback", lambda text: {"receipt_id": text, "verdict": "bad", "comment": text}),
    ("/v1/feedback", lambda text: {"receipt_id": "x", "verdict": text, "reasons": [text]}),
    ("/v1/feedback", lambda text: {"receipt_id": "x", "verdict": "bad", "policy_id": text, "passage_id": text}),
    (f"/v1/review/{ITEM}", lambda text: {"decision": "reject", "note": text}),
    (f"/v1/review/{ITEM}", lambda text: {"decision": text, "policy_id": text, "passage_id": text}),
    (
        "/v1/approved",
        lambda text: {"question": text, "text": text, "citations": [{"policy_id": text, "passage_id": text}]},
    ),
]


def _at(method: str, address: str) -> Way:
    return lambda send, text: send(method, address.format(_path(text)[:ADDRESS_CHARS]))


def _in(path: str, body: Callable[[str], Any]) -> Way:
    return lambda send, text: _json(send, path, body(text))


def _as_token(send: Send, text: str) -> httpx.Response:
    value = re.sub(rb"[\x00-\x1f\x7f]", b" ", f"Bearer {text}".encode("utf-8", "surrogatepass"))
    return send("GET", "/v1/review", headers=[(b"Authorization", value[:9000])])


def _as_body(path: str) -> Way:
    headers = {"Content-Type": "application/json"}
    return lambda send, text: send("POST", path, content=text.encode("utf-8", "surrogatepass"), headers=headers)


WAYS: dict[str, Way] = {
    **{f"{method} {address}": _at(method, address) for method, address in ADDRESSES},
    **{f"{path} {sorted(body('{}'))}": _in(path, body) for path, body in FIELDS},
    **{f"{path} as a body": _as_body(path) for path in dict.fromkeys(path for path, _ in FIELDS)},
    "as a token": _as_token,
}


def test_there_are_enough() -> None:
    assert len(BAD_STRINGS) == len(set(BAD_STRINGS)) >= 300


STORED = ("conversation", "feedback", "review", "approved", "token")
"""What the places are called that reach the database: PostgreSQL takes other strings amiss than SQLite does."""
PLACES = [("sqlite", name) for name in WAYS] + [
    ("postgresql", name) for name in WAYS if any(word in name for word in STORED)
]


@pytest.mark.parametrize(("served", "name"), PLACES, indirect=["served"])
def test_a_bad_string_does_no_harm(served: Served, name: str) -> None:
    way = WAYS[name]

    def send(method: str, path: str, **more: Any) -> httpx.Response:
        more.setdefault("headers", {})
        if isinstance(more["headers"], dict):
            more["headers"] |= served.headers
        return served.client.request(method, path, **more)

    for text in BAD_STRINGS:
        before = time.process_time()  # of this process: other work on the machine does not count
        response = way(send, text)
        took = time.process_time() - before
        assert response.status_code < 500, text[:80]
        assert took < SECONDS_AT_MOST, (text[:80], took)
        told = response.text + str(response.headers)
        is_page = "html" in response.headers.get("content-type", "")  # a page shows the asker his own question again
        if response.status_code >= 400 and not is_page and len(text.strip()) >= TOLD_CHARS:
            assert text.strip() not in told, text[:80]
        assert not any(bsn in told for bsn in BSNS), text[:80]
        if is_page:
            assert "<script>alert" not in response.text
            assert "onerror=alert(1)>" not in response.text


@pytest.mark.parametrize("path", list(dict.fromkeys(path for path, _ in FIELDS)))
def test_a_bad_body_does_no_harm(served: Served, path: str) -> None:
    for name, body, _ in BODIES:
        response = served.client.post(path, content=body, headers={"Content-Type": "application/json"} | served.headers)
        assert 400 <= response.status_code < 500, name
        assert response.headers["content-type"] == "application/problem+json"
        assert "burger-" not in response.text


def test_planted_numbers_are_nowhere_afterwards(served: Served) -> None:
    """Not in the log, the database, its journal, nor the receipts; asked here anew, so that this test stands alone."""
    send = partial(served.client.request)
    talk = None
    for text in (text for text in BAD_STRINGS if any(bsn in _digits(text) for bsn in BSNS)):
        for path in ("/v1/answers", "/v1/answers/stream"):
            response = _json(send, path, {"question": text, "conversation_id": talk})
            assert response.status_code == 200
        talk = _json(send, "/v1/answers", {"question": text}).json()["conversation_id"]
        good = _json(send, "/v1/answers", {**QUESTION, "scope": {"insurer": text[:200]}}).json()
        _json(send, "/v1/feedback", {"receipt_id": good["receipt_id"], "verdict": "bad", "comment": text})
        send("GET", "/", params={"q": text})
    service: Service = served.client.app.state.service  # type: ignore[attr-defined]  # the application behind it
    wait_until(lambda: service.store.waiting == 0)
    files = [path for path in served.folder.rglob("*") if path.is_file()]
    assert len(files) >= 3
    for text in (*served.logged, *(path.read_bytes().decode("utf-8", "replace") for path in files)):
        digits = _digits(text)
        assert not any(bsn in text or (len(text) < 1000 and bsn in digits) for bsn in BSNS)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
