"""The form of a turn: whether it says itself what it is about, asks, tells, supposes or corrects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.question import CHANNEL_WORDS
from knowledge.date_words import FULL_WEEKDAYS, MONTHS
from knowledge.dutch import fold, words
from knowledge.thesaurus import Mention, load_insurers, load_thesaurus
from knowledge.tokens import content_words

SWITCH_WORDS, SHORT_WORDS, PRONOUN_WORDS = 3, 2, 1
"""The most words of its own that a fragment has which names another care type, that any other fragment has, and that a
question has which points back: with more it says what it is about."""
MOST_MEANT = 2
"""The most care types that a text is about: 'het ziekenhuis doet mee, de kraamzorg ook, de apotheek niet' tells."""
_OPENS = re.compile(
    r"^(?:en|maar|oke|ok|okay|top|prima|goed|dus|dan|nou|sorry|nee|ja|wacht|oh?|ah|oeps|foutje|pardon|trouwens|"
    r"vergissing|verkeerd gezegd|ik vergis(?:te)? me|even|nog|helder|duidelijk|mooi|fijn|great|right|alright|"
    r"perfect|thanks|"
    r"terug|weer|and|but|so|no|yes|wait|hmm|eh|ehm|what about|how about|"
    r"hoe zit (?:het|dat|dit|'t)(?: dan)?(?: met| bij| voor)?)\b[ ,.!:;]*"
)
"""How people begin what they go on with."""
_TAILED = re.compile(
    r"\b\w{4,}?(?P<tail>tak|poot|afdeling|team|onderdeel)(?:ken|en|je|jes|s)?\b",
    re.IGNORECASE,
)
"""What there is of a care type, as the end of a word."""
_ASKS = re.compile(
    r"\b(?:wanneer|wnr|wat|welke?|wie|waar\w*|hoe\w*|when|what|which|who|whom|where|how)\b|"
    r"^(?:is|zijn|mag|mogen|moet|moeten|kan|kunnen|heeft|hebben|geldt|gelden|wordt|worden|krijg\w*|val|valt|vallen|ben|"
    r"staa[nt]?|sta|telt|hoef\w*|does|do|are|can|may|must|should|will)\b"
)
_WHICH = re.compile(r"\b(?:wat|welke?|wie|waar\w*|hoe\w*|what|which|who|whom|where|how)\b")
_WHICH_THING = re.compile(r"\b(?:welke?|wat voor|hoeveel|which|what(?: kind of)?|how many) (?!van\b|of\b)\w{4,}")
_THEY = re.compile(r"\b(?:ze|they|them)\b")
_WHY = re.compile(r"^(?:hoezo|waarom|why|hoe (?:dan|dat))\b")
_REGARDS = re.compile(r"^(?:qua|wat betreft|regarding)\b")
_PARTS = re.compile(r"[,.;:!?]+ *")
_SAME = re.compile(
    r"\b(?:(?:het|de)?zelfde|net zo|ook zo|gelijk|same|likewise|"
    r"(?:dat|dit|die|deze) (?:\w+ ){0,4}ook|ook (?:dat|dit|die)|(?:that|this|it) (?:\w+ ){0,4}(?:too|also|as well))\b|"
    r"\b(?:geldt|gelden|apply|applies)\b"
)
"""Words that ask whether what holds for the one holds for the other."""
_POINTS_BACK = re.compile(
    r"\b(?:dat(?! (?:er|ik|we|wij|u|een|de|het|je)\b)|die|dit|deze|daar\w*|hier\w*|hem|ze|zoiets|"
    r"it|that|those|there|they|them|ones?)\b(?: +(\w+))?"
)
"""Words that point back, with the word after them; 'dat' that opens a clause ('ik merk dat er ...') is none."""
_DETERMINERS = ("die ", "dit ", "deze ", "those ")
_SUPPOSES = re.compile(r"(?:wat )?(?:als|indien|stel|if|what if|suppose)\b")
_WITH = re.compile(
    r"(?:helemaal |geheel )?(?:met|zonder|with|without) (?!(?:wie|wat|welke?|hoe|hoeveel|who|whom|what|which|how)\b)"
)
"""How a case is put in short: 'zonder KSV'; 'met wie' asks."""
_TELLS = re.compile(
    r"\b(?:ik|wij|we|onze?|mijn|het (?:is|zijn|was|waren|wordt|worden)|stel|i|our|my|it (?:is|was)|suppose)\b"
)
_CORRECTS = re.compile(
    r"^\W*(?:sorry|nee|wacht|oh?|oeps|foutje|vergissing|verkeerd gezegd|ik vergis(?:te)? me|pardon|correctie|"
    r"ik bedoel(?:de)?|oops|wait|no|i mean|i meant)\b"
)
_POINTING_ADVERB = re.compile(
    r"(?:daar|hier|waar|er)(?:aan|achter|bij|door|heen|in|mee|na|naar|om|onder|op|over|tegen|toe|tussen|uit|van|voor)$"
)
_ASKING = frozenset(
    """wanneer uiterlijk uiterste tot binnen datum dag hoeveel welke waarheen deadline precies eigenlijk graag krijg
    krijgen krijgt komt komen moest willen zoek weten vraag vragen hallo goedemorgen goedemiddag hoi
    doen doe doet deed deden gedaan werd werden allemaal heen naartoe
    had hadden due haar hen hun hem her their him dagen weken maanden tijd days weeks months time
    snel gauw spoedig vlot quickly fast soon tak poot afdeling onderdeel team
    bedoel bedoelde mean meant weg manier wijze way adres mailadres e-mailadres
    emailadres nummer telefoonnummer address number
    kon konden mocht mochten moesten zou zouden wilde wilden hoefde hoefden could would should might
    zo'n zoiets zulk zulke dergelijk dergelijke soortgelijk soortgelijke such""".split()
)
"""Words that only ask or set right; what is asked about is said by others."""
_DAYS = (
    MONTHS.keys()
    | FULL_WEEKDAYS.keys()
    | frozenset("gisteren eergisteren vandaag week vorige afgelopen yesterday today last".split())
)
"""'Vorige week dinsdag' answers on which day something was, and asks nothing itself."""
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


def says_itself(question: str) -> bool:
    """Whether a question says what it is about, so that only its care type may have to be known from before."""
    rest = without_opening(question)
    own = own_words(rest)
    if _WHY.search(rest) or not own or tells(question) or asks_the_same(question):
        return False
    if _REGARDS.search(rest):
        return True
    if _ASKS.search(rest):
        # "hoe doen zij dat bij een ZBC?": of whom it is asked is not what is asked.
        if _WHICH_THING.search(rest) and not points_back(_THEY.sub("", rest)):
            return bool(_unnamed(own, question))  # 'welk register moeten ze hebben?' points to whom, not to what
        return len(_unnamed(own, question)) > PRONOUN_WORDS if points_back(rest) else True
    names = names_in(question)
    if names and not _unnamed(own, question):
        return False  # 'en de apotheek bij Caresq, zonder onderhandeling?': what is asked of it was asked before
    return len(own) > (SWITCH_WORDS if names else SHORT_WORDS)


def asks_the_same(question: str) -> bool:
    """Whether only is asked if what was told holds for another care type or insurer too: 'Mijn zus heeft een apotheek,
    is dat daar hetzelfde?'."""
    *_, asked = [part for part in _PARTS.split(without_opening(question)) if part] or [""]
    is_same = _SAME.search(asked) is not None and bool(names_in(question))
    return is_same and not _unnamed(own_words(_SAME.sub("", asked)), question)


def names_many(text: str) -> bool:
    """Whether a text names so many care types that it tells of them, and asks about none of them in particular."""
    return len(set(names_in(text).get("care", ()))) > MOST_MEANT


def adds_words(question: str) -> bool:
    """Whether a question adds words of its own to what it goes on from: no figures, other care types, or why."""
    rest = without_opening(question)
    if not own_words(rest) or _WHY.search(rest) or any(character.isdigit() for character in rest):
        return False
    return says_itself(question) or not names_in(question)


def asks_channel(question: str) -> bool:
    """Whether a follow-up only asks for another way to reach the same: 'en telefonisch?'."""
    own = own_words(without_opening(question))
    return bool(own) and CHANNEL_WORDS.issuperset(own)


def asks(text: str) -> bool:
    """Whether a text asks anything: 'wij hebben 25 fte' does not."""
    return "?" in text or _ASKS.search(without_opening(text)) is not None


def asks_itself(question: str) -> bool:
    """Whether a question says by a word of its own what it asks of its own: 'wat betekent dat voor ouders?'."""
    return says_itself(question) and _WHICH.search(without_opening(question)) is not None


def supposes(text: str) -> bool:
    """Whether a text asks what holds in a case that it puts: 'en als we ook ligdagen aanbieden?', 'en zonder KSV?'."""
    rest = without_opening(text)
    if _SUPPOSES.match(rest):
        return True
    is_kind = "care" in names_in(text)  # 'en met onderhandeling?' is a kind of provider
    return _WITH.match(rest) is not None and not is_kind


def corrects(text: str) -> bool:
    """Whether a text only sets right what was told: 'sorry, 55 moest dat zijn'."""
    return _CORRECTS.match(fold(text)) is not None and not own_words(without_opening(text))


def is_case(text: str) -> bool:
    """Whether a turn only puts another case, or tells of the asker's own: what is asked was asked before."""
    return supposes(text) or tells(text) or corrects(text)


def tells(text: str) -> bool:
    """Whether a text only tells something of the asker: what he wants to know of it was asked before."""
    return not asks(text) and _TELLS.search(fold(text)) is not None


def names_in(text: str) -> dict[str, list[str]]:
    """The care types ("care") and the insurers ("insurer") that a text names, in its own words."""
    tokens, mentions = mentions_in(text)
    names: dict[str, list[str]] = {}
    for mention in mentions:
        if kind := kind_of(mention):
            names.setdefault(kind, []).append(" ".join(tokens[mention.start : mention.end]))
    return names


def mentions_in(text: str) -> tuple[list[str], list[Mention]]:
    """The words of a text, and what of them the thesaurus knows, by their places."""
    plain = without_tails(text.replace("-", " "))
    return words(plain), load_thesaurus().find(plain)


def without_tails(text: str) -> str:
    """A text whose words that end in what there is of a care type are parted there: 'onze kraamzorg tak'."""
    parted, at = "", 0
    for match in _TAILED.finditer(text):
        head = parted + text[at : match.start("tail")]
        last = load_thesaurus().find(head)[-1:]
        if last and kind_of(last[0]) == "care" and last[0].end == len(words(head.replace("-", " "))):
            parted, at = f"{head} ", match.start("tail")
    return parted + text[at:]


def kind_of(mention: Mention) -> str:
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
        word
        for word in content_words(without_tails(rest))
        if word not in _ASKING | _DAYS and not word[0].isdigit() and _POINTING_ADVERB.match(word) is None
    ]


def adds_to_names(question: str) -> bool:
    """Whether a question has words of its own beside the care types and insurers that it names."""
    return bool(_unnamed(own_words(without_opening(question)), question))


def _unnamed(own: Sequence[str], question: str) -> list[str]:
    """The words of a question's own that name no care type and no insurer."""
    names = [words(name) for each in names_in(question).values() for name in each]
    named = {word for name in names for word in (*name, "".join(name))}
    return [word for word in own if word not in named]


def points_back(rest: str) -> bool:
    """Whether a word that points back stands by itself: 'mail ik dat', not 'dat contract'."""
    return any(not _is_determined(match) for match in _POINTS_BACK.finditer(rest))


def _is_determined(match: re.Match[str]) -> bool:
    """Whether the word behind one that points back is what it points to: 'dat contract', not 'dat aangeboden'."""
    if match[1] is None or match[0].startswith(("daar", "hier")):
        return False
    if match[0].startswith(("dat ", "dit ")) and match[1].endswith("en"):
        return False  # 'moeten we dat declareren' is a verb: hardly any thing of which there is one ends so
    kinds = {term.kind for term in load_thesaurus().groups(match[1])}
    return bool(kinds) and (match[0].startswith(_DETERMINERS) or kinds != {"verb"})


def without_opening(question: str) -> str:
    """The folded question without the words with which people go on."""
    rest = fold(question).strip(" .,!?;:'\"")
    while (match := _OPENS.match(rest)) is not None:
        rest = rest[match.end() :]
    return rest
