"""Exchanges with a model kept as files, and answered from them later without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.model.budget import Budget
from assistant.model.exchange import ChatLine, FailureKind, ModelFailure, Request
from knowledge.errors import ConfigurationError
from knowledge.records import Record


class Kept(Record):
    """A file of the folder: a request and the model's reply to it, or how it failed."""

    digest: str
    model: str
    door: str
    prompt: str
    system: str
    material: str
    reply: str | None = None
    failure: FailureKind | None = None


class Recording:
    """Asks a model and keeps every exchange in a folder, one file each, named by the request's digest."""

    def __init__(self, line: ChatLine, folder: Path) -> None:
        """Raises ConfigurationError when the folder cannot be written."""
        self._line = line
        self._folder = folder
        self.kept = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(f"{folder} cannot be written ({error.strerror}); name another folder") from error

    @property
    def name(self) -> str:
        """The model's."""
        return self._line.name

    def ask(
        self, request: Request, budget: Budget, seconds: float, on_text: Callable[[str], None] | None = None
    ) -> str:
        """The reply; see `ChatLine.ask`."""
        try:
            reply = self._line.ask(request, budget, seconds, on_text)
        except ModelFailure as failure:
            self._keep(request, {"failure": failure.kind})
            raise
        self._keep(request, {"reply": reply})
        return reply

    def _keep(self, request: Request, outcome: dict[str, Any]) -> None:
        kept = Kept(
            digest=request.digest,
            model=self._line.name,
            door=request.door,
            prompt=request.prompt,
            system=request.system,
            material=request.material,
            **outcome,
        )
        aside = self._folder / f"{kept.digest}.tmp"
        try:
            aside.write_text(json.dumps(kept.model_dump(), ensure_ascii=False, indent=1) + "\n", "utf-8", "replace")
            aside.replace(self._folder / f"{kept.digest}.json")
        except OSError as error:
            raise ConfigurationError(f"{aside} cannot be written ({error.strerror}); name another folder") from error
        self.kept += 1


class Replaying:
    """Answers from kept exchanges; what was never asked is a failure, and counted."""

    def __init__(self, folder: Path) -> None:
        """Raises ConfigurationError when the folder is not there, or holds a file that is no exchange."""
        if not folder.is_dir():
            raise ConfigurationError(f"{folder} is no folder; give one that --record has filled")
        self._kept = {kept.digest: kept for kept in map(_read, sorted(folder.glob("*.json")))}
        self.missing = 0

    @property
    def name(self) -> str:
        """The model whose replies were kept."""
        return next((kept.model for kept in self._kept.values()), "none")

    def ask(
        self,
        request: Request,
        budget: Budget,  # nothing is waited for
        seconds: float,
        on_text: Callable[[str], None] | None = None,
    ) -> str:
        """The reply as it was then; see `ChatLine.ask`."""
        kept = self._kept.get(request.digest)
        if kept is None:
            self.missing += 1
            raise ModelFailure("not_recorded")
        if kept.reply is None:
            raise ModelFailure(kept.failure or "empty")
        if on_text is not None:
            on_text(kept.reply)
        return kept.reply


def _read(file: Path) -> Kept:
    try:
        return Kept.model_validate_json(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise ConfigurationError(f"{file} is no exchange that --record has kept; take it away") from error
