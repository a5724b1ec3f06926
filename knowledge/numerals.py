"""Numbers as Dutch and English write them: digits with points and commas, and number words.

Pure. A point or comma before exactly three digits parts thousands ("300.000", "100,000"), unless
only a zero stands in front of it ("0,125"); any other one is the decimal sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.dutch import fold

_DUTCH_SMALL = (
    "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien"
).split()
_DUTCH_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()
_ENGLISH_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _below_hundred() -> dict[str, int]:
    found = {word: number for number, word in enumerate(_DUTCH_SMALL)}
    found |= {word: number for number, word in enumerate(_ENGLISH_SMALL)}
    for number, tens in enumerate(_DUTCH_TENS, start=2):
        found[tens] = number * 10
        for unit, small in enumerate(_DUTCH_SMALL[1:10], start=1):
            found[f"{small}en{tens}"] = number * 10 + unit  # folded: 'tweeëntwintig' has lost its dots
    for number, tens in enumerate(_ENGLISH_TENS, start=2):
        found[tens] = number * 10
        found |= {f"{tens}{link}{_ENGLISH_SMALL[unit]}": number * 10 + unit for unit in range(1, 10) for link in "- "}
    return found


def _number_words() -> dict[str, Decimal]:
    small = _below_hundred()
    dutch = {word: number for word, number in small.items() if " " not in word and "-" not in word and number}
    found = dict(small)
    for times, hundreds in ((1, ""), *enumerate(_DUTCH_SMALL[2:10], start=2)):
        base = 100 * times
        found[f"{hundreds}honderd"] = base
        found |= {
            f"{hundreds}honderd{link}{word}": base + number for word, number in dutch.items() for link in ("", "en")
        }
    found |= {f"{small} hundred": times * 100 for times, small in enumerate(_ENGLISH_SMALL[1:10], start=1)}
    found |= {"a hundred": 100, "hundred": 100, "dozijn": 12, "dozen": 12, "half dozijn": 6, "half dozen": 6}
    found |= {f"{word}duizend": number * 1000 for word, number in found.items() if number > 1 and word.isalpha()}
    values = {word: Decimal(number) for word, number in found.items()}
    halves = {"anderhalf": "1.5", "anderhalve": "1.5"}
    halves |= {f"{small}enhalf": f"{n}.5" for n, small in enumerate(_DUTCH_SMALL[2:10], start=2)}
    halves |= {f"{small}eneenhalf": f"{n}.5" for n, small in enumerate(_DUTCH_SMALL[2:10], start=2)}
    return values | {word: Decimal(value) for word, value in halves.items()}


NUMBER_WORDS = _number_words()
"""Folded number words and their values: to 999 and its thousands in Dutch, to a hundred in English."""

SCALES = {
    "k": 1_000, "duizend": 1_000, "thousand": 1_000, "mille": 1_000, "ton": 100_000, "m": 1_000_000, "mln": 1_000_000,
    "miljoen": 1_000_000, "million": 1_000_000, "mio": 1_000_000, "mld": 1_000_000_000, "miljard": 1_000_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
"""What a word behind a number multiplies it by."""

_DIGITS = re.compile(
    r"(?:(?<!\w)(?<!\w[.:/@_])(?<!\d,)|(?<=\beur)|(?<=\basa))(?:(?:(?<=€)|(?<=€\s))[1-9]\d{0,2}(?:\s\d{3})+(?!\d|[.,]\d)|[1-9]\d{0,2}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MIXED = re.compile(r"\s+(?:en|and)\s+(?:een|a)\s+(?:half|halve)\b(?!\s+(?:jaar|uur|year|hour))", re.IGNORECASE)
_POINT = re.compile(r"\b(?P<whole>[^\W\d_]+)\s+(?:komma|point)\s+(?P<part>[^\W\d_]+)\b", re.IGNORECASE)
"""'Eén komma twee', whose article may have lost its accents."""
_NO_NUMBER = re.compile(
    r"een\b(?!-)|acht(?=\s+(?:u|ik|men|hij|zij|het)\b)"
    r"|ten(?=\s+(?:minste|hoogste|laatste|eerste|tweede|derde|opzichte|behoeve|aanzien|gunste|tijde|slotte|koste)\b)",
    re.IGNORECASE,
)
"""'een' is an article, 'één' a number; 'acht u dit nodig' asks for an opinion; 'ten minste' is no ten."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and where it stands; `spelled`: in words."""

    value: Decimal
    start: int
    end: int
    spelled: bool = False


def parse_digits(digits: str) -> Decimal | None:
    """The value of `digits` with its points and commas; None for a number of more than two kinds of parts (1.2.3)."""
    bare = re.sub(r"[\u00a0\u202f ]", "", digits)
    marks = [mark for mark in bare if mark in ".,"]
    if not marks:
        return Decimal(bare)
    whole, *groups = re.split(r"[.,]", bare)
    thousands = len(whole) <= 3 and whole.lstrip("0") != "" and all(len(group) == 3 for group in groups)
    if len(set(marks)) == 1:
        if thousands:
            return Decimal(whole + "".join(groups))
        return Decimal(f"{whole}.{groups[0]}") if len(groups) == 1 else None
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(group) == 3 for group in groups[:-1]):
        return Decimal(whole + "".join(groups[:-1]) + "." + groups[-1])
    return None


def find_numerals(text: str) -> Iterator[Numeral]:
    """The numbers of `text` in order: digits, number words, and digits with 'en een half' behind them."""
    found = [*_written(text), *_spelled(text), *_with_point(text)]
    found.sort(key=lambda numeral: (numeral.start, -numeral.end))
    end = 0
    for numeral in found:
        if numeral.start < end:
            continue
        if mixed := _MIXED.match(text, numeral.end):
            numeral = Numeral(numeral.value + Decimal("0.5"), numeral.start, mixed.end(), numeral.spelled)  # noqa: PLW2901
        end = numeral.end
        yield numeral


def _written(text: str) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(text):
        value = parse_digits(match.group())
        if value is not None:
            yield Numeral(value, match.start(), match.end())


def _with_point(text: str) -> Iterator[Numeral]:
    for match in _POINT.finditer(text):
        whole, part = (NUMBER_WORDS.get(fold(match[group])) for group in ("whole", "part"))
        if whole is not None and part is not None and part == part.to_integral():
            yield Numeral(Decimal(f"{whole}.{part}"), *match.span(), spelled=True)


def _spelled(text: str) -> Iterator[Numeral]:
    words = list(_WORDS.finditer(text))
    at = 0
    while at < len(words):
        word = words[at]
        if at + 1 < len(words) and text[word.end() : words[at + 1].start()] == " ":
            pair = fold(text[word.start() : words[at + 1].end()])
            if pair in NUMBER_WORDS:
                yield Numeral(NUMBER_WORDS[pair], word.start(), words[at + 1].end(), spelled=True)
                at += 2
                continue
        at += 1
        if _NO_NUMBER.match(text, word.start()):
            continue
        folded = fold(word.group())
        if folded in NUMBER_WORDS:
            yield Numeral(NUMBER_WORDS[folded], word.start(), word.end(), spelled=True)
