"""Which edition of a policy a question is about, where several years of it are on file.

The rule. A year that is named is exactly that edition. Without one, the edition is the newest whose
procurement has begun on the day that the question is about: the day that it names, or else the day on which
it is asked. The procurement of year N begins on 1 April of the year before, the last day on which insurers
publish; earlier where the manifest gives an earlier day of publication. Before the first one has begun it is
the oldest. The answer says which edition it is from, and which others there are.

Editions are the policies with one id, the year at its end aside.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence

from assistant import outcomes
from assistant.turn import Language
from knowledge.dates import find_dates, spell_day
from knowledge.dutch import fold
from knowledge.records import Policy
from knowledge.rules.load import family_of

LAST_DAY_OF_PUBLICATION = (4, 1)
"""Month and day by which insurers publish their policies for the next year."""

_NEXT_YEAR = re.compile(r"\b(?:(?:voor|van|in|per) (?:volgend|komend|aankomend) jaar|(?:for|in) (?:the )?next year)\b")
_LAST_YEAR = re.compile(r"\b(?:(?:voor|van|in) (?:vorig|afgelopen) jaar|(?:for|in) (?:the )?last year)\b")


def family(policy: Policy) -> str:
    """What the editions of a policy have in common."""
    return family_of(policy.id, policy.year)


def first_day(policy: Policy) -> dt.date:
    """The first day on which a policy is in force."""
    return policy.valid_from or dt.date(policy.year, 1, 1)


def last_day(policy: Policy) -> dt.date:
    """The last day on which a policy is in force."""
    return policy.valid_until or dt.date(policy.year, 12, 31)


def procurement_begins(policy: Policy) -> dt.date:
    """The day from which providers ask about a policy rather than about the one before it."""
    published_by = dt.date(policy.year - 1, *LAST_DAY_OF_PUBLICATION)
    return min(policy.published_on or published_by, published_by)


def of_the_day(policies: Sequence[Policy], question: str, today: dt.date) -> list[Policy]:
    """The policies with one edition of each family: that of the day that `question`, which names no year, is about."""
    families: dict[str, list[Policy]] = {}
    for policy in policies:
        families.setdefault(family(policy), []).append(policy)
    kept = {
        id(_edition(sorted(editions, key=lambda each: each.year), question, today)) for editions in families.values()
    }
    return [policy for policy in policies if id(policy) in kept]


def _edition(editions: Sequence[Policy], question: str, today: dt.date) -> Policy:
    """One of the editions, which stand by year."""
    if len(editions) == 1:
        return editions[0]
    folded = fold(question)
    wanted = today.year + (1 if _NEXT_YEAR.search(folded) else -1 if _LAST_YEAR.search(folded) else 0)
    named = next((each for each in editions if each.year == wanted != today.year), None)
    if named is not None:
        return named
    day = max((day for day in _named_days(question, today) if day <= last_day(editions[-1])), default=today)
    begun = [each for each in editions if procurement_begins(each) <= day]
    return begun[-1] if begun else editions[0]


def _named_days(question: str, today: dt.date) -> Iterator[dt.date]:
    """The days that a question names with their year."""
    for date, _, _ in find_dates(question, today=today):
        if date.kind == "exact" and not date.assumed_year and str(date.first.year) in date.text:
            yield date.first


def edition_notices(
    cited: Collection[Policy], on_file: Collection[Policy], today: dt.date, language: Language, *, by_day: bool
) -> Iterator[str]:
    """What to say of the editions that an answer is from: that one has ended, and which others there are.

    `by_day`: the edition was not named but chosen by the day.
    """
    years = {policy.year for policy in cited}
    for policy in sorted(cited, key=lambda each: each.id):
        others = [each for each in on_file if family(each) == family(policy) and each.year not in years]
        values = {"year": str(policy.year), "first": spell_day(first_day(policy), language)}
        values |= {"last": spell_day(last_day(policy), language), "others": _years(others, language)}
        if today > last_day(policy):
            newer = any(each.year > policy.year for each in others)
            yield (outcomes.ENDED_NEWER if newer else outcomes.ENDED)[language].format_map(values)
        elif others and by_day:
            yield outcomes.EDITION[language].format_map(values)


def later_notices(
    cited: Collection[Policy], on_file: Collection[Policy], question: str, today: dt.date, language: Language
) -> Iterator[str]:
    """What to say where a question names a day of a later year than any policy on file."""
    latest = max((day.year for day in _named_days(question, today)), default=0)
    if cited and latest > max(policy.year for policy in on_file):
        values = {"later": str(latest), "years": _years(cited, language)}
        yield outcomes.NO_LATER_EDITION[language].format_map(values)


def _years(policies: Collection[Policy], language: Language) -> str:
    years = [str(year) for year in sorted({each.year for each in policies})]
    return f" {'en' if language == 'nl' else 'and'} ".join(years)
