"""What a planned date is about: signing, offering, publishing and the like, in a question and in a table row.

Planning tables of all insurers name the same few acts in their own words. A question and a row
about the same act belong together; a row about another act is not the answer, however many words
it shares.
"""

from __future__ import annotations

import re

from knowledge.dutch import fold

_ACTS = {
    "sign": r"\b(?:onder)?teken(?:en|ing|d|datum|dag|termijn)\w*|\bgetekend\b|\bhandtekening\w*|\bongetekend\b|\bakkoord geven\b|\bsign(?:ed|ing|ature)?\b",
    "offer": r"\baanbied\w*|\baangeboden\b|\bbied\w* .{0,40}\baan\b|\b\w*aanbod\b|\b\w*voorstel\b|\bklaar ?st(?:aat|aan)\b|\bst(?:aat|aan) .{0,40}\bklaar\b|\boffer\w*|\bsen[dt]s? out\b",
    "publish": r"\bpublica\w*|\bpubliceer\w*|\bgepubliceerd\b|\bzorgzoeker\b|\bvindbaar\b|\bterugvind\w*|\b(?:online|website)\b.{0,30}\b(?:zichtbaar|staan|vinden)\b|\bpublish\w*|\bonline\b|\binformer\w*",
    "questionnaire": r"\bvra?genlijst\w*|\bquestionnaire\w*",
    "member list": r"\bledenlijst\w*|\bmember list\b",
    "talk": r"\b\w*gesprek\w*|\buitnodig\w*|\buitgenodigd\b|\btalks?\b|\binvit\w+|\bmeeting\w*",
    "price list": r"\bprijslijst\w*|\btarie(?:f|ven)\w*|\bprice list\b|\btariffs?\b",
    "quotation": r"\boffertes?\b|\bofferteonderdelen\b|\bquotations?\b",
    "apply": r"\baanvra\w+|\baanmeld\w*|\bapply\b|\bapplication\b",
}
_COMPILED = {act: re.compile(pattern) for act, pattern in _ACTS.items()}
_OWN_DEADLINE = re.compile(
    r"\b(?:deadline\w*|uiterste|uiterlijk|tekendatum|laatste (?:dag|moment)|te laat|op tijd|tot wanneer|tot wnr|voor wanneer|sluit\w*|verstreken|verlopen|voorbij|"
    r"aanleveren|invullen|onderteken\w*|indien\w*|binnen zijn|last day|too late|in time|by when|before which)\b"
)


def acts_of(text: str) -> frozenset[str]:
    """The acts that `text` names."""
    folded = fold(text)
    return frozenset(act for act, pattern in _COMPILED.items() if pattern.search(folded))


def is_own_deadline(text: str) -> bool:
    """Whether `text` is about a last day that the provider has to meet, not about what the insurer will do."""
    return _OWN_DEADLINE.search(fold(text)) is not None
