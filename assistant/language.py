"""Which language a question is in: Dutch unless it is plainly English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from assistant.turn import Language
from knowledge.dutch import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MIN_WORDS = 3
"""Shorter questions are names and keywords in any language."""

_DUTCH = frozenset(
    """de het een en van ik wij we u uw mijn ons onze is zijn wat wanneer waar hoe welke wie kan mag moet niet
    geen voor bij naar met op als dan wordt worden heb hebben wil wilt jullie zij tot""".split()
)
_ENGLISH = frozenset(
    """the a an and of i we you your my our is are what when where how which who can may must not no for at to
    with on if then will would have has do does want please should""".split()
)


def detect_language(question: str, *, history_language: Language | None = None) -> Language:
    """The language of `question`; the conversation's own when it is too short to tell, else Dutch."""
    tokens = words(question.replace("-", ""))
    dutch, english = function_words(tokens)
    if dutch != english:
        return "en" if english > dutch else "nl"
    if len(tokens) < MIN_WORDS:
        return history_language or "nl"
    # Keywords alone ("deadline contract apotheek") look like either: English takes a conversation in English.
    looks_english = (english or history_language == "en") and _identifier().classify(question)[0] == "en"
    return "en" if looks_english else "nl"


def function_words(tokens: Sequence[str]) -> tuple[int, int]:
    """How many of the folded words are function words of Dutch, and how many of English."""
    return sum(token in _DUTCH for token in tokens), sum(token in _ENGLISH for token in tokens)


def prepare_languages() -> None:
    """Load what tells languages apart, so that the first asker who needs it does not wait for it."""
    _identifier()


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "en"])
    return identifier
