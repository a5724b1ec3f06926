"""Days that the asker tells: each belongs to the fact whose name is nearest to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from assistant.prose import day_words as yw
from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.days import ToldDay, is_participle, tense_of, told_days
from assistant.prose.phrases import Mention
from assistant.prose.reading import Candidate, Reading
from assistant.prose.tokens import holds_any

WISHED_START = "desired_start"
"""The fact that `knowledge.rules` counts back from (see `StartRule`)."""
WEAKNESS = 20
"""How much farther a verb of sending counts than a name of what is sent."""
TOPIC_WORDS = 3
"""How far in front of a name 'over' makes it a topic."""
SAME_DAY_WORDS = 6
"""How far in front of a name 'diezelfde dag' may stand."""
ASKING_WORDS = 4
"""At the head of a clause that asks for a time."""
NOW_WORDS = 5
"""How far from a fact's name 'nu' means the day of the question."""


_PAST = re.compile(
    r"(?:\w{0,6}ge\w{3,}(?:d|t|en)|(?:ver|onder|be)\w+[dt]|verzonden|\w{3,}(?:den|de|ten|te)|kwam|kwamen|kreeg|kregen|stond|lag"
    r"|ontving(?:en)?|vroeg(?:en)?|\w+ed|sent|got|wrote|came)"
)
_INFINITIVES = frozenset(
    """
    aanbieden bieden melden aanmelden zenden verzenden inzenden worden geven aangeven doorgeven handtekening send need
    """.split()
)
"""Words that look like a past tense and are none."""


def read_dates(reading: Reading) -> Iterator[Candidate]:
    """The dates that the question tells or takes as given."""
    mentions = [
        mention
        for mention in reading.of_kind("date")
        if not _is_adjective(reading, mention) and not _is_lack(reading, mention)
    ]
    starts = [number for number, spec in enumerate(reading.specs) if spec.kind == "date" and spec.name == WISHED_START]
    if not mentions and not starts:
        return
    days = told_days(reading)
    given: dict[int, ToldDay] = {}
    for day in list(days):
        if starts and _is_wished_start(reading, day, mentions):
            given.setdefault(starts[0], day)
            days.remove(day)
    given = _nearest(reading, days, [mention for mention in mentions if mention.spec not in given]) | given
    given = _same_days(reading, days, mentions) | given
    given = _sent_with(reading, days, mentions, given) | given
    for spec, day in sorted(given.items(), key=lambda pair: pair[0]):
        yield _candidate(reading, spec, day)
    for spec in sorted({mention.spec for mention in mentions} - given.keys()):
        if not days or spec not in starts:
            named = [mention for mention in mentions if mention.spec == spec]
            yield from _now(reading, named)
            yield from _some_time_ago(reading, named, days)


def _nearest(reading: Reading, days: list[ToldDay], mentions: list[Mention]) -> dict[int, ToldDay]:
    """Days dealt out to facts, the nearest pair first; facts that the same words name share theirs."""
    mentions = [m for m in mentions if not any(o.spec != m.spec and o.first < m.first < o.last for o in mentions)]
    plain = [_is_plain(reading, mention) for mention in mentions]
    done = {
        reading.clause_of[m.first]
        for m, is_plain in zip(mentions, plain, strict=True)
        if is_plain and _is_done(reading, m)
    }
    plain = [
        is_plain and (reading.clause_of[m.first] not in done or _is_done(reading, m))
        for m, is_plain in zip(mentions, plain, strict=True)
    ]
    clauses_with_name = {reading.clause_of[m.first] for m, is_plain in zip(mentions, plain, strict=True) if is_plain}
    pairs = sorted(
        (
            (
                _distance(reading, day, mention)
                + _weakness(reading, day, plain[number], clauses_with_name)
                + WEAKNESS * _is_topic(reading, mention),
                mention.first - mention.last,
                at,
                number,
            )
            for at, day in enumerate(days)
            for number, mention in enumerate(mentions)
            if not _is_asked(reading, day, mention, days) and not _is_presence(reading, day, mention)
        ),
    )
    given: dict[int, ToldDay] = {}
    owner: dict[int, tuple[int, int]] = {}
    for distance, length, at, number in pairs:
        mention = mentions[number]
        if mention.spec not in given and owner.setdefault(at, (distance, length)) == (distance, length):
            given[mention.spec] = days[at]
    return given


def _is_adjective(reading: Reading, mention: Mention) -> bool:
    """Whether a name only describes a thing: 'het getekende verzoek', 'the signed request' tell no signing."""
    if mention.last - mention.first > 1 or not mention.first or mention.last >= len(reading.tokens):
        return False
    token, before, behind = (reading.tokens[at] for at in (mention.first, mention.first - 1, mention.last))
    word = token.text
    bent = word.removesuffix("e")
    is_form = is_participle(word) or word.endswith("ed") or (bent != word and is_participle(bent))
    articles = yw.BEFORE_ADJECTIVES | ({"het"} if bent != word else set())
    return is_form and before.text in articles and not (token.sign or behind.sign)


def _is_lack(reading: Reading, mention: Mention) -> bool:
    """Whether a name of a start only tells what one does not have: 'dat we geen contract hebben' wishes for none."""
    before = reading.words(max(0, mention.first - 1), mention.first)
    return reading.specs[mention.spec].name == WISHED_START and any(word in dw.NO for word in before)


def _is_presence(reading: Reading, day: ToldDay, mention: Mention) -> bool:
    """Whether a past day only tells since when somebody is back or away: 'sinds maandag terug'."""
    number = reading.clause_of[day.first]
    if number == reading.clause_of[mention.first] or day.value.first >= reading.today:
        return False
    clause = reading.clauses[number]
    return any(word in yw.BACK | yw.AWAY for word in reading.words(clause.first, clause.last))


def _is_plain(reading: Reading, mention: Mention) -> bool:
    """Whether a name tells what is done or what it is done with, and not only that it is sent, or where."""
    ends = (reading.tokens[mention.first].text, reading.tokens[mention.last - 1].text)
    return any(word not in fw.SENDING for word in ends) and ends[0] not in fw.PREPOSITIONS


def _is_done(reading: Reading, mention: Mention) -> bool:
    """Whether a name holds the verb of what was done, other than that something was sent or came."""
    return any(is_past(word) and word not in fw.SENDING for word in reading.words(mention.first, mention.last))


def _weakness(reading: Reading, day: ToldDay, plain: bool, clauses_with_name: set[int]) -> int:
    """What is added for a name that only says 'gestuurd', where the clause also says what: 'de offerte'."""
    return 0 if plain or _clause_of(reading, day) not in clauses_with_name else WEAKNESS


def _clause_of(reading: Reading, day: ToldDay) -> int:
    """The number of the clause that tells what a day is of: the one in front of a day alone: 'weg, vorige week'."""
    number = reading.clause_of[day.first]
    clause = reading.clauses[number]
    is_alone = clause.last - clause.first - (day.last - day.first) <= 1
    is_behind = number > 0 and reading.clauses[number - 1].sentence == clause.sentence
    return number - 1 if is_alone and is_behind else number


def _is_topic(reading: Reading, mention: Mention) -> bool:
    """Whether a name only tells what something is about: 'overleg over een nieuwe businesscase'."""
    clause = reading.clauses[reading.clause_of[mention.first]]
    before = reading.words(max(clause.first, mention.first - TOPIC_WORDS), mention.first)
    return any(word in fw.ABOUT and word not in ("tegen", "against") for word in before)


def _same_days(reading: Reading, days: Sequence[ToldDay], mentions: Sequence[Mention]) -> dict[int, ToldDay]:
    """The days that 'diezelfde dag' points back to."""
    found: dict[int, ToldDay] = {}
    for mention in mentions:
        begin = reading.clauses[reading.clause_of[mention.first]].first
        words = reading.words(max(begin, mention.first - SAME_DAY_WORDS), mention.first)
        earlier = [day for day in days if day.last <= mention.first]
        pointed = any(word in fw.SAME and words[at + 1 : at + 2] in (["dag"], ["day"]) for at, word in enumerate(words))
        if earlier and pointed:
            found[mention.spec] = earlier[-1]
    return found


def _sent_with(
    reading: Reading, days: Sequence[ToldDay], mentions: Sequence[Mention], given: dict[int, ToldDay]
) -> dict[int, ToldDay]:
    """The only day of a clause for what is sent in it: 'vandaag mailen we onze aanvraag' tells both days."""
    found: dict[int, ToldDay] = {}
    for mention in mentions:
        number = reading.clause_of[mention.first]
        clause = reading.clauses[number]
        own = [day for day in days if reading.clause_of[day.first] == number]
        words = reading.words(clause.first, clause.last)
        is_sent = any(word in fw.SENDING for word in words) and any(word in fw.FIRST_PERSON for word in words)
        if is_sent and len(own) == 1 and own[0] in given.values() and mention.spec not in given:
            found[mention.spec] = own[0]
    return found


def _is_asked(reading: Reading, day: ToldDay, mention: Mention, days: Sequence[ToldDay]) -> bool:
    """Whether a name stands in a question of its own for a day ('wanneer moeten we tekenen?'), or has its own day."""
    theirs, mine = reading.clause_of[mention.first], reading.clause_of[day.first]
    clause = reading.clauses[theirs]
    if theirs == mine:
        return False
    if any(reading.clause_of[other.first] == theirs for other in days):
        return True  # it has a day of its own
    opening = reading.words(clause.first, min(clause.last, clause.first + ASKING_WORDS))
    return any(word in fw.ASKING_TIME for word in opening) or (
        clause.mood == "question" and clause.opening in fw.QUESTION_WORDS
    )


def _is_wished_start(reading: Reading, day: ToldDay, mentions: list[Mention]) -> bool:
    """Whether a contract is wanted from a day on: 'we willen per 1 maart een contract'."""
    clause = reading.clauses[reading.clause_of[day.first]]
    words = reading.words(clause.first, clause.last)
    if day.value.bound != "from" or not any(word.endswith(fw.CONTRACTS) for word in words):
        return False
    if any(
        _distance(reading, day, mention) <= 1 and reading.specs[mention.spec].name != WISHED_START
        for mention in mentions
    ):
        return False
    return any(word in hw.WISHES or word in fw.WANTING for word in words) or clause.mood == "question"


def is_past(word: str) -> bool:
    """Whether a verb is a participle or stands in the past tense."""
    return _PAST.fullmatch(word) is not None and word not in _INFINITIVES


def _distance(reading: Reading, day: ToldDay, mention: Mention) -> int:
    """Words between a date and a name; names in another clause or sentence are farther."""
    gap = mention.first - day.last if mention.first >= day.last else day.first - mention.last
    other_clause = _clause_of(reading, day) != reading.clause_of[mention.first]
    other_sentence = (
        reading.clauses[reading.clause_of[day.first]].sentence
        != reading.clauses[reading.clause_of[mention.first]].sentence
    )
    between = reading.words(min(day.last, mention.last), max(day.first, mention.first))
    joined = any(word in fw.JOINTS for word in between)
    return max(0, gap) + 5 * joined + 10 * other_clause + 30 * other_sentence


def _candidate(reading: Reading, spec: int, day: ToldDay) -> Candidate:
    value = day.value
    reason = "assumed year" if value.assumed_year else ""
    found = Candidate(reading.specs[spec].name, _ahead(reading, day), day.start, day.end, reason=reason)
    begins = value.kind == "period" and value.bound == "from" and found.name == WISHED_START  # 'per juni' is its first
    if (value.kind != "exact" and not begins) or value.bound == "after":
        return found.left_open("no exact day")
    return found


def _ahead(reading: Reading, day: ToldDay) -> dt.date:
    """The day; where it is only supposed and its year was concluded, the next one to come."""
    clause = reading.clauses[reading.clause_of[day.first]]
    first = day.value.first
    perfect = any(word in hw.PERFECT for word in reading.words(clause.first, clause.last))
    if clause.mood != "condition" or perfect or not day.value.assumed_year or first >= reading.today:
        return first
    try:
        return first.replace(year=first.year + 1)
    except ValueError:  # 29 February
        return first


def _now(reading: Reading, named: list[Mention]) -> Iterator[Candidate]:
    """Today, where 'nu' stands near a name ('als ik nu aanvraag'), or what was just sent: 'net ingediend'."""
    for mention in named:
        number = reading.clause_of[mention.first]
        clause = reading.clauses[number]
        is_own = any(word in fw.FIRST_PERSON for word in reading.words(clause.first, clause.last))
        for at in range(clause.first, clause.last):
            is_now = is_own and reading.tokens[at].text in fw.NOW
            if (is_now or _is_just_done(reading, at)) and min(
                abs(at - mention.first), abs(at - mention.last + 1)
            ) <= NOW_WORDS:
                start, end = reading.span(at, at + 1)
                yield Candidate(reading.specs[mention.spec].name, reading.today, start, end)
                return


def _some_time_ago(reading: Reading, named: list[Mention], days: Sequence[ToldDay]) -> Iterator[Candidate]:
    """No day, where the asker did something a while ago: 'een poosje terug hebben we het contract aangevraagd'."""
    dated = {reading.clause_of[day.first] for day in days}
    for mention in named:
        if reading.clause_of[mention.first] in dated:
            continue
        clause = reading.clauses[reading.clause_of[mention.first]]
        words = reading.words(clause.first, clause.last)
        is_own = any(word in fw.FIRST_PERSON | fw.OWN for word in words)
        if is_own and holds_any(words, yw.SOME_TIME_AGO) and tense_of(words) == "done":
            start, end = reading.span(clause.first, clause.last)
            yield Candidate(reading.specs[mention.spec].name, reading.today, start, end).left_open("no day")
            return


def _is_just_done(reading: Reading, at: int) -> bool:
    """Whether 'net' at this word tells that something was sent or came a moment ago."""
    if reading.tokens[at].text not in fw.JUST:
        return False
    clause = reading.clauses[reading.clause_of[at]]
    behind = reading.words(at + 1, clause.last)
    is_own = any(word in fw.FIRST_PERSON | fw.OWN for word in reading.words(clause.first, clause.last))
    is_denied = behind[:1] and behind[0] in dw.NOT
    return is_own and not is_denied and tense_of(behind) == "done" and any(word in fw.SENT | fw.CAME for word in behind)
