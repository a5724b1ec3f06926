"""Dutch date phrases in policy texts: a closed grammar, exact days apart from vague stretches.

Pure: no clock. A phrase without a year is read only when the caller says which year is meant.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from knowledge.records import DateValue

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("maart", "mrt", "march"),
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

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_BOUNDS = (
    (r"(?:tot\s+)?uiterlijk(?:\s+op)?|niet\s+later\s+dan|no\s+later\s+than|t/m|tot\s+en\s+met|until", "by"),
    (r"v(?:oo|óó|o\u0301o\u0301)r|before|tot", "before"),
    (r"vanaf|per|met\s+ingang\s+van|from", "from"),
    (r"na|after", "after"),
)
_BOUND = "|".join(pattern for pattern, _ in _BOUNDS)
_PHRASE = re.compile(
    rf"""(?<![\w/])(?:(?P<bound>{_BOUND})\s+)?
    (?:
      (?P<part>begin|half|medio|midden|eind|einde|end\ of|mid)\s+
        (?P<part_month>{_MONTH})\.?(?:\s+(?P<part_year>\d{{4}}))?
      | (?P<day>[0-3]?\d)(?:e|ste|de)?\s+(?P<month>{_MONTH})\.?(?:\s+(?P<year>\d{{4}}))?
      | (?P<n_day>[0-3]?\d)[-/.](?P<n_month>[01]?\d)[-/.](?P<n_year>\d{{4}})
      | (?P<iso>\d{{4}}-[01]\d-[0-3]\d)
      | (?:Q(?P<quarter>[1-4])|(?P<ordinal>eerste|tweede|derde|vierde)\s+kwartaal)(?:\s+van)?\s+(?P<q_year>\d{{4}})
      | (?P<only_month>{_MONTH})\s+(?P<only_year>\d{{4}})
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4}
_PARTS = {
    "begin": (1, 10),
    "half": (11, 20),
    "medio": (11, 20),
    "midden": (11, 20),
    "mid": (11, 20),
    "eind": (21, 31),
    "einde": (21, 31),
    "end of": (21, 31),
}


def find_dates(text: str, *, year: int | None = None) -> Iterator[tuple[DateValue, int, int]]:
    """The date phrases of `text` in order, each with its offsets.

    A phrase that is no day of the calendar (31 februari) is left out. `year` completes phrases
    that bear none; None leaves them out.
    """
    for match in _PHRASE.finditer(text):
        try:
            stretch = _stretch(match, year)
        except ValueError:  # a year or a day that no calendar has
            continue
        if stretch is not None:
            kind, first, last = stretch
            bound = next(
                (b for pattern, b in _BOUNDS if re.fullmatch(pattern, match["bound"] or "", re.IGNORECASE)), "on"
            )
            yield (
                DateValue.model_validate(
                    {"kind": kind, "first": first, "last": last, "bound": bound, "text": match.group()}
                ),
                match.start(),
                match.end(),
            )


def _stretch(match: re.Match[str], year: int | None) -> tuple[str, dt.date, dt.date] | None:
    if match["iso"]:
        return _day(*map(int, match["iso"].split("-")))
    if match["n_day"]:
        return _day(int(match["n_year"]), int(match["n_month"]), int(match["n_day"]))
    if match["day"]:
        given = int(match["year"]) if match["year"] else year
        return None if given is None else _day(given, MONTHS[match["month"].lower()], int(match["day"]))
    if match["part"]:
        given = int(match["part_year"]) if match["part_year"] else year
        if given is None:
            return None
        first, last = _PARTS[re.sub(r"\s+", " ", match["part"].lower())]
        return _days(given, MONTHS[match["part_month"].lower()], first, last)
    if match["q_year"]:
        quarter = int(match["quarter"]) if match["quarter"] else _ORDINALS[match["ordinal"].lower()]
        end = _days(int(match["q_year"]), quarter * 3, 1, 31)
        return "vague", dt.date(int(match["q_year"]), quarter * 3 - 2, 1), end[2]
    return _days(int(match["only_year"]), MONTHS[match["only_month"].lower()], 1, 31)


def _day(year: int, month: int, day: int) -> tuple[str, dt.date, dt.date]:
    exact = dt.date(year, month, day)
    return "exact", exact, exact


def _days(year: int, month: int, first: int, last: int) -> tuple[str, dt.date, dt.date]:
    length = calendar.monthrange(year, month)[1]
    return "vague", dt.date(year, month, first), dt.date(year, month, min(last, length))


def spell_day(day: dt.date, language: str = "nl") -> str:
    """A day in words: '1 november 2025' or '1 November 2025'."""
    names = MONTH_NAMES_EN if language == "en" else MONTH_NAMES_NL
    return f"{day.day} {names[day.month]} {day.year}"
