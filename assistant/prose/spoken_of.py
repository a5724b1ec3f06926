"""Whether a clause only speaks of what it names: who asks, reads, hears or thinks about a thing need not have it.

The words are those of speaking, perceiving and weighing, in classes by what ties the thing to the verb. They
count for bare names only: a phrase that states something by itself stays stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.tokens import holds_any

TIE_WORDS = 3
"""How many words may stand between a preposition and the name that it governs."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


def _runs(listed: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(run.split()) for run in listed.split(","))


_BY_PREPOSITION: Mapping[str, frozenset[str]] = {
    "naar": _words(
        """
        kijk kijken kijkt keek keken gekeken vraag vraagt vroeg vroegen gevraagd informeer informeert informeerde
        informeren geinformeerd luisteren verlangen verlangt uitkijken verwijzen verwijst verwees verwezen raden gissen
        """
    ),
    "op": _words(
        """
        orienteer orienteert orienteren hoop hopen hoopt reken rekenen mik mikken studeren studeer stuit stuitte
        stuitten gestuit wees wijst wijzen gewezen attendeerde geattendeerd hamert hameren beraden beraad bezinnen
        """
    ),
    "in": _words("verdiep verdiept verdiepen verdiept inlezen ingelezen geloof geloven thuis zin"),
    "van": _words(
        """
        hoor hoorde hoorden gehoord droom dromen verstand schrik schrikken schrok weet weten afweten bestaan gedachte
        idee heard
        """
    ),
    "voor": _words("openstaan open offerte interesse waarschuwde waarschuwt gewaarschuwd"),
    "met": _words("bekend vertrouwd worstel worstelen worstelt"),
    "om": _words("vraagt verzoekt"),
    "with": _words("familiar acquainted"),
    "of": _words("heard dream dreaming thinking thought aware"),
    "on": _words("thesis decided decide deciding paper essay reading undecided"),
    "into": _words("looking look looked reading"),
    "at": _words("looking look looked"),
    "for": _words("looking look quote hoping hope asking asked"),
    "to": _words("referred refers"),
}
"""Verbs and the like that take what is spoken of behind this preposition."""
_WITH_OBJECT = _words(
    """
    snap snappen snapt snapte begrijpen begrijpt overweeg overwegen overweegt bekijk bekijken bekijkt tegenkwam
    tegengekomen uitzoeken uitzoekt uitgezocht nazoeken opzoeken googelen gegoogeld nagaan navragen
    noemt noemen genoemd vermeldt vermeld afwegen afweegt
    understand understands consider considering considered discussing discussed debating debated weighing saw
    mentioned mentions mention
    """
)
"""Verbs whose object is only spoken of."""
_APART = (
    (_words("zoek zoekt zocht zoeken"), "uit"),
    (_words("kwam kom komt kwamen"), "tegen"),
    (_words("weeg wegen weegt"), "af"),
    (_words("zie ziet zag zagen"), "staan"),
    (_words("came come"), "across"),
)
"""The same of two parts."""
_SAID_OF_IT = _runs(
    """
    ter sprake, op de agenda, ter tafel, in discussie, onderwerp van gesprek, een onderwerp, een thema, een ding, een
    begrip, een idee,
    een goed idee, een gek idee, een leuk idee, lijkt me, lijkt mij, lijkt ons, lijkt zinvol, klinkt, zegt me, zegt
    mij, zegt ons,
    een belletje rinkelen, sounds, a good idea, on the agenda,
    under discussion, up for debate, hoe het zit met, hoe het met, hoe zit het, alleen van naam, alleen dat het
    bestaat,
    only by name
    """
)
"""What is said of a notion, not of what one has."""
_TERMS = _words(
    "woord term afkorting begrip benaming kopje kop titel letters terminologie word abbreviation acronym heading"
)
"""In front of a name these make it a word that is spoken of."""
_PUT_FIRST = _runs(
    "iets met, iets over, something about, something with, betreft, onderwerp, vraagje over, subject, re"
)
"""What a message is about, in front of a name in words without a verb."""
_I_KNOW = _runs("ik ken, ken ik, i know")
_UNKNOWN = _runs(
    """
    ik ken, ken ik, i know, ik snap, snap ik, ik begrijp, begrijp ik, zegt me, zegt mij, zegt ons, van gehoord,
    gehoord van,
    verstand van, geen verstand, mee bekend, bekend met, heard of, familiar with, don't understand, decided on,
    decided about,
    het nut van, tasten in
    """
)
"""Behind a denying word these tell that a thing is not known, not that it is not there."""
_OPINIONS = _runs(
    """
    ik vind, vind ik, wij vinden, we vinden, vinden wij, vinden we, bang voor, mijn twijfels, onze twijfels, twijfels
    bij, het nut van,
    ben voor, ben tegen, zijn voor, zijn tegen, onderzoek naar, een overzicht van, i find, we find, in favour of, het
    idee is,
    de bedoeling dat, zou mooi zijn, zou fijn zijn, zou handig zijn, would be nice, aangeraden, raadt, raadde, raden,
    wachtlijst voor, sparen voor,
    benaderd voor, gevraagd voor, aanvraag voor, plan voor, halverwege met
    """
)
"""Opinions, advice and intentions: these tell neither that a thing is there nor that it is not."""
_DEFINITE = _words(
    """
    de het dit deze die alle al elk elke ieder iedere beide zijn haar hun hij zij ze the this these all every each
    both he she
    they his her their
    """
)
"""At the head of a clause these have a thing, or a person, in view."""
_SETTLED = dw.IN_ORDER | _words(
    """
    hier vernieuwd verlengd behaald gedaan afgerond opgenomen ingevoerd geldig compleet volledig goedgekeurd bevestigd
    bijgevoegd aangehecht inbegrepen vervangen here included covered renewed complete completed valid approved
    attached enclosed
    """
)
"""These tell of a thing that it is there, without saying whose."""
_GENERAL = _words(
    """
    kost duurt betekent bestaat bestaan bestond geldt gelden stijgt gestegen verandert veranderen belangrijker
    populair ingewikkeld nuttig bekend costs means exists lasts
    """
)
"""What is said of a kind of thing."""
SUBJECT_WORDS = 3
"""How many words may stand in front of the noun of a subject."""
_PROVIDERS = (
    *fw.BUILDINGS, "klinieken", "apotheken", "praktijken", "ziekenhuizen", "centra", "instellingen", "bureau",
    "bureaus", "coaches",
    "aanbieder", "aanbieders", "huisartsen", "verloskundigen", "apothekers", "concurrentie", "concullega", "branche",
    "clinic", "clinics",
    "hospital", "hospitals", "pharmacy", "pharmacies", "practice", "practices", "centre", "centres", "agency",
    "agencies", "providers", "provider",
)  # fmt: skip
"""How the names of providers end."""
_SOME = _words(
    """
    een veel vele sommige meeste enkele grote kleine andere elke iedere geen a an many some most few other large small
    every
    """
)
"""In front of a provider these make it any, or another."""
_PLACES = _words(
    "in op van aan uit waar die verderop hiernaast ernaast naast tegenover waarmee bij that in on of at where which"
)
_THERE_IS = _words("er is zijn was waren staat ligt loopt there are were een a an ook nu al nog gewoon wel")
"""Between these and nothing else in front, a name is there."""


def is_general(
    words_before: Sequence[str], words_behind: Sequence[str], words_mentioned: Sequence[str], *, bare: bool = False
) -> bool:
    """Whether a statement in which the asker does not stand is about a kind of thing: 'een certificaat kost veel'.

    `bare`: words without a known verb, which mostly tell of the asker.
    """
    words = (*words_before, *words_behind)
    if any(word in _GENERAL for word in words):
        return True
    if bare or any(word in _SETTLED | fw.EVERYONE for word in words) or words_behind[-1:] == ["er"]:
        return False
    if words_before and all(word in _THERE_IS for word in words_before):
        return False
    head = next((word for word in (*words_before, *words_mentioned) if word not in fw.JOINTS | fw.CONTRASTS), "")
    return head not in _DEFINITE | fw.POSSESSING


def other_provider(words: Sequence[str]) -> str:
    """The kind of provider, not the asker, that a clause has for its subject: 'een kliniek in X', 'veel coaches'."""
    if any(word in fw.FIRST_PERSON | fw.OWN | fw.US for word in words):
        return ""
    head = words[: SUBJECT_WORDS + 1]
    for at, word in enumerate(head):
        if word in fw.POSSESSING | fw.ASKING | fw.PREPOSITIONS:
            return ""
        if not word.endswith(_PROVIDERS):
            continue
        before, behind = set(head[:at]), [*words[at + 1 : at + 2], ""][0]
        placed = behind in _PLACES and not any(each in fw.EVENTS for each in before)
        if before & _SOME or (at == 0 and word.endswith(fw.PLURALS)) or (before & {"de", "het", "the"} and placed):
            return word
    return ""


def is_spoken_of(words_before: Sequence[str], words_behind: Sequence[str], *, denied: bool) -> bool:
    """Whether a name that stands between these words of its clause is only spoken of; `denied`: it is not known."""
    words = (*words_before, ",", *words_behind)
    if denied:
        return holds_any((*words_before, *words_behind), _UNKNOWN) or any(word in _TERMS for word in words_before[-2:])
    if holds_any(words, _I_KNOW) or holds_any(words, _SAID_OF_IT) or holds_any(words, _OPINIONS):
        return True
    if any(word in _TERMS for word in words_before[-2:]):
        return True
    if any(tuple(words_before[-len(run) :]) == run and len(words_before) <= len(run) + 1 for run in _PUT_FIRST):
        return True
    if any(word in _WITH_OBJECT for word in words):
        return True
    if any(any(w in verbs and part in words[at + 1 :] for at, w in enumerate(words)) for verbs, part in _APART):
        return True
    return _is_tied(words_before, words)


def _is_tied(before: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the name stands behind the preposition of a verb of speaking; 'wij vragen naar X' does it."""
    tie = next((word for word in reversed(before[-TIE_WORDS:]) if word in fw.PREPOSITIONS | _BY_PREPOSITION.keys()), "")
    verbs = [at for at, word in enumerate(words) if word in _BY_PREPOSITION.get(tie, ())]
    if tie == "naar" and any(word in ("wij", "we") for at in verbs for word in words[max(0, at - 1) : at + 2]):
        return any(words[at] in ("kijk", "kijken") for at in verbs)
    return bool(verbs)
