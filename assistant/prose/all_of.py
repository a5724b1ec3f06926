"""Facts that hold only where all of something do: 'wij zitten in 2 van de 3 VSV's'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.prose import denying_words as dw
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from assistant.prose.tokens import Token
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import Quantity, find_shares
from knowledge.rules.card import FactSpec

ALL_STRENGTH = 2
"""A count of all goes before a name read alone."""
WHOLE = 100
NEAR_WORDS = 4
"""How far in front of a name the count of those who have it may stand."""
_PERSONS = (
    "isten", "artsen", "logen", "peden", "aters", "coaches", "medewerkers", "verleners", "verpleegkundigen",
    "behandelaars", "verzorgenden", "chirurgen", "collega's", "specialists", "doctors", "nurses", "carers",
    "physicians", "apothekers",
)  # fmt: skip
"""How words for persons of a profession end."""
_ARTICLES = frozenset("een a one".split())
_PEOPLE = frozenset("leden mensen personen man members people staff".split())
MOST_COUNTED = 100
_OF_ALL = re.compile(r"\b(?:alle|al het|al uw|elk|elke|ieder|iedere|volledige)\b")
_OF_STAFF = re.compile(
    r"\b(?:specialisten|artsen|coaches|medewerkers|leden|zorgverleners|personeel|behandelaars|deelnemers)\b"
)
"""Of several persons it is asked of all."""
_COUNT = "|".join(
    (r"\d+", *(word for word, value in NUMBER_WORDS.items() if 0 < value <= MOST_COUNTED and word.isalpha()))
)
_OF_THESE = re.compile(
    rf"\b(?P<whole>{_COUNT})\s+(?P<noun>[^\W\d_][\w'’-]*)[^.?!;]*?"
    rf"\b(?:er\s+(?:nu\s+|al\s+|nog\s+|maar\s+|pas\s+|slechts\s+)?(?:in|bij|aan|van|met|mee\s+in)|in|bij|van|of|with)\s+"
    rf"(?:maar\s+|pas\s+|slechts\s+|only\s+)?(?P<part>{_COUNT})\b(?!\s*(?:%|procent|uur|dagen|weken|jaar|maanden|km|euro|fte))",
    re.IGNORECASE,
)
"""'3 vsv's, wij zitten er in 2'."""


def read_all_of(reading: Reading) -> Iterator[Candidate]:
    """What counts tell of facts about all."""
    specs = [(number, spec) for number, spec in enumerate(reading.specs) if _is_of_all(spec)]
    if not specs:
        return
    shares = list(find_shares(reading.text))
    for number, spec in specs:
        mentions = [mention for mention in reading.mentions if mention.spec == number]
        for share in shares:
            first, last = reading.words_at(share.start, share.end)
            clause = reading.clause_of[first] if last else -1
            near = [m for m in mentions if reading.clause_of[m.first] == clause]
            if (near or (share.noun and _names(spec, share.noun))) and _is_told(reading, first, last):
                denied = any(m.kind == "false" for m in near) or _denies(reading, clause)
                yield from _of_share(spec, share, denied=denied)
        yield from _of_fewer(reading, spec, mentions)
        for match in _OF_THESE.finditer(fold(reading.text) if len(fold(reading.text)) == len(reading.text) else ""):
            whole, part = _value(match["whole"]), _value(match["part"])
            first, last = reading.words_at(*match.span())
            if part < whole and _names(spec, match["noun"]) and last and _is_told(reading, last - 1, last):
                yield Candidate(spec.name, False, *match.span(), strength=ALL_STRENGTH)


def _of_fewer(reading: Reading, spec: FactSpec, mentions: list[Mention]) -> Iterator[Candidate]:
    """A count beside a name that is less than the persons told before: 'drie coaches, twee staan in het register'."""
    staff = [(token.start, _value(match[1])) for match, token in _staff(reading)]
    for mention in mentions:
        clause = reading.clauses[reading.clause_of[mention.first]]
        for at in range(max(clause.first, mention.first - NEAR_WORDS), mention.first):
            word = reading.tokens[at].text
            count = _value(word) if re.fullmatch(_COUNT, word) and word not in _ARTICLES else 0
            before = [whole for start, whole in staff if start < reading.tokens[at].start]
            if count and before and count < before[-1] and _is_told(reading, mention.first, mention.last):
                start, end = reading.span(at, mention.last)
                yield Candidate(spec.name, False, start, end, strength=ALL_STRENGTH)


def _staff(reading: Reading) -> Iterator[tuple[re.Match[str], Token]]:
    """The counts of persons who work for the asker."""
    for one, two in pairwise(reading.tokens):
        if (match := re.fullmatch(f"({_COUNT})", one.text)) and (two.text.endswith(_PERSONS) or two.text in _PEOPLE):
            yield match, one


def _of_share(spec: FactSpec, share: Quantity, *, denied: bool) -> Iterator[Candidate]:
    if share.value < WHOLE:  # of those that have it, or of those that have not: not all do
        yield Candidate(spec.name, False, share.start, share.end, strength=ALL_STRENGTH)
    elif not denied:
        yield Candidate(spec.name, True, share.start, share.end, strength=ALL_STRENGTH)


def _denies(reading: Reading, number: int) -> bool:
    clause = reading.clauses[number]
    return any(word in dw.DENYING_FORWARD | dw.DENYING_BACK for word in reading.words(clause.first, clause.last))


def _is_told(reading: Reading, first: int, last: int) -> bool:
    return stance(reading.tokens, reading.clauses, reading.clause_of[first], first, last, amount=True) != "none"


def _is_of_all(spec: FactSpec) -> bool:
    told = fold(f"{spec.label.nl} {spec.ask.nl}")
    return spec.kind == "yes_no" and (
        _OF_ALL.search(fold(spec.label.nl)) is not None or _OF_STAFF.search(told) is not None
    )


def _names(spec: FactSpec, noun: str) -> bool:
    """Whether a noun that is counted stands in the label of a fact: the VSVs of 'alle VSV's'."""
    return fold(noun).rstrip("s").rstrip("'’") in {
        word.rstrip("s").rstrip("'’") for word in fold(spec.label.nl).split()
    }


def _value(text: str) -> int:
    return int(text) if text.isdigit() else int(NUMBER_WORDS[fold(text)])
