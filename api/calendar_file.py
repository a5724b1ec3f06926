"""Planned dates as an iCalendar file (RFC 5545): all-day events that a calendar can subscribe to.

The same snapshot gives the same bytes, whoever asks and on whatever day; a date that another
snapshot has changed keeps its UID, so that a calendar moves the event instead of adding one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

if TYPE_CHECKING:
    from assistant.deadlines import Deadline

MEDIA_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "inkoopdata.ics"
DOMAIN = "inkooploket"
COUNTED_FROM = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
"""SEQUENCE counts the minutes from here: it must rise with every snapshot, and fit 31 bits."""
REFRESHED_EVERY = dt.timedelta(days=1)

_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "name": "Inkoopdata zorgcontractering",
        "date": "Datum in het beleid: {told}",
        "vague": "precieze dag onbekend",
        "period": "Het beleid noemt een periode, geen precieze dag.",
        "before": "De laatste dag die telt is de dag vóór de genoemde datum.",
        "for": "Voor: {for_whom}",
        "source": "Bron: {policy} ({insurer}), {section}",
        "restatement": "Dit is een weergave van het beleid in onze eigen woorden; het gepubliceerde beleid is leidend.",
    },
    "en": {
        "name": "Dates of care procurement",
        "date": "Date in the policy: {told}",
        "vague": "exact day not known",
        "period": "The policy names a period, no exact day.",
        "before": "The last day that counts is the day before the date named.",
        "for": "For: {for_whom}",
        "source": "Source: {policy} ({insurer}), {section}",
        "restatement": "This is a restatement of the policy in our own words; the published policy prevails.",
    },
}


def calendar_file(deadlines: Sequence[Deadline], *, built_at: dt.datetime, site: str, language: str = "nl") -> bytes:
    """The events of `deadlines`; `site` is the address at which the policies can be read, without a slash at its end.

    `built_at`: when the snapshot was built; it must be aware.
    """
    said = _WORDS[language]
    stamp = built_at.astimezone(dt.UTC).replace(microsecond=0)
    calendar = Calendar.new(
        name=said["name"],
        prodid=f"-//{DOMAIN}//{DOMAIN}//{language.upper()}",
        uid=f"planning@{DOMAIN}",
        last_modified=stamp,
        refresh_interval=REFRESHED_EVERY,
        subcomponents=[_event(each, stamp, site, said) for each in deadlines],
    )
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, stamp: dt.datetime, site: str, said: Mapping[str, str]) -> Event:
    start, end = _stretch(deadline)
    vague = f" ({said['vague']})" if deadline.kind == "vague" else ""
    return Event.new(
        uid=f"{deadline.id}@{DOMAIN}",
        stamp=stamp,
        last_modified=stamp,
        sequence=int((stamp - COUNTED_FROM) / dt.timedelta(minutes=1)),
        start=start,
        end=end + dt.timedelta(days=1),  # the end of an all-day event is the day after it
        summary=f"{deadline.what[0].upper()}{deadline.what[1:]}, {deadline.insurer} {deadline.year}{vague}",
        description=_description(deadline, site, said),
        url=f"{site}{deadline.citation.url}",
        transparency=TRANSP.TRANSPARENT,
        categories=[deadline.insurer, str(deadline.year)],
    )


def _stretch(deadline: Deadline) -> tuple[dt.date, dt.date]:
    """The first and last day of the event: the day that counts, or the whole stretch where no exact day is named."""
    if deadline.kind == "exact":
        return deadline.due, deadline.due
    return deadline.first, max(deadline.first, deadline.last if deadline.bound == "from" else deadline.due)


def _description(deadline: Deadline, site: str, said: Mapping[str, str]) -> str:
    citation = deadline.citation
    section = " > ".join(citation.heading_path)
    lines = [
        said["date"].format(told=deadline.told),
        f"{said['vague'].capitalize()}." if deadline.kind == "vague" else "",
        said["period"] if deadline.kind == "period" else "",
        said["before"] if deadline.bound == "before" and deadline.kind == "exact" else "",
        said["for"].format(for_whom=deadline.for_whom) if deadline.for_whom else "",
        said["source"].format(policy=citation.policy_title, insurer=citation.insurer, section=section),
        said["restatement"] if citation.authority == "restatement" else "",
        f"{site}{citation.url}",
    ]
    return "\n".join(line for line in lines if line)
