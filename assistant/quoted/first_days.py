"""First days: 'na de 15e: de eerste dag van de tweede maand na de aanvraag', for the day that the asker tells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.quoted.anchors import day_of
from assistant.quoted.held import Held
from assistant.quoted.told import Told
from knowledge.date_words import BOUNDS, DAY_WORDS_OF_MONTH, MONTHS, ORDINALS, Bound, choice
from knowledge.dates import find_dates
from knowledge.day_counts import add_months
from knowledge.dutch import fold
from knowledge.records import DateValue

Test = Callable[[dt.date], bool]

_LATER = {word: count for word, count in ORDINALS.items() if count > 1}
_MONTH_AFTER = (
    rf"(?:(?P<nth>{choice(_LATER)})\s+)?(?:kalender|calendar\s+)?(?:maand|month)\s+"
    r"(?:nadat|na|(?:die\s+)?volgend\s+op|die\s+volgt\s+op|after|following)\s+(?P<after>[^.;,:\t\n]+)"
)
_FIRST_DAY = re.compile(
    rf"""(?<!\w)(?:(?:de|the)\s+)?(?:
      (?:(?:eerste|1e|1ste|first|1st)(?:\s+(?:kalender)?dag|\s+day)?\s+(?:van|of)|(?:vanaf|met\s+ingang\s+van|from)(?=\s+(?:de|the)))\s+
      (?:de|the)\s+(?:(?P<next>(?:eerst)?volgende|next|following)\s+(?:kalender|calendar\s+)?(?:maand|month)(?!\w)|{_MONTH_AFTER})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGINS = re.compile(
    r"\b(?:ingangsdatum|ingaan|ingaat|ga(?:at|an) .{0,80}\bin\b|ingang|start\w*|begin\w*|aanvang\w*|van kracht|"
    r"loopt vanaf|(?:loopt|lopen|geldt|gelden) .{0,30}vanaf|gecontracteerd|effective|commenc\w*|takes? effect)\b"
)
_FROM_WHEN = re.compile(
    r"\b(?:per|vanaf) (?:wanneer|wnr|welke (?:dag|datum)|welk moment)\b|\bfrom (?:when|what|which)\b|"
    rf"\b(?:haal|halen|haalt|redden?|make)\b.{{0,20}}\b1(?:e|ste|st)? (?:{choice(MONTHS)})\b"
)
_BOUND_PATTERN = "|".join(f"(?P<{name}>{pattern})" for name, pattern in BOUNDS)
_NTH_WORDS = {
    word: day for word, day in DAY_WORDS_OF_MONTH.items() if word.endswith(("e", "th", "st", "nd", "rd"))
}  # fmt: skip
_DAY_OF_MONTH = re.compile(
    rf"(?<!\w)(?:{_BOUND_PATTERN})\s+(?:de\s+|the\s+)?(?:(?P<number>[12]?\d|3[01])(?:e|de|ste|st|nd|rd|th)"
    rf"|(?P<word>{choice(_NTH_WORDS)}))"
    rf"(?!\s+(?:{choice(MONTHS)}|werkdag|kalenderdag|maand|week|month|working|kwartaal))(?!\w)",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\b(?:in|van|gedurende|during)\s+(?P<year>20\d\d)\b", re.IGNORECASE)
_SUPPOSING = re.compile(
    r"^\W*(?:als|indien|wanneer|if|when|[a-z]+(?:t|n|s|d))\b.*,\s*(?:dan|then)\b|\b(?:als|indien|wanneer|tenzij|mits|if|unless|provided)\b"
)
_FOLLOWS = re.compile(r"\b(?:daarna|erna|daarop|daaropvolgende|anders|in dat geval|dat geval|otherwise|thereafter)\b")


@dataclass(frozen=True)
class FirstDay:
    """A rule of a line: `tests` that the day of `event` meets, and the first day `months` after its month, or `day`.

    `words` are the line's for the first day; `is_supposed`: the line names a condition that is no day.
    """

    event: str
    tests: tuple[Test, ...]
    words: str
    months: int | None = None
    day: dt.date | None = None
    is_supposed: bool = False

    def of(self, event: dt.date) -> dt.date | None:
        """The first day for what happened on `event`; None where that is no case of the rule."""
        if not all(test(event) for test in self.tests):
            return None
        return self.day if self.months is None else add_months(event.replace(day=1), self.months).day


def asks_begin(question: str) -> bool:
    """Whether a question asks when something begins."""
    return tells_begin(question) or _FROM_WHEN.search(fold(question)) is not None


def tells_begin(text: str) -> bool:
    """Whether a text speaks of when something begins."""
    return _BEGINS.search(fold(text)) is not None


def hold_first_day(line: str, beside: Sequence[str], above: str, told: Told) -> Held | None:
    """The first day that a line tells for the asker's day.

    `beside`: all lines of the same table, list or paragraph; `above`: their heading, lead-in and header row.
    None where no line's case is the asker's, or those of several come to different days.
    """
    rule = first_day(line, above)
    told_day = day_of(rule.event, told) if rule is not None else None
    if rule is None or told_day is None:
        return None
    event = told_day.value.first
    day = rule.of(event)
    if day is None:
        return None
    others = [(each, first_day(each, above)) for each in beside if each != line]
    if "\t" in line and any(other is None for _, other in others):
        return None  # a row that cannot be read may be the asker's
    days = {other.of(event) for _, other in others if other is not None and day_of(other.event, told) is not None}
    if days - {None, day}:
        return None
    return Held("start", None, rule.words, "", day=day, since=event, is_open=rule.is_supposed)


@lru_cache(maxsize=4_000)  # the lines of a snapshot come back
def first_day(line: str, above: str) -> FirstDay | None:
    """The rule of a line that tells when something begins; None where it tells none that can be computed."""
    return _of_row(line, above) or _of_sentence(line, above)


def _of_row(line: str, above: str) -> FirstDay | None:
    """A row or an item that ends in a first day: 'december 2026 | 1 februari 2027', 'bij ...: 1 februari 2027'."""
    case, _, result = line.rpartition("\t") if "\t" in line else line.rpartition(": ")
    result = result.strip(" ;.")
    if not case.strip() or not tells_begin(above) or _FOLLOWS.search(fold(line)):
        return None
    tests = _tests(case)
    if not tests:
        return None
    event = f"{above.splitlines()[-1].split(chr(9))[0] if above.strip() else ''} {case}"
    found = _FIRST_DAY.search(result)
    if found is not None and found.start() == 0:
        words = " ".join(found.group().split())
        return FirstDay(f"{event} {found['after'] or ''}", tests, words, months=_months(found))
    dates = [date for date, _, _ in find_dates(result)]
    if len(dates) == 1 and dates[0].kind == "exact" and dates[0].text.strip() == result:
        return FirstDay(event, tests, result, day=dates[0].first)
    return None


def _of_sentence(line: str, above: str) -> FirstDay | None:
    """A sentence that tells a first day, with its case: 'is zij na de 15e compleet, dan op de eerste dag van ...'."""
    found = [*_FIRST_DAY.finditer(line)]
    if len(found) != 1 or "\t" in line or not tells_begin(line) or _FOLLOWS.search(fold(line)):
        return None
    after = found[0]["after"] or ""
    case = f"{line[: found[0].start()]} {line[found[0].end() :]}"
    tests = _tests(case)
    if tests is None or any(True for _ in find_dates(after)) or re.search(r"\b(?:niet|geen|not|no)\b", fold(case)):
        return None
    if not after and not tests:
        return None  # 'de volgende maand' of what?
    words = " ".join(found[0].group().split())
    return FirstDay(
        after if not tests else f"{case} {after}", tests, words, months=_months(found[0]),
        is_supposed=not tests and _SUPPOSING.search(fold(case)) is not None,
    )  # fmt: skip


def _months(found: re.Match[str]) -> int:
    return _LATER[found["nth"].lower()] if found["nth"] else 1


def _tests(case: str) -> tuple[Test, ...] | None:
    """What the case of a rule asks of the day; None where a part of it that bounds days cannot be read."""
    tests: list[Test] = []
    for found in _DAY_OF_MONTH.finditer(case):
        number = int(found["number"]) if found["number"] else DAY_WORDS_OF_MONTH[found["word"].lower()]
        bound = next(name for name, _ in BOUNDS if found[name])
        tests.append(_in_month(bound, number))
    left = _DAY_OF_MONTH.sub(" ", case)
    if re.search(rf"\b(?:[12]?\d|3[01])(?:e|de|ste)\b(?!\s+(?:{choice(MONTHS)}))", left):
        return None
    for date, _, _ in find_dates(left, today=dt.date(2000, 1, 1)):
        if date.assumed_year or date.kind == "vague":
            return None
        tests.append(_within(date))
    for year in _IN_YEAR.finditer(_without_dates(left)):
        tests.append(_in_year(int(year["year"])))
    return tuple(tests)


def _without_dates(text: str) -> str:
    for date, _, _ in find_dates(text):
        text = text.replace(date.text, " ")
    return text


def _in_month(bound: Bound, number: int) -> Test:
    return {
        "by": lambda day: day.day <= number,
        "before": lambda day: day.day < number,
        "from": lambda day: day.day >= number,
        "after": lambda day: day.day > number,
        "on": lambda day: day.day == number,
    }[bound]


def _within(date: DateValue) -> Test:
    if date.bound in ("by", "before"):
        last = date.last if date.bound == "by" else date.first - dt.timedelta(days=1)
        return lambda day: day <= last
    if date.bound in ("from", "after"):
        first = date.first if date.bound == "from" else date.last + dt.timedelta(days=1)
        return lambda day: day >= first
    return lambda day: date.first <= day <= date.last


def _in_year(year: int) -> Test:
    return lambda day: day.year == year
