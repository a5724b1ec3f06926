"""The service under load: what it takes it answers, what it does not it refuses with when to come back, and it goes on.

Nothing here depends on how fast the machine is; `python -m evals.load` measures that.
"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from evals.load_client import ask_at_once, ask_for
from evals.load_server import Service, started, swapping, twins
from ingest import pipeline
from knowledge.encoder import open_encoder
from tests.api.conftest import wait_until
from tests.conftest import policy_markdown, write_policies

AT_ONCE, QUEUE = 2, 6
QUESTIONS = ("Hoeveel stijgt het tarief?", "Wanneer moet ik tekenen?", "Waar vraag ik een contract aan?", "Mag dat?")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Serving(NamedTuple):
    service: Service
    folder: Path
    ids: tuple[str, str]


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("load")
    source = write_policies(folder / "policies", {"huid": policy_markdown("huidzorg")})
    pipeline.ingest(source, folder / "built", open_encoder())
    index = folder / "index"
    ids = twins(folder / "built", index)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOKET_ANSWERS_AT_ONCE", str(AT_ONCE))
        patch.setenv("LOKET_QUEUE", str(QUEUE))
        with started(index, folder / "served") as service:
            yield Serving(service, index, ids)


def test_as_many_users_as_there_are_places_are_all_answered(serving: Serving) -> None:
    replies = ask_for(serving.service.ports, QUESTIONS, AT_ONCE + QUEUE, 3.0)
    assert replies
    assert [reply for reply in replies if not reply.is_whole] == []


def test_of_a_burst_some_are_answered_and_the_rest_hear_when_to_come_back(serving: Serving) -> None:
    replies = ask_at_once(serving.service.ports, QUESTIONS, 300)
    assert [reply for reply in replies if reply.is_error] == []
    assert sum(reply.is_whole for reply in replies) >= AT_ONCE
    assert sum(reply.is_refusal for reply in replies) > 0
    after = ask_for(serving.service.ports, QUESTIONS, 1, 2.0)
    assert [reply for reply in after if not reply.is_whole] == []


def test_many_open_streams_end_with_an_answer_or_are_refused(serving: Serving) -> None:
    replies = ask_for(serving.service.ports, QUESTIONS, 100, 5.0, streams=True)
    assert [reply for reply in replies if reply.is_error] == []
    assert sum(reply.is_whole for reply in replies) >= AT_ONCE


def test_snapshots_are_swapped_under_load_without_an_error_or_an_open_file_left(serving: Serving) -> None:
    ask_for(serving.service.ports, QUESTIONS, 4, 1.0)
    before = serving.service.usage()
    with swapping(serving.folder, serving.ids, 2.0) as published:
        replies = ask_for(serving.service.ports, QUESTIONS, 4, 30.0, rate=10.0)
    assert [reply for reply in replies if not reply.is_whole] == []
    assert len(published) >= 3
    wait_until(lambda: _open_snapshot(serving) == published[-1])
    # A connection or two of users; each snapshot left open would be as many.
    wait_until(lambda: serving.service.usage().files <= before.files + 12)
    after = serving.service.usage()
    assert after.memory_bytes <= 1.5 * before.memory_bytes


def _open_snapshot(serving: Serving) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{serving.service.ports[0]}/readyz", timeout=60) as response:
        return str(json.load(response)["snapshot"])
