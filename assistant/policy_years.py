"""Which years a text says of a policy or contract, as against years of dates and of what came before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dates import MONTHS

_YEAR = r"(20[2-3]\d)"
_POLICY_YEAR = re.compile(
    rf"\b(?:beleid|inkoopbeleid|zorginkoopbeleid|contract\w*|overeenkomst\w*|zorgovereenkomst\w*|voorwaarden|tarie\w+|inkoop\w*|policy|contracts?|agreements?|voor|van|for)\s+(?:(?:het )?jaar\s+|year\s+)?{_YEAR}\b"
    rf"|\b\w*(?:beleid|tekendatum|voorwaarden|deadline|policy)\b[^.?!]{{0,30}}\b(?:in|uit)\s+{_YEAR}\b"
    rf"|\b{_YEAR}[- ]?(?:beleid|contract\w*|overeenkomst\w*|policy)\b|\b{_YEAR}\s*\?*$",
    re.IGNORECASE,
)
_COMPARED_YEAR = re.compile(
    rf"\b(?:ten opzichte van|t\.?o\.?v\.?|vergeleken met|sinds|anders dan|dan in|compared (?:to|with)|since)\s+(?:\w+\s+){{0,4}}{_YEAR}",
    re.IGNORECASE,
)
_DATED_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)})\.?\s+{_YEAR}|\d[-/.]{_YEAR}\b", re.IGNORECASE)
_BARE_YEAR = re.compile(rf"\b{_YEAR}\b")


def policy_years(text: str) -> list[int]:
    """Years said of a policy or contract; years of a date or of an older policy compared with do not count."""
    found = _POLICY_YEAR.finditer(_without_other_years(text))
    return list(dict.fromkeys(int(next(group for group in match.groups() if group)) for match in found))


def _without_other_years(text: str) -> str:
    """`text` with the years of dates, and of older policies compared with, blanked out; places stay the same."""
    for pattern in (_COMPARED_YEAR, _DATED_YEAR):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def bare_years(text: str) -> Iterator[re.Match[str]]:
    """The years of `text`, in order, that belong to no date and no older policy; places count in `text`."""
    return _BARE_YEAR.finditer(_without_other_years(text))
