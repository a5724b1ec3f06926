"""Text that seems to tell a machine what to do: where there is any, the model is not asked.

Wider than `assistant.guard`, which turns askers away: all that a false alarm costs here is that the composed answer
is given as it is. It is a first line only: what a model writes is checked in any case.
"""

from __future__ import annotations

import re

from knowledge.dutch import fold

_MACHINE = (
    r"(?:system|systeem|assistent|assistant|chatbot|taalmodel\w*|language model|llm|a\.?i\.?|ai-\w+|gpt|bot|prompts?"
    r"|systeemprompt|jailbreak\w*)"
)
_PATTERNS = (
    (
        r"\b(?:negeer|ignoreer|vergeet|omzeil|overschrijf|ignore|disregard|forget|bypass|override|overrule)\b.{0,80}\b(?:instructi\w*"
        r"|opdracht\w*|regels?|richtlijn\w*|beperking\w*|beleid\w*|bron\w*|rules?|guidelines?|restrictions?|polic\w+|sources?"
        r"|everything|alles|above|bovenstaand\w*|voorgaand\w*|eerdere?|previous|prior|hiervoor|other)\b"
    ),
    r"\b(?:zeg|say|verklaar|declare|beweer|claim|stel|assert)\s+(?:dat|that)\b|[\"']\s*(?:role|content|system)\s*[\"']\s*:",
    (
        r"\b(?:instructie|instruction|opdracht|bericht|note|message|notitie|opmerking|let op|attention)s?\b.{0,30}\b(?:voor|aan|for|to)\b.{0,15}\b"
        rf"(?:de |the |het |any |elke )?{_MACHINE}\b"
    ),
    (
        rf"\b{_MACHINE}\b.{{0,40}}\b(?:moet|must|should|antwoord\w*|zeg\w*|meld\w*|schrijf\w*|geef|answers?|says?|replies|reply|"
        r"responds?|writes?|outputs?|negeer|ignore)\b"
    ),
    (
        r"\b(?:je|jij|u) bent (?:nu|vanaf nu|voortaan|geen)\b|\byou are (?:now|from now on|no longer)\b|\b(?:vanaf nu|voortaan"
        r"|from now on)\b"
    ),
    r"\b(?:doe alsof|gedraag (?:je|u)|speel de rol|pretend|act as|role-?play|behave (?:as|like))\b",
    (
        r"\b(?:antwoord|zeg|schrijf|vertel|meld|herhaal|toon|print|output|reply|respond|answer|say|write|tell|repeat|reveal|show)\b"
        r".{0,40}\b(?:gebruiker\w*|users?|asker|vrager|lezer|altijd|always|uitsluitend|alleen|only|exactly|letterlijk|verbatim"
        r"|woord voor woord|precies|met de woorden|met de tekst|the words?|prompt)\b"
    ),
    (
        r"\b(?:antwoord|zeg|schrijf|reply|respond|answer|say|write|output|print|add|voeg|eindig|begin|end|start)\b(?: \w+){0,4}"
        r"\s*(?:met|with|by|:)?\s*[\"'“‘:]"
    ),
    (
        r"\b(?:voeg|add|append|include|noem|vermeld|mention|insert)\b.{0,40}\b(?:link|url|website|e-?mail\w*|telefoonnummer"
        r"|phone number|adres|address|address(?:es)?)\b.{0,40}\b(?:toe|aan|in|to|at the|antwoord|answer|reply)\b"
    ),
    r"\b(?:vertaal|translate)\b.{0,30}\b(?:naar|in|to|into)\b|\b(?:in het|in) (?:frans|duits|spaans|french|german|spanish)\b",
    (
        r"\b(?:zonder|without|laat\b.{0,15}\bweg|omit|drop|leave out|verzwijg|verberg|hide)\b.{0,25}\b(?:bron(?:nen|vermelding)?"
        r"|label\w*|citation\w*|citaten|verwijzing\w*|sources?|references?)\b"
    ),
    r"\b(?:nieuwe|new|updated|gewijzigde)\s+(?:instructi\w*|opdracht\w*|regels|rules|system)\b|\bdeveloper mode\b",
    (
        r"</?\w+[^>]*>|\[/?(?:inst|system|user|assistant)\w*\]|\b(?:system|systeem|assistant|assistent|user|human|ai)\s*:|<\|\w+\|>|#{3,}|"
        r"\b(?:begin|end|einde|start)[ _-](?:of[ _-])?(?:data|instructi\w*|system|prompt|context)\b|```"
    ),
    r"\b(?:hacked|pwned|owned|canary)\b",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE | re.DOTALL | re.MULTILINE) for pattern in _PATTERNS)


def seems_instruction(text: str) -> bool:
    """Whether `text` holds what reads as an instruction to a machine."""
    folded = fold(text)
    return any(pattern.search(folded) for pattern in _COMPILED)
