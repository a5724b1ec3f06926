"""`loket train`: weights that `loket ingest` takes by itself, and no folder when something is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import fit_encoder as fitting
from ingest.fit_encoder import MIN_QUESTIONS
from knowledge.encoder import open_encoder
from knowledge.fitted import read_fit
from knowledge.snapshot import open_snapshot
from tests.api.running import Run, bank_line, refused, runner
from tests.conftest import entry, policy_markdown, write_manifest, write_policies

QUESTIONS = [f"Wordt {what} duurder{how}?" for what in ("het", "dit", "zorg", "alles", "iets") for how in
             ("", " dan vorig jaar", " dit jaar", " voor ons", " en hoeveel")]  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    return runner(monkeypatch, capsys)


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    return write_policies(tmp_path / "beleid", {name: policy_markdown(name) for name in ("logopedie", "dietetiek")})


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    (tmp_path / "bank.jsonl").write_text(bank_line("logopedie", QUESTIONS), "utf-8")
    return tmp_path / "bank.jsonl"


def test_trained_weights_are_taken_by_the_next_ingest(
    run: Run, policies: Path, bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real base, a small bank and few steps."""
    monkeypatch.setattr(fitting, "STEPS", 10)
    restated = write_policies(tmp_path / "weergave", {"logopedie": policy_markdown("logopedie")})
    write_manifest(restated, entry("logopedie", authority="restatement"))
    more = tmp_path / "meer.jsonl"
    more.write_text(bank_line("dietetiek", QUESTIONS), "utf-8")
    ended = run("train", "--bank", bank, "--policies", policies, "--policies", restated, "--index", "var/index")
    assert (ended.code, ended.said) == (0, [])
    lines = ended.out.splitlines()
    assert lines[0].startswith(f"{len(QUESTIONS) - 2} questions learned from, 2 kept apart, 2 policies, ")
    assert lines[1].split()[-2:] == ["before", "after"]
    assert lines[-2] == f"written: {tmp_path / 'var' / 'encoder'}"
    assert "loket ingest" in lines[-1]
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["encoder"]
    fit = read_fit(tmp_path / "var" / "encoder")
    assert fit is not None
    assert run("ingest", policies, "--index", "var/index", "--bank", bank).code == 0
    assert encoder_of(tmp_path) == open_encoder(str(tmp_path / "var" / "encoder")).name != open_encoder().name
    # With another bank they are not the ones; named, they are.
    assert run("ingest", policies, "--index", "var/index", "--bank", more).code == 0
    assert encoder_of(tmp_path) == open_encoder().name
    assert run("ingest", policies, "--index", "var/index", "--bank", more, "--encoder", "var/encoder").code == 0
    assert encoder_of(tmp_path) == open_encoder("var/encoder").name
    assert json.loads(run("search", "logopedie", "--index", "var/index", "--encoder", "var/encoder", "--json").out)


def encoder_of(folder: Path) -> str:
    snapshot = open_snapshot(folder / "var" / "index")
    snapshot.close()
    return snapshot.encoder_name


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--policies", "weg"), 1, ("weg", "not a folder")),
        (("--policies", "beleid", "--policies", "leeg"), 1, ("leeg", "manifest.yaml")),
        (("--policies", "beleid", "--bank", "weg.jsonl"), 1, ("weg.jsonl", "cannot be read")),
        (("--policies", "beleid", "--bank", "leeg"), 1, ("leeg", "*.jsonl")),
        (("--policies", "beleid", "--bank", "klein.jsonl"), 1, ("1 questions", str(MIN_QUESTIONS))),
        (("--policies", "beleid", "--out", "beleid"), 2, ("beleid", "another folder")),
        (("--policies", "beleid", "--out", "klein.jsonl"), 2, ("klein.jsonl", "another folder")),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_nothing_is_written(
    run: Run, policies: Path, bank: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, words: tuple[str, ...]
) -> None:
    (tmp_path / "leeg").mkdir()
    (tmp_path / "klein.jsonl").write_text(bank_line("logopedie"), "utf-8")
    before = sorted(tmp_path.rglob("*"))
    given = arguments if "--bank" in arguments else (*arguments, "--bank", str(bank))
    refused(run("train", *given), code, *words)
    assert sorted(tmp_path.rglob("*")) == before
