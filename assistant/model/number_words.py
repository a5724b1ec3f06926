"""Numbers told without a figure and without a plain number word: ordinals, multiples, long number words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS

_IRREGULAR = {
    "eerste": 1, "derde": 3, "achtste": 8, "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9,
    "twelfth": 12, "laatst": 0,
}  # fmt: skip
_TIMES = (
    ("half", r"(?:de|een|the)?\s*(?:helft|half|halve|halving|halveer\w*|gehalveerd\w*)"),
    ("quarter", r"(?:een |a )?(?:kwart|quarter)"),
    ("double", r"dubbele?|verdubbel\w*|doubl\w*|twice|tweemaal"),
    ("triple", r"drievoud\w*|verdrievoudig\w*|tripl\w*|thrice|driemaal"),
    ("tens", r"tientallen|dozens?|dozijn"),
    ("hundreds", r"honderden|hundreds?|honderdtallen"),
    ("thousands", r"duizenden|duizend|thousands?|duizendtallen"),
    ("millions", r"miljoen\w*|millions?|mln|miljard\w*|billions?|mld"),
    ("once", r"eenmaal|éénmaal|once|eenmalige?"),
)
_TIMES_OVER = re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{words})(?!\w))" for name, words in _TIMES), re.IGNORECASE)
_PART = (
    r"(?:nul|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig"
    r"|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend|en)"
)
_MADE_OF_NUMBERS = re.compile(rf"{_PART}{{2,}}(?:maal|voud(?:ig)?e?|tal|jarige?|daagse?|de|ste)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ORDINARY = frozenset({"eenen", "eens", "enen", "tienden"})


def ordinals(text: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """First, tweede, vijftiende, twenty-first: each as an ordinal with its value."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        value = _IRREGULAR.get(folded)
        if value is None:
            value = _regular(folded)
        if value:
            yield ("ordinal", value), match.group()


def _regular(word: str) -> int | None:
    """The value of an ordinal made from a number word, None for any other word."""
    for ending in ("ste", "de", "th"):
        stem = word.removesuffix(ending)
        if stem != word and (value := NUMBER_WORDS.get(stem)) is not None and value == value.to_integral_value():
            return int(value)
    if word.endswith("ieth") and (value := NUMBER_WORDS.get(word.removesuffix("ieth") + "y")) is not None:
        return int(value)
    tens, dash, unit = word.rpartition("-")
    if dash and tens in NUMBER_WORDS and unit in _IRREGULAR:
        return int(NUMBER_WORDS[tens]) + _IRREGULAR[unit]
    return None


def times_over(text: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """Half, twice, dubbel, honderden: quantities by a name, the same in both languages."""
    for match in _TIMES_OVER.finditer(text):
        yield ("times", match.lastgroup), match.group().strip()


def odd_number_words(text: str) -> Iterator[tuple[tuple[object, ...], str]]:
    """Words made of number words without a value here ('tweeduizendzesentwintig'): only the same word proves them."""
    for match in _WORD.finditer(text):
        folded = fold(match.group())
        if folded in NUMBER_WORDS or folded in _ORDINARY or _regular(folded) is not None:
            continue
        if _MADE_OF_NUMBERS.fullmatch(folded):
            yield ("word", folded), match.group()
