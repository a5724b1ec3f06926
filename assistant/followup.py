"""A follow-up completed with what it goes on from, for search.

A question in a running conversation can be meant in several ways: as it stands, as one about the care
type of before, or as one more about what was asked last ("en voor verloskunde?", "hoezo?"). Its form
tells which of them is likeliest; which is meant is told by what the policies answer, where that is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial, reduce
from typing import NamedTuple

from assistant.going_on import GoingOn
from assistant.guard.off_topic import off_topic
from assistant.planning import acts_of
from assistant.question import CHANNEL_WORDS, read_asked
from assistant.turn import HistoryTurn
from knowledge.date_words import MONTHS
from knowledge.dutch import fold, words
from knowledge.thesaurus import Mention, load_insurers, load_thesaurus
from knowledge.tokens import content_words

Fits = Callable[[str, str], float]
"""How near a text is to a question that the policies answer: about 1 for such a question itself, less the farther.

The second text is the question that the first goes on from, "" for none: what it was near to by itself says nothing of
what was added, so that only what the whole is nearer to counts.
"""

_WHEN = "wanneer"
LEAD = 0.1
"""How much nearer another reading must be than the one that is likeliest by its form."""
ALONE, STANDS, STANDS_UNPOINTED = 0.9, 0.65, 0.6
"""How near to a question that the policies answer a fragment is by itself when it is one; how near at least a question
is that stands by itself, where it points back and where it does not."""
SWITCH_WORDS, SHORT_WORDS, PRONOUN_WORDS = 3, 2, 1
"""The most words of its own that a fragment has which names another care type, that any other fragment has, and that a
question has which points back: with more it says what it is about."""

_OPENS = re.compile(
    r"^(?:en|maar|oke|ok|okay|top|prima|goed|dus|dan|nou|sorry|nee|ja|wacht|oh|ah|oeps|foutje|pardon|trouwens|even|nog|"
    r"terug|weer|and|but|so|no|yes|wait|hmm|eh|ehm|what about|how about|"
    r"hoe zit (?:het|dat|dit|'t)(?: dan)?(?: met| bij| voor)?)\b[ ,.!:;]*"
)
"""How people begin what they go on with."""
_ASKS = re.compile(
    r"\b(?:wanneer|wnr|wat|welke?|wie|waar\w*|hoe\w*|when|what|which|who|whom|where|how)\b|"
    r"^(?:is|zijn|mag|mogen|moet|moeten|kan|kunnen|heeft|hebben|geldt|gelden|wordt|worden|krijg\w*|val|valt|vallen|ben|"
    r"staa[nt]?|sta|telt|hoef\w*|does|do|are|can|may|must|should|will)\b"
)
_WHICH = re.compile(r"\b(?:wat|welke?|wie|waar\w*|hoe\w*|what|which|who|whom|where|how)\b")
_WHY = re.compile(r"^(?:hoezo|waarom|why|hoe (?:dan|dat))\b")
_REGARDS = re.compile(r"^(?:qua|wat betreft|regarding)\b")
_POINTS_BACK = re.compile(
    r"\b(?:dat(?! (?:er|ik|we|wij|u|een|de|het|je)\b)|die|dit|deze|daar\w*|hier\w*|hem|ze|"
    r"it|that|those|there|they|them|ones?)\b(?: +(\w+))?"
)
"""Words that point back, with the word after them; 'dat' that opens a clause ('ik merk dat er ...') is none."""
_SUPPOSES = re.compile(r"(?:wat )?(?:als|indien|stel|if|what if|suppose)\b")
_TELLS = re.compile(
    r"\b(?:ik|wij|we|onze?|mijn|het (?:is|zijn|was|waren|wordt|worden)|stel|i|our|my|it (?:is|was)|suppose)\b"
)
_CORRECTS = re.compile(
    r"^\W*(?:sorry|nee|wacht|oh|oeps|foutje|pardon|correctie|ik bedoel(?:de)?|oops|wait|no|i mean|i meant)\b"
)
_ANEW = re.compile(
    r"^\W*(?:laat maar|(?:nieuwe|andere) vraag|iets anders|ander onderwerp|(?:begin )?opnieuw|reset|"
    r"(?:new|another) question|start over|something else|never mind)\b"
)
_ASKING = frozenset(
    """wanneer uiterlijk uiterste tot binnen datum dag hoeveel welke waarheen deadline precies eigenlijk graag krijg
    krijgen krijgt komt komen moest willen zoek weten vraag vragen hallo goedemorgen goedemiddag hoi
    doen doe doet deed deden gedaan had hadden dagen weken maanden tijd days weeks months time
    bedoel bedoelde mean meant adres mailadres e-mailadres emailadres nummer telefoonnummer address number""".split()
)
"""Words that only ask or set right; what is asked about is said by others."""
NO_CARE_TYPE = frozenset(
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
        "minimaal 24 uur kraamzorg",
        "ligdagen kraamzorg",
        "Kraamzorg Samenwerkingsverband",
        "Verloskundig Samenwerkingsverband",
        "Landelijk Indicatieprotocol Kraamzorg",
        "Kraamzorg Landelijke Indicatie Methodiek",
        "Normenkader kraamzorg",
        "Verloskundig Vademecum",
        "maximumaantal echo's",
        "antenatale cardiotocografie",
        "uitwendige versie",
        "IUD plaatsen",
        "bevalling",
        "zwangerschap",
        "partusassistentie",
        "indicatiestelling",
        "groepsbegeleiding",
        "individuele coaching",
        "gedragsverandering",
        "klinische opname",
        "invasieve behandeling",
        "laboratoriumonderzoek",
        "dubbele diagnostiek",
        "diagnostisch toetsoverleg",
        "spiegelinformatie",
        "chronische pijn",
        "multidisciplinair overleg",
        "medisch specialist",
        "revalidatiearts",
        "gynaecoloog",
    }
)
"""What the thesaurus has among care and providers, and is a part or a means of care: nobody is contracted for it."""


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
    asked = (turn.content for turn in history if turn.role == "user" and off_topic(turn.content) is None)
    thread: _Thread | None = reduce(partial(_after, fits=fits), asked, None)
    if thread is None or _ANEW.search(fold(question)):
        return question
    if says_itself(question):
        going_on = _going_on(thread.last, question)
        stands = STANDS if _points_back(_rest(question)) else STANDS_UNPOINTED
        if fits is None or fits(question, "") < stands:  # what is near to nothing by itself goes on from something
            going_on = _Reading(going_on.text)
        readings = (_Reading(question), _Reading(_with_care(question, thread.opening)), going_on)
        if supposes(question):  # "en als we wel onderhandelen, hoe lang hebben we dan?" asks the same for another case
            readings = (going_on, *readings[:2])
        return _nearest(readings, fits).text
    if _asks_other_act(thread.last, question):
        return _with_care(f"{_WHEN} {question}", thread.opening)
    longer = _nearest((_Reading(_going_on(thread.last, question).text), _going_on(thread.opening, question)), fits)
    alone = _with_care(question, thread.opening)
    if fits is None or not _may_stand_alone(question) or fits(alone, "") < ALONE:
        return longer.text
    return alone if fits(alone, "") > fits(longer.text, thread.last) + LEAD else longer.text


def goes_on(question: str, history: Sequence[HistoryTurn]) -> GoingOn | None:
    """`question` read as going on from what was asked last, whatever its form; None where nothing was asked."""
    asked = [turn.content for turn in history if turn.role == "user" and off_topic(turn.content) is None]
    if not asked or _ANEW.search(fold(question)):
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


def says_itself(question: str) -> bool:
    """Whether a question says what it is about, so that only its care type may have to be known from before."""
    rest = _rest(question)
    own = own_words(rest)
    if _WHY.search(rest) or not own or tells(question):
        return False
    if _REGARDS.search(rest):
        return True
    if _ASKS.search(rest):
        # "hoe doen zij dat bij een ZBC?": of whom it is asked is not what is asked.
        return len(_unnamed(own, question)) > PRONOUN_WORDS if _points_back(rest) else True
    return len(own) > (SWITCH_WORDS if _names(question) else SHORT_WORDS)


def adds_words(question: str) -> bool:
    """Whether a question adds words of its own to what it goes on from: no figures, other care types, or why."""
    rest = _rest(question)
    if not own_words(rest) or _WHY.search(rest) or any(character.isdigit() for character in rest):
        return False
    return says_itself(question) or not _names(question)


def asks_channel(question: str) -> bool:
    """Whether a follow-up only asks for another way to reach the same: 'en telefonisch?'."""
    own = own_words(_rest(question))
    return bool(own) and CHANNEL_WORDS.issuperset(own)


def asks(text: str) -> bool:
    """Whether a text asks anything: 'wij hebben 25 fte' does not."""
    return "?" in text or _ASKS.search(_rest(text)) is not None


def asks_itself(question: str) -> bool:
    """Whether a question says by a word of its own what it asks of its own: 'wat betekent dat voor ouders?'."""
    return says_itself(question) and _WHICH.search(_rest(question)) is not None


def supposes(text: str) -> bool:
    """Whether a text asks what holds in a case that it puts: 'en als we ook ligdagen aanbieden?'."""
    return _SUPPOSES.match(_rest(text)) is not None


def corrects(text: str) -> bool:
    """Whether a text only sets right what was told: 'sorry, 55 moest dat zijn'."""
    return _CORRECTS.match(fold(text)) is not None and not own_words(_rest(text))


def tells(text: str) -> bool:
    """Whether a text only tells something of the asker: what he wants to know of it was asked before."""
    return not asks(text) and _TELLS.search(fold(text)) is not None


def _after(thread: _Thread | None, question: str, fits: Fits | None) -> _Thread:
    """The thread after one more question."""
    if thread is None or _ANEW.search(fold(question)):
        return _Thread(question, question)
    opening = _switched(thread.opening, question)
    if tells(question):
        return _Thread(opening, thread.last)
    if says_itself(question) or (fits and _may_stand_alone(question) and fits(question, "") >= ALONE):
        return _Thread(opening, question)
    last = _switched(thread.last, question)
    adds = last == thread.last and own_words(_rest(question))
    return _Thread(opening, f"{last} {question}" if adds else last)


def _going_on(before: str, question: str) -> _Reading:
    """A question read as going on from the one before; one for another care type asks the same once more."""
    switched = _switched(before, question)
    return _Reading(f"{switched} {question}", before if switched == before else "")


def _asks_other_act(before: str, question: str) -> bool:
    """Whether a fragment asks when another step is due than the question before did: 'en de publicatie?'.

    The words for that step would only lead back to it.
    """
    acts = acts_of(question)
    return bool(acts) and read_asked(before).when and bool(acts_of(before)) and not acts & acts_of(before)


def _may_stand_alone(question: str) -> bool:
    """Whether a fragment may name the very thing asked for: 'en het postadres?', not 'en als dat mei wordt?'."""
    rest = _rest(question)
    is_named = any(word not in CHANNEL_WORDS for word in own_words(rest))
    has_figure = any(character.isdigit() for character in rest)
    return is_named and not has_figure and not _points_back(rest) and not tells(question)


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
    return "care" if term.kind in ("care_type", "provider_type") and term.concept not in NO_CARE_TYPE else ""


@cache
def _insurers() -> frozenset[str]:
    return frozenset(fold(name) for name in load_insurers())


def own_words(rest: str) -> list[str]:
    """The words of a text that tell what it is about: not those that only ask, and neither days nor figures."""
    return [
        word for word in content_words(rest) if word not in _ASKING and word not in MONTHS and not word[0].isdigit()
    ]


def _unnamed(own: Sequence[str], question: str) -> list[str]:
    """The words of a question's own that name no care type and no insurer."""
    named = {word for names in _names(question).values() for name in names for word in words(name)}
    return [word for word in own if word not in named]


def _points_back(rest: str) -> bool:
    """Whether a word that points back stands by itself: 'mail ik dat', not 'dat contract'."""
    return any(match[1] is None or not load_thesaurus().groups(match[1]) for match in _POINTS_BACK.finditer(rest))


def _rest(question: str) -> str:
    """The folded question without the words with which people go on."""
    rest = fold(question).strip(" .,!?;:'\"")
    while (match := _OPENS.match(rest)) is not None:
        rest = rest[match.end() :]
    return rest
