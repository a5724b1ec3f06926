"""Facts that are so or not so, read from mentions of their names and phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.clauses import Clause
from assistant.prose.denials import (
    has_exception,
    is_elsewhere,
    is_more_than,
    is_of_another,
    is_of_named,
    is_owner,
    is_resumed_denied,
    is_to_do,
    is_unqualified,
    is_written_nowhere,
    polarity_of,
    taken_back,
    unused,
)
from assistant.prose.doubts import doubt_of, is_coming, is_left_open, is_not_yet, is_wished
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from assistant.prose.spoken_of import is_general, is_spoken_of, other_provider
from assistant.prose.stances import governor, stance
from assistant.prose.tokens import holds_run, word_key
from knowledge.dutch import fold

BESIDE_WORDS = 5
"""A longer piece beside a clause says something of its own."""
DESCRIBING_CLAUSES = 3
"""So many pieces behind each other describe what one is or has."""
POINTING_WORDS = 4
"""How far into a question 'dat' or 'zo' takes up what was described."""
MOST_BARE = 4
"""A clause behind 'of' with fewer words has no subject and verb with something between."""
ELLIPSIS_WORDS = 5
"""'wij niet', 'maar wij nog niet': a longer clause has its own subject matter."""


def read_yes_no(reading: Reading) -> Iterator[Candidate]:
    """The yes_no facts that the question tells or takes as given."""
    read = [(mention, _read(reading, mention)) for mention in reading.of_kind("yes_no")]
    denied = [m for m, found in read if found is not None and not found.value and m.kind == "name"]
    outright = [(m, found) for m, found in read if found is not None and found.certain and m.kind != "name"]
    for mention, candidate in read:
        owner = candidate is not None and bool(candidate.value) and is_owner(reading, mention, denied)
        if candidate is not None and not owner and not _is_outweighed(reading, mention, candidate, outright):
            yield candidate
        yield from _contrasted(reading, mention, candidate)
        yield from _answered(reading, mention, candidate)


def _is_outweighed(
    reading: Reading, mention: Mention, candidate: Candidate, outright: Sequence[tuple[Mention, Candidate]]
) -> bool:
    """Whether a name that is neither affirmed nor denied stands in a clause that states the contrary outright."""
    number = reading.clause_of[mention.first]
    if mention.kind != "name" or not candidate.value:
        return False
    against = any(
        other.spec == mention.spec and not found.value and reading.clause_of[other.first] == number
        for other, found in outright
    )
    return against and polarity_of(reading, mention, number).affirmed is None


def _answered(reading: Reading, mention: Mention, told: Candidate | None) -> Iterator[Candidate]:
    """What the asker answers to his own question: 'Hadden wij een contract? Ja.'."""
    number = reading.clause_of[mention.first]
    clause, after = reading.clauses[number], number + 1
    if told is not None or clause.owner != "asker" or after >= len(reading.clauses):
        return
    answer = reading.clauses[after]
    first = reading.tokens[answer.first]
    said = tuple(reading.words(answer.first, answer.last))
    named = clause.mood == "fragment"
    if (clause.mood != "question" and not named) or any(other in fw.REQUIRING for other in clause.words):
        return
    if answer.sentence == clause.sentence or first.sign != "?" or said not in dw.SHORT_ANSWERS:
        return
    if answer.asks and (named or said[0] not in dw.ANSWERS):
        return  # 'HKZ? Klopt dat?'
    value = dw.SHORT_ANSWERS[said] == (mention.kind != "false")
    reason = "not yet" if not value and any(word in hw.YET for word in said) else ""
    yield Candidate(reading.specs[mention.spec].name, value, *reading.span(mention.first, answer.last), reason=reason)


def _read(reading: Reading, mention: Mention) -> Candidate | None:
    number = reading.clause_of[mention.first]
    clause = reading.clauses[number]
    outright = mention.kind in ("true", "false")
    if is_to_do(reading, mention, clause):
        start, end = reading.span(mention.first, mention.last)
        return Candidate(reading.specs[mention.spec].name, False, start, end, reason="not yet")
    how = stance(reading.tokens, reading.clauses, number, mention.first, mention.last, outright=outright)
    if mention.kind == "false" and how != "none" and _is_no_trouble(reading, mention, clause):
        return Candidate(reading.specs[mention.spec].name, True, *reading.span(mention.first, mention.last + 1))
    if how == "none" or is_of_another(reading, mention, clause) or is_more_than(reading, mention, clause):
        return None
    if (
        is_elsewhere(reading, mention)
        or is_written_nowhere(reading, mention, clause)
        or is_of_named(reading, mention, clause)
    ):
        return None
    if any(holds_run(reading.words(mention.last, clause.last), run) for run in hw.OR_NOT):
        return None
    seen = polarity_of(reading, mention, number)
    if seen.affirmed is None and how == "told" and _is_keyword(reading, mention, clause):
        return None
    if seen.affirmed is None and _is_only_handled(reading, mention, clause):
        return None
    if seen.affirmed is False and _is_what_for(reading, mention):
        return None
    if mention.kind == "false" and seen.affirmed is False and reading.tokens[mention.first].text in fw.ONESELF:
        return None  # 'zelf geen certificaat' tells nothing of the use of another's
    value = (mention.kind != "false") == (seen.affirmed is not False)
    if _is_supposed_still(reading, mention, clause):
        value = True
    if value and has_exception(reading, mention, number):
        shared = [m for m in reading.mentions if (m.first, m.last) == (mention.first, mention.last)]
        if len(shared) > 1 and any(m.spec == mention.spec and m.first >= mention.last for m in reading.mentions):
            return None  # 'alle stukken behalve X', of X
        if len(shared) > 1 and not any(m.first >= mention.last for m in reading.of_kind("yes_no")):
            return None  # 'alle stukken behalve X', where X is none that is asked for
        value = len(shared) > 1
    followed = taken_back(reading, number) if value and mention.kind != "false" else ""
    idle = value and mention.kind != "false" and seen.affirmed is not False and unused(reading, number)
    resumed = seen.affirmed is None and mention.kind != "false" and is_resumed_denied(reading, mention, number)
    bare = seen.affirmed is None and mention.kind == "name"
    unqualified = bare and value and is_unqualified(reading, mention, number)
    value = value and followed != "ended" and not idle and not resumed and not unqualified
    start, end = _span_with_denial(reading, mention, clause, denied=seen.affirmed is False)
    found = Candidate(
        name=reading.specs[mention.spec].name,
        value=value,
        start=start,
        end=end,
        reason="not yet" if seen.not_yet else "",
        assumed=how == "assumed",
    )
    if followed == "partly" or (idle and any(word in fw.HAVING for word in reading.words(clause.first, clause.last))):
        return found.left_open("partly")
    if seen.not_yet and clause.mood == "question":
        return found.left_open("not sure")  # 'hoe hoog wordt X volgend jaar?' tells nothing of now
    found = found.left_open(seen.doubt) if seen.doubt else _weighed(reading, mention, clause, found)
    return found.left_open("only spoken of") if _is_only_spoken_of(reading, mention, clause, found) else found


def _is_what_for(reading: Reading, mention: Mention) -> bool:
    """Whether a name only tells what another thing that is named is for: 'geen aantekening voor X' denies no X."""
    if mention.kind != "name" or not mention.first or reading.tokens[mention.first - 1].text not in fw.MEANT_FOR:
        return False
    return any(
        other.spec != mention.spec
        and reading.specs[other.spec].kind == "yes_no"
        and other.first < mention.first - 1
        and mention.last <= other.last
        for other in reading.mentions
    )


def _is_no_trouble(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether an outright denial ends in the 'geen' of 'geen probleem': 'rapporteren in juli is geen punt'."""
    following = reading.words(mention.last, min(mention.last + 1, clause.last))
    return reading.tokens[mention.last - 1].text in dw.NO and bool(following) and following[0] in dw.NO_TROUBLE


def _is_only_spoken_of(reading: Reading, mention: Mention, clause: Clause, found: Candidate) -> bool:
    """Whether a bare name stands in words that only speak of it, or that tell of a kind of thing."""
    if not found.certain or found.assumed or clause.mood == "question":
        return False
    if _is_of_provider(reading, mention, clause):
        return True
    if mention.kind != "name":
        return False
    before, behind = reading.words(clause.first, mention.first), reading.words(mention.last, clause.last)
    if is_spoken_of(before, behind, denied=not found.value):
        return True
    if not found.value or clause.mood == "condition" or reading.clauses[-1].asks or clause.is_item:
        return False
    words = reading.words(clause.first, clause.last)
    own = any(word in fw.FIRST_PERSON | fw.OWN | fw.US for word in words)
    mentioned = reading.words(mention.first, mention.last)
    return not own and is_general(before, behind, mentioned, bare=clause.mood == "fragment")


def _is_of_provider(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a clause tells of another provider, where the fact is not about one of that kind."""
    subject = "" if clause.is_item else other_provider(reading.words(clause.first, clause.last))
    spec = reading.specs[mention.spec]
    own_words = {word_key(word) for phrase in (*spec.names, *spec.true, *spec.false) for word in fold(phrase).split()}
    return subject != "" and not any(word_key(subject) in key for key in own_words)


def _is_only_handled(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a contract that is named is signed, received or asked for: whether one has it already is not said."""
    if mention.kind != "name" or not any(w.endswith(fw.CONTRACTS) for w in reading.words(mention.first, mention.last)):
        return False
    words = [*reading.words(clause.first, mention.first), *reading.words(mention.last, clause.last)]
    return any(word in fw.HANDLED for word in words) and not any(word in fw.ALREADY for word in words)


def _is_supposed_still(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether 'nog' supposes what is named: 'als we ons nog aansluiten', not 'we moeten nog'."""
    words = reading.words(mention.first, mention.last)
    denied = any(word in dw.NOT or word in dw.CONTRACTED_NOT for word in reading.words(clause.first, clause.last))
    return clause.mood == "condition" and mention.kind == "false" and words[:1] == ["nog"] and not denied


def _is_keyword(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a name stands among words that state nothing, as in a search: 'certificaat kraamzorg 2026'."""
    if clause.mood != "fragment" or mention.kind != "name":
        return False
    if any(other.sentence == clause.sentence and other.mood in ("statement", "condition") for other in reading.clauses):
        return False
    if _is_described(reading, clause) or _is_done(reading, mention, clause):
        return False
    telling = fw.AFFIRMED_ALONE | dw.AFFIRMING | dw.DENYING_FORWARD | fw.INSTEAD | {"instead", "plaats"}
    words = clause.words
    if is_coming(words, governed=False) or is_left_open(words) or doubt_of(words, words):
        return False
    ending = reading.words(max(mention.last, clause.last - 2), clause.last)
    no_trouble = len(ending) > 1 and ending[0] in dw.NO and ending[1] in dw.NO_TROUBLE
    in_order = bool(ending) and (ending[-1] in dw.IN_ORDER or no_trouble)
    return not in_order and not any(word in telling for word in words)


def _is_done(reading: Reading, mention: Mention, clause: Clause) -> bool:
    """Whether a piece in front of others ends in what was done: 'contract getekend, lijst goedgekeurd. En nu?'."""
    ends = mention.last == clause.last < len(reading.tokens)
    return ends and reading.tokens[mention.last - 1].text in fw.HANDLED


def _is_described(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is one of several of which the next sentence asks: 'volledig, digitaal. Mag dat?'."""
    beside = [other for other in reading.clauses if other.sentence == clause.sentence]
    asking = next((other for other in reading.clauses if other.sentence == clause.sentence + 1), None)
    if len(beside) < DESCRIBING_CLAUSES or asking is None or asking.mood != "question":
        return False
    head = reading.words(asking.first, min(asking.last, asking.first + POINTING_WORDS))
    points = any(word in fw.POINTING | fw.SO for word in head)
    return points and asking.opening not in fw.QUESTION_WORDS and not any(word in fw.REQUIRING for word in asking.words)


def _weighed(reading: Reading, mention: Mention, clause: Clause, found: Candidate) -> Candidate:
    """The candidate as a doubt, or as not yet so, where the clause says that."""
    before = reading.words(clause.first, mention.first)
    words = _words_around(reading, mention, clause)
    if _is_embedded(before) or _is_weighed(reading.words(clause.first, clause.last)):
        return found.left_open("not sure")
    if mention.kind == "false" and any(word in dw.NOT for word in reading.words(mention.first, mention.last)):
        words = reading.words(clause.first, clause.last)  # 'ik weet niet of onze X nog geldig is' holds 'niet .. X'
    behind = reading.words(mention.last, clause.last)
    if doubt := doubt_of(words, before, behind, asked=clause.mood == "question"):
        return found.left_open(doubt)
    if found.reason == "not yet":
        return found
    if found.value and mention.kind == "name" and behind[:1] and behind[0] in hw.APPLICATIONS:
        return replace(found, value=False, reason="not yet")  # 'de KSV-aanmelding is verstuurd'
    by = governor(before)
    first = reading.tokens[mention.first].text
    if before[-2:] == ["bezig", "met"] and first.endswith("en") and first not in hw.GETTING:
        words = [word for word in words if word != "bezig"]  # who is doing it does it
    if is_coming(
        _without_relative(reading, mention, clause, words), governed=by != "", outright=mention.kind == "true"
    ):
        if clause.mood == "question":
            return found.left_open("not sure")  # 'hoe wordt X volgend jaar?' tells nothing of now
        if not found.value or (clause.mood == "condition" and not is_not_yet(words)):
            return found  # 'en als we volgend jaar wel X?' asks what holds once it is so
        if mention.kind == "false":
            return found.left_open("not yet")
        return replace(found, value=False, reason="not yet")
    if is_left_open(words):
        return found.left_open("still open")
    if found.value and mention.kind == "name" and _is_of_some(before):
        return found.left_open("partly")
    bare = mention.kind == "name" or (
        mention.kind == "true"
        and not any(
            word in fw.POSSESSING or word.endswith(("en", "ed")) for word in reading.words(mention.first, mention.last)
        )
    )
    if bare and clause.mood == "statement" and found.value and not by:
        if is_wished(reading.words(clause.first, clause.last), reading.tokens[mention.first].text):
            return found.left_open("plan")
        if any(word in hw.PAST for word in words):
            return found.left_open("past")
    return found


def _is_of_some(before: Sequence[str]) -> bool:
    """Whether what stands in front is only some of the asker's: 'sommige locaties', 'een deel van ons team'."""
    return any(
        word in dw.SOME and (word in ("sommige", "some") or following in ("van", "of", "onze", "our"))
        for word, following in pairwise(before)
    )


def _without_relative(reading: Reading, mention: Mention, clause: Clause, words: Sequence[str]) -> Sequence[str]:
    """The words but for those that a 'die' right behind the mention opens: 'een groep die binnenkort groeit'."""
    behind = reading.words(mention.last, clause.last)
    if not behind or behind[0] not in fw.RELATIVE:
        return words
    rest = list(words)
    for word in behind:
        rest.remove(word)
    return rest


def _is_embedded(before: Sequence[str]) -> bool:
    """Whether 'of hij' stands in front: 'we hebben niet gehoord of hij ... is'."""
    return any(
        word in ("of", "whether") and before[at + 1] in fw.PRONOUNS and before[at - 1] not in fw.JOINTS
        for at, word in enumerate(before[:-1])
        if at > 1
    )


def _is_weighed(words: Sequence[str]) -> bool:
    """Whether a clause behind 'of' has its verb at the end, as what is not known has: '(nagaan) of wij X hebben'."""
    if words[0] not in fw.WHETHER or len(words) < MOST_BARE:
        return words[:1] == ["whether"]
    verbs = fw.POSSESSING | fw.ASKING
    behind = words[2 + (words[1] in fw.OWN) :]
    return words[1] in fw.BEFORE_SUBJECTS and behind[0] not in verbs and behind[-1] in verbs


def _words_around(reading: Reading, mention: Mention, clause: Clause) -> list[str]:
    """The words of the clause but for those mentioned, with those of a short piece beside it ('..., denk ik')."""
    words = [*reading.words(clause.first, mention.first), ",", *reading.words(mention.last, clause.last)]
    number = reading.clause_of[clause.first]
    for at in (number + 1, number - 1):
        if not 0 <= at < len(reading.clauses):
            continue
        beside = reading.clauses[at]
        if (
            beside.sentence == clause.sentence
            and beside.mood != "question"
            and beside.last - beside.first <= BESIDE_WORDS
        ):
            piece = reading.words(beside.first, beside.last)
            words = [*words, ",", *piece] if at > number else [*piece, ",", *words]
    return words


def _span_with_denial(reading: Reading, mention: Mention, clause: Clause, *, denied: bool) -> tuple[int, int]:
    """The words of a fact: the mention and, where it is denied, from or to the denying word."""
    first, last = mention.first, mention.last
    if denied:
        denying = dw.DENYING_FORWARD | dw.CONTRACTED_NOT | dw.ENDED | fw.INSTEAD | fw.LEAVING_OUT | dw.DENYING_BACK
        before = [at for at in range(clause.first, first) if reading.tokens[at].text in denying]
        behind = [at for at in range(last, clause.last) if reading.tokens[at].text in denying]
        if before:
            first = before[-1]
        elif behind:
            last = behind[0] + 1
    return reading.span(first, last)


def _contrasted(reading: Reading, mention: Mention, told: Candidate | None) -> Iterator[Candidate]:
    """What a short clause behind that of a mention says of it: 'de buren hebben X, wij niet', 'X? Die heb ik niet'."""
    number = reading.clause_of[mention.first] + 1
    if told is not None or number >= len(reading.clauses) or mention.kind == "false":
        return
    clause, before = reading.clauses[number], reading.clauses[number - 1]
    words = [word for word in reading.words(clause.first, clause.last) if word not in fw.FILLERS | fw.CONTRASTS]
    asked = before.owner == "policy" or before.mood == "question" or any(word in fw.REQUIRING for word in before.words)
    asked = asked or reading.tokens[clause.first].sign == "?"
    pointed = any(word in fw.POINTING | fw.RESUMING for word in words)
    if not (before.owner == "other" and clause.sentence == before.sentence) and not (asked and pointed):
        return
    lacked = pointed and any(word in dw.LACKED for word in words)
    own = lacked or any(word in fw.FIRST_PERSON | fw.OWN for word in words)
    if (
        len(words) > ELLIPSIS_WORDS + 2 * (words[:1] != [] and words[0] in fw.RESUMING)
        or clause.mood == "question"
        or not own
    ):
        return
    denied = any(word in dw.DENYING_BACK | dw.CONTRACTED_NOT | {"niets", "niks"} for word in words)
    affirmed = any(word in dw.AFFIRMING | {"ook", "too", "do", "al"} for word in words)
    if denied or affirmed:
        start, end = reading.span(mention.first, clause.last)
        reason = "not yet" if denied and any(word in hw.YET for word in words) else ""
        yield Candidate(reading.specs[mention.spec].name, not denied, start, end, reason=reason)
