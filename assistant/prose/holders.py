"""What somebody else has that the asker may use, as the certificate of the hospital where his pharmacy is.

A fact is about it where its label ends in whose it is: 'gebruik van de certificering van het ziekenhuis'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.reading import Candidate, Reading
from knowledge.dutch import fold

HOLDERS_STRENGTH = 2
"""Who has it is told more plainly by these words than by the asker's denial of one of his own."""
SAME_LETTERS = 6
"""Words that begin with so many letters alike name one thing: 'certificaat' and 'certificering'."""
HEAD_WORDS = 4
"""At the head of a clause, as its subject."""
_HELD = re.compile(r"(?P<thing>\w+) van (?:het|de) (?P<holder>\w+)$")
_HELD_EN = re.compile(r"of the (?P<holder>\w+) (?P<thing>\w+)$")


def read_holders(reading: Reading) -> Iterator[Candidate]:
    """Whether the holder that a fact names has what the fact is about, where he is set against the asker."""
    for spec in reading.specs:
        labels = (_HELD.search(fold(spec.label.nl)), _HELD_EN.search(fold(spec.label.en)))
        for held in labels if spec.kind == "yes_no" else ():
            if held is not None and held["holder"] in fw.ORGANISATIONS:
                for start, end, value in _told_of(reading, held["holder"], held["thing"]):
                    yield Candidate(spec.name, value, start, end, strength=HOLDERS_STRENGTH)


def _told_of(reading: Reading, holder: str, thing: str) -> Iterator[tuple[int, int, bool]]:
    """Where it is told of a holder that he has a thing, or has not."""
    for clause in reading.clauses:
        words = reading.words(clause.first, clause.last)
        if clause.owner != "other" or clause.is_item or clause.mood == "question" or holder not in words[:HEAD_WORDS]:
            continue
        if _is_of(reading, clause, thing):
            yield *reading.span(clause.first, clause.last), not _is_denied(words)


def _is_denied(words: Sequence[str]) -> bool:
    return any(word in dw.DENYING_FORWARD or word in dw.CONTRACTED_NOT for word in words)


def _is_of(reading: Reading, clause: Clause, thing: str) -> bool:
    """Whether the sentence of a clause speaks of a thing, by its name or by that of a fact that is labelled with it."""
    head = thing[:SAME_LETTERS]
    same = [each for each in reading.clauses if each.sentence == clause.sentence]
    first, last = same[0].first, same[-1].last
    if any(word.startswith(head) for word in reading.words(first, last)):
        return True
    return any(
        first <= mention.first < last
        and any(word.startswith(head) for word in re.split(r"\W+", fold(reading.specs[mention.spec].label.nl)))
        for mention in reading.of_kind("yes_no")
    )
