"""How a day stands to a date of a policy: still open, today, or past by so many days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge.records import DateValue
from knowledge.rules.card import Said
from knowledge.rules.wording import tell_amount, tell_day, tell_stretch

Bound = Literal["by", "before", "from", "on"]


@dataclass(frozen=True)
class Standing:
    """The date in words with its bound, how the day stands to it, and whether it can still be met.

    `is_open` None: the policy names a stretch, and the day lies within it.
    """

    told: Said
    sentence: Said
    is_open: bool | None


_BOUNDS: dict[Bound, tuple[str, str]] = {
    "by": ("uiterlijk", "by"),
    "before": ("vóór", "before"),
    "from": ("vanaf", "from"),
    "on": ("", ""),
}


def exact_date(day: dt.date) -> DateValue:
    """A computed day as a date."""
    return DateValue(kind="exact", first=day, last=day, text=day.isoformat())


def stand(date: DateValue, bound: Bound, today: dt.date, *, on: dt.date | None = None, is_own: bool = True) -> Standing:
    """How `today` (or `on`, the day on which the asker wants to act) stands to `date`.

    `by` and `on` include the day, `before` ends the day before it, `from` begins on it. `is_own`: the asker
    must act; otherwise it is told whether the planned moment is past.
    """
    nl, en = _BOUNDS[bound]
    day = tell_day(date.last) if date.kind == "exact" else tell_stretch(date)
    told = Said(nl=f"{nl} {day.nl}".strip(), en=f"{en} {day.en}".strip())
    if bound == "before" and date.kind == "exact":
        eve = tell_day(date.last - dt.timedelta(days=1))
        told = Said(nl=f"{told.nl}, dus uiterlijk {eve.nl}", en=f"{told.en}, so {eve.en} at the latest")
    compared = on or today
    if date.kind != "exact":
        return _stand_to_stretch(date, told, compared)
    if bound == "from" or not is_own:
        is_open = compared >= date.first if bound == "from" else compared <= date.last
        sentence = _begins(date.first, compared) if bound == "from" else _planned(date.last, compared)
        return Standing(told, sentence, is_open)
    last = date.last - dt.timedelta(days=1) if bound == "before" else date.last
    is_open = compared <= last
    return Standing(told, _own(compared, last, is_open, named=on is not None and on != today), is_open)


def _stand_to_stretch(date: DateValue, told: Said, day: dt.date) -> Standing:
    """A stretch is ahead, now or past; days to it are not counted, because the policy names none."""
    if day < date.first:
        return Standing(told, Said(nl="Dat moet nog komen.", en="That is still to come."), True)
    if day > date.last:
        return Standing(told, Said(nl="Dat is voorbij.", en="That is past."), False)
    nl, en = "Dat is nu: een precieze dag noemt het beleid niet.", "That is now: the policy names no exact day."
    return Standing(told, Said(nl=nl, en=en), None)


def _begins(moment: dt.date, day: dt.date) -> Said:
    gap = (moment - day).days
    if gap <= 0:
        return (
            _planned(moment, day)
            if gap == 0
            else Said(
                nl=f"Dat was {tell_amount(Decimal(-gap), 'day').nl} geleden.",
                en=f"That was {tell_amount(Decimal(-gap), 'day').en} ago.",
            )
        )
    count = tell_amount(Decimal(gap), "day")
    return Said(
        nl=f"Dat is over {count.nl}: zo ver is het nog niet.", en=f"That is in {count.en}: it is not so far yet."
    )


def _planned(moment: dt.date, day: dt.date) -> Said:
    gap = (moment - day).days
    if gap == 0:
        return Said(nl="Dat is vandaag.", en="That is today.")
    count = tell_amount(Decimal(abs(gap)), "day")
    if gap > 0:
        return Said(nl=f"Dat is over {count.nl}, dus nog niet voorbij.", en=f"That is in {count.en}, so not past yet.")
    return Said(nl=f"Dat was {count.nl} geleden: die dag is voorbij.", en=f"That was {count.en} ago: that day is past.")


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]


def _own(day: dt.date, last: dt.date, is_open: bool, *, named: bool) -> Said:
    gap = (last - day).days
    count = tell_amount(Decimal(abs(gap)), "day")
    if named:
        shown = tell_day(day)
        if is_open:
            return Said(nl=f"{_opened(shown.nl)} is dus op tijd.", en=f"{shown.en} is in time.")
        return Said(nl=f"{_opened(shown.nl)} is dus te laat, niet op tijd.", en=f"{shown.en} is too late, not in time.")
    if gap == 0:
        return Said(
            nl="Dat is vandaag: u bent nog op tijd, vandaag is de laatste dag.",
            en="That is today: you are still in time, today is the last day.",
        )
    if is_open:
        return Said(nl=f"U bent nog op tijd: u heeft nog {count.nl}.", en=f"You are still in time: {count.en} left.")
    return Said(
        nl=f"U bent te laat: deze datum is {count.nl} voorbij.",
        en=f"You are too late: this date passed {count.en} ago.",
    )
