"""Whether a mention is told of the asker, taken as given in a question, or only asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.polarity import tells_in_passing
from assistant.prose.tokens import Token

Stance = Literal["told", "assumed", "none"]

GOVERNED_WORDS = 5
"""How far behind 'met' or 'zonder' the mention may stand."""

WHOLE_PHRASE = 3
"""A phrase of so many words states something even without a known verb: 'contract loopt door'."""
TOPIC_WORDS = 4
"""How far behind 'over' its topic may stand."""


def stance(
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    number: int,
    first: int,
    last: int,
    *,
    amount: bool = False,
    outright: bool = False,
) -> Stance:
    """What the clause `number` does with the mention at words `first` to `last`.

    `amount`: a figure, which a question about what is permitted takes as given too. `outright`: a phrase
    that states something by itself, not only a name.
    """
    clause = clauses[number]
    if clause.owner != "asker" or clause.mood == "open_condition":
        return "none"
    before = [token.text for token in tokens[clause.first : first]]
    mentioned = [token.text for token in tokens[first:last]]
    if any(word in fw.COMPARABLE and not (amount and word in fw.GAP) for word in before):
        return "none"  # 'vergelijkbaar met X', 'het verschil tussen X en Y'
    if not amount and _is_topic(before) and not _says_by_itself(mentioned):
        return "none"
    following = [token.text for token in tokens[last : min(last + 2, clause.last)]]
    if following[:1] == ["worden"] or following == ["te", "worden"] or following[:1] == ["raken"]:
        return "none"  # what is to become so
    requires = _requires(clause, outright=outright)
    ruler = governor(before) or (mentioned[0] if mentioned[0] in dw.WITH | fw.WITHOUT else "")
    if clause.mood == "question":
        behind = [token.text for token in tokens[last : clause.last]]
        if not requires and tells_in_passing(mentioned):
            return "assumed"
        if not amount and clause.opening in fw.MEETING and "aan" in mentioned:
            return "none"  # 'voldoet mijn collega aan de registratie?'
        if _is_given(clause, before, behind, ruler, requires=requires, amount=amount):
            return "assumed"
        if not amount and not requires and _is_permission(clause, (*before, *behind), before, mentioned):
            return "assumed"
        return "none"
    if clause.mood == "fragment":
        if (
            outright
            and len(mentioned) >= WHOLE_PHRASE
            and not requires
            and not (clause.asks and number + 1 == len(clauses))
        ):
            return "told"
        return _stance_of_fragment(clauses, number, before, ruler, requires=requires, amount=amount)
    if requires and ruler not in fw.WITHOUT and not (outright and _is_situated(clause.words)):
        return "none"
    return "assumed" if clause.mood == "condition" else "told"


def _requires(clause: Clause, *, outright: bool) -> bool:
    """Whether a clause tells what somebody demands; not what the asker himself sets or meets."""
    words = clause.words
    told = clause.mood in ("statement", "condition")
    own = told and any(word in fw.FIRST_PERSON for word in words)
    for at, word in enumerate(words):
        if word not in fw.REQUIRING:
            continue
        near = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        asking = word in ("vragen", "ask", "demand") and not (outright and not {"aan", "jullie", "u"} & set(words))
        if own and word in fw.SETTING and not asking and any(other in fw.FIRST_PERSON for other in near):
            continue
        if own and word in fw.STANDARDS and any(other in fw.OBEYING for other in words):
            continue
        return True
    return False


def _says_by_itself(mentioned: Sequence[str]) -> bool:
    """Whether a mention holds its own verb or denial, so that it is no mere topic."""
    return any(word in fw.POSSESSING or word in dw.DENYING_FORWARD for word in mentioned)


def _is_situated(words: Sequence[str]) -> bool:
    """Whether a clause tells how things are at the asker's: 'vanuit ons gebouw moet je over straat'."""
    return len(words) > 1 and words[0] in fw.PLACING and words[1] in fw.OWN | {"us"}


def _is_permission(clause: Clause, others: Sequence[str], before: Sequence[str], mentioned: Sequence[str]) -> bool:
    """Whether a question asks leave for an act that it names: 'mogen wij onze nota's op papier sturen?'.

    Not where it asks how to get or find something, and not where the mention is the bare act itself.
    """
    opening = list(before[: before.index(clause.opening) + 3]) if clause.opening in before else []
    subject = opening[-2:] if len(opening) >= 2 and opening[-3:-2] == [clause.opening] else opening[-1:]
    if clause.opening not in fw.MAY or not subject:
        return False
    if subject[0] not in fw.FIRST_PERSON | fw.OWN | fw.ANY_SUBJECT or any(w in fw.POLICY_SUBJECTS for w in subject):
        return False
    if any(word in fw.GETTING_HOLD | fw.FINDING | fw.AFTERWARDS for word in (*others, *mentioned)):
        return False
    behind = others[len(before) :]
    if len(behind) > 2 and behind[0] in ("van", "of") and behind[1] in ("het", "de", "een", "the", "a"):
        return False  # 'het certificaat van het ziekenhuis'
    is_act = len(mentioned) == 1 and mentioned[0].endswith("en") and not behind
    return not is_act and not (len(mentioned) == 1 and (before[-1] in fw.PRONOUNS or before[-1] == clause.opening))


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
        if word in dw.WITH:
            if before[word_at + 1 : word_at + 2] and before[word_at + 1] in fw.QUESTION_WORDS:
                return ""  # 'met wie'
            if before[word_at + 1 : word_at + 2] and before[word_at + 1] in fw.US and before[word_at + 2 :]:
                return ""  # 'met ons een gesprek'
            previous = before[word_at - 1] if word_at else ""
            return "" if previous in fw.WITH_OF_VERBS else word
        if word in fw.SUBORDINATING and word_at and before[word_at - 1] in fw.WITHOUT:
            return before[word_at - 1]  # 'zonder dat ze ...'
        if word in fw.ASKING or word in fw.POSSESSING or word in fw.SUBORDINATING or word in fw.ADDING:
            return ""
    return ""


def _is_given(
    clause: Clause, before: Sequence[str], behind: Sequence[str], ruler: str, *, requires: bool, amount: bool
) -> bool:
    """Whether a question takes its mention as given."""
    if ruler in fw.WITHOUT:
        return not any(word in fw.MEANING for word in before)
    if _is_of_many(clause, before, ruler):
        return False
    if ruler in dw.WITH and clause.opening in ("wat", "what") and any(word in fw.DOING for word in before[:3]):
        return False  # 'wat doen jullie met X?'
    if ruler in dw.WITH and not any(word in fw.WITH_OF_VERBS | fw.MEANING for word in before[:4]):
        return not requires or clause.opening in fw.QUESTION_WORDS or _is_early(before, ruler)
    if _is_factive(before) or any(word in fw.RELATIVE for word in before[2:]):
        return not requires
    if before[-1:] == ["als"] or before[-2:-1] == ["als"]:
        return not any(word in fw.COMPARED_BEFORE or word in fw.COUNTING for word in before)
    if amount and clause.opening in fw.QUESTION_WORDS and any(word in fw.AT for word in before[-3:]):
        return not any(word in fw.LIMITS for word in clause.words)
    if requires:
        return False
    if before[-1:] and before[-1] in fw.OWN and any(word in hw.ACCEPTING for word in before):
        return True
    if any(word in fw.LETTING for word in clause.words) and not any(
        word in fw.FIRST_PERSON | fw.OWN | fw.US for word in clause.words
    ):
        return False  # 'is X toegestaan?'
    if any(word in fw.ENOUGH for word in clause.words):
        aims = ("om", "voor", "aan", "for", "to", "in")
        return not any(word in aims for word in before) and clause.opening not in fw.QUESTION_WORDS
    return (
        amount and any(word in fw.PERMITTING for word in (*before, *behind)) and clause.opening not in fw.QUESTION_WORDS
    )


def _is_of_many(clause: Clause, before: Sequence[str], ruler: str) -> bool:
    """Whether what is named is that of many: 'krijgt iedereen met X ...?', 'aanbieders die X hadden'."""
    if any(word in fw.FIRST_PERSON | fw.OWN | fw.US for word in clause.words):
        return False
    rulers = {ruler} if ruler else fw.RELATIVE
    return any(
        word in rulers and (before[at] in fw.EVERYONE or before[at].endswith(fw.PLURALS))
        for at, word in enumerate(before[1:])
    )


def _is_early(before: Sequence[str], ruler: str) -> bool:
    """Whether 'met' stands right behind the subject: 'moet ik met ...'."""
    at = before.index(ruler) if ruler in before else len(before)
    return at <= 3 and (before[at - 1] in fw.PRONOUNS or (at >= 2 and before[at - 2] in fw.BEFORE_SUBJECTS))


def _is_factive(before: Sequence[str]) -> bool:
    """Whether 'dat wij' stands in front: 'is het erg dat wij geen ...?'."""
    return any(
        word in fw.SUBORDINATING and any(subject in fw.FIRST_PERSON for subject in before[at + 1 : at + 3])
        for at, word in enumerate(before)
    )


def _stance_of_fragment(
    clauses: Sequence[Clause], number: int, before: Sequence[str], ruler: str, *, requires: bool, amount: bool
) -> Stance:
    clause = clauses[number]
    if ruler or any(word in dw.DENYING_FORWARD for word in before) or any(w in fw.THROUGH for w in before[-3:]):
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
    if following.opening in fw.EXPLAINING and not any(word in dw.DENYING_FORWARD | dw.ENDED for word in clause.words):
        return "none"  # 'X en contract: hoe werkt dat?'
    return "none" if any(word in fw.REQUIRING for word in following.words) else "assumed"
