"""Requests made up from the service's own description, half of them such as it does not allow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.errors import InvalidSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import NOW, publish, wait_until
from tests.api.fake_assistant import fake_assistant
from tests.api.test_roles import token_for

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "20"))
"""For each operation; 1,000 once before a release: that takes some minutes."""
CHECKS: list[Any] = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = (
    """
POST /v1/answers, POST /v1/answers/stream, GET /v1/search, GET /v1/policies, GET /v1/policies/{policy_id},
GET /v1/policies/{policy_id}/passages/{passage_id}, GET /v1/rules, GET /v1/rules/{name}, POST /v1/rules/{name},
GET /v1/deadlines, GET /v1/deadlines.ics, GET /v1/receipts/{receipt_id}, POST /v1/feedback,
GET /v1/conversations/{conversation_id}, DELETE /v1/conversations/{conversation_id}, GET /v1/review,
POST /v1/review/{item_id}, GET /v1/approved, POST /v1/approved, DELETE /v1/approved/{answer_id},
GET /v1/changes, GET /v1/widget, GET /healthz, GET /readyz
""".replace("\n", " ")
    .strip()
    .split(", ")
)


class Described:
    """The service's description, and the header of an administrator."""

    def __init__(self, schema: Any, headers: dict[str, str]) -> None:
        self.operations = {found.ok().label: found.ok() for found in schema.get_all_operations()}
        self.headers = headers


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Described]:
    folder = tmp_path_factory.mktemp("described")
    publish(folder / "index", "snap-1")
    given_settings = {"index": folder / "index", "rate_limit": 0, "database_url": f"sqlite:///{folder}/x.sqlite3"}
    app = create_app(Settings.model_validate(given_settings), opener=lambda *_: fake_assistant(), now=lambda: NOW)
    with TestClient(app) as client:
        wait_until(lambda: client.get("/readyz").status_code == 200)
        schema = schemathesis.openapi.from_asgi("/openapi.json", partial(_started_already, app))
        yield Described(schema, token_for(client, "administrator"))


async def _started_already(app: FastAPI, scope: Scope, receive: Receive, send: Send) -> None:
    """The application without a start and an end for each request."""
    if scope["type"] != "lifespan":
        await app(scope, receive, send)
        return
    for event in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{event}.complete"})


@pytest.mark.parametrize("label", OPERATIONS)
@pytest.mark.timeout(3600)
def test_the_service_does_what_its_description_says(described: Described, label: str) -> None:
    operation = described.operations[label]
    cases = operation.as_strategy(GenerationMode.POSITIVE)
    with suppress(InvalidSchema):  # where nothing can be wrong
        cases = st.one_of(cases, operation.as_strategy(GenerationMode.NEGATIVE))

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None, derandomize=True)
    @given(case=cases)
    def hold(case: Case) -> None:
        case.headers.update(described.headers)
        case.validate_response(case.call(), checks=CHECKS)

    hold()


def test_every_operation_is_tried(described: Described) -> None:
    assert set(described.operations) == set(OPERATIONS)
