"""Whether a mention is told of the asker, taken as given in a question, or only asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause, Token

Stance = Literal["told", "assumed", "none"]

GOVERNED_WORDS = 5
"""How far behind 'met' or 'zonder' the mention may stand."""

TOPIC_WORDS = 4
"""How far behind 'over' its topic may stand."""


def stance(
    tokens: Sequence[Token], clauses: Sequence[Clause], number: int, first: int, last: int, *, amount: bool = False
) -> Stance:
    """What the clause `number` does with the mention at words `first` to `last`.

    `amount`: a figure, which a question about what is permitted takes as given too.
    """
    clause = clauses[number]
    if clause.owner != "asker" or clause.mood == "open_condition":
        return "none"
    before = [token.text for token in tokens[clause.first : first]]
    if not amount and _is_topic(before):
        return "none"
    requires = any(word in fw.REQUIRING for word in clause.words)
    if clause.mood == "question":
        behind = [token.text for token in tokens[last : clause.last]]
        return "assumed" if _is_given(clause, before, behind, requires=requires, amount=amount) else "none"
    if clause.mood == "fragment":
        return _stance_of_fragment(clauses, number, before, requires=requires, amount=amount)
    if requires and governor(before) not in fw.WITHOUT:
        return "none"
    return "assumed" if clause.mood == "condition" else "told"


def _is_topic(before: Sequence[str]) -> bool:
    """Whether a mention is only what is talked about: 'een vraag over ...'; 'beschikken over' has it."""
    near = before[-TOPIC_WORDS:]
    at = max((n for n, word in enumerate(near) if word in fw.ABOUT), default=-1)
    if at < 0 or any(word in fw.HAVING_OVER for word in before):
        return False
    return not any(word in fw.POSSESSING or word in fw.WITHOUT for word in near[at + 1 :])


def governor(before: Sequence[str]) -> str:
    """The 'met', 'zonder' or the like under which a mention stands that has `before` in front of it; empty if none."""
    for word_at in range(len(before) - 1, max(-1, len(before) - 1 - GOVERNED_WORDS), -1):
        word = before[word_at]
        if word in fw.WITHOUT:
            return word
        if word in fw.WITH:
            previous = before[word_at - 1] if word_at else ""
            return "" if previous in fw.WITH_OF_VERBS else word
        if word in fw.ASKING or word in fw.POSSESSING or word in fw.SUBORDINATING or word in fw.ADDING:
            return ""
    return ""


def _is_given(clause: Clause, before: Sequence[str], behind: Sequence[str], *, requires: bool, amount: bool) -> bool:
    """Whether a question takes its mention as given."""
    ruler = governor(before)
    if ruler in fw.WITHOUT:
        return True
    if ruler in fw.WITH and not any(word in fw.WITH_OF_VERBS for word in before[:4]):
        return not requires or clause.opening in fw.QUESTION_WORDS or _is_early(before, ruler)
    if _is_factive(before) or any(word in fw.RELATIVE for word in before[2:]):
        return not requires
    if before[-1:] == ["als"] or before[-2:-1] == ["als"]:
        return True
    if amount and clause.opening in fw.QUESTION_WORDS and any(word in fw.AT for word in before[-3:]):
        return not any(word in fw.LIMITS for word in clause.words)
    if requires:
        return False
    if before[-1:] and before[-1] in fw.OWN and any(word in fw.ACCEPTING for word in before):
        return True
    if any(word in fw.ENOUGH for word in clause.words):
        aims = ("om", "voor", "aan", "for", "to", "in")
        return not any(word in aims for word in before) and clause.opening not in fw.QUESTION_WORDS
    return (
        amount and any(word in fw.PERMITTING for word in (*before, *behind)) and clause.opening not in fw.QUESTION_WORDS
    )


def _is_early(before: Sequence[str], ruler: str) -> bool:
    """Whether 'met' stands right behind the subject: 'moet ik met ...'."""
    at = before.index(ruler)
    return at <= 3 and (before[at - 1] in fw.PRONOUNS or (at >= 2 and before[at - 2] in fw.BEFORE_SUBJECTS))


def _is_factive(before: Sequence[str]) -> bool:
    """Whether 'dat wij' stands in front: 'is het erg dat wij geen ...?'."""
    return any(
        word in fw.SUBORDINATING and any(subject in fw.FIRST_PERSON for subject in before[at + 1 : at + 3])
        for at, word in enumerate(before)
    )


def _stance_of_fragment(
    clauses: Sequence[Clause], number: int, before: Sequence[str], *, requires: bool, amount: bool
) -> Stance:
    clause = clauses[number]
    if governor(before) or any(word in fw.DENYING_FORWARD for word in before):
        return "assumed"
    if requires:
        return "none"
    following = next(
        (other for other in clauses[number + 1 :] if other.sentence == clause.sentence and not other.is_item), None
    )
    if following is None:
        return "none" if clause.asks else "told"
    if amount or following.mood != "question":
        return "told"
    return "none" if any(word in fw.REQUIRING for word in following.words) else "assumed"
