"""One thing asked of a chat model, what may come of it, and what can answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel

from assistant.model.budget import Budget
from knowledge.errors import ModelError

Door = Literal["understand", "write", "repair"]
FailureKind = Literal[
    "timeout", "cancelled", "overloaded", "server_error", "refused", "unreachable", "malformed", "cut", "empty",
    "too_long", "resting", "spent", "not_recorded",
]  # fmt: skip
"""`refused`: a 4xx other than 429; `resting`: it failed so often that it is not asked for a while;
`spent`: the calls of today are used up;
`not_recorded`: the run is replayed and holds no such exchange."""

HOPELESS = frozenset[FailureKind](
    {"timeout", "cancelled", "overloaded", "server_error", "unreachable", "resting", "spent"}
)
"""After one of these the same turn asks no more; a request that was refused says nothing of the next one."""


class ModelFailure(ModelError):
    """A chat model gave nothing that can be used, and why in one word."""

    def __init__(self, kind: FailureKind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind: FailureKind = kind


@dataclass(frozen=True)
class Request:
    """What is asked: instructions, and material that is data. `shape`: what a structured reply must look like."""

    door: Door
    prompt: str
    system: str
    material: str
    shape: type[BaseModel] | None = None

    @property
    def digest(self) -> str:
        """The same for the same request, whichever model it goes to."""
        shape = self.shape.model_json_schema() if self.shape else None
        parts = json.dumps([self.door, self.prompt, self.system, self.material, shape], sort_keys=True)
        return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()[:32]


class ChatLine(Protocol):
    """What answers requests: a model, a model whose exchanges are kept, or kept exchanges."""

    @property
    def name(self) -> str:
        """The model's name, for receipts."""

    def ask(
        self, request: Request, budget: Budget, seconds: float, on_text: Callable[[str], None] | None = None
    ) -> str:
        """The reply as text (of a structured one, its JSON), within `seconds` and the budget.

        `on_text` hears the text piece by piece where it comes so; it is called in the caller's thread.
        Raises ModelFailure, and nothing else.
        """
