"""Of whom a clause speaks: the asker, the policy that he quotes, or somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from assistant.prose import denying_words as dw
from assistant.prose import function_words as fw
from assistant.prose.tokens import holds_any, holds_run
from knowledge.numerals import NUMBER_WORDS

if TYPE_CHECKING:
    from assistant.prose.clauses import Clause

_ARTICLES = frozenset("een de het a an the".split())
MOST_SET_AGAINST = 4
"""More words than these say more than that somebody does or does not."""
_ALONE_SAID = frozenset("wel niet ook does do has have not doesn't don't hasn't haven't".split())
_BESIDE_SAID = frozenset("zelf nog al er dat helaas juist yet does do has have".split())
Owner = Literal["asker", "policy", "other"]


def owner_of(clause: Clause, before: Clause | None) -> Owner:
    """Whose doing a clause tells; one without a subject goes on with the somebody else of the clause before it."""
    words = clause.words[: clause.last - clause.first]
    if before is not None and is_set_against(words, whom=fw.ORGANISATIONS):
        return "other"
    told = _told(words)
    elided = [word for word in words if word not in fw.CONTRASTS | fw.JOINTS][:1]
    own = bool(elided) and elided[0] in fw.FIRST_VERBS and clause.mood != "question"  # 'maar word wel vertegenwoordigd'
    if not own and not any(word in fw.FIRST_PERSON for word in told):
        parts = (
            holds_run(words, ("de", "een")) or holds_run(words, ("de", "ene")) or holds_run(words, ("the", "other"))
        )  # 'de een ..., de ander ...'
        if ((_speaks_of_others(words) and not parts) or holds_any(words, fw.NEXT_DOOR)) and not deals_with_us(words):
            return "other"
        if clause.mood != "question" and _is_read(words, in_statement=clause.mood != "condition"):
            return "policy"
        if holds_any(words, fw.HEARSAY) and not any(word in fw.OWN for word in told):
            return "other"
        if before is not None and before.owner == "other" and _leaves_subject_out(words):
            return "other"
        has_subject = any(word in fw.PRONOUNS | fw.OWN | {"de", "the"} for word in words)
        if before is not None and before.owner == "other" and not has_subject and clause.mood != "question":
            return "other"
    if clause.mood in ("statement", "fragment", "condition") and _quotes_policy(told):
        return "policy"
    return "asker"


def is_set_against(words: Sequence[str], *, whom: frozenset[str] = fw.FIRST_PERSON) -> bool:
    """Whether words only say of somebody that he does or does not: 'wij niet', 'maar het ziekenhuis wel'."""
    rest = [word for word in words if word not in fw.CONTRASTS | _ARTICLES | fw.JOINTS]
    if not rest or rest[0] not in whom or len(rest) > MOST_SET_AGAINST:
        return False
    return rest[-1] in _ALONE_SAID and all(word in _ALONE_SAID | _BESIDE_SAID for word in rest[1:])


def is_organisation(words: Sequence[str]) -> bool:
    """Whether words have an organisation that the asker deals with as their subject, and nothing of his own."""
    own = fw.FIRST_PERSON | fw.OWN | fw.US
    return words[0] in _ARTICLES and words[1:2] != () and words[1] in fw.ORGANISATIONS and not own.intersection(words)


def _leaves_subject_out(words: Sequence[str]) -> bool:
    """Whether a clause goes on with the subject of the one before it: '... en staat in het register'."""
    return (
        len(words) > 2
        and words[0] in fw.JOINTS
        and words[1] in fw.POSSESSING
        and words[2] not in fw.PRONOUNS - fw.ARTICLE_LIKE
    )


def _speaks_of_others(words: Sequence[str]) -> bool:
    """Whether somebody else is named; 'iemand' as an object is whom the asker serves."""
    return any(_is_other(words, at) for at, word in enumerate(words) if word in fw.OTHERS or word[:4] == "buur") or any(
        word in fw.BESIDE
        and words[at + 1] in fw.US
        and (at + 2 == len(words) or words[at + 2] in fw.POSSESSING | fw.ASKING)
        and not _is_placed(words, at - 1)
        for at, word in enumerate(words[:-1])
    )


def deals_with_us(words: Sequence[str]) -> bool:
    """Whether somebody else does, or will not do, something with the asker: 'wil geen afspraken met ons maken'."""
    with_us = any(
        word in dw.WITH and words[at + 1] in {"ons", "onze", "mij", "us", "our"} for at, word in enumerate(words[:-1])
    )
    return with_us and any(word in dw.REFUSING_US for word in words)


def _is_other(words: Sequence[str], at: int) -> bool:
    """Whether the word `at` makes somebody else the one who is spoken of."""
    word = words[at]
    if word == "overkant" and words[at + 1 : at + 2] in (["van"], ("van",)):
        return False  # 'aan de overkant van de straat' is a place
    if word in fw.SOMEBODY:
        return at == 0 or words[at + 1 : at + 2] in (("anders",), ("else",))
    if word not in fw.OTHERS:
        if not word.endswith(fw.BUILDINGS) or any(other in fw.EVENTS for other in words[max(0, at - 3) : at]):
            return False
        return words[max(0, at - 2)] in ("van", "of") or not _is_placed(words, at)
    if word in fw.DIFFERENT:
        return not (at and words[at - 1] in dw.NO) and not _is_placed(words, at)
    return True


def _is_placed(words: Sequence[str], at: int) -> bool:
    """Whether the noun at `at` is where or with whom something is: 'de ergotherapie ligt bij een andere praktijk'."""
    counted = at and (words[at - 1].isdigit() or words[at - 1] in NUMBER_WORDS or words[at - 1] in _ARTICLES)
    place = at - 2 if counted else at - 1
    return place > 0 and words[place] in fw.PREPOSITIONS


def _is_read(words: Sequence[str], *, in_statement: bool) -> bool:
    """Whether something is taken from a text: 'ik lees dat', 'volgens het beleid', 'in het stuk staat'."""
    if any(word in fw.READING for word in words) or any(word in fw.BY for word in words[:2]):
        return True
    if any(word in fw.OWN | fw.US for word in words):
        return False  # 'er staat geen X in ons contract'
    written = any(word in fw.SUBORDINATING | fw.TEXTS for word in words) or (
        "er" in words and not any(word in fw.STANDING for word in words)
    )
    by_text = any(
        word in fw.BY and any(text in fw.TEXTS for text in words[at : at + 4]) for at, word in enumerate(words)
    )
    return (by_text and in_statement) or (written and any(word in fw.WRITTEN for word in words))


def _told(words: Sequence[str]) -> Sequence[str]:
    """The words behind 'lees dat', 'hoor dat' and the like; all words where nothing is reported."""
    for at, word in enumerate(words):
        if word in fw.SUBORDINATING and 0 < at < len(words) - 1 and at <= 5:
            return words[at + 1 :]
    return words


def _quotes_policy(words: Sequence[str]) -> bool:
    for at, word in enumerate(words):
        near = words[max(0, at - 1) : at + 4]
        if word in fw.POLICY_SUBJECTS and any(other in fw.POLICY_VERBS for other in near):
            return True
    return False
