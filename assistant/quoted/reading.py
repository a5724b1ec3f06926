"""A sentence held against a question in every way that there is; the first that decides counts."""

from __future__ import annotations

from assistant.quoted.days import count_term, hold_day
from assistant.quoted.groups import hold_group
from assistant.quoted.held import Held
from assistant.quoted.only_for import hold_only
from assistant.quoted.possessions import hold_all, hold_things
from assistant.quoted.thresholds import hold_amounts
from assistant.quoted.told import Told


def hold(sentence: str, told: Told, *, speaker: tuple[str, ...] = ()) -> Held | None:
    """What comes of holding `sentence` against what the asker tells; None: nothing may be said.

    `speaker`: the names of the insurer whose sentence it is, so that what it has itself is no demand.
    """
    return (
        hold_amounts(sentence, told)
        or hold_day(sentence, told)
        or count_term(sentence, told)
        or hold_group(sentence, told)
        or hold_only(sentence, told)
        or hold_all(sentence, told)
        or hold_things(sentence, told, speaker=speaker)
    )
