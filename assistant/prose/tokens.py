"""A question cut into words, each folded and with a key by which the forms of one word are compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.prose import function_words as fw
from knowledge.dutch import STOP_WORDS, fold, stem

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’‘´`][^\W_]+)*|[✓✔☑✅✗✘✖❌]")
_SENTENCE = re.compile(r"[?!\n]|\.(?=\s|$)|\.\.+|…")
_STRONG = re.compile(r"[;:()]|\s[-–—]+\s|[–—]")
_ABBREVIATED = re.compile(
    r"\((?!(?:JA|NEE|NEEN|YES|NO|WEL|NIET|GEEN)\))(?=[^()]*[A-Z][^()]*[A-Z0-9])([A-Za-z0-9]{2,8})\)"
)
"""An abbreviation in brackets, which names once more what stands in front: 'diagnostisch toetsoverleg (DTO)'."""
_ASIDE = re.compile(r"\((nog|ook|al|even|helaas|dus|still|yet|also)\)", re.IGNORECASE)
"""A small word in brackets belongs to the clause around it: 'leveren (nog) niet'."""
LEAST_KEY = 3
"""A stem as short as this that has lost more letters is no stem."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: folded, its key for comparison, its place, and the sign in front of it ('', ',', ';', '.' or '?')."""

    text: str
    key: str
    start: int
    end: int
    sign: str = ""


def read_tokens(text: str) -> list[Token]:
    """The words of `text`; hyphenated words fall into their parts."""
    tokens: list[Token] = []
    end = 0
    joined = _ASIDE.sub(r" \1 ", _ABBREVIATED.sub(r" \1 ", text))  # as long: brackets would cut the clause in two
    for match in _TOKEN.finditer(joined):
        word, key = _folded(match.group())
        gap = joined[end : match.start()]
        sign = _sign(gap, tokens[-1].text if tokens else "")
        tokens.append(Token(word, key, match.start(), match.end(), sign))
        end = match.end()
    return tokens


@lru_cache(maxsize=20_000)
def _folded(word: str) -> tuple[str, str]:
    """A word folded, and its key: the phrases that are read when a snapshot is opened have mostly the same words."""
    folded = fold(word)
    return folded, word_key(folded)


def _sign(gap: str, word_before: str) -> str:
    if (ending := _SENTENCE.search(gap)) and not (ending.group() == "." and word_before in fw.ABBREVIATIONS):
        return "?" if "?" in gap else "."
    if _STRONG.search(gap):
        return ";"
    return "," if "," in gap else ""


_IRREGULAR = {
    "leden": "lid", "lidmaatschap": "lid", "steden": "stad", "offerte": "offerte", "offertes": "offerte",
    "haalbaar": "haalbaar", "zorgverzekeraar": "zorgverzekeraar", "zorgverzekeraars": "zorgverzekeraar",
    "contractering": "contractering", "gecontracteerde": "gecontracteerde",
    "erkend": "erkend", "erkende": "erkend", "bevoegd": "bevoegd", "bevoegde": "bevoegd",
    "worden": "worden", "wordt": "worden", "word": "worden",
}  # fmt: skip
_LONG_VOWEL = re.compile(r"([aeou])\1")


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """What the forms of a folded word share: the Dutch stem, without long vowels and endings that it leaves on."""
    if word.endswith(("'s", "'en", "'er", "'ers")):
        word = word[: word.rindex("'")]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4:  # an abbreviation has no ending
        return word
    key = _LONG_VOWEL.sub(r"\1", stem(word))
    if key in STOP_WORDS:
        return word  # 'open' is not 'op'
    if (key.endswith("s") and len(word) > 4) or (key.endswith("s") and len(key) == 4 and word == key):
        key = key[:-1]
    if key.endswith("t") and len(word) >= 7:
        key = key[:-1]
    if len(key) <= LEAST_KEY and len(word) - len(key) > LEAST_KEY:
        return word  # 'wijziging' is not 'wij'
    return key[:-2] + "y" if key.endswith("ie") else key


def holds_any(words: Sequence[str], runs: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of the runs stands in `words`."""
    return any(holds_run(words, run) for run in runs)


def holds_run(words: Sequence[str], run: tuple[str, ...]) -> bool:
    """Whether the words of `run` stand together in `words`."""
    length = len(run)
    if length == 1:
        return run[0] in words
    return any(tuple(words[at : at + length]) == run for at in range(len(words) - length + 1))


def holds_apart(words: Sequence[str], verbs: Collection[str], particle: str) -> bool:
    """Whether the particle of a separable verb stands behind one of `verbs`: 'loopt binnenkort af'."""
    return any(word in verbs and particle in words[at + 1 :] for at, word in enumerate(words))
