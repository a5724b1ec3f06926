"""The form of a model's prose: its length, its language, and nothing in it that a page would act on."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from assistant.language import function_words
from assistant.model.prose import LABELS, Sentence
from assistant.turn import Language
from knowledge.dutch import words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

MOST_WORDS = 120
MIN_JUDGED_WORDS = 5
MIN_IDENTIFIED_WORDS = 8
"""A sentence of fewer words tells its language by its function words alone, or not at all."""
MANY_FUNCTION_WORDS = 1 / 3
"""This share of function words tells a language for certain."""

_MARKUP = re.compile(
    r"[<>{}|`~^\\]|!\[|\]\(|\]\s*:|^\s*(?:#|>|[-*+]\s|\d+[.)]\s)|&#?\w+;|\bjavascript:|\bdata:\w+/|__|(?<!\*)\*(?!\*)",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKETS = re.compile(r"[\[\]]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_LATIN = re.compile(r"LATIN|COMBINING|DIGIT|SPACE|MODIFIER")
_OTHERS = ("nl", "en", "de", "fr", "es", "it", "pt", "pl", "tr", "da", "sv", "ro")


def form_faults(prose: str) -> list[str]:
    """What of the whole text's form is wrong, in words."""
    faults = []
    if is_too_long(prose):
        faults.append(f"the text is longer than {MOST_WORDS} words")
    if _MARKUP.search(prose) or _BRACKETS.search(LABELS.sub("", prose)):
        faults.append("the text holds a link, a list, a heading, HTML or code")
    if any(_is_hidden(character) for character in prose):
        faults.append("the text holds characters that are not shown, or of another script")
    return faults


def is_too_long(prose: str) -> bool:
    """Whether the text has more than `MOST_WORDS` words."""
    return len(LABELS.sub(" ", prose).split()) > MOST_WORDS


def is_in(language: Language, sentence: Sentence) -> bool:
    """Whether a sentence, apart from what it quotes, is in `language`."""
    own = _IN_BRACKETS.sub(" ", sentence.own_words)  # brackets hold names, in the policy's language
    tokens = words(own)
    dutch, english = function_words(tokens)
    mine, other = (dutch, english) if language == "nl" else (english, dutch)
    if other > mine:
        return False
    is_short = len(tokens) < (MIN_IDENTIFIED_WORDS if mine else MIN_JUDGED_WORDS)
    if is_short or mine >= len(tokens) * MANY_FUNCTION_WORDS:
        return True
    return str(_identifier().classify(own)[0]) == language


def prepare() -> None:
    """Load what recognises languages, so that no asker waits for it."""
    _identifier()


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Co", "Cn", "Cs"):
        return character not in "\n\t"
    return category.startswith("L") and not _LATIN.search(unicodedata.name(character, ""))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_OTHERS))
    return identifier
