"""Which of the statements near to a question answers it rather: one that counts, or that tells a day or a length.

Each function gives the statements found as they stand where none near the best suits better what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.alike import whole
from assistant.cards import LIKENESS
from assistant.measures import asks_how_long, tells_length
from assistant.question import asks_anything, asks_yes_no, read_asked
from assistant.rule_fit import Question
from assistant.statements import Found, StatementFinder
from knowledge.addresses import holds_address
from knowledge.dutch import fold, words
from knowledge.numerals import find_numerals

COUNTS_AMONG = 3
"""The nearest statements, one of which counts what is asked for."""
NEAR_LENGTH = 1.5
"""How far below the best a statement may score that tells how long something is, where that is asked."""
CLOSE = 0.5
"""A statement whose score is this near to the best one's is told as well."""

_MEANING = LIKENESS.index("meaning")
_HOW_MANY = re.compile(r"\b(?:hoeveel|how many) (\w+)")
_YES_OR_NO = re.compile(r"(?:Ja|Nee)\b")
_WHERE = re.compile(r"\b(?:waar|waarheen|where)\b")


def of_length(
    finder: StatementFinder, found: list[Found], question: Question, policy_ids: Collection[str]
) -> list[Found]:
    """The statements found; where it is asked how long something is and the best tells no length, those that do.

    What an asker tells of himself leads to statements about that: 'Wij werken landelijk. Hoe lang loopt het contract?'.
    Without it they are found anew; where none of them was near, nothing tells the length.
    """
    if not found or not asks_how_long(question.asking) or tells_length(whole(found[0])):
        return found
    asked = replace(question, text=question.part, said=question.part, readings=None)
    told = [each for each in finder.find(asked, policy_ids) if tells_length(whole(each))]
    near = {each.statement for each in found if each.score >= found[0].score - NEAR_LENGTH}
    return told if told and told[0].statement in near else found


def told_first(found: list[Found], question: Question) -> list[Found]:
    """The statements found; before an absence that is best, one near it that rather answers.

    It counts what is to be counted, or the question is nearer in meaning to one that it is known to answer, or asks
    whether anything is said at all, or for a yes or no that it gives.
    """
    if not found or not found[0].statement.is_absence:
        return found
    told = [each for each in found[1:] if not each.statement.is_absence]
    rather = (
        each
        for each in told[:COUNTS_AMONG]
        if _counts(each, question.asking)
        or _is_nearer(each, found[0])
        or _tells_where(each, found[0], question.asking)
        or (
            each.score >= found[0].score - CLOSE and (asks_anything(question.asking) or _says_yes_or_no(each, question))
        )
    )
    best = next(rather, None)
    return found if best is None else [best, *(each for each in told if each is not best)]


def one_first(found: list[Found], question: Question) -> list[Found]:
    """The statements found; instead of a whole list one as near that tells a day, where that of one thing is asked."""
    if not found or "list" not in _gives(found[0]) or not question.asks_day or read_asked(question.asking).listing:
        return found
    near = (each for each in found[1:] if each.score >= found[0].score - CLOSE)
    best = next((each for each in near if "when" in _gives(each) and "list" not in _gives(each)), None)
    return found if best is None else [best, *(each for each in found[1:] if each is not best)]


def _gives(found: Found) -> Sequence[str]:
    return getattr(found.card, "gives", ())


def _is_nearer(told: Found, absence: Found) -> bool:
    return told.features[_MEANING] > absence.features[_MEANING] and told.score >= absence.score - CLOSE


def _says_yes_or_no(told: Found, question: Question) -> bool:
    """Whether yes or no is asked and a statement opens with it: that some detail is not told answers neither."""
    return _YES_OR_NO.match(told.card.says.nl) is not None and asks_yes_no(question.part, question.language)


def _tells_where(told: Found, absence: Found, asking: str) -> bool:
    """Whether it is also asked where, and a statement as near tells it: 'kan dat nog, en waar?'."""
    return (
        _WHERE.search(fold(asking)) is not None and holds_address(whole(told)) and told.score >= absence.score - CLOSE
    )


def _counts(found: Found, asking: str) -> bool:
    """Whether a statement tells how many there are of what is to be counted: 'hoeveel criteria zijn er?'.

    It may be told by a longer name: of 'hoeveel criteria' it is told by 'vier toelatingscriteria'.
    """
    counted = _HOW_MANY.search(fold(asking))
    told = whole(found)
    return counted is not None and any(
        word.endswith(counted[1]) for numeral in find_numerals(told) for word in words(told[numeral.end :])[:1]
    )
