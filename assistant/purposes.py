"""What one turns to an insurer for: what a row of a contact table is for, and for what an asker wants an address.

Contact tables of all insurers name the same few purposes in their own words, and askers theirs. A question and a
row for the same purpose belong together, however few words they share.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question import asks_address
from knowledge.dutch import fold

_PURPOSES = {
    "claims": r"\b\w*declar\w*|\b\w*factu\w*|\buitbetal\w*|\buitbetaling\w*|\bclaims?\b|\bbilling\b|\binvoic\w*",
    "consent": r"\btoestemming\w*|\bmachtig\w*|\b(?:voor|vooraf) ?goedkeuring\w*|\bpermission\b|\bauthori[sz]\w*|\bprior approval\b",
    "apply": r"\baanvra\w+ (?:van |voor )?(?:een |de |het )?(?:nieuwe? )?\w*(?:overeenkomst|contract)\w*|\b\w*(?:contract|overeenkomst) aanvra\w+"
    r"|\baanvraagformulier\w*|\btoetred\w*|\bapply for a contract\b",
    "standing": r"\bstand van zaken\b|\bvoortgang\b|\b(?:hoe|waar) (?:het|de|dat|mijn|onze) (?:\w+ ){0,3}(?:ervoor )?(?:staat|loopt|ligt|blijft)\b|\b(?:niks|niets|nooit iets)(?: meer| van u| van jullie)? (?:ge)?ho(?:or|ord)\b"
    r"|\bhoor(?:en)? (?:ik |we |wij )?(?:maar |nog )?(?:niks|niets)\b|\bstatus of\b|\bheard nothing\b|\bnot heard\b",
    "data": r"\bmutatie\w*|\bwijziging(?:en)? (?:van|in|aan)\b|\bpraktijkwijziging\w*|\bverhuis\w*|\b(?:nieuw|ander|gewijzigd)e? (?:\w+ )?(?:\w*adres|\w*rekening\w*|agb\w*|naam|rechtsvorm|bestuur\w*|locatie)\b"
    r"|\bbankrekening\w*|\brekeningnummer\w*|\brechtsvorm\w*|\bmoved? (?:to|house|premises)\b|\bbank account\b|\bnew address\b",
    "takeover": r"\b\w*overnam\w*|\bovernemen\b|\bovergenomen\b|\b(?:neem|neemt|nemen|namen) .{0,60}\bover\b|\b(?:ver)?(?:koop|koopt|kopen|kocht|gekocht)\b"
    r"|\btak(?:e|ing) over\b|\btakeover\b|\bbuy(?:ing)?\b|\bbought\b|\bacquir\w*|\bmerg\w+|\bfusi\w+|\bfuseer\w*",
    "complaint": r"\b\w*klacht\w*|\b\w*klagen\b|\b\w*klaag\w*|\bontevreden\b|\bcomplain\w*|\bdissatisf\w*",
    "new ideas": r"\b\w*innovati\w*|\bvernieuwend\w*|\bnieuwe? (?:idee|ideeen|werkwijze|aanpak)\b|\b(?:goed|slim)e? idee\b|\bidee\w*|\bpitch\w*|\binvent\w*|\bnew idea\w*",
    "fraud": r"\b\w*fraude\w*|\bfrauderen\b|\bfrauduleu\w*|\bonrechtmatig\w*|\bmisbruik\b|\bsjoemel\w*|\bnepdeclarat\w*|\bnooit (?:geleverd|gegeven|verleend)\w*"
    r"|\bfraud\w*|\bnever (?:\w+ )?(?:happened|took place|delivered|given)\b|\bfake\b",
    "check": r"\b\w*controle\w*|\bsteekproef\w*|\bverbeterplan\w*|\baudits?\b|\bdossieronderzoek\w*|\binspection of (?:our )?files\b",
    "anew": r"\bherbeoord\w*|\bheroverweg\w*|\bbezwaar\w*|\bniet (?:mee )?eens\b|\bonterecht\w*|\bafgewezen\b|\bafwijzing\w*|\bopnieuw (?:\w+ ){0,3}(?:bekijk|beoorde|kijken|laten kijken)\w*"
    r"|\breconsider\w*|\bappeal\b|\bdisagree\w*|\brejected\b|\bobject(?:ion)? to\b",
    "questionnaire": r"\b\w*vragenlijst\w*|\bquestionnaire\w*",
    "mediation": r"\b\w*bemiddel\w*|\bniet te plaatsen\b|\b(?:geen|nergens|niemand .{0,30}) plek\b|\bwachtlijst\w*|\bniet terecht kunnen\b|\bcare mediation\b|\bwaiting list\w*",
    "figures": r"\bspiegel\w*|\bbenchmark\w*|\bbehandelindex\w*|\bpraktijkprofiel\w*|\bmirror (?:data|information)\b",
    "subcontracting": r"\bonderaanne\w*|\bonder ?aannemer\w*|\buitbested\w*|\bsubcontract\w*",
}
_COMPILED = {purpose: re.compile(pattern) for purpose, pattern in _PURPOSES.items()}
_OBJECTS = frozenset({"claims", "questionnaire"})
"""What something else may be about: a complaint, a check, a fraud."""
_GIVES = re.compile(
    r"\b(?:(?:aan|bij|naar|met) wie (?:\w+ ){0,2}(?:geef|geven|stuur|sturen|mail|mailen|meld|melden|richt|vraag)\w*|"
    r"waar (?:kan|kunnen|moet|moeten|mag|mogen) (?:\w+ ){1,6}?(?:kwijt|heen|naartoe|naar toe|terecht|navragen|aankloppen)|"
    r"waar (?:kan|kunnen) (?:ik|we|wij) (?:\w+ ){0,3}(?:vragen|navragen)|"
    r"(?:mail|e-?mail|post)?adres\w*\W*(?:om|voor|waar|graag|\?|$)|who (?:do|can|should) (?:i|we) (?:\w+ ){0,2}(?:e-?mail|report|tell))"
)


@lru_cache(maxsize=4_000)  # the rows of contact tables come back every turn
def purposes_of(text: str) -> frozenset[str]:
    """What `text` would turn to an insurer for."""
    folded = fold(text)
    return frozenset(purpose for purpose, pattern in _COMPILED.items() if pattern.search(folded))


def wanted_of(question: str) -> frozenset[str]:
    """What an asker wants of the insurer; who complains of a claim wants to complain."""
    wanted = purposes_of(question)
    return wanted - _OBJECTS or wanted


def wants_address(question: str) -> bool:
    """Whether an address is what is asked for; 'mag ik per telefoon aanmelden?' asks for none."""
    return asks_address(question) or _GIVES.search(fold(question)) is not None
