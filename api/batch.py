"""Files of questions to files of answers, a JSON object a line, same order."""

from __future__ import annotations

import datetime as dt
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Assistant
from assistant.outcomes import sentence
from assistant.turn import Answer, HistoryTurn
from knowledge.errors import ConfigurationError
from knowledge.search import SearchResult

log = logging.getLogger("loket.batch")

Progress = Callable[[str, int, int], None]


class BatchQuestion(BaseModel):
    """A line in.

    A line that bears gold fields is a curated case: its `scope` is part of the gold answer, and is
    not looked at, as no other field is.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str = Field(min_length=1)
    today: dt.date
    history: tuple[HistoryTurn, ...] = ()
    scope: dict[str, str | int | None] | None = None
    behaviour: str | None = None

    @property
    def chosen_scope(self) -> dict[str, str | int]:
        """The caller's own choice of insurer, year and care."""
        return (
            {}
            if self.behaviour is not None
            else {name: value for name, value in (self.scope or {}).items() if value is not None}
        )


def answer_lines(assistant: Assistant, source: Path, target: Path, tell: Progress) -> int:
    """Answer every line of `source`; how many ended in an error."""
    failed = 0

    def record(question: BatchQuestion) -> dict[str, Any]:
        nonlocal failed
        try:
            answer = assistant.answer(
                question.question, today=question.today, history=question.history, scope=question.chosen_scope
            )
        except Exception:
            # One question must not cost the others their answer; the record says that it failed.
            log.exception("question %s failed", question.id)
            failed += 1
            answer = Answer(
                status="error_internal", language="nl", text=sentence("error_internal", "nl"), today=question.today
            )
        return answer.model_copy(update={"id": question.id}).model_dump(mode="json")

    _write(source, target, record, tell)
    return failed


def search_lines(assistant: Assistant, source: Path, target: Path, k: int, tell: Progress) -> int:
    """Search for every line of `source`; how many failed."""
    failed = 0

    def record(question: BatchQuestion) -> dict[str, Any]:
        nonlocal failed
        started = time.perf_counter()
        results: list[SearchResult] = []
        try:
            results = assistant.search(question.question, k=k, history=question.history, scope=question.chosen_scope)
        except Exception:
            log.exception("query %s failed", question.id)
            failed += 1
        latency_ms = round((time.perf_counter() - started) * 1000, 2)
        return {
            "id": question.id,
            "results": [result.model_dump(mode="json") for result in results],
            "latency_ms": latency_ms,
        }

    _write(source, target, record, tell)
    return failed


def _write(source: Path, target: Path, record: Callable[[BatchQuestion], dict[str, Any]], tell: Progress) -> None:
    questions = list(_read(source))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        out = target.open("w", encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{target} cannot be written: {error.strerror}; name another file") from error
    with out:
        for number, question in enumerate(questions):
            tell(source.name, number, len(questions))
            out.write(json.dumps(record(question), ensure_ascii=False) + "\n")


def _read(source: Path) -> Iterator[BatchQuestion]:
    try:
        lines = source.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{source} cannot be read ({error}); give a file with a JSON object a line") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield BatchQuestion.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_input=False, include_url=False)[0]
                where = ".".join(map(str, first["loc"])) or "line"
                raise ConfigurationError(
                    f"{source.name}, line {number}: {where} {first['msg'].lower()}; mend the line"
                ) from error
