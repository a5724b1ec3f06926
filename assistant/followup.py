"""A follow-up completed with what it goes on from, for search."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.turn import HistoryTurn
from knowledge.dutch import words

SHORT_WORDS, POINTING_WORDS, OPENING_WORDS = 7, 12, 3
"""A question of fewer words in a running conversation goes on from the one before; so does one that points back
("dat", "daar") among its opening words, or anywhere when it is not long: later on such a word belongs to its own
sentence."""

_GOES_ON = re.compile(r"^\W*(?:en|maar|of|and|but|wat als|what if|hoezo|waarom|why)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:dat|die|deze|dit|daar\w*|hier\w*|hem|it|that|those|there|ook|zelfde|same|also)\b", re.IGNORECASE
)


def complete(question: str, history: Sequence[HistoryTurn]) -> str:
    """`question`, with the asker's question before it in front when it goes on from that."""
    before = next((turn.content for turn in reversed(history) if turn.role == "user"), None)
    count = len(words(question))
    heard = question if count < POINTING_WORDS else " ".join(question.split()[:OPENING_WORDS])
    points_back = _POINTS_BACK.search(heard) is not None
    if before is None or not (count < SHORT_WORDS or points_back or _GOES_ON.search(question)):
        return question
    return f"{before} {question}"
