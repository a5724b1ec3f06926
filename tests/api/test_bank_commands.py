"""`loket bank` and `loket ingest --bank`: what they find, what they refuse, and what a model's drafts become."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from ingest.pipeline import ingest
from knowledge.encoder import open_encoder
from knowledge.snapshot import open_snapshot
from tests.api.running import Run, bank_line, refused, runner
from tests.conftest import policy_markdown, write_policies

GOOD = "Gaat ons tarief volgend jaar omhoog en hoeveel?"
REPLY = json.dumps({"spots": [{"key": "2,5 procent", "questions": [GOOD]}]})


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank") / "beleid"
    return write_policies(folder, {"logopedie": policy_markdown("logopedie")})


@pytest.fixture(scope="module")
def index(policies: Path) -> Path:
    ingest(policies, policies.parent / "index", open_encoder())
    return policies.parent / "index"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.jsonl"
    path.write_text(bank_line("logopedie") + bank_line("elders"), "utf-8")
    return path


def install(monkeypatch: pytest.MonkeyPatch, *replies: str | Exception) -> list[tuple[str, str]]:
    """Let a model give these replies, the last for ever, or raise; returns what was opened."""
    opened: list[tuple[str, str]] = []

    def say() -> Iterator[AIMessage]:
        for reply in [*replies, *[replies[-1]] * 20]:
            if isinstance(reply, Exception):
                raise reply
            yield AIMessage(reply)

    def open_model(name: str, base_url: str = "") -> Any:
        opened.append((name, base_url))
        return GenericFakeChatModel(messages=say())

    monkeypatch.setattr("assistant.model.open_model", open_model)
    return opened


# ingest --bank


def test_ingest_ties_a_bank(run: Run, policies: Path, tmp_path: Path, bank: Path) -> None:
    ended = run("ingest", policies, "--index", "index", "--bank", bank)
    assert (ended.code, ended.said) == (0, [])
    assert "question bank: 1 questions tied" in ended.out
    again = run("ingest", policies, "--index", "index", "--bank", bank, "--json")
    assert json.loads(again.out)["published"] is False
    bank.write_text(bank_line("logopedie") + bank_line("logopedie", key=["9 procent"]), "utf-8")
    changed = run("ingest", policies, "--index", "index", "--bank", bank)
    assert "    not tied: logopedie, section 3: key '9 procent' stands nowhere" in changed.out
    assert "published: " in changed.out


def test_the_bank_of_the_settings_is_used(
    run: Run, policies: Path, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKET_BANK", str(bank))
    assert "question bank: 1 questions tied" in run("ingest", policies, "--check").out
    monkeypatch.setenv("LOKET_BANK", "weg.jsonl")
    refused(run("ingest", policies, "--check"), 1, "weg.jsonl")


# (what the bank's file holds, words of what is said)
WRONG: list[tuple[str, tuple[str, ...]]] = [
    ("geen json", ("bank.jsonl", "line 1")),
    (bank_line("logopedie", ["Hoe?", "hoe?"]), ("line 1", "twice")),
    (bank_line("logopedie") + bank_line("logopedie", approved=False), ("line 2", "approved")),
]


@pytest.mark.parametrize(("content", "words"), WRONG)
@pytest.mark.parametrize("command", ["ingest", "train", "check", "propose"])
def test_a_bank_that_is_wrong(
    run: Run, policies: Path, index: Path, bank: Path, command: str, content: str, words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    install(monkeypatch, REPLY)
    arguments = {
        "ingest": ("ingest", policies, "--index", "index"),
        "train": ("train", "--policies", policies, "--out", "uit"),
        "check": ("bank", "check", "--index", index),
        "propose": ("bank", "propose", "--index", index, "--out", "uit.jsonl"),
    }[command]
    bank.write_text(content, "utf-8")
    refused(run(*arguments, "--bank", bank), 1, *words)
    assert [path.name for path in bank.parent.iterdir()] == ["bank.jsonl"]


# bank check


def test_a_sound_bank_passes(run: Run, index: Path, bank: Path) -> None:
    ended = run("bank", "check", "--index", index, "--bank", bank)
    assert (ended.code, ended.said) == (0, [])
    lines = ended.out.splitlines()
    assert lines[:2] == ["1 lines, 1 questions", "not judged, for policies or a kind of text not on file: 1 lines"]
    assert lines[-1] == "checked; 0 problems"
    assert any("logopedie" in line and "Planning" in line for line in lines), "a passage without a question"


def test_problems_are_named_and_the_command_fails(run: Run, index: Path, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "meer.jsonl").write_text(bank_line("logopedie", key=["9 procent"]), "utf-8")
    unseen = tmp_path / "vragen.jsonl"
    unseen.write_text(json.dumps({"id": "v1", "question": "Met hoeveel gaat dat omhoog?"}) + "\n", "utf-8")
    arguments = ("bank", "check", "--index", index, "--bank", bank, "--bank", "meer.jsonl", "--against", unseen)
    ended = run(*arguments)
    assert (ended.code, ended.said) == (1, [])
    assert "    problem: logopedie, section 3: key '9 procent': stands nowhere" in ended.out
    assert "too alike to v1" in ended.out
    assert "dat omhoog" not in ended.out
    assert ended.out.endswith("checked; 3 problems\n")
    found = json.loads(run(*arguments, "--json").out)
    assert (found["lines"], found["elsewhere"], len(found["problems"])) == (2, 1, 3)
    assert set(found["bare"][0]) == {"passage_id", "heading_path"}


def test_what_cannot_be_checked(run: Run, index: Path, bank: Path, tmp_path: Path) -> None:
    refused(run("bank", "check", "--bank", bank, "--index", "leeg"), 1, "leeg", "loket ingest")
    (tmp_path / "vragen.jsonl").write_text("{}\n", "utf-8")
    for file in ("vragen.jsonl", "weg.jsonl"):
        refused(run("bank", "check", "--bank", bank, "--index", index, "--against", file), 1, file)


# bank propose


def propose(run: Run, index: Path, bank: Path, *more: str | Path) -> Any:
    return run("bank", "propose", "--index", index, "--bank", bank, "--out", "uit.jsonl", *more)


@pytest.fixture
def nothing(tmp_path: Path) -> Path:
    """A bank without a question for any passage here."""
    path = tmp_path / "niets.jsonl"
    path.write_text(bank_line("elders"), "utf-8")
    return path


def bare(index: Path) -> int:
    snapshot = open_snapshot(index)
    snapshot.close()
    return len(snapshot.passages)


def test_proposals_wait_for_approval(
    run: Run, index: Path, nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = install(monkeypatch, "", "Sorry.", REPLY, '{"spots": []}')
    ended = propose(run, index, nothing, "--model", "openai:x")
    assert (ended.code, ended.said) == (0, [])
    assert f"passages without a question: {bare(index)}; questions drafted: 1" in ended.out
    assert "dropped: reply is not the JSON asked for (2x)" in ended.out
    (row,) = (tmp_path / "uit.jsonl").read_text("utf-8").splitlines()
    assert json.loads(row) == {
        "policy_id": "logopedie", "sections": ["3"], "key": ["2,5 procent"], "questions": [GOOD], "approved": False,
    }  # fmt: skip
    assert opened == [("openai:x", "")]
    refused(run("bank", "check", "--index", index, "--bank", "uit.jsonl"), 1, "uit.jsonl, line 1", "approved")
    (tmp_path / "uit.jsonl").write_text(row.replace("false", "true"), "utf-8")
    assert run("bank", "check", "--index", index, "--bank", "uit.jsonl").code == 0


def test_a_file_of_proposals_is_gone_on_with(
    run: Run, index: Path, nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, "", "", REPLY, "")
    propose(run, index, nothing)
    first = (tmp_path / "uit.jsonl").read_text("utf-8")
    ended = propose(run, index, nothing)
    assert f"passages without a question: {bare(index) - 1}; questions drafted: 0" in ended.out
    assert (tmp_path / "uit.jsonl").read_text("utf-8") == first


def test_a_model_that_fails_costs_nothing_drafted_before(
    run: Run, index: Path, nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch, "", "", REPLY, RuntimeError("quota"))
    refused(propose(run, index, nothing), 1, "quota", "1 questions drafted are kept in uit.jsonl")
    assert len((tmp_path / "uit.jsonl").read_text("utf-8").splitlines()) == 1


def test_the_model_of_the_settings(run: Run, index: Path, nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = install(monkeypatch, '{"spots": []}')
    monkeypatch.setenv("LOKET_MODEL", "ollama:y")
    monkeypatch.setenv("LOKET_MODEL_BASE_URL", "http://127.0.0.1:9")
    propose(run, index, nothing)
    propose(run, index, nothing, "--model", "openai:x")
    assert opened == [("ollama:y", "http://127.0.0.1:9"), ("openai:x", "http://127.0.0.1:9")]


def test_without_a_model_it_says_what_to_set(run: Run, index: Path, nothing: Path, tmp_path: Path) -> None:
    refused(propose(run, index, nothing), 2, "LOKET_MODEL", "--model")
    refused(propose(run, index, nothing, "--model", "niemand:x"), 2, "niemand:x")
    assert not (tmp_path / "uit.jsonl").exists()


@pytest.mark.parametrize("out", ["map", "weg/uit.jsonl", "kapot.jsonl"])
def test_a_file_that_proposals_cannot_go_into(
    run: Run, index: Path, nothing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    monkeypatch.setattr("assistant.model.open_model", lambda *_: FakeListChatModel(responses=[REPLY]))
    (tmp_path / "map").mkdir()
    (tmp_path / "kapot.jsonl").write_text("van mij\n")
    code = 1 if out == "kapot.jsonl" else 2
    refused(run("bank", "propose", "--index", index, "--bank", nothing, "--out", out), code, out)
    assert (tmp_path / "kapot.jsonl").read_text() == "van mij\n"
