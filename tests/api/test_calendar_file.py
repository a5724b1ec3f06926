"""The calendar file, read back with its library."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from api.calendar_file import calendar_file
from assistant.deadlines import deadlines
from tests.small_rules import CARDS, POLICY_ID, SIGNING, TODAY, SmallSource, small_source, small_text

SITE = "https://loket.example"
LATER = dt.datetime(2025, 10, 1, 8, 0, tzinfo=dt.UTC)


def written(source: SmallSource, today: dt.date = TODAY, language: str = "nl") -> bytes:
    found = deadlines(source.texts, source.rulebook, today=today, language=language)
    return calendar_file(found, built_at=source.built_at, site=SITE, language=language)


def events(source: SmallSource, language: str = "nl") -> dict[str, Event]:
    calendar = Calendar.from_ical(written(source, language=language))
    calendar.validate()
    return {str(event["SUMMARY"]).split(",")[0]: event for event in calendar.events}


def test_every_date_is_an_all_day_event_on_the_day_that_counts() -> None:
    found = events(small_source())
    assert {name: (event.start, event.end) for name, event in found.items()} == {
        "Ondertekenen": (dt.date(2025, 11, 7), dt.date(2025, 11, 8)),
        "Aanbod": (dt.date(2025, 8, 21), dt.date(2025, 9, 1)),
        "Vragenlijst": (dt.date(2025, 9, 30), dt.date(2025, 10, 1)),
        "Aanvragen": (dt.date(2025, 9, 1), dt.date(2025, 9, 2)),
        "Gesprek": (dt.date(2025, 12, 3), dt.date(2025, 12, 4)),
    }
    assert all(type(event.start) is dt.date for event in found.values())


def test_what_an_event_says() -> None:
    found = events(small_source())
    signing = found["Ondertekenen"]
    assert str(signing["SUMMARY"]) == "Ondertekenen, Voorbeeld 2026"
    lines = str(signing["DESCRIPTION"]).splitlines()
    assert lines[0] == "Datum in het beleid: uiterlijk vrijdag 7 november 2025"
    assert lines[1] == "Bron: Inkoopbeleid Fysiotherapie (Voorbeeld), 1 Planning"
    assert lines[-1] == str(signing["URL"])
    assert lines[-1].startswith(f"{SITE}/policies/{POLICY_ID}?passage=")
    assert str(found["Aanbod"]["SUMMARY"]).endswith("(precieze dag onbekend)")
    assert "Precieze dag onbekend." in str(found["Aanbod"]["DESCRIPTION"])
    assert "De laatste dag die telt" in str(found["Vragenlijst"]["DESCRIPTION"])
    assert "Voor: startende praktijken" in str(found["Gesprek"]["DESCRIPTION"])
    assert "exact day not known" in str(events(small_source(), "en")["Aanbod (en)"]["SUMMARY"])


def test_the_same_snapshot_gives_the_same_bytes_on_any_day() -> None:
    assert written(small_source()) == written(small_source(), dt.date(2026, 5, 1))
    folded = written(small_source()).split(b"\r\n")
    assert all(len(line) <= 75 for line in folded)


def test_a_changed_date_moves_the_event() -> None:
    before = events(small_source())
    changed = small_text(signing=SIGNING.replace("7 november", "14 november"))
    of_another_year = CARDS.model_copy(update={"years": (2025,)})  # so that the day is read from the text
    source = small_source(changed, cards=of_another_year, built_at=LATER, snapshot_id="snap-2")
    after = events(source)
    assert after["Ondertekenen"].start == dt.date(2025, 11, 14)
    assert str(after["Ondertekenen"]["UID"]) == str(before["Ondertekenen"]["UID"])
    assert after["Ondertekenen"]["SEQUENCE"] > before["Ondertekenen"]["SEQUENCE"]
    assert after["Ondertekenen"].DTSTAMP == LATER
    uids = [str(event["UID"]) for event in before.values()]
    assert len(set(uids)) == len(uids)
