"""Stand-ins for what is heavy: a deterministic encoder, and small policies with real offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.dutch import words
from knowledge.records import Passage, Policy, PolicyText, Section


class FakeEncoder:
    """Hashes words into vectors: texts that share words are near, the same text gives the same vector."""

    def __init__(self, dimensions: int = 64, name: str = "fake-hashing") -> None:
        self.name = name
        self.dimensions = dimensions

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the queries, one a row."""
        return np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, self.dimensions), np.float32)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of the passages, one a row."""
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        total = np.full(self.dimensions, 1e-3)
        for word in words(text):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def policy_text(
    policy_id: str, sections: Sequence[tuple[str, Sequence[str]]], *, title: str = "Testbeleid"
) -> PolicyText:
    """A policy made of (heading, paragraphs), one passage a paragraph, with offsets that are right."""
    text = ""
    made: list[Section] = []
    passages: list[Passage] = []
    for number, (heading, paragraphs) in enumerate(sections, 1):
        start = len(text)
        text += f"{number} {heading}\n"
        path = (f"{number} {heading}",)
        for paragraph in paragraphs:
            begin = len(text)
            text += paragraph
            passages.append(
                Passage(
                    id=f"{policy_id}#{len(passages) + 1}", policy_id=policy_id, section_id=f"s{number}",
                    section=str(number), heading_path=path, page=None, start=begin, end=len(text), text=paragraph,
                )
            )  # fmt: skip
            text += "\n"
        made.append(
            Section(id=f"s{number}", number=str(number), title=heading, level=1, path=path, start=start, end=len(text))
        )
    policy = Policy(id=policy_id, file=f"{policy_id}.txt", insurer="Voorbeeld", year=2026, title=title)
    return PolicyText(policy=policy, text=text, sections=tuple(made), passages=tuple(passages))
