"""What kind of answer a question asks for: a date, a contact, a list, what changed, or a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import read_clauses
from assistant.prose.tokens import read_tokens
from assistant.turn import Language
from knowledge.dutch import fold
from knowledge.sentences import split_sentences

Channel = Literal["phone", "mail", "post", "web"]

_WHEN = re.compile(
    r"\b(?:wanneer|wnr|\w*datum|data|\w*termijn|periode|hoe ?lang|hoe (?:snel|gauw|spoedig|vlot)|tekendag|welk moment|haal ik|halen we|voorbij|month|period|\w*deadline\w*|uiterlijk\w*|uiterste|tekendatum|(?:(?:aller)?eerste|(?:aller)?laatste) (?:dag|moment)|te laat|op tijd|hoe laat|welke (?:maand|dag|week)|planning|tijdlijn|tijdpad|termijn|"
    r"when|by when|date|dates|due|too late|in time|(?:first|last|what|which) (?:day|date)|how (?:long|soon|quickly|fast)|timeline)\b"
)
_NOT_OF = r"(?!.{0,60}\b(?:geregistreerd|ingeschreven|aangesloten|gecertificeerd|erkend|in loondienst|in dienst)\b)"
"""What must not follow 'bij wie': to be registered or employed there is not to reach anybody."""
_CONTACT = re.compile(
    rf"\b(?:e-?mail\w*|mail\w*|mailen|telefoon\w*|tel|telnr|telefoonnummer|bel|bellen|contact\w*|contactgegevens|bereik\w*|adres|postadres|postbus|website|url|loket|bij wie{_NOT_OF}|aan wie|met wie|wie (?:moet|kan|mag|is)|"
    r"waar (?:kan|moet|mag|stel|meld|dien|stuur|vraag|vind|doe|moeten|kunnen|richt)\w*|waarheen|waar naartoe|phone|call|whom|who (?:do|can|should)|where (?:do|can|should))\b"
)
_LIST = re.compile(
    r"\b(?:welke|wat zijn|noem|opsomming|lijst|overzicht|voorwaarden|eisen|vereisten|criteria|randvoorwaarden|punten|onderdelen|documenten|stukken|waaraan|waar moet .* aan voldoen|"
    r"which|what are|(?<!price )(?<!waiting )(?<!mailing )list|conditions|requirements|criteria|name the)\b"
)
_CHANGE = re.compile(
    r"\b(?:gewijzigd\w*|wijziging\w*|veranderd\w*|verander\w*|nieuw (?:in|ten opzichte)|aangepast\w*|verschil\w*|anders dan|changed?|changes|new in)\b"
)
_AMOUNT = re.compile(
    r"\b(?:hoeveel|hvl|hoe (?:veel|hoog|vaak|lang|groot|duur)|wat kost|welk (?:percentage|bedrag|aantal)|percentage|bedrag|minimaal|maximaal|minimum|maximum|how (?:much|many|often|high|large))\b"
)
_YES_NO = re.compile(
    r"^\W*(?:is|zijn|mag|moet|kan|kunnen|moeten|mogen|heeft|hebben|geldt|gelden|wordt|worden|krijg|krijgen|val|valt|vallen|ben|moest|hoef|klopt|does|do|is|are|can|may|must|should|will)\b"
)


CHANNEL_WORDS = frozenset(
    """mail e-mail email mailen mailadres e-mailadres emailadres adres contact contactgegevens telefoon telefoonnummer
    tel telnr nummer nr bel bellen telefonisch website site url loket mailbox mailtje address phone number""".split()
)
_CHANNELS: dict[Channel, re.Pattern[str]] = {
    "phone": re.compile(r"\b(?:telefo\w*|tel|telnr|bel|bellen|gebeld|phone|call|(?:welk|telefoon) ?(?:nr|nummer))\b"),
    "mail": re.compile(r"\b(?:e-?mail\w*|mail\w*|mailen)\b"),
    "post": re.compile(r"\b(?:postadres|postbus|per post|brief|postal)\b"),
    "web": re.compile(r"\b(?:website|webpagina|url|site|online formulier|web ?page)\b"),
}

_GIVEN: dict[Channel, re.Pattern[str]] = {
    "phone": re.compile(r"\b0\d{2,3}[ -]?\d{2}"),
    "mail": re.compile(r"@"),
    "post": re.compile(r"\bpostbus\b", re.IGNORECASE),
    "web": re.compile(r"\bwww\.|https?://"),
}
"""How an address of each channel looks in a policy."""
_WHERE_TO = re.compile(
    r"\b(?:waar (?:mail|stuur|bel|meld|kan|moet|mag)\w*.{0,40}"
    r"\b(?:heen|naartoe|naar toe|terecht|mailen|sturen|bellen|opsturen)|"
    r"waar (?:mail|stuur|bel|meld|stel)\w*|waarheen|(?:naar )?welk (?:mail)?adres(?! (?:sturen|stuurt|mailen|mailt) (?!(?:ik|we|wij)\b)\w)|welk (?:e-?mail\w*|telefoon\w*|nummer)|"
    rf"\w*adres graag|(?:bij|aan|met) wie{_NOT_OF} (?:kan|moet|mag|meld|leg|vraag|stel|neem|overleg|dien)\w*|"
    r"wie (?:moet|kan|mag) (?:ik|ze|we|wij|hij|zij) (?:\w+ ){0,3}(?:bellen|mailen|vragen|benaderen|aanspreken|hebben)|"
    r"waar (?:kan|moet|mag|kunnen|moeten|mogen) (?:ik|ze|we|wij|hij|zij) (?:\w+ ){0,6}(?:kwijt|indienen|inleveren|aanmelden|neerleggen|melden|stellen)|"
    r"wie kan (?:mij|me|ons|hem|haar|hen|ze) (?:\w+ ){0,4}helpen|tel(?:efoon)?\W? ?(?:nr|nummer)|"
    r"where (?:do|can|should) \w+ (?:send|mail|call|submit|report|ask)|which (?:address|mailbox|number)|"
    r"(?:who|whom) (?:do|can|should|must) (?:i|we|they|he|she) (?:contact|call|mail|e-?mail|ask|write|turn|speak))\b"
)
_WITH_WHOM = re.compile(
    r"\b(?:(?:met|door|tegenover|namens) wie|(?:with|by) whom|whom .{0,40} with|who .{0,40} with)\b"
)
_FIGURE = re.compile(
    r"\b(?:hoeveel(?! tijd)|hvl|hoe (?:hoog|vaak|groot|duur)|welk\w* (?:\w+ )?\w*(?:percentage|bedrag|aantal|tarief|score|cijfer)|"
    r"hoeveelste|wat kost|"
    r"wat is (?:het|de) (?:\w*tarief|\w*prijs|bedrag) (?:per|voor een|van een)|wat is de vergoeding per|"
    r"how (?:much|many|high|often|large)|(?:what|which) (?:\w+ )?(?:percentage|amount|number|rate|score))\b"
)
_WHICH_CONDITIONS = re.compile(
    r"\b(?:(?:welke?|wat zijn(?: de)?|what are(?: the)?|which|what) (?:\w+ )?(?:\w*voorwaarden|\w*eisen|criteria|conditions|"
    r"requirements)|waar(?:aan| moet\w* .* aan) (?:moet|vold)\w*|wat (?:moet|heb) .* (?:nodig|regelen|voldoen))\b"
)
_WHICH_SHARE = re.compile(
    r"\b(?:(?:welke?|hoeveel|wat is (?:het|de)) (?:\w+ )?\w*(?:percentage|procent)|(?:what|which) (?:\w+ )?(?:percentage|per ?cent|share))\b"
)
_EXACT_DAY = re.compile(
    r"\b(?:(?:welke|wat is de|precieze|exacte) (?:\w+ )?(?:dag|datum)|(?:tot )?welk jaar|"
    r"(?:what|which|exact) (?:\w+ )?(?:date|day))\b"
)
_WAY = re.compile(
    r"\b(?:hoe (?:vraag|vragen|meld|melden|kan|kunnen|moet|moeten|doe|doen|regel|regelen|krijg|krijgen|kom|komen|dien|"
    r"dienen|sluit|sluiten|lever|leveren|stuur|sturen|hoor|horen|weet|weten|merk|merken) (?:\w+ )?(?:ik|we|wij)|(?:via|langs) welke weg|"
    r"op (?:welke|wat voor) (?:manier|wijze)|how (?:do|can|should|must) (?:i|we)|(?:in )?(?:what|which) way)\b"
)
_DEMANDED = re.compile(
    r"^\W*(?:en |and |maar |but )?(?:moet|moeten|hoef|hoeft|hoeven|(?:do|does) (?:\w+ ){1,4}(?:have|need) to|must)\b"
)
_DIFFERENCE = re.compile(
    r"\b(?:verschil\w*|hetzelfde|dezelfde|zelfde (?:moment|datum|dag)|evenveel|net zo\w*|gelijke?|zowel|allebei|beide|vergelijk\w*|vergeleken|versus|vs|met en zonder|"
    r"met (?:\w+ ){1,9}en (?:\w+ ){0,5}zonder|zonder (?:\w+ ){1,9}en (?:\w+ ){0,5}met|"
    r"iedereen|sommigen?|anders (?:dan|bij|voor)|"
    r"differ\w*|both|the same|compar\w*|everyone|everybody)\b"
)
_ANYTHING = re.compile(
    r"\b(?:iets|wat) (?:\w+ ){0,6}over\b|"
    r"\b(?:anything|something) (?:\w+ ){0,3}(?:about|on)\b"
)
_EACH = re.compile(
    r"\b(?:zowel|allebei|beiden?|both|each (?:of|one)|elk van|ieder van|(?:elk|ieder) apart|respectievelijk|respectively|"
    r"(?:van|op) de twee|of the two|als (?:\w+ ){1,3}?en als (?:een )?\w{5,})\b"
)
_LIKEWISE = re.compile(
    r"\b(?:net (?:als|zoals|zo)|zoals bij|of ook|ook (?:bij|voor|van|door)|dan bij|same as|just like|like at|than at|"
    r"(?:bij|voor|van) (?:\w+ ){1,5}ook|"
    r"(?:wie|welke?|waar|who|which|where) (?:\w+ ){0,8}(?:eerder|vroeger|later|langer|korter|hoger|lager|strenger|soepeler|"
    r"earlier|sooner|longer|shorter|higher|lower|stricter)|"
    r"(?:dat|dit|het|die) (?:\w+ ){0,6}ook|(?:does|do|is|are) (?:that|this|it|they) (?:\w+ ){0,6}(?:too|also|as well))\b"
)
_BESIDE = re.compile(
    r"\b(?:even (?:lang|veel|hoog|groot|vaak|vroeg|laat|snel|streng)\w*|\w{3,}er dan|meer dan|minder dan|nog steeds zo|"
    r"en (?:\w+ )?(?:welke?|wat|hoe\w*|wanneer|die|dat|waar) (?:\w+ ){0,4}(?:bij|voor|van)|tegenover (?:die|dat)|"
    r"as (?:long|much|high|often|early|strict) as|\w{3,}er than|more than|less than|and (?:what|which|when|how) "
    r"(?:\w+ ){0,4}(?:for|at|with|of))\b"
)
_SAMENESS = re.compile(r"\b(?:(?:het|de)?zelfde|gelijk|the same|alike|equal)\b")
_DIFFERING = re.compile(r"\b(?:verschil\w*|ander[es]?|differ\w*)\b")
_EARLIER = re.compile(r"\b(?:eerder|eerste?|vroeger|later|langer|earlier|first|longer|sooner)\b")
_PARTS = re.compile(
    r"(?<=[?])\s+|,?\s+(?:en|and)\s+(?=(?:wat|wanneer|hoe\w*|waar\w*|wie|welke?|moet\w*|mag|mogen|kan|kunnen|telt|tellen|zo niet|zo ja|geldt|is|zijn|"
    r"what|when|how|where|who|which|must|may|can|do|does|is|are)\b)",
    re.IGNORECASE,
)
_WHICH_POLICY = re.compile(
    r"\b(?:welk\w* (?:\w+ )?(?:\w*beleid\w*|document\w*|\w*stuk\w*|pdf|versie|editie|tekst)|waar\w*|elders|ergens anders|"
    r"(?:hoor|hoort|horen|val|valt|vallen) \w+|(?:geldt|gelden) (?:dit|dat|het|deze)|staat .{0,40} in|voor (?:ons|mij|hen|hem|haar)|"
    r"van toepassing|(?:zit|zitten) \w+ (?:\w+ )?(?:goed|verkeerd|fout)|(?:juiste|verkeerde) (?:adres|\w*beleid|\w*stuk)|"
    r"which (?:\w+ )?(?:polic\w+|document|version)|where|elsewhere|cover\w*|appl(?:y|ies)|part of)\b"
)
_PASSED = re.compile(
    r"\b(?:nog|alsnog|klopt|te laat|op tijd|voorbij|verlopen|verstreken|gemist|(?:had|hadden) .{0,60}moeten|"
    r"still|already|too late|in time|missed|passed)\b"
)
_LEFT = re.compile(
    r"\bhoe ?veel (?:tijd|dagen|weken|werkdagen|respijt|speling|marge)\b.{0,60}\b(?:nog|over|rest|resten|resteert|resteren|resterend)\b|"
    r"\bhoe ?lang\b.{0,60}\bnog\b|"
    r"\bhoe ?veel (?:tijd|dagen|weken|werkdagen|respijt|speling|marge) (?:heb|hebben|krijg|krijgen|mag|mogen|kan|kunnen) "
    r"(?:ik|we|wij)\b|"
    r"\bhow (?:many (?:\w+ )?(?:days|weeks)|much (?:\w+ )?(?:time|leeway)|long)\b.{0,60}\b(?:left|still|remain\w*|to go)\b|"
    r"\bhow (?:many (?:\w+ )?(?:days|weeks)|much (?:\w+ )?(?:time|leeway)) (?:do|can|may) (?:i|we)\b"
)
_IN_TIME = re.compile(
    r"\b(?:op tijd|te laat|te vroeg|tijdig|vroeg genoeg|snel genoeg|ruim genoeg|bijtijds|nog net|netaan|"
    r"(?:binnen|buiten) de (?:termijn|tijd|tijdlijn|deadline|planning|periode)|geduld|"
    r"(?:haal|halen|haalt|red|redden|redt)(?:t)? (?:ik|we|wij|ze|zij|hij|het|dat|dit|u|jullie|mijn|onze|de)|"
    r"(?:gaat|komt|loopt) (?:dat|het|dit) (?:dan |zo )?(?:nog |wel )*goed|lukt (?:dat|het|dit|me|ons)|"
    r"(?:kan|kunnen|kun|mag|mogen|lukt|lukken|gaat|past|telt|tellen|wordt|worden|is|zijn|was|waren) (?!nog een\b)(?:[\w-]+ ){0,9}"
    r"(?:nog|alsnog)(?! (?:een|meer|iets|andere?|extra|nieuwe?|niet|steeds|geen|\d)\b)|"
    r"hebben? (?:ik|we|wij|ze|zij|u|jullie) (?:\w+ ){0,3}nog (?:\w+ ){0,3}(?:tijd|even|dagen|weken)|"
    r"(?:heb|hebben) (?:ik|we|wij) (?:\w+ ){0,6}(?:gemist|misgelopen)|"
    r"(?:al|reeds) (?:voorbij|verstreken|verlopen|gesloten|geweest|gepasseerd)|is (?:het|dat|die|de \w+) (?:al )?(?:voorbij|"
    r"verstreken|verlopen|gesloten|geweest|gemist)|"
    r"in time|on time|too late|too early|early enough|soon enough|quick(?:ly)? enough|overdue|past due|"
    r"within the (?:deadline|term|time ?line|period)|make it|still (?:\w+ ){0,2}(?:possible|ok|okay|fine|allowed|open|sign|"
    r"apply|send|submit|report|register|hand|join|time|good|work)|hoe erg (?:is|zijn)|"
    r"(?:have|has|did) (?:i|we|he|she|they) (?:already )?miss\w*|(?:are|is|am|were) (?:i|we|he|she|they|it) (?:\w+ )?late)\b"
)
_HAD_TO = re.compile(
    r"\b(?:(?:had|hadden|hoorde|hoorden|behoorde|behoorden) .{0,60}\b(?:moeten|zijn|hebben)|"
    r"(?:moest|moesten) .{0,60}\b(?:al|zijn|hebben|wezen)|should (?:\w+ ){1,6}(?:already|have))\b"
)
"""These ask whether something had to be done, where no day is asked for."""
_PATIENCE = re.compile(
    r"\b(?:geduld|ongeduldig|vergeten|over het hoofd gezien|mis ?gegaan|misgelopen|(?:er|iets) (?:iets )?(?:mis|fout)|"
    r"komt (?:die|het|dat|deze) (?:\w+ ){0,2}nog\b|normaal|te vroeg|zorgen (?:te )?maken|ongerust|worr(?:y|ied)|overdue|past due|gone wrong|something wrong|forgotten|overlooked|impatient|too early|normal|"
    r"(?:be|been|being|more|stay|remain) patient|"
    r"(?:had|hadden|hoorde|moest) (?:er|die|het|dat|deze|hij)\b.{0,50}\b(?:al|allang|reeds)\b|"
    r"(?:had|hadden|hoorde|moest|moesten) (?:de|het|ons|onze|jullie) \w*(?:contract|overeenkomst|aanbod|voorstel|lijst|bijlage)\b.{0,30}\b(?:al|allang|reeds)\b|should (?:\w+ ){1,6}already)\b"
)
"""How one asks whether others are late."""
_NOT_YET = re.compile(
    r"\b(?:nog (?:\w+ ){0,2}(?:geen|niets|niks|niet|niemand) (?:\w+ ){0,8}(?:gezien|gekregen|ontvangen|gehad|binnen|gehoord|"
    r"gebeld|benaderd|uitgenodigd|\w*gestuurd|gemaild|aangeboden|bericht|te zien)|(?:wacht|wachten) (?:nog|al)\b|"
    r"(?:zie|zien|zit|zitten|staan?|staat) (?:\w+ ){0,4}(?:niet|niets|niks)|"
    r"(?:niets|niks) (?:\w+ ){0,3}(?:gehoord|vernomen|ontvangen|gekregen|binnen)|(?:blijft|bleef|is het|sindsdien|verder|radio) ?stilt?e?|"
    r"(?:no|not|nothing) (?:\w+ ){0,6}(?:seen|received|arrived|heard|called|contacted|invited|sent)|(?:still|been) waiting)\b"
)
"""What somebody says who waits for something."""
_LACKING = dw.NOT | dw.NOTHING | dw.CONTRACTED_NOT
_ARE_LATE = re.compile(
    r"\b(?:(?:is|zijn|was|waren) (?:\w+ )?laat|loopt (?:dat|het|dit) uit|uitgelopen|vertraging|vertraagd|klopt (?:dat|het|dit)|"
    r"delayed|delay|behind|is (?:that|this) right)\b"
)
"""What he then asks about it."""
_IS_THAT_RIGHT = re.compile(
    r"\b(?:is|was|lijkt) (?:\w+ ){0,3}(?:goed|oke|ok|prima|akkoord|haalbaar|genoeg|normaal|fine|okay|good|enough)\b|"
    r"\b(?:goed|prima|akkoord|oke|ok|okay|klopt dat|alright|all right|fine) ?(?:zo|dan|so)? ?\?|\bmag (?:ook|dan|dat)\b|"
    r"\bhaalt (?:dat|die|het)\b"
)
_WORD = re.compile(
    r"\b(?:wanneer|wnr|(?:op|tot|voor) welke (?:dag|datum)) (?:\w+ ){0,2}?"
    r"(?:weten|weet|horen|hoor|vernemen|verneem|krijgen|krijg|ontvangen|ontvang) (?:ik|we|wij)\b|"
    r"\b(?:wanneer|wnr) (?:kan|kunnen|mag|mogen|zal|zullen) (?:ik|we|wij) (?:\w+ ){0,8}"
    r"(?:weten|horen|vernemen|krijgen|ontvangen|verwachten)\b|"
    r"\b(?:when|by when|(?:by )?(?:what|which) (?:day|date)) (?:do|will|can|should|would) (?:i|we) (?:\w+ ){0,3}"
    r"(?:know|hear|learn|get|receive|expect)\b"
)
_COVER = re.compile(
    r"\b(?:dekt|dekken|gedekt|tel(?:t|len) .{0,40}\bmee|meetel\w*|meegerekend|geld(?:t|en) .{0,40}\b(?:ook|al)|"
    r"(?:val|valt|vallen) .{0,40}\b(?:onder|eronder|binnen)|terugwerkende kracht|met terugwerking|"
    r"cover(?:s|ed|ing)?|backdat\w*|retroactiv\w*|retrospectiv\w*|count(?:s)? (?:\w+ ){0,3}(?:too|as well))\b"
)
MIN_PART_WORDS = 4
"""A shorter part cannot be understood on its own."""


@dataclass(frozen=True)
class Asked:
    """The kinds of answer that a question asks for; several may hold."""

    when: bool = False
    contact: bool = False
    listing: bool = False
    change: bool = False
    amount: bool = False
    yes_no: bool = False
    channels: frozenset[Channel] = frozenset()

    @property
    def kind_said(self) -> bool:
        """Whether the words tell what kind of answer is wanted; yes or no alone does not."""
        return self.when or self.contact or self.listing or self.change or self.amount


def read_asked(question: str) -> Asked:
    """The kinds of answer that the words of `question` ask for."""
    folded = fold(question)
    return Asked(
        when=_WHEN.search(folded) is not None,
        contact=_CONTACT.search(folded) is not None,
        listing=_LIST.search(folded) is not None,
        change=_CHANGE.search(folded) is not None,
        amount=_AMOUNT.search(folded) is not None,
        yes_no=_YES_NO.search(folded) is not None,
        channels=frozenset(channel for channel, pattern in _CHANNELS.items() if pattern.search(folded)),
    )


def asks_figure(part: str) -> bool:
    """Whether an amount, a share or a number is asked for: who asks so is not helped by a text without one."""
    return _FIGURE.search(fold(part)) is not None


def asks_conditions(part: str) -> bool:
    """Whether it is asked which conditions there are: who asks so wants them all."""
    return _WHICH_CONDITIONS.search(fold(part)) is not None


def asks_share(part: str) -> bool:
    """Whether a percentage is asked for."""
    return _WHICH_SHARE.search(fold(part)) is not None


def asks_exact_day(part: str) -> bool:
    """Whether an exact day or a year is asked for."""
    return _EXACT_DAY.search(fold(part)) is not None


def asks_in_time(part: str, *, tells_day: bool = False) -> bool:
    """Whether it is asked if something can still be done, or should have been: 'lukt dat nog?', 'is Monday early enough?'.

    `tells_day`: the asker told a day on which he acts, so that 'is dat goed?' asks it too.
    """
    folded = fold(part)
    had_to = _HAD_TO.search(folded) is not None and not any(
        token.text in fw.ASKING_TIME or token.text in ("date", "datum", "dag") for token in read_tokens(part)
    )
    return had_to or _IN_TIME.search(folded) is not None or (tells_day and _IS_THAT_RIGHT.search(folded) is not None)


def asks_waiting(part: str, text: str) -> bool:
    """Whether `part`, what asks in `text`, asks about what others should have done: 'had het aanbod er al moeten zijn?'."""
    if _PATIENCE.search(fold(part)) is not None:
        return True
    asks = asks_in_time(part) or _ARE_LATE.search(fold(part)) is not None
    return asks and _NOT_YET.search(fold(text)) is not None


def lacks_yet(text: str) -> bool:
    """Whether a text tells that something which others are to do is not there yet: 'nog steeds geen brief gezien'."""
    return _NOT_YET.search(fold(text)) is not None


def asks_word(part: str) -> bool:
    """Whether it is asked when the asker will know or get something: 'wanneer horen we of dat mag?'."""
    return _WORD.search(fold(part)) is not None


def asks_cover(part: str) -> bool:
    """Whether it is asked if a contract holds for a time: 'telt juli dan nog mee?', 'does it cover May as well?'."""
    return _COVER.search(fold(part)) is not None


def awaited(text: str) -> str:
    """The sentences of a text that tell what is not there yet; all of it where none does."""
    sentences = [text[span.start : span.end] for span in split_sentences(text, 0, len(text))]
    told = [sentence for sentence in sentences if any(token.text in _LACKING for token in read_tokens(sentence))]
    return " ".join(told) or text


def asks_days_left(part: str) -> bool:
    """Whether it is asked how much time is left: 'hoeveel dagen heb ik dan nog?'."""
    return _LEFT.search(fold(part)) is not None


def asks_standing(part: str) -> bool:
    """Whether it is asked when something is due, or whether that day has passed."""
    return _PASSED.search(fold(part)) is not None or read_asked(part).when


def asks_address(part: str) -> bool:
    """Whether it is asked where to send, mail or phone."""
    return _WHERE_TO.search(fold(part)) is not None


def asks_demand(part: str) -> bool:
    """Whether it is asked if something has to be done or had: what the policy asks is the answer, whatever one has."""
    return _DEMANDED.search(fold(part)) is not None


def asks_way(part: str) -> bool:
    """Whether it is asked how something is done: 'hoe vraag ik dat aan?', 'via welke weg?'."""
    return _WAY.search(fold(part)) is not None


def asks_whom(part: str) -> bool:
    """Whether it is asked with whom one deals, and not by which way he is reached: a party is the answer as well."""
    folded = fold(part)
    return _WITH_WHOM.search(folded) is not None and not any(each.search(folded) for each in _CHANNELS.values())


def gives_channel(text: str, channel: Channel) -> bool:
    """Whether a text gives an address by which one is reached in this way."""
    return _GIVEN[channel].search(text) is not None


def asks_which_policy(part: str) -> bool:
    """Whether it is asked where a subject is regulated, or whether this policy covers it."""
    return _WHICH_POLICY.search(fold(part)) is not None


def asks_difference(part: str) -> bool:
    """Whether things are to be put side by side: 'is er verschil tussen ... en ...?'."""
    return _DIFFERENCE.search(fold(part)) is not None


def asks_anything(part: str) -> bool:
    """Whether it is asked if anything is said about something: 'staat er ook iets in over scholing?'."""
    return _ANYTHING.search(fold(part)) is not None


def asks_each(text: str) -> bool:
    """Whether a text speaks of two things at once, of each of which is asked: 'zowel een IGO als een kliniek'."""
    return _EACH.search(fold(text)) is not None


def asks_side_by_side(text: str) -> bool:
    """Whether two are held against each other in any way: 'A langer dan B', 'wat bij A en wat bij B', 'A of B eerder'."""
    folded = fold(text)
    return any(pattern.search(folded) is not None for pattern in (_DIFFERENCE, _EACH, _LIKEWISE, _EARLIER, _BESIDE))


def asks_likewise(text: str) -> bool:
    """Whether it is asked if what holds for one holds for another as well: 'geldt dat bij een kliniek ook?'."""
    return _LIKEWISE.search(fold(text)) is not None


def asks_sameness(part: str) -> bool | None:
    """Whether it is asked if things are the same (yes then means that they are); False: if they differ, None: neither."""
    folded = fold(part)
    is_same, differs = (pattern.search(folded) is not None for pattern in (_SAMENESS, _DIFFERING))
    return is_same if is_same != differs else None


def asks_yes_no(part: str, language: Language) -> bool:
    """Whether a question opens with its verb, or is cut so short that only yes or no can answer it: 'compleet?'."""
    tokens = read_tokens(part)
    clauses = read_clauses(tokens, part, language)
    openings = [clause.opening for clause in clauses if clause.mood == "question"]
    if openings:
        return any(opening not in fw.QUESTION_WORDS for opening in openings)
    if not clauses or not clauses[-1].asks or read_asked(part).kind_said:
        return False
    return not any(token.text in fw.QUESTION_WORDS for token in tokens[clauses[-1].first :])


def asks_which_is_first(text: str) -> bool:
    """Whether it is asked which of several comes first or lasts longer: a day or a time of each is the answer."""
    return _EARLIER.search(fold(text)) is not None


def asks_several(text: str) -> bool:
    """Whether more than one thing is asked, however short: 'adres graag, en hoe snel antwoord?'."""
    return len(_PARTS.split(text.rstrip(" ?"))) > 1


def parts_of(text: str) -> list[str]:
    """The things asked in one go: 'tot wanneer kan dat en waar mail ik het?' asks for two. One where they are not told apart."""
    return [part for part in _PARTS.split(text) if len(part.split()) >= MIN_PART_WORDS]
