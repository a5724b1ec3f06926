"""The child process: what it may do to the caller, and what the caller does to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ingest.sandbox
from ingest.sandbox import read_document
from knowledge.errors import EmptyPolicy, SourceError, UnreadableFile
from tests.ingest.broken_files import ordinary_pdf

# What a child may do instead of reading, as Python source, and the words that the caller says then.
CHILDREN = {
    "segfault": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", UnreadableFile, "ended by signal 11"),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", UnreadableFile, "ended by signal 9"),
    "cpu time": ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", UnreadableFile, "more than 120 seconds"),
    "exit code": ("import sys; sys.exit(7)", UnreadableFile, "exit code 7"),
    "exception": ("raise ValueError('geheim detail')", UnreadableFile, "exit code 1"),
    "memory": ("raise MemoryError", UnreadableFile, "MB of memory"),
    "hang": ("import time; time.sleep(240)", UnreadableFile, "more than 3 seconds"),
    "no answer": ("pass", UnreadableFile, "no valid result"),
    "half an answer": ('print(\'{"format": "text", "pages\')', UnreadableFile, "no valid result"),
    "other answer": ("print('{\"x\": 1}')", UnreadableFile, "no valid result"),
    "report without reason": ("import sys; print('{}'); sys.exit(3)", UnreadableFile, "no valid result"),
    "flood": ("print('x' * 2_000_000)", UnreadableFile, "takes more than 1 MB"),
    "report": (
        'import sys; print(\'{"error": "EmptyPolicy", "message": "a\\\\nb", "detail": ""}\'); sys.exit(3)',
        EmptyPolicy,
        "a b",
    ),
}


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "beleid.txt"
    path.write_text("Een regel.\n", encoding="utf-8")
    return path


def _play_child(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts another module in the place of the one that the child runs."""
    package = tmp_path / "fake" / "ingest"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "sandbox.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(ingest.sandbox, "_ROOT", package.parent)


@pytest.mark.parametrize("name", CHILDREN)
def test_misbehaving_child_becomes_one_error(
    name: str, text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    source, error, reason = CHILDREN[name]
    _play_child(source, tmp_path, monkeypatch)
    monkeypatch.setattr(ingest.sandbox, "MAX_RESULT_BYTES", 1_000_000)
    # Only who hangs is left when its time is over; the others end by themselves, however busy the machine is.
    started, timeout_seconds = time.monotonic(), 3 if name == "hang" else 120
    with pytest.raises(SourceError) as caught:
        read_document(text_file, timeout_seconds=timeout_seconds)
    assert time.monotonic() - started < 120
    assert type(caught.value) is error
    assert reason in str(caught.value)
    assert str(caught.value).isprintable()
    assert capfd.readouterr() == ("", "")


def test_what_the_child_said_is_a_note_on_the_error(
    text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _play_child("raise ValueError('geheim detail')", tmp_path, monkeypatch)
    with pytest.raises(UnreadableFile) as caught:
        read_document(text_file)
    assert "geheim detail" not in str(caught.value)
    assert any("geheim detail" in note for note in caught.value.__notes__)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX")
def test_timeout_ends_the_grandchildren_too(text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "pid"
    source = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({str(mark)!r}, "w").write(str(child.pid))
time.sleep(60)
"""
    _play_child(source, tmp_path, monkeypatch)
    with pytest.raises(UnreadableFile):
        read_document(text_file, timeout_seconds=2)
    process_id = int(mark.read_text())
    for _ in range(50):
        status = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(process_id)], capture_output=True, text=True, check=False
        )
        if not status.stdout.strip() or status.stdout.startswith("Z"):
            return
        time.sleep(0.1)
    pytest.fail(f"process {process_id} is still running")


def test_child_sees_no_secrets(text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sleutel")
    _play_child("import os, sys; sys.exit(9 if 'OPENAI_API_KEY' in os.environ else 5)", tmp_path, monkeypatch)
    with pytest.raises(UnreadableFile, match="exit code 5"):
        read_document(text_file)


def test_child_runs_no_module_of_the_working_folder(
    text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "markdown_it.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_document(text_file).pages[0].lines[0].text == "Een regel."


def test_reading_works_from_any_folder_with_a_relative_path(
    text_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_document(Path(text_file.name)).format == "text"


def test_file_name_is_no_option(tmp_path: Path) -> None:
    path = tmp_path / "--help.txt"
    path.write_text("Een regel.", encoding="utf-8")
    assert read_document(path).format == "text"


def test_child_loads_no_heavy_library(tmp_path: Path) -> None:
    path = tmp_path / "gewoon.pdf"
    path.write_bytes(ordinary_pdf())
    code = f"""
import json, sys
from pathlib import Path
from ingest.read_pdf import read_pdf
read_pdf(Path({str(path)!r}))
print(json.dumps(sorted(sys.modules)))
"""
    root = Path(ingest.sandbox.__file__).parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60, env=environment
    )
    loaded = {name.split(".")[0] for name in json.loads(result.stdout)}
    assert loaded.isdisjoint({"torch", "chromadb", "transformers", "sentence_transformers", "numpy", "scipy"})
