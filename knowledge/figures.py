"""Figures of a text: what an answer may only hold where the policy holds it too."""

from __future__ import annotations

import re

from knowledge.dates import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|\d+(?:[.,:/-]\d+)*\s+(?:{_MONTH})\b|\d+(?:[.,:/-]\d+)*%?",
    re.IGNORECASE,
)
"""E-mail and web addresses, days of a month, and numbers."""


def figures_of(text: str) -> list[str]:
    """The e-mail and web addresses, days and numbers of a text, in one form for each, in order."""
    found = []
    for figure in _FIGURE.findall(re.sub(r"\\([*_`<>\[\]#])", r"\1", text)):
        day = re.fullmatch(r"(\d+)\s+(\w+)", figure)
        found.append(f"{int(day[1])} {MONTHS[day[2].lower()]}" if day else figure.strip(".,:;)(*\\\"'’”").lower())
        # The number of a day counts on its own too: a quote may put the month in another form.
        found += [day[1]] if day else []
    return found
