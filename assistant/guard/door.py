"""What is not answered at all: personal data, abuse, injected instructions, and questions for others.

A wrong refusal costs as much as a wrong answer, so every rule names something that a question about
procurement does not hold, and a question that names its policy or contract is let through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.guard.injection import is_injection
from assistant.guard.likely_injection import sounds_like_orders
from assistant.guard.likely_topic import Nearness, unlikely_status
from assistant.guard.off_topic import off_topic
from assistant.guard.personal_data import find_personal_data, mask
from assistant.guard.plain_text import LONGEST_CHARS, plain
from assistant.turn import HistoryTurn
from assistant.turn_form import says_itself
from knowledge.dutch import fold

_NAMES = (
    r"(?:klootzak\w*|kankerlijer\w*|hoer(?:en)?\w*|tyfus\w*|tering\w*lijer\w*|mongool|idioot|idioten|debiel\w*|lul|"
    r"eikels?|sukkels?|fuck (?:you|off)|assholes?|bastards?|bitch|idiots?|morons?)"
)
_ABUSE = re.compile(rf"\b{_NAMES}\b")
_OF_ONESELF = re.compile(
    rf"\b(?:ik|wij|we|i|us)(?:'m| am| are| was| were| ben| zijn| waren)?(?: een| toch| ook| zo'n| such| a| an| the)*,? {_NAMES}\b|"
    rf"\b{_NAMES},? (?:(?:die|dat|als|that) (?:ik|wij|we|i)|(?:ben|was) ik|(?:zijn|waren) (?:wij|we))\b"
)
"""Who calls himself names insults nobody: 'termijn gemist, sukkels die we zijn'."""

LOOKED_AT_CHARS = 4 * LONGEST_CHARS
"""What lies beyond is not looked at, and goes nowhere: the question is too long anyway."""


class LetIn(NamedTuple):
    """What came through the door: nothing of it holds personal data that was recognised.

    `status` is set when the question is refused for what it held or for its length.
    """

    question: str
    history: tuple[HistoryTurn, ...]
    given: dict[str, object]
    status: str | None


def let_in(question: str, history: Sequence[HistoryTurn], given: Mapping[str, object]) -> LetIn:
    """An asker's words as everything behind the door gets them: plain, bounded, personal data masked."""
    asked, status = plain(question[:LOOKED_AT_CHARS]), None
    if find_personal_data(asked):
        asked, status = mask(asked), "guardrail_personal_data"
    if len(asked) > LONGEST_CHARS:  # cut after masking, so that no half of a name or number is left
        asked, status = f"{asked[:LONGEST_CHARS]}…", status or "guardrail_too_long"
    turns = tuple(turn.model_copy(update={"content": mask(plain(turn.content))}) for turn in history)
    return LetIn(asked, turns, {name: _without(value) for name, value in given.items()}, status)


def _without(value: object) -> object:
    if isinstance(value, str):
        return mask(plain(value))
    return [_without(each) for each in value] if isinstance(value, (list, tuple)) else value


def refuse(question: str, *, goes_on: bool = False, nearness: Nearness | None = None) -> str | None:
    """The status with which `question` is refused, or None when it is to be answered.

    `goes_on`: it follows on earlier turns, so that its own words may not tell what it is about. `nearness`: how near a
    text is to what the policies answer.
    """
    if find_personal_data(question):
        return "guardrail_personal_data"
    if is_injection(question):
        return "guardrail_injection"
    if _ABUSE.search(_OF_ONESELF.sub(" ", fold(question))):
        return "guardrail_abuse"
    status = off_topic(question)
    if status is None and sounds_like_orders(question):
        return "guardrail_injection"
    return status or (unlikely_status(question, nearness) if not goes_on or says_itself(question) else None)


def prepare_guard() -> None:
    """Load what is looked with, so that the first asker does not wait for it."""
    refuse("Dit is een eerste vraag")
