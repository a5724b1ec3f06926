"""The words of a question cut into sentences and clauses, and what each clause does: state, suppose or ask.

A clause also has an owner: the asker, the policy that the asker quotes, or somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.prose import day_words as yw
from assistant.prose import denying_words as dw
from assistant.prose import doubting_words as hw
from assistant.prose import function_words as fw
from assistant.prose.owners import Owner, is_organisation, is_set_against, owner_of
from assistant.prose.tokens import Token
from knowledge.date_words import FULL_WEEKDAYS
from knowledge.dutch import STOP_WORDS
from knowledge.numerals import NUMBER_WORDS

Mood = Literal["statement", "condition", "open_condition", "question", "fragment"]

SUBJECT_WORDS = 4
"""How many words of a subject may stand between a joint and its verb."""
LIST_ITEM_WORDS = 6
"""A longer piece between commas is no item of a list."""


@dataclass(slots=True)
class Clause:
    """Words `first` to `last` (excluded) with a mood and an owner.

    `words`: the texts of the clause and, where it is an item of a list, of the whole list: these set the mood.
    `is_item`: it goes on with the list of the clause before it.
    """

    first: int
    last: int
    sentence: int
    asks: bool
    is_item: bool = False
    mood: Mood = "statement"
    owner: Owner = "asker"
    words: tuple[str, ...] = ()
    opening: str = field(default="")


def read_clauses(tokens: Sequence[Token], text: str, language: str) -> list[Clause]:
    """The clauses of the words, in order, with mood and owner."""
    clauses = _cut(tokens, text, language)
    for at, clause in enumerate(clauses):
        clause.words = tuple(token.text for token in tokens[clause.first : clause.last])
        before = clauses[at - 1] if at and clauses[at - 1].sentence == clause.sentence else None
        clause.is_item = before is not None and _is_item(clause, tokens)
    for at, clause in enumerate(clauses):
        if not clause.is_item:
            items = _items_of(clauses, at)
            clause.words += tuple(word for item in items for word in item.words)
    for at, clause in enumerate(clauses):
        before = clauses[at - 1] if at and clauses[at - 1].sentence == clause.sentence else None
        after = clauses[at + 1] if at + 1 < len(clauses) and clauses[at + 1].sentence == clause.sentence else None
        if clause.is_item and before is not None:
            clause.mood, clause.owner, clause.words = before.mood, before.owner, before.words
            clause.opening = before.opening  # 'wanneer tekenen wij, zonder gesprek?' asks for a day
            continue
        clause.mood = _mood(clause, tokens, after)
        if before is None and not clause.asks and clause.words[0] in fw.WHETHER and _has_subject(clause.words):
            clause.mood = "open_condition"  # 'of wij X hebben, zoek ik nog uit'
        if before is not None and clause.words[0] in fw.WHETHER and _asks_whether(before.words):
            clause.mood = "open_condition"
        if before is not None and (_goes_on(clause, before) or _shares_subject(clause, before)):
            clause.mood = before.mood
        clause.owner = owner_of(clause, before)
        own = tuple(token.text for token in tokens[clause.first : clause.last])
        if before is not None and before.owner == "asker" and is_set_against(own) and own[-1] != "ook":
            told = tuple(token.text for token in tokens[before.first : before.last])
            before.owner = "other" if before.mood == "statement" and is_organisation(told) else before.owner
    return clauses


def _items_of(clauses: list[Clause], at: int) -> list[Clause]:
    items = []
    for clause in clauses[at + 1 :]:
        if not clause.is_item:
            break
        items.append(clause)
    return items


def _cut(tokens: Sequence[Token], text: str, language: str) -> list[Clause]:
    starts = [0] if tokens else []
    sentence_of = [0]
    sentence = 0
    for at in range(1, len(tokens)):
        sign = tokens[at].sign
        if sign in (".", "?"):
            sentence += 1
        if _is_apposed_year(tokens, at):
            continue
        if sign or _starts_clause(tokens, at, starts[-1], language):
            starts.append(at)
            sentence_of.append(sentence)
    clauses = []
    for number, first in enumerate(starts):
        last = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        clauses.append(Clause(first, last, sentence_of[number], asks=False))
    ends = {clause.sentence: clause.last for clause in clauses}
    for clause in clauses:
        ending = ends[clause.sentence]
        clause.asks = tokens[ending].sign == "?" if ending < len(tokens) else "?" in text[tokens[-1].end :]
    return clauses


def _is_apposed_year(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma only sets a year apart, in front of it or behind: 'hadden we dit jaar, 2025, al een contract'."""
    for year in (at, at - 1):
        if year and tokens[year].sign == "," and len(tokens[year].text) == 4 and tokens[year].text.isdigit():
            return year + 1 < len(tokens) and tokens[year + 1].sign == "," and tokens[year - 1].text in dw.PERIODS
    return False


def _starts_clause(tokens: Sequence[Token], at: int, begin: int, language: str) -> bool:
    word = tokens[at].text
    following = tokens[at + 1].text if at + 1 < len(tokens) and not tokens[at + 1].sign else ""
    before = tokens[at - 1].text
    if word in fw.CONTRASTS:
        return not (
            word in ("toch", "so", "yet")
            or (word == "dus" and following in dw.NOT)
            or (word == "maar" and before in ("nog", "alleen"))
            or (word == "maar" and before in fw.POSSESSING and following in NUMBER_WORDS)  # 'wij hebben maar twee'
        )
    if word == "want" and language == "en":
        return False
    if is_condition(word, following, before):
        return before not in fw.JOINTS and before not in fw.CONTRASTS
    if word in fw.OPEN_CONDITIONS:
        return True
    if word in fw.WHETHER and following and _asks_whether([token.text for token in tokens[begin:at]]):
        return True
    if word in fw.JOINTS and following:
        after = tokens[at + 2].text if at + 2 < len(tokens) else ""
        return (
            following in fw.FIRST_PERSON
            or following in fw.QUESTION_WORDS
            or following in fw.POSSESSING
            or following in fw.ASKING
            or following in fw.AND_SO
            or is_condition(following, after, word)
            or (following in fw.OWN and after in fw.OTHERS)
            or _is_main_clause(tokens, at, begin)
            or _is_of_a_time(tokens, at, begin)
        )
    if word in fw.RELATIVE_PLACES and at > begin + 1 and before not in fw.JOINTS:
        return True
    supposing = is_condition(tokens[begin].text, tokens[begin + 1].text if begin + 1 < len(tokens) else "", "")
    if supposing and at > begin + 1:
        return word in ("dan", "then") or (
            at > begin + 2 and word in fw.ASKING and following in fw.PRONOUNS - {"die", "that"}
        )
    return False


def _asks_whether(before: Sequence[str]) -> bool:
    """Whether an 'of' behind these words asks: 'wanneer hoor ik', 'we willen weten'."""
    if not any(word in fw.KNOWING for word in before[-3:]) or any(word in ("niet", "not") for word in before):
        return False
    return any(word in fw.QUESTION_WORDS | hw.MERE_WISHES | fw.MAY | fw.WANTING | fw.ASKS_ABOUT for word in before)


def _is_main_clause(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether a subject and its verb follow a joint, where a verb stands before it: '... en de audit komt nog'."""
    if tokens[at + 1].text not in fw.OWN | fw.SUBJECT_OPENINGS:
        return False
    if not any(token.text in fw.POSSESSING | fw.ASKING | fw.PRONOUNS for token in tokens[begin:at]):
        return False
    for token in tokens[at + 2 : at + 2 + SUBJECT_WORDS]:
        if token.sign or token.text in fw.JOINTS:
            return False
        if token.text in fw.POSSESSING or token.text in fw.ASKING:
            return True
    return False


def _is_of_a_time(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether a time and its verb follow a joint, where a verb stands before it: '... en vorige week kwam de brief'."""
    if not (tokens[at + 1].text in yw.TIME_OPENINGS or tokens[at + 1].text in FULL_WEEKDAYS):
        return False
    if not any(token.text in fw.POSSESSING | fw.ASKING for token in tokens[begin:at]):
        return False
    for token in tokens[at + 2 : at + 2 + SUBJECT_WORDS]:
        if token.sign or token.text in fw.JOINTS or token.text in fw.PRONOUNS:
            return False
        if token.text in fw.POSSESSING | fw.ASKING | yw.HAPPENED:
            return True
    return False


def is_condition(word: str, following: str, before: str) -> bool:
    """Whether `word` begins what is supposed or what is the reason."""
    if word == "als":
        return (following in fw.AFTER_IF and before not in fw.COMPARED_BEFORE) or following.isdigit()
    if word in fw.CONDITIONS_BEFORE_SUBJECT:
        return following in fw.FIRST_PERSON | fw.OWN
    return word in fw.CONDITIONS


def _has_verb(words: Sequence[str]) -> bool:
    return any(word in fw.POSSESSING or word in fw.ASKING or word in dw.CONTRACTED_NOT for word in words)


def _is_item(clause: Clause, tokens: Sequence[Token]) -> bool:
    sign = tokens[clause.first].sign
    words = clause.words
    if sign != "," or len(words) > LIST_ITEM_WORDS or words[0] in fw.CONTRASTS | fw.PRONOUNS | {"dan", "then"}:
        return False
    return (
        not _has_verb(words) and words[0] not in fw.QUESTION_WORDS and not is_condition(words[0], (*words, "")[1], "")
    )


def _goes_on(clause: Clause, before: Clause) -> bool:
    """Whether a clause leaves out the subject that it shares with the one before: '... en is ook ...'."""
    verb, second = clause.words[1:2], clause.words[2:3]
    if before.mood not in ("statement", "condition", "fragment") or not verb:
        return False
    subject = second[0] if second else ""
    if clause.words[0] in ("maar", "but", "toch") and not clause.asks:
        return verb[0] in fw.POSSESSING | fw.ASKING and subject not in fw.FIRST_PERSON  # 'maar is er wel in ...'
    if clause.words[0] not in fw.JOINTS:
        return False
    return (verb[0] in fw.POSSESSING and subject not in fw.PRONOUNS) or (
        verb[0] in fw.ASKING and subject not in fw.BEFORE_SUBJECTS and verb[0] not in fw.PERMITTING | fw.REQUIRING
    )


def _shares_subject(clause: Clause, before: Clause) -> bool:
    """Whether a clause that asks nothing opens with its verb: 'wij leveren overal, hebben de hele lijst, ...'."""
    second = clause.words[1] if len(clause.words) > 1 else ""
    told = before.mood in ("statement", "condition") and any(word in fw.FIRST_PERSON for word in before.words)
    is_article = second in fw.ARTICLE_LIKE and len(clause.words) > 2  # 'hebben het hele assortiment'
    is_verb = clause.words[0] in fw.POSSESSING and (second not in fw.PRONOUNS or is_article)
    return told and is_verb and not clause.asks


def _opening(words: Sequence[str]) -> list[str]:
    begin = 0
    while begin < len(words) - 1 and words[begin] in fw.FILLERS:
        begin += 1
    return [*words[begin:], "", ""]


def _mood(clause: Clause, tokens: Sequence[Token], after: Clause | None) -> Mood:
    opening = _opening(clause.words)
    first, second, third = opening[0], opening[1], (*opening, "")[2]
    clause.opening = first
    if first in fw.OPEN_CONDITIONS:
        return "open_condition"
    if is_condition(first, second, "") or (first in ("wat", "what", "ook", "even") and is_condition(second, third, "")):
        return "condition"
    if (first, second) in (("in", "het"), ("in", "case"), ("ervan", "uitgaande")) and (
        third == "geval" or first != "in" or second == "case"
    ):
        return "condition"
    if first in fw.QUESTION_WORDS and (clause.asks or tokens[clause.first].sign != ","):
        return "question"
    if first in fw.BEFORE_ASKED and second in fw.QUESTION_WORDS and (clause.asks or tokens[clause.first].sign != ","):
        clause.opening = second  # 'tot wanneer', 'by what date'
        return "question"
    if opening[:3] == ["tot", "en", "met"] and opening[3] in fw.QUESTION_WORDS and clause.asks:
        clause.opening = opening[3]
        return "question"
    answered = after is not None and _answers(after, tokens)
    if clause.asks and not answered and _is_verb(first) and second in fw.BEFORE_SUBJECTS:
        return "question"
    if first in fw.ASKING or (clause.asks and first in fw.POSSESSING and second in fw.PRONOUNS):
        return _mood_of_verb_first(clause, first, second, tokens, after)
    judged = any(word in fw.ENOUGH or word in fw.REQUIRING for word in clause.words)
    if judged and clause.asks and after is None and not any(word in fw.FIRST_PERSON for word in clause.words):
        return "question"
    told = _has_verb(clause.words) or any(word in fw.FIRST_PERSON for word in clause.words)
    return "statement" if told else "fragment"


def _is_verb(word: str) -> bool:
    """Whether a word that opens a question is a verb by its ending: 'past', 'volgt'."""
    known = fw.ASKING | fw.POSSESSING
    return (
        len(word) > 3
        and word.endswith("t")
        and word not in known
        and word not in fw.NO_VERBS
        and word not in STOP_WORDS
    )


def _mood_of_verb_first(clause: Clause, verb: str, second: str, tokens: Sequence[Token], after: Clause | None) -> Mood:
    if second in fw.PRONOUNS:
        inverted = verb in fw.POSSESSING and verb not in ("is", "do", "does", "krijg", "krijgen", "voldoe", "voldoen")
        if inverted and after is not None and tokens[after.first].sign in (",", "") and _answers(after, tokens):
            return "condition"
        return "question"
    if verb in fw.ALWAYS_ASKING:
        return "question"
    if verb in ("heb", "ben", "sta", "werk", "doe"):
        return "statement"  # 'heb geen ...': the subject is left out
    if second in fw.BEFORE_SUBJECTS:
        return "question"
    stated = (
        second in ("geen", "niet", "al", "wel", "in", "lid", "nog", "alleen", "met", "zonder", "no", "not")
        or second[:1].isdigit()
    )
    return "statement" if stated or not clause.asks else "question"


def _has_subject(words: Sequence[str]) -> bool:
    """Whether a subject stands behind the first word: 'of wij ...'."""
    return len(words) > 2 and words[1] in fw.BEFORE_SUBJECTS


def _answers(after: Clause, tokens: Sequence[Token]) -> bool:
    word = tokens[after.first].text
    return word in ("dan", "then") or word in fw.ASKING or word in fw.QUESTION_WORDS
