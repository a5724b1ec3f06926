"""Things: what a sentence demands or lists, against what the asker says to have or to lack, and all against some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.prose import function_words as fw
from assistant.prose.clauses import is_condition
from assistant.quoted.held import Held, Outcome, leaves_open
from assistant.quoted.told import Told, also_called, keys_of, shared, telling_words
from knowledge.dutch import fold
from knowledge.numerals import NUMBER_WORDS
from knowledge.quantities import find_quantities

OBJECT_WORDS = 30
"""What is demanded ends within so many words."""

WORDS_HAD = 2
"""So many words of what is demanded must be named by who has it: who lacks it names no more than the thing."""

_DEMAND = re.compile(
    r"""\b(?:
      (?:beschik(?:t|ken|king)?|te\ beschikken)\s+over(?:\s+(?:en|of)\s+\w+t\s+(?:naar|met|volgens))?
    | in\s+(?:het\s+)?bezit\s+(?:is\s+|zijn\s+)?van | (?:bezit|bezitten)
    | heeft | hebben | gebruikt | gebruiken | (?:maakt|maken)\s+gebruik\s+van | hanteert | hanteren
    | ^\W*(?:in|aan)?(?:schrijving|registratie|sluiting|lidmaatschap)\s+(?:in|bij|van)
    | aangesloten\s+(?:is\s+|zijn\s+)?bij | (?:(?:neemt|nemen)\s+deel|deelname)\s+aan
    | (?:in)?geschreven\s+(?:is\s+|zijn\s+)?in | geregistreerd\s+(?:is\s+|zijn\s+)?in
    | has | have | holds? | registered\s+(?:in|with) | (?:takes?\s+part|participat\w+)\s+in
    )\s+""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS = re.compile(
    r"[.;:\n\t?!]|,?\s+(?:die|dat|waar\w*|om|zodat|omdat|tenzij|mits|behalve|which|that|so|unless|provided)\b",
    re.IGNORECASE,
)
_SUPPOSING = re.compile(
    r"^\W*(?:wanneer|mits|heeft u|hebben|when|where)\b|\b(?:indien|if)\b|^\W*als (?P<following>\w+)"
)
_BY_INSURER = re.compile(r"\b(?:wij|we|ons|onze|zorgverzekeraars?|verzekeraars?|our|insurers?)\b")
_RELATIVE = re.compile(r"\b(?:die|dat|waar\w*|who|which|that|of|zodat)\b(?:\s+\S+){0,6}\s*$")
_NO_OBJECT = re.compile(
    r"(?:op|aan|in|van|voor|met|bij|te|naar|om|over|tot|uit|to|on|in|of|with|for|been|not|"
    r"(?:\w{2,6})?ge\w{3,}(?:d|t|en)|(?:ver|be|ont)\w{3,}(?:d|t))\b"
)
"""What stands behind a helping verb: 'heeft op', 'hebben vastgelegd met'."""
_SECOND_VERB = re.compile(r"\s+(?:en|of|and|or)\s+(?=[a-z]+(?:t|en)\s+(?:een|de|het|zich|\w+en|a|the)\b)(?!een\b)")
"""'... en registreert klachten', '... of volgen een opleiding'."""
_LIST = re.compile(r"\s*,\s*|\s+(?:en/of|of|en|dan wel|alsmede|alsook|or|and)\s+|(?<=-)\s+", re.IGNORECASE)
_EITHER = re.compile(r"\b(?:of|dan wel|or)\b")
_BOTH = re.compile(r"\b(?:en|alsmede|alsook|and)\b")
_WITH = re.compile(r"\b(?:met|with)\b")
_OPEN_ITEM = re.compile(
    r"\b(?:vergelijkba\w*|gelijkwaardig\w*|ander\w*|soortgelijk\w*|comparable|equivalent|similar|other)\b"
)
_PREPOSITION = re.compile(
    r"\s(?:van|voor|met|in|op|bij|aan|volgens|conform|over|of|for|with|on|at|from|under)\s", re.IGNORECASE
)
_BY_WHICH = re.compile(r"\b(?:op basis van|op grond van|volgens|conform|krachtens|under|by virtue of)\b", re.IGNORECASE)
"""Behind these stands the law or norm by which a thing goes too: 'zonder Wbmv'; an organisation's name does not."""
_ABBREVIATION = re.compile(r"\b[A-Z]\w*[A-Z]\w*\b|(?<=\()[A-Z]\w{1,8}(?=\))")
_ALL = re.compile(
    r"\b(?:alle|elke|iedere|all|every|each)\s+(?:(?:van|de|het|of|the)\s+)?(?P<what>[^.;:,\n]+)", re.IGNORECASE
)
_NUMBER = r"\d{1,3}|" + "|".join(word for word, value in NUMBER_WORDS.items() if word.isalpha() and 1 < value <= 20)
_SOME_OF = (
    re.compile(rf"\b(?P<some>{_NUMBER})\s+(?:van|of|out of)\s+(?:de|onze|die|the|our|those)?\s*(?P<all>{_NUMBER})\b"),
    re.compile(
        rf"\b(?P<all>{_NUMBER})\s+\w+\b.{{0,60}}?"
        rf"\b(?P<some>{_NUMBER})\s+(?:ervan|daarvan|hiervan|of (?:them|those|these))\b"
    ),
)
"""'Twee van de drie', 'drie ketens, in twee ervan'."""
_NOT_ALL = re.compile(r"\b(?:niet|not)\s+(?:in |aan |bij |met |at |in |with )?(?:alle|allemaal|all|every|elke)\b")


@dataclass(frozen=True)
class Demand:
    """What a sentence demands: its items by the names that each goes by; `either`: one of them is enough.

    `head`: the name that all items are kinds of ('certificaat'), where the last of several alternatives is open.
    """

    words: str
    items: tuple[tuple[str, ...], ...]
    either: bool
    head: tuple[str, ...] = ()


def hold_things(sentence: str, told: Told, *, speaker: tuple[str, ...] = ()) -> Held | None:
    """What a sentence demands against what the asker says to have. `speaker`: names of who wrote the policy."""
    demand = demand_of(sentence, speaker=speaker)
    if demand is None:
        return None
    has = [told.has(names) for names in demand.items]
    if has == [True] and _WITH.search(fold(demand.words)) and (lacking := _lacking(demand, told)):
        return Held("thing", "not_met", demand.words, lacking)
    outcome = _outcome(demand, has, told)
    if outcome is None:
        return None
    telling = [item[0] for item, value in zip(demand.items, has, strict=True) if value is (outcome == "met")]
    return Held("thing", outcome, demand.words, ", ".join(telling or demand.head[:1]), is_open=leaves_open(sentence))


def _lacking(demand: Demand, told: Told) -> str:
    """A word of what is demanded that the asker denies, though he has the thing; empty where there is none."""
    named = {name for item in demand.items for name in item}
    others = [word for word in keys_of(demand.words).values() if word not in named]
    return next((word for word in others if told.has((word,)) is False), "")


def _outcome(demand: Demand, has: Sequence[bool | None], told: Told) -> Outcome | None:
    if not demand.either:
        named = shared(tuple(keys_of(demand.words)), told.keys)
        is_had = all(has) and not told.denies and len(named) >= WORDS_HAD
        return "not_met" if False in has else "met" if is_had else None
    if True in has:
        return "met"
    if demand.head:
        return "not_met" if told.has(demand.head) is False and _denies_all(demand, has, told) else None
    return "not_met" if has and all(value is False for value in has) else None


def _denies_all(demand: Demand, has: Sequence[bool | None], told: Told) -> bool:
    """Whether 'geen certificaat' is of any kind: none of the kinds is named but as lacking."""
    named = [bool(shared(tuple(keys_of(names[0])), told.keys)) for names in demand.items]
    return all(value is False or not is_named for value, is_named in zip(has, named, strict=True)) and not any(
        value is False for value in has
    )


@lru_cache(maxsize=20_000)  # the sentences of a snapshot come back
def demand_of(sentence: str, *, speaker: tuple[str, ...] = ()) -> Demand | None:
    """What a sentence demands of a provider; None where it supposes, denies or tells what the insurer has."""
    match = _DEMAND.search(sentence)
    if match is None or _ALL.search(sentence) or _supposes(fold(sentence)) or leaves_open(sentence):
        return None
    before = fold(sentence[: match.start()])
    if _RELATIVE.search(before) or _NO_OBJECT.match(fold(sentence[match.end() :])):
        return None
    if _BY_INSURER.search(before) or any(fold(name) in before for name in speaker if name):
        return None
    rest = sentence[match.end() :]
    end = _ENDS.search(rest)
    words = _SECOND_VERB.split(rest[: end.start() if end else len(rest)], maxsplit=1)[0].strip()
    if not words or len(words.split()) > OBJECT_WORDS or next(find_quantities(words), None) is not None:
        return None
    folded = fold(words)
    either, both = _EITHER.search(folded) is not None, _BOTH.search(folded) is not None
    if either and both:
        return None
    parts = [part for part in _LIST.split(words) if part.strip(" -()")] if either or both else [words]
    is_open = either and _OPEN_ITEM.search(fold(parts[-1])) is not None
    items = [_names_of(part) for part in parts]
    head = items.pop() if is_open else ()
    items = [item for item in items if item and not any(word.endswith(fw.CONTRACTS) for word in item)]
    if not items or (both and len(items) < len(parts)):
        return None
    return Demand(words, tuple(items), either, head)


def _supposes(folded: str) -> bool:
    """Whether a sentence is a condition; 'als zorgverlener staat u ...' is none."""
    found = _SUPPOSING.search(folded)
    if found is None:
        return False
    return found["following"] is None or is_condition("als", found["following"], "")


def _names_of(part: str) -> tuple[str, ...]:
    """The names by which an item goes: its head noun with the thesaurus's other names for it, and its abbreviations."""
    cut = _PREPOSITION.split(f" {part} ", maxsplit=1)
    said = cut[0] if any(telling_words(cut[0])) else part
    heads = [words[-1].text for piece in said.split("/") if (words := list(telling_words(piece)))]
    by = _BY_WHICH.search(part)
    short = _ABBREVIATION.findall(said if by is None else f"{said} {part[by.end() :]}")
    others = [name for head in heads for name in also_called(head)]
    return tuple(dict.fromkeys((*heads, *map(fold, short), *others)))


def hold_all(sentence: str, told: Told) -> Held | None:
    """'Alle ketens' against 'in twee van de drie'; None where the asker tells no number of them."""
    match = _ALL.search(sentence)
    if match is None or leaves_open(sentence):
        return None
    what = " ".join(match["what"].split()[:5])
    if not shared(tuple(keys_of(what)), told.keys):
        return None
    for clause_words in _own_words(told):
        some = _some_of(clause_words)
        if some is not None:
            number, whole, words = some
            if number <= whole:
                return Held("all", "met" if number == whole else "not_met", f"{match.group().split()[0]} {what}", words)
        elif denied := _NOT_ALL.search(clause_words):
            return Held("all", "not_met", f"{match.group().split()[0]} {what}", denied.group())
        elif (found := _ALL.search(clause_words)) and shared(tuple(keys_of(what)), frozenset(keys_of(found["what"]))):
            return Held("all", "met", f"{match.group().split()[0]} {what}", found.group().split()[0])
    return None


def _own_words(told: Told) -> Iterator[str]:
    """The sentences in which the asker tells of himself, folded."""
    reading = told.reading
    for number in dict.fromkeys(clause.sentence for clause in reading.clauses):
        clauses = [clause for clause in reading.clauses if clause.sentence == number]
        words = [token for clause in clauses for token in reading.words(clause.first, clause.last)]
        own = any(word in fw.FIRST_PERSON | fw.OWN | fw.US for word in words)
        if own and all(clause.owner == "asker" for clause in clauses) and not any(w in fw.REQUIRING for w in words):
            yield " ".join(words)


def _some_of(words: str) -> tuple[int, int, str] | None:
    for pattern in _SOME_OF:
        for match in pattern.finditer(words):
            some, whole = _whole(match["some"]), _whole(match["all"])
            if some is not None and whole is not None:
                return some, whole, f"{match['some']} / {match['all']}"
    return None


def _whole(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    value = NUMBER_WORDS.get(word)
    return int(value) if value is not None and value == value.to_integral_value() else None
