"""Whether the words around a mention leave it open: doubted, on its way, wished for or still running."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.tokens import holds_apart, holds_run
from knowledge.numerals import NUMBER_WORDS

PROCESS_WORDS = 6
"""How far behind 'de aanvraag' it may stand that it runs."""


def doubt_of(
    words: Sequence[str], before_mention: Sequence[str], behind: Sequence[str] = (), *, asked: bool = False
) -> str:
    """Why a clause leaves its statement open; empty where it does not. `asked`: 'is ... mogelijk?' doubts nothing."""
    if not asked and any(holds_run(words, hedge) for hedge in hw.HEDGES) and not _is_considered(words):
        return "not sure"
    if any(word in hw.ALMOST for word in before_mention[-3:]) or _is_almost(behind):
        return "almost"
    return ""


def _is_almost(words: Sequence[str]) -> bool:
    """Whether what is told is nearly so: 'onze audit is bijna klaar'; 'bijna drie jaar' is only an amount."""
    return any(
        word in hw.ALMOST and following not in NUMBER_WORDS and not following[:1].isdigit()
        for word, following in pairwise((*words, ""))
    )


def _is_considered(words: Sequence[str]) -> bool:
    """Whether all that hedges is 'we denken erover', which tells of a plan."""
    rest = [
        ""
        if word in ("denk", "denken", "think") and words[at + 1 : at + 2] and words[at + 1] in hw.CONSIDERED
        else word
        for at, word in enumerate(words)
    ]
    return not any(holds_run(rest, hedge) for hedge in hw.HEDGES)


def is_not_yet(words: Sequence[str], *, governed: bool = False) -> bool:
    """Whether a clause says outright that what it names is not there yet; `governed`: 'met' stands in front of it."""
    return _is_in_process(words) or any(
        holds_run(words, run) for run in hw.NOT_YET if not (governed and run in hw.ALREADY_APPLIED)
    )


def _is_in_process(words: Sequence[str]) -> bool:
    """Whether the getting of it still runs: 'onze aanmelding bij X loopt nog'; what runs 'tot 2030' is there."""
    return any(
        word in ("loopt", "lopen")
        and any(other in hw.PROCESSES for other in words[max(0, at - PROCESS_WORDS) : at])
        and not any(other in hw.RUNNING_ON for other in words[at + 1 :])
        for at, word in enumerate(words)
    )


def is_coming(words: Sequence[str], *, governed: bool, outright: bool = False) -> bool:
    """Whether a clause says that what it names is on its way.

    `governed`: 'met' stands in front of the mention. `outright`: it is stated, and a later time is when it is so.
    """
    if any(word in hw.ENDING for word in words) or holds_apart(words, hw.RUNNING_OUT, "af"):
        return False
    if "bezig" in words and any(word in hw.GETTING and word not in fw.BEING for word in words):
        return True
    if is_not_yet(words, governed=governed):
        return True
    return not outright and any(
        tuple(words[at : at + len(run)]) == run and not (at and words[at - 1] in hw.FOR_LATER)
        for run in hw.LATER
        if run[0] in words
        for at in range(len(words))
    )


def is_left_open(words: Sequence[str]) -> bool:
    """Whether a clause says that something still runs or matters, which tells neither that it is there nor that not."""
    valued = any(holds_apart(words, hw.VALUING, mattering) for mattering in ("belangrijk", "important"))
    return valued or any(holds_run(words, run) for run in hw.STILL_OPEN)


def is_wished(words: Sequence[str], mentioned: str) -> bool:
    """Whether a clause tells what one wants to get or become; what one wants to do ('onderhandelen') is no wish."""
    if any(word in hw.EXPECTING for word in words):
        return True
    if not any(word in hw.WISHES for word in words) or mentioned in hw.GETTING:
        return False
    wanting = next((at for at, word in enumerate(words) if word in hw.MERE_WISHES), -1)
    if wanting >= 0 and not any(w.endswith("en") and len(w) > 3 for w in (mentioned, *words[wanting + 1 :])):
        return True  # 'wij willen een contract'
    return any(word in hw.GETTING for word in words) or ("graag" in words and not mentioned.endswith("en"))
