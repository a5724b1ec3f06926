"""A follow-up completed with what it goes on from, for search.

A question in a running conversation can be meant in several ways: as it stands, as one about the care
type of before, or as one more about what was asked last ("en voor verloskunde?", "hoezo?"). Its form
tells which of them is likeliest; which is meant is told by what the policies answer, where that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, reduce
from typing import NamedTuple

from assistant.guard.off_topic import off_topic
from assistant.turn import HistoryTurn
from knowledge.dutch import fold, words
from knowledge.lexical import content_words
from knowledge.thesaurus import Mention, load_insurers, load_thesaurus

Fits = Callable[[str], float]
"""How near a text is to a question that the policies answer: about 1 for such a question itself, less the farther."""

LEAD = 0.1
"""How much nearer another reading must be than the one that is likeliest by its form."""
SWITCH_WORDS, SHORT_WORDS, PRONOUN_WORDS = 3, 2, 1
"""The most words of its own that a fragment has which names another care type, that any other fragment has, and that a
question has which points back: with more it says what it is about."""

_OPENS = re.compile(
    r"^(?:en|maar|oke|ok|okay|top|prima|goed|dus|dan|nou|sorry|nee|ja|wacht|oh|ah|oeps|foutje|pardon|trouwens|even|nog|"
    r"terug|weer|and|but|so|no|yes|wait|hmm|eh|ehm)\b[ ,.!:;]*"
)
"""How people begin what they go on with."""
_ASKS = re.compile(
    r"\b(?:wanneer|wnr|wat|welke?|wie|waar\w*|hoe\w*|when|what|which|who|whom|where|how)\b|"
    r"^(?:is|zijn|mag|mogen|moet|moeten|kan|kunnen|heeft|hebben|geldt|gelden|wordt|worden|krijg\w*|val|valt|vallen|ben|"
    r"staa[nt]?|sta|telt|hoef\w*|does|do|are|can|may|must|should|will)\b"
)
_WHY = re.compile(r"^(?:hoezo|waarom|why|hoe (?:dan|dat))\b")
_REGARDS = re.compile(r"^(?:qua|wat betreft|regarding)\b")
_POINTS_BACK = re.compile(
    r"\b(?:dat(?! (?:er|ik|we|wij|u|een|de|het|je)\b)|die|dit|deze|daar\w*|hier\w*|hem|ze|"
    r"it|that|those|there|they|them)\b(?: +(\w+))?"
)
"""Words that point back, with the word after them; 'dat' that opens a clause ('ik merk dat er ...') is none."""
_ANEW = re.compile(
    r"^\W*(?:laat maar|(?:nieuwe|andere) vraag|iets anders|ander onderwerp|(?:begin )?opnieuw|reset|"
    r"(?:new|another) question|start over|something else|never mind)\b"
)
_ASKING = frozenset(
    """wanneer uiterlijk uiterste tot binnen datum dag hoeveel welke waarheen deadline precies eigenlijk graag krijg
    krijgen krijgt komt komen moest willen zoek weten vraag vragen hallo goedemorgen goedemiddag hoi
    bedoel bedoelde mean meant""".split()
)
"""Words that only ask or set right; what is asked about is said by others."""
_NO_CARE_TYPE = frozenset(
    {
        "fte",
        "zorgaanbieder",
        "personeel in loondienst",
        "gecontracteerde zorgaanbieder",
        "niet-gecontracteerde zorgaanbieder",
        "zorgpad",
        "behandelaanbod",
        "zorgsoort",
        "doorverwijzen",
    }
)
"""What the thesaurus has among care and providers, and nobody means by 'en voor ...?'."""


class _Thread(NamedTuple):
    """What a conversation goes on from: the question that opened its subject, and the one asked last."""

    opening: str
    last: str


def complete(question: str, history: Sequence[HistoryTurn], fits: Fits | None = None) -> str:
    """`question` with what it goes on from in front; as it is where it says itself what it asks.

    With `fits` the ways in which it may be meant are held against what the policies answer, and the nearest is given.
    """
    asked = (turn.content for turn in history if turn.role == "user" and off_topic(turn.content) is None)
    thread: _Thread | None = reduce(_after, asked, None)
    if thread is None or _ANEW.search(fold(question)):
        return question
    likeliest, *others = _readings(question, thread)
    if fits is None:
        return likeliest
    nearness = {text: fits(text) for text in others}
    nearest = max(others, key=lambda text: nearness[text])
    return nearest if nearness[nearest] > fits(likeliest) + LEAD else likeliest


def says_itself(question: str) -> bool:
    """Whether a question says what it is about, so that only its care type may have to be known from before."""
    rest = _rest(question)
    own = _own_words(rest)
    if _WHY.search(rest) or not own:
        return False
    if _REGARDS.search(rest):
        return True
    if _ASKS.search(rest):
        return len(own) > (PRONOUN_WORDS if _points_back(rest) else 0)
    return len(own) > (SWITCH_WORDS if _names(question) else SHORT_WORDS)


def asks(text: str) -> bool:
    """Whether a text asks anything: 'wij hebben 25 fte' does not."""
    return "?" in text or _ASKS.search(_rest(text)) is not None


def _after(thread: _Thread | None, question: str) -> _Thread:
    """The thread after one more question."""
    if thread is None or _ANEW.search(fold(question)):
        return _Thread(question, question)
    opening = _switched(thread.opening, question)
    if says_itself(question):
        return _Thread(opening, question)
    last = _switched(thread.last, question)
    adds = last == thread.last and _own_words(_rest(question))
    return _Thread(opening, f"{last} {question}" if adds else last)


def _readings(question: str, thread: _Thread) -> tuple[str, ...]:
    """The ways in which a question may be meant, the likeliest by its form first; at least two."""
    last, opening = (f"{_switched(before, question)} {question}" for before in (thread.last, thread.opening))
    if says_itself(question):
        return question, _with_care(question, thread.opening), last
    return last, opening


def _with_care(question: str, opening: str) -> str:
    """`question` with what the conversation is about in front, where it names no care type."""
    named = _names(question)
    if "care" in named:
        return question
    return " ".join([*dict.fromkeys(name for names in _names(opening).values() for name in names), question])


def _switched(before: str, question: str) -> str:
    """The question before with the care types and insurers of this one in the place of its own."""
    named = _names(question)
    tokens, mentions = _mentions(before)
    told: list[str] = []
    at = 0
    placed: set[str] = set()
    for mention in mentions:
        kind = _kind(mention)
        if kind in named and mention.start >= at:
            told += [*tokens[at : mention.start], *(() if kind in placed else dict.fromkeys(named[kind]))]
            placed.add(kind)
            at = mention.end
    return " ".join([*told, *tokens[at:]]) if placed else before


def _names(text: str) -> dict[str, list[str]]:
    """The care types ("care") and the insurers ("insurer") that a text names, in its own words."""
    tokens, mentions = _mentions(text)
    names: dict[str, list[str]] = {}
    for mention in mentions:
        if kind := _kind(mention):
            names.setdefault(kind, []).append(" ".join(tokens[mention.start : mention.end]))
    return names


def _mentions(text: str) -> tuple[list[str], list[Mention]]:
    plain = text.replace("-", " ")
    return words(plain), load_thesaurus().find(plain)


def _kind(mention: Mention) -> str:
    """What a mention names: "care" (a type of it or who gives it), an "insurer", or "" for neither."""
    term = mention.term
    if term.kind == "organisation":
        return "insurer" if fold(term.concept) in _insurers() else ""
    return "care" if term.kind in ("care_type", "provider_type") and term.concept not in _NO_CARE_TYPE else ""


@cache
def _insurers() -> frozenset[str]:
    return frozenset(fold(name) for name in load_insurers())


def _own_words(rest: str) -> list[str]:
    return [word for word in content_words(rest) if word not in _ASKING and not word[0].isdigit()]


def _points_back(rest: str) -> bool:
    """Whether a word that points back stands by itself: 'mail ik dat', not 'dat contract'."""
    return any(match[1] is None or not load_thesaurus().groups(match[1]) for match in _POINTS_BACK.finditer(rest))


def _rest(question: str) -> str:
    """The folded question without the words with which people go on."""
    rest = fold(question).strip(" .,!?;:'\"")
    while (match := _OPENS.match(rest)) is not None:
        rest = rest[match.end() :]
    return rest
