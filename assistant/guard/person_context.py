"""What the words around a name say of its bearer: cared for, or acting for a provider or an insurer."""

from __future__ import annotations

import re

from assistant.guard.life_dates import DATE

BEFORE_CHARS, AFTER_CHARS = 60, 90
"""How far from a name the words stand that say who it is."""

_IN_CARE = re.compile(
    r"\b(?:pati[eë]nt|cli[eë]nt|verzekerde?\b|behandel|vergoed|thuiszorg|(?:zorg|hulp|begeleiding) nodig|nodig heeft|krijgt|"
    r"diagnos|opname|opgenomen|zwanger|beval|kraam|miskraam|verwij|operat|geopereerd|therapie|medicijn|medicatie|recept\b|"
    r"ziek\b|pijn|diabet|kanker|tumor|copd|astma|depress|dement|alzheimer|parkinson|psych|hulpmiddel|rolstoel|insuline|"
    r"dialyse|hiv|epilep|geboren|geb\.|\d{1,3} jaar|rookt|verslaafd|overleden|incontinent|wondzorg|katheter|stoma|reuma|"
    r"insured|treat|reimburs|pregnan|surgery|operation|therapy|medicat|prescri|cancer|ill\b|pain|referr|admitted|"
    r"years old|born)",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:contactpersoon|(?:zorg)?inkoper|accountmanager|relatie(?:beheerder|manager)|(?:praktijk|zorg|team|afdelings)?manager|"
    r"directeur|directrice|bestuurder|bestuurslid|voorzitter|eigenaar|eigenares|praktijkhoud(?:er|ster)|collega|"
    r"medewerk(?:er|ster)|secretaresse|administrateur|boekhouder|jurist|tekenbevoegde?|dokter|doctor|dr\.?|drs\.?|prof\.?|"
    r"(?:huis|tand|kinder|bedrijfs)?arts|apotheker|(?:wijk)?verpleegkundige|verloskundige|fysiotherapeut|ergotherapeut|"
    r"logopedist|di[eë]tist|psycholoog|psychiater|therapeut|coach|kraamverzorgende|beheerder|adviseur|specialist|"
    r"contact(?:\s+person)?|buyer|manager|director|owner|colleague|chair|advis[eo]r|pharmacist|midwife|physiotherapist|"
    r"psychologist|gp|nurse)"
)
_SPOKEN = (
    r"(?:sprak|spreek|spraken|gesproken|contact|e-?mail|mailtje|brief|bericht|antwoord|gebeld|belde|bel|gemaild|vraag|namens|"
    r"via|t\.a\.v\.|attentie|aan|beste|geachte|dear|spoke|talked|called|e-?mailed|heard|behalf|met)"
)
_ROLE_BEFORE = re.compile(
    rf"(?:\b{_ROLE}\W+(?:(?:is|de|van|onze|uw|our|your|the|bij|at|caresq)\W+){{0,3}}"
    rf"|\b{_SPOKEN}\s+(?:(?:met|van|door|aan|naar|to|with|by|from|of)\s+)?)$",
    re.IGNORECASE,
)
_ROLE_AFTER = re.compile(
    rf"^[\s,(]*(?:(?:is|als|as)\s+)?(?:(?:onze|uw|de|het|een|our|your|the|a|an|nieuwe|new)\s+)*{_ROLE}\b"
    r"|^\s+(?:van|bij|from|at|of)\s+(?:onze|ons|uw|de|het|our|your|the|(?-i:[A-Z]))"
    r"|^[^.?!]{0,30}\b(?:teken\w*|onderteken\w*|mailt\w*|belde?|belt|gebeld|gemaild|bevoegd|werkt|signs?|e?mailed|works)\b",
    re.IGNORECASE,
)
_RELATIVE_BEFORE = re.compile(
    r"\b(?:dochter|zoon|man|vrouw|moeder|vader|mantelzorger|familie|daughter|son|husband|wife|mother|father|family)\s+"
    r"(?:van|of)\s+$",
    re.IGNORECASE,
)
_ORGANISATION_BEFORE = re.compile(
    r"\b(?:\w*praktijk|apotheek|stichting|maatschap|kliniek|centrum|zorggroep|co[oö]peratie|vof|firma|huisarts\w*|tandarts\w*|"
    r"ziekenhuis|instelling|bureau|practice|pharmacy|clinic|hospital|foundation|dr\.?|drs\.?|prof\.?|dokter)\s+$",
    re.IGNORECASE,
)
_SUFFERS = re.compile(
    rf"^\W{{0,3}}(?:{DATE}|geb\b|geboren|born|\d{{1,3}}[ -]?(?:jaar|jarige|jr|years?|yo)\b"
    r"|(?:\w+\s+){0,2}?(?:heeft|had|lijdt|kampt|krijgt|kreeg|gebruikt|slikt|is|was|werd|ligt|rookt|has|suffers|takes)\s"
    r"[^.?!]{0,40}?(?:diabet|kanker|copd|astma|depress|dement|alzheimer|parkinson|schizofren|psychos|hiv|epilep|reuma|tumor|"
    r"zwanger|bevallen|opgenomen|geopereerd|verslaafd|ziek\b|overleden|insuline|chemo|dialyse|incontinent|diagnos|pijn|"
    r"cancer|pregnan|admitted|surgery|asthma|illness|medicat|medicijn|therap|behandel|treat))",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"^\s+(?:heeft|is|wil|krijgt|woont|zou|moet|mag|kan|has|wants|needs|gets|lives|was)\b|^\s*\(", re.IGNORECASE
)


def is_cared_for(text: str, start: int, end: int) -> bool:
    """Whether the words around say that who stands from `start` to `end` gets care, and does not act for anyone."""
    before, after = text[max(0, start - BEFORE_CHARS) : start], text[end : end + AFTER_CHARS]
    if not _RELATIVE_BEFORE.search(before) and (_ROLE_BEFORE.search(before) or _ROLE_AFTER.search(after)):
        return False
    return _IN_CARE.search(text[max(0, start - BEFORE_CHARS) : end + AFTER_CHARS]) is not None


def suffers(text: str, start: int, end: int) -> bool:
    """Whether a birth date, an age or what the person has follows, and neither a role nor an organisation goes before."""
    before = text[max(0, start - BEFORE_CHARS) : start]
    if _ORGANISATION_BEFORE.search(before) or _ROLE_BEFORE.search(before):
        return False
    return _SUFFERS.search(text[end : end + AFTER_CHARS]) is not None


def does_something(text: str, end: int) -> bool:
    """Whether a verb or a bracket follows, as behind a name and seldom behind a medicine."""
    return _DOING.search(text[end : end + AFTER_CHARS]) is not None
