"""`loket gaps`: from the receipts of a service, or from the answers of a run."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.receipt_store import ReceiptStore
from assistant.answer import Assistant
from ingest.pipeline import ingest
from knowledge.errors import ConfigurationError
from knowledge.snapshot import open_snapshot
from tests.fakes import FakeEncoder
from tests.next_edition import FOLDER

QUESTIONS = {
    "q1": "Wat is het tarief voor een consult in de fysiotherapie bij VGZ?",
    "q2": "Wat is de uiterste tekendatum?",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index, receipts of two questions, and the answers to them as a run writes them."""
    folder = tmp_path_factory.mktemp("gaps")
    ingest(FOLDER, folder / "index", FakeEncoder())
    snapshot = open_snapshot(folder / "index")
    assistant = Assistant(snapshot, FakeEncoder(), keep=ReceiptStore(folder / "receipts", 30).keep)
    answers = {name: assistant.answer(text, today=dt.date(2026, 6, 1)) for name, text in QUESTIONS.items()}
    snapshot.close()
    lines = [answer.model_copy(update={"id": name}).model_dump_json() for name, answer in answers.items()]
    (folder / "answers.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    cases = [json.dumps({"id": name, "question": text, "gold": "?"}) for name, text in QUESTIONS.items()]
    (folder / "cases.jsonl").write_text("\n".join(cases) + "\n", "utf-8")
    return folder


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["gaps", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout


@pytest.mark.parametrize("source", ["--receipts {folder}/receipts", "--answers {folder}/answers.jsonl"])
def test_gaps_are_told_from_receipts_and_from_answers(folder: Path, source: str) -> None:
    given = source.format(folder=folder).split()
    shown = run(*given, "--index", str(folder / "index"))
    assert "2 vragen gelezen" in shown
    assert f"1 x  {QUESTIONS['q1']}  (unanswerable_no_policy)" in shown
    assert "Passages waarover moest worden teruggevraagd" in shown
    assert "zegt het beleid twee dingen" in shown


def test_gaps_as_json_and_in_english(folder: Path) -> None:
    given = ["--receipts", str(folder / "receipts"), "--index", str(folder / "index")]
    found = json.loads(run(*given, "--json"))
    assert found["asked"] == 2
    assert found["not_found"][0]["question"] == QUESTIONS["q1"]
    assert "Asked and not found:" in run(*given, "--language", "en")


def test_half_a_receipt_is_passed_over(folder: Path, tmp_path: Path) -> None:
    whole = next((folder / "receipts").iterdir())
    copy = tmp_path / whole.name
    copy.write_text(whole.read_text("utf-8") + whole.read_text("utf-8")[:100], "utf-8")
    assert "2 vragen gelezen" in run("--receipts", str(tmp_path), "--index", str(folder / "index"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--receipts", "{folder}/nergens"], "is no folder of receipts"),
        (
            ["--answers", "{folder}/answers.jsonl", "--questions", "{folder}/none.jsonl"],
            "which the questions do not hold",
        ),
        (["--receipts", "{folder}/receipts", "--language", "fr"], "give nl or en"),
    ],
)
def test_wrong_use_is_told(folder: Path, arguments: list[str], told: str) -> None:
    (folder / "none.jsonl").write_text('{"id": "x", "question": "?"}\n', "utf-8")
    given = [each.format(folder=folder) for each in arguments]
    with pytest.raises(ConfigurationError, match=told):
        run(*given, "--index", str(folder / "index"))
