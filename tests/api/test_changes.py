"""`loket diff` and GET /v1/changes, over the real snapshot of a policy and its made next edition."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.settings import Settings
from ingest.pipeline import ingest
from knowledge.bank import read_bank
from knowledge.errors import ConfigurationError
from knowledge.on_file import OnFile, read_on_file
from tests.fakes import FakeEncoder
from tests.next_edition import NEW_ID, OLD_ID, PLANTED, write_editions


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of both editions, and the index that they were ingested into."""
    folder = tmp_path_factory.mktemp("editions")
    source, index = write_editions(folder / "policies"), folder / "index"
    ingest(source, index, FakeEncoder())
    return source, index


@pytest.fixture(scope="module")
def client(editions: tuple[Path, Path]) -> TestClient:
    on_file: OnFile = read_on_file(editions[1])
    snapshot = SimpleNamespace(id=on_file.snapshot_id, texts=on_file.texts, rules=on_file.rules)
    settings = Settings.model_validate({"index": editions[1], "rate_limit": 0})
    test_client = TestClient(create_app(settings, opener=lambda *_: SimpleNamespace(snapshot=snapshot)))  # type: ignore[arg-type,return-value]
    test_client.app.state.service.shelf.open_first(10)  # type: ignore[attr-defined]
    return test_client


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["diff", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


def test_diff_of_two_policies_on_file(editions: tuple[Path, Path]) -> None:
    shown = run(OLD_ID, NEW_ID, "--index", str(editions[1]))
    assert f"{OLD_ID} -> {NEW_ID}" in shown
    assert "date: 7 november 2026 -> 6 november 2027" in shown
    assert "refused, look at it: reply-term (5 werkdagen -> 10 werkdagen" in shown
    assert "sections: 11 changed, 2 renumbered, 1 added, 1 removed; 76 unchanged" in shown


def test_diff_as_json_tells_everything(editions: tuple[Path, Path]) -> None:
    found = json.loads(run(OLD_ID, NEW_ID, "--index", str(editions[1]), "--json"))
    assert (found["policy_id"], found["against"]) == (NEW_ID, OLD_ID)
    assert len(found["sections"]) == 15
    assert {rule["state"] for rule in found["rules"]} == {"proven", "refused"}
    assert {each["state"] for each in found["questions"]} == {"carried", "look", "lost"}
    assert found["statements"]


def test_diff_of_files_says_the_same_as_of_the_snapshot(editions: tuple[Path, Path]) -> None:
    source, index = editions
    files = run(str(source / f"{OLD_ID}.md"), str(source / f"{NEW_ID}.md"), "--json")
    assert json.loads(files) == json.loads(run(OLD_ID, NEW_ID, "--index", str(index), "--json"))


def test_the_bank_is_carried_to_a_file(editions: tuple[Path, Path], tmp_path: Path) -> None:
    """What a person has to look at is not approved, so that no ingest takes it as it is."""
    target = tmp_path / "bank.jsonl"
    run(OLD_ID, NEW_ID, "--index", str(editions[1]), "--carry-to", str(target))
    lines = read_bank([target], proposals=True).lines
    assert len(lines) > 300
    assert 0 < sum(not line.approved for line in lines) < 30


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nergens-2026", NEW_ID, "is no file, and no policy of snapshot"),
        ("{source}", NEW_ID, "names 2 policies of its manifest, wanted one"),
        (OLD_ID, "{source}/ander.md", "is no file, and no policy of snapshot"),
    ],
)
def test_a_policy_that_is_not_there_is_named(editions: tuple[Path, Path], old: str, new: str, told: str) -> None:
    source, index = editions
    with pytest.raises(ConfigurationError, match=told):
        run(old.format(source=source), new.format(source=source), "--index", str(index))


def test_changes_over_http(client: TestClient) -> None:
    answer = client.get("/v1/changes", params={"policy_id": NEW_ID, "against": OLD_ID})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["policy_id"], found["against"]) == (NEW_ID, OLD_ID)
    figures = {(f["kind"], f["old"], f["new"]) for section in found["sections"] for f in section["figures"]}
    assert figures == {figure for edit in PLANTED for figure in edit.figures}
    changed = next(each for each in found["sections"] if each["title"] == "Geen aanbod ontvangen")
    assert changed["passage_id"].startswith(NEW_ID)
    assert changed["old_passage_id"].startswith(OLD_ID)
    assert set(changed["sentences"][0]) == {"kind", "old", "new", "passage_id", "old_passage_id"}
    states = {rule["rule"]: rule["state"] for rule in found["rules"]}
    assert states["reply-term"] == "refused"
    assert states["sign-disv-diet"] == "proven"


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"policy_id": NEW_ID}, 422),
        ({"policy_id": "x" * 500, "against": OLD_ID}, 422),
        ({"policy_id": NEW_ID, "against": "<script>"}, 404),
        ({"policy_id": "../../etc/passwd", "against": OLD_ID}, 404),
    ],
)
def test_bad_input_is_a_problem_without_echo(client: TestClient, params: dict[str, str], status: int) -> None:
    answer = client.get("/v1/changes", params=params)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert not any(value in answer.text for value in params.values())


def test_a_policy_against_itself_has_no_changes(client: TestClient) -> None:
    found = client.get("/v1/changes", params={"policy_id": OLD_ID, "against": OLD_ID}).json()
    assert found["sections"] == []
    assert {rule["state"] for rule in found["rules"]} == {"proven"}
