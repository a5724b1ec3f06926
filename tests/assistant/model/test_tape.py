"""Exchanges kept in a folder and answered from later: by the assistant, and by `loket ask --batch`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.model.budget import Budget
from assistant.model.doors import LanguageModel
from assistant.model.exchange import ModelFailure, Request
from assistant.model.live import LiveModel
from assistant.model.tape import Recording, Replaying
from knowledge.errors import ConfigurationError
from knowledge.snapshot import Snapshot
from tests.api.running import Run, refused, runner
from tests.assistant.model.conftest import CLAIMING, SIGNING, ask
from tests.assistant.model.openai_server import chat_server
from tests.fakes import FakeEncoder


def recorded(
    snapshot: Snapshot, folder: Path, mode: str, *questions: str
) -> list[tuple[str, dict[str, object] | None]]:
    with chat_server(mode) as chat:
        line = Recording(LiveModel.open("openai:test", chat.url, timeout_seconds=2.0), folder)
        assistant = Assistant(snapshot, FakeEncoder(), LanguageModel(line, 2.0))
        answers = [ask(assistant, question) for question in questions]
        assert line.kept == len(list(folder.glob("*.json")))
    return [(answer.text, answer.model.model_dump() if answer.model else None) for answer in answers]


@pytest.mark.parametrize("mode", ["good", "invents_date", "repaired", "hangs", "fails", "malformed"])
def test_what_was_recorded_is_answered_the_same_without_the_server(
    mode: str, snapshot: Snapshot, tmp_path: Path
) -> None:
    before = recorded(snapshot, tmp_path / "kept", mode, SIGNING, CLAIMING)
    line = Replaying(tmp_path / "kept")
    assistant = Assistant(snapshot, FakeEncoder(), LanguageModel(line, 2.0))
    after = [ask(assistant, question) for question in (SIGNING, CLAIMING)]
    assert [(answer.text, answer.model.model_dump() if answer.model else None) for answer in after] == before
    assert (line.name, line.missing) == ("openai:test", 0)


def test_what_was_not_recorded_is_composed_and_counted(snapshot: Snapshot, plain: Assistant, tmp_path: Path) -> None:
    recorded(snapshot, tmp_path, "good", SIGNING)
    line = Replaying(tmp_path)
    answer = ask(Assistant(snapshot, FakeEncoder(), LanguageModel(line, 2.0)), CLAIMING)
    assert line.missing == 1
    assert answer.text == ask(plain, CLAIMING).text
    assert answer.model is not None
    assert answer.model.failed == "not_recorded"


def test_a_kept_exchange_holds_request_and_reply(snapshot: Snapshot, tmp_path: Path) -> None:
    recorded(snapshot, tmp_path, "good", SIGNING)
    (file,) = tmp_path.glob("*.json")
    kept = json.loads(file.read_text("utf-8"))
    assert kept["digest"] == file.stem
    assert (kept["model"], kept["door"], kept["prompt"], kept["failure"]) == (
        "openai:test",
        "write",
        "write.nl@1",
        None,
    )
    assert SIGNING in kept["material"]
    assert "4 november 2030" in kept["reply"]


@pytest.mark.parametrize("content", ["", "{}", '{"digest": 1}', "\ufffd"])
def test_a_file_that_is_no_exchange_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content, "utf-8")
    with pytest.raises(ConfigurationError, match=r"x\.json"):
        Replaying(tmp_path)


def test_folders_that_do_not_serve(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="--record"):
        Replaying(tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        Recording(Replaying(tmp_path), tmp_path / "file" / "below")


def test_an_empty_folder_knows_no_model(tmp_path: Path) -> None:
    line = Replaying(tmp_path)
    assert line.name == "none"
    with pytest.raises(ModelFailure):
        line.ask(Request("write", "p", "s", "m"), Budget(1.0), 1.0)


# The command


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], snapshot: Snapshot) -> Run:
    def opened(_: Path, *, encoder: str = "", model: LanguageModel | None = None, **_other: object) -> Assistant:
        assert encoder
        return Assistant(snapshot, FakeEncoder(), model)

    monkeypatch.setattr(Assistant, "open", opened)
    return runner(monkeypatch, capsys)


def batch(folder: Path) -> Path:
    lines = [
        {"id": str(n), "question": question, "today": "2030-10-01"} for n, question in enumerate((SIGNING, CLAIMING))
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return folder / "in.jsonl"


def test_a_batch_is_recorded_and_replayed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions, kept = batch(tmp_path), tmp_path / "kept"
    with chat_server() as chat:
        monkeypatch.setenv("LOKET_MODEL", "openai:test")
        monkeypatch.setenv("LOKET_MODEL_BASE_URL", chat.url)
        first = run("ask", "--batch", questions, "--out", tmp_path / "a.jsonl", "--record", kept)
    assert first.code == 0
    assert "loket: 2 exchanges with the model kept" in first.said
    monkeypatch.delenv("LOKET_MODEL")
    second = run("ask", "--batch", questions, "--out", tmp_path / "b.jsonl", "--replay", kept)
    assert second.code == 0
    assert not any("exchanges" in line for line in second.said)
    before, after = (
        [json.loads(line) for line in (tmp_path / name).read_text("utf-8").splitlines()]
        for name in ("a.jsonl", "b.jsonl")
    )
    assert all(record["model"]["wrote"] for record in before)
    assert [{**record, "latency_ms": 0} for record in before] == [{**record, "latency_ms": 0} for record in after]


def test_missing_exchanges_are_counted_on_stderr(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    ended = run("ask", "--batch", batch(tmp_path), "--out", tmp_path / "b.jsonl", "--replay", tmp_path / "kept")
    assert ended.code == 0
    assert "loket: 2 exchanges were not kept; what they were for is composed" in ended.said


def test_wrong_use_is_one_clear_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused(run("ask", "x", "--record", tmp_path), 2, "LOKET_MODEL")
    refused(run("ask", "x", "--record", tmp_path, "--replay", tmp_path), 2, "do not go together")
    refused(run("ask", "x", "--replay", tmp_path / "none"), 2, "no folder")
    monkeypatch.setenv("LOKET_MODEL", "anthropic:claude")
    refused(run("ask", "x"), 2, "langchain-anthropic")
    monkeypatch.setenv("LOKET_MODEL", "openai:test")
    monkeypatch.setenv("LOKET_MODEL_BUDGET_SECONDS", "0")
    refused(run("ask", "x"), 2, "LOKET_MODEL_BUDGET_SECONDS")


def test_settings_describe_the_model(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKET_MODEL", "openai:test")
    ended = run("settings")
    assert ended.code == 0
    assert "LOKET_MODEL=openai:test\n" in ended.out
    assert "LOKET_MODEL_BUDGET_SECONDS=8.0\n" in ended.out
