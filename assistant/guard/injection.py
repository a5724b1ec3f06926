"""Attempts to make the assistant something else: other rules, another role, its prompt, words put in its mouth.

A pattern names what a question about procurement does not hold: an order to this assistant. That a
provider ignores a warning or plays a role is no order; verbs count as an imperative only.
"""

from __future__ import annotations

import re

from assistant.guard.disguise import beneath, encoded
from knowledge.dutch import fold

_START = (
    r"(?:^|[.!?:;,\n\"'(>-]\s*|"
    r"\b(?:en|daarna|vervolgens|nu|dan|and|then|now|please|just|simply|graag|und|dann|bitte|jetzt)\s+)"
)
"""Where an imperative stands."""
_NOT_ME = "".join(rf"(?<!\b{word} )" for word in "ik wij we u je i we not to niet te ich wir".split())
_NOT_ME_AFTER = r"(?! (?:ik|wij|we|u|jullie|men|je niet|niet|i|not|ich|wir)\b)"
_DROP = (
    rf"{_NOT_ME}\b(?:negeer|ignoreer|omzeil|overschrijf|vergeet|ignore|disregard|forget|bypass|override|ignoriere?n?|"
    rf"vergiss|missachte?|umgehe?|uberschreibe?|oublie[rz]?|ignora|olvida)\b{_NOT_ME_AFTER}"
)
_RULES = (
    r"(?:instructies?|opdracht(?:en)?|regels|richtlijnen|beperkingen|programmering|prompts?|filters?|beleid|documenten|"
    r"bronnen|instructions?|instruktionen|rules|guidelines|restrictions|guardrails|programming|policy|documents?|sources|"
    r"anweisung(?:en)?|regeln|richtlinien|vorgaben|beschrankungen|consignes|regles|instrucciones|reglas|directi?ves|"
    r"directieven|orders|commands|training)"
)
_OWN_RULES = r"(?:regels|instructies|richtlijnen|beperkingen|opdracht(?:en)?|rules|instructions|guidelines|restrictions|rolle?|role)"
_YOURS = r"(?:je|jouw|uw|your|deine?n?r?m?)"
_SECRETS = (
    r"(?:systeem ?prompt|prompt|instructies|configuratie|programmering|api[- ]?(?:sleutel|key)s?|wachtwoord(?:en)?|"
    r"instructions|configuration|hidden rules|system message|systeembericht|anweisungen|instruktionen|password|"
    r"credentials|trainingsdata|training data|source code|broncode)"
)
_SHOW = (
    r"(?:toon|geef|herhaal|print|druk|laat|onthul|lees|kopieer|noem|vertel|deel|vat|vertaal|beschrijf|show|reveal|repeat|"
    r"output|display|tell|give|copy|dump|leak|share|list|describe|summari[sz]e|translate|zeige?|gib|verrate?|nenne?|"
    r"wiederhole?|wat (?:is|zijn)|what (?:is|are)|was (?:ist|sind)|welke|which|hoe luiden?)"
)
_ORDINARY = r"(?! (?:over|voor|about|for|on|regarding|bij|om|zum|fur|to (?:providers|us))\b)"
_FROM_NOW = r"(?:vanaf nu|van nu af aan|voortaan|vanaf heden|vanaf dit moment|from (?:now|here) on|from this point on|ab jetzt|ab sofort)"
_MACHINE = r"(?:ai|ki|a\.i\.|chatbot|bot|assistent|assistant|taalmodel|language model|llm|gpt|chatgpt)"

_PATTERNS: dict[str, tuple[str, ...]] = {
    "drops the rules": (
        rf"{_DROP}.{{0,40}}\b{_RULES}\b",
        rf"{_DROP}\s+(?:alles|everything|all)\b(?! (?:about|over|for|in the) )",
        (
            rf"{_START}(?:sla|zet|schakel|laat|turn|switch|leg)\b.{{0,6}}\b(?:je|jouw|your|alle)\b.{{0,30}}"
            r"(?:regels|richtlijnen|beperkingen|filters?|instructies|rules|restrictions|guidelines)\b"
        ),
        (
            rf"\b(?:je|jij|you|du)\b.{{0,25}}\b(?:niet|geen|no longer|don't|do not|need not|nicht)\b.{{0,25}}\b(?:je|jouw|your|the|deine)"
            rf" (?:\w+ )?{_RULES}\b{_ORDINARY}"
        ),
        rf"{_START}(?:stop following|do not follow|don't follow)\b.{{0,20}}\b(?:your|the|these|any|system)\b",
        r"\b(?:volg|gehoorzaam|luister)\b.{0,20}\b(?:alleen|uitsluitend|slechts)\b.{0,12}\bmijn\b",
        (
            rf"\b(?:je|jouw|your|deine) {_OWN_RULES} (?:zijn|are|have|sind|gelden) (?:veranderd|vervallen|opgeheven|niet meer|void|"
            r"changed|lifted|no longer)|\bgelden niet (?:meer )?voor (?:jou|je)\b|\bno longer appl\w+ to you\b"
        ),
        rf"\b{_RULES} zijn (?:vervallen|opgeheven)\b.{{0,20}}\bbevestig\b|\bbeperkingen zijn opgeheven\b",
        r"\b(?:je|jouw|your|deine) (?:new|nieuwe|neuen?) (?:instructions?|instructies?|rules|regels|opdracht|rol|role|regeln)\b",
        (
            r"\b(?:i want|ik wil|ich will|i need) (?:you to|dat je|dat jij|dass du)\b.{0,12}\b(?:forget|ignore|act|pretend|behave|vergeet|"
            r"negeert|doet alsof|voordoet|gedraagt|speelt|vergisst)"
        ),
        r"\bals (?:beheerder|ontwikkelaar|admin) geef ik (?:je|jou)\b|\blaat je niet tegenhouden door\b",
        rf"{_START}(?:zet|leave|set|leg|lass|gooi|stap|step|put)\b.{{0,30}}\b(?:opzij|aside|overboord|buiten|outside|weg|beiseite)\b",
        (
            r"\b(?:buiten|outside|los van) (?:je|jouw|your|deine) (?:instructies|regels|rules|instructions|regeln)\b|"
            r"\b(?:je|jij|you|you're|du)\b.{0,25}\b(?:zonder|without|ohne) (?:any |enige )?(?:regels|beperkingen|restricties|restrictions|rules|"
            r"filters?|limits|regeln)\b|\b(?:unrestricted|uncensored|unfiltered|ongefilterde|onbeperkte) (?:mode|modus|assistent|assistant|ai)\b"
        ),
        (
            r"\b(?:verzin|fantaseer|improviseer|invent|make up|erfinde)\b.{0,20}\b(?:datum|bedrag|deadline|antwoord|tarief|date|amount|"
            r"answer|number|figure|bron|source)\b|\bimprovise\b"
        ),
        (
            rf"{_START}(?:antwoord|beantwoord|geef|zeg|answer|reply|give)\b.{{0,30}}\b(?:zonder (?:bronnen|het beleid|citaten)|geen bronnen|"
            r"without (?:using |the |any )*(?:policy|sources|citations))\b"
        ),
        r"\b(?:new|nieuwe) (?:rule|regel)\s*:\s*(?:always|never|altijd|nooit|je|you)\b|\b(?:luister|gehoorzaam)\b.{0,8}\b(?:enkel|alleen|slechts)\b",
    ),
    "asks for the prompt": (
        (
            r"\bs[iy]ste?e?m[ -]?prompts?\b|\bjailbreak\w*|\bprompt[ -]?injecti(?:on|e)\b|\bde(?:veloper|bug)[ -]?mod(?:e|us)\b|"
            r"\bgod mode\b|\bsystem message\b|\bsysteembericht\b"
        ),
        rf"\b{_SHOW}\b.{{0,30}}\b{_YOURS}\s+(?:\w+\s+){{0,2}}{_SECRETS}\b{_ORDINARY}",
        (
            r"\b(?:verborgen|geheime|hidden|secret|interne[n]?|initial)\s+"
            r"(?:instructies|instructions|anweisungen|prompt|rules|opdracht)\b"
        ),
        (
            r"\b(?:instructies|regels|opdrachten|tekst|bericht|instructions|rules|message|anweisungen)\b,? (?:die|dat|waarmee|that|which)?\s?"
            r"(?:je|jij|you|du)\b.{0,20}\b(?:gekregen|geprogrammeerd|gemaakt|getraind|meegekregen|given|got|received|told|erhalten)\b"
        ),
        r"\b(?:je|jij|jou|you|du)\b.{0,12}\b(?:geprogrammeerd|getraind|programmed|trained|programmiert|trainiert)\b",
        r"\bwhat (?:were|was) you (?:told|given|instructed)\b|\bbericht\b.{0,15}\bvoor mijn vraag\b",
        (
            r"\b(?:herhaal|toon|laat|print|kopieer|repeat|show|output|copy|translate|vertaal|wiederhole)\b.{0,25}"
            r"\b(?:alles|tekst|woorden|everything|text|words|message)\b.{0,15}\b(?:hierboven|boven (?:dit|deze)|daarboven|above|"
            r"before this|daruber)\b"
        ),
        r"\b(?:show|reveal|leak|dump|toon|onthul)\b.{0,24}\binterna?le? (?:documents?|documenten)\b",
        (
            r"\b(?:geef|verschaf|grant|give|gib) (?:mij|me|us|ons|mir) (?:toegang|access|zugriff) (?:tot|to|auf) "
            r"(?:de|the|je|your|alle|all|die) (?:database|server|broncode|source code|backend|datenbank)\b"
        ),
        (
            rf"\b(?:je|jouw|deine?n?) (?:\w+ )?(?:prompt|instructies|regels|richtlijnen|opdracht|programmering|beperkingen|anweisungen|regeln|"
            rf"identiteit|geheugen)\b{_ORDINARY}|\byour (?:\w+ )?(?:prompt|programming|identity|persona)\b"
        ),
        r"\b(?:volledige|hele|full|entire|whole) context\b|\bcontext (?:die|that|which) (?:je|jij|you)\b",
        (
            r"\bik ben (?:de |een )?(?:ceo|directeur|bestuurder|medewerker|inkoper|topman) van (?:caresq|zorg en zekerheid|de verzekeraar|jullie)\b"
            r".{0,12}\b(?:geef|toon|stuur|keur|laat)\b"
        ),
    ),
    "gives a role": (
        rf"\b(?:je|jij) bent (?:nu|{_FROM_NOW}) (?!verplicht)|\b{_FROM_NOW} (?:ben|heet|spreek|praat|speel|antwoord|reageer) (?:je|jij)\b",
        (
            r"\bu bent (?:nu|vanaf nu) (?:een|geen|mijn) |"
            r"\byou are (?:now|from now on|no longer) (?:a|an|the|my|free|in|dan|called|bound)\b|\byou are free now\b"
        ),
        rf"\b{_FROM_NOW}\b.{{0,12}}\b(?:ben jij|you are|you will|you must|every answer|bist du|antworte)\b",
        rf"{_START}(?:wees|word|be|become|sei|antwoord|reageer|praat|answer|reply|respond|antworte|sprich)\b.{{0,30}}\b{_FROM_NOW}\b",
        rf"\byou (?:must|will|shall) answer\b.{{0,30}}\b{_FROM_NOW}\b",
        (
            rf"{_START}(?:doe|gedraag je|pretend|roleplay|role-play|imagine you|tu so|verhalte dich|stell dir vor,? du)\b"
            r"(?: (?:nu|vanaf nu|maar|eens))?(?: alsof| als| that you| to be| you| as| are|,? als|,| bist)"
        ),
        r"\bje voordoe\w*\b|\bdoe je voor als\b|\bimpersonate\b|\b(?:schrijf|praat|antwoord|write|answer|respond) (?:alsof|as if|as though) (?:je|jij|you)\b",
        rf"(?:{_START}|\byou (?:will|must|should|can|are to) |\bto you )act (?:as|like)\b(?! (?:intended|usual))",
        rf"{_START}(?:speel|neem|kruip|play|take on|spiele?|nimm)\b.{{0,12}}\b(?:rol|huid|role|rolle)\b(?! .{{0,20}}\bop\b)",
        (
            rf"{_START}(?:antwoord|spreek|praat|reageer|schrijf|answer|respond|speak|reply|talk|antworte|sprich)\s+"
            r"(?:nu |voortaan |mij |me |now )?(?:als|alsof|namens|like|as|on behalf of|in de stijl van|wie)\s+"
            r"(?:een|de|het|je|jij|raad|a|an|the|if|ein|eine|der|die|du)\b"
        ),
        r"\blet'?s play a game\b|\blaten we een spel(?:letje)? spelen\b|\bdu bist (?:jetzt|nun|ab jetzt|ab sofort)\b|\bdo anything now\b",
        (
            r"\b(?:verander|wissel|switch|change)\b.{0,10}\b(?:rol|role|modus|mode|persona|identiteit|identity)\b|"
            r"\b(?:nieuwe|new) (?:identiteit|identity|persona)\b|\b(?:in the (?:voice|style) of|in de stijl van) (?:a|an|een)\b"
        ),
        r"\b(?:kun|kan|wil|zou|can|could|would) (?:je|jij|you)\b.{0,10}\b(?:doen alsof|pretend|act as if)\b",
        r"\b(?:simuleer|simulate|emuleer|emulate)\b.{0,10}\b(?:terminal|shell|linux|computer|console)\b",
    ),
    "puts words in its mouth": (
        (
            rf"{_START}(?:antwoord|zeg|schrijf|reply|answer|say|respond|antworte)\b.{{0,20}}\b(?:alleen|uitsluitend|only|exactly|nur)\b"
            r".{0,24}['\"“‘]"
        ),
        r"\bzeg (?:mij |me )?(?:letterlijk )?na\b|\bherhaal na mij\b|\brepeat after me\b|\bsprich mir nach\b",
        (
            r"\b(?:begin|eindig|start|end|finish|sluit)\b.{0,10}\b(?:elk|ieder|je|all?|every|each|your)\b.{0,8}"
            r"\b(?:antwoord|answer|reply|response)s?\b.{0,12}\b(?:met|with|af)\b"
        ),
        r"\b(?:answer|beantwoord|antwoord op) (?:every|each|all|elke|iedere|alle) (?:question|vraag|vragen)s? (?:with|met)\b",
        rf"{_START}output (?:only|just|nothing)\b|\bevery answer must\b|!\[[^\]]*\]\(\s*https?:|\b(?:als|as|in) json\b.{0, 40}\b(?:key|veld|field|sleutel)\b",
        (
            r"\b(?:verzwijg|verberg|laat|hide|omit|conceal)\b.{0,12}\b(?:je |jouw |alle |your |all )?(?:bron|bronnen|sources?|citation\w*)\b"
            r"(?: weg|$|[.!,])"
        ),
    ),
    "looks like the machine's own words": (
        (
            r"\b(?:nieuwe|new|neue)\s+(?:opdracht|instructies?|instructions?|order|anweisung|context)\b\s*:|"
            r"\b(?:nieuwe|new)\s+(?:opdracht|instructies?|instructions?|order)\b.{0,60}\b(?:van de beheerder|van de ontwikkelaar|"
            r"antwoord met|zeg dat|from the (?:admin|developer)\w*|answer with|say that|reply with)\b"
        ),
        (
            r"</?(?:system|instructions?|assistant|user|context)>|\[/?(?:inst|system)\]|<\|?im_(?:start|end)\|?>|"
            r"^\s*system\s*:|\b(?:assistant|user)\s*:\s|\"role\"\s*:\s*\""
        ),
        r"\b(?:admin|system|root|sudo)[ -]override\b|\bik ben (?:je|jouw) (?:beheerder|ontwikkelaar|maker|baas|programmeur)\b",
        r"\bi am your (?:developer|admin\w*|creator|owner)\b|\bich bin dein (?:entwickler|administrator)\b",
        rf"\b(?:aan|to|voor|an) (?:de |the |die )?{_MACHINE}\s*:",
        r"\beinde (?:van de )?gebruikersvraag\b|\bend of (?:user|the) (?:input|prompt|question)\b",
        rf"{_START}(?:decodeer|decode|dekodiere)\b.{{0,12}}\b(?:en voer|en doe|and (?:run|execute|follow|obey)|und)\b",
        r"\bvoer\b.{0,20}\b(?:commando|code|script)\b.{0,4}\buit\b|\b(?:run|execute) (?:the|this) (?:following )?(?:command|code|script)\b",
    ),
}
_COMPILED = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL) for patterns in _PATTERNS.values() for pattern in patterns
)
_RUN_TOGETHER = re.compile(
    r"(?:negeer|ignoreer|vergeet|omzeil|ignore|forget|disregard|bypass|override|ignoriere|vergiss)\w{0,30}"
    r"(?:instruct|regels|richtlijn|prompt|rules|guidelines|anweisung|regeln|opdracht)"
)


_KEYS = re.compile(
    r"neg(?:eer|ate)|ignor|verg(?:eet|iss)|forget|disregard|bypass|overr|omzeil|prompt|instru|regel|rules|anweis|richtlijn|"
    r"guideline|beperking|restrict|vanaf nu|from now|doe alsof|pretend|act as|je bent|you are|du bist|jailbreak"
)
"""What is looked for beneath a disguise, before all patterns are."""


def is_injection(text: str) -> bool:
    """Whether `text` gives orders to the assistant, openly or beneath a disguise."""
    if _gives_orders(fold(text)):
        return True
    if any(True for _ in encoded(text)):
        return True  # a sentence in base64 has nothing to ask that plain words do not
    return any(_KEYS.search(said) and (_gives_orders(said) or _RUN_TOGETHER.search(said)) for said in beneath(text))


def _gives_orders(folded: str) -> bool:
    return any(pattern.search(folded) for pattern in _COMPILED)
