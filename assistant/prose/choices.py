"""Facts that are one of some options, such as the kind of provider that asks."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.doubts import doubt_of
from assistant.prose.owners import deals_with_us
from assistant.prose.phrases import Mention
from assistant.prose.polarity import polarity
from assistant.prose.reading import Candidate, Reading
from assistant.prose.stances import stance
from knowledge.numerals import NUMBER_WORDS

_KINDS = frozenset({"provider_type", "hospital_kind"})
"""Facts of what one is; the others are of what one does, by what or for whom."""
_ROLES = frozenset(
    """
    mag moet kan mogen moeten kunnen hoeft hoeven krijgt krijgen komt komen valt vallen voldoet voldoen heeft hebben
    has have may must can should does do
    """.split()
)
"""Behind these a kind of provider is the subject of the question."""
_DEFINITE = fw.OWN | frozenset("de het deze dit the this als as".split())
"""Who stands behind these is there."""
_WHERE = frozenset("waar waarmee where".split())
_APART = frozenset("naar door tegen naast tussen uit from by against beside between".split())


_BELONGING = frozenset("horen hoor behoren behoor vallen val zijn ben do are am".split())
"""In front of 'wij' these ask what one is, or belongs to."""
_BEFORE_ALTERNATIVES = frozenset("bij onder tot voor van dat die de het een to under for the that those a an".split())
ALTERNATIVE_WORDS = 5
"""How far in front of an alternative 'of' may stand."""
DEFINED_WORDS = 4
"""How many words may stand in front of what is to be explained."""


def read_choices(reading: Reading) -> Iterator[Candidate]:
    """The options that the question says or takes as given."""
    for mention in reading.of_kind("choice"):
        if not mention.option:
            continue
        number = reading.clause_of[mention.first]
        clause = reading.clauses[number]
        before = reading.words(clause.first, mention.first)
        if clause.owner == "other":
            continue
        if before[-1:] and before[-1] not in fw.OWN and deals_with_us(reading.words(clause.first, clause.last)):
            continue  # 'het ziekenhuis wil niet met ons samenwerken'
        strength = _strength(reading, mention, before)
        if strength == 0 or _is_denied(reading, mention, before):
            continue
        start, end = reading.span(mention.first, mention.last)
        doubt = doubt_of(reading.words(clause.first, clause.last), before)
        found = Candidate(reading.specs[mention.spec].name, mention.option, start, end, strength=strength)
        if not doubt and before[-1:] and before[-1] in fw.DOING and mention.last - mention.first == 1:
            doubt = "what is done"  # 'wij doen revalidatie' does not tell what one is
        yield found.left_open(doubt) if doubt else found


def _is_denied(reading: Reading, mention: Mention, before: list[str]) -> bool:
    """Whether the words deny the option; behind 'onze kliniek' they deny something else of it."""
    number = reading.clause_of[mention.first]
    behind = reading.words(mention.last, reading.clauses[number].last)
    seen = polarity(reading.tokens, reading.clauses, number, mention.first, mention.last)
    if seen.affirmed is not False:
        return False
    if before[-1:] and before[-1] in fw.OWN and before[-2:-1] and before[-2] in fw.PREPOSITIONS:
        return False  # 'ingrepen doen we niet in onze kliniek'
    if before[-1:] == ["als"]:
        return before[-2:-1] != [] and before[-2] in dw.NOT  # 'geen contract als kliniek' says what one is
    if (behind[:1] and behind[0] in fw.RELATIVE | fw.SUBORDINATING) or (before[-1:] and before[-1] in _DEFINITE):
        return any(word in dw.DENYING_FORWARD for word in before)
    return True


def _is_only_asked(reading: Reading, mention: Mention, near: list[str]) -> bool:
    """Whether a question without the asker asks about the option: 'is een workshop toegestaan?', 'welke zijn X?'."""
    clause = reading.clauses[reading.clause_of[mention.first]]
    if clause.mood != "question" or any(word in fw.FIRST_PERSON | fw.OWN | fw.US for word in clause.words):
        return False
    listed = clause.opening in ("welk", "welke", "which") and near[-1:] != [] and near[-1] in fw.BEING
    return listed or any(word in fw.LETTING for word in clause.words)


def _is_alternative(reading: Reading, mention: Mention) -> bool:
    """Whether the asker asks which of two he is or belongs to: 'horen wij bij de klinieken of bij de ziekenhuizen?'."""
    clause = reading.clauses[reading.clause_of[mention.first]]
    before, behind = reading.words(clause.first, mention.first), reading.words(mention.last, clause.last)
    if clause.mood != "question" or clause.opening not in _BELONGING or before[1:2] == []:
        return False
    if before[1] not in fw.FIRST_PERSON:
        return False
    near = before[-ALTERNATIVE_WORDS:]
    joint = next((at for at in range(len(near) - 1, -1, -1) if near[at] in fw.OR_JOINTS), -1)
    second = joint >= 0 and all(word in _BEFORE_ALTERNATIVES for word in near[joint + 1 :])
    return second or (behind[:1] != [] and behind[0] in fw.OR_JOINTS and behind[1:2] not in (["niet"], ["not"]))


def _strength(reading: Reading, mention: Mention, before: list[str]) -> int:
    """How plainly the option is said of the asker: 3 as what he is, 2 in a statement, 1 as whom he asks about."""
    near = before[-3:]
    if (
        [word for word in before if word not in fw.FILLERS][:1] in (["wat"], ["what"])
        and near[:1]
        and near[-1] in (*fw.BEING, "een", "de", "het", "a", "an", "the")
        and len(before) <= DEFINED_WORDS
    ):
        return 0  # 'wat is een zbc?'
    first = reading.tokens[mention.first].text
    if mention.last - mention.first > 1 and (first in fw.BEING or first in fw.FIRST_PERSON):
        return 3
    sentence = reading.clauses[reading.clause_of[mention.first]].sentence
    end = max(clause.last for clause in reading.clauses if clause.sentence == sentence)
    behind = reading.words(mention.last, min(mention.last + 3, end))
    is_own = near[-1:] and near[-1] in fw.OWN
    related = behind[:1] and behind[0] in _WHERE | fw.RELATIVE | {"dat"}
    if related and not is_own and any(word in fw.FIRST_PERSON for word in behind):
        return 0  # 'het ziekenhuis waar wij mee werken'
    if near[-1:] and near[-1] in fw.NEARBY:
        return 0
    is_kind = reading.specs[mention.spec].name in _KINDS
    if is_kind and "via" in near[-2:-1] and near[-1] in ("de", "het", "een", "a", "the"):
        return 0
    if _is_only_asked(reading, mention, near) or _is_alternative(reading, mention):
        return 0
    counted = near[-2:-1] in (["zijn"], ["are"]) and any(word in fw.FIRST_PERSON for word in near)
    if (
        not counted
        and near
        and (near[-1][:1].isdigit() or (near[-1] in NUMBER_WORDS and near[-1] not in ("een", "one")))
    ):
        return 0  # '12 apotheken' are counted; who says 'wij zijn drie apotheken' is one
    if next((word for word in reversed(near) if word not in fw.FOR_WHOM), "") in fw.POLICIES:
        return 0  # 'het inkoopbeleid voor klinieken'
    if behind[:2] and behind[0] in fw.BESIDE and behind[1:2] in (["ons"], ["us"]):
        return 0
    if any(word in fw.LIKENING for word in before):
        return 0  # 'zoals met de pleisters ook ging'
    if near[-1:] == ["als"] and any(word in fw.COUNTING for word in before):
        return 0  # 'welke instellingen tellen als zbc?'
    if any(word == "als" and before[at - 1] in fw.COMPARED_BEFORE for at, word in enumerate(before) if at):
        return 0
    if any(word in fw.SUCH for word in before[-4:]) and not any(word in _APART for word in near):
        return 1  # 'in zee met zo'n klein centrum'
    if is_kind and any(word in _APART | dw.WITH for word in near) and not any(word in fw.BEING for word in near[-2:]):
        return 0
    if any(word in fw.BEING for word in near):
        return 3
    if near[-1:] in (["een"], ["a"], ["an"]) and near[-2:-1] in (["bij"], ["at"], ["van"], ["of"]):
        return 0
    number = reading.clause_of[mention.first]
    if number == 0 and not before and len(reading.clauses) > 1 and reading.clauses[0].mood == "fragment":
        return 3  # 'Kliniek met ...: moeten wij ...?'
    how = stance(reading.tokens, reading.clauses, number, mention.first, mention.last)
    if how != "none":
        return 2
    clause = reading.clauses[number]
    if clause.mood in ("question", "condition", "statement"):
        direct = before[-1:] and (
            before[-1] in _ROLES
            or (before[-1] in ("een", "de", "a", "an", "the") and before[-2:-1] and before[-2] in _ROLES)
        )
        meant = any(word in ("voor", "bij", "for", "at") for word in before[-2:])
        return 1 if direct or meant else 0
    return 0
