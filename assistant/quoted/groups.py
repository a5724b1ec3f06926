"""Groups: 'geldt niet voor praktijken zonder balie', against whether the asker says to be one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.prose import function_words as fw
from assistant.quoted.held import Held, has_exception
from assistant.quoted.told import Told, keys_of

_HOLDS = r"\b(?:geldt|gelden|van\s+toepassing\s+(?:is\s+|zijn\s+)?|hanteren|hanteert|appl(?:y|ies)|applicable)\b"
_WHO = (
    r"(?P<who>(?:de\s+|alle\s+|the\s+)?(?:[^\W\d_]+\s+){1,2}?)"
    r"(?P<tie>die|met|zonder|that|who|which|with|without)\s+(?P<what>[^.;:,\n]+)"
)
_ONLY = r"(?P<only>alleen|uitsluitend|slechts|only)"
_FOR_BEHIND = re.compile(rf"{_HOLDS}(?:\s+{_ONLY})?[^.;:,]*?\b(?:voor|op|bij|for|to)\s+{_WHO}", re.IGNORECASE)
_FOR_AHEAD = re.compile(rf"^\W*(?:{_ONLY}\s+)?(?:voor|for)\s+{_WHO}(?={_HOLDS})", re.IGNORECASE)
_NOT = re.compile(r"\b(?:niet|geen|not|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Those for whom a sentence holds, or does not: who have `keys`, or (`lacks`) who do not have them."""

    words: str
    keys: tuple[str, ...]
    lacks: bool
    holds: bool
    only: bool


def hold_group(sentence: str, told: Told) -> Held | None:
    """Whether a sentence holds for the asker, who says to have or to lack what its group is known by."""
    group = group_of(sentence)
    if group is None or has_exception(sentence):
        return None
    has = {told.has((key,)) for key in group.keys} - {None}
    if len(has) != 1:
        return None
    is_one = has.pop() is not group.lacks
    if not is_one and not group.only:
        return None  # what holds for others is another sentence's
    return Held("group", "met" if is_one == group.holds else "not_met", group.words, "", is_one=is_one)


@lru_cache(maxsize=20_000)  # the sentences of a snapshot come back
def group_of(sentence: str) -> Group | None:
    """The group of a sentence that tells for whom it holds; None where it tells of none, or denies twice."""
    found = _FOR_BEHIND.search(sentence) or _FOR_AHEAD.search(sentence)
    if found is None or found["who"].split()[0].lower() in fw.POSSESSING:
        return None
    what, tie = found["what"], found["tie"].lower()
    lacks = tie in ("zonder", "without") or _NOT.search(what) is not None
    outside = f"{sentence[: found.start('who')]} {sentence[found.end('what') :]}"
    keys = tuple(keys_of(what).values())
    if not keys or len(_NOT.findall(what)) > 1 or len(_NOT.findall(outside)) > 1:
        return None
    words = " ".join(f"{found['who']}{found['tie']} {what}".split())
    return Group(words, keys, lacks, holds=_NOT.search(outside) is None, only=found["only"] is not None)
