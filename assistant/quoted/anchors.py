"""What a term or a first day counts from, and the one day that the asker tells for that very event."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.prose.days import ToldDay
from assistant.quoted.told import Told, events_of, keys_of, shared
from knowledge.dutch import fold

_NAMED = {
    "complete": r"\b(?:in)?complee?te?\b|\bvolledige?\b|\b(?:lag|lagen|ligt|liggen|is|was) alles\b|"
    r"\balles .{0,40}\b(?:binnen|aangeleverd|(?:in|op|ver)ge?stuu?rd|(?:in|op)sturen|ingediend|indienen)\b|"
    r"\beverything\b",
    "dated": r"\bdagteken\w*|\bgedateerd\b|\bbrief is van\b|\bbrief van\b|\bdated\b|\bletter (?:is )?(?:from|of)\b",
    "reject": r"\bafwijz\w*|\bafgewezen\b|\breject\w*",
    "decide": r"\bbeslis\w*|\bbesluit\w*|\bbesloten\b|\bdeci(?:de|ded|sion)\b",
    "send": r"\bver(?:zend\w*|zonden|stuur\w*|sturen)\b|\btoe(?:ge)?(?:zend\w*|zonden|stuurd|sturen)\b|\bdispatch\w*",
    "deliver": r"\baf(?:ge)?lever\w*|\bdeliver\w*",
    "treat": r"\bbehandel(?:datum|dag|d|de|den)\b|\b(?:dag|datum) van (?:de )?behandeling\b|"
    r"\btreat(?:ed|ment (?:date|day))\b",
    "refer": r"\bverwijz\w*|\bverwezen\b|\breferr\w*",
    "take over": r"\bover(?:name|namedatum|genomen|nemen|neemt|neem)\b|"
    r"\b(?:neem|neemt|nemen|koop|koopt|kopen) .{0,80}\bover\b"
    r"|\btak(?:e|es|en|ing) .{0,60}\bover\b|\btakeover\b|\bacquisition\b",
    "move": r"\bverhuiz\w*|\bverhuis\w*|\bmov(?:e|ed|ing)\b|\brelocat\w*",
    "admit": r"\bopname(?:dag|datum)?\b|\bopgenomen\b|\badmi(?:tted|ssion)\b",
    "discharge": r"\bontslag\b|\bontslagen\b|\bdischarg\w*",
    "die": r"\boverl(?:ijden|eden)\b|\bdeath\b|\bdied\b",
    "begin": r"\bstartdatum\b|\bstart(?:te|ten)?\b|\bgestart\b|\bbegin\b|\bbegonnen\b|\bbegon\b|\bstarted\b",
    "approve": r"\bgoedkeur\w*|\bgoedgekeurd\b|\bapprov\w*",
    "invoice": r"\bfactu(?:ur|ren)\w*|\bfactuurdatum\b|\binvoice\w*",
    "placed": r"\bklaar ?gezet\b|\bklaarzet\w*|\bklaar ?st(?:aat|aan|ond)\b|"
    r"\bst(?:aat|ond|aan) .{0,40}\b(?:klaar|portaal|vecozo)\b",
}  # fmt: skip
_COMPILED = {name: re.compile(pattern) for name, pattern in _NAMED.items()}
"""What happens on a day, as a noun in a policy and as a verb in a question."""
_AN_APPLICATION = frozenset({"apply", "complete"})
_AT_INSURER = re.compile(r"\b(?:bij (?:jullie|u|hen|hun|de verzekeraar)|with you|by you|to you)\b")


@lru_cache(maxsize=4_000)  # the anchors of a snapshot come back
def happenings_of(text: str) -> frozenset[str]:
    """What happens in a text, by name; more of it than `events_of`, which also tells what whole sentences are about."""
    folded = fold(text)
    return events_of(text) | {name for name, pattern in _COMPILED.items() if pattern.search(folded)}


def day_of(anchor: str, told: Told, *, is_back: bool = False) -> ToldDay | None:
    """The one day that the asker tells for the event that `anchor` names; None where he tells none, or several.

    `is_back`: it is counted back from the event, which is often asked for itself: only the day's own clause counts.
    """
    days = [day for day in told.days if day.value.kind == "exact" and day.value.bound in ("on", "from")]
    if not anchor.strip():
        return None
    if not is_back and len({day.value.first for day in days}) == 1:
        return next((day for day in days if _begins_on(anchor, told.sentence_at(day))), None)
    fitting = [day for day in days if _begins_on(anchor, told.clause_at(day))]
    return fitting[0] if len({day.value.first for day in fitting}) == 1 else None


def _begins_on(anchor: str, sentence: str) -> bool:
    """Whether the asker's words tell of the event that is counted from."""
    own, theirs = happenings_of(sentence), happenings_of(anchor)
    common = own & theirs
    if common == {"receive"} and theirs & _AN_APPLICATION:
        return _AT_INSURER.search(fold(sentence)) is not None  # what the asker received is no application
    if theirs:
        return bool(common)
    return bool(shared(tuple(keys_of(anchor)), frozenset(keys_of(sentence))))
