"""Facts that hold only where all of something do: 'wij zitten in 2 van de 3 VSV's', 'vijf van de zes zijn ingeschreven'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.prose import denying_words as dw
from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import Quantity, find_shares
from knowledge.rules.card import FactSpec

ALL_STRENGTH = 2
"""A count of all goes before a name read alone."""
WHOLE = 100
MOST_COUNTED = 100
_OF_ALL = re.compile(r"\b(?:alle|al het|al uw|elk|elke|ieder|iedere|volledige)\b")
_COUNT = "|".join((r"\d+", *(word for word, value in NUMBER_WORDS.items() if 0 < value <= MOST_COUNTED and word.isalpha())))
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
            sentence = reading.clauses[reading.clause_of[first]].sentence if last else -1
            near = [m for m in mentions if reading.clauses[reading.clause_of[m.first]].sentence == sentence]
            if (near or (share.noun and _names(spec, share.noun))) and _is_told(reading, first, last):
                denied = any(m.kind == "false" for m in near) or _denies(reading, sentence)
                yield from _of_share(spec, share, denied=denied)
        for match in _OF_THESE.finditer(fold(reading.text) if len(fold(reading.text)) == len(reading.text) else ""):
            whole, part = _value(match["whole"]), _value(match["part"])
            first, last = reading.words_at(*match.span())
            if part < whole and _names(spec, match["noun"]) and last and _is_told(reading, last - 1, last):
                yield Candidate(spec.name, False, *match.span(), strength=ALL_STRENGTH)


def _of_share(spec: FactSpec, share: Quantity, *, denied: bool) -> Iterator[Candidate]:
    if share.value < WHOLE:  # of those that have it, or of those that have not: not all do
        yield Candidate(spec.name, False, share.start, share.end, strength=ALL_STRENGTH)
    elif not denied:
        yield Candidate(spec.name, True, share.start, share.end, strength=ALL_STRENGTH)


def _denies(reading: Reading, sentence: int) -> bool:
    return any(
        word in dw.DENYING_FORWARD | dw.DENYING_BACK
        for clause in reading.clauses
        if clause.sentence == sentence
        for word in reading.words(clause.first, clause.last)
    )


def _is_told(reading: Reading, first: int, last: int) -> bool:
    return stance(reading.tokens, reading.clauses, reading.clause_of[first], first, last, amount=True) != "none"


def _is_of_all(spec: FactSpec) -> bool:
    return spec.kind == "yes_no" and _OF_ALL.search(fold(spec.label.nl)) is not None


def _names(spec: FactSpec, noun: str) -> bool:
    """Whether a noun that is counted stands in the label of a fact: the VSVs of 'alle VSV's'."""
    return fold(noun).rstrip("s").rstrip("'’") in {word.rstrip("s").rstrip("'’") for word in fold(spec.label.nl).split()}


def _value(text: str) -> int:
    return int(text) if text.isdigit() else int(NUMBER_WORDS[fold(text)])
