"""Words that bound what is said (unless, only, at least, at most): prose may neither drop nor add one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.model.material import Behind

_BOUNDS = (
    ("unless", r"tenzij|behoudens|behalve|uitzondering\w*|uitgezonderd|unless|except\w*|apart from|save for"),
    ("provided that", r"mits|op voorwaarde dat|provided(?: that)?|on condition that|as long as|alleen als|only if"),
    ("only", r"alleen|uitsluitend|slechts|enkel|only|solely|exclusively|merely|just"),
    (
        "at least",
        r"minimaal|minimum|minstens|ten minste|tenminste|op zijn minst|niet minder dan|at least|no(?:t)? less than",
    ),
    (
        "at most",
        r"maximaal|maximum|hoogstens|hooguit|ten hoogste|niet meer dan|at most|no(?:t)? more than|up to",
    ),
)
_COMPILED = tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _BOUNDS)
_NEAR = {"provided that": {"only", "unless"}, "only": {"provided that"}, "unless": {"provided that"}}
"""What says nearly the same: "mits" may be told by "alleen als"."""


_CONDITION = re.compile(
    r"\b(?:als|indien|mits|wanneer|zodra|tenzij|dan|met een|bij een|na een|zonder|if|when|provided|unless|once|then"
    r"|with an?|after an?|for an?|without)\b",
    re.IGNORECASE,
)
"""Words of a condition; any of them may stand for another, as "met een doorlopend contract" does for "als"."""


def drops_condition(answer: str, prose: str) -> bool:
    """Whether the answer holds on a condition, and prose tells it as if it always did."""
    return _CONDITION.search(answer) is not None and _CONDITION.search(prose) is None


def bounds_in(text: str) -> dict[str, str]:
    """The bounds of a text, each with the words that bear it first."""
    return {name: match.group() for name, pattern in _COMPILED if (match := pattern.search(text))}


def lost_bounds(body: Iterable[str], prose: str) -> list[str]:
    """The bounds of the composed answer that prose does not have, by their words."""
    there = bounds_in(prose)
    return [
        words
        for name, words in bounds_in(" ".join(body)).items()
        if name not in there and not there.keys() & _NEAR.get(name, set())
    ]


def new_bounds(sentence: str, behind: Behind) -> list[str]:
    """The bounds of a sentence that its evidence does not have."""
    held = bounds_in(" ".join((*behind.quotes, *behind.told)))
    return [
        words
        for name, words in bounds_in(sentence).items()
        if name not in held and not held.keys() & _NEAR.get(name, set())
    ]
