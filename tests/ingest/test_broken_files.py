"""Every broken file is refused with a typed error of one line that names it, within the limit."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ingest.sandbox import read_document
from ingest.source import printable
from knowledge.errors import SourceError, UnreadableFile
from tests.ingest.broken_files import BROKEN_FILES, BrokenFile, pdf_bytes, write_broken

LIMIT_SECONDS = 240
"""Far more than it takes: only a hang takes longer, however busy the machine is."""


def _assert_clear(error: SourceError, path: Path, reason: str) -> None:
    message = str(error)
    assert reason in message
    assert message.startswith(printable(path.name))
    assert message.isprintable()
    assert len(message) < 400
    assert str(path.parent) not in message


@pytest.mark.parametrize("broken", BROKEN_FILES, ids=lambda broken: ascii(broken.name))
def test_broken_file_is_refused(tmp_path: Path, broken: BrokenFile) -> None:
    path = write_broken(tmp_path, broken)
    started = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read_document(path, timeout_seconds=LIMIT_SECONDS)
    assert type(caught.value) is broken.error
    assert time.monotonic() - started < LIMIT_SECONDS
    _assert_clear(caught.value, path, broken.reason)


def test_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    path.mkdir()
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    _assert_clear(caught.value, path, "is a folder")


def test_missing_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weg.pdf"
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    _assert_clear(caught.value, path, "does not exist")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no named pipes")
def test_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "pijp.txt"
    os.mkfifo(path)
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    _assert_clear(caught.value, path, "no regular file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dicht.txt"
    path.write_text("tekst")
    path.chmod(0)
    with pytest.raises(UnreadableFile) as caught:
        read_document(path)
    _assert_clear(caught.value, path, "cannot be opened")


def test_slow_file_is_given_up_in_time(tmp_path: Path) -> None:
    path = tmp_path / "traag.pdf"
    path.write_bytes(pdf_bytes([b"0 0 m 1 1 l S\n" * 1_500_000]))
    started = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_document(path, timeout_seconds=1.5)
    assert time.monotonic() - started < LIMIT_SECONDS
    _assert_clear(caught.value, path, "more than 1.5 seconds")


@pytest.mark.slow
def test_hungry_file_is_stopped_at_the_memory_limit(tmp_path: Path) -> None:
    path = tmp_path / "groot.html"
    path.write_bytes(b"<!doctype html>" + b"<p><b>x</b></p>" * 190_000)
    with pytest.raises(UnreadableFile) as caught:
        read_document(path, memory_bytes=200_000_000)
    _assert_clear(caught.value, path, "200 MB of memory")
