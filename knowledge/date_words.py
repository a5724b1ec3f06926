"""The words of Dutch and English dates: months, weekdays, numbers, parts of a month, bounding words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "febr", "february"),
            ("maart", "mrt", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
MONTH_NAMES_NL = (
    "",
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MONTH_NAMES_EN = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAY_NAMES_NL = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
"""By the number that `date.weekday` gives: Monday is 0."""
WEEKDAY_NAMES_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FULL_WEEKDAYS = {
    name.lower(): number for names in (WEEKDAY_NAMES_NL, WEEKDAY_NAMES_EN) for number, name in enumerate(names)
}
WEEKDAYS = FULL_WEEKDAYS | {
    name: number
    for number, names in enumerate(
        (
            ("ma", "mon"),
            ("di", "tue", "tues"),
            ("wo", "woe", "wed"),
            ("do", "don", "thu", "thur", "thurs"),
            ("vr", "vrij", "fri"),
            ("za", "zat", "sat"),
            ("zo", "zon", "sun"),
        )
    )
    for name in names
}
WORDS_LIKE_WEEKDAYS = frozenset({"zo", "do", "don", "zon", "sat", "sun"})
"""Abbreviations that are words of their own: "zo 9 september" need not be a Sunday."""

DUTCH_NUMBERS = {
    "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19, "twintig": 20, "eenentwintig": 21, "achtentwintig": 28, "dertig": 30,
    "veertig": 40, "vijfenveertig": 45, "vijftig": 50, "zestig": 60, "negentig": 90, "honderd": 100,
}  # fmt: skip
NUMBERS = DUTCH_NUMBERS | {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90,
}  # fmt: skip

ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "1e": 1, "2e": 2, "3e": 3, "4e": 4, "1ste": 1, "2de": 2,
    "3de": 3, "4de": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip

_DAY_ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
    "vijftiende zestiende zeventiende achttiende negentiende twintigste"
).split()
_DAY_CARDINALS = (
    "één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien "
    "negentien twintig"
).split()
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
DAY_WORDS_OF_MONTH = (
    {word: day for words in (_DAY_ORDINALS, _DAY_CARDINALS) for day, word in enumerate(words, start=1)}
    | {
        f"{small}{link}twintig{ending}": 20 + day
        for day, (small, link) in enumerate(
            (("een", "en"), ("twee", "ën"), ("drie", "ën"), ("vier", "en"), ("vijf", "en"), ("zes", "en"),
             ("zeven", "en"), ("acht", "en"), ("negen", "en")), start=1,
        )
        for ending in ("", "ste")
    }
    | {"dertig": 30, "dertigste": 30, "eenendertig": 31, "eenendertigste": 31}
    | {word: day for day, word in enumerate(_ENGLISH_ORDINALS, start=1)}
    | {f"{tens}{link}{word}": number + day for tens, number in (("twenty", 20), ("thirty", 30)) for link in ("-", " ")
       for day, word in enumerate(_ENGLISH_ORDINALS[:9], start=1) if number + day <= 31}
    | {"thirtieth": 30}
)  # fmt: skip
"""The days of a month in words: 'drie', 'derde' and 'third' are its third."""

FIXED_DAYS = {
    "oudejaarsdag": (31, 12), "oudjaarsdag": (31, 12), "oudejaarsavond": (31, 12), "oudjaarsavond": (31, 12),
    "oudjaar": (31, 12), "new year's eve": (31, 12), "new year’s eve": (31, 12), "nieuwjaarsdag": (1, 1),
    "new year's day": (1, 1), "new year’s day": (1, 1), "nieuwjaar": (1, 1), "driekoningen": (6, 1),
    "valentijnsdag": (14, 2), "koningsdag": (27, 4), "bevrijdingsdag": (5, 5), "dodenherdenking": (4, 5),
    "sinterklaas": (5, 12), "pakjesavond": (5, 12), "sinterklaasavond": (5, 12), "kerstavond": (24, 12),
    "eerste kerstdag": (25, 12), "1e kerstdag": (25, 12), "kerstmis": (25, 12), "tweede kerstdag": (26, 12),
    "2e kerstdag": (26, 12), "christmas eve": (24, 12), "christmas day": (25, 12), "boxing day": (26, 12),
    "king's day": (27, 4), "king’s day": (27, 4),
}  # fmt: skip
"""Days that bear a name and fall on the same day every year, as day and month."""
EDGES = {"eerste": 1, "1e": 1, "first": 1, "laatste": -1, "last": -1}
"""The first and the last, of the days or the weekdays of a month."""

PARTS = {
    "begin": "begin", "beginning": "begin", "start": "begin", "early": "begin",
    "half": "mid", "medio": "mid", "midden": "mid", "mid": "mid", "middle": "mid",
    "eind": "end", "einde": "end", "end": "end", "late": "end",
}  # fmt: skip
"""A word for a part of a month or year, without "van" or "of", and the part that it means."""
PART_DAYS = {"begin": (1, 10), "mid": (11, 20), "end": (21, 31)}
"""The days of a month that a part can mean; 31 stands for its last day."""
PART_MONTHS = {"begin": (1, 3), "mid": (5, 8), "end": (10, 12)}
"""The months of a year that a part can mean."""

Bound = Literal["on", "by", "before", "from", "after"]

_BY = r"""(?:tot\s+)?uiterlijk(?:\s+op)?|ten\s+laatste(?:\s+op)?|(?:niet|no|not)\s+later\s+(?:dan|than)|t/m
    |tot\s+en\s+met|(?:niet|not)\s+(?:na|after)|op\s+(?:zijn|z'n)\s+laatst|up\s+to\s+and\s+including|until|till|by
    |op\s+of\s+v(?:oo|óó|o\u0301o\u0301)r|v(?:oo|óó|o\u0301o\u0301)r\s+of\s+op|on\s+or\s+before"""
_FROM = r"""vanaf|per|met\s+ingang\s+van|m\.?i\.?v\.?|from|op\s+of\s+na|on\s+or\s+after|as\s+of|sinds|since
    |(?:niet|not)\s+(?:v(?:oo|óó|o\u0301o\u0301)r|before)|(?:niet|not|no)\s+(?:eerder\s+dan|earlier\s+than)
    |op\s+(?:zijn|z'n)\s+vroegst"""

BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("by", re.sub(r"\n\s+", "", _BY)),
    ("from", re.sub(r"\n\s+", "", _FROM)),
    ("before", r"v(?:oo|óó|o\u0301o\u0301)r|before|tot"),
    ("after", r"na|after"),
)
"""What bounding words say of the date behind them. The first that fits counts."""

PAST = r"afgelopen|vorige?|jongstleden|jl\.?|j\.l\.?|ll\.?|last|past"
NEXT = r"komende?|aankomende?|eerstkomende?|eerstvolgende|aanstaande|a\.s\.?|e\.k\.?|(?:this\s+)?coming"
LATER = "volgende?|next"
THIS = "deze|dit|this"
"""Patterns for the words that place a day or a month behind, right ahead of, after, or at the one asked in."""


def choice(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


RANGE_BEFORE = re.compile(rf"(?:\d|\b(?:{choice(NUMBERS)}))\s*(?:à|a|tot|of|or|to|[-–])\s*$", re.IGNORECASE)
"""What stands in front of the second of two numbers: "4 tot", "two or"."""


Side = Literal["past", "next", "later", "this"]


def side_of(word: str) -> Side:
    """The side of the day asked in to which `word`, one of the four patterns', points."""
    sides: tuple[tuple[str, Side], ...] = ((PAST, "past"), (NEXT, "next"), (LATER, "later"))
    return next((side for pattern, side in sides if re.fullmatch(pattern, word)), "this")
