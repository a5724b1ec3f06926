"""Whether the words around a mention affirm or deny it, and whether they leave it open.

Scope: a denying word reaches to the end of its clause, not past 'wel', 'maar' or a following 'met';
through 'en' and 'of' it goes on, and past a comma only where a list ends in 'of' or 'noch'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.tokens import Token, holds_any, holds_apart
from knowledge.numerals import NUMBER_WORDS

HEAD_WORDS = 4
"""A longer piece in front of a colon is no head of a list."""
_ARTICLES = fw.OWN | frozenset("de het the".split())
GIVEN_UP_WORDS = 5
"""How many words before a mention it may stand that it was given up."""
REACH = 7
"""How many words before a mention a denying word may stand."""


@dataclass(frozen=True, slots=True)
class Polarity:
    """`affirmed`: None where the words say neither; `doubt`: why it is left open; `not_yet`: it is on its way."""

    affirmed: bool | None
    not_yet: bool = False
    doubt: str = ""


def polarity(tokens: Sequence[Token], clauses: Sequence[Clause], number: int, first: int, last: int) -> Polarity:
    """The polarity of the mention at the words `first` to `last` in clause `number`."""
    clause = clauses[number]
    left = [token.text for token in tokens[clause.first : first]]
    right = [token.text for token in tokens[last : clause.last]]
    mentioned = [token.text for token in tokens[first:last]]
    denies_itself = any(_is_denying(mentioned, at) for at in range(len(mentioned)))
    near = left
    if denies_itself:  # 'niet zonder X' affirms, 'geen X en ook niets' does not
        near = left[-1:] if mentioned[0] in fw.WITHOUT | dw.DENYING_FORWARD else []
    elif (subject := _subject_behind(left, mentioned)) > 0:
        near = left[subject:]  # 'zonder hulp betalen wij evenveel'
    elif tells_in_passing(mentioned):
        near = []  # 'weigeren uit een gebied dat wij hebben opgegeven'
    denied = _denied_twice(near, right)
    if denied is None and (
        holds_any(near, dw.NO_WAY) or holds_any(right, dw.NO_WAY + dw.NOT_COME_OFF) or _is_given_up(near)
    ):
        denied = True
    if denied is None:
        denied = _denied_from_left(near, right)
    if denied is None and not _is_partial(mentioned):
        denied = _denied_from_right(left, right, is_joined=any(word in fw.JOINTS for word in mentioned))
    if denied is None and clause.mood != "question":
        denied = _left_out(tokens, clauses, number, left)
    if denied is None and not right:
        denied = _denied_by_answer(tokens, clauses, number)
    if denied is None:
        denied = _denied_by_list(tokens, clauses, number) if clause.is_item else None
    if denied is None and clause.mood == "fragment":
        denied = denied_by_head(tokens, clauses, number)
    return Polarity(
        affirmed=None if denied is None else not denied,
        not_yet=bool(denied) and any(word in hw.YET for word in (*left, *right)),
    )


def tells_in_passing(mentioned: Sequence[str]) -> bool:
    """Whether a mention holds a clause of the asker's own: 'een gebied dat wij niet hebben opgegeven'."""
    return any(
        word in fw.RELATIVE | fw.SUBORDINATING and mentioned[at + 1] in fw.FIRST_PERSON
        for at, word in enumerate(mentioned[:-1])
        if at
    )


def is_ended(words: Sequence[str], at: int) -> bool:
    """Whether a word says that something is over; 'afgelopen zomer' only tells when."""
    if words[at] in dw.STEPPED and "uit" not in words:
        return False  # 'naar de verzekeraar gestapt'
    if any(word in fw.QUESTION_WORDS for word in words[:at]):
        return False  # 'hoeveel mensen gestopt zijn'
    if words[at] != "afgelopen":
        return words[at] in dw.ENDED
    following = [*words[at + 1 : at + 3], "", ""]
    counted = following[0][:1].isdigit() or following[0] in NUMBER_WORDS
    return following[counted] not in dw.PERIODS


def _is_partial(mentioned: Sequence[str]) -> bool:
    """Whether a phrase tells of a part: 'drie van de vijf', 'een aantal X'; 'een X' and 'het aantal X' do not."""
    return any(
        word in dw.PARTIAL
        or (word == "een" and at == 1 and mentioned[0] in fw.PARTITIVE)
        or (word == "een" and mentioned[at + 1 : at + 2] == ["van"])
        or (word == "aantal" and at > 0 and mentioned[at - 1] == "een")
        for at, word in enumerate(mentioned)
    )


def _is_denying(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word == "no" and at + 1 == len(words) and at == 0:
        return True
    return word in dw.DENYING_FORWARD or word in dw.CONTRACTED_NOT


def _denied_from_left(left: Sequence[str], right: Sequence[str]) -> bool | None:
    """True or False where a word in front of the mention denies or affirms it."""
    if right[:1] == ["na"] and "op" in left[-4:]:
        return True
    for at in range(len(left) - 1, max(-1, len(left) - 1 - REACH), -1):
        word = left[at]
        before = left[at - 1] if at else ""
        following = left[at + 1] if at + 1 < len(left) else ""
        if (word in ("plaats", "instead") and following in ("van", "of")) or word in fw.INSTEAD:
            return True
        if word in dw.FALLING_SHORT and "tekort" in left:
            return True
        if (word in fw.FORGETTING or _is_refused(left, right, at)) and before not in dw.NOT:
            return True
        if word in dw.OUTSIDE and len(left) - at == 2 and following in _ARTICLES:
            return before not in dw.NOT
        if word in fw.ENDED_THEN and len(left) - at <= 2:
            return before not in dw.DENYING_FORWARD  # 'vorig jaar stopte ons contract'
        if word in fw.LEAVING_OUT:
            return any(other in fw.ALL for other in (*left, *right)) or None
        if word in dw.AFFIRMING and before not in ("niet", "not"):
            crossed = any(other in fw.JOINTS for other in left[at + 1 :])  # 'ISO wel en HKZ niet'
            return None if crossed else False
        if word in dw.WITH:
            if before in dw.ENDED or any(each in fw.ENDED_THEN for each in left[max(0, at - 2) : at]):
                return True
            if before in dw.DENYING_FORWARD or before in fw.PARTICLES or _is_verb_denied(left, at):
                continue
            return None
        if word in dw.ENDED and len(left) - at <= 2 and is_ended([*left, *right], at):  # 'ons verlopen certificaat'
            return before not in dw.DENYING_FORWARD
        if _is_denying(left, at):
            if following in dw.NOTHING_DENIED and (word, following) not in dw.NOT_ONE:
                continue
            return not _denied_itself(left, at)
    return None


def _subject_behind(left: Sequence[str], mentioned: Sequence[str]) -> int:
    """Where the asker stands behind a 'zonder' that opens the clause; 0 where he does not."""
    if left[:1] == [] or left[0] not in fw.WITHOUT or left[1:2] == [] or left[1] in fw.SUBORDINATING:
        return 0
    words = (*left, *mentioned[:3])
    at = next((at for at, word in enumerate(words) if word in fw.FIRST_PERSON), 0)
    return min(at, len(left)) if at > 1 and words[at - 1] not in fw.SUBORDINATING else 0


def _denied_twice(left: Sequence[str], right: Sequence[str]) -> bool | None:
    """False behind 'er is niets in X dat wij niet hebben' or 'geen enkele X waar wij niet aan voldoen'."""
    none = any(word in ("niets", "niks", "geen", "niemand", "no", "nothing", "nobody") for word in left[-REACH:])
    at = next((at for at, word in enumerate(right) if word in fw.RELATIVE | fw.SUBORDINATING | {"waar"}), -1)
    if not none or at < 0 or at > 1:
        return None
    return False if sum(word in dw.NOT or word in dw.CONTRACTED_NOT for word in right[at:]) == 1 else None


def _is_verb_denied(left: Sequence[str], at: int) -> bool:
    """Whether the verb in front of 'with' is denied: 'do not work with', 'are not registered with'."""
    near = left[max(0, at - 2) : at]
    return any(word in ("not", "never") or word in dw.CONTRACTED_NOT for word in near)


def _left_out(tokens: Sequence[Token], clauses: Sequence[Clause], number: int, left: Sequence[str]) -> bool | None:
    """True behind 'behalve' where the clause before it tells of all: 'alles is binnen, behalve de lijst'."""
    if not left or left[0] not in fw.LEAVING_OUT | {"op"} or number == 0:
        return None
    before = clauses[number - 1]
    if before.sentence != clauses[number].sentence or (
        left[0] == "op" and tokens[clauses[number].last - 1].text != "na"
    ):
        return None
    return any(token.text in fw.ALL for token in tokens[before.first : before.last]) or None


def _denied_itself(words: Sequence[str], at: int) -> bool:
    """Whether a denying word is itself denied: 'niet zonder', 'niet zo dat wij geen'."""
    if words[at] in fw.LACKING and any(word in fw.NOBODY or word == "geen" for word in words[:at]):
        return True  # 'niemand mist X'
    if at and words[at - 1] in dw.DENYING_FORWARD:
        return words[at - 1] not in ("nog", "no") and words[at] != words[at - 1]
    return any(
        words[n] in ("niet", "not") and any(word in fw.SUBORDINATING for word in words[n + 1 : at]) for n in range(at)
    )


def _is_refused(left: Sequence[str], right: Sequence[str], at: int) -> bool:
    """Whether 'weigert' at `at` refuses what is named, or to do it; 'het aanbod weigeren' refuses what is there."""
    if left[at] in dw.REFUSING and left[at + 1 : at + 2] != [] and left[at + 1] in fw.US:
        return left[at + 2 : at + 3] != [] and left[at + 2] in _ARTICLES | {"een", "a", "an"}  # 'weigerde ons het X'
    definite = left[at + 1 : at + 2] != [] and left[at + 1] in fw.OWN | {"het", "de", "dit", "dat", "the", "this"}
    return left[at] in dw.REFUSING and (not definite or "te" in right)


def _denied_from_right(left: Sequence[str], right: Sequence[str], *, is_joined: bool = False) -> bool | None:
    """True or False where a word behind the mention denies or affirms it; `is_joined`: its last words are another's."""
    if right[:1] and right[0] in dw.ANSWERS:
        return not dw.ANSWERS[right[0]]
    if right[:1] == ["noch"] or is_omitted(left, right) or _gets_nothing(left, right):
        return True
    if (answer := _answered_together(left, right)) is not None:
        return not answer
    crossed = False
    for at, word in enumerate(right):
        before = right[at - 1] if at else ""
        following = right[at + 1] if at + 1 < len(right) else ""
        if word in fw.JOINTS:
            crossed = True
        if word in dw.AFFIRMING and not crossed:
            return False
        if word == "geen" and not crossed and (following in dw.QUESTION_OF or right[at + 1 :] in dw.NOT_ANY):
            return True
        related = word in fw.RELATIVE and before not in fw.PREPOSITIONS
        if word in fw.WITHOUT or word == "geen" or ((crossed or is_joined) and related):
            return None
        if word in dw.ENDED and is_ended(right, at):
            return before not in dw.DENYING_FORWARD and before not in dw.CONTRACTED_NOT
        if word in dw.DENYING_BACK or word in dw.CONTRACTED_NOT:
            not_even = following == "eens" and any(other in dw.NOT_EVEN for other in right[:at])
            if (following in dw.NOTHING_DENIED and not not_even) or following in dw.ENDED:
                continue
            if crossed and _is_elided(right[:at]):
                return None
            if crossed and _goes_on(right[at + 1 :]) and not _is_shared(left, right[:at]):
                return None
            return True
        if word == "weg" and before not in ("op", "de", "een"):
            return True
    return None


def _denied_by_answer(tokens: Sequence[Token], clauses: Sequence[Clause], number: int) -> bool | None:
    """What 'nee' or 'ja' behind a colon says: 'certificaat: nee'."""
    if number + 1 == len(clauses) or clauses[number + 1].sentence != clauses[number].sentence:
        return None
    following = tokens[clauses[number + 1].first]
    if following.sign not in (";", ","):
        return None
    said = tuple(token.text for token in tokens[clauses[number + 1].first : clauses[number + 1].last])
    if len(said) == 1 and said[0] in dw.TABLE_ANSWERS:
        return not dw.TABLE_ANSWERS[said[0]]
    return not dw.SHORT_ANSWERS[said] if said in dw.SHORT_ANSWERS else None


def is_omitted(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether what stands behind a name tells, without a denying word, that it is not done or no longer so."""
    if any(word in dw.NOT for word in right):
        return False
    if _is_wrong(right) or _gives_nothing(right):
        return True
    if holds_any(right, dw.OMITTED) or holds_apart(right, hw.RAN_OUT, "af"):
        return True
    if "uit" in left[-3:] and any(word in dw.TAKEN_OUT for word in right):
        return True
    return any(
        word in verbs and right[-1] in ends and not any(other in fw.JOINTS for other in right)
        for word in right[:2]
        for verbs, ends in dw.OMITTING
    )


def _is_given_up(left: Sequence[str]) -> bool:
    """Whether right in front of a name stands that it is lacking or was given up: 'wij zien af van X'."""
    near = left[-GIVEN_UP_WORDS:]
    return holds_any(near, dw.GIVEN_UP) and not any(word in dw.DENYING_FORWARD | fw.JOINTS for word in left)


def _is_wrong(right: Sequence[str]) -> bool:
    """Whether it is said right behind a name that it is not as it should be: 'onze gegevens zijn verouderd'."""
    at = next((at for at, word in enumerate(right) if word in dw.WRONG), -1)
    return at > 0 and any(word in dw.BEING_SO for word in right[max(0, at - 3) : at])


def _gives_nothing(right: Sequence[str]) -> bool:
    """Whether what is named gets nothing of the asker: 'de registratie krijgt van ons geen cijfers'."""
    gets = right[:1] != [] and right[0] in dw.RECEIVING
    return gets and any(word in fw.US for word in right[:3]) and any(word in dw.NOTHING for word in right)


def _gets_nothing(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether nothing is done with or given to what is named: 'aan X leveren we geen gegevens'."""
    if left[:1] == [] or left[0] not in dw.GIVING or len(left) > HEAD_WORDS:
        return False
    at = next((at for at, word in enumerate(right) if word in dw.NOTHING), -1)
    if any(word in fw.POSSESSING for word in left) or any(word in fw.JOINTS | fw.WITHOUT for word in right[2:]):
        return False
    if at > 0 and holds_any(right[at + 1 :], dw.NOTHING_TO_DO):
        return True
    behind = right[at + 1 : at + 2]
    return at > 0 and not (behind and behind[0] in dw.NOTHING_DENIED) and any(word in fw.FIRST_PERSON for word in right)


def _answered_together(left: Sequence[str], right: Sequence[str]) -> bool | None:
    """What 'ja' or 'nee' at the end of names joined by 'en' says of each: 'HKZ en SEMH nee'."""
    verbs = fw.POSSESSING | fw.ASKING
    joined = len(right) <= HEAD_WORDS - 1 or any(word in fw.JOINTS for word in right)
    if len(right) < 2 or not joined or right[-1] not in dw.TABLE_ANSWERS:
        return None
    if any(word in verbs or word in dw.TABLE_ANSWERS for word in (*left, *right[:-1])):
        return None
    return dw.TABLE_ANSWERS[right[-1]]


def _is_shared(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether what is joined has one verb, behind it: 'visitatie en toetsing is er niet van gekomen'."""
    verbs = fw.POSSESSING | fw.ASKING
    joint = next(at for at, word in enumerate(right) if word in fw.JOINTS)
    front = (*left, *right[:joint])
    return any(word in verbs for word in right[joint:]) and not any(word in verbs for word in front)


def _is_elided(right: Sequence[str]) -> bool:
    """Whether what is joined leaves out the verb in front of it: 'visitatie hebben we en toetsing niet'."""
    verbs = fw.POSSESSING | fw.ASKING
    joint = next(at for at, word in enumerate(right) if word in fw.JOINTS)
    behind = [word for word in right[joint + 1 :] if word not in hw.YET]
    return any(word in verbs for word in right[:joint]) and bool(behind) and not any(word in verbs for word in behind)


def denied_by_head(tokens: Sequence[Token], clauses: Sequence[Clause], number: int) -> bool | None:
    """What the words in front of a colon say of the list behind it: 'niet: HKZ, ISO'."""
    begin = number
    while clauses[begin].is_item and begin:
        begin -= 1
    head = clauses[begin - 1] if begin else None
    if head is None or head.sentence != clauses[begin].sentence or tokens[clauses[begin].first].sign != ";":
        return None
    words = [token.text for token in tokens[head.first : head.last]]
    if len(words) > HEAD_WORDS or head.mood == "question":
        return None
    if any(word in dw.HEADS_DENIED for word in words):
        return True
    return False if any(word in dw.HEADS_AFFIRMED for word in words) else None


def _goes_on(words: Sequence[str]) -> bool:
    """Whether more than verbs and small words follow, so that the denying word belongs to what follows."""
    return any(word not in fw.POSSESSING | fw.ASKING | fw.PRONOUNS | hw.YET | fw.OWN for word in words)


def _denied_by_list(tokens: Sequence[Token], clauses: Sequence[Clause], number: int) -> bool | None:
    """True where the clause is an item of a list that a denying word opens and that ends in 'of' or 'noch'."""
    begin = number
    while clauses[begin].is_item and begin:
        begin -= 1
    end = number
    while end + 1 < len(clauses) and clauses[end + 1].is_item:
        end += 1
    tail = [token.text for token in tokens[clauses[number].first : clauses[end].last]]
    opener = [token.text for token in tokens[clauses[begin].first : clauses[number].first]]
    if not any(word in fw.OR_JOINTS for word in tail) or any(word in dw.AFFIRMING | dw.WITH for word in tail):
        return None
    return True if any(_is_denying(opener, at) for at in range(len(opener))) else None
