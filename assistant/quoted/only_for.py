"""Limits: 'alleen declarabel voor diëtetiek en ergotherapie', 'uitsluitend bij een standaardovereenkomst'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.quoted.held import Held, has_exception
from assistant.quoted.told import Told, keys_of
from knowledge.dutch import fold, words
from knowledge.thesaurus import CARE_KINDS, load_thesaurus

STEM_LETTERS = 6
"""Words that begin alike for so long are about the same: 'telefonisch' and 'telefoon'."""

_ONLY = re.compile(
    r"\b(?:alleen|uitsluitend|slechts|only|exclusively)\b(?P<what>[^.;:,]*?)"
    r"\b(?:voor|bij|aan|for|with|to)\s+(?P<whom>[^.;:,]+)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s(?:die|dat|als|indien|waar\w*|mits|wanneer|met|who|which|that|if|when|with)\s.*", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:niet|geen|zonder|not|no|without|never|nooit)\b")
_CONTRACT = re.compile(
    r"\b(?P<kind>[a-z]{3,})-?(?:zorg)?(?:overeenkomst|contract)(?:en)?\b"
    r"|\b(?P<cut>[a-z]{3,})- (?=(?:of|en) (?:een )?[a-z]+(?:overeenkomst|contract))"
    r"|\b(?P<en>basic|standard|plus|network|custom) (?:contract|agreement)s?\b"
)
_NO_KIND = frozenset({"zorg", "betaal", "samenwerkings", "arbeids", "maand", "jaar", "raam", "deel", "zorginkoop"})
_ENGLISH = {"basic": "basis", "standard": "standaard", "network": "netwerk", "custom": "maatwerk"}
_UMBRELLAS = re.compile(r"paramed|hulpmiddel|zorgaanbieder|zorgverlener|instelling|organisatie|praktijk|keten")
"""Concepts that hold others within them: who names one may be any of these."""


@dataclass(frozen=True)
class Limit:
    """Those for whom alone something is: `kinds` by name, `keys` of what it is."""

    words: str
    kinds: frozenset[str]
    keys: tuple[str, ...]
    is_contract: bool


def hold_only(sentence: str, told: Told) -> Held | None:
    """Whether the asker is of those for whom alone a sentence holds; None where he names no kind of the same sort."""
    limit = limit_of(sentence)
    if limit is None or not told.asks_yes_no or not _is_named(limit, told):
        return None
    kinds_of = _contracts if limit.is_contract else _carers
    own = kinds_of(told.text)
    if not own or any(_UMBRELLAS.search(fold(kind)) for kind in own):
        return None
    telling = [each for each in told.sentences if kinds_of(each) or each.rstrip().endswith("?")]
    if any(_DENIED.search(fold(each)) for each in telling):
        return None  # 'wij zijn geen ...'
    if own & limit.kinds:
        # Of several kinds that he names, one may be what the others are asked beside.
        return Held("only", "met", limit.words, "") if own <= limit.kinds else None
    return Held("only", "not_met", limit.words, _given(limit, told))


@lru_cache(maxsize=20_000)  # the sentences of a snapshot come back
def limit_of(sentence: str) -> Limit | None:
    """For whom alone a sentence says that something is; None where it names no kinds, denies or has an exception."""
    found = [*_ONLY.finditer(sentence)]
    if len(found) != 1 or has_exception(sentence) or _DENIED.search(fold(sentence)) or "\t" in sentence:
        return None
    whom = _ENDS.sub("", found[0]["whom"]).strip()
    if len(whom) < len(found[0]["whom"].strip()) and not whom:
        return None
    contracts, carers = _contracts(whom), _carers(whom)
    if bool(contracts) == bool(carers) or whom != found[0]["whom"].strip():
        return None  # a kind of a kind is another limit
    about = f"{sentence[: found[0].start()]} {found[0]['what']}"
    return Limit(whom, contracts or carers, tuple(keys_of(about)), bool(contracts))


def _is_named(limit: Limit, told: Told) -> bool:
    """Whether the asker names what is limited."""
    return any(
        key == other or (len(key) >= STEM_LETTERS and key[: STEM_LETTERS - 1] == other[: STEM_LETTERS - 1])
        for key in limit.keys
        for other in told.keys
    )


@lru_cache(maxsize=4_000)
def _contracts(text: str) -> frozenset[str]:
    """The kinds of contract that a text names: 'een standaard- of maatwerkovereenkomst'."""
    return frozenset(_kinds(fold(text)))


def _kinds(folded: str) -> Iterator[str]:
    for found in _CONTRACT.finditer(folded):
        kind = found["kind"] or found["cut"] or found["en"]
        if kind not in _NO_KIND:
            yield _ENGLISH.get(kind, kind)


@lru_cache(maxsize=4_000)
def _carers(text: str) -> frozenset[str]:
    """The kinds of care and of providers that a text names."""
    return frozenset(mention.term.concept for mention in load_thesaurus().find(text) if mention.term.kind in CARE_KINDS)


def _given(limit: Limit, told: Told) -> str:
    if limit.is_contract:
        return ", ".join(sorted(f"{kind}overeenkomst" for kind in _contracts(told.text)))
    named = [mention for mention in load_thesaurus().find(told.text) if mention.term.kind in CARE_KINDS]
    return " ".join(words(told.text)[named[0].start : named[0].end])
