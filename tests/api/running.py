"""Runs the command in this process, where a test puts something in place of a model or of the number of steps."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.cli import main

Run = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """A run that ended; `said` are the lines on stderr."""

    code: int
    out: str
    said: list[str]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What runs `loket` with arguments, as a process would."""

    def run(*arguments: str | Path) -> Ended:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["loket", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return Ended(int(left.value.code or 0), captured.out, captured.err.splitlines())

    return run


def refused(ended: Ended, code: int, *words: str) -> None:
    """It ended with the code, printed no result, and said one clear line."""
    assert (ended.code, ended.out, len(ended.said)) == (code, "", 1), ended
    assert ended.said[0].startswith("loket: ")
    assert ended.said[0].isprintable()
    assert all(word in ended.said[0] for word in words), ended.said[0]


def bank_line(subject: str, questions: Sequence[str] = ("Met hoeveel gaat het omhoog?",), **fields: Any) -> str:
    """A line of a bank file about the rates of a policy of `tests.conftest.policy_markdown`."""
    plain = {"policy_id": subject, "sections": ["3"], "key": ["2,5 procent"], "questions": list(questions)}
    return json.dumps(plain | fields, ensure_ascii=False) + "\n"
