"""The prompts: files with a version in their front matter, part of the package."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_FENCE = "---\n"


@dataclass(frozen=True)
class Prompt:
    """A prompt, and how receipts name it: its file and version, as `write.nl@1`."""

    name: str
    version: int
    text: str

    @property
    def reference(self) -> str:
        """The name with the version."""
        return f"{self.name}@{self.version}"


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt `prompts/<name>.md`. Raises ValueError where it bears no version."""
    raw = resources.files("assistant.model").joinpath(f"prompts/{name}.md").read_text("utf-8")
    opening, front, text = raw.split(_FENCE, 2)
    described = yaml.safe_load(front)
    if opening or not isinstance(described, dict) or not isinstance(described.get("version"), int):
        raise ValueError(f"prompt {name} has no version in its front matter")
    return Prompt(name=name, version=described["version"], text=text.strip())
