"""A follow-up completed with what it goes on from, for search."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.turn import HistoryTurn
from knowledge.dutch import words

SHORT_WORDS = 7
"""A question of fewer words in a running conversation is taken to go on from the one before."""

_GOES_ON = re.compile(
    r"^\W*(?:en|maar|of|and|but|wat als|what if|hoezo|waarom|why)\b"
    r"|\b(?:dat|die|deze|dit|daar\w*|hier\w*|hem|it|that|those|there|ook|zelfde|same|also)\b",
    re.IGNORECASE,
)


def complete(question: str, history: Sequence[HistoryTurn]) -> str:
    """`question`, with the asker's question before it in front when it goes on from that."""
    before = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    if before is None or not (len(words(question)) < SHORT_WORDS or _GOES_ON.search(question)):
        return question
    return f"{before} {question}"
