"""Everything in a text that counts, dates, measures or reaches someone, typed, to see whether evidence holds it too.

Wider than `knowledge.figures`, which serves text that code composed: a model may spell a number in words, add a year,
change a unit, or write an address in a way that only people read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.model.number_words import odd_number_words, ordinals, times_over
from knowledge.addresses import ADDRESS
from knowledge.date_words import WEEKDAY_NAMES_EN, WEEKDAY_NAMES_NL
from knowledge.dates import MONTHS, find_dates
from knowledge.numerals import find_numerals, parse_digits
from knowledge.quantities import find_quantities

_ANY_YEAR = 2000
"""Completes a date without a year, so that it is read; a leap year."""
_MEASURES = frozenset({"eur", "percent", "fte", "day", "week", "month", "year", "hour", "working_day"})
_COUNTS = frozenset({"count", "number"})

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*")
_MORE_ADDRESSES = re.compile(
    r"\+\d[\d\s()/-]{6,}\d|\b(?:[a-z0-9-]+\.)*[a-z0-9-]{2,}\.[a-z]{2,24}\b(?:/\S*)?|\S*@\S*"
    r"|\b[a-z][a-z0-9+.-]*://\S+|\w+\s*[(\[{]\s*(?:at|apenstaart\w*)\s*[)\]}]\s*\w+|\bapenstaart\w*"
    r"|\b(?:punt|dot)\s+(?:nl|com|org|net|eu|info|io)\b",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(
    rf"\b(?:{'|'.join(sorted((name for name in MONTHS if len(name) > 3), key=len, reverse=True))}|mei)\b"
    r"|(?<=\w )(?:May|Mar|Jan|Feb|Apr|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dec)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join((*WEEKDAY_NAMES_NL, *(name.lower() for name in WEEKDAY_NAMES_EN)))})s?\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:(?P<today>vandaag|today|heden)|(?P<tomorrow>morgen|tomorrow)|(?P<after>overmorgen)|(?P<before>eergisteren)"
    r"|(?P<yesterday>gisteren|yesterday)|(?P<next>(?:volgende?|komende?|aanstaande|eerstvolgende|next|coming)\s+"
    r"(?:dag|week|maand|jaar|kwartaal|weekend|day|month|year|quarter))"
    r"|(?P<last>(?:vorige?|afgelopen|last|past)\s+(?:dag|week|maand|jaar|kwartaal|day|month|year|quarter))"
    r"|(?P<this>(?:deze|dit|this)\s+(?:week|maand|jaar|kwartaal|month|year|quarter))"
    r"|(?P<clock>[ap]\.?m\.?(?=\W|$)|noon|midnight|middernacht|’s avonds|’s ochtends|'s avonds|'s ochtends))",
    re.IGNORECASE,
)
_HINTS = (
    (
        "by",
        re.compile(
            r"\b(?:uiterst\w*|laatste?|deadlines?|slui\w*|gesloten|closing|closes?|last|final)\b", re.IGNORECASE
        ),
    ),
    (
        "from",
        re.compile(
            r"\b(?:ingang\w*|gaat\b.{0,60}\bin|in werking|start\w*|begin\w*|open\w*|geldig|effective)\b", re.IGNORECASE
        ),
    ),
)
"""Words with which a plain day may be told with 'by' or with 'from'."""

Figure = tuple[object, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of a text by kind, each with the words that bear it."""

    found: dict[Figure, str]

    def __or__(self, other: Figures) -> Figures:
        return Figures(self.found | other.found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def without(self, kind: str) -> Figures:
        """The figures but those of one kind."""
        return Figures({figure: words for figure, words in self.found.items() if figure[0] != kind})

    @property
    def unbounded(self) -> Figures:
        """The figures with quantities as such, whatever bounds them."""
        plain = {(*f[:3], "exactly") if f[0] == "measure" else f: words for f, words in self.found.items()}
        return Figures(plain)

    def missing_in(self, held: Figures) -> list[str]:
        """The words of those figures that `held` does not support, in order, each once."""
        return list(dict.fromkeys(words for figure, words in self.found.items() if not _supports(held.found, figure)))


@lru_cache(maxsize=4096)
def figures_in(text: str) -> Figures:
    """The figures of `text`."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\\([*_`<>\[\]#])", r"\1", text)).replace("**", "")
    found: dict[Figure, str] = {}
    for figure, words in (*_odd_characters(text), *_addresses(plain)):
        found.setdefault(figure, words)
    plain = _without(plain, [*ADDRESS.finditer(plain), *_MORE_ADDRESSES.finditer(plain)])
    dates = list(_dates(plain))
    for figure, words, _ in dates:
        found.setdefault(figure, words)
    undated = _blank(plain, [span for *_, span in dates])
    for figure, words in (*_calendar_words(undated), *_numbers(undated), *_measures(plain)):
        found.setdefault(figure, words)
    for figure, words in (*ordinals(undated), *times_over(plain), *odd_number_words(plain)):
        found.setdefault(figure, words)
    return Figures(found)


def all_figures(texts: Iterable[str]) -> Figures:
    """The figures of several texts."""
    found: dict[Figure, str] = {}
    for text in texts:
        found |= figures_in(text).found
    return Figures(found)


def _odd_characters(text: str) -> Iterator[tuple[Figure, str]]:
    """Digits of other scripts, halves, Roman numerals of their own: no policy writes its figures so."""
    for character in text:
        if not character.isascii() and unicodedata.category(character).startswith("N"):
            yield ("odd", character), character


def _addresses(text: str) -> Iterator[tuple[Figure, str]]:
    for pattern in (ADDRESS, _MORE_ADDRESSES):
        for match in pattern.finditer(text):
            yield ("address", _plain_address(match.group())), match.group().strip()


def _plain_address(address: str) -> str:
    """One form for each address; of a telephone number or post box its digits."""
    bare = address.lower().strip(" .,:;)(*\\\"'’”“<>!?")
    if re.fullmatch(r"\+?[\d\s()/-]+", bare):
        digits = re.sub(r"\D", "", bare)
        return "0" + digits[2:] if digits.startswith("31") and bare.startswith("+") else digits
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", " ".join(bare.split())).rstrip("/")


def _dates(text: str) -> Iterator[tuple[Figure, str, tuple[int, int]]]:
    """Days and stretches; a year is kept only where the text bears it."""
    with_year = [(start, end) for _, start, end in find_dates(text)]
    for value, start, end in find_dates(text, year=_ANY_YEAR):
        bears_year = any(start < last and first < end for first, last in with_year)
        year = value.first.year if bears_year else None
        span = (start, end)
        if value.kind != "exact":
            figure = ("stretch", value.kind, year, value.first.replace(year=_ANY_YEAR), _day(value.last))
            yield figure, value.text, span
        else:
            yield ("date", year, _day(value.first), value.bound), value.text, span
            for bound in _hints(text, start, end) if value.bound == "on" else ():
                yield ("hint", _day(value.first), bound), value.text, span
        yield ("month", value.first.month), value.text, span
        if year is not None:
            yield ("year", year), value.text, span


def _hints(text: str, start: int, end: int) -> list[str]:
    """With which bounds a plain day may be told, by the sentence that it stands in."""
    ends = text.find(". ", end)
    sentence = text[text.rfind(". ", 0, start) + 1 : ends if ends >= 0 else len(text)]
    return [bound for bound, words in _HINTS if words.search(sentence)]


def _day(day: object) -> tuple[int, int]:
    return (getattr(day, "month", 0), getattr(day, "day", 0))


def _calendar_words(text: str) -> Iterator[tuple[Figure, str]]:
    for match in _MONTH_ALONE.finditer(text):
        if match.group() not in ("may", "mar", "jan", "sep", "dec", "nov", "oct", "okt"):
            yield ("month", MONTHS[match.group().lower()]), match.group()
    for match in _WEEKDAY.finditer(text):
        name = match.group().lower().removesuffix("s")
        names = [*WEEKDAY_NAMES_NL, *(day.lower() for day in WEEKDAY_NAMES_EN)]
        yield ("weekday", names.index(name) % 7), match.group()
    for match in _RELATIVE.finditer(text):
        yield ("relative", match.lastgroup, match.group().lower().split()[-1][:3]), match.group()


def _numbers(text: str) -> Iterator[tuple[Figure, str]]:
    for numeral in find_numerals(text):
        yield ("number", numeral.value), text[numeral.start : numeral.end]
    for match in _TOKEN.finditer(text):
        yield ("token", match.group().replace(":", ".")), match.group()


def _measures(text: str) -> Iterator[tuple[Figure, str]]:
    """Quantities with their unit and bound; of a bare count only the bound counts."""
    for quantity in find_quantities(text):
        if quantity.unit in _MEASURES:
            yield ("measure", quantity.value, quantity.unit, quantity.bound), quantity.text
        elif quantity.unit in _COUNTS:
            yield ("measure", quantity.value, "count", quantity.bound), quantity.text


def _supports(held: dict[Figure, str], figure: Figure) -> bool:
    """Whether the figures `held` support this one."""
    if figure in held:
        return True
    match figure:
        case ("date", year, day, bound):
            return any(
                _same_day(other, year, day) and (bound in ("on", other[3]) or ("hint", day, bound) in held)
                for other in held
            )
        case ("stretch", kind, None, first, last):
            return any(other[:2] == ("stretch", kind) and other[3:] == (first, last) for other in held)
        case ("year", year):
            return ("number", year) in held
        case ("number", value):
            return ("year", value) in held
        case ("token", str() as token):
            value = parse_digits(token) if re.fullmatch(r"\d+(?:[.,]\d+)*", token) and token.count(".") < 2 else None
            return value is not None and (("number", value) in held or ("year", value) in held)
        case ("measure", value, unit, bound):
            return _measured(held, value, unit, bound)
        case ("ordinal", value):
            return ("number", value) in held
        case ("hint", *_):
            return True
    return False


def _same_day(other: Figure, year: object, day: object) -> bool:
    return other[0] == "date" and other[2] == day and (year is None or other[1] == year)


def _measured(held: dict[Figure, str], value: object, unit: object, bound: object) -> bool:
    """Whether the quantity is held with the same bound; "binnen" and "tot" may be told of a plain term."""
    if unit == "count":  # what is counted is told in too many ways: only a bound that is turned round is a fault
        bounds = {other[3] for other in held if other[0] == "measure" and other[1] == value}
        return not bounds or bound in bounds or (bound == "at_most" and "exactly" in bounds) or bound == "exactly"
    return bound == "at_most" and ("measure", value, unit, "exactly") in held


def _without(text: str, matches: Iterable[re.Match[str]]) -> str:
    return _blank(text, [match.span() for match in matches])


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the stretches gone, all else in its place."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = " " * (end - start)
    return "".join(characters)
