"""Personal data in an asker's words: found before anything is stored, logged or sent, and masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import iban

from assistant.guard.bsn import Span, find_bsn, find_named
from assistant.guard.life_dates import find_birth_dates
from assistant.guard.person_names import find_names

MASKS = {
    "bsn": "[bsn]",
    "account": "[rekeningnummer]",
    "insured_number": "[verzekerdennummer]",
    "birth_date": "[geboortedatum]",
    "name": "[naam]",
}
"""What stands in the place of each kind. No mask holds a digit or is taken for a name."""
ROUNDS = 4
"""A mask may uncover what stood behind it; text is masked until nothing is found, this often at most."""

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{2,4}){3,8}(?![A-Z0-9])", re.IGNORECASE)
_DUTCH_IBAN = re.compile(r"(?<![A-Z0-9])NL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .-]?\d){10}(?!\d)", re.IGNORECASE)
_INSURED_NUMBER = re.compile(
    r"\b(?:polis|verzekerden?|verzekerings|pati[eë]nt(?:en)?|cli[eë]nt(?:en)?|(?:zorg)?pas|insurance|insured|policy ?holder|"
    r"member(?:ship)?|patient|client|policy)['s]{0,2}[\s-]*(?:nummer|nr|number|no|id|code)\b[\s:.=#(]*"
    r"(?:(?:is|was|van|of|voor|deze|dit|mijn|onze|de|het|my|our|the|this|pati[eë]nte?|cli[eë]nte?|verzekerde|patient|client)"
    r"\b[\s:.=#(]*){0,4}([A-Z]{0,3}[ -]?\d(?:[ .-]?\d){4,})",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """One find: its kind (a key of `MASKS`), where it starts and where it ends (excluded)."""

    kind: str
    start: int
    end: int


def find_personal_data(text: str) -> list[Found]:
    """What personal data `text` holds, in order, without overlap; the longest of those that overlap."""
    found = [Found(kind, *span) for kind, span in _all(text)]
    kept: list[Found] = []
    for each in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)


def _all(text: str) -> Iterator[tuple[str, Span]]:
    yield from (("bsn", span) for span in (*find_bsn(text), *find_named(text)))
    yield from (("account", match.span()) for match in _DUTCH_IBAN.finditer(text))
    yield from (
        ("account", match.span()) for match in _IBAN.finditer(text) if iban.is_valid(match.group(), check_country=False)
    )
    yield from (("insured_number", match.span(1)) for match in _INSURED_NUMBER.finditer(text))
    yield from (("birth_date", span) for span in find_birth_dates(text))
    yield from (("name", span) for span in find_names(text))


def mask(text: str) -> str:
    """`text` with every find replaced by the name of its kind; the same name is replaced wherever it stands."""
    for _ in range(ROUNDS):
        found = find_personal_data(text)
        if not found:
            break
        names = {word for each in found if each.kind == "name" for word in text[each.start : each.end].split()}
        for each in reversed(found):
            text = text[: each.start] + MASKS[each.kind] + text[each.end :]
        for name in sorted(names, key=len, reverse=True):
            if len(name) > 2 and name[0].isupper():
                text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", MASKS["name"], text)
    return text


def is_masked(text: str) -> bool:
    """Whether something in `text` was masked."""
    return any(each in text for each in MASKS.values())
