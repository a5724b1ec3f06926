"""What a denying word belongs to, where a clause holds the names of several facts, and what takes a claim back."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.phrases import Mention, is_set_down
from assistant.prose.polarity import Polarity, is_ended, is_omitted, polarity
from assistant.prose.reading import Reading
from assistant.prose.tokens import holds_run

UNQUALIFIED_WORDS = 12
"""A longer clause behind a name tells more than that it is not certified."""
PARTICIPLE = 8
"""From this length on a word says by itself what a thing is not: 'gecertificeerd'."""
TAKING_BACK_WORDS = 6
"""A longer clause behind a claim does not just take it back."""


def polarity_of(reading: Reading, mention: Mention, number: int) -> Polarity:
    """The polarity of a mention; of one that is denied within itself, that, and nothing more."""
    if mention.denied:
        words = reading.words(mention.first, mention.last)
        return Polarity(affirmed=False, not_yet=any(word in hw.YET for word in words))
    seen = polarity(reading.tokens, reading.clauses, number, mention.first, mention.last)
    clause = reading.clauses[number]
    behind = reading.words(mention.last, clause.last)
    if seen.affirmed is False and mention.kind == "false" and _is_of_what_follows(reading, mention, behind):
        return Polarity(affirmed=None)
    if seen.affirmed is False and mention.kind == "false" and is_omitted([], behind):
        return Polarity(affirmed=None)  # what tells by itself that it is not so, is told again
    if mention.kind == "false" and behind == ["niet"] and not _has_verb(reading, clause, mention):
        return Polarity(affirmed=None)  # 'de assistenten niet'
    if mention.kind == "name" and seen.affirmed is False and _is_denied_what_counts(reading, mention, behind):
        return seen
    if seen.affirmed is False and (
        _is_presupposed(reading, mention, number)
        or _is_taken(reading, mention)
        or _is_shielded(reading, mention, clause)
    ):
        return Polarity(affirmed=None)
    if seen.affirmed is None and mention.kind == "name" and any(word in fw.FORGETTING for word in behind):
        before = reading.words(max(0, mention.first - 2), mention.first)
        denied = any(word in dw.NOT for word in (*before, *behind))
        return seen if denied else Polarity(affirmed=False)  # 'de lijst zijn we vergeten te sturen'
    if seen.affirmed is False and mention.kind == "false" and _denies_more(behind):
        return Polarity(affirmed=False, doubt="denied")
    return seen


def _is_of_what_follows(reading: Reading, mention: Mention, behind: Sequence[str]) -> bool:
    """Whether a 'niet' behind an outright denial is part of it ('staat nog niet') or of 'en gebruiken hem niet'."""
    if reading.tokens[mention.last - 1].text in hw.YET and behind[:1] == ["niet"]:
        return True
    joint = next((at for at, word in enumerate(behind) if word in fw.JOINTS), -1)
    return joint >= 0 and behind[joint + 1 : joint + 2] != [] and behind[joint + 1] in fw.USING


def is_of_another(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a mention stands in a clause about somebody who is dealt with: 'bij een apotheek die geen X heeft'."""
    words = reading.words(clause.first, mention.first + 1)
    if any(word in fw.WITHOUT and words[at].endswith(fw.PLURALS) for at, word in enumerate(words[1:])):
        own = fw.FIRST_PERSON | fw.OWN | fw.US
        return not any(word in own for word in reading.words(clause.first, clause.last))  # 'aanbieders zonder contract'
    begins = fw.RELATIVE | dw.WITH | fw.WITHOUT
    at = next((at for at, word in enumerate(words) if at > 2 and word in begins), -1)
    deals = at > 0 and words[at - 3] in fw.DEALING and words[max(0, at - 4)] != "next"  # 'next to the hospital with X'
    return deals and words[at - 2] in ("een", "de", "het", "a", "an", "the")


def is_of_named(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether an outright phrase has the plural name of another fact as its subject: 'de gynaecologen zitten in X'."""
    own = fw.FIRST_PERSON | fw.OWN | fw.US
    if mention.kind != "true" or any(word in own for word in reading.words(clause.first, clause.last)):
        return False
    return any(
        other.spec != mention.spec
        and other.kind == "name"
        and other.last == mention.first
        and other.first == clause.first + 1
        and reading.tokens[other.last - 1].text.endswith("en")
        and reading.tokens[clause.first].text in ("de", "the")
        for other in reading.mentions
    )


def is_elsewhere(reading: Reading, mention: Mention) -> bool:
    """Whether something is told of what lies outside the fact: 'buiten kantoortijd neemt niemand op'."""
    if mention.kind == "name":
        return mention.first > 0 and reading.tokens[mention.first - 1].text in dw.OUTSIDE
    return mention.kind in ("true", "false") and any(
        other.spec == mention.spec
        and other.kind == "name"
        and reading.clause_of[other.first] == reading.clause_of[mention.first]
        and other.first > 0
        and reading.tokens[other.first - 1].text in dw.OUTSIDE
        and not mention.first <= other.first < mention.last
        for other in reading.mentions
    )


def is_more_than(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether the end of a phrase belongs to what follows: 'werkt alleen in het noorden', 'loopt nog tot mei'."""
    last = reading.tokens[mention.last - 1].text
    if mention.kind == "false" and last in hw.YET and mention.last < clause.last:
        return reading.tokens[mention.last].text in hw.STILL_SO
    return (
        mention.last - mention.first > 1
        and last in fw.ONLY
        and mention.last < clause.last
        and reading.tokens[mention.last].text in fw.PLACING | fw.AT
    )


def is_owner(reading: Reading, mention: Mention, denied: Sequence[Mention]) -> bool:
    """Whether a name is only what lacks what another name of the fact says: 'ons systeem heeft geen keurmerk'."""
    number = reading.clause_of[mention.first]
    lacking = [
        other
        for other in denied
        if other.spec == mention.spec
        and mention.last <= other.first
        and (reading.clause_of[other.first] == number or _is_told_of(reading, number, reading.clause_of[other.first]))
        and not any(word in fw.JOINTS for word in reading.words(mention.last, other.first))
    ]
    return mention.kind == "name" and bool(lacking) and polarity_of(reading, mention, number).affirmed is None


def _is_told_of(reading: Reading, number: int, other: int) -> bool:
    """Whether the clause `other` goes on about what the one before it names: '..., alleen zonder X'."""
    if other != number + 1 or reading.clauses[other].sentence != reading.clauses[number].sentence:
        return False
    words = reading.words(reading.clauses[other].first, reading.clauses[other].last)
    front = words[: 1 + (words[0] in fw.CONTRASTS | fw.ONLY)]
    return front[-1] in fw.POINTING | fw.WITHOUT


def is_unqualified(reading: Reading, mention: Mention, number: int) -> bool:
    """Whether what is named is said not to be what the fact asks: '..., maar het is niet gecertificeerd'."""
    if number + 1 >= len(reading.clauses):
        return False
    clause = reading.clauses[number + 1]
    words = [word for word in reading.words(clause.first, clause.last) if word not in fw.CONTRASTS | fw.ONLY]
    if clause.mood != "statement" or words[:1] == [] or words[0] not in fw.POINTING or len(words) > UNQUALIFIED_WORDS:
        return False
    return _is_denied_what_counts(reading, mention, words)


def _is_denied_what_counts(reading: Reading, mention: Mention, words: Sequence[str]) -> bool:
    """Whether a participle that the fact's own phrases hold stands behind 'niet' or 'nergens'."""
    spec = reading.specs[mention.spec]
    denied = next((at for at, word in enumerate(words) if word in dw.NOT), len(words))
    said = [word for word in words[denied + 1 :] if len(word) >= PARTICIPLE and word.startswith(dw.PARTICIPLES)]
    return bool(said) and any(word in phrase for word in said for phrase in (*spec.names, *spec.true, *spec.false))


def is_to_do(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a name is of what is still to be done: 'de begroting moeten we nog maken'."""
    if (
        mention.kind not in ("name", "false")
        or clause.asks
        or clause.mood not in ("statement", "fragment")
        or clause.owner != "asker"
    ):
        return False
    if mention.last - mention.first == 1 and reading.tokens[mention.first].text.endswith("en"):
        return False  # 'we moeten nog onderhandelen'
    words = reading.words(clause.first, clause.last)
    if any(word in dw.NOT or word in fw.POLICY_SUBJECTS or word in fw.KNOWING for word in words):
        return False
    must = next((at for at, word in enumerate(words) if word in fw.MUST), -1)
    return must >= 0 and "nog" in words[must + 1 :] and must + 1 < len(words)


def has_exception(reading: Reading, mention: Mention, number: int) -> bool:
    """Whether a claim about all has an exception: 'iedereen is X, behalve twee', 'op één na zijn allen X'."""
    clause = reading.clauses[number]
    words = reading.words(clause.first, clause.last)
    if not any(word in fw.ALL or word in fw.EVERYONE or word == "al" for word in words):
        return False
    beside = reading.clauses[number + 1] if number + 1 < len(reading.clauses) else None
    behind = (
        reading.words(beside.first, beside.last) if beside is not None and beside.sentence == clause.sentence else []
    )
    if any(word in fw.LEAVING_OUT for word in (*reading.words(mention.last, clause.last), *behind[:1])):
        return True
    return any(word == "op" and "na" in run[at + 2 : at + 5] for run in (words, behind) for at, word in enumerate(run))


def taken_back(reading: Reading, number: int) -> str:
    """What the clause behind takes back: 'maar dat verliep in mei' all of it, 'maar niet op alle punten' a part."""
    if number + 1 >= len(reading.clauses) or reading.clauses[number + 1].sentence != reading.clauses[number].sentence:
        return ""
    clause = reading.clauses[number + 1]
    words = reading.words(clause.first, clause.last)
    if len(words) < 2 or words[0] not in fw.CONTRASTS:
        return ""
    if any(clause.first <= other.first < clause.last for other in reading.mentions):
        return ""  # it tells something else
    if words[1] in fw.POINTING and any(w in fw.ENDED_THEN or is_ended(words, at) for at, w in enumerate(words)):
        return "" if any(word in dw.DENYING_FORWARD for word in words) else "ended"
    is_short = len(words) <= TAKING_BACK_WORDS
    return "partly" if is_short and words[1] in ("niet", "not") and any(w in fw.WHOLLY for w in words) else ""


def unused(reading: Reading, number: int) -> bool:
    """Whether the clause behind says that the asker does nothing with it: 'maar we doen er niets mee'."""
    if number + 1 >= len(reading.clauses) or reading.clauses[number + 1].sentence != reading.clauses[number].sentence:
        return False
    clause = reading.clauses[number + 1]
    words = [word for word in reading.words(clause.first, clause.last) if word not in fw.CONTRASTS | fw.JOINTS]
    if len(words) > TAKING_BACK_WORDS + 2 or clause.mood == "question" or not any(w in fw.USING for w in words):
        return False
    if words[0] not in fw.USING and not any(word in fw.FIRST_PERSON for word in words):
        return False
    if not any(word in ("niet", "niets", "niks", "nooit", "not", "nothing") for word in words):
        return False
    with_it = any(word in ("er", "daar") for word in words) and words[-1] in fw.USED_WITH
    behind = {"niet", "nooit", "nog", "eigenlijk", "helemaal", "gewoon", "ook"}
    it = any(
        w in fw.USED and (words[at + 1 : at + 2] in ([], ["niet"]) or words[at + 1] in behind)
        for at, w in enumerate(words)
        if at
    )
    return with_it or it


def is_resumed_denied(reading: Reading, mention: Mention, number: int) -> bool:
    """Whether the clause behind takes up a name that stands alone, and denies it: 'X, daar doen wij niet aan'."""
    clause = reading.clauses[number]
    if clause.mood != "fragment" or clause.asks or _has_verb(reading, clause, mention):
        return False
    if reading.tokens[clause.first].text in dw.WITH | fw.WITHOUT | fw.PLACING | fw.LEAVING_OUT:
        return False
    at = number + 1
    if at < len(reading.clauses) and reading.tokens[reading.clauses[at].first].text in dw.WITH | {"van", "of"}:
        at += 1  # 'een regeling, met termijnen, hebben we niet'
    if at >= len(reading.clauses) or reading.clauses[at].asks:
        return False
    after = reading.clauses[at]
    words = reading.words(after.first, after.last)
    if len(words) > TAKING_BACK_WORDS or any(after.first <= other.first < after.last for other in reading.mentions):
        return False
    taken_up = words[0] in fw.RESUMING
    if after.sentence != clause.sentence and not (taken_up and at == number + 1):
        return False
    if not (taken_up or words[0] in fw.HAVING | dw.LACKED) or any(word in fw.REQUIRING for word in words):
        return False
    own = any(word in fw.FIRST_PERSON | fw.US | fw.OWN for word in words)
    if words[0] in dw.LACKED or any(word in dw.LACKED for word in words):
        return True
    return own and any(word in dw.DENYING_BACK or word in ("niets", "niks") for word in words)


def is_written_nowhere(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether 'op papier' is only where something else stands, or is put: 'ons plan staat niet op papier'."""
    words = reading.words(mention.first, mention.last)
    around = (*reading.words(clause.first, mention.first), *reading.words(mention.last, clause.last))
    if is_set_down(words, around):
        return True
    if tuple(words) not in fw.FIGURATIVE:
        return False
    before = reading.words(clause.first, mention.first)
    return any(word in fw.LYING for word in before) and any(
        other.spec != mention.spec and clause.first <= other.first and other.last <= mention.first
        for other in reading.mentions
    )


def _has_verb(reading: Reading, clause: Clause, mention: Mention) -> bool:
    words = [*reading.words(clause.first, mention.first), *reading.words(mention.last, clause.last)]
    return any(word in fw.POSSESSING or word in fw.ASKING for word in words)


def _is_shielded(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether another name stands between 'zonder' and the mention, or between 'niet' and a phrase of place.

    In 'zonder registratie echo's maken' the registration is lacking; in 'niet bij alle X in de regio' it is all X.
    """
    words = reading.words(clause.first, mention.first)
    at = max((at for at, word in enumerate(words) if word in dw.DENYING_FORWARD), default=-1)
    if at < 0 or (
        words[at] not in fw.WITHOUT and reading.tokens[mention.first].text not in fw.PLACING | {"uit", "van"}
    ):
        return False
    first = clause.first + at
    return any(
        other.spec != mention.spec
        and first <= other.first
        and other.last <= mention.first
        and not any(word in fw.JOINTS for word in reading.words(other.last, mention.first))
        and not _is_linked(reading.words(other.last, mention.first))
        for other in reading.mentions
    )


def _is_linked(between: Sequence[str]) -> bool:
    """Whether a name goes on with the one before it: 'zonder inschrijving bij X'."""
    return between[:1] != [] and between[0] in fw.PREPOSITIONS | {"van", "of"} and len(between) <= 2


def _is_taken(reading: Reading, mention: Mention) -> bool:
    """Whether the denying word belongs to a phrase of another fact: 'in het X zijn we er niet uitgekomen'."""
    for other in reading.mentions:
        if other.spec == mention.spec or other.kind not in ("true", "false"):
            continue
        behind = reading.words(mention.last, other.last)
        at = next((at for at, word in enumerate(behind) if word in dw.DENYING_BACK), -1)
        if other.first <= mention.first and mention.last < other.last and 0 <= at < len(behind) - 1:
            return True
    return False


def _denies_more(behind: Sequence[str]) -> bool:
    """Whether what is denied behind a phrase is something else: 'in ons gebied zijn we niet aangesloten'."""
    at = next((at for at, word in enumerate(behind) if word in dw.DENYING_BACK), -1)
    small = fw.POSSESSING | fw.ASKING | fw.PRONOUNS | {"meer", "langer", "hoor", "echt", "anymore"}
    return at >= 0 and any(word not in small for word in behind[at + 1 :])


def _is_hyphenated(reading: Reading, mention: Mention) -> bool:
    """Whether a mention is the first part of a word with a hyphen."""
    following = reading.tokens[mention.last : mention.last + 1]
    return bool(following) and reading.text[reading.tokens[mention.last - 1].end : following[0].start] == "-"


def _is_presupposed(reading: Reading, mention: Mention, number: int) -> bool:
    """Whether what is denied behind 'onze X staan' is told of X, and is another fact: 'niet op de website'."""
    clause = reading.clauses[number]
    before = reading.words(clause.first, mention.first)
    behind = reading.words(mention.last, clause.last)
    if len(before) != 1 or before[0] not in fw.OWN | {"de", "het", "the"}:
        return False
    at = next((at for at, word in enumerate(behind) if word in dw.DENYING_BACK or word == "geen"), -1)
    if at < 0 or any(word in fw.JOINTS for word in behind[:at]):
        return False
    if mention.kind == "name" and any(holds_run(behind[at + 1 :], run) for run in fw.FIGURATIVE):
        return False  # 'ons plan staat nog niet op papier'
    denying = mention.last + at
    beside = [other for other in reading.mentions if other.spec != mention.spec and other.first < clause.last]
    behind_it = mention.last + _is_hyphenated(reading, mention)  # of '9001-audit' the 'audit' is no other fact
    if any(o.first >= behind_it and o.first <= denying < o.last and o.kind != "name" for o in beside):
        return True  # 'onze wachttijden publiceren we niet'
    does = mention.kind == "name" and at == 1 and behind[0] not in fw.HAVING and before[0] in fw.OWN
    if (does or any(word in fw.LYING for word in behind[:at])) and _denies_more(behind):
        return True  # 'de cijfers staan niet meer online'
    return any(word in fw.PLACED for word in behind[:at]) and any(
        o.last > denying + 1 and o.last > mention.last for o in beside
    )
