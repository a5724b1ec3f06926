"""Amounts: 'meer dan 80 fte', 'ASA 2 of lager', 'minimaal € 250.000 of 15%', against what the asker tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.facts import AskerFact
from assistant.prose import function_words as fw
from assistant.quoted.held import Held, Outcome, Side, leaves_open
from assistant.quoted.told import Told, also_called, keys_of, shared
from assistant.ranges import range_of
from assistant.turn import Language
from knowledge.dutch import fold
from knowledge.quantities import Quantity, find_quantities, find_shares
from knowledge.quantity_words import CLASS_SCALES
from knowledge.rules.logic import AMOUNT_TESTS
from knowledge.rules.wording import tell_amount, tell_number

PLAUSIBLE = 30
"""Money this many times more or less than a limit measures something else."""
NAMES_NEEDED = 2
"""So many words must be shared where a share or a length is compared: a share of what, and what has it."""

_TELLS_ITSELF = frozenset({"fte", "eur"})
"""Units in which a figure says by itself what it may be."""
_NAMED = frozenset({"percent", "hour", "day", "week", "month", "year", "working_day"})
"""Units in which all kinds of things are measured."""
_COMPARED = frozenset(
    {"eur", "percent", "fte", "count", "number", "hour", "day", "week", "month", "year", "working_day"}
)
_RATIO = re.compile(
    r"\b(?:per|elke|iedere|each|every)\s+(?:\d|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|two|three|four|five|ten)\b)"
)
_EACH_BEHIND = re.compile(r"^\W*(?:per|elk|elke|ieder|iedere|each|apiece)\b")
_A_KIND = re.compile(
    r"\W*(?:een|a|an)\s+(?P<kind>(?:\w+sche?\s+)?\w+)\s+(?:buiten|binnen|in|met|van|die|with|outside|of)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\b(?:of|or)\b")
_SCOPE = re.compile(
    r"\b(?:geldt|gelden|van toepassing|applies|apply|applicable|komt in aanmerking|komen in aanmerking|qualif\w+)\b"
)
_OF_WHOM = re.compile(r"\b(?P<who>\w+)\s+(?:met|vanaf|with|from)\s+(?:een\s+\w+\s+(?:van\s+)?)?$")


@dataclass(frozen=True)
class Threshold:
    """A bounded amount of a sentence; `names`: words of its part of the sentence that say what is measured."""

    quantity: Quantity
    names: tuple[str, ...]


def hold_amounts(sentence: str, told: Told) -> Held | None:
    """The sentence's amounts against the asker's; None where one of them is not told, or it cannot be told which."""
    thresholds = thresholds_of(sentence)
    joint = _joint(sentence, thresholds)
    if not thresholds or joint is None or _is_of_others(sentence, told):
        return None
    sides = [_held_against(threshold, sentence, told) for threshold in thresholds]
    if joint == "any" and any(sides):  # who tells one of two alternatives tells the other by its unit
        sides = [
            side or _held_against(each, sentence, told, alone=True)
            for side, each in zip(sides, thresholds, strict=True)
        ]
    known = [side for side in sides if side is not None]
    outcome = _joined([side.outcome if side else None for side in sides], joint)
    if outcome is None:
        return None
    telling = tuple(side for side in known if side.outcome == outcome)
    return Held(
        "amount", outcome, "", "", sides=telling, is_scope=_is_scope(sentence, thresholds[0]),
        is_open=leaves_open(sentence),
    )  # fmt: skip


def _is_of_others(sentence: str, told: Told) -> bool:
    """Whether a sentence is about a kind that the asker does not name: 'Een trombosedienst met minder dan ...'."""
    opening = _A_KIND.match(sentence)
    if opening is None:
        return False
    keys = keys_of(opening["kind"])
    return bool(keys) and not shared(tuple(keys), told.keys) and not _meant(keys, told)


@lru_cache(maxsize=20_000)  # the sentences of a snapshot come back
def thresholds_of(sentence: str) -> tuple[Threshold, ...]:
    """The amounts of a sentence that are bounded; none where one is a range, about so much, or per so many."""
    if _RATIO.search(fold(sentence)):
        return ()
    found = sorted((*find_quantities(sentence), *find_shares(sentence)), key=lambda quantity: quantity.start)
    found = [each for each in found if each.unit in _COMPARED]
    bounded = [each for each in found if each.bound != "exactly"]
    if any(each.in_range or each.approximate for each in bounded):
        return ()
    thresholds = []
    for at, quantity in enumerate(bounded):
        start = bounded[at - 1].end if at else 0
        end = bounded[at + 1].start if at + 1 < len(bounded) else len(sentence)
        first, last = _span(quantity, sentence)
        around = f"{sentence[start:first]} {_BOUND_WORDS.sub('', sentence[last:end])}"
        names = (quantity.noun,) if quantity.unit in ("count", "number") else tuple(keys_of(around).values())
        thresholds.append(Threshold(quantity, tuple(name for name in names if name)))
    return tuple(thresholds)


def _joint(sentence: str, thresholds: Sequence[Threshold]) -> str | None:
    """How several amounts hang together: 'any' or 'all'; None where one unit occurs twice or only some are joined."""
    units = [
        (each.quantity.unit, fold(each.quantity.noun) if each.quantity.unit == "count" else "") for each in thresholds
    ]
    if len(set(units)) < len(units):
        return None
    between = [fold(sentence[one.quantity.end : two.quantity.start]) for one, two in pairwise(thresholds)]
    either = [_EITHER.search(_without_or_less(words)) is not None for words in between]
    if not any(either):
        return "all"
    return "any" if all(either) and not any(";" in words for words in between) else None


def _without_or_less(words: str) -> str:
    """The words behind an amount but for those that bound it: 'of lager'."""
    return re.sub(
        r"^\W*(?:of|en|or|and)\s+(?:meer|minder|hoger|lager|langer|more|less|higher|lower|fewer)\b", "", words
    )


def _joined(outcomes: Sequence[Outcome | None], joint: str) -> Outcome | None:
    """What the outcomes come to together: one is enough for 'any', all are needed for 'all'."""
    deciding: Outcome = "met" if joint == "any" else "not_met"
    if deciding in outcomes:
        return deciding
    return None if None in outcomes else outcomes[0]


def _held_against(threshold: Threshold, sentence: str, told: Told, *, alone: bool = False) -> Side | None:
    limit = threshold.quantity
    fact = _told_amount(threshold, told, alone=alone)
    if fact is None or not isinstance(fact.value, Decimal):
        return None
    if fact.reason == "sum" and _EACH_BEHIND.match(fold(sentence[limit.end :])):
        return None
    ends = {
        AMOUNT_TESTS[limit.bound](end, limit.value)
        for end in range_of(fact.value, fact.bound, approximate=fact.approximate)
    }
    if len(ends) != 1:
        return None
    is_sum = fact.reason == "sum"
    given = _sum_text(fact.value, limit, told.language) if is_sum else _text_of(fact, told)
    outcome: Outcome = "met" if ends.pop() else "not_met"
    return Side(
        outcome,
        limit.bound,
        " ".join(sentence[slice(*_span(limit, sentence))].split()),
        given,
        limit.value,
        fact.value,
        is_sum,
    )


def _told_amount(threshold: Threshold, told: Told, *, alone: bool) -> AskerFact | None:
    limit, names = threshold.quantity, threshold.names
    if limit.unit == "number" and not CLASS_SCALES.search(f"{limit.noun} "):
        return None
    keys = keys_of(" ".join(names))
    near = [key for key in keys if key in {*shared(tuple(keys), told.keys), *_meant(keys, told)}]
    is_named = len(near) >= min(NAMES_NEEDED, len(keys)) or (
        limit.unit == "percent" and list(keys)[-1:] == [*near][-1:]
    )
    if limit.unit in _NAMED and not alone and not is_named:
        return None
    named = (*names, *(other for key in near for other in also_called(keys[key])))
    fact = told.amount(limit.unit, named, alone=alone or limit.unit in _TELLS_ITSELF)
    if fact is None or not isinstance(fact.value, Decimal):
        return None
    if limit.unit == "eur" and not limit.value / PLAUSIBLE <= fact.value <= limit.value * PLAUSIBLE:
        return None
    return fact


def _meant(keys: Mapping[str, str], told: Told) -> list[str]:
    """Those of the words for which the asker has another name: 'vast personeel' for 'loondienst'."""
    return [key for key, word in keys.items() if any(name in told.concepts for name in also_called(word)[:1])]


def _span(limit: Quantity, sentence: str) -> tuple[int, int]:
    """Where an amount stands with its scale and the words that bound it."""
    start = limit.start
    if limit.unit == "number" and (scale := CLASS_SCALES.search(sentence[:start])):
        start = scale.start()
    if lead := _BOUND_WORDS.search(sentence[:start]):
        start = lead.start()
    behind = _BOUND_BEHIND.match(sentence, limit.end)
    return start, behind.end() if behind else limit.end


_BOUND_WORDS = re.compile(
    r"(?:niet\s+)?(?:(?:(?:meer|minder|hoger|lager|groter|kleiner|langer|korter|more|less|fewer|higher|lower|larger)\s+"
    r"(?:dan|than))|minimaal|minstens|min\.|ten\s*minste|op\s+zijn\s+minst|maximaal|max\.|hooguit|hoogstens|ten\s+hoogste|"
    r"vanaf|boven|onder|at\s+least|at\s+most|above|below|under|over|tot\s+en\s+met|tot|t/m|up\s+to|[<>≤≥]=?)"
    r"(?:\s+(?:de|het|een|the))?\s*$",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(
    r"\s*(?:of|en|or|and)\s+(?:meer|minder|hoger|lager|langer|groter|kleiner|more|less|higher|lower|fewer)\b",
    re.IGNORECASE,
)


def _text_of(fact: AskerFact, told: Told) -> str:
    """The asker's amount in his words, a class with its scale in front."""
    scale = CLASS_SCALES.search(told.text, max(0, fact.start - 20), fact.start)
    return " ".join(told.text[scale.start() if scale else fact.start : fact.end].split())


def _sum_text(value: Decimal, limit: Quantity, language: Language) -> str:
    """A sum as it is said: '1,1 fte' or '1.1 FTE'."""
    if limit.unit == "count":
        return f"{tell_number(value).in_language(language)} {limit.noun}"
    return tell_amount(value, limit.unit).in_language(language)


def _is_scope(sentence: str, threshold: Threshold) -> bool:
    """Whether the amount tells for whom the sentence holds, and is no demand."""
    before = fold(sentence[: threshold.quantity.start])
    bound = _BOUND_WORDS.search(before)
    whom = _OF_WHOM.search(before[: bound.start()] if bound else before)
    if whom and whom["who"] not in fw.POSSESSING | fw.WITH_OF_VERBS | fw.ASKING and not whom["who"].endswith("t"):
        return True
    return _SCOPE.search(fold(sentence)) is not None
