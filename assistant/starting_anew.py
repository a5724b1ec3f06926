"""Turns that start anew: 'andere vraag: ...', and those by which nothing said before holds: 'ik begin opnieuw'.

Such words open a turn or one of its sentences, or stand behind a word or two: 'grapje, laat maar zitten'.
"""

from __future__ import annotations

import re

from knowledge.dutch import fold, words

FEWEST_ASKED = 3
"""Words that a text has at least where it asks something."""
_AT = r"(?:^\W*+|(?<![.!?])[.!?]\W++|^(?:\w+\W+){1,3}?(?<=[,;:] )\W*+)"
"""Each run of signs is read once and never given back: a page of '????' would take minutes otherwise."""
_BEFORE = r"(?:(?:oke|ok|nou|nee|ach|dan|even|nog|en|maar|dus|eens|een|now|and) )*"
_OTHER = (
    r"laat maar(?: zitten)?|never ?mind|(?:nieuwe|andere|ander soort) vraag|(?:ander|nieuw) onderwerp|"
    r"(?:iets|wat) (?:(?:heel|totaal|compleet|geheel) )?anders(?! (?:dan|doen|is|was|wordt)\b)|"
    r"(?:new|another|different) question|something (?:else|different)"
)
_DROPPED = (
    r"(?:vergeet|forget) (?:dat|dit|het|alles|that|this|it|everything)(?: even| maar)*"
    r"(?! (?:we|wij|ik|je|u|ze|er|de|een|i|the)\b)|"
    r"(?:(?:ik|we|wij) )?(?:begin(?:nen)?|start(?:en)?) (?:even |weer |nu )?opnieuw|opnieuw(?=\W*(?:$|[,.:;!]))|reset|"
    r"(?:let me |i'll |let's )?start (?:over|again)|"
    r"(?:ik|we|wij) (?:heb|hebben) (?:nu |net )?(?:een )?(?:ander|nieuw)e? \w+ aan de (?:lijn|telefoon)"
)
"""Of whom the talk was does not hold any longer either."""
_ANEW = re.compile(rf"{_AT}{_BEFORE}(?:{_OTHER}|(?P<dropped>{_DROPPED}))\b")


def starts_anew(text: str) -> bool:
    """Whether a text says that what comes has nothing to do with what was asked before: 'andere vraag: ...'."""
    return _ANEW.search(fold(text)) is not None


def drops_all(text: str) -> bool:
    """Whether a text says that nothing said before holds any longer: 'vergeet dit even', 'ik begin opnieuw'."""
    return any(match["dropped"] for match in _ANEW.finditer(fold(text)))


def behind_anew(text: str) -> str:
    """What a text goes on with behind the words that start anew; all of it where it has none, or little behind them."""
    folded = fold(text)
    end = max((match.end() for match in _ANEW.finditer(folded)), default=0)
    rest = text[end:].lstrip(" ,.:;!?-") if len(folded) == len(text) else text
    if len(words(rest)) < FEWEST_ASKED:
        return text
    return behind_anew(rest) if len(rest) < len(text) else text
