"""A follow-up completed with what it goes on from, for search.

A question in a running conversation can be meant in several ways: as it stands, as one about the care
type of before, or as one more about what was asked last ("en voor verloskunde?", "hoezo?"). Its form
tells which of them is likeliest; which is meant is told by what the policies answer, where that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import NamedTuple

from assistant.going_on import GoingOn
from assistant.guard.off_topic import off_topic
from assistant.planning import acts_of
from assistant.question import CHANNEL_WORDS, read_asked
from assistant.starting_anew import behind_anew, drops_all, starts_anew
from assistant.turn import HistoryTurn
from assistant.turn_form import (
    adds_to_names,
    asks_channel,
    kind_of,
    mentions_in,
    names_in,
    names_many,
    own_words,
    points_back,
    says_itself,
    supposes,
    tells,
    without_opening,
)

Fits = Callable[[str, str], float]
"""How near a text is to a question that the policies answer: about 1 for such a question itself, less the farther.

The second text is the question that the first goes on from, "" for none: what it was near to by itself says nothing of
what was added, so that only what the whole is nearer to counts.
"""

_WHEN = "wanneer"
_UNDONE = re.compile(r"\b(?:niet|geen|zonder|not|no|don't|doesn't|didn't|won't|without)\b")
_CONTRACT = re.compile(r"\b(?:\w*contract|\w*overeenkomst|agreement)\b")
_FOLLOWS = re.compile(r"\b(?:gevolg\w*|gebeurt|betekent|consequen\w*|happens|mean)\b")
_ASKS_MORE = re.compile(r"\b(?:wanneer|wat|welke?|wie|waar\w*|hoe\w*|when|what|which|who|where|how)\b")
_CASE = re.compile(r"\b(?:met|zonder|with|without) \w+")
"""What only tells of which case something is asked: 'en de apotheek zonder onderhandeling?'."""
_WHAT_FOLLOWS = {"nl": ("wat gebeurt er", ", zonder contract"), "en": ("what happens", ", without a contract")}
"""How it is asked what follows where a step is not taken, and what who does not sign is left with."""
_IF = re.compile(r"^(?:wat |what )?(?=(?:als|indien|stel|if|suppose|zonder|without)\b)")
LEAD = 0.1
"""How much nearer another reading must be than the one that is likeliest by its form."""
ALONE, STANDS, STANDS_UNPOINTED = 0.9, 0.65, 0.5
"""How near to a question that the policies answer a fragment is by itself when it is one; how near at least a question
is that stands by itself, where it points back and where it does not."""


class _Thread(NamedTuple):
    """What a conversation goes on from: the question that opened its subject, and the one asked last."""

    opening: str
    last: str


class _Reading(NamedTuple):
    """A way in which a question may be meant, and the question that it then goes on from ("" for none)."""

    text: str
    goes_on_from: str = ""


def complete(question: str, history: Sequence[HistoryTurn], fits: Fits | None = None) -> str:
    """`question` with what it goes on from in front; as it is where it says itself what it asks.

    With `fits` the ways in which it may be meant are held against what the policies answer, and the nearest is given.
    """
    if starts_anew(question):
        return behind_anew(question)
    thread = _thread(history, fits)
    if thread is None:
        return question
    undone = _undone(question)
    if undone is not None and (fits is None or fits(undone, "") >= STANDS_UNPOINTED):
        return undone
    if says_itself(question):
        going_on = _going_on(thread.last, question)
        stands = STANDS if points_back(without_opening(question)) else STANDS_UNPOINTED
        if fits is None or fits(question, "") < stands:  # what is near to nothing by itself goes on from something
            going_on = _Reading(going_on.text)
        readings = (_Reading(question), _Reading(_with_care(question, thread.opening)), going_on)
        if supposes(question):  # "en als we wel onderhandelen, hoe lang hebben we dan?" asks the same for another case
            readings = (going_on, *readings[:2])
        return _nearest(readings, fits).text
    if _asks_other_act(thread.last, question):
        return _with_care(f"{_WHEN} {question}", thread.opening)
    longer = _Reading(_going_on(thread.last, question).text)
    if not (_asks_same_kind(thread.opening, question) or _asks_next_step(thread, question)):
        longer = _nearest((longer, _going_on(thread.opening, question)), fits)
    alone = _with_care(question, thread.opening)
    if fits is None or not _may_stand_alone(question) or fits(alone, "") < ALONE:
        return longer.text
    return alone if fits(alone, "") > fits(longer.text, thread.last) + LEAD else longer.text


def readings(question: str, history: Sequence[HistoryTurn], fits: Fits | None = None) -> tuple[str, str] | None:
    """`question` within the care type talked of, and as going on from the question before.

    None where it goes on from nothing, or has no words of its own by which the two could be told apart.
    """
    thread = _thread(history, fits)
    if thread is None or starts_anew(question) or not adds_to_names(question):
        return None
    undone = _undone(question)
    if undone is not None:
        return _with_care(undone, thread.opening), undone
    return _with_care(question, thread.opening), _going_on(thread.last, question).text


def _thread(history: Sequence[HistoryTurn], fits: Fits | None) -> _Thread | None:
    """What the questions so far lead to; None where nothing was asked."""
    asked = (turn.content for turn in history if turn.role == "user" and off_topic(turn.content) is None)
    thread: _Thread | None = reduce(partial(_after, fits=fits), asked, None)
    return thread


def still_counting(question: str, history: Sequence[HistoryTurn]) -> tuple[HistoryTurn, ...]:
    """The turns before `question` that hold yet: those from the last one on that drops all before it."""
    if drops_all(question):
        return ()
    dropped = [place for place, turn in enumerate(history) if turn.role == "user" and drops_all(turn.content)]
    return tuple(history[dropped[-1] :] if dropped else history)


def goes_on(question: str, history: Sequence[HistoryTurn]) -> GoingOn | None:
    """`question` read as going on from what was asked last, whatever its form; None where nothing was asked."""
    asked = [turn.content for turn in history if turn.role == "user" and off_topic(turn.content) is None]
    if not asked or starts_anew(question):
        return None
    answer = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    return GoingOn(_going_on(asked[-1], question).text, answer)


def _nearest(readings: Sequence[_Reading], fits: Fits | None) -> _Reading:
    """The reading nearest to what the policies answer: the first, unless another is clearly nearer."""
    likeliest, *others = readings
    if fits is None:
        return likeliest
    nearness = {reading: fits(*reading) for reading in others}
    nearest = max(others, key=lambda reading: nearness[reading])
    return nearest if nearness[nearest] > fits(*likeliest) + LEAD else likeliest


def _after(thread: _Thread | None, question: str, fits: Fits | None) -> _Thread:
    """The thread after one more question."""
    if thread is None or starts_anew(question):
        anew = behind_anew(question)
        return _Thread(anew, anew)
    opening = thread.opening if names_many(question) else _switched(thread.opening, question)
    if tells(question):
        return _Thread(opening, thread.last)
    if says_itself(question) and points_back(without_opening(question)):
        return _Thread(opening, f"{thread.last} {question}")
    if says_itself(question) or (fits and _may_stand_alone(question) and fits(question, "") >= ALONE):
        return _Thread(opening, question)
    if _asks_other_act(thread.last, question):
        return _Thread(opening, _with_care(f"{_WHEN} {question}", opening))
    last = _switched(thread.last, question)
    adds = last == thread.last and own_words(without_opening(question)) and not asks_channel(question)
    return _Thread(opening, f"{last} {question}" if adds else last)


def _going_on(before: str, question: str) -> _Reading:
    """A question read as going on from the one before; one for another care type asks the same once more."""
    switched = _switched(before, question)
    return _Reading(f"{switched} {question}", before if switched == before else "")


def _undone(question: str) -> str | None:
    """A question that puts the case that a step is not taken, or that there is no contract, as asking what follows.

    'En als we niet tekenen?' does not ask once more until when one can sign, and no care type makes a difference. None
    where something else is asked.
    """
    rest = without_opening(question)
    if not supposes(question) or _UNDONE.search(rest) is None:
        return None
    if not (acts_of(rest) or _CONTRACT.search(rest)):
        return None
    if _FOLLOWS.search(rest):
        return rest
    case = _IF.sub("", rest)
    if "," in case or _ASKS_MORE.search(case):
        return None
    language = "en" if case.startswith(("if", "suppose", "without")) else "nl"
    what, without = _WHAT_FOLLOWS[language]
    return f"{what} {case}{without if 'sign' in acts_of(case) else ''}"


def _asks_other_act(before: str, question: str) -> bool:
    """Whether a fragment asks when another step is due than the question before did: 'en de publicatie?'.

    The words for that step would only lead back to it.
    """
    acts = acts_of(question)
    return bool(acts) and read_asked(before).when and bool(acts_of(before)) and not acts & acts_of(before)


def _asks_same_kind(before: str, question: str) -> bool:
    """Whether a question has nothing but a question word, and that before asked for the same: 'en wanneer?'."""
    asked, earlier = read_asked(question), read_asked(before)
    is_bare = not own_words(without_opening(question))
    return is_bare and ((asked.when and earlier.when) or (asked.contact and earlier.contact))


def _asks_next_step(thread: _Thread, question: str) -> bool:
    """Whether only another care type or insurer is named, of which the step that was asked about last is asked."""
    only_names = bool(names_in(question)) and not adds_to_names(question)
    return only_names and bool(acts_of(thread.last) - acts_of(thread.opening))


def _may_stand_alone(question: str) -> bool:
    """Whether a fragment may name the very thing asked for: 'en het postadres?', not 'en als dat mei wordt?'."""
    rest = without_opening(question)
    is_named = any(word not in CHANNEL_WORDS for word in own_words(rest))
    names_only = not (adds_to_names(question) and adds_to_names(_CASE.sub("", rest)))
    has_figure = any(character.isdigit() for character in rest)
    return is_named and not names_only and not has_figure and not points_back(rest) and not tells(question)


def _with_care(question: str, opening: str) -> str:
    """`question` with what the conversation is about in front, where it names no care type."""
    named = names_in(question)
    if "care" in named:
        return question
    return " ".join([*dict.fromkeys(name for names in names_in(opening).values() for name in names), question])


def _switched(before: str, question: str) -> str:
    """The question before with the care types and insurers of this one in the place of its own."""
    named = names_in(question)
    tokens, mentions = mentions_in(before)
    told: list[str] = []
    at = 0
    placed: set[str] = set()
    for mention in mentions:
        kind = kind_of(mention)
        if kind in named and mention.start >= at:
            told += [*tokens[at : mention.start], *(() if kind in placed else dict.fromkeys(named[kind]))]
            placed.add(kind)
            at = mention.end
    return " ".join([*told, *tokens[at:]]) if placed else before
